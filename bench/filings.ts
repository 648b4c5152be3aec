// Twenty thousand projects and ten years of months, 2.4 million filings: how much more than bare SQL a page of them costs,
// what freezing a month of them takes against sorting and hashing the same rows, and a past moment against today.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Scope } from '../src/core/server/scope.ts';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { filings } from '../src/modules/filings/contract.ts';
import { acceptedAsOf } from '../src/modules/filings/server/public.ts';
import { projects } from '../src/modules/projects/contract.ts';
import { freezePeriod } from '../src/modules/snapshots/server/public.ts';
import { withDatabase } from './database.ts';
import { compare, print } from './ratio.ts';
import { fillTenYears } from './ten-years.ts';

await withDatabase(async () => {
  const city = await testCity({ today: '2021-12-27' });
  await fillTenYears(city);
  const office = city.as({ role: 'office' });
  const { rows } = await city.system((scope) =>
    sql<{ id: string }>`select id from filings.cycle where city_id = ${scope.cityId} and period = '2021-12'`.execute(
      scope.db,
    ),
  );
  const cycleId = rows[0]!.id;
  const bare = async (text: string, parameters: unknown[]) => {
    const client = await city.host.pool.connect();
    await client.query('begin read only');
    await client.query(`select set_config('guatu.city', $1, true)`, [city.cityId]);
    await client.query(text, parameters);
    await client.query('commit');
    client.release();
  };

  // Written by hand, as somebody would who needs these figures once.
  const board = `select coalesce(u.short_name, u.name) as unit, count(*) filter (where f.state <> 'exempt') as owed,
      count(*) filter (where f.state in ('submitted', 'accepted', 'frozen')) as filed,
      count(*) filter (where f.state in ('accepted', 'frozen')) as accepted,
      count(*) filter (where f.state in ('opened', 'draft', 'checked')) as missing,
      count(*) filter (where f.state = 'returned') as returned,
      count(*) filter (where f.lateness_seconds > 0) as late,
      count(*) filter (where f.accepted_seq is null and f.seq is null and c.due_at < now()) as overdue, max(f.lateness_seconds) as most
    from filings.filing f join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id
    join projects.project p on p.city_id = f.city_id and p.id = f.project_id
    left join organization.unit u on u.city_id = p.city_id and u.id = coalesce(p.lead_unit_id, p.county_unit_id)
    where f.city_id = $1 and f.cycle_id = $2 group by 1 order by overdue desc, missing desc`;
  print(
    await compare(
      'completeness board of 20,000 filings out of 2.4 million',
      'SQL written by hand',
      () => office(filings).completeness({ period: '2021-12' }),
      () => bare(board, [city.cityId, cycleId]),
      15,
    ),
  );

  const list = `select p.id, p.serial, p.name, p.board, p.stage, p.total_yuan, pl.plan_yuan, s.light, s.done_yuan, s.gap_points,
      coalesce(u.short_name, u.name) as lead, count(*) over () as total, sum(p.total_yuan) over () as total_sum,
      sum(pl.plan_yuan) over () as plan_sum, sum(s.done_yuan) over () as done_sum
    from projects.project p
    left join projects.plan pl on pl.city_id = p.city_id and pl.project_id = p.id and pl.year = 2021
    left join projects.standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = 2021
    left join organization.unit u on u.city_id = p.city_id and u.id = p.lead_unit_id
    where p.city_id = $1 and p.parent_id is null order by p.serial limit 100`;
  print(
    await compare(
      'project list over ten years of filings',
      'SQL written by hand',
      () => office(projects).list({ limit: 100 }),
      () => bare(list, [city.cityId]),
      15,
    ),
  );

  const inYear = { from: '2021-01', to: '2021-12' };
  const read = (moment: string) => city.system((scope: Scope) => acceptedAsOf(scope, inYear, new Date(moment)));
  print(
    await compare(
      'accepted months of 2021 as of a past moment',
      'the same as of now',
      () => read('2021-09-30T16:00:00Z'),
      () => read('2022-01-30T16:00:00Z'),
      7,
    ),
  );

  // The least a freeze must do: read the month's rows, put them in order, hash them.
  const least = async () => {
    const found = await city.system((scope) =>
      sql<object>`select f.*, v.content from filings.filing f
        join filings.filing_version v on v.city_id = f.city_id and v.filing_id = f.id and v.seq = f.accepted_seq
        where f.city_id = ${scope.cityId} and f.period = '2021-11' order by f.project_id`.execute(scope.db),
    );
    createHash('sha256').update(JSON.stringify(found.rows)).digest('hex');
  };
  const undone = new Error('undone');
  const freeze = () =>
    city
      .system(async (scope) => {
        await freezePeriod(scope, '2021-11');
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
  print(
    await compare('freeze of a month of 20,000 filings', 'reading, sorting and hashing its rows', freeze, least, 3),
  );
  await city.close();
});
