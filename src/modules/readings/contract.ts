import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { maxTextLength } from '#modules/bulletins/contract.ts';
import {
  AliasView,
  ChangeView,
  changeStates,
  Desk,
  DocumentLine,
  League,
  PromiseLine,
  Proposal,
  promiseKinds,
  Values,
} from './shapes.ts';

export {
  AliasView,
  ChangeView,
  type Check,
  Decision,
  Desk,
  DocumentLine,
  factFields,
  League,
  type Mark,
  PromiseLine,
  Proposal,
  promiseKinds,
  Values,
} from './shapes.ts';

const day = z.iso.date();
const reason = z.string().trim().min(2).max(500);
const title = z.string().trim().min(2).max(200);

const documentId = z.object({ id: z.uuid() });

export const readings = defineContract({
  name: 'readings',
  title: { zh: '审读台', en: 'Review desk' },
  uses: ['organization', 'projects', 'ledger', 'bulletins', 'notices'],
  permissions: {
    'readings.read': {
      words: { zh: '查看审读的文件', en: 'See documents on the review desk' },
      roles: ['admin', 'leader', 'office', 'inspector'],
      isCityWide: true,
    },
    'readings.review': {
      words: {
        zh: '送审文件、采纳或不采纳审读结果',
        en: 'Bring documents to the desk and decide what is taken from them',
      },
      roles: ['office', 'inspector'],
      isCityWide: true,
    },
    'readings.promises': {
      words: { zh: '查看项目承诺及其兑现', en: 'See promises of projects and what became of them' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'readings.settle': {
      words: { zh: '审定文件引出的项目变更', en: 'Settle changes of projects that a document gives reason for' },
      roles: ['admin', 'office', 'commandPost'],
    },
  },
  endpoints: {
    documents: query({
      path: '/readings',
      summary: { zh: '审读台上的文件', en: 'Documents on the desk' },
      permission: 'readings.read',
      input: z.object({
        q: z.string().max(100).optional(),
        offset: z.coerce.number<unknown>().int().min(0).default(0),
      }),
      output: z.object({ total: z.int(), documents: z.array(DocumentLine), canAdd: z.boolean() }),
    }),
    add: command({
      path: '/readings/add',
      summary: { zh: '送审一份文件：粘贴或上传', en: 'Bring a document to the desk: pasted or uploaded' },
      permission: 'readings.review',
      input: z
        .object({
          text: z.string().max(maxTextLength).optional(),
          fileId: z.string().max(100).optional(),
          fileName: z.string().max(200).optional(),
          title: title.optional(),
          documentDate: day.optional(),
        })
        .refine(({ text, fileId }) => (text === undefined) !== (fileId === undefined), {
          error: 'Give either text or fileId',
        }),
      output: z.object({ id: z.uuid(), /** The same text is on the desk already. */ twinId: z.uuid().nullable() }),
    }),
    desk: query({
      path: '/readings/:id',
      summary: {
        zh: '一份文件的审读：原文、校读文、标记、核对、建议',
        en: 'A document read: both texts, marks, checks, proposals',
      },
      permission: 'readings.read',
      input: documentId.extend({ part: z.coerce.number<unknown>().int().min(0).max(100_000).default(0) }),
      output: Desk,
    }),
    edit: command({
      path: '/readings/:id/edit',
      summary: { zh: '改题名、成文日期', en: 'Put title and date of a document right' },
      permission: 'readings.review',
      input: documentId.extend({ title: title.optional(), documentDate: day.nullable().optional() }),
      output: DocumentLine,
    }),
    decide: command({
      path: '/readings/:id/decide',
      summary: { zh: '采纳（可更正）或不采纳一条建议', en: 'Accept a proposal, put right if need be, or reject it' },
      permission: 'readings.review',
      input: documentId.extend({
        key: z.string().max(80),
        decision: z.enum(['accept', 'reject']),
        /** As it is accepted; left out: as proposed. */
        values: Values.optional(),
        reason: z.string().trim().max(300).optional(),
      }),
      output: Proposal,
    }),
    revoke: command({
      path: '/readings/:id/revoke',
      summary: {
        zh: '撤回一条决定：须写理由，且还没有引出后续',
        en: 'Take a decision back, with a reason, while nothing has followed from it',
      },
      permission: 'readings.review',
      input: documentId.extend({ key: z.string().max(80), reason }),
      output: Proposal,
    }),
    withdraw: command({
      path: '/readings/:id/withdraw',
      summary: { zh: '撤下文件：已采纳的不受影响', en: 'Take a document off the desk; what was accepted stays' },
      permission: 'readings.review',
      input: documentId.extend({ reason }),
      output: DocumentLine,
    }),
    file: download({
      path: '/readings/:id/export',
      summary: {
        zh: '导出审读结果（JSON、Excel、带标记的网页）',
        en: 'Export the reading as JSON, Excel or an annotated page',
      },
      permission: 'readings.read',
      input: documentId.extend({
        format: z.enum(['json', 'xlsx', 'html']).default('html'),
        language: z.enum(['zh', 'en']).default('zh'),
      }),
      output: z.unknown(),
    }),
    changes: query({
      path: '/reading-changes',
      summary: { zh: '文件引出的项目变更', en: 'Changes of projects that documents give reason for' },
      permission: 'readings.settle',
      input: z.object({ state: z.enum(changeStates).default('waiting') }),
      output: z.array(ChangeView),
    }),
    settle: command({
      path: '/reading-changes/:id/settle',
      summary: {
        zh: '同意或不同意变更；须由提出人以外的人办理',
        en: 'Apply or refuse a change; not by who proposed it',
      },
      permission: 'readings.settle',
      input: documentId.extend({ decision: z.enum(['apply', 'refuse']), reason: reason.nullable().default(null) }),
      output: ChangeView,
    }),
    aliases: query({
      path: '/reading-aliases',
      summary: { zh: '从文件学到的名称', en: 'Names that were learnt from documents' },
      permission: 'readings.read',
      input: z.object({
        q: z.string().max(100).optional(),
        /** Those that count, or those that were taken off. */
        state: z.enum(['counting', 'ended']).default('counting'),
        offset: z.coerce.number<unknown>().int().min(0).default(0),
      }),
      output: z.object({ total: z.int(), aliases: z.array(AliasView) }),
    }),
    withdrawAlias: command({
      path: '/reading-aliases/:id/withdraw',
      summary: { zh: '撤下一个名称，须写理由', en: 'Take a name off, with a reason' },
      permission: 'readings.review',
      input: documentId.extend({ reason }),
      output: AliasView,
    }),
    promises: query({
      path: '/promises',
      summary: { zh: '承诺台账：逐项承诺及其变动', en: 'Ledger of promises: each with what became of it' },
      permission: 'readings.promises',
      input: z.object({
        projectId: z.uuid().optional(),
        unitId: z.uuid().optional(),
        state: z.enum(['open', 'overdue', 'kept', 'broken']).optional(),
        what: z.enum(promiseKinds).optional(),
      }),
      output: z.object({ today: day, lines: z.array(PromiseLine), league: League }),
    }),
    promiseTable: download({
      path: '/promises/table',
      summary: { zh: '导出承诺台账', en: 'Export the ledger of promises' },
      permission: 'readings.promises',
      input: z.object({ language: z.enum(['zh', 'en']).default('zh') }),
      output: z.unknown(),
    }),
  },
});
