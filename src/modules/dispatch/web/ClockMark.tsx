import { dayOfYear, daysInYear, yearOf } from '#core/shared/day.ts';
import { useText } from '#core/web/text.ts';
import { rate } from '#core/web/ui/format.ts';
import * as text from './text.ts';

/** “时序 73.7%” in the header: how much of the year has passed, by days. */
export function ClockMark({ today }: { today: string }) {
  const t = useText(text);
  return <b>{t.clockShort(rate(dayOfYear(today), daysInYear(yearOf(today))))}</b>;
}
