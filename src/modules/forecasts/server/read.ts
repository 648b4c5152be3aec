import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { sizeOf } from '../classes.ts';
import type { Building } from '../completion.ts';
import { curveOf, type Series, type YearPlan, type YearSeries } from '../money.ts';
import { closingDay, type Known, originOf } from '../outlook.ts';

interface ProjectRow {
  id: string;
  planKind: string | null;
  board: string | null;
  totalYuan: number | null;
  doneBeforeYuan: number | null;
  doneBeforeYear: number | null;
  startActual: Day | null;
  finishPlanned: Day | null;
  finishActual: Day | null;
}
interface PlanRow {
  rootId: string;
  projectId: string;
  isItem: boolean;
  year: number;
  planYuan: number;
  curve: number[] | null;
}
interface VersionRow extends PlanRow {
  at: Date;
}
interface MonthRow {
  rootId: string;
  projectId: string;
  isItem: boolean;
  period: string;
  now: number | null;
  known: number | null;
}

/** This year and two before it. */
const years = 3;

/**
 * What forecasts rest on: plans and accepted months of three years, of each month the value that counts now and the one that
 * counted when the month was closed; and the days on which building began, was to end and ended. A package's own figures,
 * else those of its items. Terminated and withdrawn projects have no future.
 */
export async function readKnown(scope: Scope, day: Day, permission: string): Promise<Known> {
  const last = yearOf(day);
  const first = last - years + 1;
  const origin = originOf(day);
  const { rows: projects } = await sql<ProjectRow>`
    select p.id, p.plan_kind, p.board, p.total_yuan, p.done_before_yuan, p.done_before_year, p.start_actual, p.finish_planned, p.finish_actual
    from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.parent_id is null and p.stage not in ('terminated', 'withdrawn')
      and ${withinReach(scope, permission)} order by p.id`.execute(scope.db);
  const family = sql`(
    select p.id as project_id, p.id as root_id, false as is_item from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.parent_id is null and ${withinReach(scope, permission)}
    union all select i.id, i.parent_id, true from projects.pub_project i
    join projects.pub_project p on p.city_id = i.city_id and p.id = i.parent_id
    where i.city_id = ${scope.cityId} and ${withinReach(scope, permission)})`;
  const { rows: plans } = await sql<PlanRow>`
    select f.root_id, f.project_id, f.is_item, a.year, a.plan_yuan, a.curve from projects.pub_plan a join ${family} f on f.project_id = a.project_id
    where a.city_id = ${scope.cityId} and a.year between ${first}::integer and ${last}::integer and a.plan_yuan is not null`.execute(
    scope.db,
  );
  // Only of plans that were changed: all others were always what they are.
  const { rows: versions } = await sql<VersionRow>`
    select f.root_id, f.project_id, f.is_item, v.year, v.plan_yuan, v.curve, v.at from projects.pub_plan_version v
    join ${family} f on f.project_id = v.project_id
    where v.city_id = ${scope.cityId} and v.year between ${first}::integer and ${last}::integer and v.plan_yuan is not null
      and exists (select from projects.pub_plan_version o where o.city_id = v.city_id and o.project_id = v.project_id
        and o.year = v.year and o.version > 1)
    order by v.version`.execute(scope.db);
  const closed = sql`((left(a.period, 7) || '-01')::date + interval '1 month' + make_interval(days => ${closingDay})) at time zone 'Asia/Shanghai'`;
  const { rows: months } = await sql<MonthRow>`
    select f.root_id, a.project_id, f.is_item, a.period,
      max(a.cumulative_yuan) filter (where a.superseded_at is null) as now,
      max(a.cumulative_yuan) filter (where a.valid_from <= ${closed} and (a.superseded_at is null or a.superseded_at > ${closed})) as known
    from filings.pub_accepted_version a join ${family} f on f.project_id = a.project_id
    where a.city_id = ${scope.cityId} and a.period between ${`${first}-01`} and ${origin}
    group by 1, 2, 3, 4`.execute(scope.db);

  const plansOf = Map.groupBy(plans, (row) => row.rootId);
  const versionsOf = Map.groupBy(versions, (row) => row.rootId);
  const monthsOf = Map.groupBy(months, (row) => row.rootId);
  const series = projects.map(
    (p): Series => ({
      id: p.id,
      planKind: p.planKind,
      board: p.board,
      size: sizeOf(p.totalYuan),
      years: Array.from({ length: years }, (_, i) =>
        yearSeries(first + i, plansOf.get(p.id) ?? [], versionsOf.get(p.id) ?? [], monthsOf.get(p.id) ?? []),
      ),
    }),
  );
  const buildings = projects.flatMap((p): Building[] =>
    p.startActual !== null && p.finishPlanned !== null
      ? [
          {
            id: p.id,
            planKind: p.planKind,
            size: sizeOf(p.totalYuan),
            board: p.board,
            start: p.startActual,
            planned: p.finishPlanned,
            finished: p.finishActual,
          },
        ]
      : [],
  );
  const month = Number(origin.slice(5, 7));
  const pace = new Map(
    projects.map((p, i) => {
      const { years: all } = series[i]!;
      const at = all.findIndex((y) => y.year === Number(origin.slice(0, 4)));
      const [now, before] = [all[at]!, all[at - 1]];
      const yearYuan = now.now[month]! + (before ? before.now[12]! - before.now[month]! : 0);
      // Money of years after the one the register's figure stood at comes on top.
      const since = all.filter((y) => y.year > (p.doneBeforeYear ?? 0)).reduce((sum, y) => sum + y.now[12]!, 0);
      const leftYuan = p.totalYuan === null ? null : p.totalYuan - (p.doneBeforeYuan ?? 0) - since;
      return [p.id, { leftYuan, yearYuan }];
    }),
  );
  return { series, buildings, pace };
}

/** A package's own rows, else those of its items. */
function ownElse<T extends { isItem: boolean }>(rows: readonly T[]): T[] {
  const own = rows.filter((row) => !row.isItem);
  return own.length > 0 ? own : [...rows];
}

function planOf(rows: readonly PlanRow[]): YearPlan {
  const planned = ownElse(rows);
  const curves = planned.map((row) => curveOf(row.planYuan, row.curve?.length === 12 ? row.curve : null));
  return {
    planYuan: planned.reduce((sum, row) => sum + row.planYuan, 0),
    curve: Array.from({ length: 13 }, (_, m) => curves.reduce((sum, curve) => sum + curve[m]!, 0)),
  };
}

/** The 16th of the month after, in the time of China: by then the month's filings are accepted. Month 0 is the December before. */
const closedAt = (year: number, month: number): Date => new Date(Date.UTC(year, month, closingDay + 1, -8));

/** The plans of the year when each month was closed: of each project its newest version of that time, else its first. */
function plansThen(year: number, plans: readonly PlanRow[], versions: readonly VersionRow[]): YearPlan[] | undefined {
  if (versions.length === 0) return undefined;
  const changed = [...Map.groupBy(versions, (row) => row.projectId).values()];
  const steady = plans.filter((row) => !changed.some(([one]) => one!.projectId === row.projectId));
  return Array.from({ length: 13 }, (_, m) => {
    const closed = closedAt(year, m);
    return planOf([...steady, ...changed.map((rows) => rows.findLast(({ at }) => at <= closed) ?? rows[0]!)]);
  });
}

function yearSeries(
  year: number,
  plans: readonly PlanRow[],
  versions: readonly VersionRow[],
  months: readonly MonthRow[],
): YearSeries {
  const planned = plans.filter((row) => row.year === year);
  const then = plansThen(
    year,
    planned,
    versions.filter((row) => row.year === year),
  );
  const filed = ownElse(months.filter((row) => row.period.startsWith(`${year}-`)));
  const now: number[] = Array(13).fill(0);
  const known: number[] = Array(13).fill(0);
  for (const rows of Map.groupBy(filed, (row) => row.projectId).values()) {
    const byMonth = new Map(rows.map((row) => [Number(row.period.slice(5, 7)), row]));
    // A month without a filing keeps what came before.
    let [lastNow, lastKnown] = [0, 0];
    for (let m = 1; m <= 12; m += 1) {
      lastNow = byMonth.get(m)?.now ?? lastNow;
      lastKnown = byMonth.get(m)?.known ?? lastKnown;
      now[m]! += lastNow;
      known[m]! += lastKnown;
    }
  }
  return {
    year,
    ...planOf(planned),
    ...(then && { then }),
    known,
    now,
  };
}
