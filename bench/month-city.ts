import { sql } from 'kysely';
import type { TestCity } from '../src/core/server/testing/test-city.ts';
import { newId } from '../src/core/shared/id.ts';
import { ensureUnit } from '../src/modules/organization/server/public.ts';
import { insertProjects, type ProjectToInsert } from '../src/modules/projects/server/store.ts';

const day = (at: string) => ({ day: at, precision: 'day' as const, text: null });

/** Columns of a project by which figures are grouped. */
export const cuts = ['county_unit_id', 'command_unit_id', 'lead_unit_id', 'board'] as const;

/** Plans, filings and the register as they were known at a moment (`$3`), which is what a month that is frozen rests on. */
export const knownThen = `plan as (select distinct on (project_id) project_id, plan_yuan from projects.plan_version
    where city_id = $1 and year = extract(year from $2::text::date) and effective_on <= $2::text::date and at < $3 order by project_id, version desc),
  done as (select distinct on (project_id) project_id, yuan from (
      select project_id, period, accepted_cumulative_yuan as yuan, coalesce(counts_from, accepted_at) as since, null::timestamptz as until
        from filings.filing where city_id = $1 and kind = 'monthly' and accepted_seq is not null
      union all select project_id, period, cumulative_yuan, valid_from, superseded_at from filings.superseded where city_id = $1) f
    where period between left($2::text, 4) || '-01' and left($2::text, 7) and since < $3 and (until is null or until >= $3)
    order by project_id, period desc),
  register as (select distinct on (project_id) project_id as id, fields->>'planKind' as plan_kind,
      (fields->'startPlanned'->>'day')::date as start_planned, (fields->'finishPlanned'->>'day')::date as finish_planned
    from projects.project_version where city_id = $1 and at < $3 order by project_id, version desc),
`;

/**
 * The numerators and denominators of every shipped indicator on one day (`$2`), as somebody writes it who needs them once: for
 * the whole and for each county, command post, unit and board; plans, filings and register as known at `$3`.
 */
export const figuresByHand = `with ${knownThen}
  funds as (select project_id, sum(arrived_yuan) filter (where left(period, 4) = left($2, 4)) as year_yuan, sum(arrived_yuan) as all_yuan
    from funding.month where city_id = $1 and period <= left($2, 7) group by project_id),
  contract as (select distinct on (project_id) project_id, yuan from funding.revision
    where city_id = $1 and track = 'agreement' and decided_on <= $2::text::date order by project_id, seq desc),
  gate as (select project_id, min(reached_on) filter (where stage = 'signed') as signed,
      min(reached_on) filter (where stage = 'preparation') as preparation, min(reached_on) filter (where stage = 'reserve') as pooled,
      min(reached_on) filter (where stage = 'producing') as producing, min(reached_on) filter (where stage = 'fullCapacity') as full
    from lifecycle.gate where city_id = $1 and reached_on <= $2::text::date group by project_id),
  need as (select project_id, count(*) as needs, count(*) filter (where supplied >= demand) as secured from factors.need
    where city_id = $1 and category = 'land' group by project_id),
  matter as (select project_id, count(*) as issued, count(*) filter (where state = 'closed' and closed_on <= $2::text::date) as closed
    from ledger.pub_matter where city_id = $1 and kind in ('problem', 'finding') and issued_on <= $2::text::date and state <> 'void' group by project_id),
  bond as (select project_id, sum(allotted_yuan) as allotted, sum(used_yuan) as used from funding.pub_bond_use
    where city_id = $1 and issued_on <= $2::text::date group by project_id),
  fact as (
    select p.county_unit_id, p.command_unit_id, p.lead_unit_id, p.board, r.plan_kind, r.start_planned::text as due, p.start_actual as begun, p.finish_actual as ended,
      r.finish_planned::text as finish_due, p.total_yuan, p.enrolled, p.enrolled_on, p.stage,
      coalesce(p.start_actual <= $2::text::date, p.stage in ('started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity')) as is_started,
      case when plan.plan_yuan > 0 then plan.plan_yuan end as plan_yuan, coalesce(done.yuan, 0) as done_yuan,
      funds.year_yuan, funds.all_yuan, contract.yuan as contract_yuan, gate.*, need.needs, need.secured, matter.issued, matter.closed,
      bond.allotted, bond.used
    from projects.project p join register r on r.id = p.id left join plan on plan.project_id = p.id left join done on done.project_id = p.id
    left join funds on funds.project_id = p.id left join contract on contract.project_id = p.id left join gate on gate.project_id = p.id
    left join need on need.project_id = p.id left join matter on matter.project_id = p.id left join bond on bond.project_id = p.id
    where p.city_id = $1 and p.stage not in ('terminated', 'withdrawn') and p.parent_id is null)
  select ${cuts.join(', ')}, sum(done_yuan) filter (where plan_yuan > 0)::text as done, sum(plan_yuan)::text as planned,
    count(*) filter (where plan_kind = 'new') as starts, count(*) filter (where plan_kind = 'new' and is_started) as started,
    count(*) filter (where plan_kind = 'new' and coalesce(due, left($2, 4) || '-12-31') <= $2) as due,
    count(*) filter (where plan_kind = 'new' and coalesce(due, left($2, 4) || '-12-31') <= $2 and is_started) as due_started,
    count(*) filter (where plan_kind = 'reserve' and begun between date_trunc('year', $2::text::date) and $2::text::date) as outside,
    count(*) filter (where plan_kind in ('carried', 'finishing')) as carried,
    count(*) filter (where plan_kind in ('carried', 'finishing') and stage not in ('suspended', 'delayed') and (done_yuan > 0 or ended <= $2::text::date)) as resumed,
    count(*) filter (where is_started and coalesce(total_yuan >= 5000000, true)) as must_enrol,
    count(*) filter (where is_started and coalesce(total_yuan >= 5000000, true) and coalesce(enrolled_on <= $2::text::date, enrolled)) as enrolled,
    count(*) filter (where ended between date_trunc('year', $2::text::date) and $2::text::date) as finished,
    count(*) filter (where plan_kind = 'finishing' or left(finish_due, 4) = left($2, 4)) as finishes,
    count(*) filter (where producing between date_trunc('year', $2::text::date) and $2::text::date) as producing_now,
    count(*) filter (where "full" is not null) as at_full, count(*) filter (where producing is not null or "full" is not null) as producing,
    count(*) filter (where signed is not null) as signed, count(*) filter (where signed is not null and (preparation is not null or is_started)) as fulfilled,
    count(*) filter (where pooled is not null and coalesce(begun >= date_trunc('year', $2::text::date), true)) as pooled,
    count(*) filter (where pooled is not null and begun between date_trunc('year', $2::text::date) and $2::text::date) as converted,
    sum(year_yuan) filter (where plan_yuan > 0) as arrived, sum(plan_yuan) filter (where year_yuan is not null) as plan_with_funds,
    sum(coalesce(all_yuan, 0)) filter (where contract_yuan is not null) as arrived_all, sum(contract_yuan) as contracted,
    sum(needs) as needs, sum(secured) as secured, sum(issued) as issued, sum(closed) as closed, sum(allotted) as allotted, sum(used) as used
  from fact group by grouping sets ((), ${cuts.map((c) => `(${c})`).join(', ')})`;

/**
 * A city of so many projects with plans, filings, money and gates of two years. Deterministic.
 */
export async function layOutBenchCity(city: TestCity, many: number): Promise<void> {
  await city.system(async (scope) => {
    const counties: string[] = [];
    const commands: string[] = [];
    const leads: string[] = [];
    for (let i = 0; i < 6; i++)
      commands.push((await ensureUnit(scope, { name: `第${i + 1}指挥部`, kind: 'commandPost' })).id);
    for (let i = 0; i < 40; i++) leads.push((await ensureUnit(scope, { name: `第${i + 1}局`, kind: 'department' })).id);
    for (let i = 0; i < 12; i++) counties.push((await ensureUnit(scope, { name: `第${i + 1}县`, kind: 'county' })).id);
    const rows = Array.from({ length: many }, (_, i): ProjectToInsert & { id: string } => ({
      id: newId(),
      name: `${i}号项目`,
      board: ['产业', '基础设施', '社会民生', '生态'][i % 4]!,
      stage: i % 5 === 0 ? 'preparation' : i % 17 === 0 ? 'completed' : 'building',
      planKind: (['new', 'carried', 'finishing', 'reserve'] as const)[i % 4]!,
      countyUnitId: counties[i % 12]!,
      commandUnitId: commands[i % 6]!,
      leadUnitId: leads[i % 40]!,
      totalYuan: (i % 900) * 10_000_000,
      startPlanned: day(`2021-${String((i % 12) + 1).padStart(2, '0')}-15`),
      ...(i % 5 !== 0 && { startActual: day(i % 3 ? '2020-11-18' : '2021-04-02') }),
      ...(i % 5 !== 0 && i % 17 === 0 && { finishActual: day('2021-08-10') }),
    }));
    await insertProjects(scope, rows, { kind: 'imported' });
    // Entered long ago, as a city's projects are when a month is worked out.
    await sql`update projects.project_version set at = '2020-01-01'`.execute(scope.db);
    for (const year of [2020, 2021]) {
      await sql`insert into projects.plan_version (city_id, project_id, year, version, plan_yuan, effective_on, actor_id, actor_name, at)
        select city_id, id, ${year}::int, 1, 7000000 + serial, ${`${year}-01-01`}::date, 'bench', 'bench', ${`${year}-01-01`}::timestamptz
        from projects.project`.execute(scope.db);
      await sql`insert into projects.plan (city_id, year, project_id, version, plan_yuan, original_yuan, effective_on)
        select city_id, ${year}::int, id, 1, 7000000 + serial, 7000000 + serial, ${`${year}-01-01`}::date from projects.project`.execute(
        scope.db,
      );
    }
    await sql`insert into filings.cycle (city_id, id, period, kind, due_at, due_rule, due_basis, opened_at, opened_by)
      select ${scope.cityId}::uuid, gen_random_uuid(), to_char(m, 'YYYY-MM'), 'monthly', m + interval '24 days', 'day-25', 'bench', m, 'bench'
      from generate_series('2020-01-01'::timestamptz, '2021-09-01'::timestamptz, interval '1 month') m`.execute(
      scope.db,
    );
    await sql`insert into filings.filing (city_id, id, cycle_id, project_id, period, state, seq, month_yuan, cumulative_yuan, submitted_at,
        submitted_by, submitted_by_name, lateness_seconds, accepted_seq, accepted_month_yuan, accepted_cumulative_yuan, accepted_at, accepted_by_name)
      select p.city_id, gen_random_uuid(), c.id, p.id, c.period, 'accepted', 1, 500000, 500000 * right(c.period, 2)::int + p.serial, c.due_at,
        'bench', 'bench', 0, 1, 500000, 500000 * right(c.period, 2)::int + p.serial, c.due_at, 'bench'
      from projects.project p join filings.cycle c on c.city_id = p.city_id where p.serial % 5 > 0`.execute(scope.db);
    await sql`insert into funding.month (city_id, period, project_id, arrived_yuan, paid_yuan)
      select city_id, period, id, 400000 + serial, 300000 from projects.project, (values ('2020-06'), ('2021-03'), ('2021-08')) m (period)
      where serial % 3 > 0`.execute(scope.db);
    await sql`insert into lifecycle.gate (city_id, project_id, stage, reached_on, precision, source, event_id)
      select p.city_id, p.id, g.stage, '2020-03-01'::date + (p.serial % 700)::int, 'day', 'register', gen_random_uuid()
      from projects.project p, (values ('signed'), ('preparation'), ('reserve')) g (stage) where p.serial % 4 > 0
      on conflict do nothing`.execute(scope.db);
  });
  await sql`vacuum analyze`.execute(city.host.db);
}
