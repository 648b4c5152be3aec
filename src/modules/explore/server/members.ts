import { sql } from 'kysely';
import { invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { type MeasureCode, measureOf } from '../measures.ts';
import { type Atom, rollUp, sizeOf } from '../roll.ts';
import type { CellRef, Member, Pivot, Value } from '../shapes.ts';
import { type Months, narrowed } from '../span.ts';
import { chosen, compile } from './compile.ts';
import { dueBy, monthsAsked, toAtom } from './read.ts';

/** The most projects whose figures are read to list a page of them. */
const mostMembers = 60_000;

/** The cell as a question without dimensions, of one measure. */
function questionOf(scope: Scope, { pivot, row, column, measure }: CellRef): { pivot: Pivot; months: Months } {
  const one = { ...pivot, measures: [measure], sort: null };
  const months = monthsAsked(scope, one);
  const found = narrowed(one, row, column, months);
  if (!found)
    throw invalid(
      'no_cell',
      { zh: '表中没有这个单元格，请重新打开', en: 'The table has no such cell: open it again' },
      'cell',
    );
  return { pivot: { ...found.pivot, rows: [], columns: [] }, months: found.months };
}

/**
 * The projects behind a cell, largest first, with the cell's own value worked out again from them: what is listed adds up
 * to it exactly. Projects that add nothing are left out.
 */
export async function membersOf(scope: Scope, cell: CellRef, { offset, limit }: { offset: number; limit: number }) {
  const { pivot, months } = questionOf(scope, cell);
  const { rows } = await compile(scope, pivot, months, { by: 'project', time: 'none' }, mostMembers + 1).execute(
    scope.db,
  );
  if (rows.length > mostMembers)
    throw invalid(
      'too_many',
      { zh: '项目太多，请从分组的单元格打开', en: 'Too many projects: open a cell of a smaller group' },
      'cell',
    );
  const due = await dueBy(scope);
  const value = (atoms: readonly Atom[]): Value => rollUp(pivot, months, atoms, due, () => 0).cells[0]![0]![0]!;
  const byProject = new Map<string, Atom[]>();
  for (const row of rows) {
    const id = row.keys[0] as string;
    byProject.set(id, [...(byProject.get(id) ?? []), { ...toAtom(row), keys: [] }]);
  }
  const isCount = measureOf(cell.measure).kind === 'count';
  const all = [...byProject]
    .map(([projectId, atoms]) => ({ projectId, value: value(atoms) }))
    .filter((one) => one.value !== null && !(isCount && one.value === 0))
    .sort((a, b) => sizeOf(b.value)! - sizeOf(a.value)! || (a.projectId < b.projectId ? -1 : 1));
  const page = all.slice(offset, offset + limit);
  const names = await namesOf(
    scope,
    page.map((one) => one.projectId),
  );
  return {
    total: all.length,
    value: value([...byProject.values()].flat()),
    members: page.map((one): Member => ({ ...names.get(one.projectId)!, ...one })),
  };
}

async function namesOf(scope: Scope, ids: readonly string[]) {
  const { rows } = await sql<Omit<Member, 'value'>>`
    select id as project_id, serial, name, stage, demo from projects.pub_project
    where city_id = ${scope.cityId} and id = any(${[...ids]}::uuid[])`.execute(scope.db);
  return new Map(rows.map((row) => [row.projectId, row]));
}

const isOfState = (measure: MeasureCode): boolean => ['year', 'upTo'].includes(measureOf(measure).time);

/** The accepted months of one project of the cell, of its items where it is a package. @throws Problem 404 when it is not in it. */
export async function filingsOf(scope: Scope, cell: CellRef, projectId: string) {
  const { pivot, months } = questionOf(scope, cell);
  // A cumulative rests on the months since January.
  const from = isOfState(cell.measure) ? `${months.from.slice(0, 4)}-01` : months.from;
  const { rows: found } = await sql`select 1 ${chosen(scope, pivot)} and p.id = ${projectId}`.execute(scope.db);
  if (found.length === 0) throw notFound({ zh: '项目', en: 'project' });
  const { rows } = await sql<{
    projectId: string;
    name: string;
    period: string;
    monthYuan: number;
    cumulativeYuan: number;
  }>`
    select p.id as project_id, p.name, a.period, a.month_yuan, a.cumulative_yuan
    from projects.pub_project p join filings.pub_accepted a on a.city_id = p.city_id and a.project_id = p.id
    where p.city_id = ${scope.cityId} and (p.id = ${projectId} or p.parent_id = ${projectId})
      and a.period between ${from} and ${months.to}
    order by p.parent_id nulls first, p.serial, a.period limit 2000`.execute(scope.db);
  return rows;
}
