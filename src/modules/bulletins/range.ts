import type { Decimal } from 'decimal.js';
import { Exact } from '#core/shared/money.ts';
import type { Figure } from './figures.ts';
import type { Verdict } from './shapes.ts';

/** All values that a printed number may stand for; `lo` and `hi` belong to it. */
export interface Range {
  lo: Decimal;
  hi: Decimal;
}

const half = new Exact('0.5');
const unitOf = (decimals: number): Decimal => new Exact(10).pow(-decimals);

/** 74.1 stands for 74.05 … 74.15; 20多 for 20 … 30; 近600 for 500 … 600; counts are exact. In the base unit (yuan). */
export function rangeOf(figure: Figure): Range {
  const { value, to, meant, kind, bend, scale } = figure;
  const around = kind === 'count' ? new Exact(0) : unitOf(meant).times(half);
  const top = to ?? value;
  // A number that is bent is bent by less than one unit of its last digit that is not a zero.
  const step = roughStep(value);
  const [down, up] =
    bend === null
      ? [around, around]
      : bend === 'less'
        ? [step, around]
        : bend === 'about'
          ? [step, step]
          : [around, step];
  return { lo: value.minus(down).times(scale), hi: top.plus(up).times(scale) };
}

function roughStep(value: Decimal): Decimal {
  if (value.isZero()) return new Exact(1);
  const digits = value.toFixed().replace(/^0+(?=\d)/, '');
  const [whole, part = ''] = digits.split('.');
  if (part !== '') return unitOf(part.length);
  const zeros = /0*$/.exec(whole!)![0].length;
  return new Exact(10).pow(zeros);
}

export const plus = (a: Range, b: Range): Range => ({ lo: a.lo.plus(b.lo), hi: a.hi.plus(b.hi) });
export const minus = (a: Range, b: Range): Range => ({ lo: a.lo.minus(b.hi), hi: a.hi.minus(b.lo) });
export const scaled = (a: Range, by: Decimal | number): Range => ({ lo: a.lo.times(by), hi: a.hi.times(by) });
/** Of positive numbers only, as amounts and counts are. */
export const over = (a: Range, b: Range): Range | null =>
  b.lo.lessThanOrEqualTo(0) ? null : { lo: a.lo.div(b.hi), hi: a.hi.div(b.lo) };
export const exactly = (value: Decimal): Range => ({ lo: value, hi: value });
export const meets = (a: Range, b: Range): boolean => a.lo.lessThanOrEqualTo(b.hi) && b.lo.lessThanOrEqualTo(a.hi);

export interface Judged {
  verdict: Verdict;
  /** `rounded` or `truncated` with `last-digit`; else null. */
  detail: string | null;
}

/**
 * Holds a printed number to what was worked out, both in the printed unit. `isExact` when nothing was rounded on the way
 * (sums of counts): then a unit more or less is wrong and not rounding.
 */
export function judge(published: Figure, computed: Decimal, range: Range, isExact = false): Judged {
  const { value, decimals, bend, to } = published;
  const agrees: Judged = { verdict: 'agrees', detail: null };
  if (to !== null || bend !== null) {
    const own = rangeOf({ ...published, scale: new Exact(1) });
    if (meets(own, range)) return agrees;
    return { verdict: 'contradicts', detail: null };
  }
  if (computed.toDecimalPlaces(decimals, Exact.ROUND_HALF_UP).equals(value)) return agrees;
  if (isExact) return { verdict: 'contradicts', detail: null };
  const unit = unitOf(decimals);
  const off = computed.minus(value).abs();
  const isTruncated = computed.toDecimalPlaces(decimals, Exact.ROUND_DOWN).equals(value);
  if (off.lessThanOrEqualTo(unit)) return { verdict: 'last-digit', detail: isTruncated ? 'truncated' : 'rounded' };
  const own = { lo: value.minus(unit.times(half)), hi: value.plus(unit.times(half)) };
  if (meets(own, range)) return { verdict: 'last-digit', detail: 'rounded' };
  return { verdict: 'contradicts', detail: null };
}

/** A number for the reader: no more than four decimals, no zeros at the end. */
export const shown = (value: Decimal): string => value.toDecimalPlaces(4).toFixed();
