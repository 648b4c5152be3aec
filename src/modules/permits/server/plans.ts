import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { newId } from '#core/shared/id.ts';
import { getProject, partiesOf } from '#modules/projects/server/public.ts';
import type { Plan, permits, Template } from '../contract.ts';
import { templateFault } from '../template-check.ts';
import { presentPlan } from './present.ts';
import { findPlan, insertPlans, insertSteps, isUntouched, lockPlan, removePlan } from './step-store.ts';
import type { StepRow } from './tables.ts';
import { findTemplate, insertTemplateVersion } from './template-store.ts';

/** The steps of a template as rows of a project that has begun none of them. */
export const stepsFrom = (scope: Scope, projectId: string, template: Template): StepRow[] =>
  template.steps.map((step, position) => ({
    id: newId(),
    projectId,
    code: step.code,
    name: step.name,
    lane: step.lane,
    position,
    ownerText: step.owner,
    unitId: null,
    limitDays: step.limitDays,
    limitUnit: step.limitUnit,
    basis: step.basis,
    isReference: step.isReference,
    after: step.after,
    phase: 'waiting',
    acceptedOn: null,
    doneOn: null,
    documentNo: null,
    file: null,
    note: null,
    state: step.after.length > 0 ? 'blocked' : 'ready',
    dueOn: null,
    usedDays: null,
    version: 1,
    changedAt: scope.now,
  }));

const noTemplate = () => notFound({ zh: '手续模板', en: 'template of permits' });

export async function makePlan(
  scope: Scope,
  { projectId, template: code }: ParsedOf<(typeof permits)['endpoints']['makePlan']>,
): Promise<Plan> {
  const project = await getProject(scope, projectId, 'permits.edit');
  const template = await findTemplate(scope, code);
  if (!template) throw noTemplate();
  await lockPlan(scope, project.id);
  const before = await findPlan(scope, project.id);
  if (before && !(await isUntouched(scope, project.id)))
    throw conflict('plan_begun', {
      zh: '该项目的手续已有办理记录，不能更换模板。多余的步骤请登记为“无需办理”',
      en: 'Steps of this project are on record already: the template cannot be changed. Mark what is not needed as such',
    });
  if (before) await removePlan(scope, project.id);
  const plan = {
    projectId: project.id,
    templateCode: template.code,
    templateVersion: template.version,
    actorName: scope.actor.name,
    madeAt: scope.now,
  };
  const added = await insertPlans(scope, [plan]);
  if (!added.has(project.id))
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚建立了手续计划，请刷新',
      en: 'Somebody else has just made the plan. Reload',
    });
  await insertSteps(scope, stepsFrom(scope, project.id, template));
  audited(scope, { subject: 'permits.plan', id: project.id, before: before ?? null, after: plan });
  await emit(scope, {
    topic: 'permits.planned',
    projectId: project.id,
    unitIds: partiesOf(project),
    data: { template: template.code, projectName: project.name },
  });
  return presentPlan(scope, project);
}

export async function saveTemplate(
  scope: Scope,
  { code, version, steps, reason }: ParsedOf<(typeof permits)['endpoints']['saveTemplate']>,
): Promise<Template> {
  const before = await findTemplate(scope, code);
  if (!before) throw noTemplate();
  const fault = templateFault(steps);
  if (fault) throw invalid(fault.code, fault.words, 'steps');
  // A limit that the city has set is its own and no longer a 参考.
  const known = new Map(before.steps.map((step) => [step.code, step]));
  const next = steps.map((step) => {
    const old = known.get(step.code);
    const isSame =
      old && old.limitDays === step.limitDays && old.limitUnit === step.limitUnit && old.basis === step.basis;
    return { ...step, isReference: isSame ? old.isReference : false };
  });
  if (
    before.version !== version ||
    !(await insertTemplateVersion(scope, { code, version: version + 1, steps: next, reason }))
  )
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚修改了这个模板，请刷新后重试',
      en: 'Somebody else has just changed this template. Reload and try again',
    });
  audited(scope, { subject: 'permits.template', id: code, before: before.steps, after: next });
  return (await findTemplate(scope, code))!;
}
