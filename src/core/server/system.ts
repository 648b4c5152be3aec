import { sql } from 'kysely';
import { newId } from '../shared/id.ts';
import { type City, insertCity } from './cities.ts';
import { enterCity, inTransaction } from './db.ts';
import type { Effects, Host } from './host.ts';
import { type Actor, mintScope, type Scope } from './scope.ts';

export const effectsOf = (host: Host): Effects => ({
  host,
  headers: new Headers(),
  status: undefined,
  emitted: false,
  audit: [],
});

export const systemActor = (id: string): Actor => ({
  kind: 'system',
  id: `system:${id}`,
  personId: null,
  name: '系统',
  unitIds: [],
  grants: new Map(),
});

/** One transaction of the program itself (a job, a listener, set-up), with a Scope of the named city and every right in it. */
export async function asSystem<T>(
  host: Host,
  cityId: string,
  action: string,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  let effects = effectsOf(host);
  const result = await inTransaction(host.db, async (tx) => {
    effects = effectsOf(host);
    await enterCity(tx, cityId);
    return work(
      mintScope({
        db: tx,
        cityId,
        actor: systemActor(action),
        now: host.clock.now(),
        today: host.clock.today(),
        requestId: newId(),
        effects,
      }),
    );
  });
  if (effects.emitted) host.announce();
  return result;
}

/**
 * Makes a city in the caller's transaction and answers a Scope of it with every right: for first set-up, where there is
 * no city yet in which anybody could hold one. From here on the transaction is inside the new city.
 */
export async function foundCity(
  scope: Scope,
  city: Pick<City, 'code' | 'name' | 'hqName'>,
  action: string,
): Promise<Scope> {
  const { id } = await insertCity(scope.db, city);
  await enterCity(scope.db, id);
  const { db, now, today, requestId, effects } = scope;
  return mintScope({ db, cityId: id, actor: systemActor(action), now, today, requestId, effects });
}

/** Runs `work` once for each city, a transaction each. */
export async function eachCity(host: Host, action: string, work: (scope: Scope) => Promise<void>): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from core.city order by created_at`.execute(host.db);
  for (const { id } of rows) await asSystem(host, id, action, work);
}
