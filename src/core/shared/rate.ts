import type { Decimal } from 'decimal.js';
import { Exact, type Rounding } from './money.ts';

/** An exact fraction with a positive denominator, in lowest terms. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

/** A rate that exists, or the reason why there is none: nothing was planned, or a figure is missing. */
export type Rate =
  | { readonly ratio: Ratio; readonly reason: null }
  | { readonly ratio: null; readonly reason: 'zeroDenominator' | 'missing' };

const abs = (x: bigint): bigint => (x < 0n ? -x : x);
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** Throws a RangeError for a fraction of an integer or a zero denominator: callers decide that before. */
export function ratio(numerator: number | bigint, denominator: number | bigint): Ratio {
  let n = BigInt(numerator);
  let d = BigInt(denominator);
  if (d === 0n) throw new RangeError('A ratio has no zero denominator');
  if (d < 0n) [n, d] = [-n, -d];
  const common = gcd(abs(n), d);
  return { n: n / common, d: d / common };
}

/**
 * The exact rate of two whole numbers (yuan, projects). It stays a fraction until it is shown: 629.0/647.4 with
 * 10/12 is 13.8 points apart, while 97.2 − 83.3 would be 13.9.
 */
export function rate(
  numerator: number | bigint | null | undefined,
  denominator: number | bigint | null | undefined,
): Rate {
  if (numerator == null || denominator == null) return { ratio: null, reason: 'missing' };
  if (BigInt(denominator) === 0n) return { ratio: null, reason: 'zeroDenominator' };
  return { ratio: ratio(numerator, denominator), reason: null };
}

export const subtract = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.n, a.d * b.d);
/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export const compare = (a: Ratio, b: Ratio): number => {
  const [left, right] = [a.n * b.d, b.n * a.d];
  return left < right ? -1 : left > right ? 1 : 0;
};

export const toDecimal = (r: Ratio): Decimal => new Exact(r.n.toString()).div(r.d.toString());

const safe = BigInt(Number.MAX_SAFE_INTEGER);
/** The nearest double. Of two whole numbers that a double holds, its own division is that already. */
export const toNumber = (r: Ratio): number =>
  r.n <= safe && r.n >= -safe && r.d <= safe ? Number(r.n) / Number(r.d) : toDecimal(r).toNumber();

const readBefore = new Map<string | number, Ratio>();

/** A decimal text ('10', '0.5', '41.67') as an exact ratio: how thresholds of rules are written. */
export function ratioOf(text: string | number): Ratio {
  const before = readBefore.get(text);
  if (before) return before;
  const [n, d] = new Exact(text).toFraction();
  const found = ratio(BigInt(n!.toFixed(0)), BigInt(d!.toFixed(0)));
  // The thresholds of a rule are read again for each of 20,000 projects; a city has some hundreds of them.
  if (readBefore.size >= 1_000) readBefore.clear();
  readBefore.set(text, found);
  return found;
}

/** A ratio as it stands (points, months), rounded once: showRatio(gap, 1, 'half-up') is '-15.6'. Never '-0.0'. */
export function showRatio(r: Ratio, decimals: number, rounding: Rounding): string {
  const scaled = abs(r.n) * 10n ** BigInt(decimals);
  const units = rounding === 'half-up' ? (2n * scaled + r.d) / (2n * r.d) : scaled / r.d;
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return r.n < 0n && units > 0n ? `-${text}` : text;
}

/** 'half-up' percent(rate(629, 647.4…), 1) is '97.2', without the sign %. Null when there is no rate. */
export const percent = (r: Rate, decimals: number, rounding: Rounding): string | null =>
  r.ratio === null ? null : showRatio(multiply(r.ratio, { n: 100n, d: 1n }), decimals, rounding);

/** 超/欠时序: percentage points (百分点) by which the rate is ahead of the clock; exact. Null when there is no rate. */
export const gapInPoints = (r: Rate, clock: Ratio): Ratio | null =>
  r.ratio === null ? null : multiply(subtract(r.ratio, clock), { n: 100n, d: 1n });

/**
 * Ranks from the best; ties share the better rank and the next rank skips: 82.3, 80.9, 82.3, null → 1, 3, 1, null.
 * What has no value is unranked, not last.
 */
export function rank(
  values: readonly (Ratio | number | null)[],
  best: 'highest' | 'lowest' = 'highest',
): (number | null)[] {
  const exact = values.map((v) => (typeof v === 'number' ? ratioOf(v) : v));
  const ahead = best === 'highest' ? 1 : -1;
  const sorted = exact.filter((v) => v !== null).sort((a, b) => -ahead * compare(a, b));
  const places = new Map<string, number>();
  sorted.forEach((v, i) => {
    const key = `${v.n}/${v.d}`;
    if (!places.has(key)) places.set(key, i + 1);
  });
  return exact.map((v) => (v === null ? null : places.get(`${v.n}/${v.d}`)!));
}
