import { conflict, invalid, notFound, type Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { raiseMatters } from '#modules/ledger/server/public.ts';
import { findUnit } from '#modules/organization/server/public.ts';
import { findProject, getProject } from '#modules/projects/server/public.ts';
import type { Proposal, Values } from '../contract.ts';
import type { Proposed } from '../propose.ts';
import { documentWords, namesById, paperOf, presentProposal, workAtDesk } from './desk.ts';
import {
  type DecisionRecord,
  type DocumentRecord,
  jsonb,
  listDecisions,
  lockDocument,
  standing,
  tables,
} from './store.ts';

interface Decide {
  id: string;
  key: string;
  decision: 'accept' | 'reject';
  values?: Values | undefined;
  reason?: string | undefined;
}

/**
 * A person takes a proposal, put right if need be, or leaves it. A requirement becomes a draft in the ledger, a promise a
 * row among promises, a fact a change that somebody else settles, a name an alias that counts at once.
 * @throws Problem 404, 409 decided, withdrawn, 422
 */
export async function decide(scope: Scope, { id, key, decision, values, reason }: Decide): Promise<Proposal> {
  const document = await lockDocument(scope, id);
  if (!document) throw notFound(documentWords);
  if (document.withdrawnAt !== null)
    throw conflict('withdrawn', { zh: '文件已撤下，不能再采纳', en: 'The document was taken off the desk' });
  const rows = (await listDecisions(scope, id)).get(key) ?? [];
  const earlier = standing(rows);
  if (earlier && !(earlier.decision === 'reject' && decision === 'accept' && earlier.byId === scope.actor.id))
    throw decidedAlready(earlier, scope.actor.id);
  const paper = await paperOf(scope, document);
  const proposed = (await workAtDesk({ want: 'proposal', paper, key })) ?? (rows[0] && remembered(rows[0]));
  if (!proposed) throw notFound({ zh: '建议', en: 'proposal' });
  const accepted = decision === 'accept' ? (values ?? proposed.values) : null;
  if (accepted && accepted.kind !== proposed.kind)
    throw invalid('kind', { zh: '采纳的内容与建议类别不同', en: 'Not the kind that was proposed' }, 'values');
  const result = accepted && (await carryOut(scope, document, proposed, accepted));
  const row = await insertDecision(scope, {
    documentId: id,
    key,
    kind: proposed.kind,
    decision,
    spanStart: proposed.original.start,
    spanEnd: proposed.original.end,
    text: proposed.text,
    proposed: proposed.values,
    accepted,
    reason: reason || null,
    resultKind: result?.kind ?? null,
    resultId: result?.id ?? null,
  });
  await emit(scope, { topic: 'readings.decided', unitIds: [], data: { documentId: id, key, decision } });
  return presentProposal(scope, document, proposed, [...rows, row], namesById(paper.known));
}

/** Two who decide at once: the second hears who was first, and when. */
function decidedAlready({ byId, byName, decision, at }: DecisionRecord, actorId: string): Problem {
  const who = byId === actorId ? { zh: '您', en: 'You' } : { zh: byName, en: byName };
  const when = momentOf(at);
  return conflict('decided', {
    zh: `${who.zh}已于 ${when} ${decision === 'accept' ? '采纳' : '不采纳'}这一条；要改，先撤回这个决定`,
    en: `${who.en} ${decision === 'accept' ? 'accepted' : 'rejected'} this at ${when}; to change it, take that decision back first`,
  });
}

const momentOf = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(at);

/** Appends; what was proposed stays beside what was accepted. Answers the row as it is read later. */
export async function insertDecision(
  scope: Scope,
  about: Omit<DecisionRecord, 'cityId' | 'id' | 'at' | 'byId' | 'byName'>,
): Promise<DecisionRecord> {
  const row = {
    ...about,
    cityId: scope.cityId,
    id: newId(),
    at: scope.now,
    byId: scope.actor.id,
    byName: scope.actor.name,
  };
  await tables(scope)
    .insertInto('readings.decision')
    .values({ ...row, proposed: jsonb(row.proposed), accepted: row.accepted && jsonb(row.accepted) })
    .execute();
  return row;
}

/** A name that was learnt since is proposed no more; its decision stays readable. */
export const remembered = (row: DecisionRecord): Proposed => ({
  key: row.key,
  kind: row.kind,
  span: { start: 0, end: 0 },
  original: { start: row.spanStart, end: row.spanEnd },
  text: row.text,
  values: row.proposed,
});

type Result = { kind: NonNullable<DecisionRecord['resultKind']>; id: string };

function carryOut(scope: Scope, document: DocumentRecord, proposed: Proposed, values: Values): Promise<Result> {
  switch (values.kind) {
    case 'requirement':
      return raise(scope, document, proposed, values);
    case 'promise':
      return keepPromise(scope, document, proposed, values);
    case 'fact':
      return proposeChange(scope, document, proposed, values);
    case 'name':
      return learnName(scope, document, values);
  }
}

async function raise(
  scope: Scope,
  document: DocumentRecord,
  { text, original }: Proposed,
  values: Values & { kind: 'requirement' },
): Promise<Result> {
  const [made] = await raiseMatters(scope, [
    {
      kind: 'task',
      title: values.title,
      body: text,
      source: {
        kind: 'document',
        title: document.title,
        ref: `${original.start}-${original.end}`,
        on: document.documentDate,
      },
      leadUnitId: values.leadUnitId,
      coUnitIds: values.coUnitIds,
      projectId: values.projectId,
      dueOn: values.dueOn !== null && values.dueOn >= scope.today ? values.dueOn : null,
      origin: { module: 'readings', id: document.id },
    },
  ]);
  return { kind: 'matter', id: made!.id };
}

async function keepPromise(
  scope: Scope,
  document: DocumentRecord,
  { text, original }: Proposed,
  values: Values & { kind: 'promise' },
): Promise<Result> {
  if (document.documentDate === null)
    throw invalid(
      'no_date',
      {
        zh: '先填写文件的成文日期：承诺以成文日期为准',
        en: 'Give the document its date first: a promise is dated by it',
      },
      'documentDate',
    );
  if (values.by === null && values.amountYuan === null)
    throw invalid('empty_promise', { zh: '承诺要有日期或金额', en: 'A promise has a day or an amount' }, 'by');
  const project = values.projectId === null ? undefined : await getProject(scope, values.projectId);
  const id = newId();
  await tables(scope)
    .insertInto('readings.promise')
    .values({
      cityId: scope.cityId,
      id,
      documentId: document.id,
      projectId: values.projectId,
      projectName: project?.name ?? values.projectName,
      what: values.what,
      byDay: values.by,
      amountYuan: values.amountYuan,
      hedge: values.hedge,
      speaker: values.speaker,
      saidOn: document.documentDate,
      spanStart: original.start,
      spanEnd: original.end,
      text: text || values.projectName,
      at: scope.now,
      byName: scope.actor.name,
      demo: false,
      withdrawnAt: null,
      withdrawnByName: null,
      withdrawnReason: null,
    })
    .execute();
  return { kind: 'promise', id };
}

async function proposeChange(
  scope: Scope,
  document: DocumentRecord,
  { text, original }: Proposed,
  values: Values & { kind: 'fact' },
): Promise<Result> {
  const isMoney = values.field === 'totalYuan';
  if (isMoney !== (typeof values.value === 'number'))
    throw invalid('value', { zh: '数值与字段不符', en: 'The value does not fit the field' }, 'values.value');
  const project = await getProject(scope, values.projectId);
  const old = isMoney ? project.totalYuan : project[values.field as 'startActual'];
  if (old === values.value)
    throw conflict('same', { zh: '项目库中已是这个值', en: 'The register has this value already' });
  const id = newId();
  await tables(scope)
    .insertInto('readings.change')
    .values({
      cityId: scope.cityId,
      id,
      documentId: document.id,
      projectId: values.projectId,
      field: values.field,
      oldValue: old === null ? null : jsonb(old),
      newValue: jsonb(values.value),
      spanStart: original.start,
      spanEnd: original.end,
      text,
      state: 'waiting',
      proposedAt: scope.now,
      proposedBy: scope.actor.id,
      proposedByName: scope.actor.name,
      settledAt: null,
      settledByName: null,
      settledReason: null,
    })
    .execute();
  await emit(scope, {
    topic: 'readings.changeProposed',
    projectId: values.projectId,
    unitIds: [],
    data: { changeId: id, documentId: document.id, projectName: project.name },
  });
  return { kind: 'change', id };
}

async function learnName(
  scope: Scope,
  document: DocumentRecord,
  { register, registerId, alias }: Values & { kind: 'name' },
): Promise<Result> {
  const missing = () =>
    invalid('whose_name', { zh: '请选定这个名称指的是谁', en: 'Choose whom this name means' }, 'values.registerId');
  if (registerId === null) throw missing();
  const isThere =
    register === 'unit'
      ? await findUnit(scope, registerId)
      : register === 'project' && (await findProject(scope, registerId));
  if (!isThere) throw missing();
  const taken = await tables(scope)
    .selectFrom('readings.alias')
    .select('id')
    .where('cityId', '=', scope.cityId)
    .where('kind', '=', register)
    .where('registerId', '=', registerId)
    .where('alias', '=', alias)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  if (taken) return { kind: 'alias', id: taken.id };
  const id = newId();
  await tables(scope)
    .insertInto('readings.alias')
    .values({
      cityId: scope.cityId,
      id,
      kind: register,
      registerId,
      alias,
      documentId: document.id,
      at: scope.now,
      byName: scope.actor.name,
      endedAt: null,
      endedByName: null,
      endedReason: null,
    })
    .execute();
  return { kind: 'alias', id };
}
