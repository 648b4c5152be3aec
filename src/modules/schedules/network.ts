import type { Link } from './shapes.ts';

/**
 * The critical path method over half days. Morning of worked day n is the moment 2n, its evening 2n + 1: a task begins
 * in a morning and ends in an evening, a milestone stands at either. So a milestone after a task falls on the task's
 * last day, a task after a milestone of a morning begins on that very day, and no rule needs a special case.
 */
export type Moment = number;
export const morning = (index: number): Moment => 2 * index;
export const evening = (index: number): Moment => 2 * index + 1;
export const indexOf = (moment: Moment): number => moment >> 1;

export interface Activity {
  uid: number;
  /** Worked days; 0 is a milestone. */
  days: number;
  links: readonly Link[];
  startMin?: Moment;
  startMax?: Moment;
  finishMin?: Moment;
  finishMax?: Moment;
  /** It happened: begins here whatever the links say. */
  pinned?: Moment;
}

export interface Span {
  start: Moment;
  finish: Moment;
}

/** The tasks of one circle of links, each before its successor, the first not repeated at the end. */
export class Loop extends Error {
  readonly uids: readonly number[];
  constructor(uids: readonly number[]) {
    super(`Tasks wait for each other: ${uids.join(' → ')}`);
    this.uids = uids;
  }
}

/** Predecessors before successors. @throws Loop */
export function inOrder<A extends Pick<Activity, 'uid' | 'links'>>(activities: readonly A[]): A[] {
  const byUid = new Map(activities.map((a) => [a.uid, a]));
  const sorted: A[] = [];
  const state = new Map<number, 'open' | 'done'>();
  // By hand and not by calling itself: a chain may be as long as a schedule.
  for (const first of activities) {
    const path: { a: A; next: number }[] = [];
    if (!state.has(first.uid)) path.push({ a: first, next: 0 });
    state.set(first.uid, state.get(first.uid) ?? 'open');
    while (path.length > 0) {
      const top = path.at(-1)!;
      const link = top.a.links[top.next++];
      if (!link) {
        state.set(top.a.uid, 'done');
        sorted.push(top.a);
        path.pop();
        continue;
      }
      const before = byUid.get(link.from);
      if (!before || state.get(before.uid) === 'done') continue;
      if (state.get(before.uid) === 'open') {
        const uids = path.map(({ a }) => a.uid);
        throw new Loop(uids.slice(uids.indexOf(before.uid)).reverse());
      }
      state.set(before.uid, 'open');
      path.push({ a: before, next: 0 });
    }
  }
  return sorted;
}

const isOdd = (moment: Moment): boolean => (moment & 1) === 1;
const finishOf = (start: Moment, days: number): Moment => (days === 0 ? start : start + 2 * days - 1);
/** First start that is not before `moment`, and first whose finish is not; the last for the other direction. */
const startFrom = (moment: Moment, days: number): Moment => (days > 0 && isOdd(moment) ? moment + 1 : moment);
const startUpTo = (moment: Moment, days: number): Moment => (days > 0 && isOdd(moment) ? moment - 1 : moment);
const finishFrom = (moment: Moment, days: number): Moment =>
  days === 0 ? moment : (isOdd(moment) ? moment : moment + 1) + 1 - 2 * days;
const finishUpTo = (moment: Moment, days: number): Moment =>
  days === 0 ? moment : (isOdd(moment) ? moment : moment - 1) + 1 - 2 * days;

/** Each activity as early as it can be, nothing before `floor`. `sorted` comes from `inOrder`. */
export function earliest(sorted: readonly Activity[], floor: Moment): Map<number, Span> {
  const spans = new Map<number, Span>();
  for (const { uid, days, links, startMin, finishMin, pinned } of sorted) {
    let start = startFrom(floor, days);
    if (startMin !== undefined) start = Math.max(start, startFrom(startMin, days));
    if (finishMin !== undefined) start = Math.max(start, finishFrom(finishMin, days));
    for (const { from, kind, lag } of links) {
      const before = spans.get(from);
      if (!before) continue;
      const bound = (kind[0] === 'F' ? before.finish : before.start) + 2 * lag;
      start = Math.max(start, kind[1] === 'S' ? startFrom(bound, days) : finishFrom(bound, days));
    }
    start = pinned ?? start;
    spans.set(uid, { start, finish: finishOf(start, days) });
  }
  return spans;
}

/** Each activity as late as it may be, nothing after `ceiling`. */
export function latest(sorted: readonly Activity[], ceiling: Moment): Map<number, Span> {
  const bounds = new Map<number, Moment>();
  const byUid = new Map(sorted.map((a) => [a.uid, a]));
  const spans = new Map<number, Span>();
  for (const { uid, days, links, startMax, finishMax } of sorted.toReversed()) {
    let start = Math.min(bounds.get(uid) ?? Number.POSITIVE_INFINITY, finishUpTo(ceiling, days));
    if (startMax !== undefined) start = Math.min(start, startUpTo(startMax, days));
    if (finishMax !== undefined) start = Math.min(start, finishUpTo(finishMax, days));
    const span = { start, finish: finishOf(start, days) };
    spans.set(uid, span);
    for (const { from, kind, lag } of links) {
      const before = byUid.get(from);
      if (!before) continue;
      const bound = (kind[1] === 'S' ? span.start : span.finish) - 2 * lag;
      const start = kind[0] === 'F' ? finishUpTo(bound, before.days) : startUpTo(bound, before.days);
      bounds.set(from, Math.min(bounds.get(from) ?? Number.POSITIVE_INFINITY, start));
    }
  }
  return spans;
}
