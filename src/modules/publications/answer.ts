import { formatMoney } from '#core/shared/money.ts';
import {
  compare,
  gapInPoints,
  multiply,
  type Ratio,
  rate,
  ratio,
  ratioOf,
  showRatio,
  subtract,
} from '#core/shared/rate.ts';
import type { EditionBody } from '#modules/editions/contract.ts';
import { type Cell, clockOf, type FactRow, figureOf, listFacts } from './facts.ts';
import type { Condition, Format, Query, Reference, Rows, Test } from './query.ts';

/** What the edition answers: exact, with the rows it was worked out from. */
export interface Answer {
  value: Ratio | string | null;
  rows: FactRow[];
  /** Numerator and denominator of a rate, whole yuan or counts. */
  parts?: { part: number; whole: number };
}

export const isRatio = (value: unknown): value is Ratio => typeof value === 'object' && value !== null;
const percentage = (r: Ratio): Ratio => multiply(r, { n: 100n, d: 1n });
const asRatio = (value: number): Ratio => (Number.isInteger(value) ? ratio(value, 1) : ratioOf(value));

function fits(body: EditionBody, cell: Cell, { op, value, than }: Condition): boolean {
  const isEmpty = cell === null || cell === undefined || cell === '';
  if (op === 'set') return !isEmpty;
  if (op === 'unset') return isEmpty;
  if (op === 'in') return Array.isArray(value) && typeof cell === 'string' && value.includes(cell);
  const other: Cell | undefined =
    than === 'clock' ? clockOf(body) : than === 'day' ? body.day : Array.isArray(value) ? undefined : value;
  if (op === '!=' && isEmpty) return true;
  if (isEmpty || other === undefined || other === null) return false;
  if (typeof cell === 'string' || typeof other === 'string') {
    const [a, b] = [`${cell}`, `${other}`];
    return holds(a < b ? -1 : a > b ? 1 : 0, op);
  }
  return holds(compare(isRatio(cell) ? cell : asRatio(cell), isRatio(other) ? other : asRatio(other)), op);
}

function holds(order: number, op: string): boolean {
  if (op === '=') return order === 0;
  if (op === '!=') return order !== 0;
  if (op === '<') return order < 0;
  if (op === '<=') return order <= 0;
  if (op === '>') return order > 0;
  return order >= 0;
}

/** The rows a query speaks of, in its order. Rows without a value to sort by come last. */
export function rowsOf(body: EditionBody, { list, group, where = [], sort, take }: Rows): FactRow[] {
  let rows = listFacts(body, list, group).filter((row) =>
    where.every((condition) =>
      fits(
        body,
        condition.field === 'key'
          ? row.key
          : condition.field === 'name'
            ? row.name
            : (row.cells[condition.field] ?? null),
        condition,
      ),
    ),
  );
  if (sort) {
    const sign = sort.direction === 'up' ? 1 : -1;
    const place = (row: FactRow): Ratio | string | null => {
      const cell = row.cells[sort.by] ?? null;
      return typeof cell === 'number' ? asRatio(cell) : cell;
    };
    rows = rows
      .map((row, i) => ({ row, i, at: place(row) }))
      .sort((a, b) => {
        if (a.at === null || b.at === null) return a.at === b.at ? a.i - b.i : a.at === null ? 1 : -1;
        const order = isRatio(a.at) && isRatio(b.at) ? compare(a.at, b.at) : a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
        return sign * order || a.i - b.i;
      })
      .map(({ row }) => row);
  }
  return take === undefined ? rows : rows.slice(0, take);
}

/** Null where no row knows the field. */
function sumOf(rows: readonly FactRow[], field: string): number | null {
  if (field === '#') return rows.length;
  let sum: number | null = null;
  for (const row of rows) {
    const cell = row.cells[field];
    if (typeof cell === 'number') sum = (sum ?? 0) + cell;
  }
  return sum;
}

const exact = (value: number | null): Ratio | null => (value === null ? null : asRatio(value));
const cellValue = (cell: Cell | undefined): Ratio | string | null =>
  typeof cell === 'number' ? asRatio(cell) : (cell ?? null);

/** Asks the edition. `null` as the value: it cannot be worked out (nothing planned, nothing known). */
export function ask(body: EditionBody, query: Query): Answer {
  switch (query.get) {
    case 'clock':
      return { value: clockOf(body), rows: [], parts: { part: body.clock.n, whole: body.clock.d } };
    case 'head':
      return { value: headOf(body, query.field), rows: [] };
    case 'indicator': {
      const figure = body.indicators.find(({ code }) => code === query.code)?.figures[query.key];
      return { value: figure ? figureOf(figure) : null, rows: [] };
    }
  }
  const rows = rowsOf(body, query.rows);
  switch (query.get) {
    case 'count':
      return { value: ratio(rows.length, 1), rows };
    case 'sum':
      return { value: exact(sumOf(rows, query.field)), rows };
    case 'value': {
      const [first] = rows;
      const { field } = query;
      return {
        value: !first ? null : field === 'name' ? first.name : cellValue(first.cells[field]),
        rows: first ? [first] : [],
      };
    }
    case 'names':
      return { value: rows.length === 0 ? null : namesOf(rows, query), rows };
    case 'rate': {
      const whole = query.wholeRows ? rowsOf(body, query.wholeRows) : rows;
      const [n, d] = [sumOf(rows, query.part), sumOf(whole, query.whole)];
      return { value: rate(n, d).ratio, rows, ...(n !== null && d !== null && { parts: { part: n, whole: d } }) };
    }
    case 'gap': {
      const [n, d] = [sumOf(rows, query.part), sumOf(rows, query.whole)];
      const value = gapInPoints(rate(n, d), query.target === undefined ? clockOf(body) : ratio(query.target, 100));
      return { value, rows, ...(n !== null && d !== null && { parts: { part: n, whole: d } }) };
    }
    case 'left': {
      const [n, d] = [sumOf(rows, query.part), sumOf(rows, query.whole)];
      if (n === null || d === null) return { value: null, rows };
      const goal = ratio(BigInt(d) * BigInt(query.percent), 100n);
      return { value: subtract(goal, ratio(n, 1)), rows, parts: { part: n, whole: d } };
    }
    case 'change': {
      const before = rowsOf(body, query.before);
      const [now, then] = [rows, before].map((each) => rate(sumOf(each, query.part), sumOf(each, query.whole)).ratio);
      return { value: now && then ? percentage(subtract(now, then)) : null, rows: [...rows, ...before] };
    }
    case 'growth': {
      const [now, then] = [sumOf(rows, query.field), sumOf(rows, query.base)];
      const grown = now === null || then === null ? null : rate(now - then, then).ratio;
      return { value: grown, rows, ...(now !== null && then !== null && { parts: { part: now, whole: then } }) };
    }
  }
}

function headOf(body: EditionBody, field: string): string {
  const [, month, day] = body.day.split('-').map(Number);
  if (field === 'quarter') return '一二三四'[Math.ceil(body.month / 3) - 1]!;
  if (field === 'day') return `${body.year}年${month}月${day}日`;
  if (field === 'through') return body.month === 1 ? '1月' : `1—${body.month}月`;
  return `${body[field as 'city' | 'headquarters' | 'year' | 'month']}`;
}

function namesOf(rows: readonly FactRow[], { beside, most }: Query & { get: 'names' }): string {
  const shown = most === undefined ? rows : rows.slice(0, most);
  const names = shown.map((row) => {
    const value = beside && cellValue(row.cells[beside.field]);
    return value === null || value === undefined ? row.name : `${row.name}（${showValue(value, beside!.format)}）`;
  });
  return `${names.join('、')}${shown.length < rows.length ? '等' : ''}`;
}

/** Rounded once, half up, with its unit. A day is written out; other words stand as they are. */
export function showValue(value: Ratio | string, { as, decimals, abs }: Format): string {
  if (typeof value === 'string') {
    const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
    return day && as === '日期' ? `${day[1]}年${Number(day[2])}月${Number(day[3])}日` : value;
  }
  const r: Ratio = abs && value.n < 0n ? { n: -value.n, d: value.d } : value;
  if (as === '%') return `${showRatio(percentage(r), decimals ?? 1, 'half-up')}%`;
  if (as === '百分点') return `${showRatio(r, decimals ?? 1, 'half-up')}个百分点`;
  if (as === 'money' || as === '亿元' || as === '万元') {
    // A half of a plan may end in half a yuan.
    const yuan = Number(showRatio(r, 0, 'half-up'));
    // What rounds to less than one 亿 keeps its digits in 万元: a rate worked out from 0.03亿元 is nobody's rate.
    const unit = as === 'money' ? (Math.abs(yuan) >= 100_000_000 ? '亿元' : '万元') : as;
    const text = formatMoney(yuan, unit, decimals ?? 2);
    return `${text}${unit}`;
  }
  const number = showRatio(r, decimals ?? 0, 'half-up');
  return as === '位' ? `第${number}位` : as === 'number' ? number : `${number}${as}`;
}

/** The words of a reference in this edition; null where there is nothing to print. */
export function showReference(body: EditionBody, { query, format }: Reference): string | null {
  const { value } = ask(body, query);
  return value === null ? null : showValue(value, format);
}

/** Whether a condition of a template holds. A value that is not known fails every comparison. */
export function isTrue(body: EditionBody, test: Test): boolean {
  if ('addsUp' in test) {
    const unit = (value: Ratio) => ratioOf(showValue(value, test.format).replace(/[^\d.-]/g, '') || '0');
    const whole = ask(body, test.whole).value;
    if (!isRatio(whole)) return false;
    const parts = rowsOf(body, test.rows).map((row) => cellValue(row.cells[test.field]));
    const sum = parts.reduce<Ratio>(
      (a, b) => {
        const next = isRatio(b) ? unit(b) : ratio(0, 1);
        return ratio(a.n * next.d + next.n * a.d, a.d * next.d);
      },
      ratio(0, 1),
    );
    return (compare(sum, unit(whole)) === 0) === test.addsUp;
  }
  const { value } = ask(body, test.query);
  if (test.op === 'known') return value !== null;
  if (test.op === 'unknown') return value === null;
  if (!isRatio(value)) return false;
  const other = test.against ? ask(body, test.against).value : ratioOf(test.value ?? 0);
  if (!isRatio(other)) return false;
  const shown = test.decimals === undefined ? value : ratioOf(showRatio(value, test.decimals, 'half-up'));
  return holds(compare(shown, other), test.op);
}
