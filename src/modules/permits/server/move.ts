import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { findUnit } from '#modules/organization/server/public.ts';
import { findProject, type ProjectRecord, partiesOf } from '#modules/projects/server/public.ts';
import type { Plan, PlanEvent, permits } from '../contract.ts';
import { stepFlow, stepStateWords } from '../flow.ts';
import { blockersOf, byCode } from '../plan.ts';
import { derivedOf, type PlacedStep, placedSteps, presentPlan } from './present.ts';
import { endSuspension, findStep, insertStepEvents, insertSuspensions, lockPlan, setStep } from './step-store.ts';
import type { StepRow } from './tables.ts';

type Input = ParsedOf<(typeof permits)['endpoints']['move']>;

const noStep = () => notFound({ zh: '手续步骤', en: 'permit step' });

/** Records what happened to a step: who may, in which phase, with which evidence; then every state of the plan anew. */
export async function move(scope: Scope, input: Input): Promise<Plan> {
  const found = await findStep(scope, input.id);
  const project = found && (await findProject(scope, found.projectId, 'permits.edit'));
  if (!found || !project) throw noStep();
  await lockPlan(scope, project.id);
  const steps = await placedSteps(scope, project.id);
  const step = steps.find((one) => one.id === found.id)!;
  if (step.version !== input.version)
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚登记了这一步，请刷新后重试',
      en: 'Somebody else has just recorded this step. Reload and try again',
    });
  const phase = stepFlow[step.phase][input.event];
  if (!phase)
    throw conflict('not_now', {
      zh: `“${step.name.zh}”现在是${stepStateWords[step.state].zh}，不能作此登记，请刷新后重试`,
      en: `${step.name.en} is ${stepStateWords[step.state].en} now and cannot take this. Reload and try again`,
    });
  const reason = input.reason?.trim() || null;
  const next: PlacedStep = { ...step, ...(await changeOf(scope, steps, step, input, reason)), phase };
  const changes = changesOf(step, next);
  if (changes.length === 0 && step.phase === phase)
    throw conflict('unchanged', { zh: '没有需要保存的变化', en: 'Nothing was changed' });
  if (input.event === 'suspend') {
    const added = { stepId: step.id, fromOn: input.on ?? scope.today, resumedOn: null, reason: reason! };
    await insertSuspensions(scope, [added]);
    next.suspensions = [...step.suspensions, { ...added, id: '' }];
  }
  if (input.event === 'resume') {
    const on = input.on ?? scope.today;
    await endSuspension(scope, step.id, on);
    next.suspensions = step.suspensions.map((s) => (s.resumedOn === null ? { ...s, resumedOn: on } : s));
  }
  const day = input.event === 'suspend' || input.event === 'resume' ? (input.on ?? scope.today) : null;
  await insertStepEvents(scope, [
    {
      projectId: project.id,
      stepId: step.id,
      event: input.event,
      reason,
      changes: day === null ? changes : [{ field: 'on', before: null, after: day }],
    },
  ]);
  audited(scope, { subject: 'permits.step', id: step.id, before: step, after: next });
  await refresh(
    scope,
    steps.map((one) => (one === step ? next : one)),
    step.id,
  );
  await told(scope, project, input.event, next);
  return presentPlan(scope, project);
}

async function told(scope: Scope, project: ProjectRecord, event: Input['event'], step: StepRow): Promise<void> {
  await emit(scope, {
    topic: 'permits.changed',
    projectId: project.id,
    unitIds: [...partiesOf(project), ...(step.unitId === null ? [] : [step.unitId])],
    data: { step: step.code, event, projectName: project.name },
  });
}

/** Writes the step that changed and every other whose state follows from it. */
async function refresh(scope: Scope, steps: readonly PlacedStep[], changedId: string): Promise<void> {
  const calendar = await calendarOf(scope);
  const all = byCode(steps);
  for (const { suspensions, ...step } of steps) {
    const derived = derivedOf(all, { ...step, suspensions }, scope.today, calendar);
    const { state, dueOn } = derived;
    const isChanged = step.id === changedId;
    if (!isChanged && state === step.state && dueOn === step.dueOn) continue;
    // Null in a year without a calendar: that something happened is recorded all the same.
    const usedDays = step.phase === 'done' ? derived.usedDays : null;
    const version = isChanged ? step.version + 1 : step.version;
    await setStep(scope, { ...step, state, dueOn, usedDays, version, changedAt: scope.now });
  }
}

type Changed = Partial<
  Pick<
    StepRow,
    | 'acceptedOn'
    | 'doneOn'
    | 'documentNo'
    | 'file'
    | 'note'
    | 'unitId'
    | 'limitDays'
    | 'limitUnit'
    | 'isReference'
    | 'basis'
  >
>;

async function changeOf(
  scope: Scope,
  steps: readonly PlacedStep[],
  step: PlacedStep,
  input: Input,
  reason: string | null,
): Promise<Changed> {
  const on = input.on ?? scope.today;
  if (on > scope.today || (input.doneOn ?? on) > scope.today)
    throw invalid('future_day', { zh: '日期不能晚于今天', en: 'The day cannot be after today' }, 'on');
  // Looked at whatever the event is: an id that is not the caller's to name must be refused in the same words always.
  const file = input.file
    ? { fileId: input.file.fileId, name: (await claimFile(scope, input.file.fileId)).name }
    : step.file;
  if (input.unitId && input.unitId !== step.unitId && !(await findUnit(scope, input.unitId)))
    throw invalid('unit_unknown', { zh: '没有找到该办理单位，请重新选择', en: 'No such unit: choose again' }, 'unitId');
  const because = (zh: string, en: string) => {
    if (reason === null || reason.length < 2) throw invalid('reason_missing', { zh, en }, 'reason');
  };
  switch (input.event) {
    case 'accept': {
      const blockers = blockersOf(byCode(steps), step);
      if (blockers.length > 0 && reason === null) {
        const names = steps.filter((one) => blockers.includes(one.code)).map((one) => one.name);
        throw invalid(
          'blocked',
          {
            zh: `前置手续尚未办结：${names.map((n) => n.zh).join('、')}。确属容缺受理的，请写明依据`,
            en: `Not done yet: ${names.map((n) => n.en).join(', ')}. If it was accepted all the same, say on what ground`,
          },
          'reason',
        );
      }
      return {
        acceptedOn: on,
        documentNo: input.documentNo ?? step.documentNo,
        note: blockers.length > 0 ? reason : null,
      };
    }
    case 'finish': {
      notBefore(on, lastDay(step), 'on');
      if (!input.documentNo && !file)
        throw invalid(
          'evidence_missing',
          { zh: '办结须填写批复文号或上传批复文件', en: 'Give the number of the document or upload it' },
          'documentNo',
        );
      return { doneOn: on, documentNo: input.documentNo ?? step.documentNo, file };
    }
    case 'suspend':
      because('请写明要求补正的内容', 'Say what must be added');
      notBefore(on, lastDay(step), 'on');
      return {};
    case 'resume':
      notBefore(on, step.suspensions.find((s) => s.resumedOn === null)!.fromOn, 'on');
      return {};
    case 'skip':
      because('请写明无需办理的依据', 'Say why it is not needed');
      return { note: reason };
    case 'include':
      because('请写明恢复办理的原因', 'Say why it is needed after all');
      return { note: null };
    case 'correct': {
      because('更正日期须写明原因', 'A correction needs its reason');
      const acceptedOn = input.on ?? step.acceptedOn!;
      const doneOn = step.phase === 'done' ? (input.doneOn ?? step.doneOn!) : null;
      const first = step.suspensions[0]?.fromOn;
      if (first !== undefined && acceptedOn > first)
        throw invalid(
          'after_suspension',
          {
            zh: `受理日期不能晚于补正开始的 ${first}`,
            en: `It cannot have been accepted after ${first}, when it was suspended`,
          },
          'on',
        );
      if (doneOn !== null) notBefore(doneOn, lastDay({ ...step, acceptedOn }), 'doneOn');
      return { acceptedOn, doneOn, documentNo: input.documentNo ?? step.documentNo };
    }
    case 'assign':
      return assignment(step, input, reason, because);
  }
}

function assignment(
  step: PlacedStep,
  input: Input,
  reason: string | null,
  because: (zh: string, en: string) => void,
): Changed {
  const unitId = input.unitId === undefined ? step.unitId : input.unitId;
  const limitDays = input.limitDays === undefined ? step.limitDays : input.limitDays;
  const limitUnit = input.limitUnit ?? step.limitUnit;
  if (limitDays === step.limitDays && limitUnit === step.limitUnit) return { unitId };
  because('调整时限须写明依据', 'A changed limit needs its ground');
  return { unitId, limitDays, limitUnit, basis: reason!, isReference: false };
}

/** The last day that is on record for a step: nothing after it can have happened before it. */
const lastDay = (step: Pick<PlacedStep, 'acceptedOn' | 'suspensions'>): string =>
  [step.acceptedOn!, ...step.suspensions.map((s) => s.resumedOn ?? s.fromOn)].sort().at(-1)!;

function notBefore(day: string, first: string, field: string): void {
  if (day < first)
    throw invalid(
      'before_earlier',
      { zh: `日期不能早于已登记的 ${first}`, en: `The day cannot be before ${first}, which is on record` },
      field,
    );
}

const recorded = [
  'acceptedOn',
  'doneOn',
  'documentNo',
  'file',
  'note',
  'unitId',
  'limitDays',
  'limitUnit',
] as const satisfies readonly (keyof StepRow)[];

const changesOf = (before: StepRow, after: StepRow): PlanEvent['changes'] =>
  recorded
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
