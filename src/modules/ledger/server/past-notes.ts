import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { MatterState } from '../flow.ts';
import { momentOf } from './past.ts';
import { insertRows } from './rows.ts';
import type { NewEvent } from './store.ts';

export interface PastNote {
  matterId: string;
  act: 'note' | 'sheet';
  on: Day;
  byName: string;
  text: string;
  payload?: Record<string, unknown>;
}

interface Placed {
  id: string;
  matterId: string;
  seq: number;
  onDay: Day;
  toState: MatterState;
}

/** Above every count that a matter reaches: where events wait while they are counted anew. */
const aside = 1_000_000;

/**
 * Puts lines about past days into histories that were brought in, each behind what was done up to its day, so that the count
 * of events keeps the order of the days and a past day still ends in the state it had. Notes of one day keep the order given.
 * For set-up and jobs: no permission is asked. A note about a matter without events on or before its day is left out.
 */
export async function insertPastNotes(scope: Scope, notes: readonly PastNote[]): Promise<number> {
  const matterIds = [...new Set(notes.map((note) => note.matterId))];
  const { rows } = await sql<Placed>`select id, matter_id, seq, on_day, to_state from ledger.event
    where city_id = ${scope.cityId} and matter_id = any(${matterIds}::uuid[]) order by matter_id, seq`.execute(
    scope.db,
  );
  const held = Map.groupBy(rows, (row) => row.matterId);
  const made: (NewEvent & { id: string; seq: number; onDay: Day; at: Date })[] = [];
  const counted: { id: string; seq: number }[] = [];
  for (const [matterId, events] of held) {
    const own = notes
      .filter((note) => note.matterId === matterId)
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    let seq = 0;
    let state: MatterState | undefined;
    for (const event of [...events, undefined]) {
      while (own[0] && (event === undefined || own[0].on < event.onDay)) {
        const note = own.shift()!;
        if (state === undefined) continue;
        seq++;
        made.push({
          id: newId(),
          matterId,
          seq,
          act: note.act,
          fromState: state,
          toState: state,
          onDay: note.on,
          text: note.text,
          payload: note.payload ?? {},
          actorName: note.byName,
          at: momentOf(note.on, seq),
        });
      }
      if (!event) continue;
      seq++;
      state = event.toState;
      counted.push({ id: event.id, seq });
    }
  }
  const place = (rows: readonly { id: string; seq: number }[]) => sql`update ledger.event e set seq = x.seq
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, seq int) where e.city_id = ${scope.cityId} and e.id = x.id`;
  await place(counted.map(({ id, seq }) => ({ id, seq: seq + aside }))).execute(scope.db);
  await place(counted).execute(scope.db);
  await insertRows(
    scope,
    'ledger.event',
    made.map((event) => ({ ...event, actorId: scope.actor.id, actorUnitId: null, at: event.at.toISOString() })),
  );
  return made.length;
}
