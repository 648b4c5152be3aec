import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import { fileReply } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { listUnfiled } from '#modules/filings/server/public.ts';
import { findSnapshotOf, freezePeriod, restatePeriod } from '#modules/snapshots/server/public.ts';
import { editionChanges } from '../changes.ts';
import { editions, type Run } from '../contract.ts';
import { checklist, listUnitFilings } from './checklist.ts';
import { stepCount } from './collect.ts';
import { computeRun } from './compute.ts';
import { countChangedSince, getEdition, listMonths, mayPrepare, presentHead, presentRun, readable } from './present.ts';
import {
  findNewestRun,
  findTrial,
  insertRun,
  listEditions,
  type RunRow,
  readBody,
  readText,
  verifyEditions,
} from './store.ts';

const future = (period: string) =>
  invalid('future_month', { zh: `${period} 还没有开始`, en: `${period} has not begun` }, 'period');

/** Puts a run in the queue. @throws Problem 409 running */
async function ask(scope: Scope, run: Parameters<typeof insertRun>[1]): Promise<Run> {
  const made = await insertRun(scope, run);
  if (!made)
    throw conflict('running', {
      zh: `${run.period} 正在计算，请等它完成`,
      en: `${run.period} is being worked out; wait for it`,
    });
  await enqueue(scope, 'editions.compute', { runId: made.id }, { tries: 3 });
  audited(scope, { subject: 'editions.run', id: made.id, after: { period: run.period, kind: run.kind } });
  return presentRun(made as RunRow);
}

/** The snapshot to seal: a new one, a restated one after changes, or the newest when it has no edition yet. */
async function snapshotFor(
  scope: Scope,
  { period, missingReason, note, restatement }: Parameters<typeof seal>[1],
): Promise<string> {
  const found = await findSnapshotOf(scope, period);
  if (!found) return (await freezePeriod(scope, period, { missingReason, note })).id;
  const changed = await countChangedSince(scope, period);
  if (changed === 0) return found.id;
  if (restatement === null || note === null)
    throw invalid(
      'restatement_needed',
      {
        zh: `冻结以后有 ${changed} 份填报更正，请写明更正原因、依据文件和公开说明，形成新的一版`,
        en: `${changed} filings changed since the freeze: give cause, document and a public note for a new edition`,
      },
      'restatement',
    );
  return (await restatePeriod(scope, period, { ...restatement, publicNote: note, missingReason })).id;
}

async function seal(
  scope: Scope,
  input: {
    period: string;
    missingReason: string | null;
    note: string | null;
    restatement: { cause: 'ROUTINE' | 'ERROR' | 'CALIBER' | 'PERIMETER' | 'LAW'; document: string } | null;
  },
): Promise<Run> {
  const before = (await listEditions(scope, { period: input.period })).at(-1);
  if (before && input.note === null)
    throw invalid(
      'note_needed',
      {
        zh: `${input.period} 已有第 ${before.version} 版；再出一版须写明说明`,
        en: `${input.period} has edition ${before.version}; another one needs a note`,
      },
      'note',
    );
  const snapshotId = await snapshotFor(scope, input);
  return ask(scope, {
    period: input.period,
    kind: 'seal',
    snapshotId,
    note: before ? input.note : null,
    stepsTotal: stepCount,
  });
}

export default defineServerModule(editions, {
  handlers: {
    months: async (scope, { year = yearOf(scope.today) }) => ({
      year,
      months: await listMonths(scope, year),
      canPrepare: mayPrepare(scope),
    }),

    month: async (scope, { period }) => {
      const units = await listUnitFilings(scope, period);
      const [run, trial, lines, changedSince] = [
        await findNewestRun(scope, period),
        await findTrial(scope, period),
        await listEditions(scope, { period }),
        await countChangedSince(scope, period),
      ];
      const unfiled = (await listUnfiled(scope, period)).filter((u) => u.state !== 'exempt');
      const isDue = period <= scope.today.slice(0, 7);
      const mayCompute = scope.can('editions.compute') && isDue;
      const hasSnapshot = (await findSnapshotOf(scope, period)) !== undefined;
      return {
        period,
        checks: await checklist(scope, period, units),
        units,
        run: run ? presentRun(run) : null,
        trial: trial
          ? {
              turn: trial.turn,
              computedAt: trial.computedAt.toISOString(),
              bodyHash: trial.bodyHash,
              body: withoutProjects(trial.body),
            }
          : null,
        editions: lines.map(presentHead).reverse(),
        changedSince,
        needs: {
          missingReason: unfiled.length > 0 && (!hasSnapshot || changedSince > 0),
          restatement: hasSnapshot && changedSince > 0,
        },
        allowed: mayCompute
          ? [
              'compute' as const,
              ...(units.some((u) => u.accepted > 0) ? ['freeze' as const] : []),
              ...(lines.length > 0 ? ['replay' as const] : []),
            ]
          : [],
      };
    },

    compute: (scope, { period }) => {
      if (period > scope.today.slice(0, 7)) throw future(period);
      return ask(scope, { period, kind: 'trial', stepsTotal: stepCount });
    },

    freeze: (scope, input) => {
      if (input.period > scope.today.slice(0, 7)) throw future(input.period);
      return seal(scope, input);
    },

    replay: async (scope, { period, version }) => {
      const line = await getEdition(scope, period, version);
      const { id: editionId, snapshotId } = line;
      return ask(scope, { period, kind: 'replay', snapshotId, editionId, stepsTotal: stepCount });
    },

    edition: async (scope, { period, version }) => {
      const line = await getEdition(scope, period, version);
      const body = await readBody(scope, line.id);
      const lines = (await listEditions(scope, { period })).filter((l) => mayPrepare(scope) || l.publishedAt !== null);
      const before = lines.filter((l) => l.version < version).at(-1);
      const changes = before
        ? editionChanges(await readable(scope, await readBody(scope, before.id)), await readable(scope, body))
        : [];
      return {
        head: presentHead(line),
        body: withoutProjects(await readable(scope, body)),
        newest: lines.at(-1)!.version,
        changes: changes.slice(0, 400),
      };
    },

    projects: async (scope, { period, version, light, county, turned, offset, limit }) => {
      const line = await getEdition(scope, period, version);
      const { projects } = await readable(scope, await readBody(scope, line.id));
      const rows = projects.filter(
        (p) =>
          (light === undefined || p.light === light) &&
          (county === undefined || p.county === county) &&
          (!turned || (p.previousLight !== null && p.previousLight !== p.light)),
      );
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },

    text: async (scope, { period, version }) => {
      const line = await getEdition(scope, period, version);
      return fileReply({
        name: `${period} v${version} ${line.hash.slice(0, 12)}.json`,
        type: 'application/json; charset=utf-8',
        body: new TextEncoder().encode(await readText(scope, line.id)),
      });
    },

    verify: (scope) => verifyEditions(scope),
  },
  jobs: { compute: computeRun },
});

const withoutProjects = <T extends { projects: unknown }>({ projects: _, ...rest }: T): Omit<T, 'projects'> => rest;
