import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { RevisionTrack } from '../investment.ts';
import { insertRows, type RevisionTable, tables, written } from './tables.ts';

export const listRevisions = (scope: Scope, projectId: string): Promise<RevisionTable[]> =>
  tables(scope)
    .selectFrom('funding.revision')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('track')
    .orderBy('seq')
    .execute();

export type RevisionToInsert = Pick<
  RevisionTable,
  'projectId' | 'track' | 'kind' | 'yuan' | 'decidedOn' | 'document' | 'reason' | 'approver'
>;

/** Adds revisions in the given order, each behind the newest of its project and track. */
export async function insertRevisions(scope: Scope, revisions: readonly RevisionToInsert[]): Promise<RevisionTable[]> {
  if (revisions.length === 0) return [];
  const { rows: known } = await sql<{ projectId: string; track: RevisionTrack; seq: number }>`
    select project_id, track, max(seq) as seq from funding.revision
    where city_id = ${scope.cityId} and project_id = any(${[...new Set(revisions.map((r) => r.projectId))]}::uuid[])
    group by project_id, track`.execute(scope.db);
  const last = new Map(known.map((k) => [`${k.projectId} ${k.track}`, k.seq]));
  const rows = revisions.map((revision): RevisionTable => {
    const key = `${revision.projectId} ${revision.track}`;
    const seq = (last.get(key) ?? 0) + 1;
    last.set(key, seq);
    return { cityId: scope.cityId, id: newId(), ...revision, seq, ...written(scope) };
  });
  await insertRows(scope, 'revision', rows);
  return rows;
}

/**
 * Writes down what the register says where that is not the newest value known here: the first value of a project that
 * was entered or imported, and later ones that were changed in the register itself. So no value is ever lost, whichever
 * page it was typed on. Saying it twice is one row. `ids` undefined: every project of the city.
 */
export async function keepRegistered(scope: Scope, ids?: readonly string[]): Promise<number> {
  const { rows } = await sql<{ id: string; totalYuan: number; isFirst: boolean }>`
    select p.id, p.total_yuan, r.yuan is null as is_first
    from projects.pub_project p
    left join lateral (
      select yuan from funding.revision r where r.city_id = p.city_id and r.project_id = p.id and r.track = 'total'
      order by r.seq desc limit 1) r on true
    where p.city_id = ${scope.cityId} and p.total_yuan is not null and p.total_yuan is distinct from r.yuan
      ${ids === undefined ? sql`` : sql`and p.id = any(${[...ids]}::uuid[])`}`.execute(scope.db);
  await insertRevisions(
    scope,
    rows.map(({ id, totalYuan, isFirst }) => ({
      projectId: id,
      track: 'total',
      kind: 'registered',
      yuan: totalYuan,
      decidedOn: scope.today,
      document: null,
      reason: isFirst ? null : '在项目台账中修改',
      approver: null,
    })),
  );
  return rows.length;
}
