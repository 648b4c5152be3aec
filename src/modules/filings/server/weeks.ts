import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import type { FilingContent } from '../content.ts';
import { monthOfPeriod, type Period, periodOn, spanOf } from '../period.ts';
import type { WeekText } from '../weekly-texts.ts';

/** The weeks and half months that end in a month. */
function reportsIn(months: readonly Period[]): Period[] {
  const found = new Set<Period>();
  for (const month of months) {
    const { from, to } = spanOf(month);
    for (let day = from; day <= to; day = addDays(day, 1)) {
      for (const period of [periodOn('weekly', day), periodOn('halfMonthly', day)])
        if (monthOfPeriod(period) === month) found.add(period);
    }
  }
  return [...found];
}

/**
 * What was said of a project within the months, as far as it was submitted and not sent back. The caller has found the
 * project within reach before.
 */
export async function listWeeks(scope: Scope, projectId: string, months: readonly Period[]): Promise<WeekText[]> {
  const { rows } = await sql<WeekText>`
    select f.id, f.period, v.content
    from filings.filing f
    join filings.filing_version v on v.city_id = f.city_id and v.filing_id = f.id and v.seq = coalesce(f.accepted_seq, f.seq)
    where f.city_id = ${scope.cityId} and f.project_id = ${projectId} and f.kind in ('weekly', 'halfMonthly')
      and f.period = any(${reportsIn(months)}::text[]) and (f.accepted_seq is not null or f.state = 'submitted')`.execute(
    scope.db,
  );
  return rows.toSorted((a, b) => spanOf(a.period).to.localeCompare(spanOf(b.period).to));
}

/** In how many filings each file stands, so that one picture asked for once is seen to serve several. */
export async function countUses(
  scope: Scope,
  projectId: string,
  fileIds: readonly string[],
): Promise<Map<string, number>> {
  if (fileIds.length === 0) return new Map();
  const { rows } = await sql<{ fileId: string; uses: number }>`
    select p.file_id, count(distinct p.filing_id)::integer as uses
    from filings.photo p join filings.filing f on f.city_id = p.city_id and f.id = p.filing_id
    where p.city_id = ${scope.cityId} and f.project_id = ${projectId} and p.file_id = any(${[...fileIds]}::text[])
    group by p.file_id`.execute(scope.db);
  return new Map(rows.map((row) => [row.fileId, row.uses]));
}

interface LastReport {
  projectId: string;
  id: string;
  period: Period;
  content: FilingContent;
}

/** The report of the same kind before this one, of each project. */
export async function listLastReports(
  scope: Scope,
  projectIds: readonly string[],
  kind: string,
  period: Period,
): Promise<Map<string, LastReport>> {
  const { rows } = await sql<LastReport>`
    select l.project_id, l.id, l.period, v.content
    from (
      select distinct on (project_id) project_id, id, period, coalesce(accepted_seq, seq) as seq
      from filings.filing
      where city_id = ${scope.cityId} and project_id = any(${[...projectIds]}::uuid[]) and kind = ${kind}
        and period < ${period} and (accepted_seq is not null or state = 'submitted')
      order by project_id, period desc
    ) l
    join filings.filing_version v on v.city_id = ${scope.cityId} and v.filing_id = l.id and v.seq = l.seq`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [row.projectId, row]));
}
