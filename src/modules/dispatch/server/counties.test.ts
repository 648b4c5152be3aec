import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects, setMilestones, setPlans } from '#modules/projects/server/public.ts';
import { dispatch } from '../contract.ts';
import { shippedRuleSets } from '../rule-sets.ts';

const wan = (n: number) => n * 10_000;
const day = (text: string) => ({ day: text, precision: 'day' as const, text: null });
const pad = (n: number) => String(n).padStart(2, '0');

let city: TestCity;
let office: Caller;
let yunxi: string;
let junshan: string;
let firm: string;
const id: Record<string, string> = {};

/** Two counties of two projects each, 1,200 万元 a year and so 100 a month; months of 2020 and of 2021 accepted on the 25th. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
  await city.system(async (scope) => {
    yunxi = (await ensureUnit(scope, { name: '云溪区', kind: 'county' })).id;
    junshan = (await ensureUnit(scope, { name: '君山区', kind: 'county' })).id;
    firm = (await ensureUnit(scope, { name: '港务公司', kind: 'stateFirm' })).id;
    const running = { stage: 'building' as const, startActual: day('2019-05-01'), enrolled: true };
    const rows = await insertProjects(
      scope,
      [
        { name: '医院', countyUnitId: yunxi, ...running },
        { name: '道路', countyUnitId: yunxi, ...running },
        { name: '厂房', countyUnitId: junshan, ...running },
        { name: '码头', countyUnitId: junshan, ownerUnitId: firm, ...running },
      ],
      { kind: 'created' },
    );
    for (const row of rows) id[row.name] = row.id;
    await setPlans(
      scope,
      rows.map((row) => ({ projectId: row.id, year: 2021, planYuan: wan(1_200), goal: null, curve: null })),
    );
    const months = (name: string, year: number, yuans: number[], late: Record<number, string> = {}) => {
      let cumulativeYuan = 0;
      return yuans.map((yuan, i) => {
        cumulativeYuan += wan(yuan);
        const accepted = late[i + 1] ?? `${year}-${pad(i + 1)}-25`;
        return {
          projectId: id[name]!,
          period: `${year}-${pad(i + 1)}`,
          monthYuan: wan(yuan),
          cumulativeYuan,
          submittedAt: new Date(`${year}-${pad(i + 1)}-24T02:00:00Z`),
          submittedByName: '赵琳',
          acceptedAt: new Date(`${accepted}T02:00:00Z`),
          acceptedByName: '刘敏',
        };
      });
    };
    const even = (n: number, yuan: number) => Array.from({ length: n }, () => yuan);
    await insertAcceptedFilings(scope, [
      ...['医院', '道路', '厂房', '码头'].flatMap((name) => months(name, 2020, even(12, 100))),
      ...months('医院', 2021, even(8, 110)),
      ...months('道路', 2021, even(8, 110)),
      // 君山 misses July and August by figures; what was filed for July came in only in September.
      ...months('厂房', 2021, [...even(6, 100), 100, 50], { 7: '2021-09-05', 8: '2021-09-06' }),
      ...months('码头', 2021, even(8, 100)),
    ]);
  });
  await city.settle();
});
afterAll(() => city?.close());

const lamps = async (by: Caller, input: { day?: string; code?: string } = {}) =>
  Object.fromEntries((await by(dispatch).counties(input)).counties.map((c) => [c.name, c]));

describe('the monthly task of districts, which is in force from the start', () => {
  test('sums over all projects of the county; two month ends running as they were known then make it red', async () => {
    const { 云溪区, 君山区 } = await lamps(office);
    expect(云溪区).toMatchObject({ light: 'normal', cause: null, turnsGreen: [] });
    // August is 150 of 200; July would be met by now, but was not known at its end.
    expect(君山区).toMatchObject({
      light: 'late',
      cause: 'month-task',
      checks: [{ streak: { months: ['2021-07', '2021-08'], becomes: 'late' } }],
      turnsGreen: [{ kind: 'amount', of: 'month', on: '2021-09-30', yuan: wan(200), shortYuan: wan(200) }],
    });
    expect(君山区!.checks[0]!.inputs.map((i) => i.value)).toEqual([{ zh: '8 月', en: 'month 8' }, wan(150), wan(200)]);
  });

  test('a past day is answered with what was known on it', async () => {
    const july = (await lamps(office, { day: '2021-07-31' })).君山区!;
    expect(july).toMatchObject({ light: 'warn', checks: [{ streak: { months: ['2021-07'], becomes: null } }] });
    expect((await lamps(office, { day: '2021-06-30' })).君山区!.light).toBe('normal');
  });

  test('a county sees its own lamp only; a company none, though it owns a project there', async () => {
    const own = await lamps(city.as({ role: 'responsibleUnit', unitIds: [junshan] }));
    expect(Object.keys(own)).toEqual(['君山区']);
    expect(own.君山区!.light).toBe('late');
    expect(await lamps(city.as({ role: 'filer', unitIds: [firm] }))).toEqual({});
  });
});

describe('growth by the rules of Tianjin, tried', () => {
  const tianjin = (by = office) => lamps(by, { code: 'tianjin-2022' });

  test('without planned growth only a county that shrinks has a lamp', async () => {
    const { 云溪区, 君山区 } = await tianjin();
    // 云溪 1,760 after 1,600; 君山 1,550 after 1,600.
    expect(云溪区!.checks[0]).toMatchObject({ state: 'noData', level: null });
    expect(君山区).toMatchObject({ light: 'late', cause: 'growth' });
    expect(君山区!.turnsGreen).toMatchObject([{ of: 'judged', on: '2021-08-31' }]);
  });

  test('planned growth is recorded with its source, by those who keep the rules only, and counts', async () => {
    const planned = { unitId: yunxi, year: 2021, percent: '10', source: '2021 年政府工作报告（示例）' };
    const filer = city.as({ role: 'filer', unitIds: [yunxi] });
    await expect(filer(dispatch).setPlannedGrowth(planned)).rejects.toMatchObject({ status: 403 });
    await expect(office(dispatch).setPlannedGrowth({ ...planned, unitId: id.医院! })).rejects.toMatchObject({
      status: 404,
    });
    await office(dispatch).setPlannedGrowth(planned);
    const { 云溪区 } = await tianjin();
    expect(云溪区).toMatchObject({ light: 'normal', plannedGrowth: { percent: '10', actorName: '刘敏' } });
    expect(云溪区!.checks[0]!.inputs.map((i) => i.value)).toEqual([
      { zh: '1–8 月', en: 'months 1–8' },
      wan(1_760),
      wan(1_600),
      '10.0',
      '10',
      '3.4',
    ]);
    await office(dispatch).setPlannedGrowth({ ...planned, percent: '10.1' });
    expect((await tianjin()).云溪区!.light).toBe('warn');
    // It was recorded today: on a day before, nobody knew it.
    expect((await lamps(office, { code: 'tianjin-2022', day: '2021-08-31' })).云溪区!.checks[0]!.state).toBe('noData');
  });

  test('places go by completion at the last month end, and move against the month before', async () => {
    const zaozhuang = shippedRuleSets.find((s) => s.code === 'zaozhuang-2022')!;
    const { 云溪区, 君山区 } = await lamps(office, { code: zaozhuang.code });
    const inputs = (name: typeof 云溪区) => name!.checks.map((c) => c.inputs.map((i) => i.value));
    expect([inputs(云溪区), inputs(君山区)]).toEqual([
      [[1], [1, 1]],
      [[2], [2, 2]],
    ]);
    expect(云溪区!.checks.map((c) => c.state)).toEqual(['open', 'open']);
  });
});

test('a colour of the city stands in the list of projects, counts as its light, and goes when the set is changed', async () => {
  const shenzhen = shippedRuleSets.find((s) => s.code === 'shenzhen-days')!;
  await city.system((scope) =>
    setMilestones(
      scope,
      id.医院!,
      [
        { name: '主体封顶', due: day('2021-09-16'), actual: null },
        { name: '竣工', due: day('2021-12-20'), actual: null },
      ],
      { kind: 'milestones' },
    ),
  );
  const choose = async (code: string) => {
    await office(dispatch).activate({ code, version: 0, effectiveOn: '2021-09-26', reason: '试用（示例）' });
    await city.settle();
    const { rows } = await office(projects).list({ year: 2021 });
    return rows.find((r) => r.name === '医院')!;
  };
  expect(await choose(shenzhen.code)).toMatchObject({
    light: 'warn',
    cause: 'days-late',
    level: { words: { zh: '橙灯' }, colour: 'orange', shape: 'hexagon' },
  });
  const why = await office(dispatch).explain({ projectId: id.医院! });
  expect(why).toMatchObject({
    light: 'warn',
    level: { code: 'orange' },
    ruleSet: { code: 'shenzhen-days', version: 0 },
  });
  expect((await office(dispatch).summary({})).total.lights).toMatchObject({ warn: 1, normal: 3 });
  expect(await choose('city')).toMatchObject({ light: 'normal', level: null });
});
