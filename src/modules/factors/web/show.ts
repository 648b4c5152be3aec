import type { Words } from '#core/shared/words.ts';
import { showAmount } from '../amount.ts';
import { type CategoryCode, categoryOf } from '../categories.ts';

/** `1,842 亩`; the amount in units of the last decimal. */
export function amountOf(category: CategoryCode, amount: number, words: (w: Words) => string): string {
  const { decimals, unit } = categoryOf(category);
  return `${showAmount(amount, decimals)} ${words(unit)}`;
}

export const figureOf = (category: CategoryCode, amount: number): string =>
  showAmount(amount, categoryOf(category).decimals);
