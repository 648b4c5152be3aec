import { sql } from 'kysely';
import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { countPeriods, listChangedSince } from '#modules/filings/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { findSnapshotOf } from '#modules/snapshots/server/public.ts';
import type { EditionBody, EditionProject } from '../body.ts';
import type { EditionHead, MonthLine, Run } from '../contract.ts';
import { type EditionLine, listEditions, listTrials, type RunRow } from './store.ts';

const words = { zh: '月度调度', en: 'edition' };

export const presentRun = (row: RunRow): Run => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  step: row.step,
  stepsDone: row.stepsDone,
  stepsTotal: row.stepsTotal,
  problem: row.problem,
  result: row.result,
  askedAt: row.askedAt.toISOString(),
  askedByName: row.askedByName,
  endedAt: row.endedAt?.toISOString() ?? null,
});

export const presentHead = (line: EditionLine): EditionHead => ({
  id: line.id,
  period: line.period,
  version: line.version,
  hash: line.hash,
  bodyHash: line.bodyHash,
  prevHash: line.prevHash,
  snapshotId: line.snapshotId,
  note: line.note,
  sealedAt: line.sealedAt.toISOString(),
  sealedByName: line.sealedByName,
  publishedAt: line.publishedAt?.toISOString() ?? null,
  publishedByName: line.publishedByName,
  comment: line.comment,
});

export const mayPrepare = (scope: Scope): boolean => scope.can('editions.prepare');

/** An edition that the caller may see: those who prepare see all, others what is published. @throws Problem 404 */
export async function getEdition(scope: Scope, period: string, version: number): Promise<EditionLine> {
  const [line] = await listEditions(scope, { period, version });
  if (!line || (line.publishedAt === null && !mayPrepare(scope))) throw notFound(words);
  return line;
}

/**
 * What of a body a caller may read. Published tables are everybody's; names of projects that miss a filing, matters that
 * are overdue and the rows of projects are for those within whose reach they lie.
 */
export async function readable(scope: Scope, body: EditionBody): Promise<EditionBody> {
  if (mayPrepare(scope) || scope.reach('editions.read').all) return body;
  const own = await ownProjects(scope, body.projects);
  const ownIds = new Set(own.map((p) => p.id));
  return {
    ...body,
    projects: own,
    completeness: { ...body.completeness, missing: body.completeness.missing.filter((m) => ownIds.has(m.id)) },
    matters: { ...body.matters, latest: [] },
  };
}

async function ownProjects(scope: Scope, rows: readonly EditionProject[]): Promise<EditionProject[]> {
  const { rows: own } = await sql<{ id: string }>`
    select p.id from projects.pub_project p where p.city_id = ${scope.cityId} and ${withinReach(scope, 'editions.read')}`.execute(
    scope.db,
  );
  const ids = new Set(own.map((row) => row.id));
  return rows.filter((row) => ids.has(row.id));
}

/** Filings of a month that changed since its snapshot was taken; 0 while it is open. */
export async function countChangedSince(scope: Scope, period: string): Promise<number> {
  const snapshot = await findSnapshotOf(scope, period);
  if (!snapshot) return 0;
  const [changed] = await listChangedSince(scope, [{ period, at: snapshot.asOf }]);
  return changed?.projects ?? 0;
}

/** The months of a year in which something is filed, and how far each has come. Others than preparers see published ones. */
export async function listMonths(scope: Scope, year: number): Promise<MonthLine[]> {
  const isPreparer = mayPrepare(scope);
  const lines = await listEditions(scope, { year });
  const trials = new Set((await listTrials(scope, year)).map((t) => t.period));
  const counts = await countPeriods(scope, year);
  const snapshots = await Promise.all(
    counts.map(async ({ period }) => ({ period, at: (await findSnapshotOf(scope, period))?.asOf })),
  );
  const changed = await listChangedSince(
    scope,
    snapshots.flatMap(({ period, at }) => (at ? [{ period, at }] : [])),
  );
  const months = counts.map(({ period, total, filed }): MonthLine => {
    const editions = lines.filter((line) => line.period === period);
    const visible = editions.filter((line) => isPreparer || line.publishedAt !== null);
    const newest = visible.at(-1);
    const isChanged = (changed.find((c) => c.period === period)?.projects ?? 0) > 0;
    return {
      period,
      due: total,
      filed,
      state: newest
        ? newest.publishedAt === null
          ? 'sealed'
          : isChanged && isPreparer
            ? 'changed'
            : 'published'
        : trials.has(period)
          ? 'trial'
          : 'open',
      editions: visible.length,
      newest: newest?.version ?? null,
      publishedAt: newest?.publishedAt?.toISOString() ?? null,
    };
  });
  return isPreparer ? months : months.filter((m) => m.editions > 0).map((m) => ({ ...m, due: 0, filed: 0 }));
}
