import { sql } from 'kysely';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Day, fromEpochDay, toEpochDay } from '#core/shared/day.ts';
import { type Lamp, lampOf, nearDays } from '../lamp.ts';
import { needState } from '../need-state.ts';
import { listNeeds } from './need-store.ts';
import type { LampTable, NeedRow } from './tables.ts';
import { tables } from './tables.ts';

export const findLamp = (scope: Scope, projectId: string): Promise<LampTable | undefined> =>
  tables(scope)
    .selectFrom('factors.lamp')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .executeTakeFirst();

/** Keeps the lamps of projects as of today; `since` moves only when the colour does. Returns the projects whose colour changed. */
export async function setLamps(
  scope: Scope,
  lamps: readonly { projectId: string; lamp: Pick<Lamp, 'light' | 'cause' | 'category'> }[],
): Promise<string[]> {
  const { rows } = await sql<{ projectId: string }>`
    with given as (
      select * from unnest(${lamps.map((l) => l.projectId)}::uuid[], ${lamps.map((l) => l.lamp.light)}::text[],
        ${lamps.map((l) => l.lamp.cause)}::text[], ${lamps.map((l) => l.lamp.category)}::text[]) as g (project_id, light, cause, category)
    ), before as (
      select l.project_id, l.light from factors.lamp l join given g on g.project_id = l.project_id where l.city_id = ${scope.cityId}
    ), written as (
      insert into factors.lamp as l (city_id, project_id, light, cause, category, as_of, since)
      select ${scope.cityId}::uuid, project_id, light, cause, category, ${scope.today}::date, ${scope.today}::date from given
      on conflict (city_id, project_id) do update set light = excluded.light, cause = excluded.cause, category = excluded.category,
        as_of = excluded.as_of, since = case when l.light = excluded.light then l.since else excluded.since end
      returning l.project_id, l.light
    )
    select w.project_id from written w left join before b on b.project_id = w.project_id
      where b.light is distinct from w.light`.execute(scope.db);
  return rows.map((row) => row.projectId);
}

/** Works out the lamp of one project from its needs as they stand in the transaction. */
export async function refreshLamp(scope: Scope, projectId: string, needs: readonly NeedRow[]): Promise<Lamp> {
  const lamp = lampOf(needs, scope.today);
  await setLamps(scope, [{ projectId, lamp }]);
  return lamp;
}

const fresh = (needs: readonly NeedRow[], today: Day) =>
  needs.map((need) => ({ need, state: needState(need, today) })).filter(({ need, state }) => need.state !== state);

/**
 * What a new day changes: promises that have passed or come near. Reads only projects with an open promise up to
 * `nearDays` from now (or with a state that says overdue), and tells the pages once.
 */
export async function passDay(scope: Scope): Promise<number> {
  const horizon = fromEpochDay(toEpochDay(scope.today) + nearDays + 1);
  const { rows } = await sql<{ projectId: string }>`select distinct project_id from factors.need
    where city_id = ${scope.cityId} and state in ('missing', 'partial', 'overdue')
      and (promised_on <= ${horizon} or state = 'overdue')`.execute(scope.db);
  let changed = 0;
  for (let from = 0; from < rows.length; from += 2000) {
    const ids = rows.slice(from, from + 2000).map((row) => row.projectId);
    const needs = await listNeeds(scope, ids);
    const moved = fresh(needs, scope.today);
    if (moved.length > 0)
      await sql`update factors.need n set state = g.state
        from unnest(${moved.map((m) => m.need.id)}::uuid[], ${moved.map((m) => m.state)}::text[]) as g (id, state)
        where n.city_id = ${scope.cityId} and n.id = g.id`.execute(scope.db);
    const byProject = Map.groupBy(needs, (need) => need.projectId);
    const lamps = [...byProject].map(([projectId, own]) => ({ projectId, lamp: lampOf(own, scope.today) }));
    const turned = await setLamps(scope, lamps);
    changed += new Set([...turned, ...moved.map((m) => m.need.projectId)]).size;
  }
  if (changed > 0) await emit(scope, { topic: 'factors.dayPassed', unitIds: [], data: { changed, day: scope.today } });
  return changed;
}
