import { addDays, type Day, daysInMonth, makeDay, monthOf, yearOf } from '#core/shared/day.ts';
import {
  type OfficialDate,
  officialDates,
  openReasons,
  smallNumber,
  type Workdays,
} from '#core/shared/official-date.ts';
import type { Words } from '#core/shared/words.ts';
import type { Mark, Span } from './shapes.ts';

/** Why a date of a bulletin is left open: those of the grammar, and what only a whole document can lack. */
export const dateOpenWords = {
  ...openReasons,
  noDocumentDate: {
    zh: '文中未写年份，且不知文件日期',
    en: 'No year is written, and the date of the document is not known',
  },
  samePeriod: { zh: '“同期”所比的期间未写明', en: 'It is not written which period is compared' },
} as const satisfies Record<string, Words>;
export type DateOpen = keyof typeof dateOpenWords;

type DateMark = Pick<Mark, 'kind' | 'span' | 'text'> & { date: NonNullable<Mark['date']> };

export interface DateContext {
  /** The document's own day; null when nobody knows it. */
  documentDate: Day | null;
  workdays?: Workdays | undefined;
}

/**
 * Every expression of time in a clean text, resolved against the document's day. The grammar of official dates reads most;
 * here stand the forms that reports use and orders do not: 前8月, 去年同期, 12日, 今年以来, 截至8月底.
 */
export function datesIn(
  text: string,
  { documentDate, workdays }: DateContext,
  taken: (span: Span) => boolean,
): DateMark[] {
  const titleYear = documentDate ? null : yearOfHead(text);
  const on = documentDate ?? (titleYear ? `${titleYear}-12-31` : '2000-01-01');
  const isKnown = documentDate !== null || titleYear !== null;
  const found: DateMark[] = [];
  for (const date of officialDates(text, on, workdays)) {
    if (isNoDate(text, date)) continue;
    found.push(markOf(text, date, on, isKnown, documentDate === null));
  }
  for (const own of ownForms(text, on, isKnown, documentDate !== null)) found.push(own);
  const kept: DateMark[] = [];
  for (const mark of found.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)) {
    const last = kept.at(-1);
    if (last && mark.span.start < last.span.end) continue;
    // An unreadable place takes its date with it.
    if (!taken(mark.span)) kept.push(mark);
  }
  return withSamePeriods(text, kept);
}

/** A year in the first words is the year of a document without a date: “2021年安排全市重点建设项目710项”. */
function yearOfHead(text: string): number | null {
  const head = text
    .replace(/https?:\S{0,300}/g, (address) => ' '.repeat(address.length))
    .slice(0, 300)
    .trim()
    .slice(0, 24);
  const match = /^[^。，,\d]{0,12}?(20\d{2})年/.exec(head);
  return match ? Number(match[1]) : null;
}

/** 按日 and 每天 in 每日 are dates of a plan, not of a report's headline; 2 月 of 十二月 is read whole. */
function isNoDate(text: string, { start, end, words }: OfficialDate): boolean {
  const [before, behind] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 3)];
  if (/^按[日年]$/.test(words)) return true;
  // 达产后年产值: no year after the next.
  if (/^后年$/.test(words) && /^[产均度增销营税收利用纳发处]/.test(behind)) return true;
  // 一月一调度, “十四五”期间: a rhythm; a span of years that is read below.
  if (/^[一二两双]月$/.test(words) && /^[一二两]/.test(behind)) return true;
  if (/^(?:今年)?年初$/.test(words) && /^以来/.test(behind)) return true;
  if (/[一二三四五]五.?(?:规划)?(?:时?期|期间|以来)/.test(text.slice(start, end + 4))) return true;
  if (/^(?:按月|按季|按季度|按周)$/.test(words)) return !/^[更动调通报督公反上汇研]/.test(behind);
  if (/^每[年个一二三四五六七八九十日天]?$/.test(words)) return !/^每[年日天]$/.test(words) || /^[个一]/.test(behind);
  // 上半年 in “过半年”, 年内 in 近年内.
  if (/^年内/.test(words) && /[近多几\d两三五十]$/.test(before)) return true;
  if (/^年初$/.test(words) && /^(?:预算|计划|目标|确定|安排|下达|部署|人代会|建议)/.test(behind)) return true;
  // “3.12月底前完成”: the number of a paragraph stands before the month.
  const isNumbered = /(?:^|\n)\s?\d{1,2}[.．]$/.test(text.slice(Math.max(0, start - 5), start));
  if (/^\d/.test(words) && !isNumbered && /[\d.:：/A-Za-z-]$/.test(before)) return true;
  if (/^今年|^当年/.test(words) && words.length === 2 && /^[的]?[第]/.test(behind)) return false;
  return /^当年$/.test(words) && !/^[，,完开计建]/.test(behind);
}

const relative = /^(?:今年|本年|当年|明年|后年|去年|上年|次年)/;
const futureWords = /(?:预计|计划|将|力争|确保|争取|拟|可在|有望|前)[^。；]{0,12}$/;

function markOf(text: string, date: OfficialDate, on: Day, isKnown: boolean, isYearOnly: boolean): DateMark {
  let { start, end, day, from, why } = date;
  while (/\s/.test(text[start]!)) start += 1;
  const words = text.slice(start, end);
  const head = text.slice(Math.max(0, start - 8), start);
  const asOf = /(?:截至到?|截止到?|截止至)(?:目前|今年)?$/.exec(head)?.[0];
  const tail = text.slice(end, end + 3);
  let open: DateOpen | null = why;
  // A limit that is over stays open, but 上半年 and 一季度 are periods as well, and a report speaks of past ones.
  if (why === 'past' && isKnown && /(?:半年|季度|月份?|旬|[月度][底末初])$/.test(words)) {
    const period = officialDates(`${yearOf(on)}年${words}`, on)[0];
    if (period?.day) [day, from, open] = [period.day, period.from, null];
  }
  const isWritten = /20\d{2}|二[〇○零]/.test(words);
  if (!isWritten && why !== 'recurring' && why !== 'unreadable' && why !== 'impossible' && day !== null) {
    const isLength = !/[月日号季年旬]/.test(words.replace(/工作日|自然日/, ''));
    if (!isKnown || (isYearOnly && (relative.test(words) || isLength || /内$/.test(words)))) open = 'noDocumentDate';
  }
  // A report in January of what was done by December speaks of the year before.
  if (day && from && !isWritten && !relative.test(words) && isKnown && !isYearOnly && from > on && !date.isLimit) {
    const months = (yearOf(from) - yearOf(on)) * 12 + monthOf(from) - monthOf(on);
    const isAhead = futureWords.test(text.slice(Math.max(0, start - 16), start)) || /^[前底起]/.test(tail);
    if (months >= 6 && !isAhead && date.precision !== 'year') [day, from] = [yearBefore(day), yearBefore(from)];
  } else if (
    day &&
    from &&
    !isWritten &&
    /^1\s?[-—－–~～至到]/.test(words) &&
    isKnown &&
    !isYearOnly &&
    day > on &&
    monthOf(day) - monthOf(on) >= 6
  )
    [day, from] = [yearBefore(day), yearBefore(from)];
  // So does “截至年底”: nobody tells how the end of this year stood.
  if (day && from && asOf && !isWritten && isKnown && !isYearOnly && day > on && date.precision === 'year')
    [day, from] = [yearBefore(day), yearBefore(from)];
  let bound: DateMark['date']['bound'] = 'on';
  if (open === 'recurring') bound = 'every';
  else if (asOf) bound = 'asOf';
  else if (/^(?:起|开始|以来|之日起)/.test(tail)) bound = 'from';
  else if (/前$|之前$|以前$/.test(words)) bound = 'before';
  else if (/内$/.test(words)) bound = 'within';
  if (asOf) start -= asOf.length;
  if (/^以来/.test(tail)) end += 2;
  if (open) [day, from] = [null, null];
  // “今年以来” ends where the document stands.
  if (bound === 'from' && day !== null && from !== null && /以来$/.test(text.slice(start, end))) {
    // “10月以来” in September is since October of the year before.
    if (from > on && !isWritten) from = yearBefore(from);
    if (from <= on) day = on;
  }
  return made(text, { start, end }, { from, to: day, precision: open ? 'open' : precisionOf(date), bound, open });
}

const yearBefore = (day: Day): Day => {
  const [year, month] = [yearOf(day) - 1, monthOf(day)];
  return makeDay(year, month, Math.min(Number(day.slice(8)), daysInMonth(year, month))) ?? day;
};

const precisionOf = ({ precision }: OfficialDate): DateMark['date']['precision'] =>
  precision === 'tenDays' ? 'day' : precision === 'half' ? 'quarter' : precision;

const made = (text: string, span: Span, date: DateMark['date']): DateMark => ({
  kind: 'date',
  span,
  text: text.slice(span.start, span.end),
  date,
});

const monthWords = '\\d{1,2}|[一二三四五六七八九十]{1,2}|两';
const yearWords = '(?:(?<year>20\\d{2})年|(?<near>今年|去年|上年|本年))?';

function* ownForms(text: string, on: Day, isKnown: boolean, hasDay: boolean): Generator<DateMark> {
  const year = yearOf(on);
  const open = (span: Span, why: DateOpen): DateMark =>
    made(text, span, { from: null, to: null, precision: 'open', bound: 'on', open: why });
  const period = (
    span: Span,
    from: Day | null,
    to: Day | null,
    precision: DateMark['date']['precision'],
    isWritten: boolean,
  ) =>
    isKnown || isWritten
      ? made(text, span, { from, to, precision, bound: 'on', open: null })
      : open(span, 'noDocumentDate');
  // 前10月, 前八个月: from January.
  for (const m of text.matchAll(new RegExp(`(?<![\\d提])${yearWords}前(?<n>${monthWords})个?月(?!\\d|来)`, 'g'))) {
    const month = smallNumber(m.groups!.n!);
    if (month < 1 || month > 12) continue;
    const y = m.groups!.year ? Number(m.groups!.year) : /[去上]/.test(m.groups!.near ?? '') ? year - 1 : year;
    const shifted = !m.groups!.year && !m.groups!.near && month > monthOf(on) + 5 ? y - 1 : y;
    yield period(
      spanOf(m),
      makeDay(shifted, 1, 1),
      makeDay(shifted, month, daysInMonth(shifted, month)),
      'month',
      m.groups!.year !== undefined,
    );
  }
  for (const m of text.matchAll(
    /(?<![节假此])(?:日前|近日)(?=[,，、从在]|[\u3400-\u9fff]{2,20}(?:召开|举行|印发|获悉|出台|发布|开工|启动|举办|赴|到|率|就|对|主持|出席))/g,
  ))
    yield open(spanOf(m), 'vague');
  // 年初至上个月月底, 上月末.
  for (const m of text.matchAll(/(?<since>(?:今年)?年初至)?上个?月(?:月?底|月?末)/g)) {
    const first = monthOf(on) === 1 ? `${year - 1}-12-01` : (makeDay(year, monthOf(on) - 1, 1) ?? on);
    const last = makeDay(yearOf(first), monthOf(first), daysInMonth(yearOf(first), monthOf(first)));
    yield period(spanOf(m), m.groups!.since ? `${yearOf(first)}-01-01` : first, last, 'month', false);
  }
  for (const m of text.matchAll(
    /(?<![\d])(?:(?<y>20\d{2})年)?(?<month>\d{1,2})月(?<part>中下旬|上中旬)(?<limit>之?前)?/g,
  )) {
    const [y, month] = [m.groups!.y ? Number(m.groups!.y) : year, Number(m.groups!.month)];
    if (month < 1 || month > 12) continue;
    const isLate = m.groups!.part === '中下旬';
    yield withBound(
      period(
        spanOf(m),
        makeDay(y, month, isLate ? 11 : 1),
        makeDay(y, month, isLate ? daysInMonth(y, month) : 20),
        'day',
        m.groups!.y !== undefined,
      ),
      m.groups!.limit ? 'before' : 'on',
    );
  }
  for (const m of text.matchAll(/下个?月(?:底|末|初|[上中下]旬)?(?<limit>之?前)?(?!度)/g)) {
    const first = monthOf(on) === 12 ? `${year + 1}-01-01` : (makeDay(year, monthOf(on) + 1, 1) ?? on);
    const last = makeDay(yearOf(first), monthOf(first), daysInMonth(yearOf(first), monthOf(first)));
    yield withBound(period(spanOf(m), first, last, 'month', false), m.groups!.limit ? 'before' : 'on');
  }
  for (const m of text.matchAll(/(?:去年|上年)同期/g)) yield open(spanOf(m), 'samePeriod');
  for (const m of text.matchAll(/(?:去年|(?<!以)上年|上一年度?)(?!同期|度?(?:底|末|初|内))(?:以来)?/g)) {
    const isSince = m[0].endsWith('以来');
    const to = isSince ? on : makeDay(year - 1, 12, 31);
    yield withBound(period(spanOf(m), makeDay(year - 1, 1, 1), to, 'year', false), isSince ? 'from' : 'on');
  }
  // 去年底, 上年末.
  for (const m of text.matchAll(/(?<asOf>截[至止]到?)?(?:去年|上年)年?[底末]/g))
    yield withBound(
      period(spanOf(m), makeDay(year - 1, 12, 1), makeDay(year - 1, 12, 31), 'year', false),
      m.groups!.asOf ? 'asOf' : 'on',
    );
  // 2023—2025年, 二十世纪的年, 21年9月.
  for (const m of text.matchAll(
    /(?<![\d.])(?<from>20\d{2})年?(?:至|到|[-—–~～]{1,2})(?<to>20\d{2})年(?!\d|第?[一二三四上下前]|[初底末])/g,
  ))
    yield period(spanOf(m), makeDay(Number(m.groups!.from), 1, 1), makeDay(Number(m.groups!.to), 12, 31), 'year', true);
  for (const m of text.matchAll(
    /(?<![\d.])(?<y>19\d{2}|一九[〇○零一二三四五六七八九]{2})年(?<since>以来)?(?!\d|[一二三四五六七八九十]{1,2}月)/g,
  )) {
    const y = /^\d/.test(m.groups!.y!)
      ? Number(m.groups!.y)
      : Number([...m.groups!.y!].map((sign) => Math.max('〇一二三四五六七八九'.indexOf(sign), 0)).join(''));
    yield withBound(
      period(spanOf(m), makeDay(y, 1, 1), m.groups!.since ? on : makeDay(y, 12, 31), 'year', true),
      m.groups!.since ? 'from' : 'on',
    );
  }
  for (const m of text.matchAll(/(?<![\d.年])(?<y>[12]\d)年(?<month>\d{1,2})月(?!\d)/g)) {
    const [y, month] = [2000 + Number(m.groups!.y), Number(m.groups!.month)];
    if (month >= 1 && month <= 12 && Math.abs(y - year) <= 10)
      yield period(spanOf(m), makeDay(y, month, 1), makeDay(y, month, daysInMonth(y, month)), 'month', true);
  }
  // “十四五”期间: five years from 2021; since 1953 they follow each other.
  for (const m of text.matchAll(/[“"]?(?<n>十[一二三四五六])五[”"]?(?:规划)?(?<how>时期|期间|以来)/g)) {
    const first = 1953 + (smallNumber(m.groups!.n!) - 1) * 5 + 3;
    const isSince = m.groups!.how === '以来';
    yield withBound(
      made(text, spanOf(m), {
        from: makeDay(first, 1, 1),
        to: isSince ? on : makeDay(first + 4, 12, 31),
        precision: 'year',
        bound: 'on',
        open: isSince && !isKnown ? 'noDocumentDate' : null,
      }),
      isSince ? 'from' : 'on',
    );
  }
  for (const m of text.matchAll(/(?:今年)?年初以来/g))
    yield withBound(period(spanOf(m), makeDay(year, 1, 1), on, 'year', false), 'from');
  for (const m of text.matchAll(/每月\d{1,2}日?至(?:月底|月末|次月\d{1,2}日|\d{1,2}日)/g))
    yield { ...open(spanOf(m), 'recurring'), date: { ...open(spanOf(m), 'recurring').date, bound: 'every' } };
  for (const m of text.matchAll(/20\d{2}年(?:春节|中秋|端午)节?前/g))
    yield withBound(open(spanOf(m), 'lunar'), 'before');
  // “12日，新晃县……”: the last such day that is not after the document.
  for (const m of text.matchAll(
    /(?<![\d月.、至到—–~～/-])(?<day>\d{1,2})日(?=[,，]|上午|下午|晚|凌晨|从|在|获悉|召开|讯)/g,
  )) {
    const day = lastDay(on, Number(m.groups!.day));
    yield day ? period(spanOf(m), day, day, 'day', false) : open(spanOf(m), 'impossible');
  }
  for (const m of text.matchAll(/(?<![\d-])(?<month>\d{2})-(?<day>\d{2})(?= ?\d{1,2}:\d{2})/g)) {
    const day = makeDay(year, Number(m.groups!.month), Number(m.groups!.day));
    if (day) yield period(spanOf(m), day, day, 'day', false);
  }
  for (const m of text.matchAll(
    /(?<![一-鿿])(?:今天|今日)(?=上午|下午|[,，从在])|(?<=会|式|动)(?:今天|今日)(?=上午|下午)/g,
  ))
    yield period(spanOf(m), on, on, 'day', false);
  for (const m of text.matchAll(/(?:昨天|昨日)(?=上午|下午|[,，从在晚])/g))
    yield period(spanOf(m), addDays(on, -1), addDays(on, -1), 'day', false);
  // Named by no month of its own: the document's.
  for (const m of text.matchAll(/(?<![\d一二三四五六七八九十个本当上下每月份])月底(?<limit>之?前)?/g)) {
    const to = makeDay(year, monthOf(on), daysInMonth(year, monthOf(on)));
    yield withBound(period(spanOf(m), to, to, 'month', false), m.groups!.limit ? 'before' : 'on');
  }
  for (const m of text.matchAll(/(?:自|从)?即日起/g))
    yield withBound(period(spanOf(m), on, null, 'day', false), 'from');
  for (const m of text.matchAll(/截[至止]到?(?:目前|当前|今日|今天|现在|发稿时?|记者发稿)/g))
    yield withBound(hasDay ? period(spanOf(m), on, on, 'day', false) : open(spanOf(m), 'noDocumentDate'), 'asOf');
}

const withBound = (mark: DateMark, bound: DateMark['date']['bound']): DateMark => ({
  ...mark,
  date: { ...mark.date, bound },
});

const spanOf = (match: RegExpMatchArray): Span => ({ start: match.index!, end: match.index! + match[0].length });

function lastDay(on: Day, day: number): Day | null {
  for (let back = 0; back < 3; back += 1) {
    const month = monthOf(on) - back;
    const [y, m] = month < 1 ? [yearOf(on) - 1, month + 12] : [yearOf(on), month];
    const made = makeDay(y, m, day);
    if (made && made <= on) return made;
  }
  return null;
}

/** 去年同期 is the period spoken of before it in the same sentence, a year earlier. */
function withSamePeriods(text: string, marks: DateMark[]): DateMark[] {
  let last: DateMark | undefined;
  for (const mark of marks) {
    if (mark.date.open === 'samePeriod') {
      const isSame = last && !/[。\n]/.test(text.slice(last.span.end, mark.span.start).slice(-200));
      if (last && isSame && last.date.from && last.date.to)
        mark.date = {
          from: yearBefore(last.date.from),
          to: yearBefore(last.date.to),
          precision: last.date.precision,
          bound: 'on',
          open: null,
        };
    } else if (mark.date.from && mark.date.to && mark.date.from !== mark.date.to) last = mark;
  }
  return marks;
}
