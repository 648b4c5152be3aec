import { changesBetween, type FieldChange } from '../changes.ts';
import type { BusinessDate, ProjectFields } from '../contract.ts';
import { type Issue, issue } from './field.ts';
import type { PlannedRow } from './plan-rows.ts';
import type { UnitUse } from './unit-key.ts';

/** A project of the register, as far as an import compares with it. */
export interface RegisterRow {
  id: string;
  serial: number;
  fields: ProjectFields;
  /** The owner's name as shown, from its unit or its text. */
  ownerName: string | null;
  plans: { year: number; planYuan: number | null; goal: string | null }[];
}

export type RowStatus = 'new' | 'changed' | 'unchanged' | 'refused';

export interface DiffRow extends PlannedRow {
  status: RowStatus;
  projectId: string | null;
  serial: number | null;
  changes: (FieldChange & { column: number | null })[];
  /** What to write: fields of a new project, or only those that change. */
  write: Partial<ProjectFields>;
  writePlans: { year: number; planYuan: number | null; goal: string | null }[];
}

export interface DiffContext {
  register: readonly RegisterRow[];
  /** The unit of that name; undefined when there is none or several. */
  unitId: (use: UnitUse, name: string) => string | undefined;
  /** Names of missing units: become new units on acceptance, or stay text. */
  createUnits: boolean;
  /** Key under which two spellings of a name are one. */
  nameKey: (text: string) => string;
  /** The county unit of a region, for rows that name a region but no unit. */
  countyUnitId: (regionCode: string) => string | undefined;
}

/** Stands for a unit that acceptance will create: `new:owner:岳阳市交通局`. */
export const newUnitMark = (use: UnitUse, name: string): string => `new:${use}:${name}`;

const idField = { owner: 'ownerUnitId', lead: 'leadUnitId', command: 'commandUnitId', county: 'countyUnitId' } as const;
const textField = { owner: 'ownerText', lead: 'leadText' } as const;

/** Compares the rows of a ledger with the register: new, changed cell by cell, unchanged, or refused with the reason. */
export function diffRows(rows: readonly PlannedRow[], context: DiffContext): DiffRow[] {
  const index = indexOf(context);
  const seen = new Map<string, number>();
  const taken = new Map<string, number>();
  const byRow = new Map<number, DiffRow>();
  return rows.map((row) => {
    const parent = row.parentRow === null ? null : (byRow.get(row.parentRow) ?? null);
    const diff = diffRow(row, parent, index, seen, taken, context);
    byRow.set(row.row, diff);
    return diff;
  });
}

interface Index {
  byCode: Map<string, RegisterRow[]>;
  byName: Map<string, RegisterRow[]>;
}

function indexOf({ register, nameKey }: DiffContext): Index {
  const index: Index = { byCode: new Map(), byName: new Map() };
  const add = (map: Map<string, RegisterRow[]>, key: string, row: RegisterRow) => {
    const list = map.get(key);
    if (list) list.push(row);
    else map.set(key, [row]);
  };
  for (const row of register) {
    if (row.fields.code) add(index.byCode, row.fields.code, row);
    add(index.byName, nameKey(row.fields.name), row);
  }
  return index;
}

function diffRow(
  row: PlannedRow,
  parent: DiffRow | null,
  index: Index,
  seen: Map<string, number>,
  taken: Map<string, number>,
  context: DiffContext,
): DiffRow {
  const diff: DiffRow = {
    ...row,
    status: 'refused',
    projectId: null,
    serial: null,
    changes: [],
    write: {},
    writePlans: [],
  };
  if (parent?.status === 'refused') {
    diff.errors = [
      ...diff.errors,
      issue(
        null,
        'package_refused',
        `所属打捆项目（第 ${parent.row + 1} 行）未能导入`,
        `Its package (row ${parent.row + 1}) is refused`,
      ),
    ];
  }
  if (diff.errors.length > 0) return diff;
  const entered = enteredFields(row, context);
  const double = repeated(row, parent, seen, context);
  if (double !== undefined) {
    diff.errors = [
      ...diff.errors,
      issue(null, 'duplicate_in_file', `与第 ${double + 1} 行重复`, `The same as row ${double + 1}`),
    ];
    return diff;
  }
  const match = findMatch(row, parent, index, context);
  if (match && 'code' in match) {
    diff.errors = [...diff.errors, match];
    return diff;
  }
  if (!match) {
    diff.status = 'new';
    diff.write = { ...(row.stageHint && { stage: row.stageHint }), ...entered };
    diff.writePlans = row.plans.map((plan) => ({
      year: plan.year,
      planYuan: plan.planYuan ?? null,
      goal: plan.goal ?? null,
    }));
    return diff;
  }
  const other = taken.get(match.id);
  if (other !== undefined) {
    diff.errors = [
      ...diff.errors,
      issue(null, 'duplicate_in_file', `与第 ${other + 1} 行是同一个项目`, `The same project as row ${other + 1}`),
    ];
    return diff;
  }
  taken.set(match.id, row.row);
  compare(diff, match, entered, parent);
  return diff;
}

/** Fields with units and regions resolved. What the ledger leaves empty is left out: an import never clears a value. */
function enteredFields(row: PlannedRow, context: DiffContext): Partial<ProjectFields> {
  const entered: Partial<ProjectFields> = { ...row.fields };
  for (const use of ['owner', 'lead', 'command', 'county'] as const) {
    const name = row.units[use];
    if (name === undefined) continue;
    const id = context.unitId(use, name);
    if (id !== undefined) entered[idField[use]] = id;
    else if (context.createUnits) entered[idField[use]] = newUnitMark(use, name);
    else if (use === 'owner' || use === 'lead') entered[textField[use]] = name;
  }
  if (entered.regionCode && entered.countyUnitId === undefined) {
    const county = context.countyUnitId(entered.regionCode);
    if (county !== undefined) entered.countyUnitId = county;
  }
  return entered;
}

function repeated(
  row: PlannedRow,
  parent: DiffRow | null,
  seen: Map<string, number>,
  { nameKey }: DiffContext,
): number | undefined {
  const { code, name } = row.fields;
  // One 项目代码 may stand for a package and for its items, so an item's own code does not decide.
  const keys = [
    ...(code && parent === null ? [`code ${code}`] : []),
    `name ${nameKey(name)} ${nameKey(row.units.owner ?? '')} ${parent?.row ?? ''} ${row.fields.regionCode ?? ''}`,
  ];
  const found = keys.map((key) => seen.get(key)).find((at) => at !== undefined);
  for (const key of keys) if (!seen.has(key)) seen.set(key, row.row);
  return found;
}

/**
 * The project that the row means: by 项目代码 first, else by exact name and owner at the same place (in the same
 * package, or on the top level). More than one, or a contradiction, is refused: a wrong match would overwrite a project.
 */
function findMatch(
  row: PlannedRow,
  parent: DiffRow | null,
  index: Index,
  context: DiffContext,
): RegisterRow | Issue | undefined {
  const { code, name } = row.fields;
  const codeColumn = row.columnOf.code ?? null;
  const nameColumn = row.columnOf.name ?? null;
  // Items of a new package are new as well.
  const parentId = parent === null ? null : parent.projectId;
  const isHere = (other: RegisterRow) => other.fields.parentId === parentId;
  if (parent !== null && parentId === null) return undefined;
  if (code) {
    const all = index.byCode.get(code) ?? [];
    const here = all.filter(isHere);
    const found = here.length > 0 ? here : parent === null ? all : [];
    if (found.length === 1) return found[0]!;
    const named = found.filter((other) => context.nameKey(other.fields.name) === context.nameKey(name));
    if (named.length === 1) return named[0]!;
    if (found.length > 1) {
      return issue(
        codeColumn,
        'ambiguous_match',
        `登记簿中有 ${found.length} 个项目使用这个代码，无法确定是哪一个`,
        `${found.length} projects of the register have this code; which one is meant is not clear`,
      );
    }
  }
  const same = (index.byName.get(context.nameKey(name)) ?? []).filter(isHere);
  if (same.length === 0) return undefined;
  const owner = row.units.owner;
  const owned = owner === undefined ? same : same.filter((other) => isOwner(other, owner, context));
  if (owned.length > 1) {
    return issue(
      nameColumn,
      'ambiguous_match',
      `登记簿中有 ${owned.length} 个同名项目，请补充项目代码或业主单位`,
      `${owned.length} projects of the register have this name: add the project code or the owner`,
    );
  }
  const found = owned[0];
  if (!found) {
    const elsewhere = same.every(
      (other) => row.fields.regionCode && other.fields.regionCode && row.fields.regionCode !== other.fields.regionCode,
    );
    // 老旧小区改造 exists in every county: another county and another owner is another project.
    if (elsewhere) return undefined;
    return issue(
      row.columnOf.owner ?? nameColumn,
      'same_name_other_owner',
      `登记簿中有同名项目，业主为“${same[0]!.ownerName ?? '未填'}”。请核对业主，或补充项目代码`,
      `The register has a project of this name whose owner is “${same[0]!.ownerName ?? 'not given'}”. Check the owner or add the project code`,
    );
  }
  if (code && found.fields.code && found.fields.code !== code) {
    return issue(
      codeColumn,
      'code_differs',
      `登记簿中同名项目的代码是 ${found.fields.code}，请核对`,
      `The project of this name has the code ${found.fields.code} in the register: check it`,
    );
  }
  return found;
}

function isOwner(other: RegisterRow, owner: string, context: DiffContext): boolean {
  const id = context.unitId('owner', owner);
  if (id !== undefined && other.fields.ownerUnitId === id) return true;
  // A project without an owner so far may be given one.
  return other.ownerName === null || context.nameKey(other.ownerName) === context.nameKey(owner);
}

function compare(diff: DiffRow, match: RegisterRow, entered: Partial<ProjectFields>, parent: DiffRow | null): void {
  diff.projectId = match.id;
  diff.serial = match.serial;
  const columnOf = (field: string) =>
    diff.columnOf[field] ?? diff.columnOf[field.replace(/(UnitId|Text)$/, '')] ?? null;
  const after = { ...entered };
  if (parent?.projectId) after.parentId = parent.projectId;
  // Tiers and dates that only say the same otherwise are no change.
  for (const key of ['startPlanned', 'startActual', 'finishPlanned', 'finishActual'] as const) {
    if (isSameDay(match.fields[key], after[key])) delete after[key];
  }
  // The county worked out from the region never replaces one that somebody chose.
  if (diff.units.county === undefined && match.fields.countyUnitId !== null) delete after.countyUnitId;
  const found = changesBetween(match.fields, after);
  diff.changes = found.map((change) => ({ ...change, column: columnOf(change.field) }));
  diff.write = Object.fromEntries(found.map(({ field, after: value }) => [field, value])) as Partial<ProjectFields>;
  for (const plan of diff.plans) {
    const before = match.plans.find((p) => p.year === plan.year);
    const next = {
      year: plan.year,
      planYuan: plan.planYuan ?? before?.planYuan ?? null,
      goal: plan.goal ?? before?.goal ?? null,
    };
    const changed = (['planYuan', 'goal'] as const).filter((key) => next[key] !== (before?.[key] ?? null));
    if (changed.length === 0) continue;
    diff.writePlans.push(next);
    for (const key of changed) {
      const field = `${key}.${plan.year}`;
      diff.changes.push({
        field,
        before: before?.[key] ?? null,
        after: next[key],
        column: diff.columnOf[field] ?? null,
      });
    }
  }
  diff.status = diff.changes.length > 0 ? 'changed' : 'unchanged';
}

const isSameDay = (a: BusinessDate | null, b: BusinessDate | null | undefined): boolean =>
  a !== null && b !== null && b !== undefined && a.day === b.day && a.precision === b.precision;
