import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, endOfMonth } from '#core/shared/day.ts';
import { multiply, type Ratio, ratio, ratioOf } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { clockAt, rulesInForce } from '#modules/dispatch/server/public.ts';
import { type IndicatorFigures, indicatorFigures, type Moments } from '#modules/indicators/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { boardOf, heldIn, monthsLookedBack } from '../board.ts';
import type { Group, Ranking, sumsBy } from '../definition.ts';
import type { ExactFigure, MonthBoard, MonthRanking, MonthRankings } from '../month.ts';
import { figureOf, type RankingRule, rankRows } from '../ranking.ts';
import { scaleOf } from '../show.ts';
import { type Current, listCurrent } from './definition-store.ts';
import { exemptionsOn } from './exemption-store.ts';
import { externalsOn } from './external-store.ts';
import { findSettled } from './month-store.ts';
import { type Candidate, isOfGroup, listCandidates } from './units.ts';

type SumsBy = (typeof sumsBy)[number];

export const monthBefore = (period: string): string => addDays(`${period}-01`, -1).slice(0, 7);
/** The last day of the month, or today while it is under way. */
export const dayOf = (scope: Scope, period: string): Day => {
  const end = endOfMonth(`${period}-01`);
  return end > scope.today ? scope.today : end;
};

/** Accepted of due filings of the month by unit, as known before a moment; exempt ones are not due. */
async function completenessOf(
  scope: Scope,
  period: string,
  before: Date,
): Promise<(by: SumsBy, unitId: string) => ExactFigure> {
  const { rows } = await sql<{
    county: string | null;
    command: string | null;
    lead: string | null;
    due: number;
    accepted: number;
  }>`
    select p.county_unit_id as county, p.command_unit_id as command, p.lead_unit_id as lead, count(*)::int as due,
      count(*) filter (where f.has_accepted and f.project_id in (select v.project_id from filings.pub_accepted_version v
        where v.city_id = ${scope.cityId} and v.period = ${period} and v.valid_from < ${before}))::int as accepted
    from filings.pub_state f join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.period = ${period} and f.state <> 'exempt' and ${withinReach(scope, 'rankings.read')}
    group by 1, 2, 3`.execute(scope.db);
  const sums = new Map<string, { due: number; accepted: number }>();
  for (const row of rows)
    for (const by of ['county', 'command', 'lead'] as const) {
      const key = `${by} ${row[by]}`;
      const sum = sums.get(key) ?? { due: 0, accepted: 0 };
      sums.set(key, { due: sum.due + row.due, accepted: sum.accepted + row.accepted });
    }
  return (by, unitId) => {
    const sum = sums.get(`${by} ${unitId}`);
    return sum ? figureOf(ratio(sum.accepted, sum.due)) : { missing: 'noMembers', name: null };
  };
}

const hasFilings = async (scope: Scope, period: string): Promise<boolean> => {
  const { rows } =
    await sql`select 1 from filings.pub_state where city_id = ${scope.cityId} and period = ${period} limit 1`.execute(
      scope.db,
    );
  return rows.length > 0;
};

/** What a ranking is measured against, in the exact form of its figures; null: nothing. */
export interface AimValue {
  value: Ratio;
  name: Words;
}
export async function aimsOn(
  scope: Scope,
  day: Day,
  rankings: readonly Pick<Ranking, 'code' | 'aim'>[],
  unitOf: (code: string) => MonthRanking['unit'] | undefined,
): Promise<Map<string, AimValue>> {
  const { clock } = await rulesInForce(scope, day);
  const aims = new Map<string, AimValue>();
  for (const { code, aim } of rankings) {
    const unit = unitOf(code);
    if (!unit || aim.kind === 'none') continue;
    if (aim.kind === 'clock')
      // A city's clock is counted in days where each plan has its own curve, as in the indicators.
      aims.set(code, {
        value: clockAt(clock === 'curve' ? 'linearDay' : clock, day).ratio,
        name: { zh: '时序进度', en: 'the clock' },
      });
    else {
      const { n, d } = scaleOf[unit];
      aims.set(code, { value: multiply(ratioOf(aim.value), ratio(d, n)), name: { zh: '目标', en: 'the target' } });
    }
  }
  return aims;
}

interface Inputs {
  figures: ReadonlyMap<string, IndicatorFigures>;
  units: readonly Candidate[];
  completeness: Awaited<ReturnType<typeof completenessOf>>;
}

export async function readInputs(
  scope: Scope,
  { period, day, knownAt, asOf, moments }: MonthAt,
  rankings: readonly Current<Ranking>[],
): Promise<Inputs> {
  const groups = rankings.flatMap(({ definition }) => definition.groups);
  const figures = await indicatorFigures(scope, {
    day,
    knownAt,
    asOf,
    codes: rankings.map(({ definition }) => definition.indicator),
    by: [...new Set(groups.map((group) => group.by))],
    moments,
  });
  return {
    figures: new Map(figures.map((one) => [one.definition.code, one])),
    units: await listCandidates(scope, day, groups),
    completeness: await completenessOf(scope, period, knownAt ?? new Date(`${addDays(day, 1)}T00:00:00+08:00`)),
  };
}

const ruleOf = (definition: Ranking): RankingRule => ({
  direction: definition.direction,
  leastCompleteness: multiply(ratioOf(definition.leastCompleteness), ratio(1, 100)),
  leastMembers: definition.leastMembers,
  small: definition.small,
});

/** The units of a group with what they are ranked by: those with projects, counties also without, and those named one by one. */
export function entriesOf(group: Group, indicator: IndicatorFigures, { units, completeness }: Inputs) {
  const byUnit = new Map((indicator.groups[group.by] ?? []).map((one) => [one.key, one]));
  return units
    .filter((unit) => isOfGroup(unit, group))
    .filter(
      (unit) => byUnit.has(unit.id) || (unit.isValid && (group.by === 'county' || group.unitIds.includes(unit.id))),
    )
    .map(({ id, name }) => {
      const one = byUnit.get(id);
      return {
        unitId: id,
        name,
        figure: one?.figure ?? ({ missing: 'noMembers', name: null } as const),
        members: one?.members ?? 0,
        completeness: completeness(group.by, id),
      };
    });
}

export const headOf = ({ definition, version }: Current<Ranking>, indicator: IndicatorFigures) => ({
  code: definition.code,
  version,
  name: definition.name,
  indicator: definition.indicator,
  decimals: indicator.definition.decimals,
  unit: indicator.definition.unit,
  direction: definition.direction,
});

const placesIn = (ranking: MonthRanking | undefined, group: string): Map<string, number | null> =>
  new Map(ranking?.groups.find((g) => g.code === group)?.rows.map((row) => [row.unitId, row.rank]));

export interface MonthAt {
  period: string;
  day: Day;
  /** Filings as they were known at this moment (that of a freeze); left out: by the end of `day`. */
  knownAt?: Date | undefined;
  /** Definitions, exemptions, places given by others and settled months as they stood then; left out: now. */
  asOf?: Date | undefined;
  /** What the same work has read of the register already. */
  moments?: Moments | undefined;
}

/**
 * A month worked out from the figures as of `day`. Places of the month before and months running come from its settled
 * result, else from its own figures as of its last day, at most `back` months deep; a month in which nobody had to file is none.
 */
async function computeMonth(
  scope: Scope,
  { period, day, knownAt, asOf = scope.now, moments }: MonthAt,
  back: number | null,
): Promise<MonthRankings> {
  const { rankings, boards } = await listCurrent(scope, asOf);
  const inForce = boards.filter(({ definition }) => definition.isInForce);
  const deep = back ?? monthsLookedBack(inForce.map(({ definition }) => definition));
  const earlier = await monthEarlier(scope, monthBefore(period), asOf, deep);
  const inputs = await readInputs(scope, { period, day, knownAt, asOf, moments }, rankings);
  const externals = await externalsOn(scope, day, asOf);
  const results = new Map<string, MonthRanking>();
  for (const one of rankings) {
    const indicator = inputs.figures.get(one.definition.indicator);
    // An indicator that was withdrawn takes its ranking along until the definition names another.
    if (!indicator) continue;
    const before = earlier?.rankings.find((r) => r.code === one.definition.code);
    results.set(one.definition.code, {
      ...headOf(one, indicator),
      groups: one.definition.groups.map((group) => ({
        code: group.code,
        name: group.name,
        rows: rankRows(entriesOf(group, indicator, inputs), ruleOf(one.definition), placesIn(before, group.code)),
      })),
      external: externals.get(one.definition.code) ?? [],
    });
  }
  const definitions = rankings.map(({ definition }) => definition);
  const aims = await aimsOn(scope, day, definitions, (code) => results.get(code)?.unit);
  const exemptions = await exemptionsOn(scope, day, asOf);
  const lists: MonthBoard[] = [];
  for (const { definition, version } of inForce) {
    const ranking = results.get(definition.ranking);
    if (!ranking) continue;
    for (const pool of definition.pools)
      lists.push(
        boardOf(definition, pool, version, {
          ranking,
          previous: earlier?.rankings.find((r) => r.code === definition.ranking) ?? null,
          aim: aims.get(definition.ranking) ?? null,
          exemptions,
          held: heldIn(earlier?.boards.find((b) => b.code === definition.code && b.group === pool.code)),
        }),
      );
  }
  return { period, day, rankings: [...results.values()], boards: lists };
}

async function monthEarlier(scope: Scope, period: string, asOf: Date, back: number): Promise<MonthRankings | null> {
  if (back < 1) return null;
  const settled = await findSettled(scope, period, asOf);
  if (settled) return settled.result;
  if (!(await hasFilings(scope, period))) return null;
  return computeMonth(scope, { period, day: endOfMonth(`${period}-01`), asOf }, back - 1);
}

/** See `rankMonth` of public.ts. */
export const rankingsOf = (scope: Scope, at: MonthAt): Promise<MonthRankings> => computeMonth(scope, at, null);
