import type { Language, Text } from '#core/shared/words.ts';
import { yiWithUnit } from '#core/web/ui/format.ts';
import { lightWords, planKindWords, stageWords } from '../column-words.ts';
import type { BusinessDate, ProjectFields } from '../contract.ts';
import type { Light, PlanKind, Stage } from '../stages.ts';
import type { zh } from './text.ts';

/** A date as exactly as it was given: the words of the source when there are any, else 2021-09-26, 2021-09, 2021. */
export function showDate(date: BusinessDate | null | undefined): string {
  if (!date) return '';
  if (date.text && date.precision !== 'day') return date.text;
  if (date.precision === 'year') return date.day.slice(0, 4);
  return date.precision === 'month' ? date.day.slice(0, 7) : date.day;
}

const moneyFields: ReadonlySet<string> = new Set(['totalYuan', 'doneBeforeYuan', 'planYuan'] satisfies (
  | keyof ProjectFields
  | 'planYuan'
)[]);

/** One field's value in words, for the history: money with its unit, dates as they were given, codes in words. */
export function showValue(field: string, value: unknown, language: Language, t: Text<typeof zh>): string {
  if (value === null || value === undefined || value === '') return t.empty;
  if (moneyFields.has(field) && typeof value === 'number') return yiWithUnit(value, language);
  if (field === 'stage') return stageWords[value as Stage]?.[language] ?? String(value);
  if (field === 'planKind') return planKindWords[value as PlanKind]?.[language] ?? String(value);
  if (field === 'light') return lightWords[value as Light]?.[language] ?? String(value);
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (Array.isArray(value)) return typeof value[0] === 'number' ? t.planCurveOwn : value.join('、');
  if (typeof value === 'object') return showObject(value as Record<string, unknown>, t);
  return String(value);
}

function showObject(value: Record<string, unknown>, t: Text<typeof zh>): string {
  if (typeof value.day === 'string') return showDate(value as BusinessDate);
  if (typeof value.crs === 'string') return `${value.x}, ${value.y} (${value.crs})`;
  const labels: Record<string, string> = { due: t.field.due, actual: t.field.actual, name: t.field.name };
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .map(([key, inner]) => `${labels[key] ?? key} ${String(inner)}`)
    .join('，');
}
