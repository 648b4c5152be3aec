// Long because it is the whole grammar of dates in one place: what can be read, and what must stay open.
import { addDays, addMonths, type Day, dayOfMonth, daysInMonth, makeDay, monthOf, yearOf } from './day.ts';
import type { Words } from './words.ts';

/** Why words about time give no day. Nothing is guessed: a person chooses the day, and sees these words. */
export const openReasons = {
  recurring: { zh: '是重复的期限，不是一个日期', en: 'It repeats, so it is not one day' },
  fromEvent: { zh: '从另一件事发生之日起算，该日未写明', en: 'It counts from an event whose day is not written' },
  past: {
    zh: '未写年份，而当年的这一天早于文件日期',
    en: 'No year is written, and that day of this year is before the document',
  },
  unclearBefore: { zh: '“前”是否包括这一期间不明确', en: 'It is not clear whether the period itself is included' },
  noMonth: { zh: '没有写月份', en: 'No month is written' },
  impossible: { zh: '没有这一天', en: 'There is no such day' },
  lunar: { zh: '农历节日，每年日期不同', en: 'A festival of the lunar calendar, on another day each year' },
  season: { zh: '没有固定的日期', en: 'It has no fixed day' },
  vague: { zh: '说法不确定到某一天', en: 'The words do not name a day' },
  standing: { zh: '长期坚持，没有期限', en: 'Standing work without a limit' },
  noCalendar: {
    zh: '按工作日计算，而该年放假安排尚未发布',
    en: 'It counts working days of a year whose calendar is not published',
  },
  unreadable: { zh: '原文此处有缺字或乱码', en: 'The text is damaged here' },
} as const satisfies Record<string, Words>;
export type OpenReason = keyof typeof openReasons;

export type DatePrecision = 'day' | 'tenDays' | 'month' | 'quarter' | 'half' | 'year';

export interface OfficialDate {
  /** Place of the words in the text, in UTF-16 offsets. */
  start: number;
  end: number;
  words: string;
  /** The last day meant; null when it is open. */
  day: Day | null;
  /** The first day of a period (三季度, 3月3日至11日); the same as `day` for a single day. */
  from: Day | null;
  why: OpenReason | null;
  precision: DatePrecision;
  /** Said as a limit: 前, 底, 内, 末. “截至8月底” is not one. */
  isLimit: boolean;
  isYearWritten: boolean;
}

/** What is needed of the working calendar: the n-th workday after a day. May throw in a year without a calendar. */
export interface Workdays {
  addWorkdays(day: Day, n: number): Day;
}

/**
 * Every expression of time in an official Chinese text, in order, resolved against the day of the document: 5月底前,
 * 年内, 上半年, 三季度末, 3月3日前, 10个工作日内, 5月中旬, 次年3月. A day without a year is of the document's year; as a limit
 * that would already be over, it stays open. Without a calendar, limits in workdays stay open.
 * @param ownYear Year of days without one, when the document names another than that of its day: a plan for 2022, issued in December 2021.
 */
export function officialDates(text: string, on: Day, workdays?: Workdays, ownYear = yearOf(on)): OfficialDate[] {
  // Same length, so that places stay true.
  const plain = text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ');
  const found: OfficialDate[] = [];
  const years: YearMark[] = [...plain.matchAll(writtenYear)].map((m) => ({
    at: m.index,
    year: yearNumber(m[1] ?? m[2]!),
  }));
  for (const { form, read } of forms) {
    for (const match of plain.matchAll(form)) {
      const start = match.index;
      const end = start + match[0].trimEnd().length;
      const context: Context = {
        on,
        ownYear,
        workdays,
        before: plain.slice(Math.max(0, start - 24), start),
        years,
        at: start,
      };
      const made = read(match.groups ?? {}, context);
      if (made === undefined) continue;
      found.push({ start, end, words: text.slice(start, end), ...settled(made, context) });
    }
  }
  // Of expressions that overlap the one that begins first counts, then the longer one.
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: OfficialDate[] = [];
  for (const date of found) if (date.start >= (kept.at(-1)?.end ?? 0)) kept.push(date);
  return kept;
}

export interface Deadline {
  day: Day | null;
  why: OpenReason | null;
  /** The words it came from; null when the text says nothing about time. */
  words: string | null;
  /** Place of those words. */
  start: number;
  end: number;
}

/**
 * The one limit that a cell 完成时限 names. Of several days the last one counts. Beside the forms of running text it reads
 * 2021.12, 2021-12-31, 2021年 and 12月. Null: the text says nothing about time.
 */
export function readDeadline(text: string, on: Day, workdays?: Workdays, ownYear = yearOf(on)): Deadline | null {
  const dates = officialDates(text, on, workdays, ownYear);
  const open = (why: OpenReason, words: string): Deadline => {
    const start = text.indexOf(words);
    return { day: null, why, words, start, end: start + words.length };
  };
  const damaged = dates.find((date) => date.why === 'unreadable' || date.why === 'impossible');
  const counted = damaged ? [damaged] : dates.filter((date) => date.day !== null);
  const last = counted.toSorted((a, b) => (a.day ?? '').localeCompare(b.day ?? '')).at(-1) ?? dates[0];
  if (last) {
    const isOver = last.day !== null && last.day < on && !last.isYearWritten;
    const { words, start, end } = last;
    return { day: isOver ? null : last.day, why: isOver ? 'past' : last.why, words, start, end };
  }
  const month = /(20\d{2})\s*[.\-/]\s*(0?[1-9]|1[0-2])(?!\d)/.exec(text);
  if (month) {
    const [year, m] = [Number(month[1]), Number(month[2])];
    const day = makeDay(year, m, daysInMonth(year, m));
    return { day, why: null, words: month[0], start: month.index, end: month.index + month[0].length };
  }
  const standing = /长期坚持|长期|常年|持续推进|持续|常态化|经常性/.exec(text)?.[0];
  if (standing) return open('standing', standing);
  const vague = /立即|立行立改|尽快|近期|适时|即日起?/.exec(text)?.[0];
  return vague ? open('vague', vague) : null;
}

// ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const digit = '〇一二三四五六七八九';

/** 0–99 in digits or Chinese: 12, 十二, 二十, 廿五, 两. */
export function smallNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const full = text.replaceAll('两', '二').replace('廿', '二十').replaceAll('零', '〇').replaceAll('○', '〇');
  if (!full.includes('十')) return Number([...full].map((c) => digit.indexOf(c)).join(''));
  const [tens, ones] = full.split('十');
  return (tens ? digit.indexOf(tens) : 1) * 10 + (ones ? digit.indexOf(ones) : 0);
}

const yearNumber = (text: string): number =>
  /^\d/.test(text) ? Number(text) : Number([...text.replace(/[○零O]/g, '〇')].map((c) => digit.indexOf(c)).join(''));

const writtenYear = /(20\d{2})\s*年|(二[〇○零O][〇○零O一二三四五六七八九]{2})\s*年/g;

// ── Forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface YearMark {
  at: number;
  year: number;
}

interface Context {
  on: Day;
  ownYear: number;
  workdays: Workdays | undefined;
  /** The text just before the expression. */
  before: string;
  years: readonly YearMark[];
  at: number;
}

/** Months and days as written; `year` is null when none is. */
interface Reading {
  year?: number | null;
  from?: { month: number; day: number };
  to?: { month: number; day: number };
  /** A day that is already certain. */
  day?: Day;
  why?: OpenReason;
  precision: DatePrecision;
  isLimit: boolean;
}

type Groups = Record<string, string | undefined>;

const num = '(?:\\d{1,2}|[一二三四五六七八九十廿]{1,3})';
const year =
  '(?<year>20\\d{2}\\s*年|二[〇○零O][〇○零O一二三四五六七八九]{2}\\s*年|今年|本年度?|当年|明年|次年|后年|去年|上年)?的?\\s*';
const until = '\\s*(?<limit>之前|以前|前(?![三期往景后来沿])|以内|之内)?';
const month = `(?<month>${num})\\s*月`;

/** The year an expression belongs to; null when it names none. */
function yearOfGroups({ year: words }: Groups, { on, years, at }: Context): number | null {
  if (words === undefined) return null;
  const own = yearOf(on);
  const text = words.trim();
  if (/^(今年|本年|当年)/.test(text)) return own;
  if (text === '明年') return own + 1;
  if (text === '后年') return own + 2;
  if (/^(去年|上年)$/.test(text)) return own - 1;
  // 次年 follows the year that was just spoken of, else the document's own.
  if (text === '次年') return (years.findLast((y) => y.at < at)?.year ?? own) + 1;
  return yearNumber(text.replace(/\s*年$/, ''));
}

/** Days of a part of a month, as 上旬 or 底. */
function partOfMonth(
  part: string | undefined,
  y: number,
  m: number,
): { from: number; to: number; precision: DatePrecision } {
  const last = daysInMonth(y, m) || 31;
  if (part === '上旬' || part === '初') return { from: 1, to: 10, precision: 'tenDays' };
  if (part === '中旬' || part === '中') return { from: 11, to: 20, precision: 'tenDays' };
  if (part === '下旬') return { from: 21, to: last, precision: 'tenDays' };
  return { from: 1, to: last, precision: 'month' };
}

function monthReading(g: Groups, context: Context): Reading {
  const own = yearOfGroups(g, context);
  const y = own ?? context.ownYear;
  const m = smallNumber(g.month!);
  const m2 = g.month2 === undefined ? m : smallNumber(g.month2);
  if (m < 1 || m > 12 || m2 < 1 || m2 > 12) return { why: 'impossible', precision: 'month', isLimit: true };
  const { from } = partOfMonth(g.part, y, m);
  const { to, precision } = partOfMonth(g.part, y, m2);
  // “5月前” may end with April or with May; “5月底前” cannot.
  const isUnclear = (g.limit ?? '').includes('前') && (g.part === undefined || g.part === '初');
  return {
    year: own,
    from: { month: m, day: from },
    to: { month: m2, day: to },
    precision,
    isLimit: g.limit !== undefined || (g.part !== undefined && g.part !== '初'),
    ...(isUnclear && { why: 'unclearBefore' as const }),
  };
}

const spanOfYear: Record<string, [number, number, DatePrecision]> = {
  上半年: [1, 6, 'half'],
  下半年: [7, 12, 'half'],
  年中: [1, 6, 'half'],
  底: [1, 12, 'year'],
  年底: [1, 12, 'year'],
  末: [1, 12, 'year'],
  年末: [1, 12, 'year'],
  岁末: [1, 12, 'year'],
  内: [1, 12, 'year'],
  年内: [1, 12, 'year'],
  全年: [1, 12, 'year'],
  '': [1, 12, 'year'],
};

function yearReading(g: Groups, context: Context): Reading | undefined {
  const own = yearOfGroups(g, context);
  const part = (g.part ?? '').replace(/^度/, '');
  if (part === '年初' || part === '初') return { year: own, why: 'vague', precision: 'quarter', isLimit: true };
  const [first, last, precision] = spanOfYear[part] ?? spanOfYear['']!;
  const isLimit = g.limit !== undefined || (part !== '' && part !== '全年');
  // 2022年前: is 2022 in it?
  const isUnclear = part === '' && (g.limit ?? '').includes('前');
  return {
    year: own,
    from: { month: first, day: 1 },
    to: { month: last, day: last === 6 ? 30 : 31 },
    precision,
    isLimit,
    ...(isUnclear && { why: 'unclearBefore' as const }),
  };
}

function quarterReading(g: Groups, context: Context): Reading {
  const q = smallNumber(g.quarter!);
  const q2 = g.quarter2 === undefined ? q : smallNumber(g.quarter2);
  const isUnclear = (g.limit ?? '').includes('前') && g.part === undefined;
  return {
    year: yearOfGroups(g, context),
    from: { month: q * 3 - 2, day: 1 },
    to: { month: q2 * 3, day: q2 === 1 || q2 === 4 ? 31 : 30 },
    precision: 'quarter',
    isLimit: g.limit !== undefined || g.part !== undefined,
    ...(isUnclear && { why: 'unclearBefore' as const }),
  };
}

function dayReading(g: Groups, context: Context): Reading {
  const m = smallNumber(g.month!);
  const d = smallNumber(g.day!);
  const m2 = g.month2 === undefined ? m : smallNumber(g.month2);
  const d2 = g.day2 === undefined ? d : smallNumber(g.day2);
  return {
    year: yearOfGroups(g, context),
    from: { month: m, day: d },
    to: { month: m2, day: d2 },
    precision: 'day',
    isLimit: g.limit !== undefined,
  };
}

/** Whether “…之日起”, “…后” before a length of time means the day of the document itself. */
const ofDocument =
  /(?:通知|方案|文件|意见|办法|通报|决定|清单|纪要|交办单|任务书)?(?:印发|下发|发布|公布|发文|印制|交办|下达)(?:之日起?|之后|以后|后|起)[，,]?\s*$/;
const ofEvent = /(?:之日起?|日起|之后|以后|后|起)[，,]?\s*$/;

function lengthReading(g: Groups, { on, workdays, before }: Context): Reading | undefined {
  const limit = { precision: 'day', isLimit: true } as const;
  if (ofEvent.test(before) && !ofDocument.test(before)) return { why: 'fromEvent', ...limit };
  const n = g.n === '半' ? 0.5 : smallNumber(g.n!);
  if (!Number.isFinite(n) || n <= 0) return undefined;
  const unit = g.unit!.replace(/^个|整/g, '');
  if (unit === '工作日') {
    if (!workdays) return { why: 'noCalendar', ...limit };
    try {
      return { day: workdays.addWorkdays(on, n), ...limit };
    } catch {
      return { why: 'noCalendar', ...limit };
    }
  }
  if (unit === '小时') return n % 24 === 0 ? { day: addDays(on, n / 24), ...limit } : { why: 'vague', ...limit };
  if (unit === '年') return { day: addMonths(on, n * 12), ...limit };
  if (unit === '月') return n === 0.5 ? { day: addDays(on, 15), ...limit } : { day: addMonths(on, n), ...limit };
  if (unit === '周' || unit === '星期') return { day: addDays(on, n * 7), ...limit };
  return n === 0.5 ? { why: 'vague', ...limit } : { day: addDays(on, n), ...limit };
}

function nearMonthReading(g: Groups, { on }: Context): Reading {
  const first = addMonths(`${on.slice(0, 8)}01`, g.near === '下月' || g.near === '下个月' ? 1 : 0);
  const [y, m] = [yearOf(first), monthOf(first)];
  if (g.day !== undefined) {
    const day = makeDay(y, m, smallNumber(g.day));
    return day
      ? { day, precision: 'day', isLimit: g.limit !== undefined }
      : { why: 'impossible', precision: 'day', isLimit: true };
  }
  const { from, to, precision } = partOfMonth(g.part, y, m);
  return { year: y, from: { month: m, day: from }, to: { month: m, day: to }, precision, isLimit: true };
}

const festivals: [RegExp, month: number, day: number][] = [
  [/元旦|新年/, 1, 1],
  [/五一|劳动/, 5, 1],
  [/七一|建党/, 7, 1],
  [/八一|建军/, 8, 1],
  [/国庆|十一/, 10, 1],
];

/** Before a festival: the day before it, of this year if it is still to come. */
function festivalReading(g: Groups, { on }: Context): Reading {
  const fixed = festivals.find(([name]) => name.test(g.festival!));
  if (!fixed) return { why: 'lunar', precision: 'day', isLimit: true };
  const [, m, d] = fixed;
  const thisYear = makeDay(yearOf(on), m, d)!;
  const day = thisYear > on ? thisYear : makeDay(yearOf(on) + 1, m, d)!;
  return { day: addDays(day, -1), precision: 'day', isLimit: true };
}

const fiveYears = ['十二五', '十三五', '十四五', '十五五', '十六五'];

const forms: { form: RegExp; read: (groups: Groups, context: Context) => Reading | undefined }[] = [
  // Bytes were lost before these: nobody knows which month it was.
  {
    form: /[?？!�]{1,3}\s*(?:\d{0,2}\s*月\s*\d{1,2}\s*日|\d{0,2}\s*月底?)(?:前|之前|以前)?/g,
    read: () => ({ why: 'unreadable', precision: 'day', isLimit: false }),
  },
  {
    form: new RegExp(
      `${year}${month}\\s*(?<day>${num})\\s*[日号](?:\\s*(?:至|到|[-—－–~～]{1,2})\\s*(?:(?<month2>${num})\\s*月\\s*)?(?<day2>${num})\\s*[日号])?(?:\\s*\\d{1,2}[时点])?${until}`,
      'g',
    ),
    read: dayReading,
  },
  {
    form: new RegExp(`(?<!\\d)(?<year>20\\d{2})[-./](?<month>\\d{1,2})[-./](?<day>\\d{1,2})(?!\\d)日?${until}`, 'g'),
    read: dayReading,
  },
  {
    form: new RegExp(
      `${year}(?<!\\d)${month}份?(?!\\s*${num}\\s*[日号])\\s*(?<part>底|末|上旬|中旬|下旬|初|中(?![心央国小学期]))?${until}`,
      'g',
    ),
    read: monthReading,
  },
  {
    form: new RegExp(
      `${year}(?<!\\d)(?<month>${num})\\s*月?\\s*(?:至|到|[-—－–~～]{1,2})\\s*(?<month2>${num})\\s*月份?(?<part>底|末)?${until}`,
      'g',
    ),
    read: monthReading,
  },
  {
    form: new RegExp(
      `${year}第?(?<quarter>[一二三四1-4])(?:\\s*(?:至|到|[-—~～、])\\s*第?(?<quarter2>[一二三四1-4]))?季度\\s*(?<part>底|末|内)?${until}`,
      'g',
    ),
    read: quarterReading,
  },
  {
    form: new RegExp(`${year}前(?<quarter2>[二两三])个?季度`, 'g'),
    read: (g, context) => quarterReading({ ...g, quarter: '1' }, context),
  },
  {
    form: new RegExp(`${year}(?<part>上半年|下半年|年中|年底|年末|年内|年初|岁末|全年)${until}`, 'g'),
    read: yearReading,
  },
  {
    form: /(?<year>20\d{2}\s*年|二[〇○零O][〇○零O一二三四五六七八九]{2}\s*年|今年|本年度?|当年|明年|次年|后年)(?!\s*\d{1,2}\s*月)(?<part>底|末|内|度内|初)?\s*(?<limit>之前|以前|前(?![三两二期往]))?/g,
    read: yearReading,
  },
  {
    form: /(?<n>\d{1,4}|[一二三四五六七八九十两廿]{1,3}|半)\s*(?<unit>个?工作日|个?自然日|个?小时|个整?月|天|日|周|个?星期|年)(?:之内|以内|内)/g,
    read: lengthReading,
  },
  {
    form: new RegExp(
      `(?:每(?:个|年|半年|两)?(?:月|季度?|周|星期|旬|日|天|年)?(?:${num}\\s*月)?(?:\\s*${num}\\s*[日号]|底|末|初|[一二三四五六日天])?|按(?:日|周|旬|月|季度?|年)|逐(?:日|周|月|季))(?:之前|以前|前)?`,
      'g',
    ),
    read: (_, { before }) =>
      /[一二三四五六七八九十\d]$/.test(before) ? undefined : { why: 'recurring', precision: 'day', isLimit: true },
  },
  {
    form: /次月\s*\d{1,2}\s*[日号](?:之前|以前|前)?/g,
    read: () => ({ why: 'recurring', precision: 'day', isLimit: true }),
  },
  {
    form: new RegExp(
      `(?<near>本月|当月|下个?月)(?:\\s*(?<day>${num})\\s*[日号]|(?<part>底|末|上旬|中旬|下旬|内))${until}`,
      'g',
    ),
    read: nearMonthReading,
  },
  {
    form: /(?<![\d月一二三四五六七八九十个])(?<day>\d{1,2})\s*[日号](?:之前|以前|前)/g,
    read: () => ({ why: 'noMonth', precision: 'day', isLimit: true }),
  },
  {
    form: /[“"]?(?<festival>元旦|新年|五一|劳动节|七一|建党节|八一|建军节|国庆|十一(?!月|五|届|个)|春节|清明|端午|中秋)[”"]?(?:节|假期|放假)?(?:之前|以前|前)/g,
    read: festivalReading,
  },
  {
    form: /(?:主?汛期|雨季|冬季|夏季|入冬|入汛|开学)(?:来临|到来)?(?:之前|以前|前)/g,
    read: () => ({ why: 'season', precision: 'day', isLimit: true }),
  },
  {
    form: /[“"]?(?<plan>十[二三四五六]五)[”"]?(?:规划)?(?<part>末|期末|期间|时期|收官)(?:之前|以前|前)?/g,
    read: ({ plan, part }) => {
      const last = 2015 + fiveYears.indexOf(plan!) * 5;
      return { year: last, day: `${last}-12-31`, precision: 'year', isLimit: part !== '期间' && part !== '时期' };
    },
  },
];

const saysHowItStands = /(?:截至|截止|截止到|截至到|至)\s*$/;

function settled(reading: Reading, { on, ownYear, before }: Context): Omit<OfficialDate, 'start' | 'end' | 'words'> {
  const { precision } = reading;
  // “截至8月底，完成…” tells how things stood.
  const isLimit = reading.isLimit && !saysHowItStands.test(before);
  const isYearWritten = typeof reading.year === 'number';
  const open = (why: OpenReason) => ({ day: null, from: null, why, precision, isLimit, isYearWritten });
  if (reading.why) return open(reading.why);
  if (reading.day !== undefined)
    return { day: reading.day, from: reading.day, why: null, precision, isLimit, isYearWritten: true };
  const y = reading.year ?? ownYear;
  const from = makeDay(y, reading.from!.month, reading.from!.day);
  // A period over the turn of the year: 11月至次年… is written with its year, 11月至3月 is not one year.
  const to = makeDay(
    y,
    reading.to!.month,
    Math.min(reading.to!.day, reading.to!.day > 28 && precision !== 'day' ? daysInMonth(y, reading.to!.month) : 31),
  );
  if (from === null || to === null || from > to) return open('impossible');
  if (isLimit && to < on && !isYearWritten) return open('past');
  return {
    day: to,
    from: precision === 'day' && dayOfMonth(from) === dayOfMonth(to) ? to : from,
    why: null,
    precision,
    isLimit,
    isYearWritten,
  };
}
