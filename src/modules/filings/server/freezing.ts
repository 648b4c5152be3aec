import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { FilingState } from '../flow.ts';
import type { Period } from '../period.ts';

/** What a freeze of a month needs to know and to do. Reach is not looked at: it is an act of the whole city. */

export interface Unfiled {
  filingId: string;
  projectId: string;
  projectName: string;
  unitName: string;
  state: FilingState;
  /** Why nobody need file, or why it was returned; null when nobody said anything. */
  reason: string | null;
}

/** Filings of a month of which no version counts: still open, waiting for review, or exempt with the reason. */
export async function listUnfiled(scope: Scope, period: Period): Promise<Unfiled[]> {
  const { rows } = await sql<Unfiled>`
    select f.id as filing_id, f.project_id, p.name as project_name, f.state, coalesce(f.exempt_reason, f.return_reason) as reason,
      coalesce(u.short_name, u.name, p.owner_text, v.short_name, v.name, '') as unit_name
    from filings.filing f
    join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    left join organization.pub_unit u on u.city_id = f.city_id and u.id = p.owner_unit_id
    left join organization.pub_unit v on v.city_id = f.city_id and v.id = p.lead_unit_id
    where f.city_id = ${scope.cityId} and c.kind = 'monthly' and c.period = ${period} and f.accepted_seq is null
    order by unit_name, p.serial`.execute(scope.db);
  return rows;
}

/**
 * Freezes what is accepted in a month: from now on it changes only by a correction that another person approves. Two
 * statements whatever the number of filings; those that are frozen already stay as they are. Returns how many were frozen.
 */
export async function freezeFilings(scope: Scope, period: Period, at: Date = scope.now): Promise<number> {
  const { rows } = await sql<{ id: string; acceptedSeq: number }>`
    update filings.filing f set state = 'frozen'
    from filings.cycle c
    where c.city_id = f.city_id and c.id = f.cycle_id and f.city_id = ${scope.cityId}
      and c.kind = 'monthly' and c.period = ${period} and f.state = 'accepted'
    returning f.id, f.accepted_seq`.execute(scope.db);
  if (rows.length === 0) return 0;
  await sql`
    insert into filings.filing_event (city_id, id, filing_id, event, at, actor_id, actor_name, seq)
    select ${scope.cityId}::uuid, x.id, x.filing_id, 'freeze', ${at}::timestamptz, ${scope.actor.id}::text, ${scope.actor.name}::text, x.seq
    from unnest(${rows.map(() => newId())}::uuid[], ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.acceptedSeq)}::integer[])
      as x(id, filing_id, seq)`.execute(scope.db);
  return rows.length;
}

export interface PeriodCount {
  period: Period;
  total: number;
  /** Of which a version counts. */
  filed: number;
  exempt: number;
  frozen: number;
  /** An accepted filing that is being put right. */
  correcting: number;
}

/** How far each month of a year has come, and how much of it is frozen. */
export async function countPeriods(scope: Scope, year: number): Promise<PeriodCount[]> {
  const { rows } = await sql<PeriodCount>`
    select c.period, count(f.id) filter (where f.state <> 'exempt') as total, count(f.accepted_seq) as filed,
      count(f.id) filter (where f.state = 'exempt') as exempt, count(f.id) filter (where f.state = 'frozen') as frozen,
      count(f.id) filter (where f.accepted_seq is not null and f.state not in ('accepted', 'frozen')) as correcting
    from filings.cycle c
    join filings.filing f on f.city_id = c.city_id and f.cycle_id = c.id
    where c.city_id = ${scope.cityId} and c.kind = 'monthly' and c.period between ${`${year}-01`} and ${`${year}-12`}
    group by c.period order by c.period`.execute(scope.db);
  return rows;
}

/**
 * What was accepted as of a moment: of each project and month the one version that counted then, whole yuan. Corrected
 * months give the value of the time, and what was accepted later is not in it.
 */
export async function acceptedAsOf(
  scope: Scope,
  { from, to }: { from: Period; to: Period },
  moment: Date,
): Promise<{ projectId: string; period: Period; monthYuan: number; cumulativeYuan: number }[]> {
  const { rows } = await sql<{ projectId: string; period: Period; monthYuan: number; cumulativeYuan: number }>`
    select project_id, period, month_yuan, cumulative_yuan from filings.pub_accepted_version
    where city_id = ${scope.cityId} and period between ${from} and ${to}
      and valid_from <= ${moment} and (superseded_at is null or superseded_at > ${moment})
    order by project_id, period`.execute(scope.db);
  return rows;
}

/** Figures of frozen months that changed after `since`: by months, how many projects and the corrections behind them. */
export async function listChangedSince(
  scope: Scope,
  since: readonly { period: Period; at: Date }[],
): Promise<{ period: Period; projects: number; correctionIds: string[] }[]> {
  const { rows } = await sql<{ period: Period; projects: number; correctionIds: string[] | null }>`
    select s.period, count(distinct s.filing_id) as projects,
      array_agg(distinct s.correction_id) filter (where s.correction_id is not null) as correction_ids
    from filings.superseded s
    join unnest(${since.map((s) => s.period)}::text[], ${since.map((s) => s.at)}::timestamptz[]) as m(period, at)
      on m.period = s.period and s.superseded_at > m.at
    where s.city_id = ${scope.cityId}
    group by s.period order by s.period`.execute(scope.db);
  return rows.map((row) => ({ ...row, correctionIds: row.correctionIds ?? [] }));
}
