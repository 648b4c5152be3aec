import type { Failures } from '../lockout.ts';
import type { Place } from './place.ts';

interface SessionTable {
  cityId: string;
  id: string;
  accountId: string;
  tokenHash: Buffer;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
  address: string;
  agent: string;
  way: 'password' | 'oidc';
  endedAt: Date | null;
  endedBy: string | null;
}
interface FailureTable {
  cityId: string;
  kind: 'username' | 'address';
  name: string;
  count: number;
  lastAt: Date;
  waitUntil: Date | null;
}
interface ExternalAttemptTable {
  cityId: string;
  tokenHash: Buffer;
  state: string;
  nonce: string;
  verifier: string;
  expiresAt: Date;
}
export type SessionRow = SessionTable;

const tables = (place: Place) =>
  place.db.withTables<{
    'identity.session': SessionTable;
    'identity.failure': FailureTable;
    'identity.externalAttempt': ExternalAttemptTable;
  }>();

export async function insertSession(
  place: Place,
  row: Omit<SessionTable, 'cityId' | 'endedAt' | 'endedBy'>,
): Promise<void> {
  await tables(place)
    .insertInto('identity.session')
    .values({ ...row, cityId: place.cityId, endedAt: null, endedBy: null })
    .execute();
}

export const listOpenSessions = (
  place: Place,
  accountId: string,
  since: { now: Date; seenAfter: Date },
): Promise<SessionTable[]> =>
  tables(place)
    .selectFrom('identity.session')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', since.now)
    .where('seenAt', '>', since.seenAfter)
    .orderBy('seenAt', 'desc')
    .execute();

/** Ends the account's open sessions, or only the named one; answers how many. */
export async function endSessions(
  place: Place,
  accountId: string,
  end: { by: string; now: Date; only?: string; except?: string | undefined },
): Promise<number> {
  const ended = await tables(place)
    .updateTable('identity.session')
    .set({ endedAt: end.now, endedBy: end.by })
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null)
    .$if(end.only !== undefined, (query) => query.where('id', '=', end.only!))
    .$if(end.except !== undefined, (query) => query.where('id', '<>', end.except!))
    .returning('id')
    .execute();
  return ended.length;
}

/** Moves `seenAt` on, unless another request has just done so. */
export async function touchSession(place: Place, id: string, now: Date, staleBefore: Date): Promise<void> {
  await tables(place)
    .updateTable('identity.session')
    .set({ seenAt: now })
    .where('cityId', '=', place.cityId)
    .where('id', '=', id)
    .where('seenAt', '<', staleBefore)
    .execute();
}

export const findFailures = (place: Place, kind: FailureTable['kind'], name: string): Promise<Failures | undefined> =>
  tables(place)
    .selectFrom('identity.failure')
    .select(['count', 'lastAt', 'waitUntil'])
    .where('cityId', '=', place.cityId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst();

/**
 * The state for one name, locked until the commit: guesses that arrive together are judged and counted one after another.
 * The row is made first when there is none, because what is not there cannot be locked.
 */
export async function lockFailures(
  place: Place,
  kind: FailureTable['kind'],
  name: string,
  now: Date,
): Promise<Failures | undefined> {
  await tables(place)
    .insertInto('identity.failure')
    .values({ cityId: place.cityId, kind, name, count: 0, lastAt: now, waitUntil: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tables(place)
    .selectFrom('identity.failure')
    .select(['count', 'lastAt', 'waitUntil'])
    .where('cityId', '=', place.cityId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.count === 0 ? undefined : row;
}

export async function setFailures(
  place: Place,
  kind: FailureTable['kind'],
  name: string,
  failures: Failures,
): Promise<void> {
  await tables(place)
    .updateTable('identity.failure')
    .set({ count: failures.count, lastAt: failures.lastAt, waitUntil: failures.waitUntil })
    .where('cityId', '=', place.cityId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .execute();
}

export async function clearFailures(place: Place, kind: FailureTable['kind'], name: string): Promise<void> {
  await tables(place)
    .deleteFrom('identity.failure')
    .where('cityId', '=', place.cityId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .execute();
}

export async function insertExternalAttempt(place: Place, row: Omit<ExternalAttemptTable, 'cityId'>): Promise<void> {
  await tables(place)
    .insertInto('identity.externalAttempt')
    .values({ ...row, cityId: place.cityId })
    .execute();
}

/** Each attempt comes back once. */
export const takeExternalAttempt = (place: Place, tokenHash: Buffer): Promise<ExternalAttemptTable | undefined> =>
  tables(place)
    .deleteFrom('identity.externalAttempt')
    .where('cityId', '=', place.cityId)
    .where('tokenHash', '=', tokenHash)
    .returningAll()
    .executeTakeFirst();

/** Forgets what has no meaning any more: failures of the day before, attempts that ran out, sessions long ended. */
export async function tidy(place: Place, before: { failures: Date; attempts: Date; sessions: Date }): Promise<void> {
  await tables(place)
    .deleteFrom('identity.failure')
    .where('cityId', '=', place.cityId)
    .where('lastAt', '<', before.failures)
    .execute();
  await tables(place)
    .deleteFrom('identity.externalAttempt')
    .where('cityId', '=', place.cityId)
    .where('expiresAt', '<', before.attempts)
    .execute();
  await tables(place)
    .deleteFrom('identity.session')
    .where('cityId', '=', place.cityId)
    .where((where) => where.or([where('endedAt', '<', before.sessions), where('expiresAt', '<', before.sessions)]))
    .execute();
}
