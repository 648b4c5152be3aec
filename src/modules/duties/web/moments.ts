import { useEffect, useState } from 'react';
import { moment } from '#core/web/ui/format.ts';

/** Beijing time of a moment as `datetime-local` wants it, and back. */
export const toLocal = (iso: string): string => moment(iso).replace(' ', 'T');
export const fromLocal = (text: string): string => new Date(`${text.slice(0, 16)}:00+08:00`).toISOString();
export const clockOf = (iso: string): string => moment(iso).slice(11);
export const dayOf = (iso: string): string => moment(iso).slice(0, 10);

/** `09-26 17:30`; within the same day as `beside` only the clock. */
export const shortMoment = (iso: string, beside?: string): string =>
  beside && dayOf(beside) === dayOf(iso) ? clockOf(iso) : moment(iso).slice(5);

/**
 * The server's clock, going on from the moment of its answer: a computer whose own clock is wrong still counts down right.
 * Draws anew every `seconds`.
 */
export function useServerNow(madeAt: string | undefined, seconds = 1): number {
  const [offset, setOffset] = useState({ madeAt, ms: madeAt ? Date.parse(madeAt) - Date.now() : 0 });
  if (offset.madeAt !== madeAt) setOffset({ madeAt, ms: madeAt ? Date.parse(madeAt) - Date.now() : 0 });
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((n) => n + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return Date.now() + offset.ms;
}
