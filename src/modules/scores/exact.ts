import { compare, multiply, type Ratio, ratio, ratioOf, showRatio, subtract } from '#core/shared/rate.ts';
import type { ExactPoints } from './year.ts';

export const zero: Ratio = { n: 0n, d: 1n };

/** '0.2' or '15/60'. @throws RangeError for a zero denominator, which the shape does not let through */
export function exactOf(text: string): Ratio {
  const [n, d] = text.split('/');
  const numerator = ratioOf(n!.trim());
  return d === undefined ? numerator : multiply(numerator, ratio(1n, BigInt(d)));
}

export const plus = (a: Ratio, b: Ratio): Ratio => subtract(a, { n: -b.n, d: b.d });
export const sum = (values: readonly Ratio[]): Ratio => values.reduce(plus, zero);
/** The divisor is known not to be zero. */
export const divided = (a: Ratio, b: Ratio): Ratio => multiply(a, ratio(b.d, b.n));
export const least = (a: Ratio, b: Ratio): Ratio => (compare(a, b) <= 0 ? a : b);
export const most = (a: Ratio, b: Ratio): Ratio => (compare(a, b) >= 0 ? a : b);
export const whole = (r: Ratio): Ratio => ({
  n: r.n >= 0n ? r.n / r.d : -((-r.n + r.d - 1n) / r.d),
  d: 1n,
});
export const wire = (r: Ratio): ExactPoints => ({ n: r.n.toString(), d: r.d.toString() });
export const unwire = ({ n, d }: ExactPoints): Ratio => ratio(BigInt(n), BigInt(d));

/** As few decimals as say it exactly, at most `decimals`: 0.5, 17.28, 0.3333. Rounded half up where it has no end. */
export function brief(r: Ratio, decimals = 4): string {
  const text = showRatio(r, decimals, 'half-up');
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
