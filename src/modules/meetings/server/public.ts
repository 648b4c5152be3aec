import type { Scope } from '#core/server/scope.ts';
import { type AgendaLimits, usualLimits } from '../agenda.ts';
import { assemble, insertMeeting, type NewMeeting } from './agenda-acts.ts';
import { moveMeeting } from './moves.ts';

export type { NewMeeting } from './agenda-acts.ts';
export {
  insertPastMeeting,
  insertPastObservation,
  type PastDecision,
  type PastItem,
  type PastMeeting,
  type PastObservation,
} from './past.ts';

/**
 * A meeting that lies ahead, with the agenda that its facts give today, and with `isFixed` the figures of its pages. For
 * set-up and jobs: no permission is asked.
 */
export async function insertComingMeeting(
  scope: Scope,
  wanted: NewMeeting,
  { limits = usualLimits, isFixed = false }: { limits?: AgendaLimits; isFixed?: boolean } = {},
): Promise<string> {
  const { id, version } = await insertMeeting(scope, wanted);
  const done = await assemble(scope, { id, version, limits });
  if (isFixed) await moveMeeting(scope, { id, version: done.version, move: 'fixAgenda' });
  return id;
}
