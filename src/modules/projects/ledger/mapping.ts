import type { MoneyUnit } from '#core/shared/money.ts';
import { type Cell, cellAt, cellText, columnLetters } from '#core/shared/sheet.ts';
import { isTier, planKindOf } from './choice.ts';
import { type ColumnMapping, fieldInfo, type LedgerField } from './field.ts';
import type { Header, HeaderColumn } from './header.ts';
import { plain, yearIn } from './label.ts';
import { guessField, isAnnual } from './synonym.ts';
import { type UnitFound, unitInFormat, unitInLabel } from './unit.ts';

/** A column of the ledger, what it is proposed to be, and in which unit its money stands. */
export interface LedgerColumnPlan extends ColumnMapping {
  letters: string;
  path: string[];
  score: number;
  unit: UnitFound | null;
  samples: string[];
}

/** Mappings that were saved: headings (as one text) and what they are. */
export interface MappingTemplate {
  name: string;
  /** The user picked it: it is used however few headings it knows. */
  isChosen?: boolean;
  columns: { label: string; field: LedgerField | null; unit?: MoneyUnit | undefined }[];
}

export const labelOf = (path: readonly string[]): string => plain(path.join('›')).replace(/20\d{2}/g, 'YYYY');

const sampled = 200;

/**
 * Proposes a field for every column. The best guess of all goes first, and no field (and year) is used twice; where a
 * heading can mean two things (类别), the values of the column decide. A template's choice comes before any guess.
 */
export function proposeMapping(
  header: Header,
  rows: readonly (readonly Cell[])[],
  isRegion: (text: string) => boolean,
  template?: MappingTemplate,
): LedgerColumnPlan[] {
  const samples = new Map(header.columns.map(({ column }) => [column, sampleOf(rows, header.bottom + 1, column)]));
  const guesses = header.columns.flatMap((head) =>
    guessesFor(head, samples.get(head.column)!, isRegion, header, template),
  );
  guesses.sort((a, b) => b.score - a.score || a.column - b.column);
  const chosen = new Map<number, { field: LedgerField; year?: number; score: number }>();
  const used = new Set<string>();
  for (const { column, field, year, score } of guesses) {
    const key = `${field} ${isAnnual(field) ? (year ?? '') : ''}`;
    // Ignored fields may stand many times: a ledger has a dozen rates.
    if (chosen.has(column) || (used.has(key) && !fieldInfo(field).isIgnored)) continue;
    chosen.set(column, { field, score, ...(year !== undefined && isAnnual(field) && { year }) });
    used.add(key);
  }
  return header.columns.map(({ column, path }) => {
    const choice = chosen.get(column);
    return {
      column,
      letters: columnLetters(column),
      path,
      field: choice?.field ?? null,
      ...(choice?.year !== undefined && { year: choice.year }),
      score: choice?.score ?? 0,
      unit: unitOf(path, header, samples.get(column)!),
      samples: [...new Set(samples.get(column)!.map((cell) => cellText(cell).slice(0, 40)))].slice(0, 3),
    };
  });
}

const sampleOf = (rows: readonly (readonly Cell[])[], from: number, column: number): Cell[] => {
  const found: Cell[] = [];
  for (let row = from; row < rows.length && found.length < sampled; row += 1) {
    const cell = cellAt(rows, row, column);
    if (cell.kind !== 'empty') found.push(cell);
  }
  return found;
};

/** Unit of a column: its own heading, its group's heading, then the unit line. A format speaks for its cell alone. */
function unitOf(path: readonly string[], header: Header, samples: readonly Cell[]): UnitFound | null {
  for (const level of [...path].reverse()) {
    const unit = unitInLabel(level);
    if (unit) return { unit, source: 'header' };
  }
  const numbers = samples.filter((cell) => cell.kind === 'number');
  const formats = new Set(numbers.map((cell) => unitInFormat(cell.numFmt)));
  const [format] = formats;
  if (numbers.length > 0 && formats.size === 1 && format) return { unit: format, source: 'format' };
  return header.unitLine ? { unit: header.unitLine.unit, source: 'unitLine' } : null;
}

function guessesFor(
  { column, path }: HeaderColumn,
  samples: readonly Cell[],
  isRegion: (text: string) => boolean,
  header: Header,
  template: MappingTemplate | undefined,
): { column: number; field: LedgerField; year?: number; score: number }[] {
  const ownYear = yearIn(path.join(' '));
  const year = ownYear ?? header.year ?? undefined;
  const put = (field: LedgerField, score: number) => ({ column, field, score, ...(year !== undefined && { year }) });
  const saved = template?.columns.find((c) => c.label === labelOf(path));
  if (saved) return saved.field ? [put(saved.field, 200)] : [];
  const guesses = guessField(path);
  if (guesses.length === 0) return [];
  const texts = samples.map((cell) => plain(cellText(cell)));
  const share = (test: (text: string) => boolean) =>
    texts.length === 0 ? 0 : texts.filter(test).length / texts.length;
  const result = guesses.map(({ field, score }) => put(field, score));
  const names = new Set(guesses.map((g) => g.field));
  // Ambiguous headings are settled by what stands below them.
  if (names.has('nature') || names.has('board') || names.has('planKind')) {
    if (share((t) => planKindOf(t) !== undefined && t !== '新建') > 0.6) result.push(put('planKind', 101));
    if (names.has('board') && share(isTier) > 0.5) result.push(put('tiers', 99));
  }
  if (names.has('address') && share(isRegion) > 0.8) result.push(put('region', 99));
  if (names.has('contactName') && share((t) => /1\d{10}|\d{7,8}/.test(t)) > 0.8) result.push(put('contactPhone', 84));
  return result;
}
