import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { countPeriods, listChangedSince, listUnfiled, type PeriodCount } from '#modules/filings/server/public.ts';
import { rowsOf } from '../body.ts';
import type { Month, Restatement, Snapshot, TablePage } from '../contract.ts';
import type { SnapshotHead } from '../head.ts';
import { inTableOrder } from '../table.ts';
import { cityName } from './freeze.ts';
import { gather } from './gather.ts';
import { unpacked } from './hash.ts';
import { groupsOf, type Rendered } from './render.ts';
import {
  findLine,
  listRestatements,
  listSnapshots,
  type RestatementRow,
  readBytes,
  type SnapshotLine,
} from './store.ts';

export const noSnapshot = () => notFound({ zh: '快照', en: 'snapshot' });

export const presentSnapshot = (line: SnapshotLine): Snapshot => ({
  id: line.id,
  position: line.position,
  period: line.period,
  version: line.version,
  kind: line.publishedAt === null ? 'OPERATIONAL' : 'PUBLISHED',
  bodyHash: line.bodyHash,
  prevHash: line.prevHash,
  hash: line.hash,
  asOf: line.asOf.toISOString(),
  cellCount: line.cellCount,
  projectCount: line.projectCount,
  filedCount: line.filedCount,
  exemptCount: line.exemptCount,
  missingCount: line.missingCount,
  missing: line.missing,
  missingReason: line.missingReason,
  note: line.note,
  createdAt: line.createdAt.toISOString(),
  createdBy: line.createdByName,
  publishedAt: line.publishedAt?.toISOString() ?? null,
  publishedBy: line.publishedBy,
  comment: line.comment,
  replacedById: line.replacedById,
});

/** The months of a year in which something is to be filed, with their newest snapshot. */
export async function listMonths(scope: Scope, year: number): Promise<Month[]> {
  const counts = await countPeriods(scope, year);
  const newest = new Map((await listSnapshots(scope, { year })).map((line) => [line.period, line]));
  const changed = new Map(
    (
      await listChangedSince(
        scope,
        [...newest.values()].map((line) => ({ period: line.period, at: line.asOf })),
      )
    ).map((c) => [c.period, c.projects]),
  );
  return counts.map((count) => monthOf(scope, count, newest.get(count.period), changed.get(count.period) ?? 0));
}

function monthOf(scope: Scope, count: PeriodCount, line: SnapshotLine | undefined, changed: number): Month {
  // What was accepted after the freeze is not frozen yet: filings that came late, and corrections.
  const late = line ? count.filed - count.frozen - count.correcting : 0;
  const changedSince = line ? Math.max(changed, late) : 0;
  const mayFreeze = scope.can('snapshots.freeze');
  const isDue = count.period <= scope.today.slice(0, 7) && count.filed > 0;
  return {
    ...count,
    snapshot: line ? presentSnapshot(line) : null,
    changedSince,
    allowed: !mayFreeze
      ? []
      : line
        ? [
            ...(changedSince > 0 ? ['restate' as const] : []),
            ...(line.publishedAt === null ? ['publish' as const] : []),
          ]
        : isDue
          ? ['freeze']
          : [],
  };
}

export async function monthPage(scope: Scope, period: string) {
  const month = (await listMonths(scope, Number(period.slice(0, 4)))).find((m) => m.period === period);
  if (!month) throw notFound({ zh: '填报期', en: 'reporting month' });
  const lines = await listSnapshots(scope, { period });
  const unfiled = (await listUnfiled(scope, period)).map(({ filingId: _, ...u }) => u);
  return {
    month,
    snapshots: lines.map(presentSnapshot).reverse(),
    restatements: (await listRestatements(scope, period)).map((row) => presentRestatement(row, lines)),
    unfiled,
  };
}

function presentRestatement(row: RestatementRow, lines: readonly SnapshotLine[]): Restatement {
  const version = (id: string) => lines.find((line) => line.id === id)?.version ?? 0;
  return {
    id: row.id,
    period: row.period,
    cause: row.cause,
    publicNote: row.publicNote,
    document: row.document,
    correctionIds: row.correctionIds,
    oldSnapshotId: row.oldSnapshotId,
    newSnapshotId: row.newSnapshotId,
    oldVersion: version(row.oldSnapshotId),
    newVersion: version(row.newSnapshotId),
    changedCount: row.changedCount,
    changed: row.changed,
    approvedBy: row.approvedByName,
    at: row.at.toISOString(),
  };
}

/** The cells of a snapshot, ready to be rendered. @throws Problem 404 */
export async function readSnapshot(scope: Scope, id: string): Promise<Rendered & { head: SnapshotHead }> {
  const line = await findLine(scope, id);
  if (!line) throw noSnapshot();
  const { body } = await unpacked(await readBytes(scope, id));
  return {
    head: JSON.parse(line.head) as SnapshotHead,
    rows: rowsOf(body),
    snapshot: { id, version: line.version, hash: line.hash, prevHash: line.prevHash },
  };
}

/** The cells of a month as they were at a past moment, frozen or not. */
export async function readAsOf(scope: Scope, period: string, moment: Date): Promise<Rendered & { head: Shown }> {
  const { rows, day, clock, ruleSet } = await gather(scope, period, moment, { isPast: moment < scope.now });
  return {
    head: { city: await cityName(scope), period, asOf: moment.toISOString(), day, clock, ruleSet },
    rows,
    snapshot: null,
  };
}
type Shown = Pick<SnapshotHead, 'city' | 'period' | 'asOf' | 'clock' | 'ruleSet' | 'day'>;

/** Projects shown on the page; the whole table is the file. */
const shownRows = 60;

export function tablePage(what: Rendered & { head: Shown }): TablePage {
  const { head, snapshot } = what;
  const { counties, total } = groupsOf(what);
  const rows = inTableOrder(what.rows);
  return {
    period: head.period,
    asOf: head.asOf,
    day: head.day,
    clock: { n: head.clock.n, d: head.clock.d, shown: head.clock.shown },
    ruleSet: { zh: head.ruleSet.zh, en: head.ruleSet.en, version: head.ruleSet.version },
    snapshotId: snapshot?.id ?? null,
    total,
    counties,
    rowCount: rows.length,
    rows: rows.slice(0, shownRows).map((row) => ({
      id: row.id,
      serial: Number(row.serial),
      name: String(row.name),
      demo: row.demo === true,
      countyName: row.countyName as string | null,
      light: row.light as string | null,
      yearPlanYuan: row.yearPlanYuan as number | null,
      monthYuan: row.monthYuan as number | null,
      yearDoneYuan: row.yearDoneYuan as number | null,
      gapPoints: row.gapPoints as number | null,
      filingState: row.filingState as string | null,
    })),
  };
}
