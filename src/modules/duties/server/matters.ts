import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import { listMatters, matterWithinReach } from '#modules/ledger/server/public.ts';
import { findUnit, subtreeIds } from '#modules/organization/server/public.ts';
import type { HandedMatter } from '../contract.ts';

/** Due within so many days belongs into a hand-over; what is due later finds its way by itself. */
const soonDays = 3;
const most = 30;

/**
 * Open matters that the next officer must know of: raised on duty, overdue, or due within three days; of the unit and those
 * below it, of everybody at the headquarters' office. The most
 * pressing thirty, and how many there are in all. What waits for its verifier is not the duty officer's to press, unless it came from duty.
 */
export async function mattersToHandOver(
  scope: Scope,
  unitId: string,
): Promise<{ count: number; list: HandedMatter[] }> {
  const unit = await findUnit(scope, unitId);
  const isTop = unit?.kind === 'office' || unit?.kind === 'headquarters';
  const units = isTop ? [] : await subtreeIds(scope, [unitId]);
  const { rows } = await sql<{ id: string; why: HandedMatter['why']; count: number }>`
    select m.id, case when m.source_kind = 'duty' then 'duty' when m.due_current < ${scope.today}::date then 'overdue' else 'dueSoon' end as why,
      count(*) over ()::integer as count
    from ledger.pub_matter m
    where m.city_id = ${scope.cityId} and m.state not in ('draft', 'closed', 'void', 'suspended') and ${matterWithinReach(scope)}
      and (m.source_kind = 'duty' or (m.state not in ('claimed', 'verifying') and m.due_current <= ${addDays(scope.today, soonDays)}::date))
      and ${isTop ? sql`true` : sql`exists (select 1 from ledger.pub_party p where p.city_id = m.city_id and p.matter_id = m.id and p.unit_id = any(${units}::uuid[]))`}
    order by m.source_kind <> 'duty', m.due_current < ${scope.today}::date, abs(m.due_current - ${scope.today}::date), m.id limit ${most}`.execute(
    scope.db,
  );
  const found = new Map(
    (
      await listMatters(
        scope,
        rows.map((row) => row.id),
      )
    ).map((matter) => [matter.id, matter]),
  );
  return {
    count: rows[0]?.count ?? 0,
    list: rows.flatMap(({ id, why }) => {
      const matter = found.get(id);
      if (!matter) return [];
      const { no, title, kind, state, dueCurrent, light, leadUnitName } = matter;
      return [{ id, no, title, kind, state, dueOn: dueCurrent, light, leadUnitName, why }];
    }),
  };
}
