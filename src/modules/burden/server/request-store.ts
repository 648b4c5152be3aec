import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { FieldEffort } from '../effort.ts';

export interface RequestRow {
  id: string;
  title: string;
  purpose: string;
  issuer: string;
  dueOn: string;
  fields: { name: string; kind: FieldEffort; keepReason: string | null; duplicateOf: string | null }[];
  unitIds: string[];
  actorId: string;
  actorName: string;
  sentAt: Date;
  closedAt: Date | null;
  closedNote: string | null;
}
export interface AnswerRow {
  requestId: string;
  unitId: string;
  seq: number;
  contents: string[];
  actorName: string;
  at: Date;
}

/** Requests that concern the caller: the whole city sees all, others those that ask a unit of theirs. */
export async function listRequests(
  scope: Scope,
  { id, limit = 50 }: { id?: string; limit?: number },
): Promise<RequestRow[]> {
  const reach = scope.reach('burden.read');
  const mine = reach.all ? sql`true` : sql`unit_ids && ${[...reach.unitIds]}::uuid[]`;
  const { rows } = await sql<RequestRow>`
    select id, title, purpose, issuer, due_on, fields, unit_ids, actor_id, actor_name, sent_at, closed_at, closed_note from burden.request
    where city_id = ${scope.cityId} and ${mine} ${id === undefined ? sql`` : sql`and id = ${id}`}
    order by closed_at is not null, due_on, sent_at desc limit ${limit}`.execute(scope.db);
  return rows;
}

export async function insertRequest(
  scope: Scope,
  r: Omit<RequestRow, 'actorId' | 'actorName' | 'sentAt' | 'closedAt' | 'closedNote'>,
): Promise<void> {
  await sql`insert into burden.request (city_id, id, title, purpose, issuer, due_on, fields, unit_ids, actor_id, actor_name, sent_at)
    values (${scope.cityId}, ${r.id}, ${r.title}, ${r.purpose}, ${r.issuer}, ${r.dueOn}, ${JSON.stringify(r.fields)}::jsonb,
      ${r.unitIds}::uuid[], ${scope.actor.id}, ${scope.actor.name}, ${scope.now})`.execute(scope.db);
}

export async function setClosed(scope: Scope, id: string, note: string): Promise<void> {
  await sql`update burden.request set closed_at = ${scope.now}, closed_note = ${note}
    where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
}

export async function listAnswers(scope: Scope, requestIds: readonly string[]): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select distinct on (request_id, unit_id) request_id, unit_id, seq, contents, actor_name, at from burden.answer
    where city_id = ${scope.cityId} and request_id = any(${[...requestIds]}::uuid[]) order by request_id, unit_id, seq desc`.execute(
    scope.db,
  );
  return rows;
}

export async function insertAnswer(
  scope: Scope,
  requestId: string,
  unitId: string,
  contents: readonly string[],
): Promise<void> {
  // The request is locked, so that two people of a unit give two versions and not one number twice.
  await sql`select 1 from burden.request where city_id = ${scope.cityId} and id = ${requestId} for update`.execute(
    scope.db,
  );
  await sql`insert into burden.answer (city_id, request_id, unit_id, seq, contents, actor_id, actor_name, at)
    select ${scope.cityId}::uuid, ${requestId}::uuid, ${unitId}::uuid, coalesce(max(seq), 0) + 1, ${JSON.stringify(contents)}::jsonb,
      ${scope.actor.id}::text, ${scope.actor.name}::text, ${scope.now}::timestamptz
    from burden.answer where city_id = ${scope.cityId} and request_id = ${requestId} and unit_id = ${unitId}`.execute(
    scope.db,
  );
}
