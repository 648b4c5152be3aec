// A page of the list of 20,000 projects (sign-in check, parse, reach, rows, totals, names, checked answer) against the same
// SQL, word for word, sent through `pg` alone.
import { type CompiledQuery, sql } from 'kysely';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { newId } from '../src/core/shared/id.ts';
import { ensureUnit } from '../src/modules/organization/server/public.ts';
import { projects } from '../src/modules/projects/contract.ts';
import { listStatement, totalsStatement } from '../src/modules/projects/server/list.ts';
import { insertProjects, type ProjectToInsert } from '../src/modules/projects/server/store.ts';
import { withDatabase } from './database.ts';
import { compare, print } from './ratio.ts';

const many = 20_000;
const lights = ['normal', 'warn', 'late', 'idle', 'ahead'] as const;
const words = ['机场快速路', '中心医院', '抽水蓄能电站', '标准化厂房', '湿地修复', '污水管网', '物流园', '智慧灌区'];

await withDatabase(async () => {
  const city = await testCity();
  await city.system(async (scope) => {
    const units: string[] = [];
    for (let i = 0; i < 40; i++)
      units.push((await ensureUnit(scope, { name: `第${i + 1}责任单位`, kind: 'department' })).id);
    const rows = Array.from({ length: many }, (_, i): ProjectToInsert & { id: string } => ({
      id: newId(),
      name: `${words[i % words.length]}${i}号项目`,
      board: ['产业', '基础设施', '社会民生', '生态'][i % 4]!,
      stage: 'building',
      tiers: i % 3 === 0 ? ['省重点'] : [],
      leadUnitId: units[i % units.length]!,
      ownerUnitId: units[(i * 7) % units.length]!,
      totalYuan: (i % 900) * 10_000_000,
      startActual: { day: '2020-11-18', precision: 'day', text: null },
    }));
    await insertProjects(scope, rows, { kind: 'imported' });
    // The two read models straight into their tables: the bench is about reading them.
    await sql`insert into projects.plan_version (city_id, project_id, year, version, plan_yuan, effective_on, actor_id, actor_name, at)
      select city_id, id, 2021, 1, total_yuan / 3, '2021-01-01', 'bench', 'bench', now() from projects.project`.execute(
      scope.db,
    );
    await sql`insert into projects.plan (city_id, year, project_id, version, plan_yuan, original_yuan, effective_on)
      select city_id, 2021, id, 1, total_yuan / 3, total_yuan / 3, '2021-01-01' from projects.project`.execute(
      scope.db,
    );
    await sql`insert into projects.standing (city_id, year, project_id, light, cause, plan_yuan, done_yuan, gap_points, filed_on, filing_state, as_of, since)
      select city_id, 2021, id, (${[...lights]}::text[])[1 + serial % 5], 'progress', total_yuan / 3, total_yuan / 5, serial % 60 - 40,
        '2021-09-20', 'accepted', '2021-09-26', '2021-09-01' from projects.project`.execute(scope.db);
  });
  await sql`analyze`.execute(city.host.db);

  const office = city.as({ role: 'office' });
  const cases = {
    'first page, totals over 20,000': {},
    'red lights by gap, a middle page': {
      filters: [{ op: 'in' as const, field: 'light' as const, values: ['late'] }],
      sort: [{ by: 'gap' as const }],
      offset: 2000,
    },
    'pinyin initials': { q: 'jcksl' },
  };
  for (const [name, query] of Object.entries(cases)) {
    const { offset = 0, ...input } = { offset: 0, ...query };
    const statements = await city.system(
      async (scope): Promise<CompiledQuery[]> => [
        listStatement(scope, { ...input, year: 2021 }, offset, 100).compile(scope.db),
        totalsStatement(scope, { ...input, year: 2021 }).compile(scope.db),
      ],
    );
    const ours = () => office(projects).list({ ...query, limit: 100 });
    const bare = async () => {
      const client = await city.host.pool.connect();
      await client.query(`begin read only`);
      await client.query(`select set_config('guatu.city', $1, true)`, [city.cityId]);
      for (const { sql: text, parameters } of statements) await client.query(text, [...parameters]);
      await client.query('commit');
      client.release();
    };
    print(await compare(`list of 20,000 projects: ${name}`, 'the same SQL through pg', ours, bare, 25));
  }
  await city.close();
});
