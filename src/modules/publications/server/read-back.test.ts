import { afterAll, describe, expect, test } from 'vitest';
import { Press } from '#core/server/document/press.ts';
import { readDocument } from '#core/server/document/read/read.ts';
import { defaultLimits } from '#core/server/spreadsheet/limits.ts';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { openZip } from '#core/server/spreadsheet/zip.ts';
import { sliceOf, type Table } from '#core/shared/document-text.ts';
import { multiply, ratio, showRatio } from '#core/shared/rate.ts';
import type { EditionBody, EditionGroup } from '#modules/editions/contract.ts';
import { showReference } from '../answer.ts';
import { bulletinDocument, dispatchTable, type Imprint } from '../document.ts';
import { type Content, referencesOf } from '../draft.ts';
import { tableOf } from '../tables.ts';
import { shippedTemplates } from '../templates.ts';
import { sampleEdition } from '../testing/sample-edition.ts';
import { lightLegend, lightOrder } from '../words.ts';
import { writeContent } from '../write.ts';
import { slidesOf } from './slides-thread.ts';
import { workbookTables } from './workbook.ts';

// What is written is opened again and held against the edition: a figure lost on the way would be missed by nobody else.

const press = new Press();
afterAll(() => press.stop());

const imprint: Imprint = {
  number: '示项指办〔2021〕9号',
  issuer: '示例市重点项目建设总指挥部办公室',
  day: '2021-09-30',
  editionVersion: 1,
  editionHash: 'abcdef0123456789'.repeat(4),
  correction: null,
};
/** Names with characters that fonts and old encodings lack. */
const rare = (body: EditionBody): EditionBody =>
  JSON.parse(
    JSON.stringify(body)
      .replaceAll('平江县', '李堃县')
      .replaceAll('市水利局', '张珺水利局')
      .replaceAll('学校建设', '王喆龘𠅤学校建设'),
  ) as EditionBody;
const body = rare(sampleEdition({ projects: 45 }));
const flat = (text: string): string => text.replaceAll('\n', '');

interface ReadBack {
  text: string;
  tables: string[][][];
}
async function readWord(bytes: Uint8Array): Promise<ReadBack> {
  const document = await readDocument(bytes);
  const tables = document.blocks
    .filter((block): block is Table => block.kind === 'table')
    .map((table) => {
      const rows = Array.from({ length: table.rows }, () => new Array<string>(table.columns).fill(''));
      for (const cell of table.cells) rows[cell.row]![cell.column] = flat(sliceOf(document, cell));
      return rows;
    });
  return { text: flat(document.text), tables };
}
/** Rows below the heading, the totals last. */
const rowsBelowHead = (table: readonly string[][], rows: number): string[][] => table.slice(table.length - rows);
/** The sentences of a bulletin as they must be printed, asked of the edition reference by reference. */
const sentencesOf = (content: Content): string[] =>
  content.blocks.flatMap((block) =>
    block.kind === 'table'
      ? []
      : block.sentences.map(({ runs }) =>
          flat(runs.map((run) => (run.kind === 'text' ? run.text : showReference(body, run))).join('')),
        ),
  );
const printed = (table: ReturnType<typeof tableOf>): string[][] =>
  [...table.rows, ...(table.totals ? [table.totals] : [])].map((cells) => cells.map(({ text }) => text));

describe.each(shippedTemplates.map((template) => [template.code, template] as const))(
  'the template “%s”',
  (_, template) => {
    const content = writeContent(body, template);
    test('gives a Word file with every sentence, figure and cell of its text, in order', async () => {
      const bytes = await press.print(bulletinDocument(body, content, imprint), 'docx');
      const { text, tables } = await readWord(bytes);
      expect(referencesOf(content).size).toBeGreaterThan(2);
      let at = 0;
      for (const sentence of sentencesOf(content)) {
        const next = text.indexOf(sentence, at);
        expect(next, sentence).toBeGreaterThanOrEqual(at);
        at = next + sentence.length;
      }
      const inText = content.blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
      expect(tables.length).toBe(inText.length + content.annexes.length + 1); // the last holds the colophon
      for (const [i, block] of inText.entries()) {
        const table = tableOf(body, block.table, { group: block.group });
        const whole = printed(table);
        const got = rowsBelowHead(tables[i]!, whole.length);
        // A letter has room for some of the columns: which, its heading says.
        const heads = tables[i]!.slice(0, tables[i]!.length - whole.length).at(-1)!;
        const kept = heads.map((head) => table.columns.findIndex(({ header }) => flat(header) === head));
        expect(kept.every((column) => column >= 0)).toBe(true);
        expect(got).toEqual(whole.map((cells) => kept.map((column) => cells[column])));
        for (const figure of ['rate', 'plan', 'done', 'total', 'figure', 'late'])
          if (table.columns.some(({ key }) => key === figure))
            expect(kept.map((column) => table.columns[column]!.key)).toContain(figure);
      }
      for (const [i, code] of content.annexes.entries()) {
        const whole = printed(tableOf(body, code));
        expect(rowsBelowHead(tables[inText.length + i]!, whole.length)).toEqual(whole);
      }
    });
    test('gives slides whose last says what the bulletin asks for, whole', async () => {
      const slides = await readSlides(await slidesOf(body, content, imprint));
      const at = content.blocks.findLastIndex((block) => block.kind === 'heading' && block.level === 1);
      const asked = sentencesOf({ ...content, blocks: content.blocks.slice(at + 1) });
      expect(slides.at(-1)!.texts).toEqual(expect.arrayContaining(asked));
      expect(slides[0]!.texts.join('')).toContain(
        flat(content.title.map((run) => (run.kind === 'text' ? run.text : showReference(body, run))).join('')),
      );
    });
  },
);

test('the dispatch table in Word has every project with every column', async () => {
  const { tables } = await readWord(await press.print(dispatchTable(body, imprint), 'docx'));
  const whole = printed(tableOf(body, 'projects', { isFull: true }));
  expect(whole).toHaveLength(body.projects.length + 1);
  expect(rowsBelowHead(tables[0]!, whole.length)).toEqual(whole);
});

test('the workbook has every cell of every table as the exact value, and the rare characters', async () => {
  const { sheets } = await readWorkbook(await writeWorkbook(workbookTables(body, imprint)));
  const wanted = {
    县区: 'counties',
    指挥部: 'commands',
    板块: 'boards',
    项目调度表: 'projects',
    排名: 'ranking',
    红黑榜: 'boardList',
    考核: 'scores',
    揭榜: 'challenges',
    逾期事项: 'matters',
  } as const;
  expect(sheets.map(({ name }) => name)).toEqual(['汇总', ...Object.keys(wanted)]);
  for (const [name, code] of Object.entries(wanted)) {
    const table = tableOf(body, code, { unit: '万元', isFull: true });
    const cells = [...table.rows, ...(table.totals ? [table.totals] : [])].map((row) => row.map(({ value }) => value));
    const rows = sheets
      .find((sheet) => sheet.name === name)!
      .rows.map((row) => row.map((cell) => cell.date ?? cell.value));
    const first = rows.findIndex((row) => row[0] === cells[0]![0] && row[1] === cells[0]![1]);
    expect(first, name).toBeGreaterThan(0);
    for (const [i, row] of cells.entries())
      expect([name, ...row.map((_, c) => rows[first + i]![c] ?? null)]).toEqual([name, ...row]);
  }
  expect(JSON.stringify(sheets)).toContain('王喆龘𠅤学校建设');
  // Figures of the city: plan, done and the rate that they make.
  const city = new Map(sheets[0]!.rows.map((row) => [row[0]?.value, row[1]?.value]));
  expect(city.get('年度计划投资')).toBe(body.total.planYuan / 10_000);
  expect(city.get('本年累计完成投资')).toBe(body.total.doneYuan / 10_000);
  expect(city.get('投资完成率')).toBeCloseTo((body.total.doneYuan / body.total.planYuan) * 100, 10);
});

interface Chart {
  series: { name: string; labels: string[]; values: number[] }[];
  /** The workbook within, which opens when somebody edits the chart. */
  sheet: (string | number | null)[][];
}
interface Slide {
  texts: string[];
  tables: string[][][];
  charts: Chart[];
}
const decoded = (xml: string): string =>
  xml.replace(
    /&(amp|lt|gt|quot|apos);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name]!,
  );
const all = (xml: string, pattern: RegExp): string[] => [...xml.matchAll(pattern)].map((match) => decoded(match[1]!));
const points = (xml: string): string[] => all(xml, /<c:v>([^<]*)<\/c:v>/g);
const part = (xml: string, name: string): string =>
  new RegExp(`<c:${name}>(.*?)</c:${name}>`, 's').exec(xml)?.[1] ?? '';

async function readSlides(bytes: Uint8Array): Promise<Slide[]> {
  const zip = await openZip(bytes, { ...defaultLimits, parts: 500 });
  const bytesOf = async (name: string) => {
    const pieces: Buffer[] = [];
    for await (const piece of zip.read(name)) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const chartOf = async (path: string): Promise<Chart> => {
    const xml = await zip.text(path);
    const series = all(xml, /<c:ser>(.*?)<\/c:ser>/gs).map((one) => ({
      name: points(part(one, 'tx'))[0]!,
      labels: points(part(one, 'cat')),
      values: points(part(one, 'val')).map(Number),
    }));
    const rels = await zip.text(path.replace('charts/', 'charts/_rels/').replace(/$/, '.rels'));
    const inner = /Target="\.\.\/(embeddings\/[^"]+)"/.exec(rels)![1]!;
    const { sheets } = await readWorkbook(await bytesOf(`ppt/${inner}`));
    return { series, sheet: sheets[0]!.rows.map((row) => row.map(({ value }) => value as string | number | null)) };
  };
  const slides: Slide[] = [];
  for (let i = 1; zip.has(`ppt/slides/slide${i}.xml`); i += 1) {
    const xml = await zip.text(`ppt/slides/slide${i}.xml`);
    const rels = await zip.text(`ppt/slides/_rels/slide${i}.xml.rels`);
    const charts = all(rels, /Target="\/(ppt\/charts\/[^"]+)"/g);
    slides.push({
      texts: all(xml.replace(/<a:tbl>.*?<\/a:tbl>/gs, ''), /<a:p>(.*?)<\/a:p>/gs).map((one) =>
        all(one, /<a:t>([^<]*)<\/a:t>/g).join(''),
      ),
      tables: all(xml, /<a:tbl>(.*?)<\/a:tbl>/gs).map((table) =>
        [...table.matchAll(/<a:tr .*?<\/a:tr>/gs)].map(([row]) =>
          [...row.matchAll(/<a:tc>.*?<\/a:tc>/gs)].map(([cell]) => all(cell, /<a:t>([^<]*)<\/a:t>/g).join('')),
        ),
      ),
      charts: await Promise.all(charts.map(chartOf)),
    });
  }
  zip.close();
  return slides;
}

describe('the slides', () => {
  const percent = (part: number, whole: number): number =>
    Number(showRatio(multiply(ratio(part, whole), { n: 100n, d: 1n }), 1, 'half-up'));
  const read = (edition: EditionBody) =>
    slidesOf(edition, writeContent(edition, shippedTemplates[0]!), imprint).then(readSlides);

  test('have native charts whose figures are those of the tables, in the picture and in the sheet behind it', async () => {
    const slides = await read(body);
    const charts = slides.flatMap((slide) => slide.charts);
    const rates = (groups: readonly EditionGroup[]) => ({
      labels: groups.map(({ name }) => name.replace(/协调指挥部$/, '')),
      values: groups.map(({ doneYuan, planYuan }) => percent(doneYuan, planYuan)),
    });
    const clock = percent(body.clock.n, body.clock.d);
    for (const [i, groups] of [body.counties, body.commands].entries()) {
      const { labels, values } = rates(groups);
      const [bars, line] = charts[i + 1]!.series;
      expect(bars).toEqual({ name: '投资完成率（%）', labels, values });
      expect(line).toMatchObject({ name: `时序进度 ${clock.toFixed(1)}%`, values: labels.map(() => clock) });
      expect(charts[i + 1]!.sheet.slice(1)).toEqual(labels.map((label, n) => [label, values[n], clock]));
      // The same figures as the table of the bulletin.
      const table = tableOf(body, i === 0 ? 'counties' : 'commands');
      const column = table.columns.findIndex(({ key }) => key === 'rate');
      expect(values.map((value) => `${value.toFixed(1)}%`)).toEqual(table.rows.map((row) => row[column]!.text));
    }
    expect(charts[0]!.series[0]!.values).toEqual([clock, percent(body.total.doneYuan, body.total.planYuan)]);
    const lit = lightOrder.filter((light) => body.total.lights[light] > 0);
    expect(charts[3]!.series[0]).toMatchObject({
      labels: lit.map((light) => lightLegend[light]),
      values: lit.map((light) => body.total.lights[light]),
    });
  });
  test('have the rows of their tables exactly, and say how many more there are', async () => {
    const many = rare(sampleEdition({ projects: 260 }));
    const slides = await read(many);
    const held = (title: string, code: 'boardList' | 'late' | 'matters', keys: readonly string[]) => {
      const slide = slides.find(({ texts }) => texts[0]!.startsWith(title))!;
      const whole = tableOf(many, code);
      const at = keys.map((key) => whole.columns.findIndex((column) => column.key === key));
      const rows = slide.tables[0]!.slice(1);
      expect(rows.length).toBeGreaterThan(4);
      expect(rows).toEqual(whole.rows.slice(0, rows.length).map((cells) => at.map((column) => cells[column]!.text)));
      const over = whole.rows.length - rows.length;
      expect(slide.texts.filter((text) => text.startsWith('其余'))).toEqual(over > 0 ? [`其余${over}行见调度表`] : []);
    };
    held('红黑榜', 'boardList', ['board', 'unit', 'rank', 'figure', 'streak', 'why']);
    held('滞后项目', 'late', ['index', 'name', 'county', 'rate', 'gap', 'problem']);
    held('逾期事项', 'matters', ['index', 'title', 'unit', 'dueOn', 'late']);
  });
  test('hold no more rows than there is room for when names and problems are long', async () => {
    const long = sampleEdition({ projects: 260 });
    for (const project of long.projects) {
      project.name = `${project.name}及配套基础设施建设（含征地拆迁、管线迁改）一期工程`;
      project.problemText = project.problemText?.repeat(9) ?? null;
    }
    const slide = (await read(long)).find(({ texts }) => texts[0] === '滞后项目')!;
    const rows = slide.tables[0]!.slice(1);
    expect(rows.length).toBeLessThan(7);
    expect(slide.texts).toContain(`其余${long.total.lights.late - rows.length}行见调度表`);
    expect(
      rows.every(
        (row) =>
          row.at(-1)!.endsWith('…') &&
          row[1] === `${long.projects[Number(/(\d+)号/.exec(row[1]!)![1]) - 1]!.name}（示例）`,
      ),
    ).toBe(true);
  });
});
