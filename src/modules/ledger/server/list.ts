import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { ListCounts, MatterFilter, MatterQuery } from '../list-contract.ts';
import { type NamedList, namedLists, type SortKey } from '../lists.ts';
import type { MatterRow } from '../shapes.ts';
import { lightSql } from './light-sql.ts';
import { filtered } from './list-filter.ts';
import { readerOf, withinReachOf } from './list-reach.ts';
import { conditionOf, listed } from './named-lists.ts';
import { rowColumns } from './present.ts';

/** Lists of work begin with what is due first; the whole ledger with what came last. */
const firstSort = (list: NamedList): { sort: SortKey; isDown: boolean } =>
  list === 'all' || list === 'drafts' || list === 'onSpot'
    ? { sort: 'raisedOn', isDown: true }
    : list === 'toVerify'
      ? { sort: 'claimedOn', isDown: false }
      : { sort: 'dueCurrent', isDown: false };

const plain: Partial<Record<SortKey, string>> = {
  title: 'm.initials',
  level: 'm.levelSince',
  raisedOn: 'm.raisedOn',
  dueOriginal: 'm.dueOriginal',
  dueCurrent: 'm.dueCurrent',
  claimedOn: 'm.claimedOn',
  closedOn: 'm.closedOn',
  progressOn: 'm.progressOn',
  returns: 'm.returns',
  no: 'm.no',
  state: 'm.state',
};

const worst = sql.raw(`array['red', 'yellow', 'blue', 'normal', 'idle', 'done']`);
const stateOrder = sql.raw(
  `array['draft', 'issued', 'signed', 'working', 'claimed', 'verifying', 'returned', 'suspended', 'reopened', 'closed', 'void']`,
);

function sortBy(scope: Scope, key: SortKey): RawBuilder<unknown> {
  if (key === 'light') return sql`array_position(${worst}, ${lightSql(scope.today)})`;
  if (key === 'state') return sql`array_position(${stateOrder}, m.state)`;
  if (key === 'level') return sql`array_position(array['project', 'county', 'command', 'headquarters'], m.level)`;
  if (key === 'leadUnit')
    return sql`(select coalesce(u.short_name, u.name) from organization.pub_unit u where u.city_id = m.city_id and u.id = m.lead_unit_id)`;
  // The running part of 问〔2021〕17号 as a number, after kind and year.
  if (key === 'no')
    return sql`(substr(m.no, 1, 6), nullif(regexp_replace(substr(m.no, 7), '\\D', '', 'g'), '')::bigint)`;
  return sql.ref(plain[key]!);
}

/**
 * One page, and in its first row the number of all rows when `withTotal`. Counted in the same pass: to ask twice would read
 * twice what the filters leave. The statement itself, so that the benchmark can send the very same words.
 */
export function listStatement(
  scope: Scope,
  query: MatterQuery,
  { offset, limit, withTotal }: { offset: number; limit: number | null; withTotal: boolean },
): RawBuilder<MatterRow & { total?: number }> {
  const first = firstSort(query.list ?? 'all');
  const key = query.sort ?? first.sort;
  const isDown = query.sort ? (query.isDown ?? false) : first.isDown;
  const direction = isDown ? sql`desc nulls last` : sql`asc nulls last`;
  // Nulls of raised_on do not exist; saying so lets the index of raised_on answer the order.
  const order =
    key === 'raisedOn' ? sql`m.raised_on ${isDown ? sql`desc` : sql`asc`}` : sql`${sortBy(scope, key)} ${direction}`;
  const tie = sql`m.id ${key === 'raisedOn' && !isDown ? sql`desc` : sql`asc`}`;
  const total = withTotal ? sql`, count(*) over () as total` : sql``;
  // The page is cut from ids before names are looked up: they cost a key each, and only for the rows that are shown.
  return sql<MatterRow & { total?: number }>`select ${rowColumns(scope)}${withTotal ? sql`, page.total` : sql``} from (
      select m.id${total} from ledger.matter m where ${filtered(scope, query)}
      order by ${order}, ${tie} ${limit === null ? sql`` : sql`limit ${limit} offset ${offset}`}) page
    join ledger.matter m on m.city_id = ${scope.cityId} and m.id = page.id
    order by ${order}, ${tie}`;
}

export async function listPage(scope: Scope, query: MatterQuery, limit: number | null): Promise<MatterRow[]> {
  const { rows } = await listStatement(scope, query, { offset: 0, limit, withTotal: false }).execute(scope.db);
  return rows;
}

/** Nothing narrows it: the page comes from the end of an index, and counting is a pass of its own over the smallest index. */
const isWhole = ({ list = 'all', sort: _, isDown: __, ...rest }: MatterQuery): boolean =>
  list === 'all' && Object.values(rest).every((value) => value === undefined || value === '');

export async function findPage(
  scope: Scope,
  { offset, limit, ...query }: MatterQuery & { offset: number; limit: number },
): Promise<{ rows: MatterRow[]; total: number | null }> {
  const inOne = offset === 0 && !isWhole(query);
  const { rows } = await listStatement(scope, query, { offset, limit, withTotal: inOne }).execute(scope.db);
  if (inOne) return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  return { rows, total: offset === 0 ? await countMatters(scope, query) : null };
}

export async function countMatters(scope: Scope, filter: MatterFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger.matter m
    where ${filtered(scope, filter)}`.execute(scope.db);
  return rows[0]!.count;
}

/**
 * How many each named list holds: one pass over what is open, and one count of everything. Each list keeps its own idea of
 * whose work it is, so the ways to a matter are asked once and carried along.
 */
export async function countLists(scope: Scope): Promise<ListCounts> {
  const lists = namedLists.filter((list) => list !== 'all');
  const { rows } = await countsStatement(scope, lists).execute(scope.db);
  const all = await sql<{ count: number }>`select count(*) as count from ledger.matter m
    where m.city_id = ${scope.cityId} and ${withinReachOf(readerOf(scope))}`.execute(scope.db);
  return { ...(rows[0] as ListCounts), all: all.rows[0]!.count };
}

export function countsStatement(scope: Scope, lists: readonly NamedList[]): RawBuilder<Partial<ListCounts>> {
  const reach = scope.can('ledger.read') ? scope.reach('ledger.read') : null;
  // With the whole city in reach the ways are all open, and saying nothing about them is the fastest way.
  const conditions = lists.map((list) => ({
    list,
    condition: reach?.all ? conditionOf(scope, list) : listed(scope, list),
  }));
  return sql<Partial<ListCounts>>`select ${sql.join(
    conditions.map(({ list, condition }) => sql`count(*) filter (where ${condition}) as ${sql.ref(list)}`),
  )} from ledger.matter m where m.city_id = ${scope.cityId} and m.state not in ('closed', 'void')
    and ${reach?.all ? sql`true` : withinReachOf(readerOf(scope))}`;
}
