import { sql } from 'kysely';
import { conflict, invalid } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { freezeFilings, listChangedSince, listUnfiled, type Unfiled } from '#modules/filings/server/public.ts';
import { bodyOf, cellCount, changesBetween } from '../body.ts';
import type { RestatementCause } from '../contract.ts';
import type { SnapshotHead } from '../head.ts';
import { gather } from './gather.ts';
import { chainHash, packed, sha256, unpacked } from './hash.ts';
import { csvOf } from './render.ts';
import {
  findLine,
  findNewest,
  insertRestatement,
  insertSnapshot,
  lockChain,
  type Missing,
  readBytes,
  type SnapshotLine,
} from './store.ts';

export interface FreezeOptions {
  /** Why the month is frozen although filings are missing. */
  missingReason?: string | null;
  note?: string | null;
  /** For months that are loaded afterwards: the moment at which they were frozen. */
  at?: Date;
  /** Who froze a month that is loaded afterwards. */
  byName?: string;
}

const missingOf = (u: Unfiled): Missing => ({
  projectId: u.projectId,
  projectName: u.projectName,
  unitName: u.unitName,
  state: u.state,
  reason: u.reason,
});

/**
 * Freezes a month: its accepted filings become `frozen`, and all its cells are kept under a hash that is chained to the
 * snapshot before. Some 20,000 filings in a few seconds: a handful of statements whatever the number.
 * @throws Problem 409 already_frozen, 422 nothing_filed, future_month, missing_filings
 */
export async function freezePeriod(scope: Scope, period: string, options: FreezeOptions = {}): Promise<SnapshotLine> {
  // The lock comes first: of two who freeze at once the second sees the snapshot of the first.
  const link = await lockChain(scope);
  if (await findNewest(scope, period))
    throw conflict('already_frozen', {
      zh: `${period} 已经冻结；有更正的请重述`,
      en: `${period} is frozen already: restate it when something was corrected`,
    });
  return take(scope, period, 1, link, options);
}

async function take(
  scope: Scope,
  period: string,
  version: number,
  link: { position: number; prevHash: string },
  { missingReason = null, note = null, at = scope.now, byName = scope.actor.name }: FreezeOptions,
): Promise<SnapshotLine> {
  const today = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  if (period > today.slice(0, 7))
    throw invalid('future_month', { zh: `${period} 还没有开始，不能冻结`, en: `${period} has not begun` }, 'period');
  const unfiled = await listUnfiled(scope, period);
  const missing = unfiled.filter((u) => u.state !== 'exempt').map(missingOf);
  if (missing.length > 0 && missingReason === null)
    throw invalid(
      'missing_filings',
      {
        zh: `还有 ${missing.length} 份填报没有审核通过；要先冻结，请写明理由`,
        en: `${missing.length} filings are not accepted; to freeze nevertheless, say why`,
      },
      'missingReason',
      { missing },
    );
  await freezeFilings(scope, period, at);
  const gathered = await gather(scope, period, at);
  const filed = gathered.rows.filter((row) => row.filingState === 'accepted').length;
  if (filed === 0)
    throw invalid(
      'nothing_filed',
      { zh: `${period} 没有已审核的填报`, en: `Nothing is accepted in ${period}` },
      'period',
    );
  const body = bodyOf(gathered.rows);
  const { bytes, hash: bodyHash } = await packed(body);
  const exempt = unfiled.length - missing.length;
  const id = newId();
  const head: SnapshotHead = {
    format: 1,
    id,
    position: link.position,
    city: await cityName(scope),
    period,
    version,
    asOf: at.toISOString(),
    day: gathered.day,
    clock: gathered.clock,
    ruleSet: gathered.ruleSet,
    counts: { projects: body.rows.length, filed, exempt, missing: missing.length },
    missingReason: missing.length > 0 ? missingReason : null,
    note,
    createdBy: byName,
    createdAt: at.toISOString(),
  };
  const headText = JSON.stringify(head);
  const hash = chainHash(link.prevHash, bodyHash, headText);
  const snapshot = { id, version, hash, prevHash: link.prevHash };
  await insertSnapshot(scope, {
    ...snapshot,
    position: link.position,
    period,
    head: headText,
    body: bytes,
    bodyHash,
    tableHash: sha256(csvOf({ head, rows: gathered.rows, snapshot }, 'zh')),
    asOf: at,
    cellCount: cellCount(body),
    projectCount: body.rows.length,
    filedCount: filed,
    exemptCount: exempt,
    missingCount: missing.length,
    missing,
    missingReason: head.missingReason,
    note,
    createdAt: at,
    createdBy: scope.actor.id,
    createdByName: byName,
  });
  await emit(scope, { topic: 'snapshots.frozen', unitIds: [], data: { period, version, snapshotId: id } });
  return (await findLine(scope, id))!;
}

export interface RestateOptions extends FreezeOptions {
  cause: RestatementCause;
  publicNote: string;
  document: string;
}

/** Changed cells kept beside a restatement; all of them follow from the two snapshots. */
const keptChanges = 500;

/**
 * Freezes a frozen month anew after corrections: a new version at the end of the chain, and a record that leads from the
 * old one to it with cause, document and public note. The old snapshot is not touched.
 * @throws Problem 409 not_frozen, nothing_changed; those of a freeze
 */
export async function restatePeriod(scope: Scope, period: string, options: RestateOptions): Promise<SnapshotLine> {
  const link = await lockChain(scope);
  const old = await findNewest(scope, period);
  if (!old)
    throw conflict('not_frozen', {
      zh: `${period} 还没有冻结，直接冻结即可`,
      en: `${period} is not frozen yet: freeze it instead`,
    });
  const made = await take(scope, period, old.version + 1, link, options);
  if (made.bodyHash === old.bodyHash)
    throw conflict('nothing_changed', {
      zh: `${period} 冻结以后没有变化，不用重述`,
      en: `Nothing of ${period} has changed since it was frozen`,
    });
  const [before, after] = [
    await unpacked(await readBytes(scope, old.id)),
    await unpacked(await readBytes(scope, made.id)),
  ];
  const changed = changesBetween(before.body, after.body);
  const [since] = await listChangedSince(scope, [{ period, at: old.asOf }]);
  await insertRestatement(scope, {
    period,
    cause: options.cause,
    publicNote: options.publicNote,
    document: options.document,
    correctionIds: since?.correctionIds ?? [],
    oldSnapshotId: old.id,
    newSnapshotId: made.id,
    changedCount: changed.length,
    changed: changed.slice(0, keptChanges),
    approvedBy: scope.actor.id,
    approvedByName: options.byName ?? scope.actor.name,
    at: options.at ?? scope.now,
  });
  await emit(scope, {
    topic: 'snapshots.restated',
    unitIds: [],
    data: { period, cause: options.cause, oldSnapshotId: old.id, newSnapshotId: made.id, changed: changed.length },
  });
  return made;
}

/** The name printed over every table. */
export async function cityName(scope: Scope): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from core.city where id = ${scope.cityId}`.execute(scope.db);
  return rows[0]?.name ?? '';
}
