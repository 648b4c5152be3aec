import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Post } from '../roster.ts';
import type { Pattern } from '../shifts.ts';
import { unitWithinReach } from './reach.ts';

export interface MemberRow {
  id: string;
  unitId: string;
  personId: string | null;
  name: string;
  title: string | null;
  phone: string | null;
  posts: Post[];
  position: number;
  isActive: boolean;
}
export interface RosterRow {
  id: string;
  unitId: string;
  title: string;
  fromOn: string;
  toOn: string;
  fromAt: Date;
  toAt: Date;
  pattern: Pattern;
  version: number;
  edition: number;
  changedByName: string;
  changedAt: Date;
  demo: boolean;
}
export interface TurnRow {
  id: string;
  rosterId: string;
  unitId: string;
  post: Post;
  memberId: string;
  name: string;
  phone: string | null;
  personId: string | null;
  fromAt: Date;
  toAt: Date;
}

const memberColumns = sql`id, unit_id, person_id, name, title, phone, posts, position, is_active`;

export async function listMembers(scope: Scope, unitId: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`select ${memberColumns} from duties.member
    where city_id = ${scope.cityId} and unit_id = ${unitId} order by is_active desc, position, name`.execute(scope.db);
  return rows;
}

export async function setMember(scope: Scope, m: MemberRow): Promise<void> {
  await sql`insert into duties.member (city_id, id, unit_id, person_id, name, title, phone, posts, position, is_active, changed_at)
    values (${scope.cityId}, ${m.id}, ${m.unitId}, ${m.personId}, ${m.name}, ${m.title}, ${m.phone}, ${[...m.posts]}::text[],
      ${m.position}, ${m.isActive}, ${scope.now})
    on conflict (city_id, id) do update set person_id = excluded.person_id, name = excluded.name, title = excluded.title,
      phone = excluded.phone, posts = excluded.posts, is_active = excluded.is_active, changed_at = excluded.changed_at`.execute(
    scope.db,
  );
}

const rosterColumns = sql`id, unit_id, title, from_on, to_on, from_at, to_at, pattern, version, edition, changed_by_name, changed_at, demo`;

/** Rosters of a unit that touch the days; drafts only for those who make them. */
export async function listRosters(
  scope: Scope,
  unitId: string,
  from: string,
  to: string,
  withDrafts: boolean,
): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`select ${rosterColumns} from duties.roster
    where city_id = ${scope.cityId} and unit_id = ${unitId} and from_on <= ${to}::date and to_on >= ${from}::date
      ${withDrafts ? sql`` : sql`and version > 0`}
    order by from_on, version desc, id`.execute(scope.db);
  return rows;
}

export async function findRoster(
  scope: Scope,
  id: string,
  permission: string,
  forUpdate = false,
): Promise<RosterRow | undefined> {
  const { rows } = await sql<RosterRow>`select ${rosterColumns} from duties.roster
    where city_id = ${scope.cityId} and id = ${id} and ${unitWithinReach(scope, permission, 'unit_id')}
    ${forUpdate ? sql`for update` : sql``}`.execute(scope.db);
  return rows[0];
}

/** A published roster of the unit that shares time with this one; two would put two people on at once. */
export async function findPublishedBeside(scope: Scope, roster: RosterRow): Promise<RosterRow | undefined> {
  // The list of the unit is locked, so that two drafts published at once do not miss each other.
  await sql`select 1 from duties.roster where city_id = ${scope.cityId} and unit_id = ${roster.unitId} order by id for update`.execute(
    scope.db,
  );
  const { rows } = await sql<RosterRow>`select ${rosterColumns} from duties.roster
    where city_id = ${scope.cityId} and unit_id = ${roster.unitId} and version > 0 and id <> ${roster.id}
      and from_at < ${roster.toAt} and to_at > ${roster.fromAt} limit 1`.execute(scope.db);
  return rows[0];
}

export async function insertRoster(scope: Scope, r: Omit<RosterRow, 'edition' | 'changedAt'>): Promise<void> {
  await sql`insert into duties.roster (city_id, id, unit_id, title, from_on, to_on, from_at, to_at, pattern, version, changed_by_name, changed_at, demo)
    values (${scope.cityId}, ${r.id}, ${r.unitId}, ${r.title}, ${r.fromOn}, ${r.toOn}, ${r.fromAt}, ${r.toAt},
      ${JSON.stringify(r.pattern)}::jsonb, ${r.version}, ${r.changedByName}, ${scope.now}, ${r.demo})`.execute(
    scope.db,
  );
}

export async function setRosterVersion(scope: Scope, id: string, version: number): Promise<void> {
  await sql`update duties.roster set version = ${version}, edition = edition + 1, changed_by_name = ${scope.actor.name}, changed_at = ${scope.now}
    where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
}

export async function removeDraft(scope: Scope, id: string): Promise<void> {
  await sql`delete from duties.turn where city_id = ${scope.cityId} and roster_id = ${id}`.execute(scope.db);
  await sql`delete from duties.roster where city_id = ${scope.cityId} and id = ${id} and version = 0`.execute(scope.db);
}

export type NewTurnRow = Pick<TurnRow, 'id' | 'post' | 'memberId' | 'fromAt' | 'toAt'>;

export async function insertTurns(
  scope: Scope,
  { id: rosterId, unitId }: Pick<RosterRow, 'id' | 'unitId'>,
  turns: readonly NewTurnRow[],
): Promise<void> {
  const rows = turns.map((t) => ({
    id: t.id,
    post: t.post,
    member_id: t.memberId,
    from_at: t.fromAt.toISOString(),
    to_at: t.toAt.toISOString(),
  }));
  await sql`insert into duties.turn (city_id, id, roster_id, unit_id, post, member_id, from_at, to_at)
    select ${scope.cityId}::uuid, r.id, ${rosterId}::uuid, ${unitId}::uuid, r.post, r.member_id, r.from_at, r.to_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id uuid, post text, member_id uuid, from_at timestamptz, to_at timestamptz)`.execute(scope.db);
}

export async function removeTurns(scope: Scope, rosterId: string, from: Date, to: Date): Promise<void> {
  await sql`delete from duties.turn where city_id = ${scope.cityId} and roster_id = ${rosterId}
    and from_at >= ${from} and from_at < ${to}`.execute(scope.db);
}

export async function setTurn(
  scope: Scope,
  id: string,
  { memberId, toAt }: { memberId?: string; toAt?: Date },
): Promise<void> {
  await sql`update duties.turn set member_id = coalesce(${memberId ?? null}::uuid, member_id), to_at = coalesce(${toAt ?? null}::timestamptz, to_at)
    where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
}

const turnColumns = sql`t.id, t.roster_id, t.unit_id, t.post, t.member_id, m.name, m.phone, m.person_id, t.from_at, t.to_at`;
const turnTables = sql`duties.turn t join duties.member m on m.city_id = t.city_id and m.id = t.member_id`;

export async function listTurns(scope: Scope, rosterIds: readonly string[]): Promise<TurnRow[]> {
  if (rosterIds.length === 0) return [];
  const { rows } = await sql<TurnRow>`select ${turnColumns} from ${turnTables}
    where t.city_id = ${scope.cityId} and t.roster_id = any(${[...rosterIds]}::uuid[]) order by t.from_at, t.post, t.id`.execute(
    scope.db,
  );
  return rows;
}

/** Turns of published rosters of some units that touch the time between the two moments (both equal: that moment). */
export async function listPublishedTurns(
  scope: Scope,
  unitIds: readonly string[],
  from: Date,
  to: Date,
): Promise<TurnRow[]> {
  const { rows } = await sql<TurnRow>`select ${turnColumns} from ${turnTables}
    join duties.roster r on r.city_id = t.city_id and r.id = t.roster_id and r.version > 0
    where t.city_id = ${scope.cityId} and t.unit_id = any(${[...unitIds]}::uuid[]) and t.from_at <= ${to} and t.to_at > ${from}
    order by t.from_at, t.post, t.id`.execute(scope.db);
  return rows;
}

export interface VersionChange {
  post: Post;
  from: string;
  to: string;
  before: string;
  after: string;
}
export interface VersionRow {
  version: number;
  reason: string;
  changes: VersionChange[];
  actorName: string;
  at: Date;
}

export async function insertVersion(
  scope: Scope,
  v: {
    rosterId: string;
    version: number;
    turns: readonly TurnRow[];
    changes: readonly VersionChange[];
    reason: string;
  },
): Promise<void> {
  const kept = v.turns.map(({ id, post, memberId, name, fromAt, toAt }) => ({
    id,
    post,
    memberId,
    name,
    from: fromAt.toISOString(),
    to: toAt.toISOString(),
  }));
  await sql`insert into duties.roster_version (city_id, roster_id, version, turns, changes, reason, actor_id, actor_name, at)
    values (${scope.cityId}, ${v.rosterId}, ${v.version}, ${JSON.stringify(kept)}::jsonb, ${JSON.stringify(v.changes)}::jsonb, ${v.reason},
      ${scope.actor.id}, ${scope.actor.name}, ${scope.now})`.execute(scope.db);
}

export async function listVersions(scope: Scope, rosterId: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`select version, reason, changes, actor_name, at from duties.roster_version
    where city_id = ${scope.cityId} and roster_id = ${rosterId} order by version desc`.execute(scope.db);
  return rows;
}
