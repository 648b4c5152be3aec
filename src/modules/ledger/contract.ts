import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { matterLevels } from './kinds.ts';
import { listEndpoints } from './list-contract.ts';
import { day, EvidenceInput, fileId, MatterInput, MatterView, text } from './shapes.ts';

import { LimitTemplate } from './templates.ts';

export { LimitTemplate };

const byId = z.object({ id: z.uuid() });
const note = text(2000);
/** The version that was read: an act on one that moved meanwhile is refused and loses nothing. */
const seen = z.object({ version: z.int().optional() });
const act = byId.extend(seen.shape);
const ids = z.array(z.uuid()).min(1).max(1000);
const done = z.object({ id: z.uuid(), no: z.string() });
const Outcome = z.object({
  done: z.array(done),
  /** One for each that was refused, with the reason; the others went through. */
  refused: z.array(
    z.object({ id: z.uuid(), no: z.string().nullable(), reason: z.object({ zh: z.string(), en: z.string() }) }),
  ),
});
export type Outcome = z.infer<typeof Outcome>;

export const ledger = defineContract({
  name: 'ledger',
  title: { zh: '事项台账', en: 'Ledger of matters' },
  uses: ['organization', 'identity', 'calendar', 'projects'],
  permissions: {
    'ledger.read': {
      words: { zh: '查看本单位为当事方的事项', en: 'See matters to which one’s unit is a party' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'ledger.raise': {
      words: { zh: '登记事项、补充拟办', en: 'Raise matters' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'ledger.issue': {
      words: { zh: '交办事项', en: 'Issue matters' },
      roles: ['admin', 'office', 'commandPost'],
    },
    'ledger.handle': {
      words: { zh: '签收、反馈、申请销号、申请延期', en: 'Sign for, report, claim done, ask for more time' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'ledger.supervise': {
      words: {
        zh: '催办、审批延期、提级、暂缓、作废、反弹重办',
        en: 'Remind, decide extensions, escalate, suspend, void, reopen',
      },
      roles: ['admin', 'office', 'commandPost', 'inspector'],
    },
    'ledger.verify': {
      words: { zh: '复核销号', en: 'Verify and strike off' },
      roles: ['admin', 'office', 'commandPost', 'inspector'],
    },
    'ledger.remark': {
      words: { zh: '登记批示', en: 'Record a leader’s comment' },
      roles: ['admin', 'leader', 'office'],
    },
    'ledger.configure': {
      words: { zh: '维护督办限期和提级规则', en: 'Keep limits and rules of escalation' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    matter: query({
      path: '/matters/:id',
      summary: { zh: '一件事项的全部', en: 'One matter with everything about it' },
      permission: 'ledger.read',
      input: byId,
      output: MatterView,
    }),
    file: download({
      path: '/matters/:id/files/:fileId',
      summary: { zh: '佐证文件', en: 'A file of evidence' },
      permission: 'ledger.read',
      input: byId.extend({ fileId }),
      output: z.unknown(),
    }),
    templates: query({
      path: '/ledger/templates',
      summary: { zh: '现行限期模板（含本市版本）', en: 'Limit templates in force, with the city’s own' },
      permission: 'ledger.raise',
      input: z.object({}),
      output: z.array(LimitTemplate),
    }),
    raise: command({
      path: '/matters',
      summary: { zh: '登记事项（可同时交办）', en: 'Raise a matter, issuing it if wished' },
      permission: 'ledger.raise',
      input: MatterInput.extend({ issue: z.boolean().default(false) }),
      output: done,
    }),
    recordOnSpot: command({
      path: '/matters/on-spot',
      summary: {
        zh: '立行立改：当场整改，登记前后照片',
        en: 'Record what was fixed on the spot, with photos before and after',
      },
      permission: 'ledger.raise',
      input: MatterInput.omit({ track: true }).extend({
        evidence: z.array(EvidenceInput).min(1).max(20),
        measures: note,
      }),
      output: done,
    }),
    edit: command({
      path: '/matters/:id/edit',
      summary: { zh: '修改拟办的事项', en: 'Change a matter that is not yet issued' },
      permission: 'ledger.raise',
      input: act.extend({ changes: MatterInput }),
      output: done,
    }),
    issue: command({
      path: '/matters/issue',
      summary: { zh: '批量交办', en: 'Issue many' },
      permission: 'ledger.issue',
      input: z.object({ ids }),
      output: Outcome,
    }),
    sign: command({
      path: '/matters/sign',
      summary: { zh: '签收', en: 'Sign for' },
      permission: 'ledger.handle',
      input: z.object({ ids }),
      output: Outcome,
    }),
    report: command({
      path: '/matters/:id/report',
      summary: { zh: '反馈进展（可对应节点）', en: 'Report progress, on a node if wished' },
      permission: 'ledger.handle',
      input: act.extend({
        text: note,
        node: z.string().max(12).optional(),
        evidence: z.array(EvidenceInput).max(20).default([]),
      }),
      output: done,
    }),
    contribute: command({
      path: '/matters/:id/contribute',
      summary: { zh: '配合单位提交配合意见', en: 'A co-responsible unit gives its part to the lead' },
      permission: 'ledger.handle',
      input: byId.extend({ text: note }),
      output: done,
    }),
    claim: command({
      path: '/matters/:id/claim',
      summary: { zh: '申请销号', en: 'Claim it done' },
      permission: 'ledger.handle',
      input: act.extend({ text: note, evidence: z.array(EvidenceInput).max(20).default([]) }),
      output: done,
    }),
    take: command({
      path: '/matters/:id/take',
      summary: { zh: '开始复核', en: 'Start to verify' },
      permission: 'ledger.verify',
      input: act,
      output: done,
    }),
    verify: command({
      path: '/matters/:id/verify',
      summary: { zh: '复核：同意销号或退回', en: 'Strike off or return' },
      permission: 'ledger.verify',
      input: act.extend({
        result: z.enum(['passed', 'failed']),
        method: z.enum(['onSite', 'document', 'photo']),
        note,
      }),
      output: done,
    }),
    suspend: command({
      path: '/matters/:id/suspend',
      summary: { zh: '暂缓（依据和恢复日期）', en: 'Suspend, with basis and resume date' },
      permission: 'ledger.supervise',
      input: act.extend({ basis: note, resumeOn: day }),
      output: done,
    }),
    resume: command({
      path: '/matters/:id/resume',
      summary: { zh: '恢复办理', en: 'Resume' },
      permission: 'ledger.supervise',
      input: act.extend({ note: note.optional() }),
      output: done,
    }),
    void: command({
      path: '/matters/:id/void',
      summary: { zh: '作废（说明原因）', en: 'Void, with reason' },
      permission: 'ledger.supervise',
      input: act.extend({ reason: note }),
      output: done,
    }),
    reopen: command({
      path: '/matters/:id/reopen',
      summary: { zh: '反弹重办', en: 'Reopen' },
      permission: 'ledger.supervise',
      input: act.extend({ reason: note }),
      output: done,
    }),
    askExtension: command({
      path: '/matters/:id/extensions',
      summary: { zh: '申请延期（到期前，最多两次）', en: 'Ask for more time: before the limit, at most twice' },
      permission: 'ledger.handle',
      input: act.extend({ dueOn: day, reason: text(1000, 5), fileId: fileId.optional() }),
      output: done,
    }),
    decideExtension: command({
      path: '/matters/:id/extensions/decide',
      summary: { zh: '审批延期', en: 'Decide on more time' },
      permission: 'ledger.supervise',
      input: act.extend({ isGranted: z.boolean(), note: note.optional() }),
      output: done,
    }),
    remind: command({
      path: '/matters/remind',
      summary: { zh: '批量催办', en: 'Remind many' },
      permission: 'ledger.supervise',
      input: z.object({ ids, text: text(500).optional() }),
      output: Outcome,
    }),
    escalate: command({
      path: '/matters/:id/escalate',
      summary: { zh: '提级研究', en: 'Raise to the next level' },
      permission: 'ledger.supervise',
      input: act.extend({ level: z.enum(matterLevels).optional(), reason: note }),
      output: done,
    }),
    remark: command({
      path: '/matters/:id/remark',
      summary: { zh: '登记领导批示', en: 'Record a leader’s comment' },
      permission: 'ledger.remark',
      input: byId.extend({
        text: note,
        leaderName: text(60),
        on: day,
        fileId: fileId.optional(),
        /** 领导有新批示: the matter is issued anew with it when closed. */
        reopen: z.boolean().default(false),
      }),
      output: done,
    }),
    mark: command({
      path: '/matters/:id/mark',
      summary: { zh: '评定反馈质量', en: 'Mark the quality of a report' },
      permission: 'ledger.supervise',
      input: byId.extend({ node: z.string().max(12), mark: z.enum(['excellent', 'good', 'passable', 'failed']) }),
      output: done,
    }),
    split: command({
      path: '/matters/:id/split',
      summary: { zh: '拆分为若干子事项', en: 'Split into parts' },
      permission: 'ledger.issue',
      input: act.extend({ parts: z.array(MatterInput).min(2).max(50) }),
      output: z.object({ parts: z.array(done) }),
    }),
    merge: command({
      path: '/matters/:id/merge',
      summary: { zh: '并入另一事项', en: 'Merge into another matter' },
      permission: 'ledger.supervise',
      input: act.extend({ intoId: z.uuid(), asDuplicate: z.boolean().default(false), reason: note }),
      output: done,
    }),
    link: command({
      path: '/matters/:id/links',
      summary: { zh: '关联事项', en: 'Link two matters' },
      permission: 'ledger.supervise',
      input: byId.extend({ toId: z.uuid(), rel: z.enum(['supports', 'causedBy', 'blockedBy']), note: note.optional() }),
      output: done,
    }),
    ...listEndpoints,
  },
});
