import { sql } from 'kysely';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { signalsOf } from '../signal.ts';
import { listSignalFacts } from './facts.ts';
import { replaceFindings } from './finding-store.ts';
import { getThresholds } from './threshold-store.ts';

/** Projects about which anything can be said, by id after `after`. */
export async function listLiveProjects(scope: Scope, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.stage not in ('terminated', 'withdrawn', 'reserve')
      ${after === null ? sql`` : sql`and p.id > ${after}`}
    order by p.id limit ${limit}`.execute(scope.db);
  return rows.map((row) => row.id);
}

/** Lets the figures of some projects speak and keeps what they say. Tells the office once when something new is said. */
export async function lookAt(scope: Scope, projectIds: readonly string[]): Promise<void> {
  if (projectIds.length === 0) return;
  // Two listeners of one project read and write one after the other: a later reading must not be overwritten by an earlier.
  await sql`select count(pg_advisory_xact_lock(hashtextextended('guatu signals ' || id, 0)))
    from (select id from unnest(${[...projectIds]}::text[]) id order by id offset 0) ordered`.execute(scope.db);
  const { version, thresholds } = await getThresholds(scope);
  const facts = await listSignalFacts(scope, projectIds);
  const said = facts.flatMap((f) =>
    signalsOf(f, scope.today, thresholds).map((signal) => ({ ...signal, projectId: f.projectId })),
  );
  const { begun, ended } = await replaceFindings(scope, projectIds, said, version);
  if (begun.length > 0 || ended > 0)
    await emit(scope, { topic: 'signals.found', unitIds: [], data: { begun: begun.length, ended } });
}
