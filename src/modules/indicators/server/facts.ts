import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, endOfMonth, startOfMonth } from '#core/shared/day.ts';
import {
  atLevel,
  clockAt,
  listRateRowsOn,
  measures,
  type RateBasis,
  type RateLevel,
  type RateRow,
  rulesInForce,
} from '#modules/dispatch/server/public.ts';
import type { Facts } from '../book.ts';
import type { Member, Value } from '../evaluate.ts';
import { extraMeasures, hundredMillion } from '../extra-measures.ts';

export interface At {
  day: Day;
  /** What was known by this moment; left out: by the end of the day. */
  knownAt?: Date | undefined;
  basis: RateBasis;
  level: RateLevel;
}

export interface MemberRow {
  row: RateRow;
  read: Member;
}

/** All projects within reach at a moment, ready for formulas. */
export interface Moment {
  at: At;
  pace: Value;
  members: readonly MemberRow[];
}

const byName = new Map(
  Object.entries(measures).flatMap(([code, measure]) => [
    [code, measure] as const,
    [measure.words.zh, measure] as const,
  ]),
);
const extraByName = new Map(
  extraMeasures.flatMap(({ code, words }) => [[code, code] as const, [words.zh, code] as const]),
);

/** What was recorded about each project by other modules up to the day: counts and whole yuan. */
async function listExtras(scope: Scope, day: Day): Promise<Map<string, Record<string, number>>> {
  const { rows } = await sql<{ projectId: string } & Record<string, number>>`
    with land as (
      select n.project_id, count(*)::int as land_needs, count(*) filter (where n.supplied >= n.demand)::int as land_secured
      from factors.pub_need n where n.city_id = ${scope.cityId} and n.category = 'land' group by n.project_id),
    problem as (
      select m.project_id, count(*)::int as problems_issued,
        count(*) filter (where m.state = 'closed' and m.closed_on <= ${day}::date)::int as problems_closed
      from ledger.pub_matter m
      where m.city_id = ${scope.cityId} and m.kind in ('problem', 'finding') and m.issued_on <= ${day}::date and m.state <> 'void'
        and m.project_id is not null
      group by m.project_id),
    bond as (
      select b.project_id, sum(b.allotted_yuan)::bigint as bond_allotted, sum(b.used_yuan)::bigint as bond_used
      from funding.pub_bond_use b where b.city_id = ${scope.cityId} and b.issued_on <= ${day}::date group by b.project_id)
    select coalesce(land.project_id, problem.project_id, bond.project_id) as project_id, land.land_needs, land.land_secured,
      problem.problems_issued, problem.problems_closed, bond.bond_allotted, bond.bond_used
    from land full join problem using (project_id) full join bond using (project_id)`.execute(scope.db);
  return new Map(rows.map(({ projectId, ...row }) => [projectId, row]));
}

/** The projects within the caller's reach as of a day, packages counted once or as their items. */
async function momentOf(scope: Scope, at: At, all: readonly RateRow[]): Promise<Moment> {
  const extras = await listExtras(scope, at.day);
  const { clock } = await rulesInForce(scope, at.day);
  const rows = atLevel(all, at.level);
  const read = (row: RateRow, name: string): number | boolean | null => {
    const measure = byName.get(name);
    if (measure) return measure.read(row, at);
    const extra = extraByName.get(name);
    if (extra === hundredMillion.code) return 100_000_000;
    return extra === undefined ? null : (extras.get(row.id)?.[extra] ?? null);
  };
  // Each measure is worked out once for everybody: the whole and every grouping add up the same column.
  const columns = new Map<string, (number | boolean | null)[]>();
  const columnOf = (name: string) => {
    const column = rows.map((row) => read(row, name));
    columns.set(name, column);
    return column;
  };
  return {
    at,
    pace: { ratio: clockAt(clock === 'curve' ? 'linearDay' : clock, at.day).ratio },
    members: rows.map((row, i) => ({ row, read: (name) => (columns.get(name) ?? columnOf(name))[i]! })),
  };
}

/** The end of the month before; the same day a year before. */
export const earlierDay = (which: 'previous' | 'lastYear', day: Day): Day => {
  if (which === 'previous') return addDays(startOfMonth(day), -1);
  const there = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return there.endsWith('02-29') ? endOfMonth(there.replace('-29', '-28')) : there;
};

/**
 * What was read of the register in one piece of work inside one transaction, so that the indicators, rankings and scores of a
 * month read it once. Not to be kept when something was written since.
 */
export type Moments = Map<string, Moment>;

/**
 * A moment, and the earlier days that formulas look back at; others are spared the reading. All are read with what is known
 * at the one moment: a month accepted after its end, or put right since, counts with the value that it has now, or the
 * difference of two months would hold it twice.
 */
export async function readMoments(
  scope: Scope,
  at: At,
  which: readonly ('previous' | 'lastYear')[],
  kept: Moments = new Map(),
): Promise<{ now: Moment; earlier: Map<string, Moment> }> {
  const known = at.knownAt?.toISOString() ?? `end of ${at.day}`;
  const keyOn = (day: Day) => [day, known, at.basis, at.level].join(' ');
  const days = [at.day, ...which.map((one) => earlierDay(one, at.day))];
  const missing = [...new Set(days)].filter((day) => !kept.has(keyOn(day)));
  if (missing.length > 0) {
    // What is known is known at the end of the first day: it is read along even where it is there already.
    const wanted = at.knownAt || missing[0] === at.day ? missing : [at.day, ...missing];
    const read = await listRateRowsOn(scope, wanted, {
      permission: 'indicators.read',
      basis: at.basis,
      knownAt: at.knownAt,
    });
    for (const [i, day] of wanted.entries())
      if (!kept.has(keyOn(day))) kept.set(keyOn(day), await momentOf(scope, { ...at, day }, read[i]!));
  }
  const momentOn = (day: Day) => kept.get(keyOn(day))!;
  return {
    now: momentOn(at.day),
    earlier: new Map(which.map((one) => [one, momentOn(earlierDay(one, at.day))])),
  };
}

type KeyOf = (row: RateRow) => string | null;
const parts = new WeakMap<Moment, Map<KeyOf | null, Map<string | null, Member[]>>>();
const nobody: readonly Member[] = [];

/** The members of a moment by group, told apart once; the same list each time, so that sums over it are worked out once. */
function membersOf(moment: Moment, keyOf: KeyOf | null, key: string | null): readonly Member[] {
  const ways = parts.get(moment) ?? new Map<KeyOf | null, Map<string | null, Member[]>>();
  parts.set(moment, ways);
  let groups = ways.get(keyOf);
  if (!groups) {
    groups = new Map();
    for (const { row, read } of moment.members) {
      const own = keyOf ? keyOf(row) : null;
      const list = groups.get(own);
      if (list) list.push(read);
      else groups.set(own, [read]);
    }
    ways.set(keyOf, groups);
  }
  return groups.get(key) ?? nobody;
}

/**
 * A group is whoever `keyOf` puts in it at each moment: a project that moved belonged to its county of then. Without
 * `keyOf` it is everybody.
 */
export const factsOf = (
  now: Moment,
  earlier: ReadonlyMap<string, Moment>,
  keyOf: KeyOf | null = null,
  key: string | null = null,
): Facts => ({
  members: membersOf(now, keyOf, key),
  pace: now.pace,
  earlier: (which) => {
    const moment = earlier.get(which);
    return moment ? { members: membersOf(moment, keyOf, key), pace: moment.pace, earlier: () => null } : null;
  },
});
