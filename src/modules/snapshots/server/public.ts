import type { Scope } from '#core/server/scope.ts';
import { findNewest } from './store.ts';

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
