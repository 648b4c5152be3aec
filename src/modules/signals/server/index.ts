import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit, type OutboxEvent } from '#core/server/events.ts';
import { defineServerModule } from '#core/server/http.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { isExplanation } from '#modules/filings/server/public.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { type Finding, signals } from '../contract.ts';
import {
  countFindings,
  type FindingRow,
  insertFindingEvent,
  listFindings,
  lockFinding,
  setAnswer,
} from './finding-store.ts';
import { listLiveProjects, lookAt } from './look.ts';
import { listUnseen, seePictures } from './pictures.ts';
import { getThresholds, insertThresholds, listThresholds, type ThresholdRow } from './threshold-store.ts';

function present(scope: Scope, row: FindingRow): Finding {
  const { ownerUnitId, leadUnitId, commandUnitId, countyUnitId, ...finding } = row;
  const state = row.settledAt !== null ? 'settled' : row.explainedAt !== null ? 'explained' : 'open';
  const allowed: Finding['allowed'] = [];
  if (row.endedOn === null) {
    if (state !== 'settled' && scope.can('signals.explain')) allowed.push('explain');
    // Whoever explained it does not judge the explanation.
    if (state === 'explained' && scope.can('signals.settle') && row.explainedById !== scope.actor.id)
      allowed.push('settle', 'reopen');
  }
  return {
    id: finding.id,
    projectId: finding.projectId,
    projectName: finding.projectName,
    demo: finding.demo,
    unitName: finding.unitName,
    countyName: finding.countyName,
    code: finding.code,
    period: finding.period,
    sentence: finding.sentence,
    figures: finding.figures,
    thresholds: finding.thresholds,
    foundOn: finding.foundOn,
    endedOn: finding.endedOn,
    state,
    explanation: finding.explanation,
    explainedBy: finding.explainedBy,
    explainedAt: finding.explainedAt?.toISOString() ?? null,
    settledNote: finding.settledNote,
    settledBy: finding.settledBy,
    settledAt: finding.settledAt?.toISOString() ?? null,
    allowed,
  };
}

const presentThresholds = ({ at, ...row }: ThresholdRow) => ({ ...row, at: at?.toISOString() ?? null });

async function getOpen(scope: Scope, permission: string, id: string): Promise<FindingRow> {
  const row = await lockFinding(scope, permission, id);
  if (!row) throw notFound({ zh: '提示', en: 'finding' });
  if (row.endedOn !== null)
    throw conflict('finding_ended', {
      zh: '数据已变化，这条提示不再成立，不需要说明',
      en: 'The figures have changed and no longer say this: nothing needs to be explained',
    });
  return row;
}

async function answered(
  scope: Scope,
  row: FindingRow,
  event: 'explained' | 'settled' | 'reopened',
  text: string,
): Promise<Finding> {
  await insertFindingEvent(scope, row.id, event, text);
  audited(scope, { subject: 'signals.finding', id: row.id, after: { event, text } });
  const unitIds = [row.ownerUnitId, row.leadUnitId, row.commandUnitId, row.countyUnitId].filter((id) => id !== null);
  await emit(scope, { topic: `signals.${event}`, projectId: row.projectId, unitIds, data: { code: row.code } });
  return present(scope, (await listFindings(scope, 'signals.read', { id: row.id, withEnded: true }))[0]!);
}

/** One project by name at once; many, or none named: all of them in pieces, once. */
async function follow(scope: Scope, event: OutboxEvent): Promise<void> {
  if (event.projectId === null) return enqueue(scope, 'signals.lookAtAll', {}, { key: `signals ${scope.cityId}` });
  await seePictures(scope, await listUnseen(scope, [event.projectId], 30));
  await lookAt(scope, [event.projectId]);
}

const pieceSize = 500;

async function lookAtAll(run: JobRun): Promise<void> {
  for (;;) {
    const seen = await run.transaction(async (scope) => {
      const files = await listUnseen(scope, 'all', 50);
      await seePictures(scope, files);
      return files.length;
    });
    if (seen < 50 || run.signal.aborted) break;
  }
  for (let after: string | null = null; !run.signal.aborted; ) {
    const from: string | null = after;
    const ids = await run.transaction(async (scope) => {
      const piece = await listLiveProjects(scope, from, pieceSize);
      await lookAt(scope, piece);
      return piece;
    });
    if (ids.length < pieceSize) break;
    after = ids.at(-1)!;
  }
}

export default defineServerModule(signals, {
  handlers: {
    board: async (scope, { offset, limit, ...filter }) => {
      const { counts } = await countFindings(scope, 'signals.read', { ...filter, code: undefined, state: undefined });
      const chosen = await countFindings(scope, 'signals.read', filter);
      const rows = await listFindings(scope, 'signals.read', filter, { offset, limit });
      return {
        counts,
        projects: chosen.projects,
        total: chosen.counts.reduce((n, c) => n + c.open + c.explained + c.settled, 0),
        findings: rows.map((row) => present(scope, row)),
        thresholds: presentThresholds(await getThresholds(scope)),
        allowed: scope.can('signals.thresholds') ? ['thresholds' as const] : [],
      };
    },
    ofProject: async (scope, { projectId }) => {
      await getProject(scope, projectId, 'signals.read');
      const rows = await listFindings(scope, 'signals.read', { projectId, withEnded: true });
      return rows.map((row) => present(scope, row));
    },
    explain: async (scope, { id, explanation }) => {
      const row = await getOpen(scope, 'signals.explain', id);
      if (row.settledAt !== null)
        throw conflict('already_settled', { zh: '这条提示已经核定', en: 'This finding is settled already' });
      if (!isExplanation(explanation))
        throw invalid(
          'explanation_needed',
          {
            zh: '请用不少于 10 个字说明原因，不能只写“核实无误”',
            en: 'Explain it in at least ten characters; “checked” alone is no explanation',
          },
          'explanation',
        );
      await setAnswer(scope, id, { explanation });
      return answered(scope, row, 'explained', explanation);
    },
    settle: async (scope, { id, note }) => {
      const row = await getOpen(scope, 'signals.settle', id);
      checkJudge(scope, row);
      await setAnswer(scope, id, { settledNote: note });
      return answered(scope, row, 'settled', note);
    },
    reopen: async (scope, { id, note }) => {
      const row = await getOpen(scope, 'signals.settle', id);
      checkJudge(scope, row);
      await setAnswer(scope, id, { explanation: null });
      return answered(scope, row, 'reopened', note);
    },
    thresholdVersions: async (scope) => (await listThresholds(scope)).map(presentThresholds),
    setThresholds: async (scope, { basedOn, thresholds, reason }) => {
      const now = await getThresholds(scope);
      if (now.version !== basedOn)
        throw conflict('thresholds_changed', {
          zh: `${now.actorName ?? '他人'}已改为第 ${now.version} 版，请刷新后再改`,
          en: `${now.actorName ?? 'Somebody'} has made version ${now.version}: reload, then change it`,
        });
      await insertThresholds(scope, now.version + 1, thresholds, reason);
      audited(scope, {
        subject: 'signals.thresholds',
        id: String(now.version + 1),
        before: { ...now.thresholds },
        after: { ...thresholds, reason },
      });
      await enqueue(scope, 'signals.lookAtAll', {}, { key: `signals ${scope.cityId}` });
      return presentThresholds(await getThresholds(scope));
    },
  },
  on: {
    'filings.accepted': follow,
    'filings.corrected': follow,
    'funding.changed': follow,
    'projects.changed': follow,
  },
  jobs: { lookAtAll },
  // 00:20 in Shanghai, after the lights: weeks without a picture grow by the day.
  cron: { lookAtAll: '20 16 * * *' },
});

function checkJudge(scope: Scope, row: FindingRow): void {
  if (row.explainedAt === null)
    throw conflict('not_explained', {
      zh: '还没有说明，不能核定。请先让责任单位说明',
      en: 'There is no explanation to judge yet: let the unit explain it first',
    });
  if (row.explainedById === scope.actor.id)
    throw conflict('own_explanation', {
      zh: '说明人不能核定自己的说明，请由他人核定',
      en: 'Who explained it cannot judge the explanation: somebody else must',
    });
}
