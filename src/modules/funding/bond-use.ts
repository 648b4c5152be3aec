import {
  addMonths,
  type Day,
  dayOfMonth,
  daysInMonth,
  endOfMonth,
  monthOf,
  monthsBetween,
  startOfMonth,
  yearOf,
} from '#core/shared/day.ts';
import { compare, multiply, type Rate, type Ratio, ratio } from '#core/shared/rate.ts';

/** 天津 2022: the money of a special bond should be used up six months after the month of its issue. */
export const monthsToUse = 6;
/** Below this share of what is expected the lamp is red: “低于 30% 以上”. Exactly 30 % low is yellow. */
const leastOfExpected: Ratio = ratio(7, 10);

/**
 * The share that should be used by the end of `day`: nothing in the month of issue, then a sixth with each month, all at
 * the end of the sixth. Within a month it grows by the day.
 */
export function expectedShare(issuedOn: Day, day: Day): Ratio {
  const months = monthsBetween(issuedOn, day);
  if (months <= 0) return ratio(0, 1);
  if (months > monthsToUse) return ratio(1, 1);
  const length = daysInMonth(yearOf(day), monthOf(day));
  return ratio((months - 1) * length + dayOfMonth(day), monthsToUse * length);
}

/** The last day by which all of it should be used. */
export const lastUseDay = (issuedOn: Day): Day => endOfMonth(addMonths(startOfMonth(issuedOn), monthsToUse));

export type BondLight = 'normal' | 'warn' | 'late';

export interface BondUse {
  /** What should be used by the day, in whole yuan rounded down; compared exactly. */
  expectedYuan: number;
  /** 使用进度 = used ÷ expected. No rate before use is expected. */
  progress: Rate;
  light: BondLight;
  /** Allotted and not used. */
  idleYuan: number;
  useBy: Day;
}

/**
 * How far an allotment is used on a day. 绿 used ≥ expected; 黄 up to 30 % of the expected is missing; 红 more.
 * Before anything is expected the lamp is green. Whole yuan.
 */
export function bondUse({
  issuedOn,
  allottedYuan,
  usedYuan,
  day,
}: {
  issuedOn: Day;
  allottedYuan: number;
  usedYuan: number;
  day: Day;
}): BondUse {
  const expected = multiply(ratio(allottedYuan, 1), expectedShare(issuedOn, day));
  const used = ratio(usedYuan, 1);
  const light =
    compare(used, expected) >= 0 ? 'normal' : compare(used, multiply(expected, leastOfExpected)) >= 0 ? 'warn' : 'late';
  return {
    expectedYuan: Number(expected.n / expected.d),
    progress:
      expected.n === 0n
        ? { ratio: null, reason: 'zeroDenominator' }
        : { ratio: ratio(used.n * expected.d, used.d * expected.n), reason: null },
    light,
    idleYuan: Math.max(0, allottedYuan - usedYuan),
    useBy: lastUseDay(issuedOn),
  };
}

/** The worst of several lamps, or null of none. */
export const worstLight = (lights: readonly BondLight[]): BondLight | null =>
  (['late', 'warn', 'normal'] as const).find((light) => lights.includes(light)) ?? null;
