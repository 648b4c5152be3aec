// Long because it is the story of one document from its text to issued tasks and back through Excel.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocument } from '#core/server/document/read/read.ts';
import { docxOf, p, table } from '#core/server/document/read/testing/docx-of.ts';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { type ExcelCell, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { cellText } from '#core/shared/sheet.ts';
import { ledger } from '#modules/ledger/contract.ts';
import { ensureUnit, insertPerson } from '#modules/organization/server/public.ts';
import { type DocumentView, decomposition } from '../contract.ts';
import { faultsOf } from '../row-check.ts';
import { pasted, report, taskTable } from '../testing/documents.ts';

let city: TestCity;
let office: Caller;
const unit: Record<string, string> = {};

beforeAll(async () => {
  city = await testCity({ today: '2021-02-22' });
  await city.system(async (scope) => {
    const add = async (
      key: string,
      name: string,
      kind: 'headquarters' | 'department' | 'commandPost',
      parentId?: string,
    ) => {
      unit[key] = (await ensureUnit(scope, { name, kind, ...(parentId && { parentId }) })).id;
    };
    await add('hq', '示例市重点项目总指挥部', 'headquarters');
    for (const [key, name] of Object.entries({
      zhujian: '示例市住房和城乡建设局',
      ziran: '示例市自然资源和规划局',
      gongxin: '示例市工业和信息化局',
      fagai: '示例市发展和改革委员会',
      caizheng: '示例市财政局',
      shangwu: '示例市商务局',
      yingji: '示例市应急管理局',
    }))
      await add(key, name, 'department', unit.hq);
    await add('post', '示例协调指挥部', 'commandPost', unit.hq);
    await insertPerson(scope, { name: '陈示例', unitId: unit.hq!, title: '副市长', leaderOrder: 1 });
    await insertPerson(scope, { name: '李示例', unitId: unit.hq!, title: '副市长', leaderOrder: 2 });
  });
  office = city.as({ role: 'office', name: '总办' });
});
afterAll(() => city.close());

const head = { title: '2021年政府工作报告', sourceRef: '示政发〔2021〕1号', docOn: '2021-02-19' };
const api = () => office(decomposition);
const fromText = async (text: string, more: Partial<typeof head> = {}) =>
  (await api().createFromText({ ...head, ...more, text })).id;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { code: string; words: { zh: string; en: string } }) => error,
  );
const codeOf = async (work: Promise<unknown>) => (await refusal(work))?.code;
const rowOf = (view: DocumentView, title: RegExp) => view.rows.find((row) => title.test(row.title))!;

describe('a work report', () => {
  test('becomes rows that point into it, with units of the register and limits as days', async () => {
    const view = await api().get({ id: await fromText(report) });
    expect(view.allowed).toEqual(['edit', 'issue', 'discard']);
    const road = rowOf(view, /快速路征地拆迁/);
    expect(road).toMatchObject({
      leadUnitId: unit.zhujian,
      leadName: '示例市住房和城乡建设局',
      dueOn: '2021-12-31',
      faults: ['unknownCo'],
    });
    expect(road.co.map((party) => [party.text, party.unitId])).toEqual([
      ['市自然资源局', unit.ziran],
      ['市水务集团', null],
    ]);
    expect(rowOf(view, /安全大排查/)).toMatchObject({ leadUnitId: unit.yingji, dueOn: '2021-03-20', faults: [] });
    expect(rowOf(view, /服务专班/)).toMatchObject({
      dueOn: null,
      dueWhy: 'recurring',
      faults: ['unknownLead', 'openDue'],
    });
    expect(view.rows.some((row) => /提速|持续改善|政治站位/.test(row.title))).toBe(false);
    for (const row of view.rows)
      for (const span of row.spans) expect(view.text.slice(span.start, span.end)).toBe(span.text);
  });

  test('is counted as the rows themselves say', async () => {
    const view = await api().get({ id: await fromText(report) });
    const open = view.rows.filter((row) => row.state !== 'rejected');
    expect(view.counts).toMatchObject({
      rows: view.rows.length,
      proposed: view.rows.length,
      ready: open.filter((row) => faultsOf(row).length === 0).length,
      lackLead: open.filter((row) => row.leadUnitId === null).length,
      lackDue: open.filter((row) => row.dueOn === null).length,
    });
    const { documents } = await api().list({});
    expect(documents.find((document) => document.id === view.id)?.counts).toEqual(view.counts);
  });
});

describe('a file', () => {
  test('of Word with a task table becomes its rows; merged cells go on downwards', async () => {
    const body = [
      p('2021年示例市重点工作任务分解表'),
      table([
        ['序号', '工作任务', '牵头单位', '配合单位', '完成时限'],
        ['1', '建成示例桥', { text: '市住建局', merge: 'begin' }, '市财政局', '6月底前'],
        ['2', '建成示例路', { text: '', merge: 'on' }, '', '10个工作日内'],
      ]),
    ].join('');
    const file = await office.upload('任务.docx', docxOf(body));
    const { id, rows } = await api().createFromFile({ ...head, fileId: file.id });
    expect(rows).toBe(2);
    const view = await api().get({ id });
    expect(view.rows.map((row) => [row.title, row.leadUnitId, row.dueOn])).toEqual([
      ['建成示例桥', unit.zhujian, '2021-06-30'],
      // 20 February 2021 was a Saturday that was worked.
      ['建成示例路', unit.zhujian, '2021-03-04'],
    ]);
    expect(view).toMatchObject({ kind: 'docx', fileName: '任务.docx' });
  });

  test('in GB18030 is read, a damaged one says what to do', async () => {
    const gb = Buffer.from('d2bba1a2cacad3c3b2bfcaf00a', 'hex');
    const file = await office.upload('旧.txt', gb);
    expect((await api().createFromFile({ ...head, fileId: file.id })).rows).toBe(0);
    const whole = docxOf(p('示例'));
    const broken = await office
      .upload('坏.docx', whole.subarray(0, whole.length - 30))
      .catch((error: { status: number }) => error);
    if ('id' in broken)
      expect(await codeOf(api().createFromFile({ ...head, fileId: broken.id }))).toBe('document_broken');
    else expect(broken.status).toBe(415);
  });

  test('that somebody else uploaded cannot be taken', async () => {
    const file = await office.upload('他人.txt', new TextEncoder().encode(report));
    const other = city.as({ role: 'office', name: '另一人' });
    expect(await codeOf(other(decomposition).createFromFile({ ...head, fileId: file.id }))).toBe('not_found');
  });
});

describe('rows', () => {
  test('are changed by the version that was read, and keep the place they came from', async () => {
    const view = await api().get({ id: await fromText(report) });
    const row = rowOf(view, /幼儿园/);
    const changed = await api().changeRow({
      id: view.id,
      rowId: row.id,
      version: row.version,
      changes: {
        leadUnitId: unit.caizheng!,
        coUnitIds: [unit.zhujian!],
        target: '新增学位2500个',
        title: '新建公办幼儿园',
      },
    });
    expect(changed).toMatchObject({ leadName: '示例市财政局', version: row.version + 1, spans: row.spans, faults: [] });
    expect(changed.quantities.map((q) => [q.value, q.unit])).toEqual([[2500, '个']]);
    const road = rowOf(view, /快速路征地拆迁/);
    const kept = { coUnitIds: [unit.caizheng!], coTexts: ['市水务集团', '不在原文中的单位'] };
    const waits = await api().changeRow({ id: view.id, rowId: road.id, version: road.version, changes: kept });
    expect(waits.co.map((party) => party.text)).toEqual(['示例市财政局', '市水务集团']);
    const again = api().changeRow({ id: view.id, rowId: row.id, version: row.version, changes: { title: '旧的' } });
    expect(await codeOf(again)).toBe('changed_meanwhile');
    const unknown = { leadUnitId: '0190a000-0000-7000-8000-000000000000' };
    expect(
      await codeOf(api().changeRow({ id: view.id, rowId: row.id, version: changed.version, changes: unknown })),
    ).toBe('not_found');
  });

  test('are merged, split, added and decided, and the numbers stay in order', async () => {
    const id = await fromText(pasted(taskTable));
    const before = await api().get({ id });
    const [one, two, three] = before.rows;
    const merged = await api().mergeRows({ id, rowIds: [one!.id, two!.id] });
    expect(merged).toMatchObject({ n: 1, dueOn: '2021-12-31', leadUnitId: unit.gongxin });
    expect(merged.target).toContain('示例新材料项目');
    expect(merged.co.map((c) => c.text)).toEqual(['市发改委', '市财政局', '示例新区管委会']);
    const { rowIds } = await api().splitRow({
      id,
      rowId: merged.id,
      version: merged.version,
      titles: ['甲段', '乙段', '丙段'],
    });
    expect(rowIds).toHaveLength(3);
    const place = before.text.indexOf('示例快速路');
    const added = await api().addRow({
      id,
      afterId: rowIds[0]!,
      span: { start: place, end: place + 5 },
      changes: { title: '补充任务' },
    });
    expect(added.spans).toEqual([{ field: 'text', start: place, end: place + 5, text: '示例快速路' }]);
    await api().decide({ id, rowIds: [three!.id], state: 'rejected' });
    const after = await api().get({ id });
    expect(after.rows.map((row) => row.title)).toEqual(['甲段', '补充任务', '乙段', '丙段', '示例快速路']);
    expect(after.rows.map((row) => row.n)).toEqual([...after.rows.map((row) => row.n)].sort((a, b) => a - b));
    expect(after.counts).toMatchObject({ rows: 5, rejected: 1 });
    const outside = api().addRow({ id, span: { start: 0, end: 1_000_000 }, changes: { title: '越界' } });
    expect(await codeOf(outside)).toBe('span_outside');
  });

  test('get the same lead and limit many at once', async () => {
    const id = await fromText(report);
    const { rows } = await api().get({ id });
    await api().changeRows({
      id,
      rowIds: rows.map((row) => row.id),
      changes: { leadUnitId: unit.fagai!, dueOn: '2021-12-31' },
    });
    const after = await api().get({ id });
    expect(after.counts).toMatchObject({ lackLead: 0, lackDue: 0 });
    expect(after.rows.every((row) => row.dueWhy === null)).toBe(true);
  });
});

/** A decomposition whose three rows can all be issued. */
async function readyDocument(): Promise<DocumentView> {
  const id = await fromText(pasted(taskTable));
  const { rows } = await api().get({ id });
  for (const row of rows)
    await api().changeRow({
      id,
      rowId: row.id,
      version: row.version,
      changes: {
        leadUnitId: row.leadUnitId ?? unit.fagai!,
        coUnitIds: row.co.flatMap((party) => (party.unitId ? [party.unitId] : [])),
        dueOn: row.dueOn ?? '2021-12-31',
      },
    });
  await api().decide({ id, rowIds: rows.map((row) => row.id), state: 'accepted' });
  return api().get({ id });
}

describe('issuing', () => {
  test('refuses rows that lack something, naming each, and issues none', async () => {
    const id = await fromText(report);
    expect(await codeOf(api().issue({ id }))).toBe('nothing_accepted');
    const { rows } = await api().get({ id });
    await api().decide({ id, rowIds: rows.map((row) => row.id), state: 'accepted' });
    const error = await refusal(api().issue({ id }));
    expect(error?.code).toBe('rows_not_ready');
    expect(error?.words.zh).toMatch(/第 \d+ 行（.+）：.*牵头单位/);
    expect(error?.words.en).toMatch(/row \d+/);
    expect((await api().get({ id })).counts.issued).toBe(0);
  });

  test('turns accepted rows into tasks with goals of the quarters as nodes, and the source on each', async () => {
    const ready = await readyDocument();
    const { issued } = await api().issue({ id: ready.id });
    expect(issued).toHaveLength(3);
    const view = await api().get({ id: ready.id });
    expect(view).toMatchObject({ state: 'issued', counts: { issued: 3, accepted: 0 } });
    const first = rowOf(view, /产业园/);
    expect(first.matter).toMatchObject({
      no: expect.stringMatching(/^任〔2021〕\d+号$/),
      state: 'issued',
      light: 'normal',
    });
    const matter = await office(ledger).matter({ id: first.matter!.id });
    expect(matter).toMatchObject({
      kind: 'task',
      title: '示例产业园一期',
      dueOriginal: '2021-12-31',
      leadUnitId: unit.gongxin,
      leadLeaderName: '陈示例',
      source: { kind: 'document', title: head.title, ref: head.sourceRef, on: head.docOn },
      details: { kind: 'task', target: '完成投资6.5亿元，建成厂房3栋', quantity: 6.5, quantityUnit: '亿元' },
    });
    expect(matter.nodes.map((node) => [node.code, node.title, node.dueOn])).toEqual([
      ['Q1', '完成征拆', '2021-03-31'],
      ['Q2', '开工', '2021-06-30'],
      ['Q3', '主体施工', '2021-09-30'],
      ['Q4', '3栋封顶', '2021-12-31'],
    ]);
    expect(
      matter.parties
        .filter((party) => party.role === 'co')
        .map((party) => party.unit.id)
        .sort(),
    ).toEqual([unit.fagai, unit.caizheng].sort());
    // Twice is once: nothing accepted is left.
    expect(await codeOf(api().issue({ id: ready.id }))).toBe('nothing_accepted');
    const late = api().changeRow({ id: ready.id, rowId: first.id, version: first.version, changes: { title: '改名' } });
    expect(await codeOf(late)).toBe('row_issued');
    expect(await codeOf(api().discard({ id: ready.id, reason: '重复' }))).toBe('already_issued');
  });

  test('a thousand rows go out in one transaction', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [
      `${i + 1}`,
      `示例任务第${i + 1}项`,
      '市发改委',
      '市财政局',
      '12月底前',
    ]);
    const id = await fromText(pasted([['序号', '工作任务', '牵头单位', '配合单位', '完成时限'], ...rows]));
    const view = await api().get({ id });
    expect(view.rows).toHaveLength(1000);
    await api().decide({ id, rowIds: view.rows.map((row) => row.id), state: 'accepted' });
    const { issued } = await api().issue({ id });
    expect(issued).toHaveLength(1000);
    expect(new Set(issued.map((row) => row.no)).size).toBe(1000);
  }, 120_000);
});

describe('who may', () => {
  test('a command post keeps documents of its own and sees no other’s; units see none', async () => {
    const post = city.as({ role: 'commandPost', name: '指挥部', unitIds: [unit.post!] });
    const mine = await post(decomposition).createFromText({ ...head, text: report });
    const theirs = await fromText(report);
    expect((await post(decomposition).list({})).documents.map((document) => document.id)).toEqual([mine.id]);
    expect(await codeOf(post(decomposition).get({ id: theirs }))).toBe('not_found');
    expect(await codeOf(post(decomposition).discard({ id: theirs, reason: '无效' }))).toBe('not_found');
    const clerk = city.as({ role: 'responsibleUnit', name: '经办', unitIds: [unit.post!] });
    expect(await codeOf(clerk(decomposition).list({}))).toBe('forbidden');
    const inspector = city.as({ role: 'inspector', name: '督查' });
    const seen = await inspector(decomposition).get({ id: mine.id });
    expect(seen.allowed).toEqual([]);
    expect(
      await codeOf(inspector(decomposition).decide({ id: mine.id, rowIds: [seen.rows[0]!.id], state: 'accepted' })),
    ).toBe('forbidden');
  });

  test('a discarded document is not worked on any more', async () => {
    const id = await fromText(report);
    await api().discard({ id, reason: '传错文件' });
    const view = await api().get({ id });
    expect(view).toMatchObject({ state: 'discarded', allowed: [] });
    expect(await codeOf(api().decide({ id, rowIds: [view.rows[0]!.id], state: 'accepted' }))).toBe('discarded');
  });
});

describe('the table as a file', () => {
  const sheetOf = async (id: string) => {
    const file = await api().export({ id, format: 'xlsx' });
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { sheets } = await readWorkbook(bytes);
    return { bytes, rows: sheets[0]!.rows.map((cells) => cells.map(cellText)) };
  };
  /** The sheet again, with some cells changed: by Excel's row of the table and column. */
  async function edited(id: string, edits: (rows: ExcelCell[][]) => void): Promise<string> {
    const { rows } = await sheetOf(id);
    const [top, below] = [rows.findIndex((row) => row[0] === '序号'), rows.findIndex((row) => row[0] === '序号') + 1];
    const headings = rows[top]!.map((text, c) => rows[below]?.[c] || text);
    const body: ExcelCell[][] = rows.slice(below + 1);
    edits(body);
    const bytes = await writeWorkbook([
      { sheet: '表', title: '改过', columns: headings.map((header) => ({ header })), rows: body },
    ]);
    return (await office.upload('改过.xlsx', bytes)).id;
  }

  test('has the columns of the field, and after issuing each matter’s state and light', async () => {
    const ready = await readyDocument();
    await api().issue({ id: ready.id });
    const { rows } = await sheetOf(ready.id);
    const top = rows.findIndex((row) => row[0] === '序号');
    expect(rows[top]!.slice(0, 9)).toEqual([
      '序号',
      '工作任务',
      '目标（量化）',
      '牵头领导',
      '牵头单位',
      '责任（配合）单位',
      '责任人',
      '完成时限',
      '每季度形象进度',
    ]);
    expect(rows[top + 2]!.slice(0, 8)).toEqual([
      '1',
      '示例产业园一期',
      '完成投资6.5亿元，建成厂房3栋',
      '陈示例',
      '示例市工业和信息化局',
      '示例市发展和改革委员会、示例市财政局',
      '',
      '2021-12-31',
    ]);
    expect(rows[top + 2]!.slice(12, 16)).toEqual(['已交办', '', '', '正常']);
  });

  test('read in again unchanged changes nothing, and edits come back with what they changed', async () => {
    const id = await fromText(pasted(taskTable));
    const plain = await sheetOf(id);
    const same = await office.upload('原样.xlsx', plain.bytes);
    expect(await api().readBack({ id, fileId: same.id, apply: true })).toMatchObject({
      changed: [],
      unchanged: 3,
      conflicts: [],
      added: [],
    });
    const fileId = await edited(id, (rows) => {
      rows[0]![1] = '示例产业园一期（改）';
      rows[0]![4] = '市财政局';
      rows[1]![7] = '10月底前';
      rows.push(['4', '新增任务', '', '', '市发改委', '', '', '11月底前']);
    });
    const preview = await api().readBack({ id, fileId, apply: false });
    expect(preview).toMatchObject({ unchanged: 1, conflicts: [], added: [{ title: '新增任务' }], applied: false });
    expect(preview.changed.map((row) => row.fields)).toEqual([['title', 'lead'], ['due']]);
    expect((await api().get({ id })).rows).toHaveLength(3);
    await api().readBack({ id, fileId, apply: true });
    const after = await api().get({ id });
    expect(after.rows.map((row) => [row.title, row.leadUnitId, row.dueOn])).toEqual([
      ['示例产业园一期（改）', unit.caizheng, '2021-12-31'],
      ['示例新材料项目', null, '2021-10-31'],
      ['示例快速路', unit.zhujian, null],
      ['新增任务', unit.fagai, '2021-11-30'],
    ]);
    // The same file again: the two rows stand as it says, only the added one would be added again.
    expect(await api().readBack({ id, fileId, apply: false })).toMatchObject({
      changed: [],
      unchanged: 3,
      conflicts: [],
    });
  });

  test('a row changed since the export, or issued meanwhile, is a conflict and stays as it is', async () => {
    const ready = await readyDocument();
    const fileId = await edited(ready.id, (rows) => {
      for (const row of rows) row[1] = `${row[1]}（表）`;
    });
    const row = ready.rows[0]!;
    await api().changeRow({ id: ready.id, rowId: row.id, version: row.version, changes: { handlerText: '王示例' } });
    await api().decide({ id: ready.id, rowIds: [ready.rows[2]!.id], state: 'rejected' });
    await api().decide({ id: ready.id, rowIds: [row.id, ready.rows[2]!.id], state: 'proposed' });
    await api().issue({ id: ready.id });
    const result = await api().readBack({ id: ready.id, fileId, apply: true });
    expect(result.changed).toEqual([]);
    expect(result.conflicts.map((conflict) => conflict.reason.zh.slice(0, 3))).toEqual(['导出之', '已签发', '导出之']);
    expect((await api().get({ id: ready.id })).rows.every((r) => !r.title.includes('（表）'))).toBe(true);
  });

  test('that is another table is refused with a sentence', async () => {
    const bytes = await writeWorkbook([
      { sheet: '名单', columns: [{ header: '姓名' }, { header: '电话' }], rows: [['张示例', '1']] },
    ]);
    const file = await office.upload('名单.xlsx', bytes);
    const id = await fromText(report);
    expect(await codeOf(api().readBack({ id, fileId: file.id, apply: true }))).toBe('no_task_table');
  });

  test('as Word holds the same rows and no hidden columns', async () => {
    const id = await fromText(pasted(taskTable));
    const file = await api().export({ id, format: 'docx' });
    const { text } = await readDocument(new Uint8Array(await file.arrayBuffer()));
    expect(text).toContain('示例新材料项目');
    expect(text).toContain('每季度形象进度');
    expect(text).not.toContain('行标识');
  }, 120_000);
});
