import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { getMatter, recordNote, speaksFor } from '#modules/ledger/server/public.ts';
import type { ProposalRow, SheetRow } from '../shapes.ts';
import { isUrged, type Proposal } from '../sheet.ts';
import { listConclusions, presentConclusion } from './conclusions.ts';
import {
  type ApprovalRow,
  listApprovals,
  listExcuses,
  listFacts,
  type MatterFacts,
  proposalsOf,
  refOf,
} from './facts.ts';
import { approveSheets } from './issue.ts';
import { getLeader, listLeaders } from './leaders.ts';
import { listObjections, objectingUnit } from './objections.ts';
import { getSheet, listSheets, lockSheet } from './sheet-store.ts';
import { type ExcuseTable, tables } from './tables.ts';

export function presentProposal(proposal: Proposal, m: MatterFacts, approvals: readonly ApprovalRow[]): ProposalRow {
  const approval = approvals.find((a) => a.matterId === m.id && a.round === m.reopens);
  return {
    matter: refOf(m),
    colour: proposal.colour,
    rule: proposal.rule,
    ruleSet: m.rules.code,
    since: proposal.since,
    why: proposal.why,
    limitOn: proposal.limitOn,
    choices: proposal.choices,
    approval: approval ? { leaderName: approval.leaderName, on: approval.approvedOn } : null,
  };
}

export const presentExcuse = (row: ExcuseTable) => ({
  id: row.id,
  reason: row.reason,
  approverName: row.approverName,
  fromOn: row.fromOn,
  untilOn: row.untilOn,
  recordedByName: row.recordedByName,
});

/** The unit answers; late is better than never, and the answer says that it is late. @throws Problem 404, 409 */
export async function answerSheet(scope: Scope, { id, text }: { id: string; text: string }): Promise<SheetRow> {
  const sheet = await lockSheet(scope, id, 'supervision.object');
  if (!speaksFor(scope, sheet.leadUnitId, 'supervision.object'))
    throw conflict('not_the_lead', { zh: '只有收单的牵头单位能答复', en: 'Only the lead unit that got it answers' });
  if (sheet.state !== 'issued')
    throw conflict('not_waiting', {
      zh: sheet.state === 'revoked' ? '该单已撤销，不需要答复' : '已经答复过',
      en: sheet.state === 'revoked' ? 'It was revoked and needs no answer' : 'It was answered already',
    });
  await tables(scope)
    .updateTable('supervision.sheet')
    .set({
      state: 'answered',
      answer: text,
      answeredOn: scope.today,
      answeredBy: scope.actor.id,
      answeredByName: scope.actor.name,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
  await recordNote(scope, sheet.matterId, {
    act: 'note',
    text: `答复 ${sheet.no}：${text}`.slice(0, 2000),
    payload: { sheetId: id, no: sheet.no, isLate: scope.today > sheet.limitOn },
  });
  audited(scope, { subject: 'supervision.sheet', id, after: { answered: scope.today, no: sheet.no } });
  await emit(scope, {
    topic: 'supervision.sheetAnswered',
    unitIds: sheet.leadUnitId === null ? [] : [sheet.leadUnitId],
    data: { sheetId: id, matterId: sheet.matterId, no: sheet.no, title: sheet.matterTitle },
  });
  return getSheet(scope, id);
}

/** A leader approves himself; the office records which leader did, and on which day. @throws Problem 404, 422 */
export async function approve(
  scope: Scope,
  input: {
    matterIds: readonly string[];
    leaderId?: string | undefined;
    on?: Day | undefined;
    note?: string | undefined;
  },
) {
  const leader = await getLeader(scope, input.leaderId ?? scope.actor.personId);
  const matters = await listFacts(scope, input.matterIds, ['supervision.approve']);
  if (matters.length === 0) throw notFound({ zh: '事项', en: 'matter' });
  const on = input.on ?? scope.today;
  const approved = await approveSheets(scope, matters, leader, on, input.note ?? null);
  return { approved, approval: { leaderName: leader.name, on } };
}

/** @throws Problem 404; 422 until_past, not_a_leader */
export async function recordExcuse(
  scope: Scope,
  input: { matterId: string; reason: string; approverId: string; untilOn: Day },
) {
  const matter = await getMatter(scope, input.matterId, 'supervision.sheet');
  if (!isUrged(matter.state))
    throw conflict('not_now', { zh: '只有在办的事项需要登记正当理由', en: 'Only an open matter needs a reason' });
  if (input.untilOn < scope.today || input.untilOn > addDays(scope.today, 366))
    throw invalid(
      'until_past',
      { zh: '截止日期应在今天到一年之内', en: 'It ends between today and a year from now' },
      'untilOn',
    );
  const approver = await getLeader(scope, input.approverId, 'approverId');
  const row: ExcuseTable = {
    cityId: scope.cityId,
    id: newId(),
    matterId: matter.id,
    reason: input.reason,
    approverId: approver.id,
    approverName: approver.name,
    fromOn: scope.today,
    untilOn: input.untilOn,
    recordedBy: scope.actor.id,
    recordedByName: scope.actor.name,
    at: scope.now,
  };
  await tables(scope).insertInto('supervision.excuse').values(row).execute();
  await recordNote(scope, matter.id, {
    act: 'note',
    text: `登记正当理由（${approver.name}批准，至 ${input.untilOn}）：${input.reason}`.slice(0, 2000),
    payload: { excuseId: row.id, untilOn: input.untilOn },
  });
  audited(scope, { subject: 'supervision.excuse', id: row.id, after: { matter: matter.no, until: input.untilOn } });
  return presentExcuse(row);
}

/** Everything about one matter for its page. @throws Problem 404 */
export async function ofMatter(scope: Scope, id: string) {
  await getMatter(scope, id, 'supervision.read');
  const seen = scope.can('supervision.sheet') || scope.can('supervision.approve') ? await listFacts(scope, [id]) : [];
  const [proposed] = await proposalsOf(scope, seen);
  const objections = await listObjections(scope, { matterId: id });
  const mayObject = scope.can('supervision.object') && (await objectingUnit(scope, id)) !== undefined;
  const conclusions = mayObject
    ? (await listConclusions(scope, id))
        .map(presentConclusion)
        .filter(
          (one) =>
            one.lastDay >= scope.today && !objections.some((o) => o.about === one.about && o.aboutId === one.aboutId),
        )
    : [];
  const allowed: ('issue' | 'approve' | 'excuse' | 'object')[] = [];
  if (proposed && scope.can('supervision.sheet')) allowed.push('issue');
  if (proposed?.proposal.choices.includes('red') && scope.can('supervision.approve')) allowed.push('approve');
  if (seen.length > 0 && scope.can('supervision.sheet')) allowed.push('excuse');
  if (conclusions.length > 0) allowed.push('object');
  return {
    proposal: proposed ? presentProposal(proposed.proposal, proposed.matter, await listApprovals(scope, [id])) : null,
    sheets: await listSheets(scope, { matterId: id }),
    excuses: (await listExcuses(scope, [id])).map(presentExcuse),
    objections,
    conclusions,
    allowed,
  };
}

export { listLeaders };
