import type { Day } from '#core/shared/day.ts';
import type { Post, Span } from './roster.ts';
import { type DayClass, officerSpans, type Pattern, periodOf } from './shifts.ts';

export type Counts = Record<DayClass, number>;
export const noCounts: Counts = { workday: 0, rest: 0, holiday: 0 };
const total = (counts: Counts): number => counts.workday + counts.rest + counts.holiday;

export interface Candidate {
  id: string;
  /** What the person has done before the period, so that a month begins where the last one ended. */
  before?: Counts;
}
export interface FilledTurn extends Span {
  post: Post;
  memberId: string;
  day: Day;
}

/**
 * Fills a period by rotation. For each turn comes who has the fewest of that kind of day, then the fewest at all, then
 * whose last turn is longest ago, then the order of the list. Nobody is on two days running while the list has others:
 * rest goes before fairness. `kindOf` says what each day is; it throws for a year without a published calendar.
 */
export function fillRoster(
  days: readonly Day[],
  pattern: Pattern,
  kindOf: (day: Day) => DayClass,
  lists: Partial<Record<Post, readonly Candidate[]>>,
): FilledTurn[] {
  const turns: FilledTurn[] = [];
  for (const post of ['leader', 'officer', 'deputy'] as const) {
    const list = lists[post] ?? [];
    if (list.length === 0) continue;
    const counts = new Map(list.map(({ id, before }) => [id, { ...(before ?? noCounts) }]));
    const last = new Map<string, number>();
    for (const [index, day] of days.entries()) {
      const kind = kindOf(day);
      const whole = periodOf(day, day, pattern.handover);
      for (const span of post === 'officer' ? officerSpans(pattern, day, kind) : [whole]) {
        const rested = list.filter(({ id }) => index - (last.get(id) ?? -9) > 1);
        const today = list.filter(({ id }) => last.get(id) !== index);
        const able = rested.length > 0 ? rested : today.length > 0 ? today : list;
        const [next] = [...able].sort((a, b) => {
          const [x, y] = [counts.get(a.id)!, counts.get(b.id)!];
          return (
            x[kind] - y[kind] ||
            total(x) - total(y) ||
            (last.get(a.id) ?? -9) - (last.get(b.id) ?? -9) ||
            list.indexOf(a) - list.indexOf(b)
          );
        });
        counts.get(next!.id)![kind] += 1;
        last.set(next!.id, index);
        turns.push({ ...span, post, memberId: next!.id, day });
      }
    }
  }
  return turns;
}

/** How often each was on, by kind of day; a turn counts as the day on which it begins. */
export function countTurns(
  turns: readonly { memberId: string; day: Day }[],
  kindOf: (day: Day) => DayClass,
): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const { memberId, day } of turns) {
    const own = counts.get(memberId) ?? { ...noCounts };
    own[kindOf(day)] += 1;
    counts.set(memberId, own);
  }
  return counts;
}
