import { type Cell, cellText, emptyCell } from '#core/shared/sheet.ts';
import type { BusinessDate } from '../contract.ts';
import { wgs84Of } from '../place.ts';
import { projectCodeWarning, tidyProjectCode } from '../project-code.ts';
import { flagOf, listOf, planKindOf, stageOf } from './choice.ts';
import { fieldInfo, type Issue, issue, type LedgerField } from './field.ts';
import { plain } from './label.ts';
import { type DateProblem, type DateRead, readDate, readDateText } from './ledger-date.ts';
import type { LedgerColumnPlan } from './mapping.ts';
import { boardOf, type PlanContext, type PlannedRow } from './plan-rows.ts';
import { type Amount, readAmount } from './unit.ts';
import type { UnitUse } from './unit-key.ts';

type Mapped = LedgerColumnPlan & { field: LedgerField };

export interface CellReader {
  nameColumn: number | null;
  /** Columns in which amounts without any unit were met. */
  unitless: Set<number>;
  read(line: readonly Cell[], into: PlannedRow): void;
}

/** Reads the mapped cells of a row into what would be written, with an issue at each cell that cannot be read. */
export function makeCellReader(columns: readonly Mapped[], context: PlanContext): CellReader {
  const unitless = new Set<number>();
  // A ledger repeats its dates; reading each text once halves the time of 50,000 rows.
  const dates = new Map<string, DateRead>();
  const nameColumn = columns.find((c) => c.field === 'name')?.column ?? null;

  const dateOf = (cell: Cell, year: number | undefined): DateRead => {
    if (cell.kind !== 'text') return readDate(cell, year);
    const key = cell.value as string;
    let read = dates.get(key);
    if (!read) {
      read = readDateText(key, year);
      dates.set(key, read);
    }
    return read;
  };

  return {
    nameColumn,
    unitless,
    read(line, row) {
      const point: { lng?: number; lat?: number } = {};
      for (const column of columns) {
        const info = fieldInfo(column.field);
        if (info.type === 'none') continue;
        const cell = line[column.column] ?? emptyCell;
        if (cell.kind === 'empty' && !cell.formulaWithoutValue) continue;
        const fail = (found: Issue) => {
          row.texts[column.column] = cellText(cell).slice(0, 200);
          // A row without its name is never imported.
          if (context.skipUnreadable && column.field !== 'name') row.warnings.push(found);
          else row.errors.push(found);
        };
        const broken = brokenCell(cell, column.column);
        if (broken) {
          fail(broken);
          continue;
        }
        const put = (key: string, value: unknown) => {
          (row.fields as Record<string, unknown>)[key] = value;
          row.columnOf[key] = column.column;
          row.values[column.column] = value;
        };
        switch (info.type) {
          case 'money':
            readMoney(cell, column, row, unitless, fail, put);
            break;
          case 'date':
          case 'period':
            readDates(dateOf(cell, context.year ?? undefined), column, row, fail, put);
            break;
          case 'number': {
            const number = Number(plain(cellText(cell)).replace(/[°度EN东经北纬]/g, ''));
            if (Number.isFinite(number) && number !== 0) point[column.field as 'lng' | 'lat'] = number;
            break;
          }
          default:
            readWords(cellText(cell), column, row, context, fail, put);
        }
      }
      finish(row, point, columns, context);
    },
  };
}

function brokenCell(cell: Cell, column: number): Issue | undefined {
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

function readMoney(
  cell: Cell,
  column: Mapped,
  row: PlannedRow,
  unitless: Set<number>,
  fail: (found: Issue) => void,
  put: (key: string, value: unknown) => void,
): void {
  const amount = readAmount(cell, column.unit ?? undefined);
  if (amount.kind === 'blank') return;
  if (amount.kind === 'problem') {
    if (amount.problem === 'unit') unitless.add(column.column);
    fail(amountIssue(amount.problem, column.column, cellText(cell)));
    return;
  }
  if (amount.yuan < 0) {
    fail(issue(column.column, 'amount_negative', '金额不能为负数', 'An amount cannot be negative'));
    return;
  }
  if (column.field === 'planYuan') planOf(row, column).planYuan = amount.yuan;
  else put(column.field, amount.yuan);
  row.values[column.column] = amount.yuan;
  row.columnOf[annualKey(column)] = column.column;
}

function amountIssue(problem: (Amount & { kind: 'problem' })['problem'], column: number, text: string): Issue {
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

function planOf(row: PlannedRow, column: Mapped): PlannedRow['plans'][number] {
  const year = column.year ?? 0;
  let plan = row.plans.find((p) => p.year === year);
  if (!plan) {
    plan = { year };
    row.plans.push(plan);
  }
  return plan;
}

/** `planYuan.2021`: annual values carry their year. */
export const annualKey = ({ field, year }: Pick<Mapped, 'field' | 'year'>): string =>
  fieldInfo(field).isAnnual ? `${field}.${year ?? ''}` : field;

function readDates(
  read: DateRead,
  column: Mapped,
  row: PlannedRow,
  fail: (found: Issue) => void,
  put: (key: string, value: unknown) => void,
): void {
  const { field } = column;
  const isFinish = field === 'finishPlanned' || field === 'finishActual';
  switch (read.kind) {
    case 'blank':
      return;
    case 'problem':
      fail(dateIssue(read.problem, column.column));
      return;
    case 'done':
      row.stageHint = isFinish ? 'completed' : (row.stageHint ?? 'building');
      return;
    case 'period':
      if (field === 'period') {
        putDate(row, 'startPlanned', read.from, column.column);
        putDate(row, 'finishPlanned', read.to, column.column);
        row.values[column.column] = read;
      } else put(field, isFinish ? read.to : read.from);
      return;
    default:
      if (field === 'period') {
        // 2021年 alone: begun and finished within it.
        putDate(row, 'startPlanned', read.date, column.column);
        putDate(row, 'finishPlanned', read.date, column.column);
        row.values[column.column] = read.date;
      } else if (field === 'enrolledOn') put(field, read.date.day);
      else put(field, read.date);
      if (field === 'startActual') row.stageHint ??= 'building';
      if (field === 'finishActual') row.stageHint = 'completed';
  }
}

/** A column of its own for the date is more exact than the span of years. */
function putDate(row: PlannedRow, key: 'startPlanned' | 'finishPlanned', date: BusinessDate, column: number): void {
  if (row.fields[key]) return;
  row.fields[key] = date;
  row.columnOf[key] = column;
}

function dateIssue(problem: DateProblem, column: number): Issue {
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

function readWords(
  text: string,
  column: Mapped,
  row: PlannedRow,
  context: PlanContext,
  fail: (found: Issue) => void,
  put: (key: string, value: unknown) => void,
): void {
  const { field } = column;
  const info = fieldInfo(field);
  const words =
    field === 'content' || field === 'goal' || field === 'remark' ? text.trim() : text.replace(/\s+/g, ' ').trim();
  // A dash is how a clerk leaves a cell empty.
  if (words === '' || /^[-—–/\\]+$/.test(words)) return;
  const unknown = (zh: string, en: string) => fail(issue(column.column, 'choice_unknown', zh, en));
  if (info.max !== undefined && info.type !== 'list' && words.length > info.max) {
    fail(issue(column.column, 'too_long', `文字超过 ${info.max} 字`, `The text is longer than ${info.max} characters`));
    return;
  }
  if (info.type === 'unit') {
    row.units[field as UnitUse] = words;
    row.columnOf[field] = column.column;
    row.values[column.column] = words;
    return;
  }
  switch (field) {
    case 'code': {
      const code = tidyProjectCode(words);
      const warning = projectCodeWarning(code);
      if (warning) row.warnings.push({ column: column.column, code: 'code_unusual', words: warning });
      put('code', code);
      break;
    }
    case 'goal':
      planOf(row, column).goal = words;
      row.columnOf[annualKey(column)] = column.column;
      row.values[column.column] = words;
      break;
    case 'tiers': {
      const flag = flagOf(words);
      // 是否省重点: √ is the tier that the heading names.
      const named = plain(column.path.at(-1) ?? '').replace(/是否|项目|\?/g, '');
      if (flag !== false) put('tiers', (flag ? [named] : listOf(words)).map((tier) => tier.slice(0, 40)).slice(0, 12));
      break;
    }
    case 'board':
      put('board', boardOf(words, context.boards) ?? words);
      break;
    case 'planKind': {
      const kind = planKindOf(words);
      if (kind) put('planKind', kind);
      else unknown(`“${words}”不是计划类型（新开工、续建、竣工、预备）`, `“${words}” is not a kind of plan`);
      break;
    }
    case 'stage': {
      const stage = stageOf(words);
      if (stage) put('stage', stage);
      else unknown(`“${words}”不是项目阶段`, `“${words}” is not a stage`);
      break;
    }
    case 'region': {
      const code = context.regionCode(words);
      if (code) put('regionCode', code);
      else row.warnings.push(unknownRegion(column.column, words));
      break;
    }
    case 'enrolled':
    case 'demo': {
      const flag = flagOf(words);
      if (flag !== undefined) put(field, flag);
      else unknown(`“${words}”不是“是”或“否”`, `“${words}” is neither yes nor no`);
      break;
    }
    default:
      put(field, words);
  }
}

const unknownRegion = (column: number, words: string): Issue =>
  issue(
    column,
    'region_unknown',
    `区划表里没有“${words}”，本列不写入`,
    `“${words}” is not in the list of regions; the cell is not written`,
  );

/** Checks over the whole row: typing errors that no single cell shows. They warn and do not refuse. */
function finish(
  row: PlannedRow,
  point: { lng?: number; lat?: number },
  columns: readonly Mapped[],
  context: PlanContext,
): void {
  const { fields } = row;
  const total = fields.totalYuan;
  if (typeof total === 'number' && total > 0) {
    for (const plan of row.plans) {
      if ((plan.planYuan ?? 0) > total) {
        row.warnings.push(
          issue(
            row.columnOf[`planYuan.${plan.year || ''}`] ?? null,
            'plan_above_total',
            '年度计划大于总投资，请核对单位',
            'The plan of the year is above the total: check the units',
          ),
        );
      }
    }
    if ((fields.doneBeforeYuan ?? 0) > total) {
      row.warnings.push(
        issue(
          row.columnOf.doneBeforeYuan ?? null,
          'done_above_total',
          '累计完成大于总投资，请核对',
          'The amount done is above the total: check it',
        ),
      );
    }
  }
  row.stageHint ??=
    fields.planKind === 'carried' || fields.planKind === 'finishing'
      ? 'building'
      : fields.planKind === 'new'
        ? 'preparation'
        : null;
  const lngColumn = columns.find((c) => c.field === 'lng')?.column ?? null;
  if (point.lng === undefined && point.lat === undefined) return;
  if (point.lng === undefined || point.lat === undefined) {
    row.warnings.push(
      issue(
        lngColumn,
        'point_incomplete',
        '经度和纬度缺一个，位置不写入',
        'Longitude or latitude is missing; the place is not written',
      ),
    );
    return;
  }
  if (context.crs === null) return;
  const entered = { crs: context.crs, x: point.lng, y: point.lat };
  if (wgs84Of(entered)) {
    fields.point = entered;
    if (lngColumn !== null) {
      row.columnOf.point = lngColumn;
      row.values[lngColumn] = point.lng;
    }
    const latColumn = columns.find((c) => c.field === 'lat')?.column;
    if (latColumn !== undefined) row.values[latColumn] = point.lat;
  } else {
    row.warnings.push(
      issue(
        lngColumn,
        'point_outside',
        '坐标不在中国境内，位置不写入',
        'The place lies outside China; it is not written',
      ),
    );
  }
}
