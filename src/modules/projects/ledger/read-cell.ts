import { type Cell, cellText, emptyCell } from '#core/shared/sheet.ts';
import { codeFindings } from '../code-check.ts';
import type { BusinessDate } from '../contract.ts';
import { wgs84Of } from '../place.ts';
import { tidyProjectCode } from '../project-code.ts';
import { amountIssue, brokenCell, dateIssue, unknownRegion } from './cell-issues.ts';
import { flagOf, listOf, planKindOf, stageOf } from './choice.ts';
import { fieldInfo, type Issue, issue, type LedgerField } from './field.ts';
import { plain } from './label.ts';
import { type DateRead, readDate, readDateText } from './ledger-date.ts';
import type { LedgerColumnPlan } from './mapping.ts';
import { boardOf, type PlanContext, type PlannedRow } from './plan-rows.ts';
import { readAmount } from './unit.ts';
import type { UnitUse } from './unit-key.ts';

type Mapped = LedgerColumnPlan & { field: LedgerField };

export interface CellReader {
  nameColumn: number | null;
  columnOf: Readonly<Record<string, number>>;
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
    columnOf: columnsByKey(columns),
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

/** Field (annual ones with their year) → column. A span of years stands for start and finish where they have no column. */
function columnsByKey(columns: readonly Mapped[]): Record<string, number> {
  const byKey: Record<string, number> = {};
  for (const column of columns) byKey[annualKey(column)] = column.column;
  if (byKey.period !== undefined) {
    byKey.startPlanned ??= byKey.period;
    byKey.finishPlanned ??= byKey.period;
  }
  if (byKey.lng !== undefined) byKey.point = byKey.lng;
  if (byKey.region !== undefined) byKey.regionCode = byKey.region;
  return byKey;
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
        putDate(row, 'startPlanned', read.from);
        putDate(row, 'finishPlanned', read.to);
      } else put(field, isFinish ? read.to : read.from);
      return;
    default:
      if (field === 'period') {
        // 2021年 alone: begun and finished within it.
        putDate(row, 'startPlanned', read.date);
        putDate(row, 'finishPlanned', read.date);
      } else if (field === 'enrolledOn') put(field, read.date.day);
      else put(field, read.date);
      if (field === 'startActual') row.stageHint ??= 'building';
      if (field === 'finishActual') row.stageHint = 'completed';
  }
}

/** A column of its own for the date is more exact than the span of years. */
function putDate(row: PlannedRow, key: 'startPlanned' | 'finishPlanned', date: BusinessDate): void {
  if (row.fields[key]) return;
  row.fields[key] = date;
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
  const words = field === 'content' || field === 'goal' || field === 'remark' ? text.trim() : oneLine(text);
  // A dash is how a clerk leaves a cell empty.
  if (words === '' || /^[-—–/\\]+$/.test(words)) return;
  const unknown = (zh: string, en: string) => fail(issue(column.column, 'choice_unknown', zh, en));
  if (info.max !== undefined && info.type !== 'list' && words.length > info.max) {
    fail(issue(column.column, 'too_long', `文字超过 ${info.max} 字`, `The text is longer than ${info.max} characters`));
    return;
  }
  if (info.type === 'unit') {
    row.units[field as UnitUse] = words;
    return;
  }
  switch (field) {
    case 'code': {
      const code = tidyProjectCode(words);
      for (const { words: found } of codeFindings({ code }, context.regions))
        row.warnings.push({ column: column.column, code: 'code_unusual', words: found });
      put('code', code);
      break;
    }
    case 'industry':
      for (const { words: found } of codeFindings({ industry: words, name: row.fields.name }, context.regions))
        row.warnings.push({ column: column.column, code: 'industry_unusual', words: found });
      put('industry', words);
      break;
    case 'goal':
      planOf(row, column).goal = words;
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
      else row.warnings.push(unknownRegion(column.column, words, context.regions));
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

const oneLine = (text: string): string => (/\s/.test(text) ? text.replace(/\s+/g, ' ').trim() : text);

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
