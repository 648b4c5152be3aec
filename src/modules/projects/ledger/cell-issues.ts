import type { Cell } from '#core/shared/sheet.ts';
import { type KnownRegion, regionDoubt, regionShapeFault } from '../gb-region.ts';
import { type Issue, issue } from './field.ts';
import type { DateProblem } from './ledger-date.ts';
import type { Amount } from './unit.ts';

/** What is said at a cell that cannot be read: what is wrong and what to do. */
export function brokenCell(cell: Cell, column: number): Issue | undefined {
  if (cell.formulaWithoutValue) {
    return issue(
      column,
      'formula_without_value',
      '公式没有计算结果，请在 Excel 中打开、保存后重新上传',
      'The formula has no result: open and save the file in Excel, then upload it again',
    );
  }
  if (cell.kind !== 'error') return undefined;
  return issue(
    column,
    'excel_error',
    `单元格是错误值 ${cell.error}，请在表中改正`,
    `The cell holds the error ${cell.error}: correct it in the file`,
  );
}

export function amountIssue(problem: (Amount & { kind: 'problem' })['problem'], column: number, text: string): Issue {
  switch (problem) {
    case 'unit':
      return issue(
        column,
        'unit_unknown',
        '没有写明金额单位，请在上方选择本列单位',
        'No unit of money is stated: choose the unit of this column above',
      );
    case 'range':
      return issue(column, 'amount_range', `“${text}”是一个区间，请填一个数`, `“${text}” is a range: give one number`);
    case 'tooLarge':
      return issue(column, 'amount_too_large', `“${text}”过大，请核对单位`, `“${text}” is too large: check its unit`);
    default:
      return issue(column, 'amount_unclear', `“${text}”不是金额`, `“${text}” is not an amount`);
  }
}

export function dateIssue(problem: DateProblem, column: number): Issue {
  switch (problem) {
    case 'impossible':
      return issue(column, 'date_impossible', '没有这一天，请改正日期', 'There is no such day: correct the date');
    case 'needsYear':
      return issue(
        column,
        'date_needs_year',
        '日期没有写年份，请在上方选择年度',
        'The date has no year: choose the year above',
      );
    case 'ambiguous':
      return issue(
        column,
        'date_ambiguous',
        '“.1”可能是 1 月或 10 月，请写成“2021年10月”',
        '“.1” may be January or October: write the month in full',
      );
    case 'reversed':
      return issue(column, 'period_reversed', '结束早于开始，请改正', 'The end is before the start: correct it');
    default:
      return issue(
        column,
        'date_unclear',
        '读不出日期，请写成“2021年6月底”这样的形式',
        'This is not a date: write it like 2021-06-30',
      );
  }
}

/** A region is written by its name or its code; a code says by itself what is wrong with it. */
export function unknownRegion(column: number, words: string, regions: readonly KnownRegion[]): Issue {
  const code = /^[\d０-９\s-]+$/.test(words) ? words : null;
  const found = code === null ? null : (regionShapeFault(code) ?? regionDoubt(code, regions));
  return found
    ? issue(column, 'region_unknown', `${found.zh}；本列不写入`, `${found.en}; the cell is not written`)
    : issue(
        column,
        'region_unknown',
        `区划表里没有“${words}”，本列不写入`,
        `“${words}” is not in the list of regions; the cell is not written`,
      );
}
