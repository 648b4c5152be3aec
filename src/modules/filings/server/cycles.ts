import { Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import { deadlineFor, ruleOf } from '#modules/calendar/server/public.ts';
import type { Cycle, CycleCounts } from '../contract.ts';
import { firstDayOf, type Period } from '../period.ts';
import { findCycle, insertCycle, insertPopulation, listDueProjects, listParties } from './cycle-store.ts';
import type { CycleRow } from './tables.ts';

/** 每月25日 18:00，逢休息日顺延 (dispatch.md §2.2). */
export const monthlyRule = 'filing-monthly-25';

export interface OpenOptions {
  exempt?: readonly { projectId: string; reason: string }[];
  /** When the cycle was opened, for months that are loaded afterwards. */
  openedAt?: Date;
  /** False for months that were filed elsewhere: their population is what was filed, and nobody is overdue in it. */
  hasPopulation?: boolean;
  /** Past months of a year without a published calendar: the plain 25th, and the cycle says so. */
  isPast?: boolean;
}

/** The due moment of a period and the rule it comes from. Throws CALENDAR_NOT_PUBLISHED for an unknown year. */
async function dueOf(
  scope: Scope,
  period: Period,
  isPast: boolean,
): Promise<Pick<CycleRow, 'dueAt' | 'dueRule' | 'dueBasis'>> {
  const rule = ruleOf(monthlyRule);
  const start = addDays(firstDayOf(period), -1);
  try {
    const deadline = await deadlineFor(scope, rule, start);
    return { dueAt: new Date(deadline.at), dueRule: rule.code, dueBasis: rule.basis };
  } catch (error) {
    if (!isPast || !(error instanceof Problem)) throw error;
    const deadline = await deadlineFor(scope, { ...rule, roll: 'NONE' }, start);
    return {
      dueAt: new Date(deadline.at),
      dueRule: `${rule.code}-fixed`,
      dueBasis: '以往年份没有工作日历：每月25日18:00，不顺延',
    };
  }
}

/**
 * Opens a month: the due moment is computed and fixed, and so is who must file. Opening it again changes neither the due
 * moment nor anyone's filing; it only takes in projects that have come to owe a filing since (a ledger imported later).
 */
export async function openCycle(scope: Scope, period: Period, options: OpenOptions = {}): Promise<CycleRow> {
  const { exempt = [], openedAt = scope.now, isPast = false, hasPopulation = true } = options;
  const open = await findCycle(scope, period);
  const { cycle, isNew } = open
    ? { cycle: open, isNew: false }
    : await insertCycle(scope, {
        period,
        openedAt,
        formVersion: null,
        state: 'open',
        covers: [],
        exemptReason: null,
        dueState: 'published',
        duePublishedAt: openedAt,
        duePublishedBy: scope.actor.name,
        dueMissingYear: null,
        ...(await dueOf(scope, period, isPast)),
      });
  const due = hasPopulation ? await listDueProjects(scope, period) : [];
  const reasons = new Map(exempt.map((e) => [e.projectId, e.reason]));
  const added = await insertPopulation(
    scope,
    cycle,
    due.map((projectId) => ({ projectId, exemptReason: reasons.get(projectId) ?? null })),
  );
  if (isNew || added > 0)
    await emit(scope, {
      topic: 'filings.opened',
      unitIds: await listParties(scope, cycle),
      data: { period, dueAt: cycle.dueAt.toISOString(), added },
    });
  return cycle;
}

/** What the clock does: opens the month of today when somebody must file in it and nobody opened it yet. */
export async function openCurrentCycle(scope: Scope): Promise<void> {
  const period = scope.today.slice(0, 7);
  if (await findCycle(scope, period)) return;
  if ((await listDueProjects(scope, period)).length === 0) return;
  await openCycle(scope, period);
}

export const presentCycle = (cycle: CycleRow, counts: CycleCounts): Cycle => ({
  id: cycle.id,
  period: cycle.period,
  kind: cycle.kind,
  state: cycle.state,
  form: null,
  covers: cycle.covers,
  exemptReason: cycle.exemptReason,
  dueAt: cycle.dueAt.toISOString(),
  dueRule: cycle.dueRule,
  dueBasis: cycle.dueBasis,
  dueState: cycle.dueState,
  duePublishedAt: (cycle.duePublishedAt ?? cycle.openedAt)?.toISOString() ?? null,
  duePublishedBy: cycle.duePublishedBy ?? cycle.openedBy,
  dueMissingYear: cycle.dueMissingYear,
  openedAt: cycle.openedAt?.toISOString() ?? null,
  openedBy: cycle.openedBy,
  counts,
});
