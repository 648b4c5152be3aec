import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { MatterKind } from '../kinds.ts';
import { numberPrefix } from '../kinds.ts';
import type { MatterAct } from '../shapes.ts';
import { matterWithinReach } from './reach.ts';
import { insertRows } from './rows.ts';
import { type EventTable, jsonb, type MatterTable, tables } from './tables.ts';

export type MatterRecord = MatterTable;

/** Within the caller's reach, or undefined. */
export const findMatter = (scope: Scope, id: string, permission = 'ledger.read'): Promise<MatterRecord | undefined> =>
  tables(scope)
    .selectFrom('ledger.matter as m')
    .selectAll('m')
    .where('m.cityId', '=', scope.cityId)
    .where('m.id', '=', id)
    .where(matterWithinReach(scope, permission))
    .executeTakeFirst();

/** The same, locked until the end of the transaction, in one order, so that two who act on the same ones wait for each other. */
export const lockMatters = (scope: Scope, ids: readonly string[], permission: string): Promise<MatterRecord[]> =>
  tables(scope)
    .selectFrom('ledger.matter as m')
    .selectAll('m')
    .where('m.cityId', '=', scope.cityId)
    .where(sql<SqlBool>`m.id = any(${[...ids]}::uuid[])`)
    .where(matterWithinReach(scope, 'ledger.read'))
    .where(matterWithinReach(scope, permission))
    .orderBy('m.id')
    .forUpdate('m')
    .execute();

export type MatterChanges = Partial<Omit<MatterTable, 'cityId' | 'id' | 'no' | 'version' | 'grams' | 'initials'>> &
  Partial<Pick<MatterTable, 'initials' | 'grams'>>;

export async function setMatter(scope: Scope, matter: MatterRecord, changes: MatterChanges): Promise<MatterRecord> {
  const rows = await tables(scope)
    .updateTable('ledger.matter')
    .set({ ...changes, version: matter.version + 1 })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', matter.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return rows;
}

/** Numbers in order, never one twice: the row of the series is locked until the commit. */
export async function takeNumbers(scope: Scope, kind: MatterKind, year: number, count: number): Promise<string[]> {
  const { rows } = await sql<{ last: number }>`
    insert into ledger.number_series (city_id, code, year, last) values (${scope.cityId}, ${kind}, ${year}, ${count})
    on conflict (city_id, code, year) do update set last = number_series.last + ${count}
    returning last`.execute(scope.db);
  const first = rows[0]!.last - count + 1;
  return Array.from({ length: count }, (_, i) => `${numberPrefix[kind]}〔${year}〕${first + i}号`);
}

export interface NewEvent {
  matterId: string;
  act: MatterAct;
  fromState: EventTable['fromState'];
  toState: EventTable['toState'];
  text?: string | null | undefined;
  payload?: Record<string, unknown> | undefined;
  /** When it happened, for what is brought from elsewhere; else now. */
  at?: Date | undefined;
  onDay?: string | undefined;
  actorName?: string | undefined;
}

/** Adds to the history of one or many matters; each keeps its own count. Answers the ids in the order given. */
export async function insertEvents(scope: Scope, events: readonly NewEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  const { rows } = await sql<{ matterId: string; seq: number }>`
    select matter_id, max(seq) as seq from ledger.event
    where city_id = ${scope.cityId} and matter_id = any(${[...new Set(events.map((e) => e.matterId))]}::uuid[])
    group by matter_id`.execute(scope.db);
  const last = new Map(rows.map((row) => [row.matterId, row.seq]));
  const made = events.map((event) => {
    const seq = (last.get(event.matterId) ?? 0) + 1;
    last.set(event.matterId, seq);
    return {
      id: newId(),
      matterId: event.matterId,
      seq,
      act: event.act,
      fromState: event.fromState,
      toState: event.toState,
      onDay: event.onDay ?? scope.today,
      text: event.text ?? null,
      payload: event.payload ?? {},
      actorId: scope.actor.id,
      actorName: event.actorName ?? scope.actor.name,
      actorUnitId: scope.actor.unitIds[0] ?? null,
      at: (event.at ?? scope.now).toISOString(),
    };
  });
  await insertRows(scope, 'ledger.event', made);
  return made.map((event) => event.id);
}

/** The units that are parties, each once: who is told of an event. */
export async function partyUnits(scope: Scope, matterIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tables(scope)
    .selectFrom('ledger.party')
    .select(['matterId', 'unitId'])
    .distinct()
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`matter_id = any(${[...matterIds]}::uuid[])`)
    .execute();
  const found = new Map<string, string[]>(matterIds.map((id) => [id, []]));
  for (const row of rows) found.get(row.matterId)?.push(row.unitId);
  return found;
}

export const setNodeDone = (scope: Scope, matterId: string, code: string, done: { doneOn: string; report: string }) =>
  tables(scope)
    .updateTable('ledger.node')
    .set(done)
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matterId)
    .where('code', '=', code)
    .executeTakeFirst();

export const listNodes = (scope: Scope, matterIds: readonly string[]) =>
  tables(scope)
    .selectFrom('ledger.node')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`matter_id = any(${[...matterIds]}::uuid[])`)
    .orderBy('dueOn')
    .orderBy('code')
    .execute();

export { jsonb };
