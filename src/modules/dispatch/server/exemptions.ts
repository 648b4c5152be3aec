import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { getProject, partiesOf } from '#modules/projects/server/public.ts';
import type { Exemption } from '../contract.ts';
import {
  type ExemptionRow,
  endExemption as end,
  insertExemption,
  listExemptions,
  lockExemption,
  setDecision,
} from './exemption-store.ts';
import { recomputeProjects } from './standing.ts';

export const presentExemption = (
  scope: Scope,
  { fromDay, untilDay, at, decidedAt, actorId, ...row }: ExemptionRow,
): Exemption => ({
  ...row,
  from: fromDay,
  until: untilDay,
  at: at.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  allowed: !scope.can('dispatch.approveExemption')
    ? []
    : row.state === 'requested'
      ? // Nobody approves what they asked for themselves.
        actorId === scope.actor.id
        ? []
        : ['decide']
      : row.state === 'approved' && row.endedOn === null && untilDay >= scope.today
        ? ['end']
        : [],
});

const getExemption = async (scope: Scope, projectId: string, id: string): Promise<Exemption> =>
  presentExemption(scope, (await listExemptions(scope, projectId)).find((e) => e.id === id)!);

/** Asks for an exemption. @throws Problem 404 project out of reach, 422 until_past */
export async function requestExemption(
  scope: Scope,
  {
    projectId,
    ruleCode,
    reason,
    until,
    from = scope.today,
  }: { projectId: string; ruleCode: string | null; reason: string; until: Day; from?: Day | undefined },
): Promise<Exemption> {
  const project = await getProject(scope, projectId, 'dispatch.exempt');
  if (until < from || until < scope.today)
    throw invalid(
      'until_past',
      { zh: '到期日不能早于今天或开始日', en: 'The last day lies before today or before the first' },
      'until',
    );
  const id = await insertExemption(scope, { projectId, ruleCode, reason, fromDay: from, untilDay: until });
  audited(scope, { subject: 'dispatch.exemption', id, after: { projectId, ruleCode, reason, from, until } });
  await emit(scope, {
    topic: 'dispatch.exemptionRequested',
    projectId,
    unitIds: partiesOf(project),
    data: { id, until },
  });
  return getExemption(scope, projectId, id);
}

/**
 * Approves or refuses what somebody else asked for. Approved, it counts at once.
 * @throws Problem 404 out of reach, 409 own_request, already_decided, 422 until_past
 */
export async function decideExemption(
  scope: Scope,
  { id, decision, note }: { id: string; decision: 'approve' | 'refuse'; note: string | null },
): Promise<Exemption> {
  const row = await lockExemption(scope, id, 'dispatch.approveExemption');
  if (!row) throw notFound({ zh: '豁免申请', en: 'request' });
  if (row.state !== 'requested')
    throw conflict('already_decided', {
      zh: '这项申请已经处理，请刷新后查看',
      en: 'This request has been decided. Refresh to see it',
    });
  if (row.actorId === scope.actor.id)
    throw conflict('own_request', {
      zh: '申请人不能批准自己的申请，请由他人批准',
      en: 'Nobody decides on their own request: ask somebody else',
    });
  if (decision === 'approve' && row.untilDay < scope.today)
    throw invalid(
      'until_past',
      { zh: '申请的到期日已过，请退回后重新申请', en: 'Its last day has passed: refuse it and ask anew' },
      'id',
    );
  await setDecision(scope, id, { state: decision === 'approve' ? 'approved' : 'refused', note });
  audited(scope, { subject: 'dispatch.exemption', id, after: { decision, note } });
  const project = await getProject(scope, row.projectId, 'dispatch.approveExemption');
  await emit(scope, {
    topic: decision === 'approve' ? 'dispatch.exempted' : 'dispatch.exemptionRefused',
    projectId: row.projectId,
    unitIds: partiesOf(project),
    data: { until: row.untilDay },
  });
  if (decision === 'approve') await recomputeProjects(scope, [row.projectId]);
  return getExemption(scope, row.projectId, id);
}

/** Ends one that is in force, from today on. @throws Problem 409 not_running */
export async function endExemption(scope: Scope, { id, reason }: { id: string; reason: string }): Promise<Exemption> {
  if (!(await end(scope, id, reason)))
    throw conflict('not_running', {
      zh: '这项豁免不存在或已经结束',
      en: 'This exemption does not exist or is over',
    });
  const row = (await lockExemption(scope, id, 'dispatch.approveExemption'))!;
  audited(scope, { subject: 'dispatch.exemption', id, after: { endedOn: scope.today, reason } });
  await recomputeProjects(scope, [row.projectId]);
  return getExemption(scope, row.projectId, id);
}
