import type { Cell, MergedRange, Sheet } from '#core/shared/sheet.ts';
import type { Answers } from '../../import-contract.ts';
import type { RegisterRow } from '../diff.ts';
import type { ColumnMapping } from '../field.ts';
import { nameKey } from '../label.ts';
import type { MappingTemplate } from '../mapping.ts';
import { compareLedger, type LedgerPlan, readLedger } from '../plan-ledger.ts';

/** Sheets written as people see them, for tests: null is an empty cell, `A1:D1` a merged range. */
export type Value = string | number | null | Cell;

export function sheetOf(rows: readonly (readonly Value[])[], merges: readonly string[] = []): Sheet {
  return { name: '表', hidden: false, rows: rows.map((row) => row.map(cellOf)), merges: merges.map(rangeOf) };
}

const cellOf = (value: Value): Cell =>
  value === null
    ? { value: null, kind: 'empty' }
    : typeof value === 'object'
      ? value
      : { value, kind: typeof value === 'number' ? 'number' : 'text' };

function rangeOf(ref: string): MergedRange {
  const [, left, top, right, bottom] = /^([A-Z])(\d+):([A-Z])(\d+)$/.exec(ref)!;
  const column = (letter: string) => letter.charCodeAt(0) - 65;
  return { top: Number(top) - 1, left: column(left!), bottom: Number(bottom) - 1, right: column(right!) };
}

export interface Given {
  register?: readonly RegisterRow[];
  units?: Readonly<Record<string, string>>;
  createUnits?: boolean;
  mapping?: readonly ColumnMapping[];
  answers?: Answers;
  template?: MappingTemplate;
}

export function planOf(sheet: Sheet, given: Given = {}): LedgerPlan | undefined {
  const read = readLedger(sheet, {
    mapping: given.mapping ?? null,
    answers: given.answers ?? {},
    templates: given.template ? [{ ...given.template, isChosen: true }] : [],
    regions: [
      { code: '430602', names: ['岳阳楼区'] },
      { code: '430611', names: ['君山区'] },
    ],
    boards: ['产业', '基础设施', '社会民生', '生态'],
  });
  return (
    read &&
    compareLedger(read, {
      register: given.register ?? [],
      unitId: (_, name) => given.units?.[name],
      createUnits: given.createUnits ?? true,
      nameKey,
      countyUnitId: () => undefined,
    })
  );
}
