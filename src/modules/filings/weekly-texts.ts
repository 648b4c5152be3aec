import type { FilingContent, FilingPhoto } from './content.ts';
import { type Period, spanOf } from './period.ts';

/** What a week, or half a month, said of a project. */
export interface WeekText {
  id: string;
  period: Period;
  content: Pick<FilingContent, 'imageProgress' | 'problems' | 'nextSteps' | 'photos' | 'unchanged' | 'note'>;
}

export const mergedFields = ['imageProgress', 'problems', 'nextSteps'] as const;
export type MergedField = (typeof mergedFields)[number];

const shortDay = (period: Period): string => {
  const { to } = spanOf(period);
  return `${Number(to.slice(5, 7))}月${Number(to.slice(8))}日`;
};

export interface Merged {
  text: string;
  /** The weeks that are in the text. */
  periods: Period[];
}

/**
 * The texts of the weeks as one text for the month, each line with the day it speaks of. A week that says what the one
 * before said is not said twice; what comes next is the newest week's word, since older plans are history.
 */
export function mergeWeeks(weeks: readonly WeekText[], field: MergedField): Merged {
  const said = weeks
    .toSorted((a, b) => spanOf(a.period).to.localeCompare(spanOf(b.period).to))
    .filter((week) => !week.content.unchanged && (week.content[field] ?? '').trim() !== '');
  const kept = said.filter((week, i) => week.content[field].trim() !== said[i - 1]?.content[field].trim());
  if (field === 'nextSteps') {
    const newest = kept.at(-1);
    return { text: newest?.content.nextSteps.trim() ?? '', periods: newest ? [newest.period] : [] };
  }
  return {
    text: kept.map((week) => `${shortDay(week.period)}：${week.content[field].trim()}`).join('\n'),
    periods: kept.map((week) => week.period),
  };
}

/** Pictures of the weeks, each once, the newest first: they may stand in the month as they are. */
export function photosOfWeeks(weeks: readonly WeekText[]): (FilingPhoto & { period: Period })[] {
  const seen = new Set<string>();
  return weeks
    .toSorted((a, b) => spanOf(b.period).to.localeCompare(spanOf(a.period).to))
    .flatMap((week) => week.content.photos.map((photo) => ({ ...photo, period: week.period })))
    .filter(({ fileId }) => !seen.has(fileId) && seen.add(fileId));
}
