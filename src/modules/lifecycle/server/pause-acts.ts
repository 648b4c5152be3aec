import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { setStage } from '#modules/projects/server/public.ts';
import { type HaltStage, resumeDocuments, stageWords } from '../gates.ts';
import { documentFault, restFault, stageOf } from '../life.ts';
import { estimateFault, movedFault, type PauseReason, pauseReasonWords, quarterOf } from '../pause.ts';
import type { NewDocument } from '../shapes.ts';
import { documentLine, type Held, holdLife, refuse, takeDocuments, tell } from './hold.ts';
import { insertEvents, insertPauses, insertUpdates, setPause } from './store.ts';
import { setSeen } from './sync.ts';
import type { PauseTable } from './tables.ts';

const subject = 'lifecycle.pause';

/** Registers a pause with its reason, the steps to resume and an estimate; the registration is the update of its quarter. */
export async function pause(
  scope: Scope,
  {
    id,
    kind,
    on,
    reasonCode,
    reason,
    steps,
    resumeDue,
    documents: given,
  }: {
    id: string;
    kind: HaltStage;
    on: string;
    reasonCode: PauseReason;
    reason: string;
    steps: string;
    resumeDue: string;
    documents: readonly NewDocument[];
  },
): Promise<void> {
  const { life, project } = await holdLife(scope, id, 'lifecycle.pause');
  const documents = await takeDocuments(scope, id, given);
  refuse(restFault(life, kind, on, scope.today) ?? estimateFault({ resumeDue, since: on, today: scope.today }));
  const row = {
    id: newId(),
    projectId: id,
    kind,
    reasonCode,
    reason,
    steps,
    fromOn: on,
    resumePlanned: resumeDue,
    resumeDue,
    registeredOn: scope.today,
    updatedOn: scope.today,
  };
  await insertPauses(scope, [row]);
  const said = `${pauseReasonWords[reasonCode].zh}：${reason}`;
  await insertEvents(scope, [{ projectId: id, stage: kind, kind: 'paused', on, documents, reason: said }]);
  await setStage(
    scope,
    { id, stage: kind, stageDates: { ...project.stageDates, [kind]: on } },
    { reason: said.slice(0, 300), document: documentLine(documents) },
  );
  await setSeen(scope, [id]);
  audited(scope, { subject, id, before: { stage: stageOf(life) }, after: row });
  await tell(scope, project, 'paused', { stage: kind, on, reasonCode, resumeDue });
}

function openPauseOf({ openPause }: Held): PauseTable {
  if (openPause) return openPause;
  throw conflict('not_paused', { zh: '项目没有在停建、缓建', en: 'The project is not paused' });
}

/** The quarterly update. The first estimate stays; one that moves says why. */
export async function updatePause(
  scope: Scope,
  {
    id,
    situation,
    steps,
    resumeDue,
    reasonCode,
    reason,
  }: {
    id: string;
    situation: string;
    steps: string;
    resumeDue: string;
    reasonCode?: PauseReason | undefined;
    reason?: string | undefined;
  },
): Promise<void> {
  const held = await holdLife(scope, id, 'lifecycle.update');
  const open = openPauseOf(held);
  refuse(
    estimateFault({ resumeDue, since: open.fromOn, today: scope.today }) ??
      movedFault(open.resumeDue, resumeDue, reason ?? null),
  );
  if (open.reasonCode === null && reasonCode === undefined)
    throw invalid(
      'reason_code_needed',
      { zh: '停缓建原因未登记，请选择原因', en: 'The reason of the pause is not recorded: choose one' },
      'reasonCode',
    );
  await insertUpdates(scope, [
    {
      pauseId: open.id,
      projectId: id,
      quarter: quarterOf(scope.today),
      updatedOn: scope.today,
      situation,
      steps,
      resumeBefore: open.resumeDue,
      resumeDue,
      reason: reason ?? null,
    },
  ]);
  await setPause(scope, open.id, {
    steps,
    resumeDue,
    updatedOn: scope.today,
    ...(open.resumePlanned === null && { resumePlanned: resumeDue }),
    ...(open.reasonCode === null && reasonCode !== undefined && { reasonCode }),
  });
  await insertEvents(scope, [
    { projectId: id, stage: open.kind, kind: 'updated', on: scope.today, reason: situation.slice(0, 500) },
  ]);
  audited(scope, {
    subject,
    id,
    before: { resumeDue: open.resumeDue },
    after: { situation, steps, resumeDue, reason },
  });
  await tell(scope, held.project, 'pauseUpdated', { stage: open.kind, quarter: quarterOf(scope.today), resumeDue });
}

/** Work goes on, with proof: the project is again where its gates left it. */
export async function resume(
  scope: Scope,
  {
    id,
    on,
    documents: given,
    reason,
  }: { id: string; on: string; documents: readonly NewDocument[]; reason?: string | undefined },
): Promise<void> {
  const held = await holdLife(scope, id, 'lifecycle.pause');
  const documents = await takeDocuments(scope, id, given);
  const open = openPauseOf(held);
  if (on > scope.today)
    throw invalid('in_the_future', { zh: '复工日期晚于今天', en: 'The day of resuming lies ahead' }, 'on');
  if (on < open.fromOn)
    throw invalid(
      'before_pause',
      {
        zh: `复工日期 ${on} 早于${stageWords[open.kind].zh}日期 ${open.fromOn}，请核对`,
        en: `The day of resuming ${on} lies before the pause began on ${open.fromOn}`,
      },
      'on',
    );
  refuse(documentFault(resumeDocuments, documents));
  await setPause(scope, open.id, { resumedOn: on, endedOn: on });
  await insertEvents(scope, [{ projectId: id, stage: open.kind, kind: 'resumed', on, documents, reason }]);
  const stage = stageOf({ ...held.life, halt: null });
  const { [open.kind]: _, ...stageDates } = held.project.stageDates;
  await setStage(
    scope,
    { id, stage, stageDates },
    { reason: reason ?? `${stageWords[open.kind].zh}后复工`, document: documentLine(documents) },
  );
  await setSeen(scope, [id]);
  audited(scope, { subject, id, before: { stage: open.kind }, after: { stage, on, documents } });
  await tell(scope, held.project, 'resumed', { stage, on });
}
