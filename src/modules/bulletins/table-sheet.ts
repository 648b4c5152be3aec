import type { Decimal } from 'decimal.js';
import { Exact } from '#core/shared/money.ts';
import type { Figure } from './figures.ts';
import { type Months, monthsIn } from './months.ts';
import type { CleanText, Span, TextTable } from './shapes.ts';
import { keyOf } from './subject.ts';

export type Role =
  | 'count'
  | 'plan'
  | 'total'
  | 'done'
  | 'doneMonth'
  | 'state'
  | 'rate'
  | 'gap'
  | 'growth'
  | 'rank'
  | 'index'
  | 'words'
  | 'number';

export interface Column {
  index: number;
  /** Words of all header rows above it. */
  header: string;
  role: Role;
  /** May be added up over rows. */
  isAdded: boolean;
  decimals: number;
}

export interface Row {
  label: string;
  /** Places and classes as in running text, so that both can be held together. */
  key: string;
  kind: 'plain' | 'total' | 'subtotal' | 'ofWhich';
  /** By column; null where there is no number. */
  figures: (Figure | null)[];
  span: Span;
}

/** A table as numbers: what each column measures and which rows are sums of others. */
export interface SheetTable {
  table: TextTable;
  columns: Column[];
  rows: Row[];
  months: Months | null;
  /** What stands right below it: notes say what is counted twice or left out. */
  notes: string;
}

const most = 2_000;

export function readSheets(text: CleanText): SheetTable[] {
  return text.tables.flatMap((table) => readSheet(text, table) ?? []);
}

function readSheet(text: CleanText, table: TextTable): SheetTable | undefined {
  const grid = table.rows
    .slice(0, most)
    .map((row) =>
      row.cells.flatMap((cell) => [cell, ...Array.from({ length: Math.min(30, cell.colSpan) - 1 }, () => null)]),
    );
  const width = Math.min(60, Math.max(...grid.map((cells) => cells.length)));
  const heads = grid.slice(0, Math.max(1, table.headerRows)).map((cells) =>
    spread(
      cells.map((cell) => cell?.text ?? ''),
      width,
    ),
  );
  const header = Array.from({ length: width }, (_, i) => {
    const words = heads.map((row) => row[i] ?? '').filter((word, at, all) => word !== '' && all.indexOf(word) === at);
    return words.join(' ').replace(/\s+/g, ' ').trim();
  });
  const body = grid.slice(Math.max(1, table.headerRows));
  if (body.length === 0) return undefined;
  const unit = unitsOf(table, header);
  const figures = body.map((cells) =>
    Array.from({ length: width }, (_, i) => (cells[i] ? figureOf(cells[i], unit[i]!) : null)),
  );
  const columns = header.map((words, index): Column => {
    const values = figures.flatMap((row) => row[index] ?? []);
    const isNumber = values.length * 2 >= body.length;
    const role = isNumber ? roleOf(words, values) : 'words';
    const printed = values.map((f) => f.decimals);
    const decimals = Math.max(0, ...printed.filter((d) => printed.filter((e) => e === d).length >= 2));
    // A column is printed with as many decimals as it needs; zeros at the end are dropped by spreadsheets.
    for (const figure of values) figure.meant = Math.max(figure.decimals, role === 'count' ? 0 : decimals);
    return {
      index,
      header: words,
      role,
      isAdded: ['count', 'plan', 'total', 'done', 'doneMonth', 'state', 'number'].includes(role),
      decimals,
    };
  });
  const rows = body.map((cells, i): Row => {
    const label = labelOf(cells, columns);
    return {
      label,
      key: keyOf(label),
      kind: kindOf(label),
      figures: figures[i]!,
      span: { start: cells[0]?.span.start ?? table.span.start, end: cells.at(-1)?.span.end ?? table.span.end },
    };
  });
  for (const column of columns)
    for (const row of rows) {
      const figure = row.figures[column.index];
      if (figure)
        figure.kind =
          column.role === 'rate' || column.role === 'growth'
            ? 'rate'
            : column.role === 'gap'
              ? 'points'
              : column.role === 'count' || column.role === 'state' || column.role === 'rank'
                ? 'count'
                : figure.kind;
    }
  return {
    table,
    columns,
    rows,
    months: monthsIn(table.caption),
    notes: text.clean.slice(table.span.end, table.span.end + 200),
  };
}

/** A cell of a header that is merged over others gives its words to each; so does one that is followed by empty ones. */
function spread(words: string[], width: number): string[] {
  const made = Array.from({ length: width }, (_, i) => words[i] ?? '');
  return made;
}

const numeric = /^[-−–]?(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,8})?\s*(%|％|个百分点)?$/;

function figureOf(
  cell: { text: string; span: Span },
  unit: { name: string; scale: Decimal; isAmount: boolean },
): Figure | null {
  const words = cell.text.replace(/\s/g, '');
  const match = numeric.exec(words);
  if (!match) return null;
  const digits = `${match[1]!.replaceAll(',', '')}${match[2] ?? ''}`;
  const value = new Exact(digits).times(/^[-−–]/.test(words) ? -1 : 1);
  const decimals = match[2] ? match[2].length - 1 : 0;
  return {
    ...cell.span,
    kind: match[3] ? 'rate' : unit.isAmount ? 'amount' : 'count',
    value,
    to: null,
    decimals,
    meant: decimals,
    unit: match[3] ? '%' : unit.name,
    scale: match[3] ? new Exact(1) : unit.scale,
    bend: null,
    isAside: false,
  };
}

/** The unit of each column: in its header (万元), else the amount unit over the table (单位:个、亿元) for columns of money. */
function unitsOf(table: TextTable, header: readonly string[]): { name: string; scale: Decimal; isAmount: boolean }[] {
  const over = /(万亿|亿|万)?元/.exec(`${table.unit ?? ''} ${/单\s*位[:：]?[^\n]*/.exec(table.caption)?.[0] ?? ''}`);
  const scale = (words: string | undefined) =>
    new Exact(words === '万亿' ? 1e12 : words === '亿' ? 1e8 : words === '万' ? 1e4 : 1);
  return header.map((words) => {
    const own = /(万亿|亿|万)元|[(（]元[)）]/.exec(words);
    if (own) return { name: `${own[1] ?? ''}元`, scale: scale(own[1]), isAmount: true };
    const counter = /[(（]\s*([个项家条件宗户处])\s*[)）]/.exec(words);
    if (counter) return { name: counter[1]!, scale: new Exact(1), isAmount: false };
    const isMoney = /投资|资金|金额|额|到位|支付/.test(words) && !/个数|项目数|率|%|％|比|数量/.test(words);
    if (isMoney) return { name: over ? over[0] : '', scale: scale(over?.[1]), isAmount: true };
    return { name: /个|数/.test(words) ? '个' : '', scale: new Exact(1), isAmount: false };
  });
}

function roleOf(header: string, values: readonly Figure[]): Role {
  const words = header.replace(/\s/g, '');
  if (/^(?:序号|编号|行次|代码)$/.test(words)) return 'index';
  if (/排名|名次|位次|排序|位列/.test(words)) return 'rank';
  if (/时序|序时|时间进度/.test(words) && !/应完成/.test(words))
    return /超|欠|差|高|低|快|慢|±|对比|百分点|比/.test(words) ? 'gap' : 'rate';
  if (/同比|环比|增长|增幅|增速|增减|升降/.test(words)) return 'growth';
  if (values.some((f) => f.unit === '%') || /率|%|％|占比|比重|比例|百分比|得分|分值|评分|进度/.test(words))
    return 'rate';
  if (/总投资/.test(words)) return 'total';
  if (/计划|目标|任务/.test(words) && !/开工|竣工|投产|个数|项目数|完成(?:额|投资)/.test(words)) return 'plan';
  if (/(?:本月|当月|上月|\d月)/.test(words) && !/累计|[-—~～至]\d{1,2}月|止/.test(words)) return 'doneMonth';
  if (/完成/.test(words) && !/个数|项目数/.test(words)) return 'done';
  if (/个数|项目数|数量|总数|户数|家数/.test(words))
    return /开工|竣工|投产|入库|入统|复工/.test(words) ? 'state' : 'count';
  if (/开工|竣工|投产|入库|入统|复工|办结|销号|整改/.test(words)) return 'state';
  return 'number';
}

function labelOf(cells: readonly ({ text: string } | null)[], columns: readonly Column[]): string {
  const words = columns
    .slice(0, 4)
    .filter((c) => c.role === 'words' || c.role === 'index')
    .flatMap((c) => cells[c.index]?.text.replace(/\s/g, '') ?? []);
  const total = words.find((word) => kindOf(word) !== 'plain');
  return (
    total ??
    words
      .filter((word) => word !== '' && !/^\d+$/.test(word))
      .slice(0, 2)
      .at(-1) ??
    ''
  );
}

function kindOf(label: string): Row['kind'] {
  const words = label.replace(/[\s:：、()（）]|^[一二三四五六七八九十]+/g, '');
  if (/^其中/.test(words)) return 'ofWhich';
  if (
    /^(?:合计|总计|总合计|总数|全市|全省|全州|全县|全区|全市合计|全州合计|全省合计|全县合计|全区合计|全市总计|汇总)$/.test(
      words,
    )
  )
    return 'total';
  if (/(?:小计|分计|合计|汇总)$/.test(words)) return 'subtotal';
  return 'plain';
}
