import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { BondFields } from '../shapes.ts';
import { type BondTable, counts, insertRows, tables, written } from './tables.ts';

export interface UseRow {
  bondId: string;
  name: string;
  issuedOn: Day;
  projectId: string;
  projectName: string;
  demo: boolean;
  allottedYuan: number;
  allottedOn: Day;
  document: string;
  usedYuan: number;
}

/**
 * Allotments that lie within reach, with what was paid of each up to `day`. `projectIds` narrows them. An allotment taken
 * back to nought is left out unless something was paid of it.
 */
export async function listBondUses(
  scope: Scope,
  day: Day,
  { projectIds, permission = 'funding.read' }: { projectIds?: readonly string[]; permission?: string } = {},
): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    select a.bond_id, b.name, b.issued_on, a.project_id, p.name as project_name, p.demo, a.yuan as allotted_yuan, a.allotted_on, a.document,
      coalesce(used.yuan, 0)::bigint as used_yuan
    from (select distinct on (bond_id, project_id) * from funding.allotment
      where city_id = ${scope.cityId} and allotted_on <= ${day} ${projectIds === undefined ? sql`` : sql`and project_id = any(${[...projectIds]}::uuid[])`}
      order by bond_id, project_id, seq desc) a
    join funding.bond b on b.city_id = a.city_id and b.id = a.bond_id
    join projects.pub_project p on p.city_id = a.city_id and p.id = a.project_id
    left join lateral (select sum(e.yuan) as yuan from funding.entry e
      where e.city_id = a.city_id and e.bond_id = a.bond_id and e.project_id = a.project_id and e.kind = 'paid'
        and e.on_day <= ${day} and ${counts('e')}) used on true
    where (a.yuan > 0 or used.yuan > 0) and ${withinReach(scope, permission)}
    order by b.issued_on, b.name, p.name`.execute(scope.db);
  return rows;
}

export const listBonds = (scope: Scope): Promise<BondTable[]> =>
  tables(scope)
    .selectFrom('funding.bond')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('issuedOn', 'desc')
    .orderBy('name')
    .execute();

export const findBond = (scope: Scope, id: string): Promise<BondTable | undefined> =>
  tables(scope)
    .selectFrom('funding.bond')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export async function insertBonds(
  scope: Scope,
  bonds: readonly (BondFields & { id?: string; demo?: boolean })[],
): Promise<string[]> {
  const rows = bonds.map(({ id = newId(), demo = false, ...fields }) => ({
    row: { cityId: scope.cityId, id, ...fields, demo, version: 1 },
    version: { cityId: scope.cityId, bondId: id, version: 1, fields, reason: null, ...written(scope) },
  }));
  await insertRows(
    scope,
    'bond',
    rows.map((r) => r.row),
  );
  await insertRows(
    scope,
    'bond_version',
    rows.map((r) => r.version),
  );
  return rows.map((r) => r.row.id);
}

/** Writes the next version. False when somebody else was quicker than `version`. */
export async function updateBond(
  scope: Scope,
  { id, version, fields, reason }: { id: string; version: number; fields: BondFields; reason: string },
): Promise<boolean> {
  const done = await tables(scope)
    .updateTable('funding.bond')
    .set({ ...fields, version: version + 1 })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) return false;
  await insertRows(scope, 'bond_version', [
    { cityId: scope.cityId, bondId: id, version: version + 1, fields, reason, ...written(scope) },
  ]);
  return true;
}

export interface AllotmentToInsert {
  bondId: string;
  projectId: string;
  yuan: number;
  allottedOn: Day;
  document: string;
  reason: string | null;
}

/** Adds the newest word on allotments, in the given order. */
export async function insertAllotments(scope: Scope, allotments: readonly AllotmentToInsert[]): Promise<void> {
  if (allotments.length === 0) return;
  const { rows } = await sql<{ bondId: string; projectId: string; seq: number }>`
    select bond_id, project_id, max(seq) as seq from funding.allotment where city_id = ${scope.cityId}
      and bond_id = any(${[...new Set(allotments.map((a) => a.bondId))]}::uuid[]) group by bond_id, project_id`.execute(
    scope.db,
  );
  const last = new Map(rows.map((row) => [`${row.bondId} ${row.projectId}`, row.seq]));
  await insertRows(
    scope,
    'allotment',
    allotments.map((a) => {
      const key = `${a.bondId} ${a.projectId}`;
      const seq = (last.get(key) ?? 0) + 1;
      last.set(key, seq);
      return { cityId: scope.cityId, id: newId(), ...a, seq, ...written(scope) };
    }),
  );
}

/** Allotted of an issue now, over all projects, and to one of them. */
export async function allottedOf(
  scope: Scope,
  bondId: string,
  projectId: string,
): Promise<{ all: number; own: number | null }> {
  const { rows } = await sql<{ all: number; own: number | null }>`
    select coalesce(sum(yuan), 0)::bigint as all, sum(yuan) filter (where project_id = ${projectId})::bigint as own
    from (select distinct on (project_id) project_id, yuan from funding.allotment
      where city_id = ${scope.cityId} and bond_id = ${bondId} order by project_id, seq desc) a`.execute(scope.db);
  return rows[0]!;
}
