import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ledger } from '#modules/ledger/contract.ts';
import {
  ensureUnit,
  insertCityOrganization,
  insertPerson,
  yueyangRegions,
} from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects } from '#modules/projects/server/public.ts';
import { readings, type Values } from '../contract.ts';

// Decisions of the desk: taken back while nothing has followed, by one of two who decide at once, names on a page of their own.

const minutes = `全市重点项目推进会纪要
2021年7月20日
洞庭中医院项目力争2021年9月30日前竣工。临港物流园项目已于7月10日开工。
会议要求，市住建局要加快办理施工许可，确保10月底前完成；市交通运输局要抓紧推进征地拆迁工作。`;

let city: TestCity;
let office: Caller;
let colleague: Caller;
let hospital: string;
let park: string;
let housing: string;
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
  colleague = city.as({ role: 'office', name: '陈立' });
  await city.system(async (scope) => {
    await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
    });
    const wanted = { kind: 'department' as const, validFrom: '2020-01-01' };
    housing = (await ensureUnit(scope, { ...wanted, name: '市住房和城乡建设局', shortName: '市住建局' })).id;
    await insertPerson(scope, { name: '示例局长', unitId: housing, title: '局长', leaderOrder: 1 });
    await ensureUnit(scope, { ...wanted, name: '市交通运输局' });
    const made = await insertProjects(
      scope,
      [
        { name: '洞庭中医院项目', leadUnitId: housing, stage: 'building' },
        { name: '临港物流园项目', leadUnitId: housing, stage: 'preparation' },
      ],
      { kind: 'created' },
    );
    [hospital, park] = made.map((p) => p.id) as [string, string];
  });
});
afterAll(() => city.close());

const add = async (text = minutes) => (await office(readings).add({ text })).id;
const find = async (id: string, kind: string, words: RegExp) =>
  (await office(readings).desk({ id })).proposals.find(
    (p) => p.kind === kind && words.test(`${p.text}${JSON.stringify(p.values)}`),
  )!;
const take = async (id: string, kind: string, words: RegExp, values?: Values) => {
  const { key } = await find(id, kind, words);
  const done = await office(readings).decide({ id, key, decision: 'accept', ...(values && { values }) });
  return { key, resultId: done.decision!.result!.id };
};
const back = (id: string, key: string) => office(readings).revoke({ id, key, reason: '采错了一条' });

test('a requirement is taken back with a reason: its draft is void, every decision stays readable, it may be taken anew', async () => {
  const id = await add();
  const { key, resultId } = await take(id, 'requirement', /施工许可/);
  await expect(office(readings).revoke({ id, key, reason: '' })).rejects.toMatchObject({ field: 'reason' });
  const after = await back(id, key);
  expect(after).toMatchObject({ decision: null, allowed: ['accept', 'reject'] });
  expect(after.history).toMatchObject([
    { act: 'accept', byName: '刘敏' },
    { act: 'revoke', byName: '刘敏', reason: '采错了一条' },
  ]);
  expect(await office(ledger).matter({ id: resultId })).toMatchObject({ state: 'void', closeReason: '采错了一条' });
  expect((await office(readings).desk({ id })).document).toMatchObject({ accepted: 0, rejected: 0 });
  await expect(back(id, key)).rejects.toMatchObject({ code: 'not_decided' });
  const again = await office(readings).decide({ id, key, decision: 'accept' });
  expect(again.decision!.result!.id).not.toBe(resultId);
});

test('a matter that was issued is undone in the ledger first, and the sentence says so', async () => {
  const id = await add();
  const values = { ...(await find(id, 'requirement', /施工许可/)).values, dueOn: '2021-10-31' } as Values;
  const { key, resultId } = await take(id, 'requirement', /施工许可/, values);
  expect((await office(ledger).issue({ ids: [resultId] })).refused).toEqual([]);
  await expect(back(id, key)).rejects.toMatchObject({
    status: 409,
    code: 'issued',
    words: { zh: expect.stringContaining('先到该事项作废'), en: expect.stringContaining('void it there first') },
  });
  await office(ledger).void({ id: resultId, reason: '会议未定此事' });
  expect((await back(id, key)).decision).toBeNull();
});

test('a promise that was taken back counts no more, and its row stays', async () => {
  const id = await add();
  const { key, resultId } = await take(id, 'promise', /9月30日/);
  expect((await office(readings).promises({ projectId: hospital })).lines).toHaveLength(1);
  await back(id, key);
  expect((await office(readings).promises({ projectId: hospital })).lines).toHaveLength(0);
  const { rows } = await city.system((scope) =>
    sql`select withdrawn_by_name, withdrawn_reason from readings.promise where id = ${resultId}`.execute(scope.db),
  );
  expect(rows).toEqual([{ withdrawnByName: '刘敏', withdrawnReason: '采错了一条' }]);
});

test('a change leaves the queue while nobody settled it; one that was applied is put right on the project', async () => {
  const first = await add();
  const waiting = await take(first, 'fact', /startActual/);
  await back(first, waiting.key);
  expect(await office(readings).changes({})).toEqual([]);
  expect(await office(readings).changes({ state: 'withdrawn' })).toMatchObject([
    { id: waiting.resultId, settledByName: '刘敏', settledReason: '采错了一条', canSettle: false },
  ]);
  await expect(colleague(readings).settle({ id: waiting.resultId, decision: 'apply' })).rejects.toMatchObject({
    code: 'settled',
  });
  const { key, resultId } = await take(first, 'fact', /startActual/);
  await colleague(readings).settle({ id: resultId, decision: 'apply' });
  await expect(back(first, key)).rejects.toMatchObject({
    code: 'change_applied',
    words: { zh: expect.stringContaining('陈立') },
  });
  expect((await office(projects).get({ id: park })).startActual).toMatchObject({ day: '2021-07-10' });
});

test('what was left may be opened again, and a document that was taken off keeps its decisions', async () => {
  const id = await add();
  const { key } = await find(id, 'requirement', /征地拆迁/);
  await office(readings).decide({ id, key, decision: 'reject' });
  expect((await colleague(readings).desk({ id })).proposals.find((p) => p.key === key)!.allowed).toEqual(['revoke']);
  await colleague(readings).revoke({ id, key, reason: '仍需交办' });
  await office(readings).decide({ id, key, decision: 'accept' });
  await office(readings).withdraw({ id, reason: '误传草稿' });
  await expect(back(id, key)).rejects.toMatchObject({ code: 'withdrawn' });
  const inspector = city.as({ role: 'commandPost', unitIds: [housing] });
  await expect(inspector(readings).revoke({ id, key, reason: '无权撤回' })).rejects.toMatchObject({ status: 403 });
});

test('of two who decide one proposal at once exactly one wins, and the other hears who it was and when', async () => {
  for (const [mine, theirs] of [
    ['accept', 'accept'],
    ['reject', 'accept'],
    ['accept', 'reject'],
  ] as const) {
    const id = await add();
    const { key } = await find(id, 'requirement', /征地拆迁/);
    const answers = await Promise.allSettled([
      office(readings).decide({ id, key, decision: mine }),
      colleague(readings).decide({ id, key, decision: theirs }),
    ]);
    const won = answers.findIndex((one) => one.status === 'fulfilled');
    const lost = answers[1 - won] as PromiseRejectedResult;
    expect(answers.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const winner = ['刘敏', '陈立'][won]!;
    expect(lost.reason).toMatchObject({
      status: 409,
      code: 'decided',
      words: {
        zh: expect.stringMatching(new RegExp(`^${winner}已于 \\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2} `)),
        en: expect.stringContaining(winner),
      },
    });
    const { decision, history } = await find(id, 'requirement', /征地拆迁/);
    expect(decision).toMatchObject({ decision: [mine, theirs][won], byName: winner });
    expect(history).toHaveLength(1);
  }
});

const bulletin = '通报\n2021年8月1日\n滨湖康养中心项目力争2021年10月31日前竣工。';
const means = (): Values => ({ kind: 'name', register: 'project', registerId: hospital, alias: '滨湖康养中心项目' });
const matched = async (id: string) =>
  (await office(readings).desk({ id })).marks.find((m) => m.kind === 'project' && m.text.includes('滨湖康养中心'))!
    .registerId;

test('a learnt name is listed with whom it means, where it was learnt and by whom; taken off, it matches nothing at once', async () => {
  const id = await add(bulletin);
  const { resultId, key } = await take(id, 'name', /滨湖康养中心/, means());
  expect(await matched(id)).toBe(hospital);
  const { aliases, total } = await colleague(readings).aliases({ q: '康养' });
  expect(total).toBe(1);
  expect(aliases).toMatchObject([
    {
      id: resultId,
      alias: '滨湖康养中心项目',
      kind: 'project',
      registerName: '洞庭中医院项目',
      documentId: id,
      byName: '刘敏',
      ended: null,
      allowed: ['withdraw'],
    },
  ]);
  const { span } = aliases[0]!;
  expect(bulletin.slice(span!.start, span!.end)).toContain('滨湖康养中心');
  const off = await colleague(readings).withdrawAlias({ id: resultId, reason: '指的是另一个项目' });
  expect(off).toMatchObject({ ended: { byName: '陈立', reason: '指的是另一个项目' }, allowed: [] });
  expect(await matched(id)).toBeNull();
  expect((await office(readings).aliases({})).total).toBe(0);
  expect((await office(readings).aliases({ state: 'ended' })).aliases).toMatchObject([{ id: resultId }]);
  await expect(office(readings).withdrawAlias({ id: resultId, reason: '再撤一次' })).rejects.toMatchObject({
    code: 'ended',
  });
  const { decision, history } = (await office(readings).desk({ id })).proposals.find((p) => p.key === key)!;
  expect(decision).toBeNull();
  expect(history.map(({ act }) => act)).toEqual(['accept', 'revoke']);
});

test('a name by which something was accepted is not forgotten on the desk: the page of names does it', async () => {
  const id = await add(bulletin);
  const { key, resultId } = await take(id, 'name', /滨湖康养中心/, means());
  await take(id, 'promise', /10月31日|2021-10-31/);
  await expect(back(id, key)).rejects.toMatchObject({
    code: 'alias_used',
    words: { zh: expect.stringContaining('请到“名称”页撤下') },
  });
  await office(readings).withdrawAlias({ id: resultId, reason: '换了名称' });
  expect((await office(readings).promises({ projectId: hospital })).lines).toHaveLength(1);
  const other = await add(`${bulletin}（二）`);
  const second = await take(other, 'name', /滨湖康养中心/, means());
  await back(other, second.key);
  expect((await office(readings).aliases({})).total).toBe(0);
});

test('names are for the desk: a unit reads none of them', async () => {
  const unit = city.as({ role: 'responsibleUnit', unitIds: [housing] });
  await expect(unit(readings).aliases({})).rejects.toMatchObject({ status: 403 });
});
