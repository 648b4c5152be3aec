import type { MoneyUnit } from '#core/shared/money.ts';
import type { Answers, Import } from '../../import-contract.ts';
import { fieldInfo, type LedgerField } from '../../ledger/field.ts';

/** What the user sets before previewing anew: columns and answers, begun from what the server holds. */
export interface Settings {
  columns: { column: number; field: LedgerField | null; year: number | null }[];
  answers: Answers;
}

export const settingsOf = (found: Pick<Import, 'columns' | 'answers'>): Settings => ({
  columns: found.columns.map(({ column, field, year }) => ({ column, field, year })),
  answers: found.answers,
});

export const isChanged = (found: Pick<Import, 'columns' | 'answers'>, settings: Settings): boolean =>
  JSON.stringify(settingsOf(found)) !== JSON.stringify(settings);

/** What goes to the server: the mapping only when the user touched it, so that a proposal stays a proposal. */
export function changeOf(found: Pick<Import, 'columns' | 'answers'>, { columns, answers }: Settings) {
  const isMapped = JSON.stringify(settingsOf(found).columns) !== JSON.stringify(columns);
  return {
    answers,
    ...(isMapped && {
      mapping: columns.map(({ column, field, year }) => ({
        column,
        field,
        ...(year !== null && field !== null && fieldInfo(field).isAnnual && { year }),
      })),
    }),
  };
}

/** Gives a column a field; whoever held it before (in the same year) lets go: no field is used twice. */
export function withField(settings: Settings, column: number, field: LedgerField | null): Settings {
  const year = settings.columns.find((c) => c.column === column)?.year ?? null;
  return {
    ...settings,
    columns: settings.columns.map((c) => {
      if (c.column === column) return { ...c, field };
      const isTaken = field !== null && c.field === field && !fieldInfo(field).isIgnored;
      return isTaken && (!fieldInfo(field).isAnnual || c.year === year) ? { ...c, field: null } : c;
    }),
  };
}

export const withYear = (settings: Settings, column: number, year: number): Settings => ({
  ...settings,
  columns: settings.columns.map((c) => (c.column === column ? { ...c, year } : c)),
});

export const withAnswer = (settings: Settings, answers: Partial<Answers>): Settings => ({
  ...settings,
  answers: { ...settings.answers, ...answers },
});

/** The unit of one column ('*': of all columns that state none). */
export const withUnit = (settings: Settings, column: number | '*', unit: MoneyUnit): Settings =>
  withAnswer(settings, { units: { ...settings.answers.units, [column]: unit } });
