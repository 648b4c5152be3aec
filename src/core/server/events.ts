import { sql } from 'kysely';
import type { Scope } from './scope.ts';

export interface NewEvent {
  /** `<module>.<past tense>`, for example `filings.accepted`. */
  topic: string;
  projectId?: string | null;
  /** Every unit that is a party: only viewers whose reach meets one of them are told. Empty: whole-city viewers only. */
  unitIds: readonly string[];
  /** Small and harmless: who sees the event sees this. */
  data?: Record<string, unknown>;
}

export interface OutboxEvent {
  id: number;
  topic: string;
  projectId: string | null;
  unitIds: string[];
  data: Record<string, unknown>;
  actorId: string;
  at: Date;
}

/**
 * Says that something happened, in the transaction in which it happens: rolled back with it, delivered after it.
 * Listening modules get a job each (same transaction); browsers are told right after the commit.
 */
export async function emit(scope: Scope, event: NewEvent): Promise<void> {
  const { host } = scope.effects;
  const { rows } = await sql<{ id: number }>`
    insert into core.outbox (city_id, topic, project_id, unit_ids, data, actor_id, at)
    values (${scope.cityId}, ${event.topic}, ${event.projectId ?? null}, ${[...new Set(event.unitIds)]}::uuid[],
      ${JSON.stringify(event.data ?? {})}::jsonb, ${scope.actor.id}, ${scope.now})
    returning id`.execute(scope.db);
  scope.effects.emitted = true;
  for (const module of host.subscribers.get(event.topic) ?? [])
    await sql`select graphile_worker.add_job('event', ${JSON.stringify({ cityId: scope.cityId, eventId: rows[0]!.id, module })}::json)`.execute(
      scope.db,
    );
}
