import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { dispatch } from '#modules/dispatch/contract.ts';
import { enrolment } from '#modules/enrolment/contract.ts';
import { factors } from '#modules/factors/contract.ts';
import { filings } from '#modules/filings/contract.ts';
import { ledger } from '#modules/ledger/contract.ts';
import { lifecycle } from '#modules/lifecycle/contract.ts';
import { permits } from '#modules/permits/contract.ts';
import { projects } from '#modules/projects/contract.ts';
import { snapshots } from '#modules/snapshots/contract.ts';
import { demonstration } from '../contract.ts';
import { inspectionName, inspectionSource, tracksSource } from './ledger.ts';

let city: TestCity;
let admin: Caller;
beforeAll(async () => {
  city = await testCity();
  admin = city.as({ role: 'admin' });
  expect(await admin(demonstration).status()).toMatchObject({ state: null, isPossible: true });
  await admin(demonstration).load();
  await city.settle();
}, 400_000);
afterAll(() => city.close());

test('the demonstration is a whole city: projects with lights, two years of filings, people, a map', async () => {
  expect(await admin(demonstration).status()).toMatchObject({
    state: 'loaded',
    step: 'done',
    problem: null,
    isPossible: false,
  });
  const summary = await city.as({ role: 'leader' })(dispatch).summary({});
  expect(summary.total.projects).toBe(612);
  expect(summary.total.items).toBeGreaterThan(700);
  for (const light of ['normal', 'warn', 'late', 'idle', 'ahead'] as const)
    expect(summary.total.lights[light], light).toBeGreaterThan(20);
  expect(summary.byCommand.filter((group) => group.key !== null)).toHaveLength(16);
  const { rows } = await city.system((scope) =>
    sql<{
      months: number;
      filings: number;
    }>`select count(distinct period) as months, count(*) as filings from filings.pub_accepted`.execute(scope.db),
  );
  expect(rows[0]!.months).toBe(21);
  expect(rows[0]!.filings).toBeGreaterThan(5_000);
});

test('projects have lives: gates with days, some twenty pauses, a pool of about sixty, a funnel of three years', async () => {
  const office = city.as({ role: 'office' });
  const { rows } = await city.system((scope) =>
    sql<{ stage: string; dated: number }>`select stage, count(reached_on)::int as dated from lifecycle.pub_gate
      where stage in ('reserve', 'started', 'fullCapacity') group by stage order by stage`.execute(scope.db),
  );
  expect(rows.map((row) => row.stage)).toEqual(['fullCapacity', 'reserve', 'started']);
  for (const { dated } of rows) expect(dated).toBeGreaterThan(1);
  const { counts } = await office(lifecycle).pauses();
  expect(counts.open + counts.over).toBeGreaterThan(18);
  for (const some of [counts.overdue, counts.over, counts.open - counts.overdue]) expect(some).toBeGreaterThan(2);
  const pool = await office(lifecycle).reserve();
  expect(pool.counts.in).toBeGreaterThan(45);
  expect(pool.counts.lapsed).toBeGreaterThan(4);
  expect(new Set(pool.rows.map((row) => row.maturity)).size).toBeGreaterThan(4);
  const { conversion, funnel, overdueStarts } = await office(lifecycle).cohorts();
  expect(conversion.length).toBeGreaterThanOrEqual(3);
  expect(funnel.length).toBeGreaterThanOrEqual(3);
  expect(overdueStarts.length).toBeGreaterThan(3);
});

test('the ledger reproduces the published totals: 137 on the spot and 223 assigned, 147 firms with 407 findings in 8 groups', async () => {
  const office = city.as({ role: 'office' });
  const tracks = await office(ledger).board({ sourceTitle: tracksSource });
  expect([tracks.onSpot.raised, tracks.assigned.raised]).toEqual([137, 223]);
  const { inspections } = await office(ledger).board({ sourceTitle: inspectionSource });
  expect(inspections).toMatchObject([{ inspection: inspectionName, objects: 147, findings: 407, groups: 8 }]);
  expect((await office(ledger).blocking({})).length).toBeGreaterThan(5);
  const counts = await office(ledger).counts({});
  for (const [list, count] of Object.entries(counts)) if (list !== 'mine') expect(count, list).toBeGreaterThan(0);
  // What a board of a past day says about them, the events say as well.
  const spring = await office(ledger).board({ sourceTitle: inspectionSource, on: '2021-03-05' });
  expect(spring.inspections).toMatchObject([{ objects: 147, findings: 407, closed: 0 }]);
  const states = await city.system((scope) =>
    sql<{ wrong: number }>`select count(*) as wrong from ledger.pub_matter m where m.state = 'closed' and (
        not exists (select 1 from ledger.pub_evidence e where e.city_id = m.city_id and e.matter_id = m.id)
        or not exists (select 1 from ledger.pub_verification v where v.city_id = m.city_id and v.matter_id = m.id and v.result = 'passed'
          and v.verifier_unit_id is not null and v.verifier_unit_id <> m.lead_unit_id))`.execute(scope.db),
  );
  expect(states.rows[0]!.wrong).toBe(0);
});

test('who tries the product as a county or as a company finds matters of theirs, led or helped with', async () => {
  for (const [username, role] of [
    ['yunxi', 'responsibleUnit'],
    ['filer', 'filer'],
  ] as const) {
    const { rows } = await city.system((scope) =>
      // A post reaches its unit and what stands below it.
      sql<{ unitId: string }>`select u.id as unit_id from identity.account a
        join organization.pub_post p on p.city_id = a.city_id and p.person_id = a.person_id
        join organization.pub_unit u on u.city_id = p.city_id and p.unit_id in (u.id, u.parent_id)
        where a.username = ${username}`.execute(scope.db),
    );
    const own = city.as({ role, unitIds: rows.map((row) => row.unitId) });
    const counts = await own(ledger).counts({});
    expect(counts.all, username).toBeGreaterThan(10);
    expect(counts.mine, username).toBeGreaterThan(2);
  }
});

test('who tries the product as a county stands for the county that is ranked and scored, not for its government alone', async () => {
  const { rows } = await city.system((scope) =>
    sql<{ name: string; kind: string }>`select u.name, u.kind from identity.account a
      join organization.pub_post p on p.city_id = a.city_id and p.person_id = a.person_id
      join organization.pub_unit u on u.city_id = p.city_id and u.id = p.unit_id where a.username = 'yunxi'`.execute(
      scope.db,
    ),
  );
  expect(rows).toEqual([{ name: '云溪区', kind: 'county' }]);
});

test('no unit stands twice, once marked as invented and once not, or once by its full name and once by its short one', async () => {
  const { rows } = await city.system((scope) =>
    sql<{ name: string }>`select name from organization.pub_unit where kind <> 'county' order by name`.execute(
      scope.db,
    ),
  );
  const shortOf = (name: string) =>
    name
      .replace('（示例）', '')
      .replace(/^国网|^岳阳市|^市/, '')
      .replace('发展和改革委员会', '发改委')
      .replace('住房和城乡建设局', '住建局')
      .replace('人力资源和社会保障局', '人社局')
      .replace('卫生健康委员会', '卫健委')
      .replace('国有资产监督管理委员会', '国资委');
  const named = Map.groupBy(rows, ({ name }) => shortOf(name));
  expect([...named.values()].filter((same) => same.length > 1)).toEqual([]);
});

test('sheets and their answers stand in the histories of their matters, in the order of the days', async () => {
  const { rows } = await city.system((scope) =>
    sql<{ sheets: number; told: number; answers: number; disordered: number }>`select
      (select count(*) from supervision.sheet) as sheets,
      (select count(*) from ledger.event e join supervision.sheet s on e.payload ->> 'sheetId' = s.id::text
        where e.act = 'sheet' and e.matter_id = s.matter_id and e.on_day = s.issued_on) as told,
      (select count(*) from ledger.event e where e.act = 'note' and e.text like '答复 %') as answers,
      (select count(*) from (select on_day < lag(on_day) over (partition by matter_id order by seq) as back from ledger.event) x
        where back) as disordered`.execute(scope.db),
  );
  expect(rows[0]!.sheets).toBeGreaterThan(10);
  expect(rows[0]).toMatchObject({ told: rows[0]!.sheets, disordered: 0 });
  expect(rows[0]!.answers).toBeGreaterThan(5);
});

test('the months to August are frozen in a whole chain, June twice, and one correction waits', async () => {
  const office = city.as({ role: 'office' });
  expect(await office(snapshots).verify({})).toEqual({ count: 9, broken: null, otherTables: [] });
  const { months } = await office(snapshots).months({ year: 2021 });
  expect(months.map((m) => m.snapshot?.version ?? 0)).toEqual([1, 1, 1, 1, 1, 2, 1, 1, 0]);
  expect(months.map((m) => m.changedSince)).toEqual(months.map(() => 0));
  const { corrections } = await office(filings).corrections({});
  expect(corrections.map((c) => [c.period, c.state, c.restated.length])).toEqual([
    ['2021-08', 'requested', 0],
    ['2021-06', 'done', corrections[1]!.restated.length],
  ]);
});

test('every row is marked 示例, and what texts tell of a project stands with its source', async () => {
  const { rows } = await city.system((scope) =>
    sql<{
      all: number;
      marked: number;
    }>`select count(*) as all, count(*) filter (where demo or source is not null) as marked from projects.pub_project`.execute(
      scope.db,
    ),
  );
  expect(rows[0]!.marked).toBe(rows[0]!.all);
  const found = await city
    .as({ role: 'office' })(projects)
    .list({ q: 'G353机场快速路项目', columns: ['source'] });
  expect(found.rows[0]).toMatchObject({ name: 'G353机场快速路项目' });
  expect(JSON.stringify(found.rows[0])).toContain('2021年2月19日');
});

test('projects have needs, pools and permits in every state', async () => {
  const office = city.as({ role: 'office' });
  const { coverage, lights } = await office(factors).coverage({});
  expect(lights.late + lights.warn + lights.normal + lights.idle).toBeGreaterThan(120);
  for (const light of ['late', 'warn', 'normal'] as const) expect(lights[light], light).toBeGreaterThan(10);
  const land = coverage.find((c) => c.category === 'land')!;
  expect(land.secured / land.needing).toBeGreaterThan(0.7);
  const { pools } = await office(factors).pools({});
  expect(pools.length).toBeGreaterThanOrEqual(5);
  const { projects: planned, states, owners } = await office(permits).owners({});
  expect(planned).toBeGreaterThanOrEqual(70);
  for (const [state, n] of Object.entries(states)) expect(n, state).toBeGreaterThan(5);
  expect(owners.filter((owner) => owner.overdue.length > 0).length).toBeGreaterThan(3);
});

test('it goes only into an empty register, and only an administrator puts it there', async () => {
  await expect(admin(demonstration).load()).rejects.toMatchObject({ status: 409, code: 'city_not_empty' });
  await expect(city.as({ role: 'office' })(demonstration).load()).rejects.toMatchObject({ status: 403 });
});

test('begun projects have papers, some that do not agree, and the statistics office has published to August', async () => {
  const office = city.as({ role: 'office' });
  const open = await office(enrolment).overview({});
  expect(open.projects.due).toBeGreaterThan(400);
  expect(open.rows.filter((row) => row.missing.length === 0).length).toBeGreaterThan(20);
  expect(open.rows.filter((row) => row.hits > 0).length).toBeGreaterThan(3);
  expect(open.states.submitted).toBeGreaterThan(5);
  expect(open.states.returned).toBeGreaterThan(5);
  const gaps = await office(enrolment).gaps({});
  expect(gaps.periods).toEqual(['2021-08', '2021-07', '2021-06', '2021-05', '2021-04', '2021-03', '2021-02']);
  expect(gaps.both.projects).toBeGreaterThan(300);
  expect(gaps.unexplained).toBeGreaterThan(0);
  expect(gaps.rows.every((row) => row.source === null || row.source.document.includes('示例'))).toBe(true);
});
