import { sql } from 'kysely';
import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Day, endOfMonth } from '#core/shared/day.ts';
import { clockAt, rulesInForce } from '#modules/dispatch/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { industryName } from '#modules/projects/server/public.ts';
import { type Dimension, dimensions, isTime, isWorded, valueWords } from '../dimensions.ts';
import { measureOf } from '../measures.ts';
import { type Due, mostColumns, mostRows, parts, rollUp, TooLarge } from '../roll.ts';
import type { Pivot, Table } from '../shapes.ts';
import { type Months, monthsOf } from '../span.ts';
import { compile, type Row, splitOf } from './compile.ts';

/** Beyond this nothing readable can come out. */
const mostAtoms = 120_000;

/** @throws Problem 422 when the question has no answer, each with what to change. */
export function monthsAsked(scope: Scope, pivot: Pivot): Months {
  const months = monthsOf(pivot.span, scope.today);
  if (!months)
    throw invalid(
      'no_months',
      {
        zh: '所选月份还没有开始，或起始月份在截止月份之后',
        en: 'These months have not begun, or end before they begin',
      },
      'span',
    );
  const timed = [...pivot.rows, ...pivot.columns].find(isTime);
  const still = pivot.measures.find((m) => measureOf(m).time === 'register');
  if (timed && still) {
    const [m, d] = [measureOf(still).words, dimensions[timed].words];
    throw invalid(
      'no_time',
      {
        zh: `“${m.zh}”是台账现状，不分月份和年度：请去掉“${d.zh}”，或改用“有计划项目数”`,
        en: `“${m.en}” is of the register now and has no months: take out “${d.en}”, or use “Projects with a plan”`,
      },
      'measures',
    );
  }
  if (pivot.sort && !pivot.measures.includes(pivot.sort.measure))
    throw invalid(
      'sort',
      { zh: '排序指标不在所选指标中', en: 'The measure to sort by is not among those chosen' },
      'sort',
    );
  return months;
}

const tooLarge = (what: { zh: string; en: string }) =>
  invalid(
    'too_large',
    {
      zh: `结果太大（${what.zh}），无法阅读：请减少维度、缩短月份或加筛选。最多 ${mostRows} 行、${mostColumns} 列`,
      en: `The result is too large to read (${what.en}): take fewer dimensions or months, or filter. At most ${mostRows} rows and ${mostColumns} columns`,
    },
    'rows',
  );

/** The clock of the rules in force at the end of each month, or today within the running one. */
export async function dueBy(scope: Scope): Promise<Due> {
  const { clock } = await rulesInForce(scope);
  const kind = clock === 'curve' ? 'linearDay' : clock;
  const known = new Map<string, number>();
  return (period) => {
    let found = known.get(period);
    if (found === undefined) {
      const end = endOfMonth(`${period}-01`);
      const day: Day = end < scope.today ? end : scope.today;
      const { ratio } = clockAt(kind, day);
      found = (Number(ratio.n) * parts) / Number(ratio.d);
      known.set(period, found);
    }
    return found;
  };
}

export async function tableOf(scope: Scope, pivot: Pivot): Promise<Table> {
  const months = monthsAsked(scope, pivot);
  const split = splitOf(pivot);
  const { rows: found } = await compile(scope, pivot, months, split, mostAtoms + 1).execute(scope.db);
  if (found.length > mostAtoms) throw tooLarge({ zh: `超过 ${mostAtoms} 组`, en: `more than ${mostAtoms} groups` });
  const names = await namesOf(scope, split.by === 'project' ? [] : split.by, found);
  try {
    const rolled = rollUp(pivot, months, found.map(toAtom), await dueBy(scope), comparing(names));
    return { ...months, ...rolled, names: Object.fromEntries(names), day: scope.today, hasDemo: await hasDemo(scope) };
  } catch (error) {
    if (error instanceof TooLarge)
      throw tooLarge({ zh: `${error.rows} 行 × ${error.columns} 列`, en: `${error.rows} × ${error.columns}` });
    throw error;
  }
}

export const toAtom = ({ keys, year, period, ...sums }: Row) => ({ keys, year, period, sums });

async function hasDemo(scope: Scope): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from projects.pub_project where city_id = ${scope.cityId} and demo) as found`.execute(
    scope.db,
  );
  return rows[0]!.found;
}

async function namesOf(scope: Scope, by: readonly Dimension[], rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = new Set<string>();
  for (const [i, dimension] of by.entries())
    if (dimensions[dimension].of === 'unit')
      for (const { keys } of rows) if (typeof keys[i] === 'string') ids.add(keys[i]);
  const units = await unitNames(scope, [...ids]);
  const names = new Map([...units].map(([id, unit]) => [id, unit.shortName ?? unit.name]));
  const industry = by.indexOf('industry');
  for (const { keys } of industry < 0 ? [] : rows) {
    const key = keys[industry];
    const name = typeof key === 'string' ? industryOf(key) : null;
    if (name) names.set(key as string, name);
  }
  return names;
}

/** Closed lists in their order, months as they pass, all else by name; what is not recorded comes last. */
function comparing(names: ReadonlyMap<string, string>) {
  return (dimension: Dimension, a: string | null, b: string | null): number => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (isWorded(dimension)) {
      const order = Object.keys(valueWords[dimension]);
      return order.indexOf(a) - order.indexOf(b);
    }
    if (isTime(dimension)) return a < b ? -1 : Number(a > b);
    return (names.get(a) ?? a).localeCompare(names.get(b) ?? b, 'zh');
  };
}

/** '48' → 48 土木工程建筑业. */
export const industryOf = (key: string): string | null => industryName(key)?.split(' › ').at(-1) ?? null;
