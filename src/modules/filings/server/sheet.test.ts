import { read, utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import type { Caller } from '#core/server/testing/test-city.ts';
import { cellText } from '#core/shared/sheet.ts';
import { filings } from '../contract.ts';
import type { SheetPreview } from '../sheet-contract.ts';
import { openCycle } from './public.ts';
import { type Story, statement, tellStory, wan } from './story.ts';

// The month's form goes out as a spreadsheet, is filled in and altered by another program, and comes back.

type Grid = (string | number | boolean | null)[][];
const period = '2021-09';
const headerRow = 3;

let story: Story;
const ids: Record<string, string> = {};
beforeAll(async () => {
  story = await tellStory();
  for (const name of ['市中心医院', '城北水厂', '港口二期']) ids[name] = await story.hospital(name);
});
afterAll(() => story.city.close());

/** The form as its rows, the way another program sees them: values only. */
async function download(who: Caller = story.filer): Promise<Grid> {
  const blob = await who(filings).formSheet({ period });
  const book = read(new Uint8Array(await blob.arrayBuffer()), { cellDates: false });
  const sheet = book.Sheets[book.SheetNames[0]!]!;
  return utils.sheet_to_json<Grid[number]>(sheet, { header: 1, defval: null, blankrows: true });
}

const columnOf = (grid: Grid, header: string): number => {
  const column = grid[headerRow]!.findIndex((cell, c) => (cell ?? grid[headerRow - 1]![c]) === header);
  if (column < 0) throw new Error(`No column ${header}`);
  return column;
};
const rowOf = (grid: Grid, project: string): number =>
  grid.findIndex((row) => row[columnOf(grid, '项目名称')] === project);
const set = (grid: Grid, project: string, header: string, value: Grid[number][number]) => {
  grid[rowOf(grid, project)]![columnOf(grid, header)] = value;
};

/** Saved by another program: styles, merges, protection and drop-downs are gone. */
const saved = (grid: Grid, bookType: 'xlsx' | 'biff8' | 'csv' = 'xlsx'): Uint8Array => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(grid), 'Sheet1');
  return new Uint8Array(write(book, { type: 'buffer', bookType }) as Buffer);
};

async function upload(grid: Grid | Uint8Array, who: Caller = story.filer, name = '填报表.xlsx'): Promise<string> {
  const { id } = await who.upload(name, grid instanceof Uint8Array ? grid : saved(grid));
  return id;
}
const preview = async (
  grid: Grid | Uint8Array,
  who: Caller = story.filer,
): Promise<SheetPreview & { fileId: string }> => {
  const fileId = await upload(grid, who);
  return { fileId, ...(await who(filings).previewSheet({ fileId, period })) };
};
const accept = ({ fileId, digest }: { fileId: string; digest: string }, as: 'draft' | 'submission') =>
  story.filer(filings).acceptSheet({ fileId, period, digest, as });
const of = (seen: SheetPreview, project: string) => seen.rows.find((row) => row.projectName === project)!;

test('the form has a merged two-row heading with the unit, last month’s values, drop-downs, locked cells and hidden numbers', async () => {
  const blob = await story.filer(filings).formSheet({ period });
  const sheet = (await readWorkbook(new Uint8Array(await blob.arrayBuffer()))).sheets[0]!;
  const texts = sheet.rows.map((row) => row.map(cellText));
  expect(texts[0]![0]).toBe('2021年9月重点项目填报表');
  expect(texts[1]![0]).toContain('单位：万元');
  expect(texts[2]).toContain('本月填报（万元）');
  expect(texts[3]).toEqual(
    expect.arrayContaining(['本月完成投资', '本年累计完成', '主因', '形象进度', '填报编号', '版本']),
  );
  expect(sheet.merges).toContainEqual({ top: 2, left: 7, bottom: 2, right: 11 });
  const hospital = texts.find((row) => row.includes('市中心医院'))!;
  // Last month, last cumulative, plan of the year and of the month, in 万元.
  expect(hospital.slice(3, 7)).toEqual(['1000', '8000', '12000', '1000']);
  expect(hospital[12]).toBe('第 8 层完成');
});

test('sorted rows, inserted columns and a file saved by another program are read all the same, with the cell of each change', async () => {
  const grid = await download();
  set(grid, '市中心医院', '本月完成投资', 1_200.5);
  set(grid, '市中心医院', '形象进度', '九层完成');
  set(grid, '城北水厂', '本月无变化', '是');
  const data = grid.slice(headerRow + 1, headerRow + 4).reverse();
  grid.splice(headerRow + 1, 3, ...data);
  for (const row of grid) row.splice(2, 0, null);
  grid[headerRow]![2] = '我加的列';
  const seen = await preview(grid);
  expect(seen.counts).toEqual({ changed: 2, unchanged: 1, conflict: 0, refused: 0 });
  expect([seen.unit, seen.unitCell]).toEqual(['万元', 'I3']);
  expect(of(seen, '市中心医院')).toMatchObject({
    row: rowOf(grid, '市中心医院') + 1,
    changes: [
      { field: 'monthYuan', cell: `J${rowOf(grid, '市中心医院') + 1}`, before: '', after: '1,200.5' },
      { field: 'cumulativeYuan', before: '', after: '9,200.5' },
      { field: 'imageProgress', before: '第 8 层完成', after: '九层完成' },
    ],
    canSubmit: true,
  });
  expect(await accept(seen, 'draft')).toEqual({ saved: 2, submitted: 0 });
  expect(await story.september(ids.市中心医院!)).toMatchObject({
    state: 'draft',
    draft: { monthYuan: 12_005_000, cumulativeYuan: 92_005_000, imageProgress: '九层完成' },
  });
  expect((await story.september(ids.城北水厂!)).draft).toMatchObject({
    unchanged: true,
    monthYuan: 0,
    cumulativeYuan: wan(8_000),
  });

  // The same file again changes nothing, although the drafts have moved on since it was downloaded.
  const again = await preview(grid);
  expect(again.counts).toEqual({ changed: 0, unchanged: 3, conflict: 0, refused: 0 });
  // It may now be submitted as it stands, in one go; what was left blank is left alone.
  expect(again.submittable).toBe(2);
  expect(await accept(again, 'submission')).toEqual({ saved: 0, submitted: 2 });
  expect(await story.september(ids.市中心医院!)).toMatchObject({ state: 'submitted', seq: 1, monthYuan: 12_005_000 });
  const third = await preview(grid);
  expect(third).toMatchObject({ counts: { changed: 0, unchanged: 3 }, submittable: 0 });
  expect(await accept(third, 'submission')).toEqual({ saved: 0, submitted: 0 });
});

test('what cannot be read is refused with its cell, and the rest of the file is not held up by it', async () => {
  const projectId = await story.hospital('环湖公路');
  await story.hospital('防疫仓库');
  const grid = await download();
  set(grid, '环湖公路', '本月完成投资', '一千二');
  set(grid, '环湖公路', '主因', '下雨');
  set(grid, '环湖公路', '实际开工', '去年春天');
  set(grid, '防疫仓库', '本月完成投资', '0.12亿');
  const seen = await preview(grid);
  const row = rowOf(grid, '环湖公路') + 1;
  expect(of(seen, '环湖公路')).toMatchObject({ status: 'refused', canSubmit: false });
  expect(of(seen, '环湖公路').issues).toMatchObject([
    { cell: `I${row}`, words: { zh: '“一千二”不是金额，请填数字' } },
    { cell: `K${row}`, words: { zh: '“下雨”不在可选主因中，请选：征拆、资金、天气、手续、用工、其他' } },
    { cell: `O${row}`, words: { zh: '“去年春天”不是完整日期，请写成 2021-03-16' } },
  ]);
  expect(of(seen, '防疫仓库')).toMatchObject({ status: 'changed', changes: [{ after: '1,200' }, { after: '9,200' }] });
  expect(await accept(seen, 'submission')).toEqual({ saved: 0, submitted: 1 });
  expect((await story.september(projectId)).draftVersion).toBe(0);
});

test('the rules of the page speak over the sheet too: a row that breaks one is kept as a draft and not submitted', async () => {
  const projectId = await story.hospital('智慧公积金');
  const grid = await download();
  set(grid, '智慧公积金', '本月完成投资', 1_200);
  set(grid, '智慧公积金', '本年累计完成', 9_300);
  const seen = await preview(grid);
  const row = rowOf(grid, '智慧公积金') + 1;
  expect(of(seen, '智慧公积金')).toMatchObject({ status: 'changed', canSubmit: false });
  expect(of(seen, '智慧公积金').hits[0]).toMatchObject({
    rule: 'identity',
    severity: 'block',
    cell: `J${row}`,
    isOpen: true,
    words: { zh: '本年累计 ≠ 上月累计 + 本月完成：应为 9,200 万元，差 100 万元' },
  });
  expect(await accept(seen, 'submission')).toEqual({ saved: 1, submitted: 0 });
  expect(await story.september(projectId)).toMatchObject({ state: 'draft', draft: { cumulativeYuan: wan(9_300) } });
});

test('one cell of explanation answers what the rules ask of its row', async () => {
  const projectId = await story.hospital('港口三期');
  const grid = await download();
  set(grid, '港口三期', '本月完成投资', 100);
  expect(of(await preview(grid), '港口三期').hits[0]).toMatchObject({ rule: 'belowPlan', isOpen: true });
  set(grid, '港口三期', '主因', '其他');
  set(grid, '港口三期', '原因说明', '省道改线，运输便道改建中');
  const seen = await preview(grid);
  expect(of(seen, '港口三期').canSubmit).toBe(true);
  await accept(seen, 'submission');
  expect((await story.september(projectId)).versions[0]!.content).toMatchObject({
    cause: 'other',
    explanations: { belowPlan: '省道改线，运输便道改建中' },
  });
});

test('a filing that somebody changed after the download is not overwritten', async () => {
  const projectId = await story.hospital('平江抽水蓄能');
  const grid = await download();
  const { id } = await story.september(projectId);
  const other = statement({ monthYuan: wan(900), cumulativeYuan: wan(8_900) });
  await story.colleague(filings).saveDraft({ id, draftVersion: 0, content: other });
  set(grid, '平江抽水蓄能', '本月完成投资', 1_100);
  const seen = await preview(grid);
  expect(of(seen, '平江抽水蓄能')).toMatchObject({ status: 'conflict', canSubmit: false });
  expect(of(seen, '平江抽水蓄能').issues[0]!.words.zh).toMatch(/陈立 .*改过这份填报，没有覆盖/);
  await accept(seen, 'submission');
  expect((await story.september(projectId)).draft.monthYuan).toBe(wan(900));
});

test('what changed between the preview and the acceptance is looked at again before anything is written', async () => {
  const projectId = await story.hospital('虞公港');
  const grid = await download();
  set(grid, '虞公港', '本月完成投资', 1_100);
  const seen = await preview(grid);
  const { id } = await story.september(projectId);
  await story.colleague(filings).saveDraft({ id, draftVersion: 0, content: statement() });
  await expect(accept(seen, 'submission')).rejects.toMatchObject({ status: 409, code: 'stale_preview' });
  expect((await story.september(projectId)).draft.monthYuan).toBe(wan(1_200));
});

test('a row of another month, of another unit or without its number is refused by itself', async () => {
  const projectId = await story.hospital('游客中心', { months: 7 });
  await story.city.system((scope) => openCycle(scope, '2021-08'));
  const filing = await story.filer(filings).find({ projectId, period: '2021-08' });
  const grid = await download();
  set(grid, '游客中心', '填报编号', filing.id);
  set(grid, '游客中心', '填报期', '2021-08');
  set(grid, '游客中心', '本月完成投资', 1_000);
  grid.splice(rowOf(grid, '游客中心') + 1, 0, [99, '新加的项目', ...Array<null>(6).fill(null), 500]);
  const seen = await preview(grid);
  expect(of(seen, '游客中心')).toMatchObject({
    status: 'conflict',
    issues: [{ words: { zh: expect.stringContaining('属于 2021-08 的填报表') } }],
  });
  expect(of(seen, '新加的项目')).toMatchObject({
    status: 'refused',
    issues: [{ words: { zh: expect.stringContaining('没有填报编号') } }],
  });

  const foreign = await preview(grid, story.stranger);
  expect(foreign.counts).toMatchObject({ changed: 0, unchanged: 0 });
  expect(foreign.rows.every((row) => row.filingId === null && row.changes.length === 0)).toBe(true);
  expect(foreign.rows[0]!.issues[0]!.words.zh).toContain('不在您的范围内');
});

test('another unit in the heading is believed, and two different ones are asked', async () => {
  await story.hospital('管廊');
  const grid = await download();
  set(grid, '管廊', '本月完成投资', 0.12);
  grid[2] = grid[2]!.map((cell) => (typeof cell === 'string' ? cell.replace('万元', '亿元') : cell));
  await expect(preview(grid)).rejects.toMatchObject({ status: 422, code: 'sheet_twoUnits' });
  grid[1]![0] = '单位：亿元';
  const seen = await preview(grid);
  expect(seen.unit).toBe('亿元');
  expect(of(seen, '管廊').changes[0]).toMatchObject({ after: '1,200' });
});

test('a file that is no form, no spreadsheet, or somebody else’s says what to do', async () => {
  await expect(
    preview([
      ['项目名称', '投资'],
      ['市中心医院', 5],
    ]),
  ).rejects.toMatchObject({
    code: 'sheet_noForm',
    words: { zh: expect.stringContaining('请重新下载填报表') },
  });
  await expect(preview(new TextEncoder().encode('你好'))).rejects.toMatchObject({ status: 422, code: 'sheet_noForm' });
  const macro = new Uint8Array(
    write(
      { SheetNames: ['a'], Sheets: { a: utils.aoa_to_sheet([['a']]) } },
      { type: 'buffer', bookType: 'ods' },
    ) as Buffer,
  );
  await expect(upload(macro, story.filer, '填报表.ods')).rejects.toMatchObject({ status: 415 });
  const fileId = await upload(await download());
  await expect(story.colleague(filings).previewSheet({ fileId, period })).rejects.toMatchObject({ status: 404 });
  await expect(story.filer(filings).previewSheet({ fileId, period: '2021-10' })).rejects.toMatchObject({ status: 404 });
  await expect(story.stranger(filings).formSheet({ period })).rejects.toMatchObject({ code: 'nothing_to_fill' });
});

test('an old .xls of the filled form is read like the new one', async () => {
  await story.hospital('体育馆');
  const grid = await download();
  set(grid, '体育馆', '本月完成投资', 1_050);
  const seen = await preview(saved(grid, 'biff8'));
  expect(of(seen, '体育馆')).toMatchObject({ status: 'changed', changes: [{ after: '1,050' }, { after: '9,050' }] });
});
