import type { Scope } from '#core/server/scope.ts';
import { calendarOf, type WorkCalendar } from '#modules/calendar/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { isWithinReach, type ProjectRecord } from '#modules/projects/server/public.ts';
import type { Plan, Step } from '../contract.ts';
import { allowedEvents, type StepState } from '../flow.ts';
import { blockersOf, byCode, earliestPermit, lightOf, type PlanStep, stateOf } from '../plan.ts';
import { daysLeft, daysUsed, dueOn } from '../step-clock.ts';
import { findPlan, listSteps, listSuspensions } from './step-store.ts';
import type { StepRow, SuspensionRow } from './tables.ts';
import { listTemplates } from './template-store.ts';

/** A row with its suspensions, as the rules want it. */
export type PlacedStep = StepRow & Omit<PlanStep, 'suspensions'> & { suspensions: SuspensionRow[] };

export async function placedSteps(scope: Scope, projectId: string): Promise<PlacedStep[]> {
  const rows = await listSteps(scope, projectId);
  const found = await listSuspensions(
    scope,
    rows.map((row) => row.id),
  );
  const suspensions = Map.groupBy(found, (suspension) => suspension.stepId);
  return rows.map((row) => ({ ...row, suspensions: suspensions.get(row.id) ?? [] }));
}

/** A count that needs a year without a published calendar is no figure, and no reason to keep back the page. */
function counted<T>(work: () => T): { value: T; missing: null } | { value: null; missing: number } {
  try {
    return { value: work(), missing: null };
  } catch (error) {
    const { code, year } = error as { code?: string; year?: number };
    if (code !== 'CALENDAR_NOT_PUBLISHED') throw error;
    return { value: null, missing: year! };
  }
}

/** State, due day and days of a step on a day; figures that need an unpublished calendar are null. */
export function derivedOf(
  steps: ReadonlyMap<string, PlanStep>,
  step: PlanStep,
  today: string,
  calendar: WorkCalendar,
): { state: StepState; dueOn: string | null; usedDays: number | null; leftDays: number | null } {
  const state = counted(() => stateOf(steps, step, today, calendar)).value;
  return {
    state: state ?? (step.phase === 'waiting' ? 'ready' : step.phase),
    dueOn: counted(() => dueOn(step, calendar)).value,
    usedDays: counted(() => daysUsed(step, today, calendar)).value,
    leftDays: counted(() => daysLeft(step, today, calendar)).value,
  };
}

export async function presentPlan(scope: Scope, project: ProjectRecord): Promise<Plan> {
  const canEdit = scope.can('permits.edit') && isWithinReach(scope, 'permits.edit', project);
  const plan = await findPlan(scope, project.id);
  const base = { projectId: project.id, asOf: scope.today, allowed: canEdit ? (['plan'] as const).slice() : [] };
  if (!plan) return { ...base, template: null, steps: [], earliest: null, missingCalendar: null };
  const placed = await placedSteps(scope, project.id);
  const calendar = await calendarOf(scope);
  const names = await unitNames(
    scope,
    placed.flatMap((step) => step.unitId ?? []),
  );
  const steps = byCode(placed);
  const blockers = new Map(placed.map((step) => [step.code, blockersOf(steps, step)]));
  const template = (await listTemplates(scope)).find((t) => t.code === plan.templateCode);
  const earliest = counted(() => earliestPermit(placed, scope.today, calendar));
  return {
    ...base,
    template: template ? { code: template.code, name: template.name, version: plan.templateVersion } : null,
    steps: placed.map((step): Step => {
      const derived = derivedOf(steps, step, scope.today, calendar);
      return {
        ...derived,
        id: step.id,
        code: step.code,
        name: step.name,
        lane: step.lane,
        ownerText: step.ownerText,
        unit: step.unitId === null ? null : { id: step.unitId, name: names.get(step.unitId)?.name ?? '' },
        limitDays: step.limitDays,
        limitUnit: step.limitUnit,
        basis: step.basis,
        isReference: step.isReference,
        after: step.after,
        light: lightOf(derived.state, derived.leftDays),
        acceptedOn: step.acceptedOn,
        doneOn: step.doneOn,
        blockedBy: step.phase === 'waiting' ? blockers.get(step.code)! : [],
        blocks: placed
          .filter((other) => other.phase === 'waiting' && blockers.get(other.code)!.includes(step.code))
          .map((other) => other.code),
        suspensions: step.suspensions.map(({ fromOn, resumedOn, reason }) => ({ fromOn, resumedOn, reason })),
        documentNo: step.documentNo,
        file: step.file,
        note: step.note,
        version: step.version,
        allowed: canEdit ? allowedEvents(step.phase) : [],
      };
    }),
    earliest: earliest.value,
    missingCalendar: earliest.missing,
  };
}
