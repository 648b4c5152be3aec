import { type SqlBool, sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { AliasView } from '../contract.ts';
import { insertDecision } from './decide.ts';
import { type AliasRecord, type DecisionRecord, standing, tables } from './store.ts';

const words = { zh: '名称', en: 'name' };
const atOnce = 100;

type Row = AliasRecord & {
  documentTitle: string;
  registerName: string | null;
  spanStart: number | null;
  spanEnd: number | null;
  text: string | null;
  total: number;
};

async function listRows(
  scope: Scope,
  where: ReturnType<typeof sql<SqlBool>>,
  offset = 0,
): Promise<{ total: number; rows: Row[] }> {
  const { rows } = await sql<Row>`
    select a.*, d.title as document_title, coalesce(u.name, p.name, r.name) as register_name, x.span_start, x.span_end, x.text,
      count(*) over ()::int as total
    from readings.alias a
    join readings.document d on d.city_id = a.city_id and d.id = a.document_id
    left join organization.pub_unit u on a.kind = 'unit' and u.city_id = a.city_id and u.id = a.register_id
    left join projects.pub_project p on a.kind = 'project' and p.city_id = a.city_id and p.id = a.register_id
    left join organization.pub_person r on a.kind = 'person' and r.city_id = a.city_id and r.id = a.register_id
    left join lateral (
      select n.span_start, n.span_end, n.text from readings.decision n
      where n.city_id = a.city_id and n.document_id = a.document_id and n.result_id = a.id order by n.at limit 1) x on true
    where a.city_id = ${scope.cityId} and ${where}
    order by coalesce(a.ended_at, a.at) desc, a.id offset ${offset} limit ${atOnce}`.execute(scope.db);
  return { total: rows[0]?.total ?? 0, rows };
}

const present = (scope: Scope, row: Row): AliasView => ({
  id: row.id,
  alias: row.alias,
  kind: row.kind,
  registerId: row.registerId,
  registerName: row.registerName ?? row.registerId,
  documentId: row.documentId,
  documentTitle: row.documentTitle,
  span: row.spanStart === null || row.spanEnd === null ? null : { start: row.spanStart, end: row.spanEnd },
  text: row.text,
  byName: row.byName,
  at: row.at.toISOString(),
  ended: row.endedAt && { at: row.endedAt.toISOString(), byName: row.endedByName, reason: row.endedReason },
  allowed: row.endedAt === null && scope.can('readings.review') ? ['withdraw'] : [],
});

/** Names that count, or those that were taken off, the newest first; whom each means and where it was learnt. */
export async function listAliases(
  scope: Scope,
  { q, state, offset }: { q?: string | undefined; state: 'counting' | 'ended'; offset: number },
): Promise<{ total: number; aliases: AliasView[] }> {
  const { total, rows } = await listRows(
    scope,
    sql<SqlBool>`(a.ended_at is not null) = ${state === 'ended'}
      and (${q ?? ''} = '' or position(lower(${q ?? ''}) in lower(concat_ws(' ', a.alias, u.name, u.short_name, p.name, r.name))) > 0)`,
    offset,
  );
  return { total, aliases: rows.map((row) => present(scope, row)) };
}

/**
 * A name counts no more, from the next reading on; what was accepted under it stays. The decisions it came from are open again.
 * @throws Problem 404, 409 ended
 */
export async function withdrawAlias(scope: Scope, { id, reason }: { id: string; reason: string }): Promise<AliasView> {
  const held = await tables(scope)
    .selectFrom('readings.alias')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw notFound(words);
  if (held.endedAt !== null)
    throw conflict('ended', {
      zh: `${held.endedByName ?? '他人'}已撤下这个名称`,
      en: `${held.endedByName ?? 'Somebody'} took this name off already`,
    });
  await endAlias(scope, held, reason);
  for (const { cityId: _, id: __, at: ___, byId: ____, byName: _____, ...row } of await decisionsBehind(scope, id))
    await insertDecision(scope, {
      ...row,
      decision: 'revoke',
      accepted: null,
      reason,
      resultKind: null,
      resultId: null,
    });
  return present(scope, (await listRows(scope, sql<SqlBool>`a.id = ${id}`)).rows[0]!);
}

export async function endAlias(scope: Scope, { id, alias }: AliasRecord, reason: string): Promise<void> {
  await tables(scope)
    .updateTable('readings.alias')
    .set({ endedAt: scope.now, endedByName: scope.actor.name, endedReason: reason })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
  audited(scope, { subject: 'readings.alias', id, before: { alias }, after: { ended: reason } });
}

/** The decisions that count and led to this name: several documents may have taught it. */
export async function decisionsBehind(scope: Scope, aliasId: string): Promise<DecisionRecord[]> {
  const { rows } = await sql<DecisionRecord>`
    select d.* from readings.decision d
    where d.city_id = ${scope.cityId} and (d.document_id, d.key) in (
      select document_id, key from readings.decision where city_id = ${scope.cityId} and result_kind = 'alias' and result_id = ${aliasId})
    order by d.at, d.id`.execute(scope.db);
  const byKey = Map.groupBy(rows, (row) => `${row.documentId} ${row.key}`);
  return [...byKey.values()].flatMap((ofKey) => {
    const last = standing(ofKey);
    return last?.resultId === aliasId ? [last] : [];
  });
}
