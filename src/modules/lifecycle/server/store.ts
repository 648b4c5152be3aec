import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { type EndStage, type GateStage, isEnd } from '../gates.ts';
import type { Life, Passed } from '../life.ts';
import type { GateEventTable, GateSource, GateTable, LifeTable, PauseTable, PauseUpdateTable } from './tables.ts';
import { tables } from './tables.ts';

/** A thousand rows of a dozen columns go as one JSON parameter: PostgreSQL limits the number of parameters. */
const json = (value: unknown) => JSON.stringify(value);
export const inPieces = function* <T>(rows: readonly T[], size = 2000): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
};

export interface NewEvent {
  projectId: string;
  stage: GateEventTable['stage'];
  kind: GateEventTable['kind'];
  on?: string | null;
  precision?: GateEventTable['precision'];
  source?: GateSource;
  documents?: GateEventTable['documents'];
  reason?: string | null | undefined;
  approver?: string | null;
  id?: string;
  /** For history that is loaded: who and when it was, instead of the caller and now. */
  actorName?: string;
  at?: Date;
}

/** Adds to the history of lives, in the given order. Returns the ids. */
export async function insertEvents(scope: Scope, events: readonly NewEvent[]): Promise<string[]> {
  const withIds = events.map((event) => ({ ...event, id: event.id ?? newId() }));
  for (const piece of inPieces(withIds)) {
    const rows = piece.map((e) => ({
      id: e.id,
      project_id: e.projectId,
      stage: e.stage,
      kind: e.kind,
      reached_on: e.on ?? null,
      precision: e.precision ?? 'day',
      source: e.source ?? 'gate',
      documents: e.documents ?? [],
      reason: e.reason || null,
      approver: e.approver ?? null,
      actor_name: e.actorName ?? scope.actor.name,
      at: e.at ?? scope.now,
    }));
    await sql`insert into lifecycle.gate_event (city_id, id, project_id, stage, kind, reached_on, precision, source, documents, reason, approver, actor_id, actor_name, at)
      select ${scope.cityId}, id, project_id, stage, kind, reached_on, precision, source, documents, reason, approver, ${scope.actor.id}, actor_name, at
      from jsonb_to_recordset(${json(rows)}::jsonb) as e (id uuid, project_id uuid, stage text, kind text, reached_on date, precision text, source text, documents jsonb, reason text, approver text, actor_name text, at timestamptz)`.execute(
      scope.db,
    );
  }
  return withIds.map((event) => event.id);
}

export interface GateToSet {
  projectId: string;
  stage: GateStage | EndStage;
  passed: Passed;
  source: GateSource;
  eventId: string;
}

/** Gates stand from now on, with this day; one that stood gets the new one. */
export async function setGates(scope: Scope, gates: readonly GateToSet[]): Promise<void> {
  for (const piece of inPieces(gates)) {
    const rows = piece.map((g) => ({
      project_id: g.projectId,
      stage: g.stage,
      reached_on: g.passed.on,
      precision: g.passed.precision,
      source: g.source,
      event_id: g.eventId,
    }));
    await sql`insert into lifecycle.gate (city_id, project_id, stage, reached_on, precision, source, event_id)
      select ${scope.cityId}, project_id, stage, reached_on, precision, source, event_id
      from jsonb_to_recordset(${json(rows)}::jsonb) as g (project_id uuid, stage text, reached_on date, precision text, source text, event_id uuid)
      on conflict (city_id, project_id, stage) do update
      set reached_on = excluded.reached_on, precision = excluded.precision, source = excluded.source, event_id = excluded.event_id`.execute(
      scope.db,
    );
  }
}

export async function removeGates(
  scope: Scope,
  gates: readonly { projectId: string; stage: GateStage | EndStage }[],
): Promise<void> {
  if (gates.length === 0) return;
  const rows = gates.map((g) => ({ project_id: g.projectId, stage: g.stage }));
  await sql`delete from lifecycle.gate g
    using jsonb_to_recordset(${json(rows)}::jsonb) as r (project_id uuid, stage text)
    where g.city_id = ${scope.cityId} and g.project_id = r.project_id and g.stage = r.stage`.execute(scope.db);
}

export type StandingGate = Pick<GateTable, 'projectId' | 'stage' | 'reachedOn' | 'precision' | 'source' | 'eventId'>;

export const listGates = (scope: Scope, projectIds: readonly string[]): Promise<StandingGate[]> =>
  tables(scope)
    .selectFrom('lifecycle.gate')
    .select(['projectId', 'stage', 'reachedOn', 'precision', 'source', 'eventId'])
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', sql<string>`any(${[...projectIds]}::uuid[])`)
    .execute();

export const findLifeRow = (scope: Scope, projectId: string): Promise<LifeTable | undefined> =>
  tables(scope)
    .selectFrom('lifecycle.life')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .executeTakeFirst();

export const listEvents = (scope: Scope, projectId: string): Promise<GateEventTable[]> =>
  tables(scope)
    .selectFrom('lifecycle.gateEvent')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('at')
    .orderBy('id')
    .execute();

/** Every pause of these projects, the newest first. */
export const listPauses = (scope: Scope, projectIds: readonly string[]): Promise<PauseTable[]> =>
  tables(scope)
    .selectFrom('lifecycle.pause')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', sql<string>`any(${[...projectIds]}::uuid[])`)
    .orderBy('fromOn', 'desc')
    .orderBy('id', 'desc')
    .execute();

export const listUpdates = (scope: Scope, projectId: string): Promise<PauseUpdateTable[]> =>
  tables(scope)
    .selectFrom('lifecycle.pauseUpdate')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();

export type NewPause = Omit<PauseTable, 'cityId' | 'resumedOn' | 'endedOn'> &
  Partial<Pick<PauseTable, 'resumedOn' | 'endedOn'>>;

export async function insertPauses(scope: Scope, pauses: readonly NewPause[]): Promise<void> {
  if (pauses.length === 0) return;
  await tables(scope)
    .insertInto('lifecycle.pause')
    .values(pauses.map((p) => ({ resumedOn: null, endedOn: null, ...p, cityId: scope.cityId })))
    .execute();
}

export async function setPause(
  scope: Scope,
  id: string,
  changes: Partial<
    Pick<
      PauseTable,
      'steps' | 'resumeDue' | 'resumePlanned' | 'updatedOn' | 'reasonCode' | 'reason' | 'resumedOn' | 'endedOn'
    >
  >,
): Promise<void> {
  await tables(scope)
    .updateTable('lifecycle.pause')
    .set(changes)
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export async function insertUpdates(
  scope: Scope,
  updates: readonly (Omit<PauseUpdateTable, 'cityId' | 'id' | 'actorId' | 'actorName' | 'at'> &
    Partial<Pick<PauseUpdateTable, 'actorName' | 'at'>>)[],
): Promise<void> {
  if (updates.length === 0) return;
  await tables(scope)
    .insertInto('lifecycle.pauseUpdate')
    .values(
      updates.map((update) => ({
        actorName: scope.actor.name,
        at: scope.now,
        ...update,
        cityId: scope.cityId,
        id: newId(),
        actorId: scope.actor.id,
      })),
    )
    .execute();
}

/** Where a project is, from the rows that stand. */
export function lifeFrom(
  path: Life['path'],
  gates: readonly Pick<StandingGate, 'stage' | 'reachedOn' | 'precision'>[],
  openPause: Pick<PauseTable, 'kind'> | undefined,
): Life {
  const life: Life = { path, gates: {}, halt: openPause?.kind ?? null, end: null };
  for (const { stage, reachedOn, precision } of gates)
    if (isEnd(stage)) life.end = stage;
    else life.gates[stage] = { on: reachedOn, precision };
  return life;
}
