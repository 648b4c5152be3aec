import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { voidDraft } from '#modules/ledger/server/public.ts';
import type { Proposal } from '../contract.ts';
import { decisionsBehind, endAlias } from './aliases.ts';
import { insertDecision, remembered } from './decide.ts';
import { documentWords, namesById, paperOf, presentProposal, workAtDesk } from './desk.ts';
import { type DecisionRecord, listDecisions, lockDocument, standing, tables } from './store.ts';

/**
 * Takes a decision back while nothing has followed from it: the draft matter is void, the promise counts no more, the change
 * leaves the queue, the name is forgotten. Every row stays, with the reason.
 * @throws Problem 404, 409 not_decided, withdrawn, and one for each thing that has followed, which says where to undo it
 */
export async function revoke(
  scope: Scope,
  { id, key, reason }: { id: string; key: string; reason: string },
): Promise<Proposal> {
  const document = await lockDocument(scope, id);
  if (!document) throw notFound(documentWords);
  if (document.withdrawnAt !== null)
    throw conflict('withdrawn', {
      zh: '文件已撤下，其中的决定不再变动',
      en: 'The document was taken off the desk: its decisions stay as they are',
    });
  const rows = (await listDecisions(scope, id)).get(key) ?? [];
  const row = standing(rows);
  if (!row) throw conflict('not_decided', { zh: '这一条没有可撤回的决定', en: 'There is no decision to take back' });
  if (row.decision === 'accept' && row.resultId !== null) await undo(scope, row, reason);
  const { cityId: _, id: __, at: ___, byId: ____, byName: _____, ...about } = row;
  const back = await insertDecision(scope, {
    ...about,
    decision: 'revoke',
    accepted: null,
    reason,
    resultKind: null,
    resultId: null,
  });
  audited(scope, {
    subject: 'readings.decision',
    id: row.id,
    before: { decision: row.decision, result: row.resultId },
    after: { revoked: reason },
  });
  await emit(scope, { topic: 'readings.decided', unitIds: [], data: { documentId: id, key, decision: 'revoke' } });
  const paper = await paperOf(scope, document);
  const proposed = (await workAtDesk({ want: 'proposal', paper, key })) ?? remembered(row);
  return presentProposal(scope, document, proposed, [...rows, back], namesById(paper.known));
}

async function undo(scope: Scope, row: DecisionRecord, reason: string): Promise<void> {
  const id = row.resultId!;
  switch (row.resultKind) {
    case 'matter':
      return voidDraft(scope, id, reason);
    case 'promise':
      await tables(scope)
        .updateTable('readings.promise')
        .set({ withdrawnAt: scope.now, withdrawnByName: scope.actor.name, withdrawnReason: reason })
        .where('cityId', '=', scope.cityId)
        .where('id', '=', id)
        .execute();
      return;
    case 'change':
      return withdrawChange(scope, id, reason);
    default:
      return forget(scope, id, reason);
  }
}

async function withdrawChange(scope: Scope, id: string, reason: string): Promise<void> {
  const change = await tables(scope)
    .selectFrom('readings.change')
    .select(['state', 'settledByName'])
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (change?.state === 'applied')
    throw conflict('change_applied', {
      zh: `${change.settledByName ?? '他人'}已同意这项变更，项目库已改；请到项目页更正`,
      en: `${change.settledByName ?? 'Somebody'} applied this change: put the register right on the page of the project`,
    });
  if (change?.state !== 'waiting') return;
  await tables(scope)
    .updateTable('readings.change')
    .set({ state: 'withdrawn', settledAt: scope.now, settledByName: scope.actor.name, settledReason: reason })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

/** A name by which nothing was accepted since. Another document that taught the same name keeps it. */
async function forget(scope: Scope, id: string, reason: string): Promise<void> {
  const alias = await tables(scope)
    .selectFrom('readings.alias')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!alias || alias.endedAt !== null || (await decisionsBehind(scope, id)).length > 1) return;
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select distinct on (d.document_id, d.key) d.decision, d.accepted, d.at, d.kind, d.document_id from readings.decision d
      where d.city_id = ${scope.cityId} order by d.document_id, d.key, d.at desc, d.id desc) last
    join readings.document t on t.city_id = ${scope.cityId} and t.id = last.document_id
    where last.decision = 'accept' and last.kind <> 'name' and last.at >= ${alias.at}
      and position(${alias.registerId}::text in last.accepted::text) > 0 and position(${alias.alias} in t.original) > 0`.execute(
    scope.db,
  );
  const uses = rows[0]?.n ?? 0;
  if (uses > 0)
    throw conflict('alias_used', {
      zh: `“${alias.alias}”已用于 ${uses} 条采纳，不能在这里撤回；请到“名称”页撤下，已采纳的不变`,
      en: `${uses} proposals were accepted by the name “${alias.alias}”: take it off on the page of names; what was accepted stays`,
    });
  await endAlias(scope, alias, reason);
}
