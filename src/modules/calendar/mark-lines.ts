import { type Day, parseDay } from '#core/shared/day.ts';
import type { MarkedDay } from './work-calendar.ts';

const line = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s+(休|放假|off|班|上班|work)\s+(\S.*)$/;
const pad = (text: string): string => text.padStart(2, '0');

/** “2027-01-01 休 元旦” and “2027-01-03 班 元旦”, one day a line; the numbers of lines that say something else. */
export function marksFromLines(text: string): { days: MarkedDay[]; wrongLines: number[] } {
  const days: MarkedDay[] = [];
  const wrongLines: number[] = [];
  for (const [i, raw] of text.split('\n').entries()) {
    if (raw.trim() === '') continue;
    const match = line.exec(raw.trim());
    const day: Day | null = match && parseDay(`${match[1]}-${pad(match[2]!)}-${pad(match[3]!)}`);
    if (match && day) days.push({ day, mark: /班|work/.test(match[4]!) ? 'work' : 'off', name: match[5]!.trim() });
    else wrongLines.push(i + 1);
  }
  return { days, wrongLines };
}
