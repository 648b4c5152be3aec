import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import type { Route } from '../incident-rules.ts';
import { postWords } from '../roster.ts';
import { listPublishedTurns } from './roster-store.ts';

export interface Recipient {
  /** As it is written into the report: 岳阳市重点办 值班员 张三. */
  label: string;
  accountIds: string[];
}

interface UnitRow {
  id: string;
  name: string;
  hasList: boolean;
  kind: string;
}

/** The units above, nearest first. */
async function listAbove(scope: Scope, unitId: string): Promise<UnitRow[]> {
  const { rows } = await sql<UnitRow>`
    with recursive up as (
      select u.id, u.name, u.kind, u.parent_id, 0 as height from organization.pub_unit u where u.city_id = ${scope.cityId} and u.id = ${unitId}
      union all
      select p.id, p.name, p.kind, p.parent_id, up.height + 1 from up
      join organization.pub_unit p on p.city_id = ${scope.cityId} and p.id = up.parent_id and up.height < 20)
    select up.id, up.name, up.kind,
      exists (select 1 from duties.member m where m.city_id = ${scope.cityId} and m.unit_id = up.id and m.is_active) as has_list
    from up order by up.height`.execute(scope.db);
  return rows;
}

async function findOffice(scope: Scope): Promise<UnitRow | undefined> {
  const { rows } = await sql<UnitRow>`
    select u.id, u.name, u.kind, true as has_list from organization.pub_unit u
    where u.city_id = ${scope.cityId} and u.kind = 'office' and (u.valid_to is null or u.valid_to >= ${scope.today}::date)
    order by u.valid_from limit 1`.execute(scope.db);
  return rows[0];
}

/**
 * Who is told of an incident of a unit now, by the rule of its level: whoever is on duty at this moment, or all who hold
 * a permission there. Somebody without an account is named all the same, so that the reporter picks up the telephone.
 */
export async function recipientsOf(scope: Scope, unitId: string, route: Route): Promise<Recipient[]> {
  const above = await listAbove(scope, unitId);
  const office = await findOffice(scope);
  const units = {
    own: above[0],
    // The nearest with a duty list; the office of the headquarters stands beside the line, and has its own rule.
    above: above.slice(1).find((unit) => unit.hasList),
    office,
  };
  const found = new Map<string, Recipient>();
  for (const { unit: place, post } of route.to) {
    const unit = units[place];
    if (!unit) continue;
    if (post === 'keepers' || post === 'commanders') {
      const holders = await holdersOf(scope, post === 'keepers' ? 'duties.roster' : 'duties.instruct');
      const accountIds = (await holders({ unitId: unit.id, projectId: '' })).map((holder) => holder.accountId);
      const label = post === 'keepers' ? `${unit.name} 值班管理人员` : '总指挥部领导';
      if (accountIds.length > 0) found.set(label, { label, accountIds });
      continue;
    }
    const turns = await listPublishedTurns(scope, [unit.id], scope.now, scope.now);
    const turn = turns.find((one) => one.post === post);
    if (!turn) {
      const label = `${unit.name} ${postWords[post].zh}（此刻无人在岗）`;
      if (place !== 'own') found.set(label, { label, accountIds: [] });
      continue;
    }
    const readers = await (await holdersOf(scope, 'duties.read'))({ unitId: unit.id, projectId: '' });
    const accountIds = readers.filter((h) => h.personId === turn.personId).map((h) => h.accountId);
    const label = `${unit.name} ${postWords[post].zh} ${turn.name}${accountIds.length === 0 ? '（请电话告知）' : ''}`;
    found.set(label, { label, accountIds });
  }
  return [...found.values()];
}
