import type { Scope } from '#core/server/scope.ts';
import { listUnfiled } from '#modules/filings/server/public.ts';
import type { SnapshotRow } from '../body.ts';
import type { SnapshotHead } from '../head.ts';
import { readAsOf, readSnapshot } from './months.ts';
import { findLine, findNewest, insertPublication, listRestatements, listSnapshots, type Missing } from './store.ts';

export type { SnapshotRow } from '../body.ts';

export { verifyChain } from './chain.ts';
export { type FreezeOptions, freezePeriod, type RestateOptions, restatePeriod } from './freeze.ts';

/**
 * The newest snapshot of a month (`YYYY-MM`), to be printed on what is exported of it; undefined while it is open. Reach is
 * not looked at: an id and a hash say nothing of anybody's projects.
 */
export async function findSnapshotOf(
  scope: Scope,
  period: string,
): Promise<{ id: string; version: number; hash: string; asOf: Date } | undefined> {
  const line = await findNewest(scope, period);
  return line && { id: line.id, version: line.version, hash: line.hash, asOf: line.asOf };
}

/** All cells of a month by project, with what was in force for it; what lights, sums and tables are made of. */
export interface MonthCells {
  head: Pick<SnapshotHead, 'city' | 'period' | 'asOf' | 'day' | 'clock' | 'ruleSet'>;
  rows: readonly SnapshotRow[];
  snapshot: { id: string; version: number; hash: string } | null;
  missing: readonly Missing[];
}

/** The cells of a snapshot, byte for byte those that were frozen. Reach is not looked at. @throws Problem 404 */
export async function cellsOfSnapshot(scope: Scope, id: string): Promise<MonthCells> {
  const read = await readSnapshot(scope, id);
  const line = (await findLine(scope, id))!;
  return { head: read.head, rows: read.rows, snapshot: read.snapshot, missing: line.missing };
}

/** The same cells as they stand now, frozen or not: for a trial before the freeze. Reach is not looked at. */
export async function cellsOfNow(scope: Scope, period: string): Promise<MonthCells> {
  const read = await readAsOf(scope, period, scope.now);
  const missing = (await listUnfiled(scope, period)).filter((u) => u.state !== 'exempt');
  return { head: read.head, rows: read.rows, snapshot: null, missing: missing.map(({ filingId: _, ...u }) => u) };
}

/** Publishes a snapshot with what rests on it; one that is published already stays as it is. */
export async function publishSnapshot(scope: Scope, id: string, comment: string | null): Promise<void> {
  await insertPublication(scope, id, comment);
}

/** Every snapshot of a month, oldest first, with what was said when it restated another. Reach is not looked at. */
export async function snapshotsOf(
  scope: Scope,
  period: string,
): Promise<{ id: string; version: number; asOf: Date; publicNote: string | null }[]> {
  const notes = new Map((await listRestatements(scope, period)).map((r) => [r.newSnapshotId, r.publicNote]));
  const lines = await listSnapshots(scope, { period });
  return lines.map(({ id, version, asOf }) => ({ id, version, asOf, publicNote: notes.get(id) ?? null }));
}
