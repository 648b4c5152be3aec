import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, daysInMonth } from '#core/shared/day.ts';
import { lightsAt } from '#modules/dispatch/server/public.ts';
import type { SnapshotRow } from '../body.ts';
import type { SnapshotHead } from '../head.ts';

export interface Gathered {
  rows: SnapshotRow[];
  day: Day;
  clock: SnapshotHead['clock'];
  ruleSet: SnapshotHead['ruleSet'];
}

/** The last day of the month, or the day of the moment when the month is still running. */
export function dayFor(period: string, moment: Date): Day {
  const [year, month] = period.split('-').map(Number) as [number, number];
  const last = `${period}-${String(daysInMonth(year, month)).padStart(2, '0')}`;
  const today = new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return today < last ? today : last;
}

/**
 * Every cell of a month that a table needs, as of a moment: what was accepted by then, the lights of the month's last day,
 * and the names of units. Every project of the register but those that ended without a plan or a filing. With `isPast` the
 * register and the plans, too, are those of the moment, as far back as their history reaches.
 */
export async function gather(
  scope: Scope,
  period: string,
  moment: Date,
  { isPast = false }: { isPast?: boolean } = {},
): Promise<Gathered> {
  const year = Number(period.slice(0, 4));
  const day = dayFor(period, moment);
  const { lights, clock, ruleSet } = await lightsAt(scope, { day, knownAt: moment });
  const unit = (alias: string) => sql`coalesce(${sql.ref(`${alias}.shortName`)}, ${sql.ref(`${alias}.name`)})`;
  const plan = isPast
    ? sql`(select distinct on (v.project_id) v.project_id, v.version, v.plan_yuan,
          first_value(v.plan_yuan) over (partition by v.project_id order by v.version) as original_yuan
        from projects.pub_plan_version v
        where v.city_id = ${scope.cityId} and v.year = ${year} and (v.at <= ${moment} or v.version = 1)
        order by v.project_id, v.version desc)`
    : sql`(select project_id, version, plan_yuan, original_yuan from projects.pub_plan
        where city_id = ${scope.cityId} and year = ${year})`;
  const { rows } = await sql<SnapshotRow>`
    select p.id, p.serial, p.name, p.code, p.board, p.industry, p.nature, p.plan_kind, p.stage, array_to_string(p.tiers, '、') as tiers,
      p.parent_id, p.child_count, coalesce(r.short_name, r.name, p.region_code) as region_name, p.content, p.start_planned,
      p.start_actual, p.finish_planned, p.finish_actual, p.total_yuan, p.done_before_yuan, p.done_before_year,
      coalesce(${unit('o')}, p.owner_text) as owner_name, coalesce(${unit('l')}, p.lead_text) as lead_name,
      p.command_unit_id, ${unit('m')} as command_name, p.county_unit_id, ${unit('c')} as county_name,
      p.responsible_name, p.leader_name, p.enrolled, p.enrolled_on, p.source, p.demo, p.version as register_version,
      pl.version as plan_version, pl.plan_yuan, pl.original_yuan as original_plan_yuan, g.goal,
      f.filing_id, a.seq, a.month_yuan, a.cumulative_yuan, v.image_progress, v.problems, v.cause, v.next_steps,
      v.submitted_by_name as filed_by,
      case when a.filing_id is not null then 'accepted' when f.state = 'exempt' then 'exempt' when f.filing_id is not null then 'missing' end as filing_state
    from projects.pub_project p
    left join ${plan} pl on pl.project_id = p.id
    left join projects.pub_plan g on g.city_id = p.city_id and g.project_id = p.id and g.year = ${year}
    left join (select s.project_id, s.id as filing_id, s.state from filings.pub_filing s
      where s.city_id = ${scope.cityId} and s.kind = 'monthly' and s.period = ${period}) f on f.project_id = p.id
    left join (select w.project_id, w.filing_id, w.seq, w.month_yuan, w.cumulative_yuan from filings.pub_accepted_version w
      where w.city_id = ${scope.cityId} and w.period = ${period} and w.valid_from <= ${moment}
        and (w.superseded_at is null or w.superseded_at > ${moment})) a on a.project_id = p.id
    left join filings.pub_version v on v.city_id = p.city_id and v.filing_id = a.filing_id and v.seq = a.seq
    left join organization.pub_unit o on o.city_id = p.city_id and o.id = p.owner_unit_id
    left join organization.pub_unit l on l.city_id = p.city_id and l.id = p.lead_unit_id
    left join organization.pub_unit m on m.city_id = p.city_id and m.id = p.command_unit_id
    left join organization.pub_unit c on c.city_id = p.city_id and c.id = p.county_unit_id
    left join organization.pub_region r on r.city_id = p.city_id and r.code = p.region_code
    where p.city_id = ${scope.cityId}
      and (p.stage not in ('terminated', 'withdrawn') or pl.project_id is not null or f.filing_id is not null)
    order by p.id`.execute(scope.db);
  const before = isPast ? await listFieldsAt(scope, moment) : undefined;
  for (const row of rows) {
    const found = lights.get(row.id);
    row.light = found?.light ?? null;
    row.lightCause = found?.cause ?? null;
    row.gapPoints = found?.gapPoints ?? null;
    row.yearPlanYuan = found?.planYuan ?? null;
    row.yearDoneYuan = found?.doneYuan ?? null;
    Object.assign(row, before?.get(row.id));
  }
  return { rows, day, clock, ruleSet };
}

const plainFields = [
  'name',
  'code',
  'board',
  'industry',
  'nature',
  'planKind',
  'stage',
  'content',
  'totalYuan',
  'doneBeforeYuan',
  'responsibleName',
  'leaderName',
  'enrolled',
  'enrolledOn',
] as const;
const dateFields = ['startPlanned', 'startActual', 'finishPlanned', 'finishActual'] as const;

/** What the register said of each project at a moment: the newest version before it, or the first that is known. */
async function listFieldsAt(scope: Scope, moment: Date): Promise<Map<string, Partial<SnapshotRow>>> {
  const { rows } = await sql<{ projectId: string; version: number; fields: Record<string, unknown> }>`
    select distinct on (project_id) project_id, version, fields from projects.pub_project_version
    where city_id = ${scope.cityId} and (at <= ${moment} or version = 1)
    order by project_id, version desc`.execute(scope.db);
  return new Map(
    rows.map(({ projectId, version, fields }) => {
      const row: Partial<SnapshotRow> = { registerVersion: version };
      for (const key of plainFields) row[key] = (fields[key] as SnapshotRow[string]) ?? null;
      for (const key of dateFields) row[key] = (fields[key] as { day: Day } | null)?.day ?? null;
      return [projectId, row];
    }),
  );
}
