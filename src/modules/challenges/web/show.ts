import { multiply, ratio, showRatio } from '#core/shared/rate.ts';
import { ratioFrom, showExact } from '../progress.ts';
import type { ChallengeCard } from '../shapes.ts';
import type { ExactValue } from '../terms.ts';

export const keys = { all: ['challenges'], one: (id: string) => ['challenges', 'one', id] };
export const topics = ['challenges.*', 'ledger.closed', 'ledger.issued'];

/** An exact share as a percentage; rounded here and nowhere before. */
export const shareOf = (value: ExactValue | null, digits = 1): string =>
  value ? `${showRatio(multiply(ratioFrom(value), ratio(100, 1)), digits, 'half-up')}%` : '—';
export const shareNumber = (value: ExactValue | null): number =>
  value ? Number(showRatio(ratioFrom(value), 6, 'half-up')) : 0;

export const figureOf = (card: Pick<ChallengeCard, 'metric'>, value: ExactValue | null): string =>
  value ? `${showExact(value, card.metric.decimals)} ${card.metric.unit}` : '—';

/** Cents as yuan with two decimals and thousands. */
export function yuanOf(cents: number): string {
  const whole = Math.trunc(cents / 100).toLocaleString('en-US');
  return `${whole}.${String(cents % 100).padStart(2, '0')}`;
}
