import type { Scope } from '#core/server/scope.ts';
import { rowsOf } from '../body.ts';
import type { ChainCheck } from '../contract.ts';
import { noHash, type SnapshotHead } from '../head.ts';
import { chainHash, sha256, unpacked } from './hash.ts';
import { csvOf } from './render.ts';
import { listSnapshots, readBytes, type SnapshotLine } from './store.ts';

type Broken = NonNullable<ChainCheck['broken']>;

/**
 * Recomputes every hash of the chain from its beginning and names the first snapshot that is no longer what it was: its
 * cells, what was said beside them, its link to the one before, or one that is gone. Also tells which tables this program
 * would print otherwise than they were printed when they were frozen.
 */
export async function verifyChain(scope: Scope): Promise<ChainCheck> {
  const lines = await listSnapshots(scope);
  const otherTables: ChainCheck['otherTables'] = [];
  let prevHash = noHash;
  for (const [i, line] of lines.entries()) {
    const what = line.position !== i + 1 ? 'gap' : await faultOf(scope, line, prevHash, otherTables);
    const { id, position, period, version } = line;
    if (what) return { count: lines.length, broken: { id, position, period, version, what }, otherTables };
    prevHash = line.hash;
  }
  return { count: lines.length, broken: null, otherTables };
}

async function faultOf(
  scope: Scope,
  line: SnapshotLine,
  prevHash: string,
  otherTables: ChainCheck['otherTables'],
): Promise<Broken['what'] | null> {
  const read = await unpacked(await readBytes(scope, line.id)).catch(() => null);
  if (read?.hash !== line.bodyHash) return 'body';
  if (line.prevHash !== prevHash) return 'link';
  if (chainHash(line.prevHash, line.bodyHash, line.head) !== line.hash || !saysTheSame(line)) return 'head';
  const head = JSON.parse(line.head) as SnapshotHead;
  const table = csvOf({ head, rows: rowsOf(read.body), snapshot: line }, 'zh');
  if (sha256(table) !== line.tableHash) otherTables.push({ id: line.id, period: line.period, version: line.version });
  return null;
}

/** The columns that lists read must say what the hashed head says. */
function saysTheSame(line: SnapshotLine): boolean {
  const head = JSON.parse(line.head) as SnapshotHead;
  return (
    head.id === line.id &&
    head.position === line.position &&
    head.period === line.period &&
    head.version === line.version &&
    head.asOf === line.asOf.toISOString() &&
    head.counts.projects === line.projectCount &&
    head.counts.filed === line.filedCount &&
    head.counts.missing === line.missingCount &&
    head.missingReason === line.missingReason &&
    head.createdBy === line.createdByName
  );
}
