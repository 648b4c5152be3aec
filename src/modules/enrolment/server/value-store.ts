import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { MonthPair } from '../contract.ts';
import { type GapCause, gapOf } from '../gap.ts';
import type { EnrolmentRules } from '../rules.ts';

/** A list of the statistics office: where a figure comes from. */
export interface OfficeSource {
  document: string;
  issuedOn: Day;
  fileId?: string | null;
  fileName?: string | null;
}
export interface ValueToSet {
  projectId: string;
  period: string;
  /** From January to the month, as the list states it. Whole yuan. */
  yuan: number;
}

/** One at a time: two lists of one month would otherwise take the same number for their figures. */
const lockValues = (scope: Scope) =>
  sql`select pg_advisory_xact_lock(hashtextextended('guatu statistics ' || ${scope.cityId}, 0))`.execute(scope.db);

/** Keeps published figures with the list they stand in. One that stands already is left alone; an older one stays beside the new. */
export async function putValues(
  scope: Scope,
  source: OfficeSource,
  values: readonly ValueToSet[],
): Promise<{ written: number; unchanged: number }> {
  await lockValues(scope);
  const listId = newId();
  const rows = values.map((v) => ({ project_id: v.projectId, period: v.period, yuan: v.yuan }));
  await sql`insert into enrolment.office_list (city_id, id, document, issued_on, file_id, file_name, actor_id, actor_name, at)
    values (${scope.cityId}, ${listId}, ${source.document}, ${source.issuedOn}, ${source.fileId ?? null}, ${source.fileName ?? null},
      ${scope.actor.id}, ${scope.actor.name}, ${scope.now})`.execute(scope.db);
  const { rows: written } =
    await sql`insert into enrolment.office_value (city_id, project_id, period, seq, yuan, list_id)
    select ${scope.cityId}, v.project_id, v.period, coalesce(c.seq, 0) + 1, v.yuan, ${listId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (project_id uuid, period text, yuan bigint)
    left join enrolment.current_value c on c.city_id = ${scope.cityId} and c.project_id = v.project_id and c.period = v.period
    where c.yuan is distinct from v.yuan returning project_id`.execute(scope.db);
  return { written: written.length, unchanged: values.length - written.length };
}

export async function putExplanations(
  scope: Scope,
  explanations: readonly { projectId: string; period: string; cause: GapCause; text: string }[],
): Promise<void> {
  if (explanations.length === 0) return;
  await lockValues(scope);
  const rows = explanations.map((e) => ({ project_id: e.projectId, period: e.period, cause: e.cause, text: e.text }));
  await sql`insert into enrolment.gap_explanation (city_id, project_id, period, seq, cause, text, actor_id, actor_name, at)
    select ${scope.cityId}, n.project_id, n.period, coalesce((select max(seq) from enrolment.gap_explanation g
        where g.city_id = ${scope.cityId} and g.project_id = n.project_id and g.period = n.period), 0) + 1,
      n.cause, n.text, ${scope.actor.id}, ${scope.actor.name}, ${scope.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (project_id uuid, period text, cause text, text text)`.execute(
    scope.db,
  );
}

interface PairRow {
  projectId: string;
  period: string;
  statisticsYuan: number | null;
  dispatchYuan: number | null;
  document: string | null;
  issuedOn: Day | null;
  fileId: string | null;
  fileName: string | null;
  cause: GapCause | null;
  text: string | null;
  actorName: string | null;
  at: Date | null;
}

/**
 * Both figures of the months that are asked for: 统计口径 as published and 调度口径 as accepted here, each from January.
 * Months with neither are left out. Does not check reach.
 */
export async function listPairs(
  scope: Scope,
  rules: EnrolmentRules,
  filter: { projectIds?: readonly string[]; year?: number; period?: string },
): Promise<(MonthPair & { projectId: string })[]> {
  const { projectIds, year, period } = filter;
  const within = (alias: string) => sql`${sql.ref(`${alias}.city_id`)} = ${scope.cityId}
    ${projectIds ? sql`and ${sql.ref(`${alias}.project_id`)} = any(${[...projectIds]}::uuid[])` : sql``}
    ${year ? sql`and ${sql.ref(`${alias}.period`)} between ${`${year}-01`} and ${`${year}-12`}` : sql``}
    ${period ? sql`and ${sql.ref(`${alias}.period`)} = ${period}` : sql``}`;
  const { rows } = await sql<PairRow>`
    with office as (select * from enrolment.current_value v where ${within('v')}),
      filed as (select a.city_id, a.project_id, a.period, a.cumulative_yuan from filings.pub_accepted a
        where ${within('a')} and a.period ~ '^[0-9]{4}-[0-9]{2}$')
    select coalesce(o.project_id, f.project_id) as project_id, coalesce(o.period, f.period) as period,
      o.yuan as statistics_yuan, f.cumulative_yuan as dispatch_yuan,
      l.document, l.issued_on, l.file_id, l.file_name, e.cause, e.text, e.actor_name, e.at
    from office o
    full join filed f on f.project_id = o.project_id and f.period = o.period
    left join enrolment.office_list l on l.city_id = o.city_id and l.id = o.list_id
    left join lateral (select g.cause, g.text, g.actor_name, g.at from enrolment.gap_explanation g
      where g.city_id = ${scope.cityId} and g.project_id = coalesce(o.project_id, f.project_id) and g.period = coalesce(o.period, f.period)
      order by g.seq desc limit 1) e on true
    order by 2, 1`.execute(scope.db);
  return rows.map((row) => {
    const gap = gapOf(row.statisticsYuan, row.dispatchYuan, rules);
    return {
      projectId: row.projectId,
      period: row.period,
      statisticsYuan: row.statisticsYuan,
      dispatchYuan: row.dispatchYuan,
      gapYuan: gap?.yuan ?? null,
      needsExplanation: gap?.needsExplanation ?? false,
      explanation:
        row.cause === null
          ? null
          : { cause: row.cause, text: row.text!, actorName: row.actorName!, at: row.at!.toISOString() },
      source:
        row.document === null
          ? null
          : {
              document: row.document,
              issuedOn: row.issuedOn!,
              file: row.fileId === null ? null : { id: row.fileId, name: row.fileName ?? '' },
            },
    };
  });
}

/** Months for which the statistics office has published something, newest first. */
export async function listPeriods(scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ period: string }>`select distinct period from enrolment.office_value
    where city_id = ${scope.cityId} order by 1 desc`.execute(scope.db);
  return rows.map((row) => row.period);
}
