import type { Scope } from '#core/server/scope.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import type { CityDays } from '../shapes.ts';

/** The published years in the form in which pages and rules take them: only days that differ from Monday to Friday. */
export async function cityDaysOf(scope: Scope): Promise<CityDays> {
  const { years } = await calendarOf(scope);
  const days = years.flatMap((year) => year.days);
  return {
    years: years.map((year) => year.year).sort((a, b) => a - b),
    off: days.filter((day) => day.mark === 'off').map((day) => day.day),
    work: days.filter((day) => day.mark === 'work').map((day) => day.day),
  };
}
