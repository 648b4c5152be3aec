import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { speaksFor } from '#modules/ledger/server/public.ts';
import type { Side } from '../flow.ts';
import type { Relation } from '../shapes.ts';
import type { Whole } from './load.ts';

/** The units whose eyes the caller reads with; null for the whole city. */
const readingUnits = (scope: Scope): string[] | null => {
  const reach = scope.reach('challenges.read');
  return reach.all ? null : [...reach.unitIds];
};

/**
 * SQL: what the reader is to the challenge `c` of the batch `b`; null for somebody to whom it does not exist. A draft exists for
 * its publisher only; a published one for everybody, or for the publisher's part of the tree if the batch says so.
 */
export function relationSql(scope: Scope): RawBuilder<Relation | null> {
  if (!scope.can('challenges.read')) return sql`null::text`;
  const units = readingUnits(scope);
  if (units === null) return sql`'inside'::text`;
  const own = sql`${units}::uuid[]`;
  return sql`case
    when c.owner_unit_id = any(${own}) or b.publisher_unit_id = any(${own}) then 'inside'
    when c.published_on is null then null
    when c.verifier_unit_id = any(${own}) then 'inside'
    when exists (select 1 from challenges.bid x left join challenges.taker t on t.city_id = x.city_id and t.bid_id = x.id
      where x.city_id = c.city_id and x.challenge_id = c.id and x.state = 'chosen' and (x.lead_unit_id = any(${own}) or t.unit_id = any(${own}))) then 'taker'
    when exists (select 1 from challenges.bid x where x.city_id = c.city_id and x.challenge_id = c.id and x.lead_unit_id = any(${own})) then 'bidder'
    when exists (select 1 from challenges.support s where s.city_id = c.city_id and s.challenge_id = c.id and s.unit_id = any(${own})) then 'support'
    when b.audience = 'city' then 'public'
    when exists (select 1 from organization.pub_unit_closure d where d.city_id = c.city_id and d.ancestor_id = b.publisher_unit_id
      and d.descendant_id = any(${own})) then 'public'
    else null end`;
}

/** SQL condition: one of the reader's own units has a part in it. Whole-city reach counts the units in which the reader holds a post. */
export function isOwnSql(scope: Scope): RawBuilder<SqlBool> {
  const own = sql`${readingUnits(scope) ?? [...scope.actor.unitIds]}::uuid[]`;
  return sql<SqlBool>`(c.owner_unit_id = any(${own}) or b.publisher_unit_id = any(${own}) or c.verifier_unit_id = any(${own})
    or exists (select 1 from challenges.bid x left join challenges.taker t on t.city_id = x.city_id and t.bid_id = x.id
      where x.city_id = c.city_id and x.challenge_id = c.id and x.state in ('submitted', 'chosen') and (x.lead_unit_id = any(${own}) or t.unit_id = any(${own})))
    or exists (select 1 from challenges.support s where s.city_id = c.city_id and s.challenge_id = c.id and s.unit_id = any(${own})))`;
}

const reaches = (scope: Scope, permission: string, units: readonly (string | null)[]): boolean => {
  if (!scope.can(permission)) return false;
  const reach = scope.reach(permission);
  return reach.all || units.some((id) => id !== null && reach.unitIds.includes(id));
};

/** The units of the chosen takers, and the one that speaks for them. */
export const takerUnits = ({ bids }: Pick<Whole, 'bids'>): string[] =>
  bids
    .filter((bid) => bid.state === 'chosen')
    .flatMap((bid) => [bid.leadUnitId, ...bid.takers.flatMap((t) => t.unitId ?? [])]);

/** Whether the caller speaks for a side of the challenge. A verifier has no part in either of the others, nor ever acted for one. */
export function isOnSide(scope: Scope, whole: Whole, side: Side): boolean {
  const { row, bids, actorSides } = whole;
  const publishers = [row.ownerUnitId, row.publisherUnitId];
  const takers = takerUnits(whole);
  const holdsPostIn = (units: readonly string[]) => scope.actor.unitIds.some((id) => units.includes(id));
  switch (side) {
    case 'publisher':
      return reaches(scope, 'challenges.publish', publishers);
    case 'taker':
      return bids.some((bid) => bid.state === 'chosen' && speaksFor(scope, bid.leadUnitId, 'challenges.take'));
    case 'verifier':
      return (
        reaches(scope, 'challenges.verify', [row.verifierUnitId]) &&
        !holdsPostIn([...publishers, ...takers]) &&
        !actorSides.some((one) => one.actorId === scope.actor.id && (one.side === 'publisher' || one.side === 'taker'))
      );
    case 'decider':
      return (
        reaches(scope, 'challenges.decide', publishers) &&
        !holdsPostIn(takers) &&
        !actorSides.some((one) => one.actorId === scope.actor.id && one.side === 'taker')
      );
  }
}

/** Own bids are read by their unit at any time; the others by the publisher's side once they are unsealed. */
export const isOwnBid = (scope: Scope, bid: Whole['bids'][number]): boolean =>
  speaksFor(scope, bid.leadUnitId, 'challenges.take');
