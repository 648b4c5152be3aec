import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ledger } from '#modules/ledger/contract.ts';
import { ensureUnit, insertPerson } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { rankings } from '../contract.ts';
import { showFigure } from '../show.ts';
import { raiseConsequences, rankMonth } from './public.ts';

let city: TestCity;
const unit: Record<string, string> = {};
const million = 1_000_000;
/** Percent of the plan done by the end of June, July, August and September; the clock stands at 50 to 75. */
const done: Record<string, number[]> = {
  甲县: [60, 70, 90, 95],
  乙县: [60, 72, 80, 85],
  丙县: [55, 65, 80, 90],
  丁县: [20, 30, 40, 50],
  戊县: [10, 20, 30, 40],
};
const periods = ['2021-06', '2021-07', '2021-08', '2021-09'];
const office = () => city.as({ role: 'office', name: '总办' });

beforeAll(async () => {
  city = await testCity({ today: '2021-09-30' });
  const rows: Parameters<typeof insertAcceptedFilings>[1][number][] = [];
  for (const [name, rates] of Object.entries(done)) {
    const { id } = await city.system((scope) => ensureUnit(scope, { name, kind: 'county', validFrom: '2020-01-01' }));
    unit[name] = id;
    await city.system((scope) =>
      insertPerson(scope, { name: `${name}县长`, unitId: id, title: '县长', leaderOrder: 1, validFrom: '2020-01-01' }),
    );
    for (const which of [1, 2]) {
      const project = await office()(projects).create({
        name: `${name}示例项目${which}`,
        countyUnitId: id,
        stage: 'building',
        startActual: { day: '2021-01-05', precision: 'day', text: null },
        plan: { year: 2021, planYuan: 100 * million, goal: null },
      });
      rates.forEach((rate, i) => {
        const at = new Date(`${periods[i]}-24T10:00:00+08:00`);
        rows.push({
          projectId: project.id,
          period: periods[i]!,
          monthYuan: (rate - (rates[i - 1] ?? 0)) * million,
          cumulativeYuan: rate * million,
          submittedAt: at,
          submittedByName: '填报员',
          acceptedAt: at,
          acceptedByName: '审核人',
        });
      });
    }
  }
  await city.system((scope) => insertAcceptedFilings(scope, rows));
  await city.settle();
});
afterAll(() => city?.close());

const invest = async (period: string, live = false) => {
  const view = await office()(rankings).month({ period, live: String(live) });
  return { view, rows: view.result.rankings.find((r) => r.code === 'invest')!.groups[0]!.rows };
};

describe('a month', () => {
  it('is ranked with ties and the change against the month before, from the figures as of its last day', async () => {
    const { view, rows } = await invest('2021-08');
    expect(view).toMatchObject({ settled: null, isWhole: true, result: { day: '2021-08-31' } });
    const ranking = view.result.rankings.find((r) => r.code === 'invest')!;
    expect(rows.map((r) => [r.name, r.rank, r.previousRank, showFigure(r.figure, ranking, 'zh')])).toEqual([
      ['甲县', 1, 2, '90.00%'],
      ['丙县', 2, 3, '80.00%'],
      ['乙县', 2, 1, '80.00%'],
      ['丁县', 4, 4, '40.00%'],
      ['戊县', 5, 5, '30.00%'],
    ]);
    expect(view.aims.invest).toMatchObject({ name: { zh: '时序进度' } });
    const other = view.result.rankings.find((r) => r.code === 'enrol')!.groups[0]!.rows;
    expect(other.length).toBe(5);
  });

  it('puts 丁 and 戊 on the black board of 绵阳 and says why, and spares who reached the clock', async () => {
    const { view } = await invest('2021-08');
    const black = view.result.boards.find((b) => b.code === 'mianyangBlack' && b.group === 'localities')!;
    expect(black.rows.map((r) => r.name)).toEqual(['丁县', '戊县']);
    expect(black.rows[0]!.why.zh).toMatch(
      /^5 个单位中第 4 名（倒数第 2）；投资完成率 40.00%，未达到时序进度 \d\d\.\d\d%；连续 2 个月$/,
    );
    expect(black.spared.map((s) => s.name)).toEqual(['丙县', '乙县']);
    const red = view.result.boards.find((b) => b.code === 'mianyangRed' && b.group === 'localities')!;
    expect(red.rows.map((r) => r.name)).toEqual(['甲县', '丙县', '乙县']);
  });

  it('leaves a unit unranked where too few filings were accepted', async () => {
    const api = office()(rankings);
    const { rankings: all } = await api.definitions({});
    const { definition, version } = all.find((r) => r.definition.code === 'invest')!;
    expect(version).toBe(0);
    const { id } = await city.system((scope) => ensureUnit(scope, { name: '己县', kind: 'county' }));
    unit.己县 = id;
    await office()(projects).create({
      name: '己县示例项目',
      countyUnitId: id,
      plan: { year: 2021, planYuan: 100 * million, goal: null },
    });
    const { rows } = await invest('2021-08');
    // One project only, and the plan without money: apart, never last.
    expect(rows.at(-1)).toMatchObject({ name: '己县', rank: null, isSmall: true });
    await api.saveRanking({
      definition: {
        ...definition,
        groups: definition.groups.map((g) => (g.code === 'counties' ? { ...g, exceptIds: [unit.己县!] } : g)),
      },
      version: 0,
      reason: '己县不参加排名',
    });
    expect((await invest('2021-08')).rows.map((r) => r.name)).not.toContain('己县');
    await expect(api.saveRanking({ definition, version: 0, reason: '再存一次' })).rejects.toMatchObject({
      code: 'moved',
    });
    expect(await api.history({ kind: 'ranking', code: 'invest' })).toMatchObject([
      { version: 1, reason: '己县不参加排名' },
      { version: 0 },
    ]);
  });
});

describe('consequences', () => {
  const rule = (code: string, zh: string, from: number, to: number | null) => ({
    code,
    text: { zh, en: '' },
    from,
    to,
    raisesMatter: true,
  });
  const inLedger = async () => (await office()(ledger).list({ kinds: ['task'] })).rows;

  it('grow over three months: from a statement to the committee', async () => {
    const api = office()(rankings);
    const { boards } = await api.definitions({});
    const { definition } = boards.find((b) => b.definition.code === 'mianyangBlack')!;
    await api.saveBoard({
      definition: {
        ...definition,
        consequences: [
          rule('statement', '灰台表态', 1, 1),
          rule('government', '县政府常务会说明', 2, 2),
          rule('committee', '县委常委会说明', 3, null),
        ],
      },
      version: 0,
      reason: '补充上榜后果',
    });
    const seen: string[][] = [];
    for (const period of periods.slice(0, 3)) {
      await api.settle({ period, reason: '月度通报' });
      const list = await api.consequences({ period });
      seen.push(list.map((c) => `${c.unitName} ${c.text.zh} ${c.streak} ${c.state}`));
    }
    expect(seen).toEqual([
      ['丁县 灰台表态 1 proposed', '戊县 灰台表态 1 proposed'],
      ['丁县 县政府常务会说明 2 proposed', '戊县 县政府常务会说明 2 proposed'],
      ['丁县 县委常委会说明 3 proposed', '戊县 县委常委会说明 3 proposed'],
    ]);
  });

  it('become matters of the ledger once, however often and by how many they are confirmed', async () => {
    const api = office()(rankings);
    const before = (await inLedger()).length;
    const answers = await Promise.all([api.raise({ period: '2021-08' }), api.raise({ period: '2021-08' })]);
    expect(answers.map((a) => a.raised).sort()).toEqual([0, 2]);
    expect(await api.raise({ period: '2021-08' })).toEqual({ raised: 0 });
    const month = await city.system((scope) => rankMonth(scope, { period: '2021-08', day: '2021-08-31' }));
    expect(await city.system((scope) => raiseConsequences(scope, { period: '2021-08', boards: month.boards }))).toBe(0);
    const matters = await inLedger();
    expect(matters.length - before).toBe(2);
    expect(matters.map((m) => [m.title, m.state, m.leadUnitName])).toContainEqual([
      '2021年8月黑榜 · 县（市、区）和园区：丁县 县委常委会说明',
      'issued',
      '丁县',
    ]);
    const list = await api.consequences({ period: '2021-08' });
    expect(list.map((c) => [c.state, c.matter?.no])).toEqual([
      ['raised', expect.stringMatching(/^任/)],
      ['raised', expect.stringMatching(/^任/)],
    ]);
  });

  it('may be let go with a reason, after which publishing does not raise them', async () => {
    const api = office()(rankings);
    const [first] = await api.consequences({ period: '2021-07' });
    const { board, pool, unitId, code } = first!;
    await api.waive({ period: '2021-07', board, pool, unitId, code, reason: '已在会上说明' });
    expect(await api.raise({ period: '2021-07' })).toEqual({ raised: 1 });
    await expect(api.waive({ period: '2021-07', board, pool, unitId, code, reason: '再来一次' })).rejects.toMatchObject(
      { code: 'decided' },
    );
    expect((await api.consequences({ period: '2021-07' })).map((c) => c.state).sort()).toEqual(['raised', 'waived']);
  });
});

describe('an exemption', () => {
  it('keeps a unit off, counts its months anew, and lapses by itself after its last day', async () => {
    const api = office()(rankings);
    await api.exempt({
      unitId: unit.戊县!,
      board: null,
      kind: 'forceMajeure',
      reason: '不可抗力：洪涝',
      approver: '市长',
      document: null,
      fromOn: '2021-08-01',
      untilOn: '2021-08-31',
    });
    expect(await api.exemptions({})).toMatchObject([{ unitName: '戊县', state: 'lapsed' }]);
    const live = (await invest('2021-08', true)).view.result.boards.find((b) => b.code === 'mianyangBlack')!;
    expect(live.rows.map((r) => r.name)).toEqual(['丁县']);
    expect(live.spared.find((s) => s.name === '戊县')!.why.zh).toContain(
      '豁免：不可抗力：洪涝（市长批准，至 2021-08-31）',
    );
    expect(await api.settle({ period: '2021-08', reason: '补记豁免，重新公布' })).toEqual({ version: 2 });
    const september = (await invest('2021-09')).view.result.boards.find((b) => b.code === 'mianyangBlack')!;
    expect(september.rows.map((r) => [r.name, r.streak])).toEqual([
      ['丁县', 4],
      ['戊县', 1],
    ]);
  });

  it('may be ended early, once', async () => {
    const api = office()(rankings);
    const until = { fromOn: '2021-09-01', untilOn: '2021-12-31' };
    const common = { board: null, kind: 'justified', approver: '市长', document: null, reason: '规划调整' } as const;
    const { id } = await api.exempt({ unitId: unit.丁县!, ...common, ...until });
    const on = async () =>
      (await invest('2021-09')).view.result.boards.find((b) => b.code === 'mianyangBlack')!.rows.map((r) => r.name);
    expect(await on()).toEqual(['戊县']);
    await api.endExemption({ id, reason: '规划已定' });
    expect(await on()).toEqual(['丁县', '戊县']);
    await expect(api.endExemption({ id, reason: '再终止一次' })).rejects.toMatchObject({ code: 'not_running' });
  });
});

describe('a county', () => {
  const county = (name: string) => city.as({ role: 'responsibleUnit', name, unitIds: [unit[name]!] });

  it('sees of a month that is not published its own row without a place, and all of one that is', async () => {
    const open = await county('丁县')(rankings).month({ period: '2021-09' });
    expect(open).toMatchObject({ settled: null, isWhole: false, result: { boards: [] }, ownUnitIds: [unit.丁县] });
    const rows = open.result.rankings.flatMap((r) => r.groups.flatMap((g) => g.rows));
    expect(new Set(rows.map((r) => r.name))).toEqual(new Set(['丁县']));
    expect(new Set(rows.map((r) => r.rank))).toEqual(new Set([null]));
    const ranking = open.result.rankings.find((r) => r.code === 'invest')!;
    expect(showFigure(ranking.groups[0]!.rows[0]!.figure, ranking, 'zh')).toBe('50.00%');
    const published = await county('丁县')(rankings).month({ period: '2021-08', live: 'true' });
    expect(published.settled).toMatchObject({ version: 2 });
    expect(published.result.rankings[0]!.groups[0]!.rows).toHaveLength(5);
  });

  it('sees what was decided about itself and not about others, and may define nothing', async () => {
    const list = await county('丁县')(rankings).consequences({ period: '2021-08' });
    expect(list.map((c) => [c.unitName, c.state, c.matter !== null])).toEqual([['丁县', 'raised', true]]);
    expect(await county('丁县')(rankings).consequences({ period: '2021-09' })).toEqual([]);
    expect((await county('丁县')(rankings).exemptions({})).map((e) => e.unitName)).toEqual(['丁县']);
    const { boards, canDefine } = await county('丁县')(rankings).definitions({});
    expect(canDefine).toBe(false);
    const own = city.as({ role: 'office', unitIds: [unit.丁县!] });
    await expect(
      own(rankings).saveBoard({ definition: boards[0]!.definition, version: 0, reason: '试试看' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('places given by others', () => {
  it('are kept with their history and stand beside the ranking of their time, never in it', async () => {
    const api = office()(rankings);
    const entry = {
      ranking: 'invest',
      subject: '岳阳市',
      rank: 3,
      of: 14,
      scope: '全省市州',
      publisher: '省发展改革委（示例）',
      publishedOn: '2021-08-20',
      value: '71.2%',
      source: '示例通报第 7 期',
      reason: '登记',
    };
    const { id } = await api.saveExternal({ ...entry, version: 0 });
    expect(await api.saveExternal({ ...entry, id, rank: 4, version: 1, reason: '省里更正' })).toEqual({
      id,
      version: 2,
    });
    await expect(api.saveExternal({ ...entry, id, version: 1, reason: '旧页面' })).rejects.toMatchObject({
      code: 'moved',
    });
    await expect(api.saveExternal({ ...entry, rank: 15, version: 0 })).rejects.toMatchObject({ code: 'rank_beyond' });
    expect(await api.externals({})).toMatchObject([
      { version: 2, rank: 4, earlier: [{ version: 1, rank: 3, reason: '登记' }] },
    ]);
    const external = async (period: string) => (await invest(period, true)).view.result.rankings[0]!.external;
    expect(await external('2021-08')).toMatchObject([
      { subject: '岳阳市', rank: 4, of: 14, publishedOn: '2021-08-20' },
    ]);
    expect(await external('2021-07')).toEqual([]);
    await api.saveExternal({ ...entry, id, version: 2, isWithdrawn: true, reason: '误登' });
    expect(await external('2021-08')).toEqual([]);
  });
});

it('a ranking leaves as Excel, Word and PDF', async () => {
  for (const [format, start] of [
    ['xlsx', 'PK'],
    ['docx', 'PK'],
    ['pdf', '%PDF'],
  ] as const) {
    const file = (await office()(rankings).table({ period: '2021-08', ranking: 'invest', format })) as Blob;
    expect(new TextDecoder('latin1').decode((await file.arrayBuffer()).slice(0, start.length))).toBe(start);
  }
});

it('a month worked out again as of an earlier moment keeps to the rules of that moment', async () => {
  const at = { period: '2021-08', day: '2021-08-31' };
  const early = await city.system((scope) => rankMonth(scope, { ...at, asOf: new Date('2021-09-01T00:00:00+08:00') }));
  expect(early.rankings.find((r) => r.code === 'invest')!.version).toBe(0);
  expect((await city.system((scope) => rankMonth(scope, at))).rankings.find((r) => r.code === 'invest')!.version).toBe(
    1,
  );
});
