import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { raiseMatters } from '#modules/ledger/server/public.ts';
import { findUnit } from '#modules/organization/server/public.ts';
import { findProject, getProject } from '#modules/projects/server/public.ts';
import type { Proposal, Values } from '../contract.ts';
import type { Proposed } from '../propose.ts';
import { documentWords, namesById, openDocument, presentProposal } from './desk.ts';
import { type DecisionRecord, type DocumentRecord, jsonb, listDecisions, lockDocument, tables } from './store.ts';

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
  const { known, proposals } = await openDocument(scope, document);
  const earlier = (await listDecisions(scope, id)).get(key);
  const proposed = proposals.find((p) => p.key === key) ?? (earlier && remembered(earlier));
  if (!proposed) throw notFound({ zh: '建议', en: 'proposal' });
  if (earlier?.decision === 'accept')
    throw conflict('decided', {
      zh: `${earlier.byName}已采纳这一条；要撤销请到形成的事项或变更中办理`,
      en: `${earlier.byName} accepted this; undo it where it led to`,
    });
  const accepted = decision === 'accept' ? (values ?? proposed.values) : null;
  if (accepted && accepted.kind !== proposed.kind)
    throw invalid('kind', { zh: '采纳的内容与建议类别不同', en: 'Not the kind that was proposed' }, 'values');
  const result = accepted && (await carryOut(scope, document, proposed, accepted));
  const row: DecisionRecord = {
    cityId: scope.cityId,
    id: newId(),
    documentId: id,
    key,
    kind: proposed.kind,
    decision,
    spanStart: proposed.original.start,
    spanEnd: proposed.original.end,
    text: proposed.text,
    proposed: jsonb(proposed.values),
    accepted: accepted && jsonb(accepted),
    reason: reason || null,
    resultKind: result?.kind ?? null,
    resultId: result?.id ?? null,
    at: scope.now,
    byId: scope.actor.id,
    byName: scope.actor.name,
  };
  await tables(scope).insertInto('readings.decision').values(row).execute();
  await emit(scope, { topic: 'readings.decided', unitIds: [], data: { documentId: id, key, decision } });
  return presentProposal(proposed, { ...row, proposed: proposed.values, accepted }, namesById(known));
}

/** A name that was learnt since is proposed no more; its decision stays readable. */
const remembered = (row: DecisionRecord): Proposed => ({
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
    })
    .execute();
  return { kind: 'alias', id };
}
