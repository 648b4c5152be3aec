import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';

export interface EvidenceTable {
  cityId: string;
  id: string;
  projectId: string;
  milestoneId: string;
  reachedOn: string;
  fileId: string;
  fileName: string;
  fileType: string;
  note: string;
  actorId: string;
  actorName: string;
  at: Date;
}

const tables = (scope: Scope) => scope.db.withTables<{ 'projects.milestoneEvidence': EvidenceTable }>();

/** Newest first. Does not check reach: ask for the project first. */
export const listEvidence = (scope: Scope, projectId: string): Promise<EvidenceTable[]> =>
  tables(scope)
    .selectFrom('projects.milestoneEvidence')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();

export const findEvidence = (scope: Scope, projectId: string, id: string): Promise<EvidenceTable | undefined> =>
  tables(scope)
    .selectFrom('projects.milestoneEvidence')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();

export async function insertEvidence(
  scope: Scope,
  row: Pick<EvidenceTable, 'projectId' | 'milestoneId' | 'reachedOn' | 'fileId' | 'fileName' | 'fileType' | 'note'> & {
    actorName?: string;
    at?: Date;
  },
): Promise<void> {
  await tables(scope)
    .insertInto('projects.milestoneEvidence')
    .values({
      cityId: scope.cityId,
      id: newId(),
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
      ...row,
    })
    .execute();
}
