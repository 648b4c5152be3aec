import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { projects } from '#modules/projects/contract.ts';
import { type DocumentKind, type Facts, noFacts } from '../checklist.ts';
import { type Enrolment, enrolment } from '../contract.ts';
import { lampOf } from '../lamp.ts';
import { shippedRules } from '../rules.ts';

const wan = (n: number) => n * 10_000;
const day = (text: string) => ({ day: text, precision: 'day' as const, text: null });
const owner = '岳阳市交通建设投资集团有限公司';

let city: TestCity;
let office: Caller;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office', name: '刘敏' });
});
afterAll(() => city?.close());

const newProject = (name: string, more: Record<string, unknown> = {}) =>
  office(projects).create({
    name,
    stage: 'building',
    startActual: day('2021-07-17'),
    totalYuan: wan(32_800),
    ownerText: owner,
    ...more,
  });

const paper = async (who: Caller, projectId: string, kind: DocumentKind, facts: Partial<Facts>) => {
  const { documents } = await who(enrolment).get({ projectId });
  const { version } = documents.find((d) => d.kind === kind)!;
  return who(enrolment).setDocument({
    projectId,
    kind,
    version,
    fileId: null,
    isOnPaper: true,
    facts: { ...noFacts, ...facts },
  });
};

const approval = { unitName: owner, day: '2020-11-20', totalYuan: wan(32_800), place: '岳阳楼区' };
async function allPapers(projectId: string, over: Partial<Record<DocumentKind, Partial<Facts>>> = {}) {
  const papers: [DocumentKind, Partial<Facts>][] = [
    ['content', { projectName: '西环线' }],
    ['approval', approval],
    ['contract', { partyA: owner, day: '2021-03-01' }],
    [
      'photo',
      {
        projectName: '西环线',
        place: '岳阳楼区',
        startOn: '2021-07-17',
        day: '2021-07-20',
        verifierName: '张某（示例）',
        verifierUnit: '岳阳楼区统计局',
        verifierTitle: '科员',
        verifierPhone: '0730-0000000',
      },
    ],
    ['materialNote', { totalYuan: wan(32_800) }],
  ];
  let last: Enrolment | undefined;
  for (const [kind, facts] of papers) last = await paper(office, projectId, kind, { ...facts, ...over[kind] });
  return last!;
}

describe('a project on its way into the statistics', () => {
  test('is prepared by its start, handed in with its papers, returned, handed in again and enrolled', async () => {
    const { id: projectId } = await newProject('西环线');
    const api = office(enrolment);
    const begun = await api.get({ projectId });
    expect(begun).toMatchObject({ state: 'preparing', daysSinceStart: 71, lamp: 'late', form: { code: '206-1' } });
    expect(begun.allowed).toEqual(['submit', 'enrol', 'document', 'explain', 'value']);
    const act = (event: 'submit' | 'return' | 'enrol' | 'remove', version: number, more: object = {}) =>
      api.move({ projectId, event, version, on: '2021-09-10', ...more });

    await expect(act('submit', 0)).rejects.toMatchObject({
      code: 'documents_missing',
      words: { zh: expect.stringContaining('① 主要建设内容、② 审批、核准或备案文件、③ 施工合同、④ 现场照片、⑦') },
    });
    await allPapers(projectId);
    const submitted = await act('submit', 0);
    expect(submitted).toMatchObject({ state: 'submitted', version: 1, lamp: 'late' });
    await expect(act('return', 1)).rejects.toMatchObject({ code: 'document_needed', field: 'document' });
    await expect(act('return', 1, { document: '退回单' })).rejects.toMatchObject({ code: 'reason_needed' });
    const returned = await act('return', 1, { document: '退回单', reason: '照片看不清' });
    expect(returned.state).toBe('returned');
    await expect(act('submit', 1)).rejects.toMatchObject({ code: 'stale_version' });
    await act('submit', 2);
    const enrolled = await act('enrol', 3, { document: '县统计局 9 月入库名单', code: '4306021234', on: '2021-09-15' });
    expect(enrolled).toMatchObject({ state: 'enrolled', lamp: 'normal', enrolledOn: '2021-09-15' });
    expect(enrolled.allowed).toContain('remove');

    const register = await office(projects).get({ id: projectId });
    expect(register).toMatchObject({
      enrolled: true,
      enrolledOn: '2021-09-15',
      enrolledCode: '4306021234',
      stage: 'building',
    });
    const { events } = await office(projects).history({ id: projectId });
    expect(events[0]).toMatchObject({ reason: '登记入统', document: '县统计局 9 月入库名单' });
    expect(enrolled.events.filter((e) => e.event !== 'document').map((e) => [e.event, e.on])).toEqual([
      ['enrol', '2021-09-15'],
      ['submit', '2021-09-10'],
      ['return', '2021-09-10'],
      ['submit', '2021-09-10'],
    ]);

    const removed = await act('remove', 4, { document: '核减通知', reason: '重复入库', on: '2021-09-20' });
    expect(removed.state).toBe('preparing');
    expect(await office(projects).get({ id: projectId })).toMatchObject({ enrolled: false, enrolledOn: null });
  });

  test('with papers that differ says both values, and is handed in only with a word about it', async () => {
    const { id: projectId } = await newProject('南湖大道');
    const full = await allPapers(projectId, { contract: { partyA: '岳阳市住房和城乡建设局' } });
    const hits = full.findings.filter((f) => f.outcome === 'differs');
    expect(hits.map((h) => h.words!.zh)).toEqual([
      `批文单位“${owner}”与甲方（发包人）“岳阳市住房和城乡建设局”不一致。请核对发包人；由代建单位签约的，附委托代建文件`,
    ]);
    const submit = (more = {}) =>
      office(enrolment).move({ projectId, event: 'submit', version: full.version, on: '2021-09-20', ...more });
    await expect(submit()).rejects.toMatchObject({ code: 'hits_unexplained', field: 'reason' });
    expect((await submit({ reason: '附委托代建协议' })).state).toBe('submitted');
  });

  test('is marked enrolled in the project form just as well: the register decides', async () => {
    const { id: projectId, version } = await newProject('民生路');
    await office(projects).update({
      id: projectId,
      version,
      changes: { enrolled: true, enrolledOn: '2021-09-01' },
      reason: '名单',
    });
    expect(await office(enrolment).get({ projectId })).toMatchObject({ state: 'enrolled', enrolledOn: '2021-09-01' });
  });

  test('of less than 5 million yuan is not required, and may not be handed in', async () => {
    const { id: projectId } = await newProject('口袋公园', { totalYuan: wan(499) });
    const small = await office(enrolment).get({ projectId });
    expect(small).toMatchObject({ state: 'notRequired', lamp: null, form: null });
    await expect(
      office(enrolment).move({ projectId, event: 'submit', version: 0, on: '2021-09-20' }),
    ).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('has one colour here and where the rules in force judge it', async () => {
    const due = await newProject('桥东路', { startActual: day('2021-08-20') });
    const late = await newProject('桥西路', { startActual: day('2021-07-25') });
    const fresh = await newProject('桥北路', { startActual: day('2021-09-01') });
    await city.settle();
    const { rows } = await office(enrolment).overview({});
    for (const [project, lamp] of [
      [due, 'warn'],
      [late, 'late'],
      [fresh, 'normal'],
    ] as const) {
      expect(rows.find((row) => row.projectId === project.id)?.lamp).toBe(lamp);
      const startedOn = project.startActual!.day;
      expect(lampOf({ state: 'preparing', startedOn }, shippedRules, '2021-09-26')).toBe(lamp);
      const { standing } = await office(projects).get({ id: project.id });
      expect((standing!.explanation as { lights: Record<string, string> }).lights.enrolment).toBe(lamp);
    }
  });
});

describe('a document', () => {
  test('keeps its scan, which only those who see the project can fetch, and its former facts', async () => {
    const { id: projectId } = await newProject('市中心医院');
    const { id: otherId } = await newProject('别的项目');
    const scan = await office.upload('备案证.txt', new TextEncoder().encode('岳发改备〔2020〕118号（示例）'));
    const kept = await office(enrolment).setDocument({
      projectId,
      kind: 'approval',
      version: 0,
      fileId: scan.id,
      isOnPaper: false,
      facts: { ...noFacts, ...approval, partyB: '不属于批文的要点' },
    });
    const held = kept.documents.find((d) => d.kind === 'approval')!;
    expect(held).toMatchObject({ state: 'ready', version: 1, file: { name: '备案证.txt' }, facts: { partyB: null } });
    expect(await (await office(enrolment).file({ projectId, fileId: scan.id })).text()).toContain('118号');
    await expect(office(enrolment).file({ projectId: otherId, fileId: scan.id })).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      office(enrolment).setDocument({
        projectId,
        kind: 'approval',
        version: 0,
        fileId: null,
        isOnPaper: false,
        facts: noFacts,
      }),
    ).rejects.toMatchObject({ code: 'stale_version' });
  });

  test('refuses a credit code that cannot be one and keeps, with a doubt, one that only fails its check', async () => {
    const { id: projectId } = await newProject('执照项目');
    const licence = (creditCode: string) => paper(office, projectId, 'licence', { unitName: owner, creditCode });
    await expect(licence('91350203M0001QAY9')).rejects.toMatchObject({
      code: 'credit_code_length',
      field: 'creditCode',
    });
    await expect(licence('9135O203M0001QAY9B')).rejects.toMatchObject({ code: 'credit_code_character' });
    const doubted = (await licence('91350203M0001QAY9B')).documents.find((d) => d.kind === 'licence')!;
    expect(doubted).toMatchObject({ state: 'ready', codeDoubt: { zh: expect.stringContaining('末位校验码应为') } });
    const sound = (await licence('91350100M000100Y43')).documents.find((d) => d.kind === 'licence')!;
    expect(sound.codeDoubt).toBeNull();
  });

  test('shows the verifier’s telephone only to those who keep the papers', async () => {
    const { id: projectId } = await newProject('照片项目');
    await paper(office, projectId, 'photo', { verifierName: '张某', verifierPhone: '0730-0000000' });
    const leader = await city.as({ role: 'leader' })(enrolment).get({ projectId });
    expect(leader.documents.find((d) => d.kind === 'photo')!.facts).toMatchObject({
      verifierName: '张某',
      verifierPhone: '…',
    });
  });
});

describe('who may', () => {
  test('a filer keeps papers and hands in, but does not record what the statistics office decided', async () => {
    const { id: projectId } = await newProject('填报项目');
    const filer = city.as({ role: 'filer', unitIds: [], projectIds: [projectId] });
    const seen = await paper(filer, projectId, 'content', { projectName: '填报项目' });
    expect(seen.allowed).toEqual(['submit', 'document', 'explain']);
    await expect(
      filer(enrolment).move({ projectId, event: 'enrol', version: 0, on: '2021-09-20', document: '名单' }),
    ).rejects.toMatchObject({ status: 403, code: 'not_allowed' });
    await expect(
      filer(enrolment).setValue({ projectId, period: '2021-08', yuan: 1, document: '名单', issuedOn: '2021-09-10' }),
    ).rejects.toMatchObject({ status: 403 });
  });

  test('a project out of reach is not there', async () => {
    const { id: projectId } = await newProject('他县项目');
    const other = city.as({ role: 'filer', unitIds: [], projectIds: [] });
    await expect(other(enrolment).get({ projectId })).rejects.toMatchObject({ status: 404 });
    expect((await other(enrolment).overview({})).rows).toEqual([]);
  });
});

test('pub_state tells of every project the state of the page and the newest published figure', async () => {
  const { id: projectId } = await newProject('公布项目', { enrolled: true });
  for (const [period, yuan] of [
    ['2021-07', wan(3_000)],
    ['2021-08', wan(4_000)],
  ] as const)
    await office(enrolment).setValue({ projectId, period, yuan, document: '名单', issuedOn: '2021-09-10' });
  const { rows } = await city.system((scope) =>
    sql<{ projectId: string; state: string; statisticsYuan: number | null; period: string | null }>`
      select project_id, state, statistics_yuan, period from enrolment.pub_state where city_id = ${scope.cityId}`.execute(
      scope.db,
    ),
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) {
    const page = await office(enrolment).get({ projectId: row.projectId });
    expect([row.projectId, row.state]).toEqual([row.projectId, page.state]);
  }
  expect(rows.find((r) => r.statisticsYuan === 40_000_000)).toMatchObject({ state: 'enrolled', period: '2021-08' });
});

test('the floors are data: a higher one takes projects out, with a reason and a version; older saves are refused', async () => {
  const { id: projectId } = await newProject('小项目', { totalYuan: wan(800) });
  const api = office(enrolment);
  const before = await api.rules({});
  expect(before).toMatchObject({ version: 0, rules: { floorYuan: 5_000_000 } });
  const save = (basedOn: number, floorYuan: number) =>
    api.saveRules({ basedOn, rules: { ...shippedRules, floorYuan }, reason: '按新制度' });
  expect(await save(0, wan(1_000))).toMatchObject({ version: 1 });
  expect((await api.get({ projectId })).state).toBe('notRequired');
  await expect(save(0, wan(500))).rejects.toMatchObject({ code: 'changed_meanwhile' });
  await expect(save(1, wan(6_000))).rejects.toMatchObject({ code: 'rules_contradict', field: 'nationalYuan' });
  await save(1, 5_000_000);
  expect((await api.get({ projectId })).state).toBe('preparing');
});
