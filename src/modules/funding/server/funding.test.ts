// Long because it follows the money of one project through plans, arrivals, contracts and bonds in one database.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { funding } from '../contract.ts';
import type { NewEntry } from '../shapes.ts';
import { insertBonds } from './public.ts';

const wan = (n: number) => n * 10_000;

let city: TestCity;
let office: Caller;
let filer: Caller;
let stranger: Caller;
const id: Record<string, string> = {};
let bondIds: string[];

/** 医院 and a package 路网 with two items; the firm owns the hospital. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
  await city.system(async (scope) => {
    const firm = await ensureUnit(scope, { name: '医院建设公司', kind: 'projectUnit' });
    const other = await ensureUnit(scope, { name: '别的公司', kind: 'projectUnit' });
    const [hospital, roads] = await insertProjects(
      scope,
      [
        { name: '市中心医院', ownerUnitId: firm.id, stage: 'building', totalYuan: wan(50_000) },
        { name: '城区路网', ownerUnitId: other.id, stage: 'building', totalYuan: wan(20_000) },
        { name: '厂房', ownerUnitId: other.id, stage: 'building' },
      ],
      { kind: 'created' },
    );
    const items = await insertProjects(
      scope,
      ['东路', '西路'].map((name) => ({
        name,
        ownerUnitId: other.id,
        stage: 'building' as const,
        parentId: roads!.id,
      })),
      { kind: 'created' },
    );
    for (const row of [hospital!, roads!, ...items]) id[row.name] = row.id;
    await setPlans(
      scope,
      [hospital!, ...items].map((row) => ({
        projectId: row.id,
        year: 2021,
        planYuan: wan(12_000),
        goal: null,
        curve: null,
      })),
    );
    await insertAcceptedFilings(
      scope,
      [1, 2, 3].map((m) => ({
        projectId: hospital!.id,
        period: `2021-0${m}`,
        monthYuan: wan(1_000),
        cumulativeYuan: wan(1_000 * m),
        submittedAt: new Date(`2021-0${m}-24T02:00:00Z`),
        submittedByName: '赵琳',
        acceptedAt: new Date(`2021-0${m}-25T02:00:00Z`),
        acceptedByName: '刘敏',
      })),
    );
    bondIds = await insertBonds(
      scope,
      [
        {
          name: '2021年湖南省专项债（三期）',
          code: '2105123',
          yuan: wan(9_000),
          issuedOn: '2021-03-18',
          termYears: 15,
          ratePercent: '3.62',
          note: null,
        },
        {
          name: '2021年湖南省专项债（九期）',
          code: null,
          yuan: wan(5_000),
          issuedOn: '2021-08-20',
          termYears: 10,
          ratePercent: '3.21',
          note: null,
        },
      ],
      ([first]) => [
        {
          bondId: first!,
          projectId: hospital!.id,
          yuan: wan(6_000),
          allottedOn: '2021-03-20',
          document: '湘财预〔2021〕31号',
          reason: null,
        },
      ],
    );
    filer = city.as({ role: 'filer', name: '赵琳', unitIds: [firm.id] });
    stranger = city.as({ role: 'filer', unitIds: [other.id] });
  });
  await city.settle();
});
afterAll(() => city?.close());

const entry = (over: Partial<NewEntry> & Pick<NewEntry, 'kind' | 'yuan'>) => ({
  year: 2021,
  onDay: over.period ? `${over.period}-10` : '2021-01-15',
  document: '凭证 0001',
  ...over,
});
const hospital = () => office(funding).project({ id: id.市中心医院!, year: 2021 });
const codesOf = (page: { findings: { code: string; explanation: unknown }[] }) =>
  page.findings.filter((f) => f.explanation === null).map((f) => f.code);

describe('the total investment', () => {
  test('begins with the value of the register, noted by itself', async () => {
    const { revisions, totalYuan } = await hospital();
    expect(revisions).toMatchObject([{ track: 'total', seq: 1, kind: 'registered', yuan: wan(50_000) }]);
    expect(totalYuan).toBe(wan(50_000));
  });

  test('is revised with document, reason and approver; the register follows and the first value stays', async () => {
    const page = await office(funding).revise({
      id: id.市中心医院!,
      track: 'total',
      kind: 'adjusted',
      yuan: wan(56_000),
      decidedOn: '2021-06-30',
      document: '岳发改审〔2021〕88号',
      reason: '增加地下停车场',
      approver: '市发改委',
    });
    expect(page.totalYuan).toBe(wan(56_000));
    expect(page.revisions.map((r) => [r.kind, r.yuan])).toEqual([
      ['registered', wan(50_000)],
      ['adjusted', wan(56_000)],
    ]);
    expect((await office(projects).get({ id: id.市中心医院! })).totalYuan).toBe(wan(56_000));
    const { events } = await office(projects).history({ id: id.市中心医院! });
    expect(events[0]).toMatchObject({ reason: '增加地下停车场', document: '岳发改审〔2021〕88号' });
    await city.settle();
    expect((await hospital()).revisions).toHaveLength(2);
  });

  test('that is changed in the register itself is written down as well', async () => {
    const { version } = await office(projects).get({ id: id.城区路网! });
    await office(projects).update({ id: id.城区路网!, version, changes: { totalYuan: wan(21_000) }, reason: '核对' });
    await city.settle();
    const { revisions } = await office(funding).project({ id: id.城区路网! });
    expect(revisions.map((r) => [r.seq, r.kind, r.yuan])).toEqual([
      [1, 'registered', wan(20_000)],
      [2, 'registered', wan(21_000)],
    ]);
  });

  test('is not for those who file to revise', async () => {
    const sent = {
      track: 'total',
      kind: 'adjusted',
      yuan: 1,
      decidedOn: '2021-06-30',
      document: '文',
      reason: '原因',
      approver: '某',
    } as const;
    await expect(filer(funding).revise({ id: id.市中心医院!, ...sent })).rejects.toMatchObject({ status: 403 });
    await expect(office(funding).revise({ id: id.市中心医院!, ...sent, track: 'agreement' })).rejects.toMatchObject({
      code: 'kind_unfit',
    });
  });
});

describe('money by source', () => {
  test('is planned for the year and arrives and is paid by month, and the sums follow', async () => {
    const page = await filer(funding).enter({
      id: id.市中心医院!,
      entries: [
        entry({ kind: 'plan', source: 'bond', yuan: wan(6_000) }),
        entry({ kind: 'plan', source: 'local', yuan: wan(6_000) }),
        entry({ kind: 'arrived', source: 'bond', period: '2021-03', yuan: wan(6_000) }),
        entry({ kind: 'arrived', source: 'local', period: '2021-02', yuan: wan(2_000) }),
        entry({ kind: 'paid', source: 'local', period: '2021-02', yuan: wan(900) }),
        entry({ kind: 'paid', source: 'bond', period: '2021-05', yuan: wan(3_000) }),
        entry({ kind: 'toPay', period: '2021-08', yuan: wan(5_000) }),
      ],
    });
    expect(page).toMatchObject({
      plannedYuan: wan(12_000),
      arrivedYuan: wan(8_000),
      paidYuan: wan(3_900),
      toPayYuan: wan(5_000),
      plan: { yuan: wan(12_000) },
    });
    expect(page.rows.map((row) => [row.label, row.plannedYuan, row.arrivedYuan, row.paidYuan])).toEqual([
      ['市县财政', wan(6_000), wan(2_000), wan(900)],
      ['地方政府专项债券', wan(6_000), wan(6_000), wan(3_000)],
    ]);
    expect(page.months[1]).toEqual({
      period: '2021-02',
      arrivedYuan: wan(2_000),
      paidYuan: wan(900),
      toPayYuan: null,
      reportedYuan: wan(1_000),
    });
    expect(page.findings).toMatchObject([{ code: 'sourcesUnderTotal', severity: 'inform' }]);
  });

  test('a payment of bond money uses the only issue that the project has', async () => {
    const { bonds } = await hospital();
    // 26 September: (5 × 30 + 26) / (6 × 30) of 6,000 are expected, and 3,000 are used: far below 70 % of it.
    expect(bonds).toMatchObject([
      { usedYuan: wan(3_000), allottedYuan: wan(6_000), expectedYuan: 58_666_666, light: 'late' },
    ]);
  });

  test('paid beyond what arrived is refused until it is explained, and nothing is written before', async () => {
    const entries = [entry({ kind: 'paid', source: 'local', period: '2021-04', yuan: wan(1_500) })];
    const sent = { id: id.市中心医院!, entries };
    await expect(filer(funding).enter(sent)).rejects.toMatchObject({
      code: 'explanation_needed',
      field: 'explanation',
    });
    await expect(filer(funding).enter({ ...sent, explanation: '核实无误，核实无误' })).rejects.toMatchObject({
      words: { zh: expect.stringContaining('市县财政累计支付 2,400 万元，大于累计到位 2,000 万元') },
    });
    expect((await hospital()).paidYuan).toBe(wan(3_900));
    const page = await filer(funding).enter({ ...sent, explanation: '施工单位先行垫付，财政资金十月拨付' });
    expect(page.findings[0]).toMatchObject({
      code: 'paidOverArrived',
      explanation: { text: '施工单位先行垫付，财政资金十月拨付', actorName: '赵琳' },
    });
    expect(codesOf(page)).toEqual(['sourcesUnderTotal']);
  });

  test('a correction keeps both values, moves the sums, and is made once', async () => {
    const [wrong] = await office(funding).entries({ id: id.市中心医院!, kind: 'paid', source: 'local' });
    expect(wrong).toMatchObject({ period: '2021-04', yuan: wan(1_500), actorName: '赵琳', document: '凭证 0001' });
    const change = { yuan: wan(150), onDay: '2021-04-10', document: '凭证 0001（重开）', reason: '多写了一个零' };
    const page = await filer(funding).correct({ id: wrong!.id, ...change });
    expect(page.paidYuan).toBe(wan(3_900 + 150));
    const entries = await office(funding).entries({ id: id.市中心医院!, kind: 'paid', source: 'local' });
    const [now, before] = [entries.find((e) => e.correctsId === wrong!.id)!, entries.find((e) => e.id === wrong!.id)!];
    expect(now).toMatchObject({ yuan: wan(150), reason: '多写了一个零' });
    expect(before).toMatchObject({ yuan: wan(1_500), correctedById: now.id });
    await expect(filer(funding).correct({ id: wrong!.id, ...change })).rejects.toMatchObject({
      code: 'corrected_already',
    });
    const moved = { period: '2021-05', yuan: 0, onDay: '2021-05-10', document: '—', reason: '重复登记，冲销' };
    const gone = await filer(funding).correct({ id: now.id, ...moved });
    expect(gone.paidYuan).toBe(wan(3_900));
  });

  test('what no document can say is refused at its field', async () => {
    const send = (over: Partial<NewEntry> & Pick<NewEntry, 'kind'>) =>
      filer(funding).enter({ id: id.市中心医院!, entries: [entry({ yuan: 1, ...over })] });
    await expect(send({ kind: 'paid', source: 'own', period: '2021-10', onDay: '2021-10-01' })).rejects.toMatchObject({
      code: 'in_the_future',
    });
    await expect(send({ kind: 'paid', source: 'own', period: '2021-03', onDay: '2021-04-01' })).rejects.toMatchObject({
      code: 'day_outside_month',
    });
    await expect(send({ kind: 'arrived', source: 'own', period: '2020-03' })).rejects.toMatchObject({
      code: 'period_wrong',
    });
    await expect(send({ kind: 'arrived', period: '2021-03' })).rejects.toMatchObject({ code: 'source_missing' });
    await expect(send({ kind: 'plan', source: 'moon' })).rejects.toMatchObject({ code: 'source_unknown' });
  });

  test('is entered for one’s own projects only, and seen by nobody else', async () => {
    const sent = { id: id.市中心医院!, entries: [entry({ kind: 'plan', source: 'own', yuan: 1 })] };
    await expect(stranger(funding).enter(sent)).rejects.toMatchObject({ status: 404 });
    await expect(stranger(funding).project({ id: id.市中心医院! })).rejects.toMatchObject({ status: 404 });
    await expect(city.as({ role: 'leader' })(funding).enter(sent)).rejects.toMatchObject({ status: 403 });
    expect((await city.as({ role: 'leader' })(funding).project({ id: id.市中心医院! })).allowed).toEqual([]);
  });

  test('brings its evidence as a file that only those who see the project open', async () => {
    const file = await filer.upload('回单.txt', new TextEncoder().encode('银行回单'));
    await filer(funding).enter({
      id: id.市中心医院!,
      entries: [entry({ kind: 'arrived', source: 'local', period: '2021-06', yuan: wan(100), fileId: file.id })],
    });
    const [kept] = await filer(funding).entries({ id: id.市中心医院!, kind: 'arrived', source: 'local' });
    expect(kept!.file).toEqual({ id: file.id, name: '回单.txt' });
    expect(await (await office(funding).evidence({ id: kept!.id })).text()).toBe('银行回单');
    await expect(stranger(funding).evidence({ id: kept!.id })).rejects.toMatchObject({ status: 404 });
  });
});

describe('contracts', () => {
  const supplier = { supplierName: '湖南某建工', supplierCode: '91430600mabcdefg5x' };
  let contractId: string;

  test('go from tender to award to signing, and refuse dates that run backwards', async () => {
    const made = await filer(funding).addContract({
      id: id.市中心医院!,
      contract: { title: '施工总承包', nature: 'construction', method: 'open', tenderedOn: '2021-01-10', tenderers: 5 },
    });
    contractId = made.id;
    expect(made).toMatchObject({ status: 'pre-award', currentYuan: null, tenderers: 5 });
    const change = (contract: object) =>
      filer(funding).changeContract({ id: contractId, version: 1, contract, reason: '已签订' });
    await expect(change({ awardedOn: '2020-12-01' })).rejects.toMatchObject({ field: 'awardedOn' });
    await expect(change({ signedOn: '2021-02-20' })).rejects.toMatchObject({ code: 'signed_incomplete' });
    const signed = await change({
      awardedOn: '2021-02-01',
      signedOn: '2021-02-20',
      valueYuan: wan(4_000),
      endsOn: '2022-06-30',
      ...supplier,
      supplierCode: '91350100M000100Y43',
    });
    expect(signed).toMatchObject({ status: 'active', currentYuan: wan(4_000), supplierCodeFails: false, version: 2 });
    expect(signed.versions[0]).toMatchObject({ reason: '已签订', actorName: '赵琳' });
    await expect(change({ title: '旧的' })).rejects.toMatchObject({ code: 'stale_version' });
  });

  test('take a credit code that fails its check character with a word, and refuse one of the wrong form', async () => {
    const add = (supplierCode: string) =>
      filer(funding).addContract({
        id: id.市中心医院!,
        contract: { title: '监理', nature: 'supervision', supplierName: '某监理', supplierCode },
      });
    await expect(add('9143060')).rejects.toMatchObject({ code: 'credit_code_length', field: 'supplierCode' });
    await expect(add('91350100M000100Y4I')).rejects.toMatchObject({ code: 'credit_code_character' });
    expect(await add('91350203M0001QAY9B')).toMatchObject({ supplierCodeFails: true });
  });

  test('are modified in duration, value or scope, each kept with its document', async () => {
    const modify = (over: object) =>
      filer(funding).modifyContract({
        id: contractId,
        kind: 'value',
        onDay: '2021-06-01',
        rationale: '增加地下停车场',
        document: '补充协议一',
        ...over,
      });
    await expect(modify({})).rejects.toMatchObject({ field: 'deltaYuan' });
    await expect(modify({ deltaYuan: 1, onDay: '2021-01-01' })).rejects.toMatchObject({ code: 'day_unfit' });
    await modify({ deltaYuan: wan(500) });
    const page = await modify({ kind: 'duration', newEnd: '2022-09-30' });
    expect(page).toMatchObject({
      valueYuan: wan(4_000),
      currentYuan: wan(4_500),
      endsOn: '2022-06-30',
      currentEnd: '2022-09-30',
    });
    expect(page.modifications.map((m) => [m.kind, m.deltaYuan, m.oldEnd])).toEqual([
      ['value', wan(500), null],
      ['duration', null, '2022-06-30'],
    ]);
  });

  test('are paid up to their value with modifications, beyond it only with an explanation', async () => {
    const pay = (yuan: number, explanation?: string) =>
      filer(funding).enter({
        id: id.市中心医院!,
        entries: [
          entry({ kind: 'arrived', source: 'own', period: '2021-07', yuan }),
          entry({ kind: 'plan', source: 'own', yuan }),
          entry({ kind: 'paid', source: 'own', period: '2021-07', yuan, contractId }),
        ],
        ...(explanation && { explanation }),
      });
    await pay(wan(4_500));
    await expect(pay(wan(1))).rejects.toMatchObject({
      code: 'explanation_needed',
      words: { zh: expect.stringContaining('“施工总承包”已支付 4,501 万元，大于合同价（含变更）4,500 万元') },
    });
    await pay(wan(1), '结算审计核增一万元，补充协议正在办理');
    expect(await office(funding).contract({ id: contractId })).toMatchObject({ paidYuan: wan(4_501), payments: 2 });
  });

  test('of one project are not paid from another, nor seen by strangers', async () => {
    await expect(
      stranger(funding).enter({
        id: id.东路!,
        entries: [entry({ kind: 'paid', source: 'own', period: '2021-07', yuan: 1, contractId })],
      }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(stranger(funding).contract({ id: contractId })).rejects.toMatchObject({ status: 404 });
  });
});

describe('special bonds', () => {
  test('show each issue with its projects, what is expected, and what lies idle', async () => {
    const { bonds, totals } = await office(funding).bonds({});
    expect(bonds.map((b) => b.name)).toEqual(['2021年湖南省专项债（九期）', '2021年湖南省专项债（三期）']);
    expect(bonds[1]).toMatchObject({
      yuan: wan(9_000),
      allottedYuan: wan(6_000),
      usedYuan: wan(3_000),
      idleYuan: wan(3_000),
      useBy: '2021-09-30',
      light: 'late',
      allotments: [{ projectName: '市中心医院', light: 'late' }],
    });
    expect(totals).toMatchObject({ allottedYuan: wan(6_000), idleYuan: wan(3_000) });
  });

  test('are judged as of a past day by what was paid until then', async () => {
    const { bonds } = await office(funding).bonds({ day: '2021-04-30' });
    expect(bonds).toMatchObject([{ usedYuan: 0, expectedYuan: wan(1_000), light: 'late' }]);
  });

  test('are allotted up to what was issued; a change says why', async () => {
    const allot = (yuan: number, more: object = {}) =>
      office(funding).allot({
        id: bondIds[0]!,
        projectId: id.东路!,
        yuan,
        allottedOn: '2021-04-01',
        document: '湘财预〔2021〕40号',
        ...more,
      });
    await expect(allot(wan(3_001))).rejects.toMatchObject({ code: 'bond_exceeded' });
    await allot(wan(3_000));
    await expect(allot(wan(2_000))).rejects.toMatchObject({ code: 'reason_needed' });
    await allot(wan(2_000), { reason: '调减' });
    const { bonds } = await office(funding).bonds({});
    expect(bonds[1]!.allottedYuan).toBe(wan(8_000));
    await expect(
      filer(funding).allot({
        id: bondIds[0]!,
        projectId: id.市中心医院!,
        yuan: 1,
        allottedOn: '2021-04-01',
        document: '文',
      }),
    ).rejects.toMatchObject({ status: 403 });
  });

  test('are seen by a project’s people only where they reach it, with their own part', async () => {
    const { bonds } = await filer(funding).bonds({});
    expect(bonds.map((b) => [b.name, b.allottedYuan])).toEqual([['2021年湖南省专项债（三期）', wan(6_000)]]);
  });

  test('several of one project must be named when they are used', async () => {
    await office(funding).allot({
      id: bondIds[1]!,
      projectId: id.市中心医院!,
      yuan: wan(500),
      allottedOn: '2021-08-25',
      document: '湘财预〔2021〕90号',
    });
    const use = {
      id: id.市中心医院!,
      entries: [entry({ kind: 'paid', source: 'bond', period: '2021-09', yuan: wan(200) })],
    };
    await expect(filer(funding).enter(use)).rejects.toMatchObject({ code: 'bond_needed' });
    const page = await filer(funding).enter({ ...use, entries: [{ ...use.entries[0]!, bondId: bondIds[1]! }] });
    expect(page.bonds.find((b) => b.bondId === bondIds[1])).toMatchObject({ usedYuan: wan(200), light: 'normal' });
  });
});

describe('the list of the city', () => {
  test('has a row for each project, a package with the money of its items, and totals for both counts', async () => {
    await office(funding).enter({
      id: id.东路!,
      entries: [
        entry({ kind: 'plan', source: 'loan', yuan: wan(12_000) }),
        entry({ kind: 'arrived', source: 'loan', period: '2021-03', yuan: wan(9_000) }),
      ],
    });
    const { rows, totals } = await office(funding).list({ year: 2021 });
    expect(rows.map((row) => [row.name, row.childCount, row.planYuan, row.arrivedYuan])).toEqual([
      ['市中心医院', 0, wan(12_000), wan(12_601)],
      ['城区路网', 2, wan(24_000), wan(9_000)],
      ['厂房', 0, null, null],
    ]);
    expect(rows[0]).toMatchObject({ bondLight: 'late', openQueries: 0, reportedYuan: wan(3_000) });
    expect(totals).toMatchObject({
      rows: 3,
      items: 4,
      arrivedYuan: wan(21_601),
      planYuan: wan(36_000),
      arrivedOfPlanYuan: wan(21_601),
    });
  });

  test('is searched, filtered and sorted by the exact rate', async () => {
    const names = async (query: object) =>
      (await office(funding).list({ year: 2021, ...query })).rows.map((r) => r.name);
    expect(await names({ q: '路网' })).toEqual(['城区路网']);
    expect(await names({ only: 'bonds' })).toEqual(['市中心医院', '城区路网']);
    expect(await names({ only: 'unplanned' })).toEqual(['厂房']);
    expect(await names({ by: 'planRate' })).toEqual(['城区路网', '市中心医院', '厂房']);
    expect(await names({ by: 'planRate', down: true })).toEqual(['市中心医院', '城区路网', '厂房']);
  });

  test('is exported to Excel, and shows a firm its own projects only', async () => {
    expect((await (await office(funding).exportList({ year: 2021 })).arrayBuffer()).byteLength).toBeGreaterThan(3_000);
    expect((await filer(funding).list({})).rows.map((r) => r.name)).toEqual(['市中心医院']);
  });
});

test('the list of sources is the city’s: renamed, added, retired, never taken out while entries name it', async () => {
  const { sources } = await office(funding).sources({});
  expect(sources).toHaveLength(9);
  const kept = sources.map(({ code, label, retired }) => ({ code, label, retired }));
  const without = kept.filter((s) => s.code !== 'local');
  await expect(office(funding).setSources({ sources: without })).rejects.toMatchObject({ code: 'source_used' });
  const after = await office(funding).setSources({
    sources: [
      ...kept.filter((s) => s.code !== 'foreign').map((s) => (s.code === 'local' ? { ...s, retired: true } : s)),
      { label: 'REITs', retired: false },
    ],
  });
  expect(after.sources.map((s) => s.label)).toContain('REITs');
  await expect(
    filer(funding).enter({ id: id.市中心医院!, entries: [entry({ kind: 'plan', source: 'local', yuan: 1 })] }),
  ).rejects.toMatchObject({ code: 'source_unknown' });
});

test('the views hold what counts, once', async () => {
  const { rows } = await city.system((scope) =>
    sql<{ year: number; month: number; paid: number }>`
      select (select sum(paid_yuan)::bigint from funding.pub_year where project_id = ${id.市中心医院}) as year,
        (select sum(paid_yuan)::bigint from funding.pub_month where project_id = ${id.市中心医院}) as month,
        (select sum(yuan)::bigint from funding.pub_payment where project_id = ${id.市中心医院}) as paid`.execute(
      scope.db,
    ),
  );
  expect(rows[0]).toEqual({ year: wan(8_601), month: wan(8_601), paid: wan(8_601) });
});
