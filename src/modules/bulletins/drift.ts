import { type Day, daysBetween } from '#core/shared/day.ts';
import type { Pledge } from './shapes.ts';

/** A claim with the document that makes it. */
export interface ToldPledge extends Pick<Pledge, 'what' | 'by' | 'amountYuan' | 'hedge'> {
  documentId: string;
  documentDate: Day;
}

/**
 * restated: the same day or amount again. moved: another one, told before the old day had passed. broken: told after it, or done
 * late. kept: done by the day last promised.
 */
export type DriftKind = 'first' | 'restated' | 'moved' | 'kept' | 'broken';

export interface DriftStep<T extends ToldPledge = ToldPledge> {
  told: T;
  kind: DriftKind;
  /** Days later (yuan less is negative) than the first promise, and than the one before; null where one of them has no day. */
  fromFirst: number | null;
  fromLast: number | null;
}

export interface Drift<T extends ToldPledge = ToldPledge> {
  what: Pledge['what'];
  /** Days for dates, yuan for amounts. */
  unit: 'days' | 'yuan';
  steps: DriftStep<T>[];
  state: 'open' | 'overdue' | 'kept' | 'broken';
  /** Of the newest step. */
  fromFirst: number | null;
  fromLast: number | null;
}

/** What became of the promises made about one project: one line for each milestone, its claims in the order of their documents. */
export function driftOf<T extends ToldPledge>(told: readonly T[], today?: Day): Drift<T>[] {
  const kinds = [...new Set(told.map((one) => one.what))];
  return kinds.map((what) =>
    lineOf(
      what,
      told.filter((one) => one.what === what),
      today,
    ),
  );
}

function lineOf<T extends ToldPledge>(what: Pledge['what'], told: readonly T[], today: Day | undefined): Drift<T> {
  const unit = what === 'amount' ? 'yuan' : 'days';
  const ordered = told.toSorted((a, b) => a.documentDate.localeCompare(b.documentDate));
  const steps: DriftStep<T>[] = [];
  let first: T | undefined;
  let last: T | undefined;
  for (const one of ordered) {
    const isDone = one.hedge === '已';
    const [fromFirst, fromLast] = [distance(first, one, unit), distance(last, one, unit)];
    steps.push({ told: one, kind: kindOf(one, last, isDone, fromLast, unit), fromFirst, fromLast });
    if (isDone) continue;
    first ??= one;
    last = one;
  }
  const newest = steps.at(-1)!;
  const done = steps.findLast((step) => step.told.hedge === '已');
  const isOver = today !== undefined && last?.by != null && last.by < today && what !== 'amount';
  const state = done ? (done.kind === 'broken' ? 'broken' : 'kept') : isOver ? 'overdue' : 'open';
  return { what, unit, steps, state, fromFirst: newest.fromFirst, fromLast: newest.fromLast };
}

const distance = (from: ToldPledge | undefined, to: ToldPledge, unit: 'days' | 'yuan'): number | null => {
  if (!from) return null;
  if (unit === 'yuan')
    return from.amountYuan === null || to.amountYuan === null ? null : to.amountYuan - from.amountYuan;
  return from.by === null || to.by === null ? null : daysBetween(from.by, to.by);
};

function kindOf(
  one: ToldPledge,
  last: ToldPledge | undefined,
  isDone: boolean,
  off: number | null,
  unit: 'days' | 'yuan',
): DriftKind {
  if (!last) return isDone ? 'kept' : 'first';
  if (off === null) return 'restated';
  if (isDone) return (unit === 'days' ? off <= 0 : off >= 0) ? 'kept' : 'broken';
  if (off === 0) return 'restated';
  return unit === 'days' && last.by !== null && last.by < one.documentDate ? 'broken' : 'moved';
}
