// A pivot over twenty thousand projects and ten years of months, 2.4 million filings, through the router (reach, statement,
// exact totals, checked answer), against the same cells as SQL written by hand. The rows of both are compared first.
import assert from 'node:assert/strict';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { explore } from '../src/modules/explore/contract.ts';
import type { Pivot } from '../src/modules/explore/shapes.ts';
import { withDatabase } from './database.ts';
import { compare, print } from './ratio.ts';
import { fillTenYears, firstYear, lastYear } from './ten-years.ts';

await withDatabase(async () => {
  const city = await testCity({ today: '2021-12-27' });
  await fillTenYears(city);
  const office = city.as({ role: 'office' });
  const bare = async (text: string, parameters: unknown[]): Promise<Record<string, string>[]> => {
    const client = await city.host.pool.connect();
    await client.query('begin read only');
    await client.query(`select set_config('guatu.city', $1, true)`, [city.cityId]);
    const { rows } = await client.query<Record<string, string>>(text, parameters);
    await client.query('commit');
    client.release();
    return rows;
  };
  const [from, to] = [`${firstYear}-01`, `${lastYear}-12`];
  const span = { kind: 'months' as const, from, to };
  const ask = (pivot: Partial<Pivot>) => office(explore).table({ pivot: { span, ...pivot } as Pivot });

  const accepted = `filings.filing f join projects.project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = $1 and f.kind = 'monthly' and f.accepted_seq is not null and f.period between $2 and $3
      and p.parent_id is null and p.stage not in ('terminated', 'withdrawn')`;
  // Two hundred units by ten years, with the totals that the page shows.
  const flow = `select p.lead_unit_id, left(f.period, 4), sum(f.accepted_month_yuan)::bigint as yuan from ${accepted}
    group by cube (1, 2)`;
  const monthly = `select p.board, f.period, sum(f.accepted_month_yuan)::bigint as yuan from ${accepted} group by cube (1, 2)`;
  const cumulative = `select board, year, sum(yuan)::bigint as yuan from (
      select distinct on (f.project_id, left(f.period, 4)) p.board, left(f.period, 4) as year, f.accepted_cumulative_yuan as yuan
      from ${accepted} order by f.project_id, left(f.period, 4), f.period desc) newest group by cube (1, 2)`;
  // 本年完成 of each month, months without a filing holding what came before.
  const curve = `select board, period, sum(step) over (partition by board, left(period, 4) order by period)::bigint as yuan from (
      select p.board, f.period, sum(f.accepted_cumulative_yuan - f.before) as step from (
        select f.*, lag(f.accepted_cumulative_yuan, 1, 0::bigint) over (partition by f.project_id, left(f.period, 4) order by f.period) as before
        from filings.filing f where f.city_id = $1 and f.kind = 'monthly' and f.accepted_seq is not null and f.period between $2 and $3) f
      join projects.project p on p.city_id = f.city_id and p.id = f.project_id
      where p.parent_id is null and p.stage not in ('terminated', 'withdrawn') group by 1, 2) steps`;
  const rounds = 7;
  const all: [string, Partial<Pivot>, string][] = [
    ['200 units × 10 years of month amounts', { measures: ['monthDone'], rows: ['lead'], columns: ['year'] }, flow],
    [
      '4 boards × 120 months of month amounts',
      { measures: ['monthDone'], rows: ['board'], columns: ['month'] },
      monthly,
    ],
    [
      '4 boards × 10 years of cumulative amounts',
      { measures: ['yearDone'], rows: ['board'], columns: ['year'] },
      cumulative,
    ],
    [
      '4 boards × 120 months of cumulative amounts',
      { measures: ['yearDone'], rows: ['board'], columns: ['month'] },
      curve,
    ],
  ];
  for (const [name, pivot, text] of all) {
    const [table, rows] = await Promise.all([ask(pivot), bare(text, [city.cityId, from, to])]);
    const ours = table.cells
      .flat(2)
      .filter((v) => v !== null)
      .map(Number)
      .sort((a, b) => a - b);
    const theirs = rows.map((row) => Number(row.yuan)).sort((a, b) => a - b);
    // The curve by hand has no totals: each of its cells must stand in ours.
    if (text === curve)
      assert.ok(
        theirs.every((v) => ours.includes(v)),
        name,
      );
    else assert.deepEqual(ours, theirs, name);
    print(
      await compare(
        `pivot over 2.4 million filings, ${name}`,
        'SQL written by hand',
        () => ask(pivot),
        () => bare(text, [city.cityId, from, to]),
        rounds,
      ),
    );
  }
  await city.close();
});
