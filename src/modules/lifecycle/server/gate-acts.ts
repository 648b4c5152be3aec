import { audited } from '#core/server/audit.ts';
import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { setStage } from '#modules/projects/server/public.ts';
import {
  type EndStage,
  endDocuments,
  type GateStage,
  gates,
  isEnd,
  type PathCode,
  paths,
  stageWords,
} from '../gates.ts';
import { dayFault, documentFault, type Life, moveFault, restFault, revokeFault, stageOf } from '../life.ts';
import type { NewDocument } from '../shapes.ts';
import { documentLine, type Held, holdLife, refuse, takeDocuments, tell } from './hold.ts';
import { leaveReserve, returnToReserve } from './reserve-store.ts';
import { insertEvents, removeGates, setGates, setPause } from './store.ts';
import { setSeen } from './sync.ts';
import { tables } from './tables.ts';

const subject = 'lifecycle.gate';

/** What the register shows of a gate beside the stage: three of them have fields of their own there. */
function fieldsOf({ project }: Held, stage: GateStage | EndStage, on: string | null) {
  const date = on === null ? null : { day: on, precision: 'day' as const, text: null };
  if (stage === 'started') return { startActual: date };
  if (stage === 'completed') return { finishActual: date };
  if (stage === 'enrolled') return { enrolled: on !== null, enrolledOn: on };
  const { [stage]: _, ...others } = project.stageDates;
  return { stageDates: on === null ? others : { ...others, [stage]: on } };
}

/** Writes the stage that follows from the life, with the day of one gate, and remembers that gates and register agree. */
async function writeStage(
  scope: Scope,
  held: Held,
  life: Life,
  stage: GateStage | EndStage,
  on: string | null,
  why: { reason?: string | null | undefined; document?: string | null },
): Promise<void> {
  const { project } = held;
  await setStage(
    scope,
    { id: project.id, stage: stageOf(life), ...fieldsOf(held, stage, on) },
    { reason: why.reason ?? null, document: why.document ?? null },
  );
  await setSeen(scope, [project.id]);
}

/** Passes a gate. @throws Problem 404, 422 gate_missing, before_former_gate, in_the_future, documents_missing, … */
export async function move(
  scope: Scope,
  {
    id,
    to,
    on,
    documents: given,
    reason,
  }: { id: string; to: GateStage; on: string; documents: readonly NewDocument[]; reason?: string | undefined },
): Promise<void> {
  const held = await holdLife(scope, id, gates[to].permission);
  const documents = await takeDocuments(scope, id, given);
  const { life, project } = held;
  refuse(moveFault(life, { to, on, documents, today: scope.today }));
  const from = stageOf(life);
  const [eventId] = await insertEvents(scope, [{ projectId: id, stage: to, kind: 'passed', on, documents, reason }]);
  const passed = { on, precision: 'day' as const };
  await setGates(scope, [{ projectId: id, stage: to, passed, source: 'gate', eventId: eventId! }]);
  const after: Life = { ...life, gates: { ...life.gates, [to]: passed } };
  await writeStage(scope, held, after, to, on, {
    reason: reason ?? `办理关口：${stageWords[to].zh}`,
    document: documentLine(documents),
  });
  if (to === 'started') await leaveReserve(scope, [{ projectId: id, stage: to, passed }]);
  audited(scope, { subject, id, before: { stage: from }, after: { stage: to, on, documents } });
  await tell(scope, project, 'moved', { gate: to, on, from, stage: stageOf(after) });
}

/** Records the day of a gate that stands, or adds documents to it. */
export async function amend(
  scope: Scope,
  {
    id,
    stage,
    on,
    documents: given,
    reason,
  }: { id: string; stage: GateStage; on?: string | undefined; documents: readonly NewDocument[]; reason: string },
): Promise<void> {
  const held = await holdLife(scope, id, gates[stage].permission);
  const documents = await takeDocuments(scope, id, given);
  const { life, project } = held;
  const standing = life.gates[stage];
  if (!standing)
    throw invalid(
      'not_passed',
      { zh: `${stageWords[stage].zh}关口没有办理，不能补登`, en: `“${stageWords[stage].en}” has not been passed` },
      'stage',
    );
  const isMoved = on !== undefined && (on !== standing.on || standing.precision !== 'day');
  if (!isMoved && documents.length === 0)
    throw invalid('nothing_changed', { zh: '请填写日期或添加资料', en: 'Give a day or a document' }, 'on');
  if (isMoved) refuse(dayFault(life, stage, on, scope.today));
  const passed = isMoved ? { on, precision: 'day' as const } : standing;
  const [eventId] = await insertEvents(scope, [
    { projectId: id, stage, kind: 'amended', on: passed.on, precision: passed.precision, documents, reason },
  ]);
  // Documents alone say nothing of the day: an implied gate becomes known only with it.
  if (isMoved) {
    await setGates(scope, [{ projectId: id, stage, passed, source: 'gate', eventId: eventId! }]);
    await writeStage(scope, held, { ...life, gates: { ...life.gates, [stage]: passed } }, stage, on, { reason });
    if (stage === 'started') await leaveReserve(scope, [{ projectId: id, stage, passed }]);
  }
  audited(scope, { subject, id, before: standing, after: { stage, ...passed, documents } });
  await tell(scope, project, 'amended', { gate: stage, on: passed.on });
}

/** Takes back a gate or an ending; what was done stays in the history. */
export async function revoke(
  scope: Scope,
  { id, stage, reason }: { id: string; stage: GateStage | EndStage; reason: string },
): Promise<void> {
  const held = await holdLife(scope, id, 'lifecycle.end');
  const { life, project } = held;
  refuse(revokeFault(life, stage));
  await insertEvents(scope, [{ projectId: id, stage, kind: 'revoked', reason }]);
  await removeGates(scope, [{ projectId: id, stage }]);
  const after: Life = { ...life, gates: { ...life.gates } };
  if (isEnd(stage)) after.end = null;
  else delete after.gates[stage];
  await writeStage(scope, held, after, stage, null, { reason });
  if (stage === 'started' || isEnd(stage)) await returnToReserve(scope, [id]);
  audited(scope, { subject, id, before: { stage: stageOf(life) }, after: { stage: stageOf(after), revoked: stage } });
  await tell(scope, project, 'revoked', { gate: stage, stage: stageOf(after) });
}

/** Terminates or withdraws; a pause that runs ends with it. */
export async function end(
  scope: Scope,
  {
    id,
    to,
    on,
    reason,
    approver,
    documents: given,
  }: { id: string; to: EndStage; on: string; reason: string; approver: string; documents: readonly NewDocument[] },
): Promise<void> {
  const held = await holdLife(scope, id, 'lifecycle.end');
  const documents = await takeDocuments(scope, id, given);
  const { life, project, openPause } = held;
  refuse(restFault(life, to, on, scope.today) ?? documentFault(endDocuments, documents));
  if (openPause) await setPause(scope, openPause.id, { endedOn: on < openPause.fromOn ? openPause.fromOn : on });
  const passed = { on, precision: 'day' as const };
  const [eventId] = await insertEvents(scope, [
    { projectId: id, stage: to, kind: 'ended', on, documents, reason, approver },
  ]);
  await setGates(scope, [{ projectId: id, stage: to, passed, source: 'gate', eventId: eventId! }]);
  await leaveReserve(scope, [{ projectId: id, stage: to, passed }]);
  await writeStage(scope, held, { ...life, halt: null, end: to }, to, on, {
    reason,
    document: documentLine(documents),
  });
  audited(scope, { subject, id, before: { stage: stageOf(life) }, after: { stage: to, on, approver, documents } });
  await tell(scope, project, 'ended', { gate: to, on, stage: to });
}

/** Which gates the project has to pass. Gates that stand stay, also where the other path has none of them. */
export async function setPath(
  scope: Scope,
  { id, path, reason }: { id: string; path: PathCode; reason: string },
): Promise<void> {
  const { life, project, isPathChosen } = await holdLife(scope, id, 'lifecycle.move');
  if (life.path === path && isPathChosen)
    throw invalid('nothing_changed', { zh: '项目类型没有变化', en: 'The kind of project stays the same' }, 'path');
  await tables(scope)
    .updateTable('lifecycle.life')
    .set({ path, isPathChosen: true })
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', id)
    .execute();
  const stage = stageOf(life);
  await insertEvents(scope, [{ projectId: id, stage, kind: 'path', reason: `${paths[path].words.zh}：${reason}` }]);
  audited(scope, { subject, id, before: { path: life.path }, after: { path } });
  await tell(scope, project, 'pathChosen', { path, stage });
}
