import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, addMonths, type Day, daysBetween, startOfMonth, yearOf } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import { challengesAt } from '#modules/challenges/server/public.ts';
import { atLevel, listRateRows, measures, ruleNames } from '#modules/dispatch/server/public.ts';
import { indicatorFigures, type Moments } from '#modules/indicators/server/public.ts';
import { findHeadquarters } from '#modules/organization/server/public.ts';
import { rankMonth } from '#modules/rankings/server/public.ts';
import { scoreYear } from '#modules/scores/server/public.ts';
import { cellsOfNow, cellsOfSnapshot, findSnapshotOf, type MonthCells } from '#modules/snapshots/server/public.ts';
import type { EditionBody } from '../body.ts';
import { type Step, steps } from '../contract.ts';
import { composeEdition } from './compose.ts';

/** The month before: '2021-01' → '2020-12'. */
export const periodBefore = (period: string): string => addDays(`${period}-01`, -1).slice(0, 7);

/** Done by the same day a year before, by group; null where nothing was filed then. */
async function listLastYear(scope: Scope, day: Day, knownAt: Date): Promise<ReadonlyMap<string, number> | null> {
  const at = { day: addMonths(day, -12), basis: 'adjusted' as const, level: 'projects' as const };
  const rows = atLevel(await listRateRows(scope, at.day, 'dispatch.read', 'adjusted', knownAt), 'projects');
  const read = measures.doneYuan!.read as (row: unknown, at: unknown) => number | null;
  const found = new Map<string, number>();
  for (const row of rows) {
    const yuan = read(row, at);
    if (yuan === null) continue;
    const keys = ['city', `county:${row.countyUnitId}`, `command:${row.commandUnitId}`, `board:${row.board}`];
    for (const key of keys) found.set(key, (found.get(key) ?? 0) + yuan);
  }
  return found.size > 0 ? found : null;
}

async function listIndicators(
  scope: Scope,
  at: { day: Day; knownAt: Date; asOf: Date | undefined; moments: Moments },
): Promise<EditionBody['indicators']> {
  const by = ['county', 'command', 'lead', 'board'] as const;
  const found = await indicatorFigures(scope, { ...at, by });
  return found.map(({ definition, version, whole, groups }) => {
    const figures: EditionBody['indicators'][number]['figures'] = { city: whole };
    for (const grouping of by)
      for (const group of groups[grouping] ?? [])
        if (group.key !== null) figures[`${grouping}:${group.key}`] = group.figure;
    const { code, name, unit, decimals, caliber, formula } = definition;
    return { code, version, name, unit, decimals, caliber, formula, figures };
  });
}

/** The ledger of matters over the month, as it stood at the end of `day`: what was closed later counts as open. */
async function readMatters(scope: Scope, day: Day): Promise<EditionBody['matters']> {
  const first = startOfMonth(day);
  const { rows } = await sql<Omit<EditionBody['matters'], 'latest'>>`
    select count(*) filter (where m.issued_on >= ${first}::date)::int as raised,
      count(*) filter (where m.closed_on between ${first}::date and ${day}::date)::int as closed,
      count(*) filter (where m.closed_on is null or m.closed_on > ${day}::date)::int as open,
      count(*) filter (where (m.closed_on is null or m.closed_on > ${day}::date) and m.due_current < ${day}::date)::int as overdue,
      count(*) filter (where m.track = 'onSpot')::int as on_spot,
      count(*) filter (where m.track = 'assigned')::int as assigned
    from ledger.pub_matter m
    where m.city_id = ${scope.cityId} and m.issued_on <= ${day}::date and m.state not in ('void', 'draft')`.execute(
    scope.db,
  );
  const { rows: latest } = await sql<{
    id: string;
    no: string;
    kind: string;
    title: string;
    unit: string | null;
    dueOn: Day;
    state: string;
  }>`
    select m.id, m.no, m.kind, m.title, coalesce(u.short_name, u.name) as unit, m.due_current as due_on, m.state
    from ledger.pub_matter m left join organization.pub_unit u on u.city_id = m.city_id and u.id = m.lead_unit_id
    where m.city_id = ${scope.cityId} and m.issued_on <= ${day}::date and m.state not in ('void', 'draft', 'suspended')
      and (m.closed_on is null or m.closed_on > ${day}::date) and m.due_current < ${day}::date
    order by m.due_current, m.no limit 50`.execute(scope.db);
  return {
    ...rows[0]!,
    latest: latest.map((m) => ({ ...m, unit: m.unit ?? '', lateDays: daysBetween(m.dueOn, day) })),
  };
}

/** The cells that a month rests on: of a snapshot, or as they stand now. */
const cellsFor = (scope: Scope, period: string, snapshotId: string | null): Promise<MonthCells> =>
  snapshotId === null ? cellsOfNow(scope, period) : cellsOfSnapshot(scope, snapshotId);

/**
 * Works a month out, step by step; `say` is told before each step. Of a snapshot the cells are those that were frozen, and
 * the rest is read as it was known on the month's day, so that it gives the same body later.
 */
export async function workOut(
  scope: Scope,
  {
    period,
    snapshotId,
    beforeId,
    asOf,
  }: {
    period: string;
    snapshotId: string | null;
    beforeId?: string | null;
    /** Formulas, rankings, boards, exemptions and schemes as they stood then; left out: now. */
    asOf?: Date | undefined;
  },
  say: (step: Step) => Promise<void>,
): Promise<EditionBody> {
  const told = async <T>(step: Step, work: () => Promise<T>): Promise<T> => {
    await say(step);
    return work();
  };
  const cells = await told('cells', () => cellsFor(scope, period, snapshotId));
  const { day, ruleSet } = cells.head;
  const knownAt = new Date(cells.head.asOf);
  const { before, lastYear } = await told('comparison', async () => {
    // A recomputation compares with what the edition compared with, whatever has been restated since.
    const id = beforeId === undefined ? (await findSnapshotOf(scope, periodBefore(period)))?.id : beforeId;
    return {
      before: id ? await cellsOfSnapshot(scope, id) : null,
      lastYear: await listLastYear(scope, day, knownAt),
    };
  });
  // One reading of the register for all three.
  const at = { day, knownAt, asOf, moments: new Map() };
  const indicators = await told('indicators', () => listIndicators(scope, at));
  const { rankings, boards } = await told('rankings', () => rankMonth(scope, { ...at, period }));
  const scores = await told('scores', () => scoreYear(scope, { ...at, year: yearOf(day) }));
  const challenges = await told('challenges', () => challengesAt(scope, day));
  const matters = await told('matters', () => readMatters(scope, day));
  await say('seal');
  return composeEdition({
    cells,
    before,
    lastYear,
    headquarters: (await findHeadquarters(scope))?.name ?? cells.head.city,
    ruleSetName: { zh: ruleSet.zh, en: ruleSet.en } satisfies Words,
    ruleNames: await ruleNames(scope, ruleSet.code, ruleSet.version),
    indicators,
    rankings,
    boardLists: boards,
    scores,
    challenges,
    matters,
  });
}

export const stepCount = steps.length;
