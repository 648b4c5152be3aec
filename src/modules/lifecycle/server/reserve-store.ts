import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { ReserveRules } from '../reserve.ts';
import { maturityOf, shippedRules } from '../reserve.ts';
import type { GateToSet } from './store.ts';
import { inPieces } from './store.ts';
import {
  type MaturityItemTable,
  type ReserveEventTable,
  type ReserveTable,
  type RulesVersionTable,
  tables,
} from './tables.ts';

export type NewReserveEvent = Pick<ReserveEventTable, 'projectId' | 'kind'> &
  Partial<Pick<ReserveEventTable, 'year' | 'item' | 'day' | 'reason' | 'actorName' | 'at'>>;

export async function insertReserveEvents(scope: Scope, events: readonly NewReserveEvent[]): Promise<void> {
  for (const piece of inPieces(events)) {
    const rows = piece.map((e) => ({
      id: newId(),
      project_id: e.projectId,
      kind: e.kind,
      year: e.year ?? null,
      item: e.item ?? null,
      day: e.day ?? null,
      reason: e.reason || null,
      actor_name: e.actorName ?? scope.actor.name,
      at: e.at ?? scope.now,
    }));
    await sql`insert into lifecycle.reserve_event (city_id, id, project_id, kind, year, item, day, reason, actor_id, actor_name, at)
      select ${scope.cityId}, id, project_id, kind, year, item, day, reason, ${scope.actor.id}, actor_name, at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (id uuid, project_id uuid, kind text, year integer, item text, day date, reason text, actor_name text, at timestamptz)`.execute(
      scope.db,
    );
  }
}

export const findMember = (scope: Scope, projectId: string): Promise<ReserveTable | undefined> =>
  tables(scope)
    .selectFrom('lifecycle.reserve')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .executeTakeFirst();

export const listItems = (scope: Scope, projectIds: readonly string[]): Promise<MaturityItemTable[]> =>
  tables(scope)
    .selectFrom('lifecycle.maturityItem')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', sql<string>`any(${[...projectIds]}::uuid[])`)
    .execute();

/** Enters projects, or enters them again after they had left. */
export async function insertMembers(
  scope: Scope,
  members: readonly Omit<ReserveTable, 'cityId' | 'leftOn' | 'leftHow'>[],
): Promise<void> {
  if (members.length === 0) return;
  await tables(scope)
    .insertInto('lifecycle.reserve')
    .values(members.map((member) => ({ ...member, cityId: scope.cityId, leftOn: null, leftHow: null })))
    .onConflict((c) =>
      c.columns(['cityId', 'projectId']).doUpdateSet((e) => ({
        kind: e.ref('excluded.kind'),
        enteredOn: e.ref('excluded.enteredOn'),
        poolYear: e.ref('excluded.poolYear'),
        maturity: e.ref('excluded.maturity'),
        leftOn: null,
        leftHow: null,
      })),
    )
    .execute();
}

/** A member that begins is converted (转化); one that is withdrawn or terminated is out. Others are not members and stay untouched. */
export async function leaveReserve(
  scope: Scope,
  gates: readonly Pick<GateToSet, 'projectId' | 'stage' | 'passed'>[],
): Promise<void> {
  if (gates.length === 0) return;
  const rows = gates.map((g) => ({ project_id: g.projectId, how: g.stage, day: g.passed.on ?? scope.today }));
  const { rows: left } = await sql<{ projectId: string; leftOn: string; leftHow: string }>`
    update lifecycle.reserve r set left_on = greatest(g.day, r.entered_on), left_how = g.how
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (project_id uuid, how text, day date)
    where r.city_id = ${scope.cityId} and r.project_id = g.project_id
      and (r.left_how is null or (r.left_how = g.how and r.left_on <> greatest(g.day, r.entered_on)))
    returning r.project_id, r.left_on, r.left_how`.execute(scope.db);
  await insertReserveEvents(
    scope,
    left.map((row) => ({ projectId: row.projectId, kind: 'left' as const, day: row.leftOn, reason: row.leftHow })),
  );
}

/** The gate or ending by which they left was taken back. */
export async function returnToReserve(scope: Scope, projectIds: readonly string[]): Promise<void> {
  if (projectIds.length === 0) return;
  const { rows } = await sql<{ projectId: string }>`
    update lifecycle.reserve set left_on = null, left_how = null
    where city_id = ${scope.cityId} and project_id = any(${[...projectIds]}::uuid[]) and left_on is not null
    returning project_id`.execute(scope.db);
  await insertReserveEvents(
    scope,
    rows.map(({ projectId }) => ({ projectId, kind: 'returned' as const, day: scope.today })),
  );
}

export async function setItem(
  scope: Scope,
  {
    projectId,
    item,
    doneOn,
    document,
  }: { projectId: string; item: string; doneOn: string | null; document: string | null },
): Promise<void> {
  if (doneOn === null)
    await tables(scope)
      .deleteFrom('lifecycle.maturityItem')
      .where('cityId', '=', scope.cityId)
      .where('projectId', '=', projectId)
      .where('item', '=', item)
      .execute();
  else
    await tables(scope)
      .insertInto('lifecycle.maturityItem')
      .values({ cityId: scope.cityId, projectId, item, doneOn, document })
      .onConflict((c) => c.columns(['cityId', 'projectId', 'item']).doUpdateSet({ doneOn, document }))
      .execute();
}

/** Maturity of these members, or of all, worked out from the items that are done. */
export async function setMaturity(scope: Scope, rules: ReserveRules, projectIds?: readonly string[]): Promise<void> {
  const ids = projectIds ?? (await listMemberIds(scope));
  const items = Map.groupBy(await listItems(scope, ids), (item) => item.projectId);
  const rows = ids.map((id) => ({
    project_id: id,
    maturity: maturityOf(rules.checklist, new Set((items.get(id) ?? []).map((item) => item.item))),
  }));
  await sql`update lifecycle.reserve r set maturity = m.maturity
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (project_id uuid, maturity integer)
    where r.city_id = ${scope.cityId} and r.project_id = m.project_id and r.maturity <> m.maturity`.execute(scope.db);
}

const listMemberIds = async (scope: Scope): Promise<string[]> =>
  (
    await tables(scope).selectFrom('lifecycle.reserve').select('projectId').where('cityId', '=', scope.cityId).execute()
  ).map((row) => row.projectId);

/** The rules that count now; version 0 are the shipped ones. */
export async function getRules(
  scope: Scope,
): Promise<
  Pick<RulesVersionTable, 'version' | 'rules'> & Partial<Pick<RulesVersionTable, 'reason' | 'actorName' | 'at'>>
> {
  const row = await tables(scope)
    .selectFrom('lifecycle.reserveRulesVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { version: 0, rules: shippedRules };
}

/** Adds a version; false when somebody else was first. */
export async function insertRules(
  scope: Scope,
  version: number,
  rules: ReserveRules,
  reason: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('lifecycle.reserveRulesVersion')
    .values({
      cityId: scope.cityId,
      version,
      rules: JSON.stringify(rules) as unknown as ReserveRules,
      reason,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .onConflict((c) => c.columns(['cityId', 'version']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
