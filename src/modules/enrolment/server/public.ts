import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { EnrolmentState } from '../flow.ts';
import type { GapCause } from '../gap.ts';
import { type DocumentToSet, insertEvents, putDocuments, setPapers } from './store.ts';
import { type OfficeSource, putExplanations, putValues, type ValueToSet } from './value-store.ts';

export { type Facts, noFacts } from '../checklist.ts';
export type { DocumentToSet } from './store.ts';
export type { OfficeSource, ValueToSet } from './value-store.ts';

/** Papers of many projects at once, as another system or the demonstration knows them. Does not check reach; emits nothing. */
export const insertDocuments = (scope: Scope, documents: readonly DocumentToSet[], byName?: string): Promise<void> =>
  putDocuments(scope, documents, byName);

export interface PastMove {
  projectId: string;
  event: 'submit' | 'return';
  on: Day;
  reason?: string;
  document?: string;
  actorName: string;
}

/** How far papers had come elsewhere, oldest first; the last one of a project counts. Does not check reach; emits nothing. */
export async function insertMoves(scope: Scope, moves: readonly PastMove[]): Promise<void> {
  const stateOf = (event: PastMove['event']) =>
    (event === 'submit' ? 'submitted' : 'returned') satisfies EnrolmentState;
  const last = new Map(moves.map((move) => [move.projectId, stateOf(move.event)] as const));
  await setPapers(
    scope,
    [...last].map(([projectId, papers]) => ({ projectId, papers })),
  );
  await insertEvents(
    scope,
    moves.map(({ on, ...move }) => ({
      ...move,
      state: stateOf(move.event),
      onDay: on,
      at: new Date(`${on}T02:00:00Z`),
    })),
  );
}

/** Figures that the statistics office published in one list. Whole yuan from January. Does not check reach; emits nothing. */
export const insertOfficeValues = (scope: Scope, source: OfficeSource, values: readonly ValueToSet[]) =>
  putValues(scope, source, values);

/** Why figures differ, for many projects and months. Does not check reach; emits nothing. */
export const insertExplanations = (
  scope: Scope,
  explanations: readonly { projectId: string; period: string; cause: GapCause; text: string }[],
): Promise<void> => putExplanations(scope, explanations);
