import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, weekday } from '#core/shared/day.ts';
import type { NamedList } from '../lists.ts';
import { lightSql } from './light-sql.ts';
import { ownWork, type Reader, readerOf, unitsOf, withinReachOf } from './list-reach.ts';

/** Words of the partial indexes: a condition that says the same in other words does not find them. */
const open = sql<SqlBool>`m.state not in ('closed', 'void')`;
const lit = sql<SqlBool>`m.state not in ('draft', 'closed', 'void', 'suspended')`;
const running = sql<SqlBool>`m.state in ('issued', 'signed', 'working', 'returned', 'reopened')`;

export const weekOf = (day: Day): { from: Day; to: Day } => {
  const from = addDays(day, 1 - weekday(day));
  return { from, to: addDays(from, 6) };
};

/**
 * Red on a day: `lightSql(day) = 'red'` in fewer steps. `red_on` stands alone first, because that is what the index of open
 * matters is sorted by; a claim stops the clock.
 */
export const redOn = (day: Day): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${lit} and m.red_on <= ${day}::date and (m.state not in ('claimed', 'verifying') or m.red_on <= m.claimed_on))`;

/** What a list asks of a matter, beside being within reach. */
export function conditionOf(scope: Scope, list: NamedList): RawBuilder<SqlBool> {
  const day = scope.today;
  switch (list) {
    case 'all':
      return sql<SqlBool>`true`;
    case 'mine':
      return isMine(readerOf(scope));
    case 'unsigned':
      return sql<SqlBool>`${open} and m.state = 'issued'`;
    case 'dueThisWeek': {
      const { from, to } = weekOf(day);
      return sql<SqlBool>`${open} and ${running} and m.due_current between ${from}::date and ${to}::date`;
    }
    case 'expiring':
      return sql<SqlBool>`${lit} and least(m.blue_on, m.yellow_on) <= ${day}::date and ${lightSql(day)} in ('blue', 'yellow')`;
    case 'overdue':
      return redOn(day);
    case 'returned':
      return sql<SqlBool>`${open} and m.state = 'returned'`;
    case 'reopened':
      return sql<SqlBool>`${open} and m.reopens > 0`;
    case 'toVerify':
      return sql<SqlBool>`${open} and m.state in ('claimed', 'verifying') and ${mayVerify(scope)}`;
    case 'extensionsAsked':
      return sql<SqlBool>`${open} and ${withinReachOf(readerOf(scope, 'ledger.supervise'))} and exists (select 1 from ledger.extension x
        where x.city_id = m.city_id and x.matter_id = m.id and x.state = 'asked')`;
    case 'onSpot':
      return sql<SqlBool>`${open} and m.track = 'onSpot'`;
    case 'drafts':
      return sql<SqlBool>`${open} and m.state = 'draft'`;
  }
}

/** Lists of work: of them a unit sees what it leads or helps with, not what it is merely told of. */
const work: ReadonlySet<NamedList> = new Set([
  'unsigned',
  'dueThisWeek',
  'expiring',
  'overdue',
  'returned',
  'reopened',
]);

/** The list as its reader sees it. The own work of a unit is within its reach by itself. */
export const listed = (scope: Scope, list: NamedList): RawBuilder<SqlBool> => {
  const reader = readerOf(scope);
  // What one's own units or oneself lead is within reach by itself.
  const near =
    list === 'mine' && reader.reach ? sql<SqlBool>`true` : work.has(list) ? ownWork(reader) : withinReachOf(reader);
  return sql<SqlBool>`${near} and ${conditionOf(scope, list)}`;
};

/** 我经办: my units lead it, or I am its lead leader; not struck off. */
function isMine(reader: Reader): RawBuilder<SqlBool> {
  const units = unitsOf(reader);
  return sql<SqlBool>`${open} and (m.lead_unit_id = any(${[...units]}::uuid[]) or m.lead_leader_id = ${reader.personId}::uuid)`;
}

/**
 * Waiting for this person's eyes: the rule of `demandOutside`, as far as a list can ask it. Not of a unit of one's own, and
 * where another unit was named to verify, not for others.
 */
function mayVerify(scope: Scope): RawBuilder<SqlBool> {
  const reach = scope.reach('ledger.verify');
  const own = [...scope.actor.unitIds];
  const named = reach.all
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(m.verifier_unit_id is null or m.verifier_unit_id = any(${[...reach.unitIds]}::uuid[]))`;
  return sql<SqlBool>`${withinReachOf(readerOf(scope, 'ledger.verify'))} and ${named}
    and m.lead_leader_id is distinct from ${scope.actor.personId}::uuid
    and not exists (select 1 from ledger.party inside where inside.city_id = m.city_id and inside.matter_id = m.id
      and inside.role in ('lead', 'co', 'firm') and inside.unit_id = any(${own}::uuid[]))`;
}
