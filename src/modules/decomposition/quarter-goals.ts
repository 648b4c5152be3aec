import { type Day, makeDay, monthOf, yearOf } from '#core/shared/day.ts';
import { type Span, trimSpan } from '#core/shared/document-text.ts';
import { type OfficialDate, officialDates } from '#core/shared/official-date.ts';
import type { QuarterCode, QuarterGoal } from './proposal.ts';

/** Last day of a quarter. */
export function quarterEnd(code: QuarterCode, year: number): Day {
  const month = Number(code[1]) * 3;
  return makeDay(year, month, month === 3 || month === 12 ? 31 : 30)!;
}

export interface PlacedGoal extends QuarterGoal {
  span: Span;
}

/** 一季度, 3月底, 6月30日, 年底: the quarter that ends with this day. */
function quarterOf(date: OfficialDate): QuarterCode | undefined {
  if (date.day === null) return undefined;
  const month = monthOf(date.day);
  if (month % 3 !== 0 || date.day !== quarterEnd(`Q${month / 3}` as QuarterCode, yearOf(date.day))) return undefined;
  return `Q${month / 3}` as QuarterCode;
}

/**
 * What shall stand at the end of each quarter, from words like “一季度完成征拆，二季度开工，年底前封顶” or “6月底前：…；12月底前：…”.
 * Two different quarters of one year at least: a single one is a deadline and no plan.
 */
export function goalsIn(text: string, span: Span, on: Day, ownYear: number): PlacedGoal[] {
  const words = text.slice(span.start, span.end);
  const marks = officialDates(words, on, undefined, ownYear).filter((date) => !/全年/.test(date.words));
  const goals: PlacedGoal[] = [];
  for (const [index, mark] of marks.entries()) {
    const code = quarterOf(mark);
    // Of quarters, the ends of months that end quarters, and the end of a year; not of a day that happens to be one.
    if (!code || mark.precision === 'day' || (mark.precision === 'year' && !mark.isLimit)) continue;
    const next = marks[index + 1]?.start ?? words.length;
    const said = wordsBetween(words, mark.end, next);
    if (!said) continue;
    const place = { start: span.start + said.start, end: span.start + said.end };
    goals.push({ code, title: text.slice(place.start, place.end), dueOn: mark.day!, span: place });
  }
  const year = goals[0] && yearOf(goals[0].dueOn);
  const known = goals.filter(
    (goal, i) => yearOf(goal.dueOn) === year && goals.findIndex((g) => g.code === goal.code) === i,
  );
  return known.length > 1 ? known.toSorted((a, b) => (a.code < b.code ? -1 : 1)) : [];
}

/** The words after a mark of time, up to the end of the sentence or the next mark; without commas and signs around. */
function wordsBetween(text: string, from: number, to: number): Span | undefined {
  let end = to;
  const stop = /[；;。\n（(]/.exec(text.slice(from, to));
  if (stop) end = from + stop.index;
  let span = trimSpan(text, { start: from, end });
  span = {
    start: span.start + (/^[，,：:、]+/.exec(text.slice(span.start, span.end))?.[0].length ?? 0),
    end: span.end,
  };
  const tail =
    /(?:[，,、：:；;（(\s]|力争|确保|到|至|于|在|并|争取)+$/.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
  span = trimSpan(text, { start: span.start, end: span.end - tail });
  return span.end - span.start >= 2 ? span : undefined;
}
