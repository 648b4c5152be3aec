import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#core/shared/day.ts';
import type { MatterLight } from '../light.ts';

/** `lightOn` of ../light.ts in SQL, over a matter under `alias`; light-sql.test.ts holds the two together. */
export function lightSql(day: Day, alias = 'm'): RawBuilder<MatterLight> {
  const c = (name: string) => sql.ref(`${alias}.${name}`);
  const at = sql`(case when ${c('state')} in ('claimed', 'verifying') then least(${c('claimedOn')}, ${day}::date) else ${day}::date end)`;
  return sql<MatterLight>`case when ${c('state')} in ('closed', 'void') then 'done'
    when ${c('state')} in ('draft', 'suspended') then 'idle'
    when ${c('redOn')} <= ${at} then 'red' when ${c('yellowOn')} <= ${at} then 'yellow'
    when ${c('blueOn')} <= ${at} then 'blue' else 'normal' end`;
}

/** The rule behind the colour that shows, else null. */
export function lightWhySql(day: Day, alias = 'm'): RawBuilder<string | null> {
  const c = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<
    string | null
  >`case ${lightSql(day, alias)} when 'red' then ${c('redWhy')} when 'yellow' then ${c('yellowWhy')}
    when 'blue' then ${c('blueWhy')} end`;
}
