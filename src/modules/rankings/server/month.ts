import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { ratio } from '#core/shared/rate.ts';
import type { Month } from '../contract.ts';
import type { MonthRankings } from '../month.ts';
import { figureOf } from '../ranking.ts';
import { aimsOn, dayOf, entriesOf, headOf, rankingsOf, readInputs } from './compute.ts';
import { listCurrent } from './definition-store.ts';
import { externalsOn } from './external-store.ts';
import { findSettled, listSettled } from './month-store.ts';

/** @throws Problem 422 for a month that has not begun */
export function checkPeriod(scope: Scope, period: string): void {
  if (period > scope.today.slice(0, 7))
    throw invalid('future_month', { zh: '这个月还没有开始', en: 'That month has not begun' }, 'period');
}

/** The rows of the caller's own units with what they are ranked by, and no places: those are known when the month is settled. */
async function ownRows(scope: Scope, period: string): Promise<MonthRankings> {
  const reach = scope.reach('rankings.read');
  const mine = new Set(reach.all ? [] : reach.unitIds);
  const day = dayOf(scope, period);
  const { rankings } = await listCurrent(scope);
  // Without a right to figures there are none to show.
  if (!scope.can('indicators.read')) return { period, day, rankings: [], boards: [] };
  const inputs = await readInputs(scope, { period, day }, rankings);
  const externals = await externalsOn(scope, day);
  return {
    period,
    day,
    boards: [],
    rankings: rankings.flatMap((one) => {
      const indicator = inputs.figures.get(one.definition.indicator);
      if (!indicator) return [];
      const groups = one.definition.groups
        .map(({ code, name, ...group }) => ({
          code,
          name,
          rows: entriesOf({ code, name, ...group }, indicator, inputs)
            .filter((row) => mine.has(row.unitId))
            .map((row) => ({
              ...row,
              rank: null,
              unranked: null,
              previousRank: null,
              isSmall: row.members < one.definition.leastMembers,
            })),
        }))
        .filter((group) => group.rows.length > 0);
      return [{ ...headOf(one, indicator), groups, external: externals.get(one.definition.code) ?? [] }];
    }),
  };
}

/** What the caller may see of a month: the settled one, else the figures of now for the whole city, else the own rows. */
export async function findMonth(
  scope: Scope,
  { period, live }: { period: string; live: boolean },
): Promise<Pick<Month, 'settled' | 'isWhole'> & { result: MonthRankings }> {
  checkPeriod(scope, period);
  const isWhole = scope.reach('rankings.read').all;
  const found = await findSettled(scope, period);
  const settled = found
    ? { version: found.version, at: found.at.toISOString(), actorName: found.actorName, reason: found.reason }
    : null;
  if (found && !(live && isWhole)) return { result: found.result, settled, isWhole: true };
  const result = isWhole
    ? await rankingsOf(scope, { period, day: dayOf(scope, period) })
    : await ownRows(scope, period);
  return { result, settled, isWhole };
}

export async function monthView(scope: Scope, input: { period: string; live: boolean }): Promise<Month> {
  const found = await findMonth(scope, input);
  const { result } = found;
  const { rankings } = await listCurrent(scope);
  const aims = await aimsOn(
    scope,
    result.day,
    rankings.map(({ definition }) => definition),
    (code) => result.rankings.find((r) => r.code === code)?.unit,
  );
  const shown = new Set(result.rankings.flatMap((r) => r.groups.flatMap((g) => g.rows.map((row) => row.unitId))));
  const reach = scope.reach('rankings.read');
  return {
    ...found,
    periods: (await listSettled(scope)).map(({ period }) => period),
    aims: Object.fromEntries(
      [...aims].map(([code, { value, name }]) => [code, { figure: figureOf(ratio(value.n, value.d)), name }]),
    ),
    sums: Object.fromEntries(rankings.flatMap(({ definition }) => definition.groups.map((g) => [g.code, g.by]))),
    ownUnitIds: reach.all ? [] : reach.unitIds.filter((id) => shown.has(id)),
    allowed: (['settle', 'record', 'define'] as const).filter((act) => scope.can(`rankings.${act}`)),
  };
}
