import { percent } from '#core/shared/rate.ts';
import { dash } from '#core/web/ui/format.ts';
import type { ArrivalRate } from '../arrival-rate.ts';

/** A rate as the page says it: `39.7%`, or a dash. */
export const rateText = ({ rate }: ArrivalRate): string => {
  const text = percent(rate, 1, 'half-up');
  return text === null ? dash : `${text}%`;
};

/** The months of a year up to `today`, newest first: money moves in no month that has not begun. */
export const monthsUpTo = (year: number, today: string): string[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(12 - i).padStart(2, '0')}`).filter(
    (period) => period <= today.slice(0, 7),
  );
