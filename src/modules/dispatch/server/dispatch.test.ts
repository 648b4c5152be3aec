import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { dispatch } from '../contract.ts';
import { ruleSet } from '../light-rule.ts';
import { shippedRuleSets } from '../rule-sets.ts';
import { listExemptions, ranksOf, rulesChanged } from './public.ts';
import { recomputePiece, recomputeProjects } from './standing.ts';

const wan = (n: number) => n * 10_000;
const day = (text: string) => ({ day: text, precision: 'day' as const, text: null });

let city: TestCity;
let office: Caller;
let yunxi: string;
let junshan: string;
const id: Record<string, string> = {};

/** Five projects of 12,000 万元 a year with accepted filings to August; the clock is 269/365 = 73.7%. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
  await city.system(async (scope) => {
    yunxi = (await ensureUnit(scope, { name: '云溪区', kind: 'county' })).id;
    junshan = (await ensureUnit(scope, { name: '君山区', kind: 'county' })).id;
    const running = {
      stage: 'building' as const,
      startActual: day('2020-05-01'),
      enrolled: true,
      enrolledOn: '2020-05-20',
      totalYuan: wan(50_000),
    };
    const rows = await insertProjects(
      scope,
      [
        { name: '医院', countyUnitId: yunxi, board: '社会民生', ...running },
        { name: '道路', countyUnitId: yunxi, board: '基础设施', ...running },
        { name: '厂房', countyUnitId: junshan, board: '产业', ...running },
        {
          name: '码头',
          countyUnitId: junshan,
          board: '基础设施',
          stage: 'preparation',
          planKind: 'new',
          startPlanned: day('2021-08-15'),
        },
        {
          name: '仓库',
          countyUnitId: junshan,
          board: '产业',
          stage: 'preparation',
          planKind: 'new',
          startPlanned: day('2021-11-30'),
        },
      ],
      { kind: 'created' },
    );
    for (const row of rows) id[row.name] = row.id;
    await setPlans(
      scope,
      rows.map((row) => ({ projectId: row.id, year: 2021, planYuan: wan(12_000), goal: null, curve: null })),
    );
    const months = (name: string, monthYuan: number) =>
      Array.from({ length: 8 }, (_, i) => ({
        projectId: id[name]!,
        period: `2021-0${i + 1}`,
        monthYuan,
        cumulativeYuan: monthYuan * (i + 1),
        submittedAt: new Date(`2021-0${i + 1}-24T02:00:00Z`),
        submittedByName: '赵琳',
        acceptedAt: new Date(`2021-0${i + 1}-25T02:00:00Z`),
        acceptedByName: '刘敏',
      }));
    await insertAcceptedFilings(scope, [
      ...months('医院', wan(1_100)),
      ...months('道路', wan(900)),
      ...months('厂房', wan(300)),
    ]);
  });
  await city.settle();
});
afterAll(() => city?.close());

const standings = async () => {
  const { rows } = await office(projects).list({ year: 2021 });
  return Object.fromEntries(rows.map((r) => [r.name, r]));
};

test('what is imported gets its lights by the listener, from accepted filings only', async () => {
  const rows = await standings();
  const lights = Object.fromEntries(Object.entries(rows).map(([name, r]) => [name, [r.light, r.cause]]));
  expect(lights).toEqual({
    医院: ['normal', null],
    道路: ['warn', 'progress'],
    厂房: ['late', 'progress'],
    码头: ['warn', 'start'],
    仓库: ['idle', 'notStarted'],
  });
  expect(rows.道路).toMatchObject({ doneYuan: wan(7_200), filedOn: '2021-08-24', filingState: 'none' });
  expect(rows.道路!.gapPoints).toBeCloseTo(60 - (269 / 365) * 100, 9);
});

test('the explanation names the rule, version, figures and what turns it green', async () => {
  const why = await office(dispatch).explain({ projectId: id.道路! });
  expect(why).toMatchObject({
    light: 'warn',
    cause: 'progress',
    ruleSet: { code: 'city', version: 0 },
    clock: { shown: '269/365', kind: 'linearDay' },
    allowed: ['exempt'],
    since: '2021-09-26',
  });
  expect(why.turnsGreen).toMatchObject([
    { kind: 'amount', on: '2021-09-26', yuan: 76_438_357 },
    { kind: 'amount', on: '2021-10-31' },
  ]);
});

test('a past day is answered from what was known on it', async () => {
  const why = await office(dispatch).explain({ projectId: id.医院!, day: '2021-04-20' });
  expect(why).toMatchObject({ doneYuan: wan(3_300), clock: { shown: '110/365' } });
  await expect(office(dispatch).explain({ projectId: id.医院!, day: '2021-12-01' })).rejects.toMatchObject({
    code: 'future_day',
  });
});

test('the summary adds up, ranks by rate, and the same table is worked out for a past day', async () => {
  const now = await office(dispatch).summary({});
  expect(now).toMatchObject({ year: 2021, day: '2021-09-26', asOf: '2021-09-26', clock: { n: 269, d: 365 } });
  expect(now.total).toMatchObject({
    projects: 5,
    planYuan: wan(60_000),
    doneYuan: wan(18_400),
    lights: { normal: 1, warn: 2, late: 1, idle: 1, ahead: 0 },
  });
  expect(now.byCounty.map((g) => [g.name, g.projects, g.rank])).toEqual([
    ['云溪区', 2, 1],
    ['君山区', 3, 2],
  ]);
  // 社会民生 has one project: shown, not ranked.
  expect(now.byBoard.find((g) => g.name === '社会民生')).toMatchObject({ projects: 1, rank: null });
  const then = await office(dispatch).summary({ day: '2021-03-31' });
  expect(then.total).toMatchObject({ projects: 5, doneYuan: wan(6_900) });
  expect(then.byCounty.map((g) => g.name)).toEqual(['云溪区', '君山区']);
});

test('ranks of a past day are those of the whole summary, and the money opens down to its newest filing', async () => {
  const { byCounty } = await office(dispatch).summary({ day: '2021-03-31' });
  const ranks = await city.system((scope) => ranksOf(scope, 'county', { day: '2021-03-31' }));
  expect(Object.fromEntries(ranks)).toEqual(Object.fromEntries(byCounty.map((g) => [g.key, g.rank])));
  expect((await office(dispatch).explain({ projectId: id.道路! })).acceptedPeriod).toBe('2021-08');
});

test('a package without filings of its own stands for its items, and counts once and as two', async () => {
  await city.system(async (scope) => {
    const [whole] = await insertProjects(
      scope,
      [{ name: '管网打捆', stage: 'building', startActual: day('2021-01-10'), enrolled: true }],
      { kind: 'created' },
    );
    id.管网打捆 = whole!.id;
    const items = await insertProjects(
      scope,
      ['一标段', '二标段'].map((name) => ({
        name,
        parentId: whole!.id,
        stage: 'building' as const,
        startActual: day('2021-01-10'),
      })),
      { kind: 'created' },
    );
    await setPlans(
      scope,
      items.map((item) => ({ projectId: item.id, year: 2021, planYuan: wan(1_000), goal: null, curve: null })),
    );
    await insertAcceptedFilings(
      scope,
      items.map((item) => ({
        projectId: item.id,
        period: '2021-08',
        monthYuan: wan(400),
        cumulativeYuan: wan(400),
        submittedAt: new Date('2021-08-24T02:00:00Z'),
        submittedByName: '赵琳',
        acceptedAt: new Date('2021-08-25T02:00:00Z'),
        acceptedByName: '刘敏',
      })),
    );
  });
  await city.settle();
  expect(await office(dispatch).explain({ projectId: id.管网打捆! })).toMatchObject({
    planYuan: wan(2_000),
    doneYuan: wan(800),
    light: 'late',
    acceptedPeriod: null,
  });
  const { total } = await office(dispatch).summary({});
  expect(total).toMatchObject({ projects: 6, items: 7, planYuan: wan(62_000) });
});

test('whoever reads facts first also writes first: a single project waits for the piece that runs', async () => {
  const { rows } = await city.system((scope) =>
    sql<{ id: string }>`select id from projects.pub_project where city_id = ${scope.cityId} limit 1`.execute(scope.db),
  );
  const order: string[] = [];
  let second: Promise<void> | undefined;
  await city.system(async (scope) => {
    await recomputePiece(scope, null);
    second = city
      .system((other) => recomputeProjects(other, [rows[0]!.id]))
      .then(() => {
        order.push('single');
      });
    const waits = sql<{ n: number }>`select count(*)::integer as n from pg_locks
      where locktype = 'advisory' and not granted and mode = 'ShareLock'
        and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => (await waits.execute(scope.db)).rows[0]!.n).toBe(1);
    order.push('piece');
  });
  await second;
  expect(order).toEqual(['piece', 'single']);
});

test('a county sees its own projects only, and of the others nothing', async () => {
  const county = city.as({ role: 'responsibleUnit', unitIds: [yunxi] });
  const { total, byCounty } = await county(dispatch).summary({});
  expect([total.projects, byCounty.map((g) => g.name)]).toEqual([2, ['云溪区']]);
  expect((await county(dispatch).summary({ day: '2021-03-31' })).total.projects).toBe(2);
  await expect(county(dispatch).explain({ projectId: id.厂房! })).rejects.toMatchObject({ status: 404 });
  const attempt = county(dispatch).tryOut({ code: 'city', projectId: id.厂房! });
  await expect(attempt).rejects.toMatchObject({ status: 404 });
});

test('a changed plan changes the light, and those who watch are told', async () => {
  await city.system((scope) =>
    setPlans(scope, [
      { projectId: id.厂房!, year: 2021, planYuan: wan(3_000), goal: null, curve: null, reason: '调减（示例）' },
    ]),
  );
  await city.settle();
  expect((await standings()).厂房).toMatchObject({ light: 'normal', cause: null });
  const { rows } = await city.system((scope) =>
    sql<{ data: { before: string; after: string }; unitIds: string[] }>`select data, unit_ids from core.outbox
      where topic = 'dispatch.standingChanged' and project_id = ${id.厂房} order by id desc limit 1`.execute(scope.db),
  );
  expect(rows[0]).toEqual({ data: { before: 'late', after: 'normal' }, unitIds: [junshan] });
  await city.system((scope) =>
    setPlans(scope, [
      { projectId: id.厂房!, year: 2021, planYuan: wan(12_000), goal: null, curve: null, reason: '恢复（示例）' },
    ]),
  );
  await city.settle();
});

describe('exemptions', () => {
  const ask = (until = '2021-10-31') =>
    office(dispatch).exempt({ projectId: id.道路!, ruleCode: 'progress', reason: '防汛停工（示例）', until });

  test('one asks and another approves; until then nothing is excused, and it ends early or by itself', async () => {
    const leader = city.as({ role: 'leader', name: '周立' });
    const asked = await ask();
    expect(asked).toMatchObject({ state: 'requested', approver: null, actorName: '刘敏', allowed: [] });
    expect((await standings()).道路!.light).toBe('warn');
    await expect(office(dispatch).decideExemption({ id: asked.id, decision: 'approve' })).rejects.toMatchObject({
      code: 'own_request',
    });
    const [waiting] = await leader(dispatch).exemptions({ projectId: id.道路! });
    expect(waiting).toMatchObject({ id: asked.id, allowed: ['decide'] });
    await leader(dispatch).decideExemption({ id: asked.id, decision: 'approve', note: '属不可抗力' });
    expect((await standings()).道路!.light).toBe('normal');
    const why = await office(dispatch).explain({ projectId: id.道路! });
    expect(why.checks.find((c) => c.rule === 'progress')).toMatchObject({
      state: 'exempt',
      levelWithoutExemption: 'warn',
      exemption: { approver: '周立', until: '2021-10-31' },
    });
    expect(why.exemptions).toMatchObject([{ state: 'approved', approver: '周立', decisionNote: '属不可抗力' }]);
    // What was approved today excused nothing on a day before.
    const before = await office(dispatch).explain({ projectId: id.道路!, day: '2021-09-20' });
    expect(before.checks.find((c) => c.rule === 'progress')!.state).not.toBe('exempt');
    await expect(leader(dispatch).decideExemption({ id: asked.id, decision: 'refuse' })).rejects.toMatchObject({
      code: 'already_decided',
    });

    const ending = (endingFrom: string, endingTo: string) =>
      city.system((scope) => listExemptions(scope, { endingFrom, endingTo }));
    expect((await ending('2021-09-26', '2021-10-31')).map((e) => [e.projectName, e.approver])).toEqual([
      ['道路', '周立'],
    ]);
    expect(await ending('2021-09-26', '2021-10-30')).toEqual([]);

    await office(dispatch).endExemption({ id: asked.id, reason: '已复工' });
    expect((await standings()).道路!.light).toBe('warn');
    expect(await ending('2021-09-26', '2021-10-31')).toEqual([]);
    await expect(office(dispatch).endExemption({ id: asked.id, reason: '再来' })).rejects.toMatchObject({
      code: 'not_running',
    });
  });

  test('a refused one excuses nothing and says why', async () => {
    const asked = await ask();
    const refused = await city
      .as({ role: 'leader', name: '周立' })(dispatch)
      .decideExemption({ id: asked.id, decision: 'refuse', note: '未见停工令' });
    expect(refused).toMatchObject({ state: 'refused', decisionNote: '未见停工令', allowed: [] });
    expect((await standings()).道路!.light).toBe('warn');
  });

  test('a last day that has passed is refused; a county asks only for its own, and may not approve', async () => {
    await expect(ask('2021-09-25')).rejects.toMatchObject({ code: 'until_past' });
    const filer = city.as({ role: 'filer', unitIds: [yunxi] });
    const excuse = { ruleCode: null, reason: '理由', until: '2021-10-31' };
    const own = await filer(dispatch).exempt({ ...excuse, projectId: id.道路! });
    await expect(filer(dispatch).exempt({ ...excuse, projectId: id.厂房! })).rejects.toMatchObject({ status: 404 });
    await expect(filer(dispatch).decideExemption({ id: own.id, decision: 'approve' })).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('rule sets', () => {
  const yinchuan = shippedRuleSets.find((s) => s.code === 'yinchuan-2025')!;

  test('the published sets are there, with the gap of Yinchuan named', async () => {
    const { sets, active } = await office(dispatch).ruleSets({});
    expect(sets.map((s) => [s.code, s.version, s.gaps, s.activeVersion])).toEqual([
      ['city', 0, 0, 0],
      ['yinchuan-2025', 0, 1, null],
      ['sanya-2022', 0, 0, null],
      ['tianjin-2022', 0, 2, null],
      ['xinhuang-2015', 0, 0, null],
      ['shaoxing-nodes', 0, 3, null],
      ['zaozhuang-2022', 0, 5, null],
      ['shenzhen-days', 0, 0, null],
    ]);
    expect(active).toBeNull();
  });

  test('saving makes a new version and reports what it leaves open; an old starting point is refused', async () => {
    const set = ruleSet.parse({ ...yinchuan, aheadPoints: '15' });
    const saved = await office(dispatch).saveRuleSet({ code: set.code, basedOn: 0, set, reason: '加上提前灯' });
    expect(saved).toMatchObject({ version: 1, gaps: [{ rule: 'progress', kind: 'gap', from: '-10', to: '0' }] });
    expect(saved.versions).toMatchObject([{ version: 1, actorName: '刘敏', reason: '加上提前灯', gaps: 1 }]);
    await expect(
      office(dispatch).saveRuleSet({ code: set.code, basedOn: 0, set, reason: '又一次' }),
    ).rejects.toMatchObject({ status: 409, code: 'changed_meanwhile' });
    expect((await office(dispatch).ruleSet({ code: set.code, version: 0 })).set.aheadPoints).toBeNull();
  });

  test('trying a set on a project changes nothing', async () => {
    const tried = await office(dispatch).tryOut({ code: 'sanya-2022', projectId: id.厂房! });
    expect(tried).toMatchObject({ light: 'late', cause: 'progress', clock: { shown: '8/12' } });
    expect((await office(dispatch).explain({ projectId: id.厂房! })).ruleSet.code).toBe('city');
  });

  test('a chosen version counts from its day and never reaches back', async () => {
    await expect(
      office(dispatch).activate({ code: 'sanya-2022', version: 0, effectiveOn: '2021-09-25', reason: '追溯' }),
    ).rejects.toMatchObject({ code: 'past_day' });
    await office(dispatch).activate({ code: 'sanya-2022', version: 0, effectiveOn: '2021-10-01', reason: '十月起' });
    expect((await office(dispatch).summary({})).ruleSet.code).toBe('city');
    await office(dispatch).activate({ code: 'sanya-2022', version: 0, effectiveOn: '2021-09-26', reason: '今天起' });
    await city.settle();
    // 60% of the year's plan at 8/12 is 90% of the clock; and 三亚 has no rule about starting.
    const rows = await standings();
    expect([rows.道路!.light, rows.码头!.light, rows.医院!.light]).toEqual(['warn', 'idle', 'normal']);
    expect((await office(dispatch).explain({ projectId: id.道路!, day: '2021-09-20' })).ruleSet.code).toBe('city');
    const changed = await city.system((scope) =>
      rulesChanged(scope, { from: new Date('2021-08-31T16:00:00Z'), to: new Date('2021-09-30T16:00:00Z') }),
    );
    expect(changed.map((c) => [c.what, c.code, c.version, c.effectiveOn])).toEqual([
      ['saved', 'yinchuan-2025', 1, null],
      ['chosen', 'sanya-2022', 0, '2021-10-01'],
      ['chosen', 'sanya-2022', 0, '2021-09-26'],
    ]);
  });

  test('a filer may read the rules and not change them', async () => {
    const filer = city.as({ role: 'filer', unitIds: [yunxi] });
    expect((await filer(dispatch).ruleSet({ code: 'city' })).allowed).toEqual([]);
    await expect(filer(dispatch).recompute({})).rejects.toMatchObject({ status: 403 });
  });
});
