import { audited } from '#core/server/audit.ts';
import { conflict, invalid, Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, weekday } from '#core/shared/day.ts';
import { deadlineFor } from '#modules/calendar/server/public.ts';
import type { Cycle, CycleCounts, CycleHead } from '../cycle-contract.ts';
import { defaultFormOf } from '../default-forms.ts';
import { coversOf, dueRuleOf, type FormDue, isExpired, spanOfCycle, specialOf } from '../form.ts';
import {
  type CycleKind,
  cycleKinds,
  isPeriod,
  kindOf,
  nextPeriod,
  type Period,
  periodName,
  periodOn,
  spanOf,
} from '../period.ts';
import {
  findCycle,
  insertCycle,
  insertPopulation,
  listCycles,
  listDueProjects,
  listParties,
  listProvisional,
  setCycle,
} from './cycle-store.ts';
import { findForm, keepForm, listForms, type StoredForm } from './form-store.ts';
import type { CycleRow } from './tables.ts';

export interface OpenOptions {
  exempt?: readonly { projectId: string; reason: string }[];
  /** When the cycle was opened, for months that are loaded afterwards. */
  openedAt?: Date;
  /** False for months that were filed elsewhere: their population is what was filed, and nobody is overdue in it. */
  hasPopulation?: boolean;
  /** Past months of a year without a published calendar: the plain day, and the cycle says so. */
  isPast?: boolean;
}

type Due = Pick<CycleRow, 'dueAt' | 'dueRule' | 'dueBasis' | 'dueMissingYear'>;

const startOf = (rule: FormDue, period: Period, covers: readonly Period[]): Day => {
  const span = spanOfCycle(period, covers);
  return rule.from === 'start' ? addDays(span.from, -1) : span.to;
};

/** The due moment by the calendar. Throws CALENDAR_NOT_PUBLISHED for a year without one. */
async function exactDue(scope: Scope, rule: FormDue, period: Period, covers: readonly Period[]): Promise<Due> {
  const deadline = await deadlineFor(scope, rule, startOf(rule, period, covers));
  return { dueAt: new Date(deadline.at), dueRule: rule.code, dueBasis: rule.basis, dueMissingYear: null };
}

/** Weekdays only, no holidays: what a date is shown as until the calendar of its year is published. */
function plainDay(rule: FormDue, start: Day): Day {
  if (rule.unit === 'CALENDAR') return addDays(start, rule.n);
  let day = start;
  for (let left = rule.n; left > 0; ) {
    day = addDays(day, 1);
    if (weekday(day) < 6) left -= 1;
  }
  return day;
}

/** As exact as the calendar allows: in a year that is not published, the plain day without holidays, and it says so. */
async function likelyDue(scope: Scope, rule: FormDue, period: Period, covers: readonly Period[]): Promise<Due> {
  try {
    return await exactDue(scope, rule, period, covers);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { day } = { day: plainDay(rule, startOf(rule, period, covers)) };
    const at = rule.atTime === '24:00' ? `${addDays(day, 1)}T00:00:00+08:00` : `${day}T${rule.atTime}:00+08:00`;
    return { dueAt: new Date(at), dueRule: rule.code, dueBasis: rule.basis, dueMissingYear: Number(day.slice(0, 4)) };
  }
}

async function pastDue(scope: Scope, rule: FormDue, period: Period): Promise<Due> {
  const due = await likelyDue(scope, rule, period, []);
  if (due.dueMissingYear === null) return due;
  return {
    ...due,
    dueRule: `${rule.code}-fixed`,
    dueBasis: '以往年份没有工作日历：按固定日期，不顺延',
    dueMissingYear: null,
  };
}

/** The form of a period, or the sentence that says which form is missing or has run out. */
async function formOf(scope: Scope, period: Period): Promise<StoredForm> {
  const { from } = spanOf(period);
  const name = periodName(period);
  const form = await findForm(scope, kindOf(period), from);
  if (!form)
    throw conflict('form_missing', {
      zh: `${name.zh}开始时还没有生效的报表，请先在“报表制度”中换发新版或改有效期起`,
      en: `No form is valid yet when ${name.en} begins: issue one under Forms, or let it begin earlier`,
    });
  if (isExpired(form, from))
    throw conflict('form_expired', {
      zh: `《${form.title}》（表号：${form.formNo}）有效期至 ${form.validUntil}，不能开启${name.zh}；请先在“报表制度”中换发新版`,
      en: `The form “${form.title}” (no. ${form.formNo}) was valid until ${form.validUntil}, so ${name.en} cannot be opened: issue a new version under Forms first`,
    });
  return form;
}

const mustBePeriod = (period: Period): void => {
  if (!isPeriod(period))
    throw invalid(
      'no_such_period',
      { zh: `没有这样的报告期：${period}`, en: `There is no period ${period}` },
      'period',
    );
};

/** What a new cycle takes from its form; the due moment is still to be worked out. */
const shapeOf = (form: StoredForm, period: Period) => ({
  period,
  formVersion: form.version,
  covers: coversOf(form, period),
  exemptReason: specialOf(form, period)?.exempt ?? null,
});

/**
 * Opens a period: the due moment is computed, fixed and published (unless it was published before), and so is who must
 * file. Opening it again changes neither the due moment nor anyone's filing; it only takes in projects that have come to
 * owe a filing since (a ledger imported later).
 * @throws Problem 409 form_missing, form_expired; 422 CALENDAR_NOT_PUBLISHED, no_such_period
 */
export async function openCycle(scope: Scope, period: Period, options: OpenOptions = {}): Promise<CycleRow> {
  const { exempt = [], openedAt = scope.now, isPast = false, hasPopulation = true } = options;
  mustBePeriod(period);
  const known = await findCycle(scope, period);
  const { cycle, isNew } = known?.state === 'open' ? { cycle: known, isNew: false } : await open();
  const due =
    hasPopulation && cycle.exemptReason === null ? await listDueProjects(scope, period, await populationOf(cycle)) : [];
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
      data: { kind: cycle.kind, period, dueAt: cycle.dueAt.toISOString(), added },
    });
  return cycle;

  async function open(): Promise<{ cycle: CycleRow; isNew: boolean }> {
    const published = { dueState: 'published' as const, duePublishedAt: openedAt, duePublishedBy: scope.actor.name };
    const opened = { state: 'open' as const, openedAt };
    if (isPast && !hasPopulation) {
      const shape = { period, formVersion: null, covers: [], exemptReason: null };
      const due = await pastDue(scope, defaultFormOf(kindOf(period)).due, period);
      return insertCycle(scope, { ...shape, ...opened, ...published, ...due });
    }
    const form = await formOf(scope, period);
    await keepForm(scope, form);
    const shape = shapeOf(form, period);
    const rule = dueRuleOf(form, period);
    if (known) {
      const due =
        known.dueState === 'published' ? {} : { ...(await exactDue(scope, rule, period, shape.covers)), ...published };
      return {
        cycle: await setCycle(scope, known.id, { ...shape, ...opened, ...due, openedBy: scope.actor.name }),
        isNew: true,
      };
    }
    const due = isPast ? await pastDue(scope, rule, period) : await exactDue(scope, rule, period, shape.covers);
    return insertCycle(scope, { ...shape, ...opened, ...published, ...due });
  }

  async function populationOf({ kind, formVersion }: CycleRow) {
    const versions = (await listForms(scope)).get(kind)!;
    return versions.find((v) => v.version === formVersion)?.population ?? { tiers: [], stages: [] };
  }
}

/** Plans the periods of a year that have not begun: due moments are provisional until somebody publishes them. */
export async function planCycles(scope: Scope, kind: CycleKind, year: number): Promise<void> {
  const first = periodOn(kind, kind === 'weekly' ? `${year}-01-04` : `${year}-01-01`);
  for (let period = first; period.startsWith(`${year}-`); period = nextPeriod(period)) {
    if (spanOf(period).from <= scope.today || (await findCycle(scope, period))) continue;
    const form = await formOf(scope, period);
    await keepForm(scope, form);
    const shape = shapeOf(form, period);
    const due = await likelyDue(scope, dueRuleOf(form, period), period, shape.covers);
    const provisional = { dueState: 'provisional' as const, duePublishedAt: null, duePublishedBy: null };
    await insertCycle(scope, { ...shape, ...due, ...provisional, state: 'planned', openedAt: null });
  }
  audited(scope, { subject: 'filings.cycle', id: `${kind} ${year}`, after: { kind, year } });
}

/**
 * Publishes due moments: each is computed once more, then stands for ever, whatever becomes of the calendar.
 * @throws Problem 422 CALENDAR_NOT_PUBLISHED when a year has no calendar yet
 */
export async function publishDue(scope: Scope, kind: CycleKind, periods: readonly Period[]): Promise<void> {
  const chosen = (await listProvisional(scope)).filter((c) => c.kind === kind && periods.includes(c.period));
  for (const cycle of chosen) {
    const form = await formOf(scope, cycle.period);
    const due = await exactDue(scope, dueRuleOf(form, cycle.period), cycle.period, cycle.covers);
    await setCycle(scope, cycle.id, {
      ...due,
      dueState: 'published',
      duePublishedAt: scope.now,
      duePublishedBy: scope.actor.name,
    });
    audited(scope, {
      subject: 'filings.cycle',
      id: cycle.id,
      before: { dueAt: cycle.dueAt },
      after: { dueAt: due.dueAt },
    });
  }
  if (chosen.length > 0)
    await emit(scope, {
      topic: 'filings.duePublished',
      unitIds: [],
      data: { kind, periods: chosen.map((c) => c.period) },
    });
}

/** Provisional due moments follow their form and the calendar: what a job does when a year has been published. */
export async function recomputeProvisional(scope: Scope): Promise<number> {
  let moved = 0;
  for (const cycle of await listProvisional(scope)) {
    const form = await findForm(scope, cycle.kind, spanOf(cycle.period).from);
    if (!form || isExpired(form, spanOf(cycle.period).from)) continue;
    const shape = shapeOf(form, cycle.period);
    const due = await likelyDue(scope, dueRuleOf(form, cycle.period), cycle.period, shape.covers);
    if (due.dueAt.getTime() === cycle.dueAt.getTime() && due.dueMissingYear === cycle.dueMissingYear) continue;
    await keepForm(scope, form);
    await setCycle(scope, cycle.id, { ...shape, ...due });
    moved += 1;
  }
  return moved;
}

/** What the clock does: opens the periods of today of every form that opens itself, when somebody must file in them. */
export async function openCurrentCycles(scope: Scope, onRefusal: (problem: Problem) => void): Promise<void> {
  const forms = await listForms(scope);
  for (const kind of cycleKinds) {
    const period = periodOn(kind, scope.today);
    const form = forms.get(kind)![0]!;
    if (!form.opensItself || (await findCycle(scope, period))?.state === 'open') continue;
    if ((await listDueProjects(scope, period, form.population)).length === 0) continue;
    try {
      await openCycle(scope, period);
    } catch (error) {
      // One form that ran out, or a year without a calendar, keeps the others from nothing.
      if (!(error instanceof Problem)) throw error;
      onRefusal(error);
    }
  }
}

/** The names of the forms that cycles were opened with. */
export async function formNames(scope: Scope): Promise<(cycle: CycleRow) => Cycle['form']> {
  const forms = await listForms(scope);
  return ({ kind, formVersion }) => {
    const form = forms.get(kind)!.find((v) => v.version === formVersion);
    return form ? { version: form.version, formNo: form.formNo, title: form.title } : null;
  };
}

/** What a cycle is, without counting its filings. */
export const presentHead = (cycle: CycleRow, form: Cycle['form']): CycleHead => ({
  id: cycle.id,
  period: cycle.period,
  kind: cycle.kind,
  state: cycle.state,
  form,
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
});

export const presentCycle = (cycle: CycleRow, counts: CycleCounts, form: Cycle['form']): Cycle => ({
  ...presentHead(cycle, form),
  counts,
});

/** The newest cycle of a kind that was opened and has begun, or the one of a period. */
export const findOpenCycle = async (
  scope: Scope,
  kind: CycleKind,
  period: Period | undefined,
): Promise<CycleRow | undefined> => {
  if (period === undefined) {
    const cycles = await listCycles(scope, 24, kind);
    return cycles.find((c) => spanOf(c.period).from <= scope.today) ?? cycles[0];
  }
  const cycle = await findCycle(scope, period);
  return cycle?.state === 'open' ? cycle : undefined;
};
