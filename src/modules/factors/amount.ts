import { Exact } from '#core/shared/money.ts';

/** The largest amount taken, in units of the last decimal: where JavaScript integers are still exact by far. */
export const maxAmount = 1e15;

/** 1235 with two decimals is `12.35`; zeros at the end are left out, thousands are grouped. */
export function showAmount(amount: number, decimals: number): string {
  const [whole = '0', rest = ''] = new Exact(amount).div(new Exact(10).pow(decimals)).toFixed().split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === '' ? grouped : `${grouped}.${rest}`;
}

/** What somebody typed, as a whole number of the last decimal; null for anything else, also for one decimal too many. */
export function parseAmount(text: string, decimals: number): number | null {
  const plain = text
    .replace(/[０-９．，]/g, (ch) => String.fromCharCode(ch.charCodeAt(0) - 0xfee0))
    .replace(/[\s,]/g, '');
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const exact = new Exact(plain).times(new Exact(10).pow(decimals));
  return exact.isInteger() && exact.lessThanOrEqualTo(maxAmount) ? exact.toNumber() : null;
}
