import {
  addDays,
  addMonths,
  type Day,
  fromEpochDay,
  monthOf,
  startOfMonth,
  toEpochDay,
  weekday,
} from '#core/shared/day.ts';

/** Days to pixels, for one picture. */
export interface GanttScale {
  first: Day;
  last: Day;
  pxPerDay: number;
  width: number;
  /** Left edge of a day. */
  x(day: Day): number;
  /** Right edge of a day: bars end there, because the last day is worked. */
  xEnd(day: Day): number;
}

export const zooms = { day: 22, week: 7, month: 3, quarter: 1.2 } as const;
export type Zoom = keyof typeof zooms;

export function scaleOver(first: Day, last: Day, pxPerDay: number): GanttScale {
  const from = toEpochDay(first);
  const days = Math.max(1, toEpochDay(last) - from + 1);
  const x = (day: Day) => (toEpochDay(day) - from) * pxPerDay;
  return { first, last, pxPerDay, width: Math.ceil(days * pxPerDay), x, xEnd: (day) => x(day) + pxPerDay };
}

/** From a little before the first to a little after the last of the days, whole months. */
export function spanOf(days: readonly (Day | null | undefined)[]): { first: Day; last: Day } | null {
  const sorted = days.filter((day): day is Day => !!day).sort();
  if (!sorted[0]) return null;
  return { first: startOfMonth(sorted[0]), last: addDays(startOfMonth(addMonths(sorted.at(-1)!, 1)), 14) };
}

/** The finest zoom at which the whole span fits, or the coarsest. */
export const zoomFor = (first: Day, last: Day, width: number): Zoom => {
  const days = toEpochDay(last) - toEpochDay(first) + 1;
  return (['day', 'week', 'month'] as const).find((zoom) => days * zooms[zoom] <= width * 1.6) ?? 'quarter';
};

export interface Tick {
  day: Day;
  x: number;
  width: number;
  label: string;
}

const cut = (scale: GanttScale, day: Day, next: Day, label: string): Tick => {
  const x = Math.max(0, scale.x(day));
  return { day, x, width: Math.min(scale.width, scale.x(next)) - x, label };
};

export function yearTicks(scale: GanttScale): Tick[] {
  const ticks: Tick[] = [];
  for (let year = Number(scale.first.slice(0, 4)); year <= Number(scale.last.slice(0, 4)); year++)
    ticks.push(cut(scale, `${year}-01-01`, `${year + 1}-01-01`, String(year)));
  return ticks;
}

export function monthTicks(scale: GanttScale, name: (month: number) => string): Tick[] {
  const ticks: Tick[] = [];
  for (let at = startOfMonth(scale.first); at <= scale.last; at = addMonths(at, 1))
    ticks.push(cut(scale, at, addMonths(at, 1), name(monthOf(at))));
  return ticks;
}

/** Mondays, or each day where there is room for it. */
export function fineTicks(scale: GanttScale): Tick[] {
  if (scale.pxPerDay < 5) return [];
  const ticks: Tick[] = [];
  const step = scale.pxPerDay >= 16 ? 1 : 7;
  const from = toEpochDay(scale.first);
  const start = step === 1 ? from : from + ((8 - weekday(scale.first)) % 7);
  for (let at = start; at <= toEpochDay(scale.last); at += step)
    ticks.push(cut(scale, fromEpochDay(at), fromEpochDay(at + step), fromEpochDay(at).slice(8)));
  return ticks;
}
