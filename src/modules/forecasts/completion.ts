import { type Day, fromEpochDay, toEpochDay } from '#core/shared/day.ts';
import type { Size } from './classes.ts';
import { mapSpread, type Spread, spreadOf } from './spread.ts';

/** A project with the days that its building was to take and took. */
export interface Building {
  id: string;
  planKind: string | null;
  size: Size;
  board: string | null;
  start: Day;
  planned: Day;
  /** Null: not finished. */
  finished: Day | null;
}

export const finishLadder = [['board', 'size'], ['size'], ['board'], []] as const satisfies readonly (readonly (
  | 'board'
  | 'size'
)[])[];
export type FinishStep = 0 | 1 | 2 | 3;

export const leastFinished = 15;

/** Over its own planned time: 0.2 is a fifth longer than planned, −0.1 a tenth shorter. Null when the plan has no length. */
export function overrun({ start, planned, finished }: Building): number | null {
  const length = toEpochDay(planned) - toEpochDay(start);
  return finished === null || length <= 0 ? null : (toEpochDay(finished) - toEpochDay(planned)) / length;
}

export interface FinishForecast {
  /** Days. */
  spread: Record<keyof Spread, Day>;
  step: FinishStep;
  projects: number;
}

/**
 * When a project is finished, from how far finished projects of its kind overran. References that would have been finished
 * by now are left out: this one is not. Null when too few are left, or when its plan has no length.
 */
export function forecastFinish(own: Building, finished: readonly Building[], today: Day): FinishForecast | null {
  const [start, planned, now] = [toEpochDay(own.start), toEpochDay(own.planned), toEpochDay(today)];
  const length = planned - start;
  if (length <= 0 || own.finished !== null) return null;
  for (const [step, traits] of finishLadder.entries()) {
    const days = finished
      .filter((one) => traits.every((trait) => one[trait] === own[trait]))
      .flatMap((one) => {
        const over = overrun(one);
        return over === null ? [] : [planned + over * length];
      })
      .filter((day) => day > now)
      .sort((a, b) => a - b);
    if (days.length < leastFinished) continue;
    const spread = mapSpread(spreadOf(days), Math.round);
    return {
      spread: Object.fromEntries(
        Object.entries(spread).map(([key, day]) => [key, fromEpochDay(Math.max(now, day))]),
      ) as Record<keyof Spread, Day>,
      step: step as FinishStep,
      projects: days.length,
    };
  }
  return null;
}

/** By its own pace: what is left of the total over what the last twelve months brought. Null when nothing moves or nothing is left. */
export function finishAtPace(leftYuan: number | null, yearYuan: number, today: Day): Day | null {
  if (leftYuan === null || leftYuan <= 0 || yearYuan <= 0) return null;
  const days = Math.ceil((leftYuan / yearYuan) * 365);
  // Beyond thirty years a pace says nothing about a day.
  return days > 30 * 365 ? null : fromEpochDay(toEpochDay(today) + days);
}

export interface FinishTest {
  day: Day;
  tested: number;
  inside: number;
  early: number;
  late: number;
  /** Not finished to this day and still within the interval: nothing is known yet. */
  open: number;
  untold: number;
}

/** At each past day, of the projects then at work: the forecast from those finished by then, against what became of them. */
export function backTestFinish(all: readonly Building[], days: readonly Day[], today: Day): FinishTest[] {
  return days.map((day) => {
    const test: FinishTest = { day, tested: 0, inside: 0, early: 0, late: 0, open: 0, untold: 0 };
    const finished = all.filter((one) => one.finished !== null && one.finished <= day);
    for (const one of all) {
      if (one.start > day || (one.finished !== null && one.finished <= day)) continue;
      const found = forecastFinish({ ...one, finished: null }, finished, day);
      if (!found) {
        test.untold += 1;
        continue;
      }
      const { p10, p90 } = found.spread;
      const truth = one.finished;
      if (truth === null && today <= p90) {
        test.open += 1;
        continue;
      }
      test.tested += 1;
      if (truth === null || truth > p90) test.late += 1;
      else if (truth < p10) test.early += 1;
      else test.inside += 1;
    }
    return test;
  });
}
