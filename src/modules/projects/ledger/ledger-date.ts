import { daysInMonth, makeDay } from '#core/shared/day.ts';
import { type Cell, cellText } from '#core/shared/sheet.ts';
import type { BusinessDate } from '../contract.ts';
import type { Precision } from '../stages.ts';
import { plain } from './label.ts';

/**
 * Dates as ledgers write them: 2021年底, 6月底前, 2021.3.16, 三季度, 2021-2023. The day is the last one of the period
 * meant, because that is when a promise is broken; how exact it was and the words themselves are kept.
 */
export type DateRead =
  | { kind: 'date'; date: BusinessDate }
  | { kind: 'period'; from: BusinessDate; to: BusinessDate }
  /** 已开工, 已竣工: true, but says no day. */
  | { kind: 'done' }
  | { kind: 'blank' }
  | { kind: 'problem'; problem: DateProblem };
export type DateProblem = 'impossible' | 'unclear' | 'needsYear' | 'ambiguous' | 'reversed';

const blank = /^(|-+|—+|–+|\/|\\|无|暂无|待定|未定|未明确|不详|另行确定)$/;
const done = /^(已|己)(经)?(开工|竣工|完工|完成|建成|投产|投用|通车|交付|运营)/;
const ends = /(之前|以前|前|实现|力争|确保|全面|主体|基本)+$/;
const verbs = /(已经|已|计划|预计|拟|力争|确保|争取|于|在|约)/g;
const tails =
  /(正式|全面|全部|主体)?(开工|动工|竣工|完工|完成|建成|投产|投运|投用|投入使用|通车|交付使用|交付|验收|封顶|运营|试运行|启动)(建设|投产|使用)?$/;

interface Point {
  year: number | undefined;
  month?: number;
  day?: number;
  precision: Precision;
}

/** @param year Whose year a date without one belongs to (6月底前); without it such a date is a problem. */
export function readDate(cell: Cell, year?: number): DateRead {
  if (cell.kind === 'empty') return { kind: 'blank' };
  if (cell.kind === 'date') return ofExcel(cell);
  if (cell.kind === 'number') return ofNumber(cell.value as number, cellText(cell));
  if (cell.kind !== 'text') return problem('unclear');
  return readDateText(String(cell.value), year);
}

export function readDateText(text: string, year?: number): DateRead {
  const kept = text.trim();
  const words = normal(kept);
  if (blank.test(words)) return { kind: 'blank' };
  if (done.test(words)) return { kind: 'done' };
  const whole = words.replace(verbs, '').replace(tails, '').replace(ends, '').replace(tails, '');
  // A span is tried only where both ends can be read, so that 2021-12 stays December.
  const single = pointOf(whole, year);
  if (single && single !== 'impossible') return dated(single, kept);
  const span = spanOf(whole, year, kept);
  if (span) return span;
  const looksLikeDay = single === 'impossible' || /\d[年月./-]\d/.test(whole);
  return problem(looksLikeDay ? 'impossible' : 'unclear');
}

function spanOf(text: string, year: number | undefined, kept: string): DateRead | undefined {
  for (const at of text.matchAll(/[-~～—–至到]+/g)) {
    const left = text
      .slice(0, at.index)
      .replace(/^从|起$/g, '')
      .replace(tails, '');
    const right = text
      .slice(at.index + at[0].length)
      .replace(/止$/, '')
      .replace(tails, '')
      .replace(ends, '');
    const from = pointOf(left, year);
    if (!from || from === 'impossible' || from.year === undefined) continue;
    const to = pointOf(right, from.year) ?? twoDigitYear(right);
    if (!to) continue;
    if (to === 'impossible') return problem('impossible');
    const [a, b] = [dated(from, kept), dated(to, kept)];
    if (a.kind !== 'date' || b.kind !== 'date') return a.kind === 'date' ? b : a;
    return a.date.day > b.date.day ? problem('reversed') : { kind: 'period', from: a.date, to: b.date };
  }
  return undefined;
}

/** The second half of 2021-23. */
const twoDigitYear = (text: string): Point | undefined =>
  /^2\d年?$/.test(text) ? { year: 2000 + Number(text.slice(0, 2)), precision: 'year' } : undefined;

const numerals = '〇一二三四五六七八九';

/** Full-width forms and Chinese numerals as plain digits: 二〇二一年十二月三十一日 → 2021年12月31日. */
function normal(text: string): string {
  return plain(text)
    .replace(/[〇○Ｏ零](?=[〇○一二三四五六七八九年])/g, '〇')
    .replace(/[〇一二三四五六七八九]{4}(?=年)/g, (y) => [...y].map((c) => numerals.indexOf(c)).join(''))
    .replace(/[一二三四五六七八九十廿]{1,3}(?=月|日|号)/g, (n) => String(smallNumber(n)))
    .replace(
      /第?([一二三四1234])季度?/g,
      (_, n: string) => `Q${'一二三四'.includes(n) ? '一二三四'.indexOf(n) + 1 : n}`,
    )
    .replace(/[—–－﹣]/g, '-');
}

function smallNumber(text: string): number {
  const full = text.replace('廿', '二十');
  const [tens, ones] = full.includes('十') ? full.split('十') : ['', full];
  const digit = (c: string | undefined, otherwise: number) => (c ? numerals.indexOf(c) : otherwise);
  return (full.includes('十') ? digit(tens, 1) * 10 : 0) + digit(ones, 0);
}

const rest = '(?:底|末|份|内|初|中旬|上旬|下旬|中)?';
const forms: { form: RegExp; read: (m: RegExpExecArray, year: number | undefined) => Point | undefined }[] = [
  // 2021年3月16日, 2021.3.16, 2021-03-16, 2021/3/16 (with a time behind), 21.3.16
  {
    form: /^(20\d{2}|[12]\d)[年./-](\d{1,2})[月./-](\d{1,2})[日号]?(?:\d{0,2}:\d{2}.*|T.*)?$/,
    read: (m) => ({ year: fullYear(m[1]!), month: Number(m[2]), day: Number(m[3]), precision: 'day' }),
  },
  {
    form: /^(20\d{2})(\d{2})(\d{2})$/,
    read: (m) => ({ year: Number(m[1]), month: Number(m[2]), day: Number(m[3]), precision: 'day' }),
  },
  // 2021年3月, 2021年6月底, 2021.3, 2021-03, 2021/10
  {
    form: new RegExp(`^(20\\d{2}|[12]\\d(?=年))[年./-](\\d{1,2})月?(${rest})$`),
    read: (m) => month(fullYear(m[1]!), Number(m[2]), m[3]!),
  },
  {
    form: /^(20\d{2})(0[1-9]|1[0-2])$/,
    read: (m) => ({ year: Number(m[1]), month: Number(m[2]), precision: 'month' }),
  },
  // 2021年, 2021年底, 2021年内, 2021年度, 2021
  {
    form: /^(20\d{2}|[12]\d(?=年))年?(?:度|全年)?(底|末|内|初|中|上半年|下半年)?$/,
    read: (m) => yearPart(fullYear(m[1]!), m[2]),
  },
  {
    form: /^(?:(20\d{2}|[12]\d)年?)?Q([1-4])(?:末|底|初)?$/,
    read: (m, year) => ({ year: m[1] ? fullYear(m[1]) : year, month: Number(m[2]) * 3, precision: 'quarter' }),
  },
  // without a year: 3月16日, 6月底, 年底, 上半年, 明年3月
  {
    form: /^(?:今年|本年|当年)?(\d{1,2})月(\d{1,2})[日号]?$/,
    read: (m, year) => ({ year, month: Number(m[1]), day: Number(m[2]), precision: 'day' }),
  },
  {
    form: new RegExp(`^(?:今年|本年|当年)?(\\d{1,2})月(${rest})$`),
    read: (m, year) => month(year, Number(m[1]), m[2]!),
  },
  { form: new RegExp(`^明年(\\d{1,2})月(${rest})$`), read: (m, year) => month(next(year), Number(m[1]), m[2]!) },
  {
    form: /^(?:今年|本年|当年|年)?(底|末|年底|年末|年内|年初|年中|上半年|下半年)$/,
    read: (m, year) => yearPart(year, m[1]!.replace('年', '').replace('上半', '上半年').replace('下半', '下半年')),
  },
  {
    form: /^明年(底|末|年底|年内|年初|上半年|下半年)?$/,
    read: (m, year) => yearPart(next(year), m[1]?.replace(/^年/, '')),
  },
];

const next = (year: number | undefined) => (year === undefined ? undefined : year + 1);
const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

function month(year: number | undefined, number: number, part: string): Point {
  const day = part === '上旬' || part === '初' ? 10 : part === '中旬' || part === '中' ? 20 : undefined;
  return { year, month: number, ...(day !== undefined && { day }), precision: 'month' };
}

function yearPart(year: number | undefined, part: string | undefined): Point {
  if (part === '上半年' || part === '中') return { year, month: 6, precision: 'half' };
  if (part === '下半年') return { year, month: 12, precision: 'half' };
  if (part === '初') return { year, month: 3, precision: 'quarter' };
  return { year, month: 12, precision: 'year' };
}

function pointOf(text: string, year: number | undefined): Point | 'impossible' | undefined {
  for (const { form, read } of forms) {
    const match = form.exec(text);
    const point = match ? read(match, year) : undefined;
    if (!point) continue;
    const { month: m = 12, day: d } = point;
    if (m < 1 || m > 12) return 'impossible';
    if (d !== undefined && (d < 1 || d > daysInMonth(point.year ?? 2024, m))) return 'impossible';
    return point;
  }
  return undefined;
}

function dated(point: Point, text: string): DateRead {
  if (point.year === undefined) return problem('needsYear');
  const month = point.month ?? 12;
  const day = makeDay(point.year, month, point.day ?? daysInMonth(point.year, month));
  return day === null ? problem('impossible') : { kind: 'date', date: { day, precision: point.precision, text } };
}

/** An Excel date is as exact as it is shown: under `yyyy"年"m"月"` the first of March means March. */
function ofExcel(cell: Cell): DateRead {
  const day = cell.date!;
  const shown = (cell.numFmt ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').toLowerCase();
  const [year, monthNumber] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (year < 1990 || year > 2100) return problem('unclear');
  if (shown === '' || shown.includes('d') || !shown.includes('y'))
    return { kind: 'date', date: { day, precision: 'day', text: null } };
  const isMonth = shown.includes('m');
  const point: Point = { year, month: isMonth ? monthNumber : 12, precision: isMonth ? 'month' : 'year' };
  return dated(point, isMonth ? `${year}年${monthNumber}月` : `${year}年`);
}

/** Numbers in a date column: a year, 202103, 20210316, or a date that lost its format (44271). */
function ofNumber(value: number, text: string): DateRead {
  if (Number.isInteger(value)) {
    // 1 January 2000 to 31 December 2079.
    if (value >= 36_526 && value <= 65_745) {
      const day = new Date((value - 25_569) * 86_400_000).toISOString().slice(0, 10);
      return { kind: 'date', date: { day, precision: 'day', text: null } };
    }
    return readDateText(text);
  }
  // 2021.1 typed as a number is January or October: the zero is gone.
  if (/^20\d{2}\.1$/.test(text)) return problem('ambiguous');
  return /^20\d{2}\.\d{1,2}$/.test(text) ? readDateText(text) : problem('unclear');
}

function problem(kind: DateProblem): DateRead {
  return { kind: 'problem', problem: kind };
}
