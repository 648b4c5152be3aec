import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Presence, presenceEveryMs } from '../presence-contract.ts';
import { findFiling } from './store.ts';
import { noFiling } from './words.ts';

/** Writes down that the caller has the filing open (or leaves it), and tells who else has. 404 out of reach. */
export async function showPresence(
  scope: Scope,
  { id, isWriting, isLeaving }: { id: string; isWriting: boolean; isLeaving: boolean },
): Promise<Presence> {
  const filing = await findFiling(scope, 'filings.file', { id });
  if (!filing) throw noFiling();
  const { cityId, actor, now } = scope;
  if (isLeaving)
    await sql`delete from filings.presence where city_id = ${cityId} and filing_id = ${id} and actor_id = ${actor.id}`.execute(
      scope.db,
    );
  else
    await sql`insert into filings.presence (city_id, filing_id, actor_id, actor_name, is_writing, seen_at)
      values (${cityId}, ${id}, ${actor.id}, ${actor.name}, ${isWriting}, ${now})
      on conflict (city_id, filing_id, actor_id) do update
        set actor_name = excluded.actor_name, is_writing = excluded.is_writing, seen_at = excluded.seen_at`.execute(
      scope.db,
    );
  const since = new Date(now.getTime() - 3 * presenceEveryMs);
  const { rows } = await sql<Presence['others'][number]>`
    select actor_name as name, is_writing from filings.presence
    where city_id = ${cityId} and filing_id = ${id} and actor_id <> ${actor.id} and seen_at > ${since}
    order by actor_name`.execute(scope.db);
  return {
    others: rows,
    draftVersion: filing.draftVersion,
    draftBy: filing.draftByName,
    draftAt: filing.draftAt?.toISOString() ?? null,
  };
}
