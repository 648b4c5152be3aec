import { type MoneyUnit, parseMoney } from '#core/shared/money.ts';
import { type Cell, cellText, type Sheet } from '#core/shared/sheet.ts';
import type { Words } from '#core/shared/words.ts';
import { comparable } from './cross-check.ts';

/** One project as the statistics office's own published list names it. Row numbers are 1-based, as Excel shows them. */
export interface ListLine {
  row: number;
  name: string;
  code: string | null;
  /** 本年累计 in whole yuan; null when the cell is empty or cannot be read. */
  yuan: number | null;
  issue: Words | null;
}

export interface OfficeList {
  sheet: string;
  /** The unit that heading, unit line or title states; null: it has to be asked. */
  unit: MoneyUnit | null;
  /** Words of the heading of the amounts, so that the person sees which column was taken. */
  amountHeading: string;
  lines: ListLine[];
}

const plain = (cell: Cell | undefined): string => cellText(cell).normalize('NFKC').replace(/\s+/g, '');
const nameHeading = /^(建设)?项目(名称)?$|^单位(详细)?名称$|^投资项目名称$/;
const codeHeading = /(项目|入库|入统|统计|单位)?代码$/;
const sumHeading =
  /(自年初|本年|年初至|1-?(\d{1,2})?月).*(累计)?.*完成.*(投资)?|累计完成(投资)?额?|本年完成投资|投资额$/;
const total = /^(总计|合计|小计|全市|其中)/;
const unitWords = /(亿元|万元|元)/;

/** Finds the heading, the column of names and the one of amounts from January. Undefined: this is no such list. */
export function readOfficeList(sheets: readonly Sheet[], askedUnit: MoneyUnit | null): OfficeList | undefined {
  for (const sheet of sheets) {
    const top = sheet.rows.slice(0, 15).findIndex((row) => row.some((cell) => nameHeading.test(plain(cell))));
    if (top < 0) continue;
    const heading = headingOf(sheet, top);
    const name = heading.findIndex((words) => words.some((word) => nameHeading.test(word)));
    const code = heading.findIndex((words) => words.some((word) => codeHeading.test(word)));
    const amount = heading.findIndex((words) => words.some((word) => sumHeading.test(bare(word))));
    if (name < 0 || amount < 0) continue;
    const unit = askedUnit ?? statedUnit(sheet, top, heading[amount]!);
    const lines: ListLine[] = [];
    for (let at = top + 1; at < sheet.rows.length; at += 1) {
      const row = sheet.rows[at]!;
      const words = cellText(row[name]).trim();
      if (words === '' || total.test(words.replace(/\s/g, '')) || nameHeading.test(plain(row[name]))) continue;
      lines.push({
        row: at + 1,
        name: words,
        code: code < 0 ? null : cellText(row[code]).trim() || null,
        ...amountOf(row[amount], unit),
      });
    }
    return { sheet: sheet.name, unit, amountHeading: heading[amount]!.join(' '), lines };
  }
  return undefined;
}

const bare = (word: string): string => word.replace(/[（(].*?[）)]/g, '');

/** A heading may stand in two rows; the words of both belong to the column. */
function headingOf(sheet: Sheet, top: number): string[][] {
  const below = sheet.rows[top + 1] ?? [];
  const isSecond = below.length > 0 && below.every((cell) => cell.kind === 'text' || cell.kind === 'empty');
  const width = Math.max(sheet.rows[top]!.length, below.length);
  return Array.from({ length: width }, (_, column) =>
    [plain(sheet.rows[top]![column]), ...(isSecond ? [plain(below[column])] : [])].filter((word) => word !== ''),
  );
}

function statedUnit(sheet: Sheet, top: number, heading: readonly string[]): MoneyUnit | null {
  const said = [...heading, ...sheet.rows.slice(0, top).flatMap((row) => row.map((cell) => plain(cell)))];
  for (const words of said) {
    const unit = /[（(](.*?)[）)]|单位[:：](.*)$/.exec(words);
    const found = unit && unitWords.exec(unit[1] ?? unit[2] ?? '');
    if (found) return found[1] as MoneyUnit;
  }
  return null;
}

function amountOf(cell: Cell | undefined, unit: MoneyUnit | null): Pick<ListLine, 'yuan' | 'issue'> {
  const words = cellText(cell).trim();
  if (words === '' || /^[-—–]+$/.test(words)) return { yuan: null, issue: null };
  const read = parseMoney(words, unit, 'half-up');
  if (read.problem === 'noUnit')
    return { yuan: null, issue: { zh: '没有写明金额单位，请在上方选择', en: 'No unit is stated: choose it above' } };
  if (read.problem !== null)
    return { yuan: null, issue: { zh: `“${words}”不是金额，请在表中改正`, en: `“${words}” is not an amount` } };
  if (read.yuan < 0)
    return { yuan: null, issue: { zh: '本年累计不能为负，请核对', en: 'The sum of the year cannot be negative' } };
  return { yuan: read.yuan, issue: null };
}

export interface Listed {
  id: string;
  name: string;
  code: string | null;
  enrolledCode: string | null;
}
export type MatchedBy = 'code' | 'name' | 'alike';

/**
 * The project of the register that a line means: by 项目代码 or 入统代码, else by its exact name, else by a name that differs
 * only in brackets, spaces or width. More than one of a kind decides nothing.
 */
export function matcher(projects: readonly Listed[]): (line: ListLine) => { id: string; by: MatchedBy } | undefined {
  const index = (keysOf: (project: Listed) => (string | null)[]) => {
    const found = new Map<string, Set<string>>();
    for (const project of projects)
      for (const key of keysOf(project)) if (key) found.set(key, (found.get(key) ?? new Set()).add(project.id));
    return (key: string) => {
      const ids = found.get(key);
      return ids?.size === 1 ? [...ids][0] : undefined;
    };
  };
  const byCode = index((p) => [p.code && comparable(p.code), p.enrolledCode && comparable(p.enrolledCode)]);
  const byName = index((p) => [p.name]);
  const byLikeness = index((p) => [comparable(p.name)]);
  return ({ code, name }) => {
    const coded = code === null ? undefined : byCode(comparable(code));
    if (coded) return { id: coded, by: 'code' };
    const named = byName(name);
    if (named) return { id: named, by: 'name' };
    const alike = byLikeness(comparable(name));
    return alike ? { id: alike, by: 'alike' } : undefined;
  };
}
