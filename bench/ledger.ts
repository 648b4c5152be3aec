// A million matters (20 for each project and year of a province): a unit's own list, the board of what is overdue, the search
// by two characters and by first letters, a thousand tasks issued in one go, and the nightly colours of all that is open.
import { type CompiledQuery, sql } from 'kysely';
import type { Scope } from '../src/core/server/scope.ts';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { ledger } from '../src/modules/ledger/contract.ts';
import { lightSql, lightWhySql } from '../src/modules/ledger/server/light-sql.ts';
import { listStatement } from '../src/modules/ledger/server/list.ts';
import { raiseMatters } from '../src/modules/ledger/server/raise.ts';
import { keepLights } from '../src/modules/ledger/server/settle.ts';
import { overdueStatement } from '../src/modules/ledger/server/statistics.ts';
import { withDatabase } from './database.ts';
import { fillLedger, matterCount } from './million-matters.ts';
import { compare, print } from './ratio.ts';

const many = matterCount.toLocaleString('en');

await withDatabase(async () => {
  const city = await testCity({ today: '2021-09-26' });
  const filled = performance.now();
  const { units } = await fillLedger(city);
  process.stdout.write(`${many} matters laid out in ${((performance.now() - filled) / 1000).toFixed(0)} s\n`);
  const office = city.as({ role: 'office' });
  const unit = city.as({ role: 'responsibleUnit', unitIds: [units[7]!] });
  const bare = async (text: string, parameters: readonly unknown[]) => {
    const client = await city.host.pool.connect();
    await client.query('begin read only');
    await client.query(`select set_config('guatu.city', $1, true)`, [city.cityId]);
    const { rows } = await client.query(text, [...parameters]);
    await client.query('commit');
    client.release();
    return rows;
  };
  const explain = async (name: string, compiled: CompiledQuery) => {
    const rows = await bare(
      `explain (analyze, costs off, timing off, summary off) ${compiled.sql}`,
      compiled.parameters,
    );
    if (process.env.GUATU_EXPLAIN)
      process.stdout.write(`${name}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
  };
  const compiledFor = (work: (scope: Scope) => { compile(db: Scope['db']): CompiledQuery }) =>
    city.system(async (scope) => work(scope).compile(scope.db));

  const columns = `m.id, m.no, m.kind, m.track, m.title, m.category, m.level, m.state, m.red_on, m.due_original, m.due_current,
    m.raised_on, m.returns, coalesce(u.short_name, u.name) as lead`;
  const own = `select ${columns}, count(*) over () as total from ledger.matter m
    left join organization.unit u on u.city_id = m.city_id and u.id = m.lead_unit_id
    where m.city_id = $1 and m.lead_unit_id = $2 and m.state not in ('closed', 'void') order by m.due_current limit 100`;
  print(
    await compare(
      `a unit's own open matters out of ${many}`,
      'SQL written by hand',
      () => unit(ledger).list({ list: 'mine' }),
      () => bare(own, [city.cityId, units[7]!]),
      15,
    ),
  );
  const board = `select u.name, count(*) as open, count(*) filter (where m.red_on <= $2::date and (m.state not in ('claimed', 'verifying')
        or m.red_on <= m.claimed_on)) as overdue, max($2::date - m.red_on) as worst
    from ledger.matter m left join organization.unit u on u.city_id = m.city_id and u.id = m.lead_unit_id
    where m.city_id = $1 and m.state not in ('draft', 'closed', 'void') group by u.name order by overdue desc`;
  const overdue = await compiledFor((scope) => overdueStatement(scope, {}));
  await explain('overdue', overdue);
  print(
    await compare(
      `overdue by unit out of ${many}`,
      'SQL written by hand',
      () => bare(overdue.sql, overdue.parameters),
      () => bare(board, [city.cityId, '2021-09-26']),
      15,
    ),
  );
  for (const [name, q, column] of [
    ['two characters, rare', '隧道', 'title'],
    ['two characters, in one title of twenty', '机场', 'title'],
    ['pinyin initials', 'jcksl', 'initials'],
  ] as const) {
    const statement = await compiledFor((scope) =>
      listStatement(scope, { q }, { offset: 0, limit: 100, withTotal: true }),
    );
    await explain(name, statement);
    const scan = `select ${columns}, count(*) over () as total from ledger.matter m
      left join organization.unit u on u.city_id = m.city_id and u.id = m.lead_unit_id
      where m.city_id = $1 and m.${column} ${column === 'title' ? 'ilike' : 'like'} $2 order by m.raised_on desc, m.id limit 100`;
    print(
      await compare(
        `search ${many} titles: ${name}`,
        'a bare scan with like',
        () => office(ledger).list({ q }),
        () => bare(scan, [city.cityId, `%${q}%`]),
        7,
      ),
    );
  }
  print(
    await compare(
      'counts of all named lists',
      'counting what is open by hand',
      () => office(ledger).counts({}),
      () =>
        bare(
          `select count(*) filter (where state = 'issued'), count(*) filter (where state = 'returned'), count(*) filter (where red_on <= '2021-09-26')
            from ledger.matter where city_id = $1 and state not in ('closed', 'void') union all select count(*), 0, 0 from ledger.matter where city_id = $1`,
          [city.cityId],
        ),
      9,
    ),
  );

  const undone = new Error('undone');
  const rolledBack = (work: (scope: Scope) => Promise<unknown>) => () =>
    city
      .system(async (scope) => {
        await work(scope);
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
  const thousand = Array.from({ length: 1000 }, (_, i) => ({
    kind: 'task' as const,
    title: `完成机场快速路第${i}标段路面施工`,
    source: { kind: 'document' as const, title: '任务分解' },
    leadUnitId: units[i % units.length]!,
    coUnitIds: [units[(i + 1) % units.length]!],
    dueOn: '2021-12-31',
  }));
  print(
    await compare(
      'issuing 1,000 tasks in one go',
      'copying 1,000 rows and their parties, events and lights',
      rolledBack((scope) => raiseMatters(scope, thousand, { issue: true })),
      rolledBack(async ({ db, cityId }) => {
        await sql`create temporary table copied on commit drop as select * from ledger.matter where city_id = ${cityId} limit 1000`.execute(
          db,
        );
        await sql`update copied set id = gen_random_uuid(), no = 'bench ' || id`.execute(db);
        await sql`insert into ledger.matter select * from copied`.execute(db);
        await sql`insert into ledger.party (city_id, matter_id, unit_id, role)
          select city_id, id, lead_unit_id, role from copied, unnest(array['lead', 'co', 'raiser']) role`.execute(db);
        await sql`insert into ledger.event (city_id, id, matter_id, seq, act, to_state, on_day, actor_id, actor_name, at)
          select city_id, gen_random_uuid(), id, seq, 'raise', 'draft', raised_on, 'bench', 'bench', now() from copied, generate_series(1, 2) seq`.execute(
          db,
        );
        await sql`insert into ledger.light_day (city_id, matter_id, from_day, light) select city_id, id, raised_on, 'normal' from copied`.execute(
          db,
        );
      }),
      7,
    ),
  );
  const shown = (scope: Scope) =>
    sql`select m.id, ${lightSql(scope.today)} as light, ${lightWhySql(scope.today)} as why, last.light as before
      from ledger.matter m
      left join lateral (select l.light from ledger.light_day l where l.city_id = ${scope.cityId} and l.matter_id = m.id
        and l.from_day <= ${scope.today}::date order by l.from_day desc limit 1) last on true
      where m.city_id = ${scope.cityId} and m.state not in ('draft', 'closed', 'void')`.execute(scope.db);
  print(
    await compare(
      `nightly colours of all open matters of ${many}`,
      'only selecting them',
      rolledBack((scope) => keepLights(scope, 'open')),
      rolledBack(shown),
      7,
    ),
  );
  await city.close();
});
