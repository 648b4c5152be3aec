import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { isOpenAward, stateWords } from '../flow.ts';
import type { ChallengeStanding } from '../month.ts';
import { exactOf, showExact } from '../progress.ts';
import { isSupportLate, standingOf } from './facts.ts';
import { listRows, loadAll, type Whole } from './load.ts';
import { type EventTable, tables } from './tables.ts';

export { insertPastBatch, insertPastChallenges, type PastBatch, type PastChallenge } from './past.ts';
export { readPlatformValue } from './values.ts';

/**
 * Published challenges within the caller's reach of `challenges.read`, as they stood at the end of that day: the state out of the
 * course, the newest value that was known by then. Who is no party to one is told no value of it.
 */
export async function challengesAt(scope: Scope, day: Day): Promise<ChallengeStanding[]> {
  const rows = await listRows(scope, sql<SqlBool>`c.published_on <= ${day}::date`);
  const wholes = await loadAll(scope, rows);
  const states = await statesAt(
    scope,
    rows.map((row) => row.id),
    day,
  );
  return wholes.map((whole) => standingAt(whole, states.get(whole.row.id) ?? whole.row.state, day));
}

async function statesAt(scope: Scope, ids: readonly string[], day: Day): Promise<Map<string, EventTable['toState']>> {
  const rows = await tables(scope)
    .selectFrom('challenges.event')
    .select(['challengeId', 'toState'])
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`challenge_id = any(${[...ids]}::uuid[])`)
    .where('onDay', '<=', day)
    .orderBy('at')
    .orderBy('id')
    .execute();
  // In order of time: the last one stays.
  return new Map(rows.map((row) => [row.challengeId, row.toState]));
}

function standingAt(whole: Whole, state: EventTable['toState'], day: Day): ChallengeStanding {
  const { row, supports, bids } = whole;
  const { name, unit, decimals } = row.terms.metric;
  const isParty = row.relation === 'inside' || row.relation === 'taker';
  const values = whole.values.filter((value) => value.at.toISOString().slice(0, 10) <= day);
  const { baseline, target, dueOn, value, progress } = standingOf({ ...whole, values }, day);
  const hasTaker = isOpenAward(state) || ['rewarded', 'failed', 'excused', 'exited'].includes(state);
  const shown = isParty ? value : undefined;
  return {
    id: row.id,
    no: row.no,
    title: row.title,
    list: row.batchTitle,
    state,
    stateWords: stateWords[state],
    takers: hasTaker ? (bids.find((bid) => bid.state === 'chosen')?.takers.map((taker) => taker.name) ?? []) : [],
    unit: `${name}（${unit}）`,
    baseline: baseline ? showExact(baseline, decimals) : '—',
    target: target ?? '—',
    value: shown ? showExact(shown, decimals) : null,
    valueBasis: shown?.basis ?? null,
    dueOn: dueOn ?? row.dueOn ?? day,
    progress: shown && progress ? exactOf(progress) : null,
    lateSupport: isParty ? supports.filter((support) => isSupportLate(support, day)).length : 0,
    demo: row.demo,
  };
}

/** How the takers of ended challenges did, for scores of a year: counts by unit that led the bid, days from `from` to `to`. */
export async function challengeResults(
  scope: Scope,
  { from, to }: { from: Day; to: Day },
): Promise<{ unitId: string; passed: number; failed: number; exited: number; excused: number; underWay: number }[]> {
  const { rows } = await sql<{
    unitId: string;
    passed: number;
    failed: number;
    exited: number;
    excused: number;
    underWay: number;
  }>`
    with last as (
      select distinct on (e.challenge_id) e.challenge_id, e.to_state, e.on_day from challenges.event e
      where e.city_id = ${scope.cityId} and e.on_day <= ${to}::date order by e.challenge_id, e.at desc, e.id desc)
    select x.lead_unit_id as unit_id,
      count(*) filter (where l.to_state in ('verified', 'rewarded') and l.on_day >= ${from}::date)::int as passed,
      count(*) filter (where l.to_state = 'failed' and l.on_day >= ${from}::date)::int as failed,
      count(*) filter (where l.to_state = 'exited' and l.on_day >= ${from}::date)::int as exited,
      count(*) filter (where l.to_state = 'excused' and l.on_day >= ${from}::date)::int as excused,
      count(*) filter (where l.to_state in ('signed', 'claimed'))::int as under_way
    from challenges.bid x join last l on l.challenge_id = x.challenge_id
    where x.city_id = ${scope.cityId} and x.state = 'chosen'
    group by x.lead_unit_id order by x.lead_unit_id`.execute(scope.db);
  return rows;
}
