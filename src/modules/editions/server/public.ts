import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { raiseConsequences } from '#modules/rankings/server/public.ts';
import { publishSnapshot } from '#modules/snapshots/server/public.ts';
import type { EditionBody } from '../body.ts';
import { workOut } from './collect.ts';
import { type EditionLine, insertEdition, insertPublication, listEditions, readBody } from './store.ts';

export { type EditionChange, editionChanges } from '../changes.ts';

export interface Edition {
  id: string;
  period: string;
  version: number;
  state: 'frozen' | 'published';
  hash: string;
  body: EditionBody;
  frozenAt: Date;
  publishedAt: Date | null;
  /** What a second edition says about why it is there. */
  note: string | null;
}

const editionOf = async (scope: Scope, line: EditionLine): Promise<Edition> => ({
  id: line.id,
  period: line.period,
  version: line.version,
  state: line.publishedAt === null ? 'frozen' : 'published',
  hash: line.hash,
  body: await readBody(scope, line.id),
  frozenAt: line.sealedAt,
  publishedAt: line.publishedAt,
  note: line.note,
});

/** A sealed edition of a month (`YYYY-MM`), the newest without `version`. Reach is not looked at: the caller asks for it. */
export async function findEdition(
  scope: Scope,
  { period, version }: { period: string; version?: number | undefined },
): Promise<Edition | undefined> {
  const line = (await listEditions(scope, version === undefined ? { period } : { period, version })).at(-1);
  return line && editionOf(scope, line);
}

export async function findEditionById(scope: Scope, id: string): Promise<Edition | undefined> {
  const [line] = await listEditions(scope, { id });
  return line && editionOf(scope, line);
}

/** The sealed editions of the city without their bodies, oldest first. */
export const listEditionHeads = (scope: Scope, filter: { year?: number; period?: string } = {}) =>
  listEditions(scope, filter);

/**
 * Publishes an edition, its snapshot with it, and hands what its boards bring about to the ledger. Published already:
 * nothing happens. The permission is the caller's. @throws Problem 404, 409 newer_edition
 */
export async function publishEdition(scope: Scope, id: string, comment: string | null): Promise<void> {
  const [line] = await listEditions(scope, { id });
  if (!line) throw notFound({ zh: '月度调度', en: 'edition' });
  if (line.publishedAt !== null) return;
  const newest = (await listEditions(scope, { period: line.period })).at(-1)!;
  if (newest.id !== id)
    throw conflict('newer_edition', {
      zh: `${line.period} 已有第 ${newest.version} 版，请发布新版`,
      en: `There is edition ${newest.version} of ${line.period}: publish that one`,
    });
  await insertPublication(scope, id, comment);
  await publishSnapshot(scope, line.snapshotId, comment);
  const body = await readBody(scope, id);
  // With the places that were sealed: what is settled is what was published, not what comes out today.
  await raiseConsequences(scope, {
    period: line.period,
    boards: body.boardLists,
    rankings: body.rankings,
    day: body.day,
  });
  await emit(scope, {
    topic: 'editions.published',
    unitIds: [],
    data: { editionId: id, period: line.period, version: line.version },
  });
}

/**
 * Seals a month that was frozen in the past, and publishes it: for the demonstration and for moving from another system.
 * The snapshot must exist.
 */
export async function insertPastEdition(
  scope: Scope,
  {
    period,
    snapshotId,
    at,
    byName,
    note = null,
  }: { period: string; snapshotId: string; at: Date; byName: string; note?: string | null },
): Promise<string> {
  const body = await workOut(scope, { period, snapshotId }, async () => {});
  const run = { id: newId(), period, snapshotId, note, askedBy: scope.actor.id, askedByName: byName };
  const { id } = await insertEdition(scope, run, body, at);
  await insertPublication(scope, id, null, { at, byName });
  return id;
}
