import { invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile, findFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { lockProject, type ProjectRecord, partiesOf } from '#modules/projects/server/public.ts';
import { pathOf } from '../gates.ts';
import type { Fault, Life } from '../life.ts';
import type { GivenDocument, NewDocument } from '../shapes.ts';
import { findLifeRow, lifeFrom, listEvents, listGates, listPauses } from './store.ts';
import { syncGates } from './sync.ts';
import type { PauseTable } from './tables.ts';

export const words = { zh: '项目', en: 'project' };

export interface Held {
  project: ProjectRecord;
  life: Life;
  isPathChosen: boolean;
  openPause: PauseTable | undefined;
}

/**
 * The project locked for a change of its life, its gates in step with the register. What the caller may see but not
 * change answers like what is not there. @throws Problem 404
 */
export async function holdLife(scope: Scope, projectId: string, permission: string): Promise<Held> {
  if (!(await lockProject(scope, projectId, permission))) throw notFound(words);
  await syncGates(scope, [projectId]);
  const project = (await lockProject(scope, projectId, permission))!;
  const row = await findLifeRow(scope, projectId);
  const openPause = (await listPauses(scope, [projectId])).find((pause) => pause.endedOn === null);
  return {
    project,
    life: lifeFrom(row?.path ?? pathOf(project.board), await listGates(scope, [projectId]), openPause),
    isPathChosen: row?.isPathChosen ?? false,
    openPause,
  };
}

/** Turns a refusal of the rules into the answer. */
export function refuse(fault: Fault | null): void {
  if (fault) throw invalid(fault.code, fault.words, fault.field, fault.missing && { missing: fault.missing });
}

/**
 * Documents as they are kept. A file is attached by the one who brought it; one that the project's life holds already
 * may be named again by anybody. @throws Problem 404 for a file that is neither
 */
export async function takeDocuments(
  scope: Scope,
  projectId: string,
  given: readonly NewDocument[],
): Promise<GivenDocument[]> {
  const taken: GivenDocument[] = [];
  let known: Set<string | null> | undefined;
  for (const { kind, fileId, number } of given) {
    let name: string | null = null;
    if (fileId !== undefined) {
      known ??= new Set((await listEvents(scope, projectId)).flatMap((e) => e.documents.map((d) => d.fileId)));
      name = (known.has(fileId) ? await findFile(scope, fileId) : await claimFile(scope, fileId)).name;
    }
    taken.push({ kind, fileId: fileId ?? null, name, number: number ?? null });
  }
  return taken;
}

/** Tells the parties what became of a project's life. */
export const tell = (scope: Scope, project: ProjectRecord, topic: string, data: Record<string, unknown>) =>
  emit(scope, {
    topic: `lifecycle.${topic}`,
    projectId: project.id,
    unitIds: partiesOf(project),
    data: { projectName: project.name, ...data },
  });

/** The numbers of documents, for the project's own history. */
export const documentLine = (documents: readonly GivenDocument[]): string | null =>
  documents
    .map((d) => d.number ?? d.name)
    .filter((part) => part !== null)
    .join('、')
    .slice(0, 300) || null;
