import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { isWithinReach, withinReach } from '#modules/projects/server/public.ts';
import type { PauseRow } from '../shapes.ts';
import { inCity, type PartyRow, type PlaceRow, partyColumns, placeColumns, placeJoins, placeOf } from './place.ts';
import { presentPause } from './present.ts';
import type { PauseTable } from './tables.ts';

/** Every pause within reach; the state of the quarterly update follows from the newest update and today. */
export async function pauses(scope: Scope, { show = 'open' }: { show?: 'open' | 'overdue' | 'over' | undefined }) {
  const { rows } = await sql<PlaceRow & PartyRow & PauseTable & { moves: number }>`
    select ${placeColumns}, ${partyColumns}, u.id, u.kind, u.reason_code, u.reason, u.steps, u.from_on, u.resume_planned, u.resume_due,
           u.registered_on, u.updated_on, u.resumed_on, u.ended_on,
           (select count(*)::int from lifecycle.pause_update m
            where m.city_id = u.city_id and m.pause_id = u.id and m.resume_before <> m.resume_due) as moves
    from lifecycle.pause u
    join projects.pub_project p on p.city_id = u.city_id and p.id = u.project_id ${placeJoins}
    where ${inCity(scope)} and ${withinReach(scope, 'lifecycle.read')}
    order by u.updated_on, p.serial`.execute(scope.db);
  const all: PauseRow[] = rows.map((row) => {
    const { updates: _, ...pause } = presentPause(row, scope.today, []);
    return {
      ...placeOf(row),
      pause,
      moves: row.moves,
      canUpdate:
        pause.endedOn === null &&
        scope.can('lifecycle.update') &&
        isWithinReach(scope, 'lifecycle.update', { ...row, id: row.projectId }),
    };
  });
  const isShown = {
    open: (row: PauseRow) => row.pause.endedOn === null,
    overdue: (row: PauseRow) => row.pause.duty?.state === 'overdue',
    over: (row: PauseRow) => row.pause.endedOn !== null,
  };
  const count = (kind: keyof typeof isShown) => all.filter(isShown[kind]).length;
  return {
    rows: all.filter(isShown[show]),
    counts: { open: count('open'), overdue: count('overdue'), over: count('over') },
  };
}
