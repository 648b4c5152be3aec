import type { Language, Words } from '../shared/words.ts';
import type { Scope } from './scope.ts';

/**
 * What is printed under every export of a month so that a sheet of paper can be traced (the snapshot and its hash). The
 * module that knows says so here when it starts; modules that export ask here and know nothing of it.
 */
type MarkFinder = (scope: Scope, period: string) => Promise<Words | null>;

const finders = new Map<string, MarkFinder>();

/** Once for each module; a second time with the same name replaces the first. */
export const registerExportMark = (module: string, find: MarkFinder): void => {
  finders.set(module, find);
};

/** The marks of a month (`YYYY-MM`), in the order of the modules' names. */
export async function exportMarks(scope: Scope, period: string): Promise<Words[]> {
  const marks: Words[] = [];
  for (const [, find] of [...finders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const mark = await find(scope, period);
    if (mark) marks.push(mark);
  }
  return marks;
}

/**
 * The marks of the newest month of a year that has any, as footnotes: a table of the year rests on the months filed so far,
 * and the newest frozen one says which.
 */
export async function newestMarks(scope: Scope, year: number, language: Language): Promise<string[]> {
  const last = year < Number(scope.today.slice(0, 4)) ? 12 : Number(scope.today.slice(5, 7));
  for (let month = last; month > 0; month -= 1) {
    const marks = await exportMarks(scope, `${year}-${String(month).padStart(2, '0')}`);
    if (marks.length > 0) return marks.map((mark) => mark[language]);
  }
  return [];
}
