import type { Words } from '#core/shared/words.ts';

/** 带班领导, 值班员, 副班. Every minute needs exactly one of the first two; the third may be missing. */
export const posts = ['leader', 'officer', 'deputy'] as const;
export type Post = (typeof posts)[number];
export const requiredPosts = ['leader', 'officer'] as const satisfies Post[];

export const postWords: Record<Post, Words> = {
  leader: { zh: '带班领导', en: 'Leader on call' },
  officer: { zh: '值班员', en: 'Duty officer' },
  deputy: { zh: '副班', en: 'Deputy' },
};

/** Minutes since 1970-01-01T00:00Z. Half open: the minute `to` belongs to whoever comes next. */
export interface Span {
  from: number;
  to: number;
}
export interface Turn extends Span {
  id: string;
  post: Post;
}

export const faultKinds = ['gap', 'overlap', 'outside', 'empty'] as const;
export interface Fault extends Span {
  kind: (typeof faultKinds)[number];
  post: Post;
  /** The turns that overlap, stand outside the period, or end before they begin. */
  turnIds: string[];
}

/**
 * What keeps a roster from being published: minutes of the period without a leader or a duty officer, minutes with more
 * than one, turns that reach outside the period or last no minute. In the order of time. A deputy is optional, but two
 * at once are one too many all the same.
 */
export function rosterFaults(period: Span, turns: readonly Turn[]): Fault[] {
  const faults: Fault[] = [];
  for (const post of posts) {
    const own = turns.filter((turn) => turn.post === post);
    for (const turn of own) {
      if (turn.to <= turn.from)
        faults.push({ kind: 'empty', post, from: turn.from, to: turn.from, turnIds: [turn.id] });
      else if (turn.from < period.from || turn.to > period.to)
        faults.push({ kind: 'outside', post, from: turn.from, to: turn.to, turnIds: [turn.id] });
    }
    const isRequired = (requiredPosts as readonly Post[]).includes(post);
    faults.push(...countFaults(period, post, own).filter((fault) => isRequired || fault.kind !== 'gap'));
  }
  return faults.sort((a, b) => a.from - b.from || posts.indexOf(a.post) - posts.indexOf(b.post));
}

/** One pass over the moments at which somebody begins or ends; neighbouring stretches of the same kind are one. */
function countFaults(period: Span, post: Post, turns: readonly Turn[]): Fault[] {
  const inside = turns
    .map(({ id, from, to }) => ({ id, from: Math.max(from, period.from), to: Math.min(to, period.to) }))
    .filter(({ from, to }) => from < to);
  const marks = [...new Set([period.from, period.to, ...inside.flatMap(({ from, to }) => [from, to])])].sort(
    (a, b) => a - b,
  );
  const faults: Fault[] = [];
  for (const [i, from] of marks.slice(0, -1).entries()) {
    const to = marks[i + 1]!;
    const there = inside.filter((turn) => turn.from <= from && turn.to >= to).map(({ id }) => id);
    if (there.length === 1) continue;
    const kind = there.length === 0 ? 'gap' : 'overlap';
    const last = faults.at(-1);
    if (last?.kind === kind && last.to === from) {
      last.to = to;
      last.turnIds = [...new Set([...last.turnIds, ...there])];
    } else faults.push({ kind, post, from, to, turnIds: there });
  }
  return faults;
}

/** The one who is on at a minute; of a published roster there is exactly one for each required post. */
export const turnAt = <T extends Turn>(turns: readonly T[], post: Post, minute: number): T | undefined =>
  turns.find((turn) => turn.post === post && turn.from <= minute && minute < turn.to);
