import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import type { Phase } from '../flow.ts';
import { byCode } from '../plan.ts';
import type { Suspension } from '../step-clock.ts';
import { stepsFrom } from './plans.ts';
import { derivedOf } from './present.ts';
import { insertPlans, insertSteps, insertSuspensions } from './step-store.ts';
import { listTemplates } from './template-store.ts';

export { templateCode } from '../templates.ts';
export { listTemplates } from './template-store.ts';

export interface StepToSet {
  phase: Phase;
  acceptedOn?: Day | null;
  doneOn?: Day | null;
  documentNo?: string | null;
  note?: string | null;
  unitId?: string | null;
  suspensions?: readonly (Suspension & { reason: string })[];
}

export interface PlanToInsert {
  projectId: string;
  /** See `templateCode`. @throws RangeError for a code that no template has. */
  template: string;
  /** By the code of the step; the others wait. Dates must be in order: accepted, suspended, resumed, done. */
  steps: Readonly<Record<string, StepToSet>>;
}

/**
 * Makes the plans of many projects as they stand elsewhere, for imports and demonstrations: states, due days and used
 * days are worked out. A project that has a plan keeps it. Does not check reach. Emits `permits.loaded` once; returns how many were made.
 */
export async function insertPermitPlans(scope: Scope, plans: readonly PlanToInsert[]): Promise<number> {
  const templates = new Map((await listTemplates(scope)).map((template) => [template.code, template]));
  const calendar = await calendarOf(scope);
  const templateOf = (code: string) => {
    const template = templates.get(code);
    if (!template) throw new RangeError(`No template of permits ${code}`);
    return template;
  };
  const added = await insertPlans(
    scope,
    plans.map(({ projectId, template }) => ({
      projectId,
      templateCode: template,
      templateVersion: templateOf(template).version,
      actorName: scope.actor.name,
      madeAt: scope.now,
    })),
  );
  const made = plans
    .filter((plan) => added.has(plan.projectId))
    .flatMap((plan) => {
      const steps = stepsFrom(scope, plan.projectId, templateOf(plan.template)).map((step) => {
        const { suspensions = [], ...set } = plan.steps[step.code] ?? { phase: 'waiting' as const };
        return { ...step, ...set, suspensions };
      });
      const all = byCode(steps);
      return steps.map((step) => {
        const { state, dueOn, usedDays } = derivedOf(all, step, scope.today, calendar);
        return { ...step, state, dueOn, usedDays: step.phase === 'done' ? usedDays : null };
      });
    });
  await insertSteps(
    scope,
    made.map(({ suspensions: _, ...step }) => step),
  );
  await insertSuspensions(
    scope,
    made.flatMap((step) => step.suspensions.map((suspension) => ({ ...suspension, stepId: step.id }))),
  );
  if (added.size > 0) await emit(scope, { topic: 'permits.loaded', unitIds: [], data: { count: added.size } });
  return added.size;
}
