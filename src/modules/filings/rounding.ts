/** A figure as it was printed: `value` with `dp` decimals, in whatever unit. Negative `dp` is rounding to tens, hundreds, … */
export interface Rounded {
  value: number;
  dp: number;
}

/**
 * True when a sum can be right although every figure is rounded: each stands for [v ± ½·10^−dp], and it fails only when
 * the intervals cannot meet (city-systems.md §4.6; XBRL Calculations 1.1). Decimal arithmetic on scaled integers.
 */
export function canBeSum(total: Rounded, parts: readonly Rounded[]): boolean {
  const all = [total, ...parts];
  const scale = Math.max(0, ...all.map((r) => r.dp)) + 1;
  const scaled = (r: Rounded): bigint =>
    BigInt(Math.round(r.value * 10 ** Math.max(r.dp, 0))) * power(scale - Math.max(r.dp, 0));
  const half = (r: Rounded): bigint => 5n * power(scale - r.dp - 1);
  const off = scaled(total) - parts.reduce((sum, r) => sum + scaled(r), 0n);
  return (off < 0n ? -off : off) <= all.reduce((sum, r) => sum + half(r), 0n);
}

const power = (n: number): bigint => 10n ** BigInt(n);

/** The same for whole yuan of which every figure was rounded to a multiple of `unit` yuan; 0 compares exactly. */
export const isSumWithin = (total: number, parts: readonly number[], unit: number): boolean => {
  const off = Math.abs(total - parts.reduce((sum, part) => sum + part, 0));
  return off * 2 <= unit * (parts.length + 1);
};
