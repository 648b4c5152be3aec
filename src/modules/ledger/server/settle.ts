import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { LightDays, LimitFacts } from '../light.ts';
import { lightSql, lightWhySql } from './light-sql.ts';
import type { Limits } from './limits.ts';
import type { MatterRecord } from './store.ts';

type NodeDays = readonly { dueOn: Day; doneOn: Day | null }[];

/** What the rules need to know of a matter that was issued. */
export const factsOf = (matter: MatterRecord, nodes: NodeDays): LimitFacts => ({
  issuedOn: matter.issuedOn!,
  signedOn: matter.signedOn,
  dueCurrent: matter.dueCurrent!,
  extensions: matter.extensions,
  returns: matter.returns,
  extendedOn: matter.extendedOn,
  returnedOn: matter.returnedOn,
  nodes,
});

export const columnsOf = ({ blue, yellow, red }: LightDays) => ({
  blueOn: blue?.on ?? null,
  blueWhy: blue?.why ?? null,
  yellowOn: yellow?.on ?? null,
  yellowWhy: yellow?.why ?? null,
  redOn: red?.on ?? null,
  redWhy: red?.why ?? null,
});

/** The days of the colours after a change, as columns. */
export const turnsOf = (limits: Limits, matter: MatterRecord, nodes: NodeDays) =>
  matter.issuedOn === null || matter.dueCurrent === null
    ? columnsOf({ blue: null, yellow: null, red: null })
    : columnsOf(limits.daysOf(limits.get(matter.template), factsOf(matter, nodes)));

/**
 * Writes down the colour that shows today where it is another one than before: history of lights. Of the matters named, or
 * of all that can still change. Returns how many changed.
 */
export async function keepLights(scope: Scope, ids: readonly string[] | 'open'): Promise<number> {
  const which = ids === 'open' ? sql`m.state not in ('draft', 'closed', 'void')` : sql`m.id = any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ one: number }>`
    with now_shown as (
      select m.id, ${lightSql(scope.today)} as light, ${lightWhySql(scope.today)} as why
      from ledger.matter m where m.city_id = ${scope.cityId} and ${which}),
    changed as (
      select n.* from now_shown n
      left join lateral (select l.light, l.why from ledger.light_day l where l.city_id = ${scope.cityId} and l.matter_id = n.id
        and l.from_day <= ${scope.today}::date order by l.from_day desc limit 1) last on true
      where last.light is distinct from n.light or last.why is distinct from n.why)
    insert into ledger.light_day (city_id, matter_id, from_day, light, why)
    select ${scope.cityId}, id, ${scope.today}::date, light, why from changed
    on conflict (city_id, matter_id, from_day) do update set light = excluded.light, why = excluded.why
    returning 1 as one`.execute(scope.db);
  return rows.length;
}
