import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { maxTextLength } from '#modules/bulletins/contract.ts';

const day = z.iso.date();
const moment = z.iso.datetime();
const words = z.object({ zh: z.string(), en: z.string() });
const span = z.object({ start: z.int(), end: z.int() });
const reason = z.string().trim().min(2).max(500);
const title = z.string().trim().min(2).max(200);

export const proposalKinds = ['requirement', 'promise', 'fact', 'name'] as const;
export const promiseKinds = ['start', 'finish', 'open', 'produce', 'amount', 'other'] as const;
export const factFields = ['startActual', 'finishActual', 'startPlanned', 'finishPlanned', 'totalYuan'] as const;

const Requirement = z.object({
  kind: z.literal('requirement'),
  title: z.string().trim().min(2).max(300),
  leadUnitId: z.uuid().nullable(),
  coUnitIds: z.array(z.uuid()).max(20).default([]),
  projectId: z.uuid().nullable().default(null),
  dueOn: day.nullable(),
  hedge: z.string().max(20).nullable().default(null),
});
const Promised = z.object({
  kind: z.literal('promise'),
  projectId: z.uuid().nullable(),
  projectName: z.string().trim().min(2).max(200),
  what: z.enum(promiseKinds),
  by: day.nullable(),
  amountYuan: z.int().nullable(),
  hedge: z.string().max(20).nullable(),
  speaker: z.string().max(60).nullable(),
});
const Fact = z.object({
  kind: z.literal('fact'),
  projectId: z.uuid(),
  field: z.enum(factFields),
  /** A day, or whole yuan. */
  value: z.union([day, z.int().nonnegative()]),
});
const Name = z.object({
  kind: z.literal('name'),
  register: z.enum(['unit', 'project', 'person']),
  registerId: z.uuid().nullable(),
  alias: z.string().trim().min(2).max(100),
});
/** What a person may accept, as the reader proposes it or put right. */
export const Values = z.discriminatedUnion('kind', [Requirement, Promised, Fact, Name]);
export type Values = z.infer<typeof Values>;

export const Decision = z.object({
  decision: z.enum(['accept', 'reject']),
  accepted: Values.nullable(),
  reason: z.string().nullable(),
  result: z.object({ kind: z.enum(['matter', 'promise', 'change', 'alias']), id: z.uuid() }).nullable(),
  byName: z.string(),
  at: moment,
});
export type Decision = z.infer<typeof Decision>;

export const Proposal = z.object({
  key: z.string(),
  kind: z.enum(proposalKinds),
  /** In the cleaned text and in the original. */
  span,
  original: span,
  text: z.string(),
  values: Values,
  /** Names behind the ids of `values`, for the form. */
  names: z.record(z.string(), z.string()),
  decision: Decision.nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

const Mark = z.object({
  id: z.int(),
  kind: z.enum(['amount', 'rate', 'points', 'rank', 'count', 'date', 'person', 'unit', 'project', 'requirement']),
  span,
  original: span,
  text: z.string(),
  /** How it was read: an exact value, a day, a post, why it stays open. */
  says: z.string().nullable(),
  registerId: z.string().nullable(),
});
export type Mark = z.infer<typeof Mark>;

const Check = z.object({
  kind: z.enum(['sum', 'rate', 'gap', 'growth', 'share', 'rank', 'count', 'restated']),
  verdict: z.enum(['agrees', 'last-digit', 'contradicts', 'part-not-listed', 'cannot-judge']),
  published: z.number(),
  computed: z.number().nullable(),
  unit: z.string(),
  spans: z.array(span),
  originals: z.array(span),
  says: words,
});
export type Check = z.infer<typeof Check>;

export const DocumentLine = z.object({
  id: z.uuid(),
  title: z.string(),
  documentDate: day.nullable(),
  addedAt: moment,
  addedByName: z.string(),
  fileName: z.string().nullable(),
  length: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  isWithdrawn: z.boolean(),
});
export type DocumentLine = z.infer<typeof DocumentLine>;

export const Desk = z.object({
  document: DocumentLine,
  original: z.string(),
  clean: z.string(),
  /** Where each article of a page lies in the cleaned text. */
  articles: z.array(z.object({ title: span, body: span, text: z.string() })),
  repairs: z.array(z.object({ span, kind: z.string(), text: z.string() })),
  unreadable: z.array(z.object({ span, original: span, text: z.string(), why: words })),
  marks: z.array(Mark),
  checks: z.array(Check),
  proposals: z.array(Proposal),
  allowed: z.array(z.enum(['decide', 'edit', 'withdraw'])),
});
export type Desk = z.infer<typeof Desk>;

export const ChangeView = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  documentTitle: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  field: z.enum(factFields),
  oldValue: z.union([z.string(), z.number()]).nullable(),
  newValue: z.union([z.string(), z.number()]),
  text: z.string(),
  state: z.enum(['waiting', 'applied', 'refused']),
  proposedByName: z.string(),
  proposedAt: moment,
  settledByName: z.string().nullable(),
  settledReason: z.string().nullable(),
  /** Somebody else than who proposed it, who may change the project. */
  canSettle: z.boolean(),
});
export type ChangeView = z.infer<typeof ChangeView>;

const PromiseStep = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  documentTitle: z.string(),
  saidOn: day,
  by: day.nullable(),
  amountYuan: z.int().nullable(),
  hedge: z.string().nullable(),
  speaker: z.string().nullable(),
  text: z.string(),
  kind: z.enum(['first', 'restated', 'moved', 'kept', 'broken']),
  /** Days or yuan later than the first, and than the one before. */
  fromFirst: z.number().nullable(),
  fromLast: z.number().nullable(),
});
export const PromiseLine = z.object({
  projectId: z.uuid().nullable(),
  projectName: z.string(),
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  what: z.enum(promiseKinds),
  unit: z.enum(['days', 'yuan']),
  state: z.enum(['open', 'overdue', 'kept', 'broken']),
  fromFirst: z.number().nullable(),
  fromLast: z.number().nullable(),
  demo: z.boolean(),
  steps: z.array(PromiseStep),
});
export type PromiseLine = z.infer<typeof PromiseLine>;

export const League = z.array(
  z.object({
    unitId: z.uuid().nullable(),
    unitName: z.string().nullable(),
    promises: z.int(),
    kept: z.int(),
    broken: z.int(),
    overdue: z.int(),
    open: z.int(),
    moved: z.int(),
    /** Mean drift of dated promises against the first one, whole days, rounded half away from zero; null without one. */
    meanDays: z.int().nullable(),
  }),
);

const documentId = z.object({ id: z.uuid() });

export const readings = defineContract({
  name: 'readings',
  title: { zh: '审读台', en: 'Review desk' },
  uses: ['organization', 'projects', 'ledger', 'bulletins'],
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
      input: documentId,
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
      input: z.object({ state: z.enum(['waiting', 'applied', 'refused']).default('waiting') }),
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
