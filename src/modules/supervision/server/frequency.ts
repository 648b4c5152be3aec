import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addMonths } from '#core/shared/day.ts';
import { matterWithinReach } from '#modules/ledger/server/public.ts';
import type { SheetColour } from '../rule-sets.ts';
import type { FrequencyRow } from '../shapes.ts';

interface Urging {
  unitId: string | null;
  unitName: string | null;
  matterId: string;
  colour: SheetColour | null;
  actorName: string;
  n: number;
}

/**
 * How often each unit was reminded and given sheets in a month, and by whom (政府督查工作条例 art. 15: the frequency of
 * inspection is strictly limited, and nobody is inspected twice for the same). Only matters within reach; a revoked sheet
 * still took the unit's time and is counted.
 */
export async function frequencyOf(scope: Scope, month: string): Promise<FrequencyRow[]> {
  const from = `${month}-01`;
  const to = addMonths(from, 1);
  const { rows } = await sql<Urging>`
    with urging as (
      select e.matter_id, null as colour, e.actor_name, count(*)::int as n from ledger.pub_event e
      where e.city_id = ${scope.cityId} and e.act = 'remind' and e.on_day >= ${from}::date and e.on_day < ${to}::date
      group by e.matter_id, e.actor_name
      union all
      select s.matter_id, s.colour, s.issued_by_name, count(*)::int from supervision.sheet s
      where s.city_id = ${scope.cityId} and s.issued_on >= ${from}::date and s.issued_on < ${to}::date
      group by s.matter_id, s.colour, s.issued_by_name)
    select m.lead_unit_id as unit_id, u.name as unit_name, x.matter_id, x.colour, x.actor_name, x.n
    from urging x
    join ledger.pub_matter m on m.city_id = ${scope.cityId} and m.id = x.matter_id
    left join organization.pub_unit u on u.city_id = m.city_id and u.id = m.lead_unit_id
    where (${matterWithinReach(scope, 'ledger.read', 'm')}) and (${matterWithinReach(scope, 'supervision.read', 'm')})`.execute(
    scope.db,
  );
  return [...Map.groupBy(rows, (row) => row.unitId)]
    .map(([unitId, of]): FrequencyRow => {
      const by = new Map<string, number>();
      const ofMatter = new Map<string, number>();
      const sheets = { blue: 0, yellow: 0, orange: 0, red: 0 };
      let reminders = 0;
      for (const { colour, actorName, matterId, n } of of) {
        if (colour === null) reminders += n;
        else sheets[colour] += n;
        by.set(actorName, (by.get(actorName) ?? 0) + n);
        ofMatter.set(matterId, (ofMatter.get(matterId) ?? 0) + n);
      }
      return {
        unit: unitId === null ? null : { id: unitId, name: of[0]!.unitName ?? '' },
        reminders,
        sheets,
        total: reminders + sheets.blue + sheets.yellow + sheets.orange + sheets.red,
        by: [...by].map(([name, n]) => ({ name, n })).sort((a, b) => b.n - a.n),
        repeated: [...ofMatter.values()].filter((n) => n > 1).length,
      };
    })
    .sort((a, b) => b.total - a.total || (a.unit?.name ?? '').localeCompare(b.unit?.name ?? '', 'zh'));
}
