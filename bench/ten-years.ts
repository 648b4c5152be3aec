import { sql } from 'kysely';
import type { TestCity } from '../src/core/server/testing/test-city.ts';
import { newId } from '../src/core/shared/id.ts';
import { ensureUnit } from '../src/modules/organization/server/public.ts';
import { insertProjects, type ProjectToInsert } from '../src/modules/projects/server/store.ts';

export const projectCount = 20_000;
/** January 2012 to December 2021: 2.4 million filings. */
export const firstYear = 2012;
export const lastYear = 2021;

const words = ['机场快速路', '中心医院', '抽水蓄能电站', '标准化厂房', '湿地修复', '污水管网', '物流园', '智慧灌区'];

/**
 * Ten years of a large city, straight into the tables: the benchmarks are about reading and freezing them. The newest
 * month is filed in part: of ten projects eight are accepted, one waits, one owes. Amounts are whole yuan.
 */
export async function fillTenYears(city: TestCity): Promise<void> {
  const cityId = city.cityId;
  await city.system(async (scope) => {
    const units: string[] = [];
    for (let i = 0; i < 200; i++)
      units.push((await ensureUnit(scope, { name: `第${i + 1}责任单位`, kind: 'department' })).id);
    const rows = Array.from({ length: projectCount }, (_, i): ProjectToInsert & { id: string } => ({
      id: newId(),
      name: `${words[i % words.length]}${i}号项目`,
      board: ['产业', '基础设施', '社会民生', '生态'][i % 4]!,
      stage: 'building',
      leadUnitId: units[i % units.length]!,
      ownerUnitId: units[(i * 7) % units.length]!,
      totalYuan: 5_000_000_000,
      startActual: { day: '2012-01-10', precision: 'day', text: null },
    }));
    await insertProjects(scope, rows, { kind: 'imported' });
  });
  await city.system(async ({ db }) => {
    await sql`insert into projects.plan_version (city_id, project_id, year, version, plan_yuan, effective_on, actor_id, actor_name, at)
    select city_id, id, 2021, 1, 120000000, '2021-01-01', 'bench', 'bench', now() from projects.project`.execute(db);
    await sql`insert into projects.plan (city_id, year, project_id, version, plan_yuan, original_yuan, effective_on)
    select city_id, 2021, id, 1, 120000000, 120000000, '2021-01-01' from projects.project`.execute(db);
    await sql`insert into filings.cycle (city_id, id, period, kind, due_at, due_rule, due_basis, opened_at, opened_by)
    select ${cityId}::uuid, gen_random_uuid(), to_char(m, 'YYYY-MM'), 'monthly', m + interval '25 days', 'day-25', 'bench', m, 'bench'
    from generate_series(${`${firstYear}-01-01`}::timestamptz, ${`${lastYear}-12-01`}::timestamptz, interval '1 month') m`.execute(
      db,
    );
    for (let year = firstYear; year <= lastYear; year++) {
      const state = sql`case when c.period < '2021-12' or p.serial % 10 > 1 then 'accepted' when p.serial % 10 = 1 then 'submitted' else 'opened' end`;
      await sql`
      with made as (
        insert into filings.filing (city_id, id, cycle_id, project_id, period, state, seq, month_yuan, cumulative_yuan, submitted_at,
          submitted_by, submitted_by_name, lateness_seconds, accepted_seq, accepted_month_yuan, accepted_cumulative_yuan, accepted_at,
          accepted_by_name)
        select x.city_id, gen_random_uuid(), x.cycle_id, x.project_id, x.period, x.state, x.seq, x.yuan, x.sum, x.filed, x.who, x.who,
          case when x.seq = 1 then 0 end, x.ok, case when x.ok = 1 then x.yuan end, case when x.ok = 1 then x.sum end,
          case when x.ok = 1 then x.due end, case when x.ok = 1 then 'bench' end
        from (
          select p.city_id, c.id as cycle_id, p.id as project_id, c.period, ${state} as state, c.due_at as due,
            case when ${state} = 'opened' then null else 1 end as seq, case when ${state} = 'accepted' then 1 end as ok,
            case when ${state} <> 'opened' then 10000000 end as yuan,
            case when ${state} <> 'opened' then 10000000 * right(c.period, 2)::integer end as sum,
            case when ${state} <> 'opened' then c.due_at - interval '1 day' end as filed,
            case when ${state} <> 'opened' then 'bench' end as who
          from projects.project p join filings.cycle c on c.city_id = p.city_id
          where left(c.period, 4) = ${String(year)}) x
        returning city_id, id, month_yuan, cumulative_yuan, submitted_at)
      insert into filings.filing_version (city_id, filing_id, seq, content, month_yuan, cumulative_yuan, submitted_at, submitted_by,
        submitted_by_name, lateness_seconds, source)
      select city_id, id, 1, jsonb_build_object('monthYuan', month_yuan, 'cumulativeYuan', cumulative_yuan, 'imageProgress', '主体施工至三层'),
        month_yuan, cumulative_yuan, submitted_at, 'bench', 'bench', 0, 'filed'
      from made where submitted_at is not null`.execute(db);
    }
  });
  await sql`vacuum analyze`.execute(city.host.db);
}
