import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ledger } from '#modules/ledger/contract.ts';
import { ensureUnit, insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects } from '#modules/projects/server/public.ts';
import { readings } from '../contract.ts';

const february = `全市重点项目推进会纪要
2021年2月20日
会议听取了重点项目进展情况。洞庭中医院项目力争6月30日前竣工，临港物流园项目预计年内投产。
会议要求，市住建局要加快办理施工许可，确保3月底前完成；市交通运输局要抓紧推进征地拆迁工作。
洞庭中医院项目总投资12.8亿元。`;
const july = `全市重点项目推进会纪要
2021年7月20日
洞庭中医院项目力争9月15日前竣工。临港物流园项目已于7月10日开工。`;

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

const add = async (text: string) => (await office(readings).add({ text })).id;
const find = async (id: string, kind: string, words: RegExp) => {
  const desk = await office(readings).desk({ id });
  return desk.proposals.find((p) => p.kind === kind && words.test(`${p.text}${JSON.stringify(p.values)}`))!;
};

test('a pasted document takes its date from itself, and the same text twice is told', async () => {
  const id = await add(february);
  const desk = await office(readings).desk({ id });
  expect(desk.document).toMatchObject({ documentDate: '2021-02-20', accepted: 0, rejected: 0 });
  expect(desk.original).toBe(february);
  const hedge = desk.marks.find((m) => m.kind === 'project' && m.text === '洞庭中医院项目')!;
  expect(hedge.registerId).toBe(hospital);
  expect(desk.original.slice(hedge.original.start, hedge.original.end)).toBe('洞庭中医院项目');
  expect((await office(readings).add({ text: february })).twinId).toBe(id);
});

test('a copied page is called by its first words, not by its address', async () => {
  const id = await add('https://示例.example/news/1.html\n\n示例市重点项目九月推进情况\n全市完成投资5亿元。');
  expect((await office(readings).desk({ id })).document.title).toBe('示例市重点项目九月推进情况');
});

test('an accepted requirement is a draft in the ledger, with the words it came from', async () => {
  const id = await add(february);
  const proposal = await find(id, 'requirement', /施工许可/);
  expect(proposal.values).toMatchObject({ kind: 'requirement', leadUnitId: housing, dueOn: '2021-03-31' });
  const done = await office(readings).decide({ id, key: proposal.key, decision: 'accept' });
  expect(done.decision).toMatchObject({ decision: 'accept', byName: '刘敏', result: { kind: 'matter' } });
  const matter = await office(ledger).matter({ id: done.decision!.result!.id });
  expect(matter).toMatchObject({ state: 'draft', kind: 'task' });
  expect(JSON.stringify(matter)).toContain('全市重点项目推进会纪要');
  await expect(office(readings).decide({ id, key: proposal.key, decision: 'reject' })).rejects.toMatchObject({
    status: 409,
    code: 'decided',
  });
});

test('a rejected proposal enters nothing and may still be accepted, put right by hand', async () => {
  const id = await add(february);
  const proposal = await find(id, 'requirement', /征地拆迁/);
  await office(readings).decide({ id, key: proposal.key, decision: 'reject', reason: '已另文交办' });
  const values = { ...proposal.values, title: '推进征地拆迁，每周报进度' } as typeof proposal.values;
  const done = await office(readings).decide({ id, key: proposal.key, decision: 'accept', values });
  expect((await office(ledger).matter({ id: done.decision!.result!.id })).title).toBe('推进征地拆迁，每周报进度');
});

test('promises of two documents are one line with its drift; one that was reported done is kept or broken', async () => {
  const first = await add(february);
  const second = await add(july);
  const accept = async (id: string, words: RegExp) => {
    const { key } = await find(id, 'promise', words);
    await office(readings).decide({ id, key, decision: 'accept' });
  };
  await accept(first, /6月30日/);
  await accept(second, /9月15日/);
  const { lines, league } = await office(readings).promises({ projectId: hospital });
  expect(lines).toMatchObject([
    {
      what: 'finish',
      state: 'overdue',
      fromFirst: 77,
      fromLast: 77,
      steps: [
        { saidOn: '2021-02-20', by: '2021-06-30', hedge: '力争', kind: 'first' },
        { saidOn: '2021-07-20', by: '2021-09-15', kind: 'broken', fromFirst: 77 },
      ],
    },
  ]);
  expect(league).toMatchObject([{ unitName: '市住建局', promises: 1, overdue: 1, meanDays: 77 }]);
  const stranger = city.as({ role: 'responsibleUnit', unitIds: [] });
  expect(await stranger(readings).promises({})).toMatchObject({ lines: [], league: [] });
  const owner = city.as({ role: 'responsibleUnit', unitIds: [housing] });
  expect((await owner(readings).promises({})).lines).toHaveLength(1);
  await expect(owner(readings).desk({ id: first })).rejects.toMatchObject({ status: 403 });
});

test('a fact waits for somebody else, and then stands in the register with its document', async () => {
  const id = await add(july);
  const proposal = await find(id, 'fact', /startActual/);
  expect(proposal.values).toMatchObject({ projectId: park, field: 'startActual', value: '2021-07-10' });
  await office(readings).decide({ id, key: proposal.key, decision: 'accept' });
  expect((await office(projects).get({ id: park })).startActual).toBeNull();
  const [own] = await office(readings).changes({});
  expect(own).toMatchObject({ projectId: park, newValue: '2021-07-10', canSettle: false });
  await expect(office(readings).settle({ id: own!.id, decision: 'apply' })).rejects.toMatchObject({
    code: 'own_proposal',
  });
  await colleague(readings).settle({ id: own!.id, decision: 'apply' });
  expect((await office(projects).get({ id: park })).startActual).toMatchObject({ day: '2021-07-10' });
  expect(JSON.stringify(await office(projects).history({ id: park }))).toContain('全市重点项目推进会纪要');
  await expect(colleague(readings).settle({ id: own!.id, decision: 'refuse' })).rejects.toMatchObject({
    code: 'settled',
  });
});

test('a name that a person says whom it means counts at the next reading', async () => {
  const text = '通报\n2021年8月1日\n滨湖康养中心项目力争10月底前竣工。';
  const id = await add(text);
  const before = await office(readings).desk({ id });
  const name = before.proposals.find((p) => p.kind === 'name' && p.text.includes('滨湖康养中心'))!;
  await expect(office(readings).decide({ id, key: name.key, decision: 'accept' })).rejects.toMatchObject({
    code: 'whose_name',
  });
  const values = { kind: 'name' as const, register: 'project' as const, registerId: hospital, alias: name.text };
  await office(readings).decide({ id, key: name.key, decision: 'accept', values });
  const after = await office(readings).desk({ id });
  expect(after.marks.find((m) => m.kind === 'project' && m.text.includes('滨湖康养中心'))!.registerId).toBe(hospital);
});

test('a promise needs the day of its document', async () => {
  const id = await add('洞庭中医院项目力争2021年11月30日前竣工。');
  await office(readings).edit({ id, documentDate: null });
  const proposal = await find(id, 'promise', /11月30日/);
  await expect(office(readings).decide({ id, key: proposal.key, decision: 'accept' })).rejects.toMatchObject({
    code: 'no_date',
  });
  await office(readings).edit({ id, documentDate: '2021-09-01' });
  await office(readings).decide({ id, key: proposal.key, decision: 'accept' });
});

test('a document is taken off the desk with a reason; what came of it stays, its promises do not count', async () => {
  const id = await add(`${february}\n（第二稿）`);
  const proposal = await find(id, 'promise', /投产/);
  await office(readings).decide({ id, key: proposal.key, decision: 'accept' });
  expect((await office(readings).promises({ projectId: park })).lines).toHaveLength(1);
  await office(readings).withdraw({ id, reason: '误传草稿' });
  expect((await office(readings).promises({ projectId: park })).lines).toHaveLength(0);
  expect((await office(readings).desk({ id })).allowed).toEqual([]);
});

test('exports carry the marks, and the text of a document is never markup', async () => {
  const id = await add('通报\n2021年8月1日\n<script>alert(1)</script>完成投资160亿元，占年度计划200亿元的90%。');
  const page = await (await office.request(`/api/readings/${id}/export?format=html`)).text();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<script>');
  expect(page).toContain('class="');
  const json = await (await office.request(`/api/readings/${id}/export?format=json`)).json();
  expect(json).toMatchObject({ text: expect.stringContaining('160亿元'), checks: expect.any(Array) });
});

test('what is lost says why in words, and nothing is read out of it', async () => {
  const id = await add('通报\n2021年8月1日\n切实履行責任擔當?!?月19日下午，会议要求抓紧办理用地手续。');
  const desk = await office(readings).desk({ id });
  expect(desk.unreadable).toMatchObject([{ why: { zh: expect.stringMatching(/^[^a-zA-Z]+$/) } }]);
  const [lost] = desk.unreadable;
  expect(desk.marks.filter((m) => m.span.start < lost!.span.end && m.span.end > lost!.span.start)).toEqual(
    desk.marks.filter(
      (m) => m.kind === 'requirement' && m.span.start < lost!.span.end && m.span.end > lost!.span.start,
    ),
  );
});
