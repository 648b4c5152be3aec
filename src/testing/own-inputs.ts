import { createHash } from 'node:crypto';
import { shippedRuleSets } from '#modules/dispatch/rule-sets.ts';
import { emptyContent } from '#modules/filings/content.ts';
import { defaultFormOf } from '#modules/filings/default-forms.ts';
import { ownChallenges } from './county-challenges.ts';
import { ownDecompositions } from './county-decomposition.ts';
import { ownDuties } from './county-duties.ts';
import { ownAnalyses } from './county-explore.ts';
import { ownIndicators } from './county-indicators.ts';
import { ownLists } from './county-lists.ts';
import { ownMatters } from './county-matters.ts';
import { ownMeetings } from './county-meetings.ts';
import { ownRankings } from './county-rankings.ts';
import { ownTexts } from './county-readings.ts';
import { ownScores } from './county-scores.ts';
import { ownSupervision } from './county-supervision.ts';
import type { County } from './two-counties.ts';

type Input = Record<string, unknown>;

/** A file is its content: the id that a text gets when it is uploaded. */
const fileOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The county's own values for endpoints whose sampled input would be refused before the ids in it are looked at: where
 * several ids belong together, where an id must be known at all, and what no schema tells.
 */
export function ownInputs(county: County, ids: ReadonlyMap<string, string[]>): Record<string, Input> {
  const first = (table: string) => ids.get(table)![0]!;
  const { projectIds, filingIds, accountId, personId, firmId, countyId, version } = county;
  const project = { id: projectIds.通过! };
  const file = first('core.file');
  const filled = { ...emptyContent, monthYuan: 11_000_000, cumulativeYuan: 91_000_000, imageProgress: '九层' };
  return {
    ...ownMatters(county.matterIds, { unitId: countyId, leaderId: county.leaderId, projectId: project.id! }, file),
    ...ownLists(first('ledger.sample'), county.matterIds.claimed, county.matterIds.signed, county.secret),
    ...ownMeetings(county.meetingIds, {
      unitId: countyId,
      firmId,
      projectId: project.id!,
      matterId: county.matterIds.issued,
    }),
    ...ownDecompositions(first('decomposition.document'), ids.get('decomposition.proposal')!, file),
    ...ownSupervision(county.supervisionIds),
    ...ownChallenges(county.challengeIds, { countyId, firmId, verifierId: county.postId }, file),
    ...ownScores(county.scoreIds),
    ...ownIndicators,
    ...ownRankings,
    ...ownTexts,
    ...ownAnalyses(project.id!),
    ...ownDuties(county.dutyIds, countyId, personId, project.id!),
    'identity.account': { id: accountId },
    'identity.endAccountSession': { id: accountId, sessionId: first('identity.session') },
    'identity.unlinkExternal': { id: accountId, loginId: first('identity.external_login') },
    'identity.grant': { accountId, role: 'filer' },
    'organization.unit': { id: countyId },
    'organization.unitHistory': { id: countyId },
    'organization.person': { id: personId },
    'organization.moveUnit': { id: firmId, parentId: countyId, version: 2 },
    'organization.mergeUnit': { id: firmId, successorId: countyId, version: 2, validTo: '2021-09-26' },
    'organization.givePost': { personId, unitId: firmId, title: '测试', validFrom: '2021-01-01' },
    'projects.get': project,
    'projects.children': { id: projectIds.打捆 },
    'projects.history': project,
    'projects.plans': project,
    'projects.create': { name: '测试', countyUnitId: countyId },
    'projects.update': { ...project, version, changes: { remark: '测试' }, reason: '测试' },
    'projects.setMilestones': { ...project, milestones: [{ name: '测试', due: null, actual: null }], reason: '测试' },
    'projects.milestoneEvidence': project,
    'projects.evidenceFile': { ...project, evidenceId: first('projects.milestone_evidence') },
    'projects.reachMilestone': {
      ...project,
      milestoneId: first('projects.milestone'),
      reachedOn: '2021-09-19',
      fileId: file,
      note: '测试',
    },
    'projects.facets': { fields: ['owner', 'lead', 'command', 'county', 'board', 'tiers', 'leader', 'region'] },
    'schedules.get': project,
    'schedules.version': { ...project, seq: 1 },
    'schedules.exportTable': project,
    'schedules.exportProject': project,
    'schedules.progressHistory': project,
    'schedules.saveDraft': { ...project, draftVersion: 3 },
    'schedules.discardDraft': { ...project, draftVersion: 3 },
    'schedules.fix': { ...project, draftVersion: 3, reason: '测试', approver: '测试' },
    'schedules.setProgress': {
      ...project,
      progress: [{ uid: 1, actualStart: '2021-09-01', actualFinish: null, percent: 60 }],
    },
    'filings.formSheet': { period: '2021-09' },
    'filings.acceptSheet': { period: '2021-09', digest: 'seen', as: 'draft' },
    'filings.find': { projectId: project.id, period: '2021-09' },
    'filings.history': { projectId: project.id },
    'filings.get': { id: filingIds.通过 },
    'filings.check': { id: filingIds.草稿 },
    'filings.photo': { id: filingIds.待审, fileId: file, size: '160' },
    'filings.saveDraft': { id: filingIds.未填, draftVersion: 0, content: filled },
    'filings.markChecked': { id: filingIds.草稿, draftVersion: 1, content: filled },
    'filings.submitUnchanged': { id: filingIds.未填, note: '测试' },
    'filings.saveForm': { ...defaultFormOf('weekly'), basedOn: 1, reason: '测试' },
    'filings.submit': { id: filingIds.草稿, draftVersion: 1, content: filled },
    'filings.requestCorrection': {
      id: filingIds.通过,
      cause: 'ERROR',
      reason: '材料预付款重复计入完成投资',
      documentNo: '审计意见2021-1号',
    },
    'filings.decideCorrection': { id: county.correctionId, decision: 'rejected', note: '依据不足' },
    'filings.correctionDocument': { id: county.correctionId },
    'filings.changeRule': {
      code: 'gap',
      basedOn: 0,
      isActive: true,
      severity: 'inform',
      params: {},
      phrases: null,
      words: null,
      validFrom: '2021-09-26',
      validUntil: null,
      reason: '测试',
      document: null,
    },
    'snapshots.month': { period: '2021-08' },
    'snapshots.asOf': { period: '2021-08', moment: '2021-09-01T00:00:00.000Z' },
    'snapshots.asOfTable': { period: '2021-08', moment: '2021-09-01T00:00:00.000Z' },
    'calendar.year': { year: 2021 },
    'calendar.deadline': { start: '2021-09-01', code: 'filing-monthly-25' },
    'enrolment.get': { projectId: project.id },
    'enrolment.file': { projectId: project.id, fileId: county.scanId },
    'enrolment.setDocument': { projectId: project.id, kind: 'approval', version: 1 },
    'enrolment.move': {
      projectId: project.id,
      event: 'remove',
      version: 1,
      on: '2021-09-01',
      reason: '测试',
      document: '测试',
    },
    'enrolment.setValue': { projectId: project.id, period: '2021-08', document: '测试', issuedOn: '2021-09-10' },
    'enrolment.explainGap': {
      projectId: project.id,
      period: '2021-08',
      cause: 'other',
      text: '设备已安装而财务尚未支付',
    },
    'dispatch.explain': { projectId: project.id },
    'dispatch.tryOut': { projectId: project.id, code: 'city' },
    'factors.project': { projectId: project.id },
    'factors.history': { projectId: project.id },
    'factors.file': { projectId: project.id, fileId: fileOf(`${county.secret}佐证`) },
    'factors.setNeed': { projectId: project.id, category: 'gas', version: 0, demand: 10, supplied: 0 },
    'lifecycle.life': project,
    'lifecycle.document': { ...project, fileId: county.gateFileId },
    'lifecycle.move': {
      ...project,
      to: 'completed',
      on: '2021-09-26',
      documents: [{ kind: 'acceptance', number: '测试' }],
    },
    'lifecycle.amend': {
      ...project,
      stage: 'building',
      documents: [{ kind: 'progressPhoto', number: '测试' }],
      reason: '测试',
    },
    'lifecycle.revoke': { ...project, stage: 'building', reason: '测试' },
    'lifecycle.setPath': { ...project, path: 'investment', reason: '测试' },
    'lifecycle.pause': {
      ...project,
      kind: 'suspended',
      on: '2021-09-26',
      reasonCode: 'funds',
      reason: '测试',
      steps: '测试',
      resumeDue: '2021-12-31',
      documents: [{ kind: 'haltDecision', number: '测试' }],
    },
    'lifecycle.updatePause': { id: projectIds.免报, situation: '测试', steps: '测试', resumeDue: '2022-01-31' },
    'lifecycle.resume': {
      id: projectIds.免报,
      on: '2021-09-26',
      documents: [{ kind: 'resumeProof', number: '测试' }],
    },
    'lifecycle.end': {
      ...project,
      to: 'terminated',
      on: '2021-09-26',
      reason: '测试',
      approver: '测试',
      documents: [{ kind: 'endDecision', number: '测试' }],
    },
    'lifecycle.cohortMembers': { list: 'conversion', year: 2021, step: 'entered' },
    'funding.project': project,
    'funding.entries': project,
    'funding.evidence': { id: first('funding.entry') },
    'funding.enter': {
      ...project,
      entries: [
        { kind: 'paid', year: 2021, period: '2021-08', source: 'bond', yuan: 1, onDay: '2021-08-21', document: '测试' },
      ],
      explanation: '施工单位先行垫付，资金下月到位',
    },
    'funding.saveBond': {
      name: '测试',
      code: null,
      yuan: 1,
      issuedOn: '2021-03-01',
      termYears: 10,
      ratePercent: '3',
      note: null,
    },
    'funding.contract': { id: first('funding.contract') },
    'permits.plan': { projectId: project.id },
    'permits.history': { projectId: project.id },
    'permits.file': { projectId: project.id, fileId: fileOf(`${county.secret}备案`) },
    'permits.makePlan': { projectId: project.id, template: 'filed-building' },
    // The first was moved on already; this one waits in its first version.
    'permits.move': { id: ids.get('permits.step')![1]!, version: 1, event: 'assign' },
    'burden.answer': { id: first('burden.request'), unitId: firmId, contents: ['无'] },
    'notices.setPreference': { push: true, mailAddress: null, quietFrom: '22:00', quietTo: '07:00', muted: [] },
    'notices.addDevice': {
      endpoint: 'https://fcm.googleapis.com/fcm/send/1',
      p256dh: 'p'.repeat(20),
      auth: 'a'.repeat(20),
      name: '测试',
    },
    'opendata.publication': project,
    'opendata.oc4idsProject': project,
    'signals.ofProject': { projectId: project.id },
    'opendata.setPrefix': { prefix: null },
    'dispatch.saveRuleSet': { set: shippedRuleSets[0], code: 'city', basedOn: 0 },
  };
}

/** Puts a value into an input; '[]' is the first item of a list, which stays as it is otherwise. */
export function setAt(input: Input, path: readonly string[], value: unknown): void {
  let at: unknown = input;
  for (const [i, key] of path.entries()) {
    const name = key === '[]' ? 0 : key;
    const holder = at as Record<string | number, unknown>;
    if (i === path.length - 1) holder[name] = value;
    else at = holder[name] ??= path[i + 1] === '[]' ? [] : {};
  }
}
