import { audited } from '#core/server/audit.ts';
import { conflict, invalid, Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { checkCreditCode } from '#modules/organization/server/public.ts';
import { isWithinReach, partiesOf, setEnrolled } from '#modules/projects/server/public.ts';
import { checklistOf, documents as documentInfo, type Facts, missingOf, noFacts } from '../checklist.ts';
import type { enrolment } from '../contract.ts';
import { hitsOf } from '../cross-check.ts';
import {
  type EnrolmentEvent,
  type EnrolmentState,
  enrolmentFlow,
  eventNeeds,
  eventPermission,
  eventWords,
  stateWords,
} from '../flow.ts';
import { findFacts, type ProjectFacts, positionOf } from './facts-store.ts';
import { findingsOf, held, noProject } from './present.ts';
import { currentRules } from './rules-store.ts';
import { insertEvents, listDocuments, lockRecord, putDocuments, setPapers } from './store.ts';

const subject = 'enrolment.record';
const stale = () =>
  conflict('stale_version', {
    zh: '您打开后他人已修改，请核对最新内容后再保存',
    en: 'Somebody has changed this since you opened it; look at it again before you save',
  });

export const tell = (scope: Scope, topic: string, facts: ProjectFacts, data: Record<string, string>) =>
  emit(scope, { topic: `enrolment.${topic}`, projectId: facts.id, unitIds: partiesOf(facts), data });

/** The project with its papers locked. @throws Problem 404 out of reach for `permission` */
async function lockFacts(scope: Scope, projectId: string, permission: string): Promise<ProjectFacts> {
  if (!(await findFacts(scope, projectId, permission))) throw noProject();
  await lockRecord(scope, projectId);
  // Read after the lock: the state that was seen before it may be gone.
  const facts = await findFacts(scope, projectId, permission);
  if (!facts) throw noProject();
  return facts;
}

/** A credit code that cannot be one is refused at its field; one that only fails its check character is kept and told. */
function checkFacts(facts: Facts): void {
  if (facts.creditCode === null) return;
  const check = checkCreditCode(facts.creditCode);
  if (check.state === 'wrongLength')
    throw invalid(
      'credit_code_length',
      {
        zh: `统一社会信用代码为 18 位，现为 ${check.length} 位，请对照证照补齐`,
        en: `A unified social credit code has 18 characters, this one ${check.length}: complete it from the certificate`,
      },
      'creditCode',
    );
  if (check.state === 'wrongCharacter')
    throw invalid(
      'credit_code_character',
      {
        zh: `第 ${check.position} 位“${check.character}”不会出现在统一社会信用代码中（不用字母 I、O、S、V、Z），请核对`,
        en: `“${check.character}” at place ${check.position} never stands in a credit code (I, O, S, V and Z are not used): check it`,
      },
      'creditCode',
    );
}

export async function setDocument(
  scope: Scope,
  input: ParsedOf<(typeof enrolment)['endpoints']['setDocument']>,
): Promise<void> {
  const { projectId, kind, version, isOnPaper } = input;
  const facts = await lockFacts(scope, projectId, 'enrolment.edit');
  const [before] = (await listDocuments(scope, [projectId])).filter((d) => d.kind === kind);
  if ((before?.version ?? 0) !== version) throw stale();
  // Only the fields that this paper has: what belongs to another paper would never be shown again.
  const own = new Set<string>(documentInfo[kind].facts);
  const kept: Facts = { ...noFacts };
  for (const [key, value] of Object.entries(input.facts)) if (own.has(key)) Object.assign(kept, { [key]: value });
  checkFacts(kept);
  const isSame = input.fileId !== null && input.fileId === before?.fileId;
  const file = input.fileId === null || isSame ? null : await claimFile(scope, input.fileId);
  const after = {
    projectId,
    kind,
    fileId: input.fileId,
    fileName: isSame ? before!.fileName : (file?.name ?? null),
    isOnPaper,
    facts: kept,
  };
  await putDocuments(scope, [after]);
  const { state } = positionOf(facts, await currentRules(scope), scope.today);
  await insertEvents(scope, [
    {
      projectId,
      event: 'document',
      state,
      document: documentInfo[kind].words.zh,
      fileId: after.fileId,
      fileName: after.fileName,
      detail: { before: before ? { facts: before.facts, fileId: before.fileId } : null, after: { facts: kept } },
    },
  ]);
  audited(scope, { subject: 'enrolment.document', id: `${projectId}/${kind}`, before: before ?? null, after });
  await tell(scope, 'documented', facts, { kind });
}

const topics: Record<EnrolmentEvent, string> = {
  prepare: 'prepared',
  submit: 'submitted',
  return: 'returned',
  enrol: 'enrolled',
  remove: 'removed',
};

/** Writes down what a person did or the statistics office decided. Nothing is sent anywhere. */
export async function move(scope: Scope, input: ParsedOf<(typeof enrolment)['endpoints']['move']>): Promise<void> {
  const { projectId, version, event, on, reason, document, code } = input;
  const facts = await lockFacts(scope, projectId, 'enrolment.edit');
  const permission = eventPermission[event];
  if (!isWithinReach(scope, permission, facts))
    throw new Problem(403, 'not_allowed', {
      zh: `您没有“${eventWords[event].zh}”的权限，请联系总指挥部办公室`,
      en: `You may not do this (${eventWords[event].en}); ask the office of the headquarters`,
    });
  if (facts.version !== version) throw stale();
  const rules = await currentRules(scope);
  const { state } = positionOf(facts, rules, scope.today);
  const next = enrolmentFlow[state][event];
  if (!next)
    throw conflict('wrong_state', {
      zh: `项目现为“${stateWords[state].zh}”，不能${eventWords[event].zh}`,
      en: `The project is “${stateWords[state].en}”: this cannot be done now (${eventWords[event].en})`,
    });
  if (on > scope.today)
    throw invalid('in_the_future', { zh: '日期晚于今天，请核对', en: 'The day lies ahead; please check it' }, 'on');
  const needs = eventNeeds[event];
  if (needs.document && !document)
    throw invalid(
      'document_needed',
      { zh: '请写明统计部门的通知、名单或退回单', en: 'Name the notice, list or return slip of the statistics office' },
      'document',
    );
  if (needs.reason && !reason) throw invalid('reason_needed', { zh: '请写明原因', en: 'Give the reason' }, 'reason');
  if (event === 'submit') await checkPapers(scope, facts, reason);
  const file = input.fileId === undefined ? null : await claimFile(scope, input.fileId);
  await setPapers(scope, [{ projectId, papers: papersAfter(next) }]);
  if (event === 'enrol' || event === 'remove')
    await setEnrolled(
      scope,
      event === 'enrol'
        ? { id: projectId, enrolled: true, enrolledOn: on, enrolledCode: code ?? null }
        : { id: projectId, enrolled: false, enrolledOn: null, enrolledCode: null },
      { reason: reason ?? eventWords[event].zh, document: document ?? null },
    );
  await insertEvents(scope, [
    {
      projectId,
      event,
      state: next,
      onDay: on,
      reason,
      document,
      fileId: file?.id ?? null,
      fileName: file?.name ?? null,
    },
  ]);
  audited(scope, { subject, id: projectId, before: { state }, after: { state: next, on, document: document ?? null } });
  await tell(scope, topics[event], facts, { state: next, on });
}

const papersAfter = (state: EnrolmentState): 'preparing' | 'submitted' | 'returned' | null =>
  state === 'submitted' || state === 'returned' || state === 'preparing' ? state : null;

/** What the statistics office would send back is said before anybody goes there: papers that lack, hits without a word. */
async function checkPapers(scope: Scope, facts: ProjectFacts, reason: string | undefined): Promise<void> {
  const rules = await currentRules(scope);
  const papers = await listDocuments(scope, [facts.id]);
  const missing = missingOf(checklistOf(held(papers), facts.totalYuan, rules));
  if (missing.length > 0) {
    const names = missing.map(({ kind }) => documentInfo[kind]);
    throw invalid(
      'documents_missing',
      {
        zh: `必备材料还缺：${names.map((n) => `${n.mark} ${n.words.zh}`).join('、')}。补齐后再登记报送`,
        en: `Compulsory documents are not complete: ${names.map((n) => `${n.mark} ${n.words.en}`).join(', ')}`,
      },
      'documents',
      { kinds: missing.map((m) => m.kind) },
    );
  }
  const hits = hitsOf(findingsOf(papers, facts));
  if (hits.length > 0 && !reason)
    throw invalid(
      'hits_unexplained',
      {
        zh: `材料之间有 ${hits.length} 处不一致，请改正，或写明已附的说明文件`,
        en: `${hits.length} comparisons differ: correct them, or name the statement that goes with the documents`,
      },
      'reason',
      { checks: hits.map((h) => h.check) },
    );
}
