import { currentLanguage } from '#core/web/language.ts';
import { moment, weekday } from '#core/web/ui/format.ts';

/** `09-26 周日 09:00`. */
export function whenOf(at: string): string {
  const text = moment(at);
  const day = text.slice(0, 10);
  return `${day} ${weekday(day, currentLanguage())} ${text.slice(11)}`;
}
export const timeOf = (at: string): string => moment(at).slice(11);

/** Seconds as 12:05. */
export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`;

/** Hundredths of a point as they are shown. */
export const scoreOf = (hundredths: number): string => (hundredths / 100).toFixed(1);

/** The moment of a day and a clock time in Shanghai. */
export const momentOf = (day: string, time: string): string => new Date(`${day}T${time}:00+08:00`).toISOString();

/** Start and end of the line in which the cursor stands. */
export function lineAt(text: string, cursor: number): { start: number; end: number } {
  const start = text.lastIndexOf('\n', cursor - 1) + 1;
  const next = text.indexOf('\n', cursor);
  return { start, end: next === -1 ? text.length : next };
}
