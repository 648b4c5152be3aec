import PptxGenJS from 'pptxgenjs';
import { widthOf } from '#core/server/document/text.ts';
import { multiply, ratio, showRatio } from '#core/shared/rate.ts';
import type { EditionBody, EditionGroup } from '#modules/editions/contract.ts';
import { showReference } from '../answer.ts';
import { catalogue } from '../catalogue.ts';
import { type Imprint, plainWords } from '../document.ts';
import type { Content, TableCode } from '../draft.ts';
import { tableOf } from '../tables.ts';
import { lightLegend, lightOrder } from '../words.ts';

const face = '微软雅黑';
const ink = '1F2A37';
const soft = '5B6673';
const blue = '1B56C4';
const barBlue = '8FB0EE';
const red = 'C8161D';
const rule = 'D5DAE1';
const lightColours = { ahead: '1B56C4', normal: '1E8A3C', warn: 'E6A700', late: 'D0021B', idle: '9AA3AE' } as const;

const wide = { w: 13.333, h: 7.5 };
const left = 0.6;
const inner = wide.w - 2 * left;

type Slide = PptxGenJS.Slide;
type Row = PptxGenJS.TableRow;

const show = (body: EditionBody, code: string): string => {
  const entry = catalogue.find((one) => one.code === code)!;
  return showReference(body, entry) ?? '—';
};
/** Percent with one decimal as a number that a chart takes: rounded once, half up. */
const percentOf = (part: number, whole: number): number =>
  whole > 0 ? Number(showRatio(multiply(ratio(part, whole), { n: 100n, d: 1n }), 1, 'half-up')) : 0;
const clockPercent = ({ clock }: EditionBody): number => percentOf(clock.n, clock.d);

/** `2021年1—9月`. */
const periodWords = (body: EditionBody): string => `${body.year}年${body.month === 1 ? '1月' : `1—${body.month}月`}`;

function page(deck: PptxGenJS, title: string, foot: string): Slide {
  const slide = deck.addSlide();
  slide.background = { color: 'FFFFFF' };
  slide.addText(title, { x: left, y: 0.35, w: inner, h: 0.7, fontFace: face, fontSize: 28, bold: true, color: ink });
  slide.addShape('line', { x: left, y: 1.1, w: inner, h: 0, line: { color: red, width: 2 } });
  slide.addText(foot, { x: left, y: 7.02, w: inner, h: 0.3, fontFace: face, fontSize: 10, color: soft });
  slide.slideNumber = { x: wide.w - 1.1, y: 7.02, w: 0.5, h: 0.3, fontFace: face, fontSize: 10, color: soft };
  return slide;
}

function bigNumber(
  slide: Slide,
  at: { x: number; y: number; w: number },
  label: string,
  value: string,
  colour = ink,
): void {
  slide.addText(label, { ...at, h: 0.4, fontFace: face, fontSize: 16, color: soft });
  slide.addText(value, {
    ...at,
    y: at.y + 0.38,
    h: 0.8,
    fontFace: face,
    fontSize: 30,
    bold: true,
    color: colour,
    fit: 'shrink',
  });
}

/** Lines that a text takes in a width of so many inches: a slide does not grow, what is too much runs out of it. */
const linesIn = (text: string, inches: number, size: number): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((widthOf(line) * size) / 72 / inches)), 0);

/** A sentence of a cell, whole up to some fifty characters: the whole of it stands in the dispatch table. */
const clipped = (text: string): string => (widthOf(text) > 52 ? `${[...text].slice(0, 50).join('')}…` : text);

/** A table of a slide: a heading row and as many rows as fit; what is left out is said. */
function table(slide: Slide, body: EditionBody, code: TableCode, keys: readonly string[], y = 1.4): void {
  const whole = tableOf(body, code);
  const at = keys.map((key) => whole.columns.findIndex((column) => column.key === key)).filter((i) => i >= 0);
  const columns = at.map((i) => whole.columns[i]!);
  const head: Row = columns.map(({ header }) => ({
    text: header,
    options: { bold: true, fill: { color: 'EEF1F5' }, align: 'center', color: ink },
  }));
  const shares = columns.map(({ width }) => width);
  const sum = shares.reduce((a, b) => a + b, 0);
  const colW = shares.map((share) => (share / sum) * inner);
  const textOf = (cells: (typeof whole.rows)[number], c: number): string =>
    columns[c]!.kind === 'text' ? clipped(cells[at[c]!]!.text) : cells[at[c]!]!.text;
  const heightOf = (texts: readonly string[]): number =>
    Math.max(0.38, ...texts.map((text, c) => linesIn(text, colW[c]! - 0.22, 13) * 0.265 + 0.12));
  let height = heightOf(columns.map(({ header }) => header));
  const fitting = whole.rows.findIndex((cells) => {
    height += heightOf(columns.map((_, c) => textOf(cells, c)));
    return height > 6.5 - y;
  });
  const most = fitting < 0 ? whole.rows.length : fitting;
  const rows: Row[] = whole.rows.slice(0, most).map((cells) =>
    at.map((i, c) => ({
      text: textOf(cells, c),
      options: {
        align: columns[c]!.kind === 'number' ? 'right' : 'left',
        color: cells[i]!.text.includes('■') ? red : ink,
      },
    })),
  );
  slide.addTable([head, ...rows], {
    x: left,
    y,
    w: inner,
    colW,
    fontFace: face,
    fontSize: 13,
    border: { type: 'solid', color: rule, pt: 0.75 },
    valign: 'middle',
    rowH: 0.38,
  });
  const over = whole.rows.length - most;
  if (over > 0)
    slide.addText(`其余${over}行见调度表`, {
      x: left,
      y: 6.6,
      w: inner,
      h: 0.3,
      fontFace: face,
      fontSize: 12,
      color: soft,
      align: 'right',
    });
}

/** Bars by unit with the clock as a line across, both of native charts: a click opens their figures. */
function ratesChart(deck: PptxGenJS, slide: Slide, body: EditionBody, groups: readonly EditionGroup[]): void {
  const rows = groups.filter(({ planYuan }) => planYuan > 0).slice(0, 16);
  const labels = rows.map(({ name }) => name.replace(/协调指挥部$/, ''));
  const values = rows.map(({ doneYuan, planYuan }) => percentOf(doneYuan, planYuan));
  const clock = clockPercent(body);
  slide.addChart(
    [
      {
        type: deck.ChartType.bar,
        data: [{ name: '投资完成率（%）', labels, values }],
        options: {
          barGapWidthPct: 60,
          chartColors: [barBlue],
          showValue: true,
          // At the foot of the bar: above it the line of the clock would run through the figures.
          dataLabelPosition: 'inBase',
          dataLabelFormatCode: '0.0',
          dataLabelFontSize: 12,
          dataLabelColor: ink,
        },
      },
      {
        type: deck.ChartType.line,
        data: [{ name: `时序进度 ${clock.toFixed(1)}%`, labels, values: labels.map(() => clock) }],
        options: { chartColors: [red], lineSize: 2, lineDataSymbol: 'none' },
      },
    ] as unknown as PptxGenJS.IChartMulti[],
    // Of several charts in one, the library wants the options in the place of the data.
    {
      x: left,
      y: 1.3,
      w: inner,
      h: 5.6,
      showLegend: true,
      legendPos: 't',
      legendFontFace: face,
      legendFontSize: 13,
      catAxisLabelFontFace: face,
      catAxisLabelFontSize: 13,
      valAxisLabelFontSize: 11,
      valAxisMinVal: 0,
      valAxisLabelFormatCode: '0',
      valGridLine: { color: 'E6E9EE', size: 0.5 },
    } as PptxGenJS.IChartOpts as never,
  );
}

/** The slides of the dispatch meeting, from the frozen edition and the text of the bulletin: editable charts and tables. */
export async function drawSlides(body: EditionBody, content: Content, imprint: Imprint): Promise<Uint8Array> {
  const deck = new PptxGenJS();
  deck.layout = 'LAYOUT_WIDE';
  deck.title = plainWords(body, content.title).replaceAll('\n', '');
  deck.company = imprint.issuer;
  deck.author = imprint.issuer;
  const isDemo = body.projects.some((p) => p.demo);
  const foot = `${body.city}　数据截至 ${body.day}　第${imprint.editionVersion}版 ${imprint.editionHash.slice(0, 8)}${isDemo ? '　示例数据' : ''}`;

  const cover = deck.addSlide();
  cover.background = { color: 'FFFFFF' };
  cover.addShape('rect', { x: 0, y: 0, w: 0.28, h: wide.h, fill: { color: red } });
  cover.addText(plainWords(body, content.title), {
    x: 1.2,
    y: 2.2,
    w: 11,
    h: 1.9,
    fontFace: face,
    fontSize: 38,
    bold: true,
    color: ink,
    valign: 'middle',
  });
  cover.addText([imprint.issuer, imprint.day].join('\n'), {
    x: 1.2,
    y: 4.5,
    w: 11,
    h: 1,
    fontFace: face,
    fontSize: 18,
    color: soft,
  });
  cover.addText(foot, { x: 1.2, y: 6.9, w: 11, h: 0.3, fontFace: face, fontSize: 10, color: soft });

  const totals = page(deck, `${periodWords(body)}总体情况`, foot);
  const third = inner / 3;
  const column = (i: number) => left + i * third;
  bigNumber(totals, { x: column(0), y: 1.4, w: third }, '重点项目', show(body, 'projects'));
  bigNumber(totals, { x: column(1), y: 1.4, w: third }, '年度计划投资', show(body, 'plan'));
  bigNumber(totals, { x: column(2), y: 1.4, w: third }, '累计完成投资', show(body, 'done'));
  const isBehind = body.total.planYuan > 0 && body.total.doneYuan / body.total.planYuan < body.clock.n / body.clock.d;
  bigNumber(totals, { x: column(0), y: 2.9, w: third }, '投资完成率', show(body, 'rate'), isBehind ? red : blue);
  bigNumber(
    totals,
    { x: column(1), y: 2.9, w: third },
    isBehind ? '低于时序' : '超时序',
    show(body, 'gap'),
    isBehind ? red : blue,
  );
  bigNumber(totals, { x: column(2), y: 2.9, w: third }, '当月完成投资', show(body, 'monthDone'));
  totals.addChart(
    deck.ChartType.bar,
    [
      {
        name: '百分比',
        labels: ['时序进度', '投资完成率'],
        values: [clockPercent(body), percentOf(body.total.doneYuan, body.total.planYuan)],
      },
    ],
    {
      x: left,
      y: 4.4,
      w: inner,
      h: 2.4,
      barDir: 'bar',
      barGapWidthPct: 40,
      chartColors: ['9AA3AE', isBehind ? red : blue],
      showValue: true,
      dataLabelFormatCode: '0.0"%"',
      dataLabelFontSize: 14,
      catAxisOrientation: 'maxMin' as 'minMax',
      catAxisLabelFontFace: face,
      catAxisLabelFontSize: 14,
      valAxisMinVal: 0,
      valAxisHidden: true,
      valGridLine: { style: 'none' },
    },
  );

  if (body.counties.some(({ planYuan }) => planYuan > 0))
    ratesChart(deck, page(deck, '各县（市、区）投资完成率', foot), body, body.counties);
  if (body.commands.some(({ planYuan }) => planYuan > 0))
    ratesChart(deck, page(deck, '各协调指挥部投资完成率', foot), body, body.commands);

  const lights = page(deck, '亮灯情况', foot);
  const shown = lightOrder.filter((light) => body.total.lights[light] > 0);
  if (shown.length > 0)
    lights.addChart(
      deck.ChartType.doughnut,
      [
        {
          name: '项目数',
          labels: shown.map((light) => lightLegend[light]),
          values: shown.map((light) => body.total.lights[light]),
        },
      ],
      {
        x: left,
        y: 1.3,
        w: 5.6,
        h: 5.5,
        chartColors: shown.map((light) => lightColours[light]),
        holeSize: 55,
        showPercent: false,
        showValue: true,
        showLegend: true,
        legendPos: 'b',
        legendFontFace: face,
        legendFontSize: 14,
        dataLabelColor: 'FFFFFF',
        dataLabelFontSize: 14,
        dataLabelFontBold: true,
      },
    );
  lights.addTable(
    [
      ['亮灯', '项目数', '其中本月转入'].map((text) => ({
        text,
        options: { bold: true, fill: { color: 'EEF1F5' }, align: 'center' as const },
      })),
      ...lightOrder.map((light) => [
        { text: lightLegend[light] },
        { text: `${body.total.lights[light]}`, options: { align: 'right' as const } },
        {
          text: `${body.projects.filter((p) => p.light === light && p.previousLight !== null && p.previousLight !== light).length}`,
          options: { align: 'right' as const },
        },
      ]),
    ],
    {
      x: 6.9,
      y: 2,
      w: 5.8,
      fontFace: face,
      fontSize: 16,
      color: ink,
      border: { type: 'solid', color: rule, pt: 0.75 },
      rowH: 0.55,
      valign: 'middle',
    },
  );

  if (body.boardLists.some(({ rows }) => rows.length > 0))
    table(page(deck, '红黑榜', foot), body, 'boardList', ['board', 'unit', 'rank', 'figure', 'streak', 'why']);

  const problems = page(deck, '滞后项目', foot);
  if (body.total.lights.late > 0) table(problems, body, 'late', ['index', 'name', 'county', 'rate', 'gap', 'problem']);
  else
    problems.addText('全市无滞后项目', {
      x: left,
      y: 3,
      w: inner,
      h: 1,
      fontFace: face,
      fontSize: 28,
      color: soft,
      align: 'center',
    });
  if (body.matters.latest.length > 0)
    table(page(deck, `逾期事项（${body.matters.overdue}件）`, foot), body, 'matters', [
      'index',
      'title',
      'unit',
      'dueOn',
      'late',
    ]);

  const next = page(deck, '下步要求', foot);
  const lines = lastSection(content).map((runs) => plainWords(body, runs));
  // The largest type in which all of it stands on the slide; PowerPoint shrinks only what somebody edits.
  const fontSize =
    [20, 18, 16, 14, 12].find(
      (size) => lines.reduce((sum, line) => sum + (linesIn(line, inner - 0.6, size) * size * 1.25 + 14) / 72, 0) < 5.3,
    ) ?? 11;
  next.addText(
    (lines.length > 0 ? lines : ['见通报正文']).map((text) => ({
      text,
      options: { bullet: { type: 'number' as const }, breakLine: true, paraSpaceAfter: 14 },
    })),
    { x: left, y: 1.4, w: inner, h: 5.3, fontFace: face, fontSize, color: ink, valign: 'top', fit: 'shrink' },
  );

  return (await deck.write({ outputType: 'uint8array' })) as Uint8Array;
}

/** What the bulletin asks for: the sentences below its last heading. */
function lastSection(content: Content) {
  const at = content.blocks.findLastIndex((block) => block.kind === 'heading' && block.level === 1);
  return content.blocks
    .slice(at + 1)
    .flatMap((block) => (block.kind === 'paragraph' || block.kind === 'list' ? block.sentences : []))
    .map(({ runs }) => runs);
}
