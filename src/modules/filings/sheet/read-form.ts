import { fromEpochDay } from '#core/shared/day.ts';
import { type MoneyUnit, parseMoney } from '#core/shared/money.ts';
import { type Cell, cellAt, cellName, cellText, plainNumber, type Sheet } from '#core/shared/sheet.ts';
import type { Words } from '#core/shared/words.ts';
import { type Cause, causes } from '../content.ts';
import { causeNames, type FormKey, formColumns, no, yes } from './form-columns.ts';

/** A cell that could not be read, or a row that cannot be placed. `cell` as Excel shows it; null for the whole row. */
export interface FormIssue {
  cell: string | null;
  words: Words;
}

/** What one row of the file says. A key that is missing has no column in the file: its field is left alone. */
export interface FormRow {
  /** As Excel shows it, from 1. */
  row: number;
  filingId: string | null;
  draftVersion: number | null;
  period: string | null;
  projectName: string;
  said: {
    unchanged?: boolean;
    monthYuan?: number | null;
    cumulativeYuan?: number | null;
    cause?: Cause | null;
    explanation?: string;
    imageProgress?: string;
    nextSteps?: string;
    startedOn?: string | null;
    problems?: string;
    note?: string;
  };
  /** Where each key stands, as Excel shows it: H7. */
  cells: Partial<Record<FormKey, string>>;
  issues: FormIssue[];
}

export interface ReadForm {
  unit: MoneyUnit;
  /** Where the unit is written. */
  unitCell: string;
  rows: FormRow[];
}

export type NoForm = { problem: 'noForm' | 'noUnit' | 'twoUnits'; words: Words };

const squeezed = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[（(].*?[)）]/g, '');
const unitIn = (text: string): MoneyUnit | null => {
  const found = /(亿元|万元|元)/.exec(text.normalize('NFKC').replace(/\s/g, ''))?.[1];
  return (found as MoneyUnit | undefined) ?? null;
};
const headerDepth = 20;
const longest: Partial<Record<FormKey, number>> = { note: 1_000, explanation: 1_000 };

/** Finds the form in a sheet and reads its rows, whatever was sorted, inserted or saved by another program. */
export function readForm(sheet: Sheet): ReadForm | NoForm {
  const found = findHeader(sheet);
  if (!found) return noForm;
  const { header, columns } = found;
  const unit = findUnit(sheet, header, columns);
  if ('problem' in unit) return unit;
  const rows: FormRow[] = [];
  for (let r = header + 1; r < sheet.rows.length; r += 1) {
    const row = readRow(sheet, r, columns, unit.unit);
    if (row) rows.push(row);
  }
  refuseTwice(rows);
  return { ...unit, rows };
}

export const noForm: NoForm = {
  problem: 'noForm',
  words: {
    zh: '这不是从本系统下载的填报表，或隐藏的“填报编号”列被删掉了；请重新下载填报表，把数据填进去再上传',
    en: 'This is not a form downloaded from here, or its hidden column 填报编号 was deleted. Download the form again and fill it in',
  },
};

/** The lower header row is the one with 填报编号; a heading over two rows has its text in the upper one. */
function findHeader(sheet: Sheet): { header: number; columns: Map<FormKey, number> } | null {
  for (let r = 0; r < Math.min(headerDepth, sheet.rows.length); r += 1) {
    const width = Math.max(sheet.rows[r]?.length ?? 0, sheet.rows[r - 1]?.length ?? 0);
    const columns = new Map<FormKey, number>();
    for (let c = 0; c < width; c += 1) {
      const text = squeezed(cellText(cellAt(sheet.rows, r, c))) || squeezed(cellText(cellAt(sheet.rows, r - 1, c)));
      const key = formColumns.find((column) => column.header === text)?.key;
      if (key && !columns.has(key)) columns.set(key, c);
    }
    const isBelow = cellText(cellAt(sheet.rows, r, columns.get('filingId') ?? -1)) !== '';
    if (isBelow && columns.has('filingId') && columns.has('projectName')) return { header: r, columns };
  }
  return null;
}

/** The unit over the amounts, else that of the line above the table. Two different ones are asked, never chosen. */
function findUnit(
  sheet: Sheet,
  header: number,
  columns: ReadonlyMap<FormKey, number>,
): { unit: MoneyUnit; unitCell: string } | NoForm {
  const amount = columns.get('monthYuan') ?? columns.get('cumulativeYuan');
  const places: [number, number][] = [];
  if (amount !== undefined) {
    places.push([header, amount]);
    // A heading over several columns stands in the first of them; programs lose the merge, never the place.
    let over = amount;
    while (over > 0 && cellText(cellAt(sheet.rows, header - 1, over)) === '') over -= 1;
    places.push([header - 1, over]);
  }
  let found: { unit: MoneyUnit; unitCell: string } | null = null;
  for (const [r, c] of places) {
    const unit = unitIn(cellText(cellAt(sheet.rows, r, c)));
    if (unit) found ??= { unit, unitCell: cellName(r, c) };
  }
  for (let r = 0; r < header - 1; r += 1)
    for (const [c, cell] of (sheet.rows[r] ?? []).entries()) {
      const text = cellText(cell);
      const unit = text.includes('单位') ? unitIn(text) : null;
      if (!unit) continue;
      if (found && found.unit !== unit) {
        const [here, there] = [`${found.unitCell} ${found.unit}`, `${cellName(r, c)} ${unit}`];
        return {
          problem: 'twoUnits',
          words: {
            zh: `表里写了两个金额单位：${here}，${there}；请改成一致再上传`,
            en: `The form states two units: ${here} and ${there}. Make them the same and upload again`,
          },
        };
      }
      found ??= { unit, unitCell: cellName(r, c) };
    }
  return (
    found ?? {
      problem: 'noUnit',
      words: {
        zh: '表头没有写明金额单位（万元），请重新下载填报表，或在表头写明单位',
        en: 'The heading names no unit of the amounts (万元). Download the form again, or write the unit into the heading',
      },
    }
  );
}

const texts = ['explanation', 'imageProgress', 'nextSteps', 'problems', 'note'] as const;

function readRow(sheet: Sheet, r: number, columns: ReadonlyMap<FormKey, number>, unit: MoneyUnit): FormRow | null {
  const cell = (key: FormKey): Cell => cellAt(sheet.rows, r, columns.get(key) ?? -1);
  const row: FormRow = {
    row: r + 1,
    filingId: null,
    draftVersion: null,
    period: null,
    projectName: cellText(cell('projectName')),
    said: {},
    cells: {},
    issues: [],
  };
  for (const [key, c] of columns) row.cells[key] = cellName(r, c);
  const issue = (key: FormKey, zh: string, en: string) =>
    row.issues.push({ cell: row.cells[key] ?? null, words: { zh, en } });

  const id = cellText(cell('filingId')).toLowerCase();
  const inputs = formColumns.filter((column) => column.isInput && columns.has(column.key));
  const isEmpty = inputs.every((column) => cellText(cell(column.key)) === '');
  // Remarks below the table, and rows somebody left empty.
  if (id === '' && isEmpty) return null;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)) row.filingId = id;
  else
    row.issues.push({
      cell: row.cells.filingId ?? null,
      words: {
        zh: '这一行没有填报编号（新增的行或编号被改动），请在下载的行里填写',
        en: 'This row has no filing number (an added row, or the number was changed): fill in the rows of the downloaded form',
      },
    });
  const version = cellText(cell('draftVersion'));
  row.draftVersion = /^\d+$/.test(version) ? Number(version) : null;
  row.period = periodIn(cell('period'));

  for (const { key } of inputs) {
    const at = cell(key);
    if (at.kind === 'error') {
      issue(
        key,
        `公式出错（${at.error}），请改成数字或文字`,
        `The formula failed (${at.error}): write the value itself`,
      );
      continue;
    }
    if (at.formulaWithoutValue) {
      issue(
        key,
        '公式没有算出结果，请在 WPS 或 Excel 中打开、保存一次再上传',
        'The formula has no result: open and save the file in WPS or Excel, then upload it',
      );
      continue;
    }
    if (key === 'monthYuan' || key === 'cumulativeYuan') {
      const amount = amountIn(at, unit);
      if (amount === null || typeof amount === 'number') row.said[key] = amount;
      else row.issues.push({ cell: row.cells[key] ?? null, words: amount });
    } else if (key === 'startedOn') readDay(row, at, issue);
    else if (key === 'unchanged') readYes(row, at, issue);
    else if (key === 'cause') readCause(row, at, issue);
  }
  for (const key of texts) {
    if (!columns.has(key) || cell(key).kind === 'error') continue;
    const said = cellText(cell(key)).replace(/\r\n?/g, '\n');
    const most = longest[key] ?? 2_000;
    if (said.length > most) issue(key, `超过 ${most} 字，请缩短`, `Longer than ${most} characters: shorten it`);
    else row.said[key] = said;
  }
  return row;
}

type Issue = (key: FormKey, zh: string, en: string) => void;

/** Whole yuan, null for an empty cell, or what is wrong with it. */
function amountIn(cell: Cell, unit: MoneyUnit): number | null | Words {
  if (cellText(cell) === '') return null;
  if (cell.kind === 'date' || cell.kind === 'boolean')
    return { zh: '这里应填金额，单元格格式不对，请改为数字', en: 'An amount belongs here: set the cell to a number' };
  // Units hide in number formats: 0.00"亿元" shows 3.10亿元 for the number 3.1.
  const ofFormat = cell.kind === 'number' ? unitIn(cell.numFmt ?? '') : null;
  if (ofFormat && ofFormat !== unit)
    return {
      zh: `单元格格式写的是${ofFormat}，表头写的是${unit}，请统一后再上传`,
      en: `The cell's format says ${ofFormat}, the heading ${unit}: make them the same`,
    };
  const text = cell.kind === 'number' ? plainNumber(cell.value as number) : cellText(cell);
  if (/^[-—–/无]+$/.test(text))
    return { zh: `“${text}”不是数字；没有完成请填 0`, en: `“${text}” is no number; enter 0 when nothing was done` };
  const money = parseMoney(text, unit);
  if (money.yuan !== null) return money.yuan;
  if (money.problem === 'fractionOfYuan')
    return {
      zh: `“${text}”不足一元的部分请去掉（万元最多四位小数）`,
      en: `“${text}” is finer than one yuan (at most four decimals of 10,000)`,
    };
  return { zh: `“${text}”不是金额，请填数字`, en: `“${text}” is no amount: enter a number` };
}

/** A day whose number format was lost on the way is Excel's count of days: 43952 is 2020-05-01. */
function dayText(cell: Cell): string {
  if (cell.kind === 'date') return cell.date ?? '';
  const isSerial =
    cell.kind === 'number' && Number.isInteger(cell.value) && within(cell.value as number, 25_569, 80_000);
  return isSerial ? fromEpochDay((cell.value as number) - 25_569) : cellText(cell);
}
const within = (value: number, from: number, to: number): boolean => value >= from && value <= to;

function readDay(row: FormRow, cell: Cell, issue: Issue): void {
  const text = dayText(cell);
  if (text === '') {
    row.said.startedOn = null;
    return;
  }
  const parts = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text.normalize('NFKC').replace(/\s/g, ''));
  const day = parts && `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`;
  const isDay =
    day && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (isDay) row.said.startedOn = day;
  else issue('startedOn', `“${text}”不是完整日期，请写成 2021-03-16`, `“${text}” is no full date: write 2021-03-16`);
}

function readYes(row: FormRow, cell: Cell, issue: Issue): void {
  const text = cellText(cell);
  if (cell.value === true || /^(是|√|y|yes)$/i.test(text)) row.said.unchanged = true;
  else if (cell.value === false || text === '' || /^(否|×|n|no)$/i.test(text)) row.said.unchanged = false;
  else issue('unchanged', `“${text}”请改选“${yes}”或“${no}”`, `Choose ${yes} or ${no} instead of “${text}”`);
}

function readCause(row: FormRow, cell: Cell, issue: Issue): void {
  const text = cellText(cell);
  const cause = causes.find((c) => causeNames[c] === text);
  if (text === '') row.said.cause = null;
  else if (cause) row.said.cause = cause;
  else {
    const names = Object.values(causeNames).join('、');
    issue('cause', `“${text}”不在可选主因中，请选：${names}`, `“${text}” is none of the causes: ${names}`);
  }
}

/** Excel likes to turn 2021-09 into a date. */
function periodIn(cell: Cell): string | null {
  const text = cell.kind === 'date' ? (cell.date ?? '').slice(0, 7) : cellText(cell);
  return /^\d{4}-\d{2}$/.test(text) ? text : null;
}

/** One filing in two rows: which of them counts would be chance, unless they say the same. */
function refuseTwice(rows: FormRow[]): void {
  const first = new Map<string, FormRow>();
  for (const row of rows) {
    if (row.filingId === null) continue;
    const other = first.get(row.filingId);
    if (!other) first.set(row.filingId, row);
    else
      row.issues.push({
        cell: row.cells.filingId ?? null,
        words: {
          zh: `与第 ${other.row} 行是同一个项目，请只保留一行`,
          en: `The same project as row ${other.row}: keep one of them`,
        },
      });
  }
}
