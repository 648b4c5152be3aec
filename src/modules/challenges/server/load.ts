import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Side } from '../flow.ts';
import type { Relation } from '../shapes.ts';
import { relationSql } from './reach.ts';
import {
  type BidTable,
  type ChallengeTable,
  type MilestoneTable,
  type ObjectionTable,
  type PledgeTable,
  type RulingTable,
  type SupportTable,
  type TakerTable,
  tables,
  type ValueTable,
} from './tables.ts';

export const words = { zh: '榜', en: 'challenge' };

export interface ChallengeRow extends ChallengeTable {
  batchTitle: string;
  batchYear: number;
  publisherUnitId: string;
  isSingleAward: boolean;
  publicityDays: number;
  relation: Relation;
}
export interface SupportRow extends SupportTable {
  matterNo: string | null;
  matterState: string | null;
  matterDueOn: string | null;
  matterClosedOn: string | null;
}
export type BidRow = BidTable & { takers: TakerTable[] };

/** A challenge with everything that hangs on it. */
export interface Whole {
  row: ChallengeRow;
  supports: SupportRow[];
  bids: BidRow[];
  objections: ObjectionTable[];
  pledges: PledgeTable[];
  milestones: MilestoneTable[];
  values: ValueTable[];
  rulings: RulingTable[];
  /** Who has acted for which side. */
  actorSides: { actorId: string; side: Side | 'other' }[];
}

export const isEndedBid = (state: BidTable['state']): boolean => state === 'withdrawn' || state === 'notChosen';

/** Challenges that exist for the caller, newest batch first, in the order of their numbers. */
export async function listRows(scope: Scope, condition: RawBuilder<SqlBool> = sql`true`): Promise<ChallengeRow[]> {
  const { rows } = await sql<ChallengeRow>`
    select * from (
      select c.*, b.title as batch_title, b.year as batch_year, b.publisher_unit_id, b.is_single_award, b.publicity_days,
        ${relationSql(scope)} as relation
      from challenges.challenge c join challenges.batch b on b.city_id = c.city_id and b.id = c.batch_id
      where c.city_id = ${scope.cityId} and (${condition})) found
    where found.relation is not null
    order by found.batch_year desc, found.batch_title, found.no`.execute(scope.db);
  return rows;
}

/** All that hangs on these challenges, in a handful of statements whatever their number. */
export async function loadAll(scope: Scope, rows: readonly ChallengeRow[]): Promise<Whole[]> {
  const ids = rows.map((row) => row.id);
  const all = async <T>(table: 'objection' | 'milestone' | 'value' | 'ruling' | 'pledge' | 'bid'): Promise<T[]> =>
    (
      await sql<T>`select * from ${sql.table(`challenges.${table}`)} where city_id = ${scope.cityId} and challenge_id = any(${ids}::uuid[])`.execute(
        scope.db,
      )
    ).rows;
  const bids = await all<BidTable>('bid');
  const takers = await tables(scope)
    .selectFrom('challenges.taker')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`bid_id = any(${bids.map((bid) => bid.id)}::uuid[])`)
    .orderBy('position')
    .execute();
  const takersOf = Map.groupBy(takers, (taker) => taker.bidId);
  const { rows: supports } = await sql<SupportRow>`
    select s.*, m.no as matter_no, m.state as matter_state, m.due_current as matter_due_on, m.closed_on as matter_closed_on
    from challenges.support s left join ledger.pub_matter m on m.city_id = s.city_id and m.id = s.matter_id
    where s.city_id = ${scope.cityId} and s.challenge_id = any(${ids}::uuid[]) order by s.position`.execute(scope.db);
  const { rows: acted } = await sql<{ challengeId: string; actorId: string; side: Side | 'other' }>`
    select distinct challenge_id, actor_id, side from challenges.event
    where city_id = ${scope.cityId} and challenge_id = any(${ids}::uuid[])`.execute(scope.db);
  const group = <T extends { challengeId: string }>(some: readonly T[]) => Map.groupBy(some, (one) => one.challengeId);
  const bySide = group(acted);
  const byBid = group(bids);
  const bySupport = group(supports);
  const byObjection = group(await all<ObjectionTable>('objection'));
  const byPledge = group(await all<PledgeTable>('pledge'));
  const byMilestone = group(await all<MilestoneTable>('milestone'));
  const byValue = group(await all<ValueTable>('value'));
  const byRuling = group(await all<RulingTable>('ruling'));
  const inTime = <T extends { at: Date; id?: string }>(some: T[] | undefined) =>
    (some ?? []).toSorted((a, b) => a.at.getTime() - b.at.getTime() || ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  return rows.map((row) => ({
    row,
    supports: bySupport.get(row.id) ?? [],
    bids: inTime(byBid.get(row.id)).map((bid) => ({ ...bid, takers: takersOf.get(bid.id) ?? [] })),
    objections: (byObjection.get(row.id) ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    pledges: (byPledge.get(row.id) ?? []).toSorted((a, b) => a.seq - b.seq),
    milestones: byMilestone.get(row.id) ?? [],
    values: inTime(byValue.get(row.id)).toSorted((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0)),
    rulings: inTime(byRuling.get(row.id)),
    actorSides: bySide.get(row.id) ?? [],
  }));
}

/** One challenge that exists for the caller. @throws Problem 404 */
export async function getWhole(scope: Scope, id: string): Promise<Whole> {
  const [whole] = await loadAll(scope, await listRows(scope, sql<SqlBool>`c.id = ${id}`));
  if (!whole) throw notFound(words);
  return whole;
}

/** The same, held to the end of the transaction. @throws Problem 404 */
export async function lockWhole(scope: Scope, id: string): Promise<Whole> {
  await sql`select 1 from challenges.challenge where city_id = ${scope.cityId} and id = ${id} for update`.execute(
    scope.db,
  );
  return getWhole(scope, id);
}
