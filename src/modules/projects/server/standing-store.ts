import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Standing } from '../contract.ts';
import type { Light } from '../stages.ts';
import { insertEvents } from './store.ts';
import { tables } from './tables.ts';

export interface StandingToSet {
  projectId: string;
  year: number;
  light: Light;
  cause: string | null;
  explanation: unknown;
  planYuan: number | null;
  doneYuan: number | null;
  /** 完成率 − 时序 in percentage points, not rounded. */
  gapPoints: number | null;
  filedOn: string | null;
  filingState: string | null;
  /** The civil day for which it was worked out. */
  asOf: string;
}

/**
 * Writes how projects stand. `since` is kept while the light stays the same; a changed light becomes an event in the
 * project's history. Rows that already hold the same are not touched. Safe to run again.
 */
export async function writeStandings(
  scope: Scope,
  standings: readonly StandingToSet[],
): Promise<{ projectId: string; year: number; before: Light | null; after: Light }[]> {
  const changed: { projectId: string; year: number; before: Light | null; after: Light }[] = [];
  for (let at = 0; at < standings.length; at += 2000) {
    const rows = JSON.stringify(
      standings.slice(at, at + 2000).map((s) => ({
        city_id: scope.cityId,
        year: s.year,
        project_id: s.projectId,
        light: s.light,
        cause: s.cause,
        explanation: s.explanation ?? null,
        plan_yuan: s.planYuan,
        done_yuan: s.doneYuan,
        gap_points: s.gapPoints,
        filed_on: s.filedOn,
        filing_state: s.filingState,
        as_of: s.asOf,
        since: s.asOf,
      })),
    );
    // `old` is read by the same statement, so it holds the lights from before the write.
    const { rows: found } = await sql<{ projectId: string; year: number; before: Light | null; after: Light }>`
      with new as (select * from jsonb_populate_recordset(null::projects.standing, ${rows}::jsonb)),
      old as (select s.project_id, s.year, s.light from projects.standing s join new using (city_id, year, project_id)),
      written as (
        insert into projects.standing as s
        select city_id, year, project_id, light, cause, explanation, plan_yuan, done_yuan, gap_points, filed_on, filing_state, as_of, since from new
        on conflict (city_id, year, project_id) do update
          set light = excluded.light, cause = excluded.cause, explanation = excluded.explanation, plan_yuan = excluded.plan_yuan,
              done_yuan = excluded.done_yuan, gap_points = excluded.gap_points, filed_on = excluded.filed_on,
              filing_state = excluded.filing_state, as_of = excluded.as_of,
              since = case when s.light = excluded.light then s.since else excluded.since end
        returning s.project_id, s.year, s.light)
      select w.project_id, w.year, old.light as before, w.light as after
      from written w left join old on old.project_id = w.project_id and old.year = w.year
      where old.light is distinct from w.light`.execute(scope.db);
    changed.push(...found);
  }
  await insertEvents(
    scope,
    changed
      .filter((c) => c.before !== null)
      .map((c) => ({
        projectId: c.projectId,
        kind: 'light' as const,
        changes: [{ field: 'light', before: c.before, after: c.after }],
      })),
  );
  return changed;
}

export const findStanding = (scope: Scope, projectId: string, year: number): Promise<Standing | undefined> =>
  tables(scope)
    .selectFrom('projects.standing')
    .select([
      'year',
      'light',
      'cause',
      'explanation',
      'planYuan',
      'doneYuan',
      'gapPoints',
      'filedOn',
      'filingState',
      'asOf',
      'since',
    ])
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .where('year', '=', year)
    .executeTakeFirst();
