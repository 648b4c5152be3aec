import { sql } from 'kysely';
import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { isWithinReach, withinReach } from '#modules/projects/server/public.ts';
import { clockAt } from '../clock.ts';
import type { Summary } from '../contract.ts';
import { add, emptySums, ranked, type Sums } from '../grouping.ts';
import { lights } from '../light-rule.ts';
import { listFacts, readMany } from './facts-store.ts';
import { lightMany, looksOf } from './history.ts';
import { getActive, type VersionedSet } from './rule-store.ts';
import { pieceSize } from './standing.ts';

const groupings = ['county', 'command', 'board'] as const;
type Grouping = (typeof groupings)[number];
type Collected = Record<Grouping | 'total', Sums[]> & { asOf: Day | null };

/** Today for this year, the last day for an earlier one. A day to come has no lights yet. */
export function summaryDay(scope: Scope, year: number | undefined, day: Day | undefined): Day {
  const wanted = day ?? (year === undefined || year === yearOf(scope.today) ? scope.today : `${year}-12-31`);
  if (wanted > scope.today)
    throw invalid(
      'future_day',
      { zh: '只能查看今天或以前的日期', en: 'Only today or an earlier day can be shown' },
      'day',
    );
  return wanted;
}

/**
 * The dispatch table over the projects within the caller's reach for `permission`: sums, lights and ranks for the whole, by
 * county, by command post and by board. Today is one SQL over the read model; a past day is worked out from the facts.
 */
export async function summaryOf(scope: Scope, day: Day, permission = 'dispatch.read'): Promise<Summary> {
  const active = await getActive(scope, day);
  const { set, version } = active;
  // A group has no curve of its own; its clock is the days of the year.
  const clock = clockAt(set.clock === 'curve' ? 'linearDay' : set.clock, day);
  const [n, d] = clock.shown!.split('/').map(Number) as [number, number];
  const found =
    day === scope.today ? await sumsOfToday(scope, permission) : await sumsOfDay(scope, day, active, permission);
  const ids = [...found.county, ...found.command].flatMap((s) => (s.key === null ? [] : [s.key]));
  const names = await unitNames(scope, ids);
  const unitName = (id: string) => names.get(id)?.shortName ?? names.get(id)?.name ?? null;
  const finish = (sums: Sums[], nameOf: (key: string) => string | null) =>
    ranked(sums, nameOf, clock.ratio).sort(
      (a, b) =>
        (a.rank ?? 1e9) - (b.rank ?? 1e9) || Number(a.key === null) - Number(b.key === null) || b.planYuan - a.planYuan,
    );
  return {
    year: yearOf(day),
    day,
    clock: { n, d, shown: clock.shown, kind: clock.kind },
    ruleSet: { code: set.code, version, name: set.name },
    asOf: found.asOf,
    total: ranked(found.total.length > 0 ? found.total : [emptySums(null)], () => null, clock.ratio)[0]!,
    byCounty: finish(found.county, unitName),
    byCommand: finish(found.command, unitName),
    byBoard: finish(found.board, (board) => board),
  };
}

type SumRow = Record<(typeof lights)[number], number> & {
  grouping: Grouping | 'total';
  key: string | null;
  projects: number;
  items: number;
  planYuan: number;
  doneYuan: number;
  asOf: Day | null;
};

async function sumsOfToday(scope: Scope, permission: string): Promise<Collected> {
  // Terminated projects are no longer anybody's work.
  const { rows } = await sql<SumRow>`
    with base as (
      select p.county_unit_id::text as county, p.command_unit_id::text as command, p.board, greatest(p.child_count, 1) as items,
        s.light, s.plan_yuan, s.done_yuan, s.as_of
      from projects.pub_project p
      join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${yearOf(scope.today)}
      where p.city_id = ${scope.cityId} and p.parent_id is null and p.stage not in ('terminated', 'withdrawn') and ${withinReach(scope, permission)})
    select case when grouping(county) = 0 then 'county' when grouping(command) = 0 then 'command'
        when grouping(board) = 0 then 'board' else 'total' end as grouping,
      coalesce(county, command, board) as key, count(*) as projects, sum(items)::bigint as items,
      coalesce(sum(plan_yuan), 0)::bigint as plan_yuan,
      coalesce(sum(done_yuan) filter (where plan_yuan > 0), 0)::bigint as done_yuan, min(as_of) as as_of,
      ${sql.join(lights.map((light) => sql`count(*) filter (where light = ${light}) as ${sql.ref(light)}`))}
    from base group by grouping sets ((county), (command), (board), ())`.execute(scope.db);
  const of = (grouping: SumRow['grouping']): Sums[] =>
    rows
      .filter((row) => row.grouping === grouping)
      .map(({ key, projects, items, planYuan, doneYuan, ...row }) => ({
        key,
        projects,
        items,
        planYuan,
        doneYuan,
        lights: Object.fromEntries(lights.map((light) => [light, row[light]])) as Sums['lights'],
      }));
  return {
    county: of('county'),
    command: of('command'),
    board: of('board'),
    total: of('total'),
    asOf: rows.find((row) => row.grouping === 'total')?.asOf ?? null,
  };
}

async function sumsOfDay(scope: Scope, day: Day, { set }: VersionedSet, permission: string): Promise<Collected> {
  const maps = {
    county: new Map<string | null, Sums>(),
    command: new Map<string | null, Sums>(),
    board: new Map<string | null, Sums>(),
  };
  const total = emptySums(null);
  await readMany(scope);
  for (let after: string | null = null; ; ) {
    const facts = await listFacts(scope, day, { after, limit: pieceSize }, { looks: looksOf(set) });
    const counted = facts.filter(
      (f) =>
        f.parentId === null &&
        f.stage !== 'terminated' &&
        f.stage !== 'withdrawn' &&
        isWithinReach(scope, permission, f),
    );
    const found = await lightMany(scope, set, counted, day);
    for (const [i, f] of counted.entries()) {
      const { light } = found[i]!;
      for (const grouping of groupings) {
        const map = maps[grouping];
        const key = f.countsUnder[grouping];
        const sums = map.get(key) ?? emptySums(key);
        map.set(key, sums);
        add(sums, { ...f, light });
      }
      add(total, { ...f, light });
    }
    if (facts.length < pieceSize) break;
    after = facts.at(-1)!.id;
  }
  return {
    county: [...maps.county.values()],
    command: [...maps.command.values()],
    board: [...maps.board.values()],
    total: [total],
    asOf: day,
  };
}
