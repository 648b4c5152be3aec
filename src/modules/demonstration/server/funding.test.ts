import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { funding } from '#modules/funding/contract.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { layOutFunding } from './funding.ts';

let city: TestCity;
/** 240 projects of four boards that report each month, and twenty that have not begun. */
beforeAll(async () => {
  city = await testCity();
  const boards = ['产业', '基础设施', '社会民生', '生态'];
  const begun = { day: '2020-04-01', precision: 'day' as const, text: null };
  await city.system(async (scope) => {
    const rows = await insertProjects(
      scope,
      Array.from({ length: 260 }, (_, i) => ({
        name: `示例项目${i + 1}`,
        board: boards[i % 4]!,
        stage: i < 240 ? ('building' as const) : ('preparation' as const),
        startActual: i < 240 ? begun : null,
        totalYuan: 200_000_000 + i * 10_000_000,
        demo: true,
      })),
      { kind: 'imported' },
    );
    await setPlans(
      scope,
      rows.map((row) => ({ projectId: row.id, year: 2021, planYuan: 96_000_000, goal: null, curve: null })),
    );
    await insertAcceptedFilings(
      scope,
      rows.slice(0, 240).flatMap(({ id }) =>
        [1, 2, 3, 4, 5, 6, 7, 8].map((m) => ({
          projectId: id,
          period: `2021-0${m}`,
          monthYuan: 8_000_000,
          cumulativeYuan: 8_000_000 * m,
          submittedAt: new Date(`2021-0${m}-24T02:00:00Z`),
          submittedByName: '示例',
          acceptedAt: new Date(`2021-0${m}-25T02:00:00Z`),
          acceptedByName: '示例',
        })),
      ),
    );
    await layOutFunding(scope);
  });
  await city.settle();
});
afterAll(() => city?.close());

test('hundreds of projects have money by source and month', async () => {
  const { rows, totals } = await city.as({ role: 'leader' })(funding).list({ limit: 500 });
  const paid = rows.filter((row) => row.paidYuan !== null);
  expect(paid.length).toBeGreaterThan(180);
  expect(totals.arrivedYuan).toBeGreaterThan(totals.paidYuan);
  const farBelow = paid.filter((row) => row.paidYuan! < 0.4 * row.reportedYuan!);
  expect(farBelow.length).toBeGreaterThan(4);
  expect(rows.filter((row) => row.openQueries > 0).length).toBeGreaterThan(2);
  expect(rows.filter((row) => row.agreementYuan !== null).length).toBeGreaterThan(20);
  // What has not begun has no money.
  expect(rows.filter((row) => row.serial > 240 && row.plannedYuan !== null)).toEqual([]);
});

test('six issues of bonds burn in every colour, and eighty contracts hold codes, modifications and payments', async () => {
  const { bonds } = await city.as({ role: 'leader' })(funding).bonds({});
  expect(bonds).toHaveLength(6);
  const lights = new Set(bonds.flatMap((bond) => bond.allotments.map((a) => a.light)));
  expect([...lights].sort()).toEqual(['late', 'normal', 'warn']);
  const { rows } = await city.system((scope) =>
    sql<{ contracts: number; paid: number; changed: number; wrong: number }>`
      select count(*) as contracts, count(*) filter (where paid_yuan > 0) as paid, count(*) filter (where current_yuan <> value_yuan) as changed,
        count(*) filter (where length(supplier_code) <> 18) as wrong from funding.pub_contract`.execute(scope.db),
  );
  expect(rows[0]).toMatchObject({ contracts: 80, wrong: 0 });
  expect(rows[0]!.paid).toBeGreaterThan(40);
  expect(rows[0]!.changed).toBeGreaterThan(8);
});

test('revised budgets stand in the register too, with their first value beside them', async () => {
  const { rows } = await city.system((scope) =>
    sql<{ revised: number; differ: number }>`
      select count(*) as revised, count(*) filter (where p.total_yuan <> r.yuan) as differ
      from (select distinct on (project_id) * from funding.pub_revision where track = 'total' order by project_id, seq desc) r
      join projects.pub_project p on p.id = r.project_id where r.seq > 1`.execute(scope.db),
  );
  expect(rows[0]!.revised).toBeGreaterThan(5);
  expect(rows[0]!.differ).toBe(0);
});
