import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { openReasons } from '#core/shared/official-date.ts';
import { quarterCodes, spanFields } from './proposal.ts';
import { rowFaults } from './row-check.ts';

const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });
const keysOf = <T extends object>(record: T) => Object.keys(record) as [keyof T & string, ...(keyof T & string)[]];
const text = (most: number, least = 1) => z.string().trim().min(least).max(most);

const span = z.object({ start: z.int(), end: z.int() });
const Block = z.discriminatedUnion('kind', [
  span.extend({ kind: z.literal('paragraph'), number: z.string().optional(), level: z.int().optional() }),
  span.extend({ kind: z.literal('heading'), number: z.string().optional(), level: z.int() }),
  span.extend({
    kind: z.literal('table'),
    name: z.string().optional(),
    rows: z.int(),
    columns: z.int(),
    cells: z.array(span.extend({ row: z.int(), column: z.int(), rows: z.int(), columns: z.int() })),
  }),
]);

export const documentStates = ['confirming', 'issued', 'discarded'] as const;
export const rowStates = ['proposed', 'accepted', 'rejected'] as const;
export type RowState = (typeof rowStates)[number];

export const FieldSpan = span.extend({ field: z.enum(spanFields), text: z.string() });
export const Goal = z.object({ code: z.enum(quarterCodes), title: text(500), dueOn: day });
const Quantity = z.object({
  text: z.string(),
  kind: z.enum(['money', 'count', 'rate']),
  value: z.number(),
  unit: z.string(),
});
const Co = z.object({ text: z.string(), unitId: z.uuid().nullable(), name: z.string().nullable() });

export const Row = z.object({
  id: z.uuid(),
  n: z.int(),
  title: z.string(),
  target: z.string().nullable(),
  quantities: z.array(Quantity),
  category: z.string().nullable(),
  leadText: z.string().nullable(),
  leadUnitId: z.uuid().nullable(),
  leadName: z.string().nullable(),
  co: z.array(Co),
  leaderText: z.string().nullable(),
  leaderId: z.uuid().nullable(),
  leaderName: z.string().nullable(),
  handlerText: z.string().nullable(),
  dueOn: day.nullable(),
  dueWords: z.string().nullable(),
  dueWhy: z.enum(keysOf(openReasons)).nullable(),
  goals: z.array(Goal),
  /** Where the row came from; each `text` is exactly what stands there in the document. */
  spans: z.array(FieldSpan),
  state: z.enum(rowStates),
  faults: z.array(z.enum(keysOf(rowFaults))),
  version: z.int(),
  /** Once issued: the matter, as far as the reader may see it. */
  matter: z
    .object({
      id: z.uuid(),
      no: z.string(),
      state: z.string(),
      light: z.string(),
      dueOn: day.nullable(),
      progress: z.string().nullable(),
      progressOn: day.nullable(),
    })
    .nullable(),
});
export type Row = z.infer<typeof Row>;

const Counts = z.object({
  rows: z.int(),
  proposed: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  issued: z.int(),
  /** Of those neither rejected nor issued. */
  ready: z.int(),
  lackLead: z.int(),
  lackDue: z.int(),
});
export type Counts = z.infer<typeof Counts>;

export const DocumentHead = z.object({
  id: z.uuid(),
  title: z.string(),
  sourceRef: z.string().nullable(),
  docOn: day,
  kind: z.enum(['docx', 'xlsx', 'html', 'text']),
  fileName: z.string().nullable(),
  unitName: z.string().nullable(),
  state: z.enum(documentStates),
  madeByName: z.string(),
  madeAt: z.iso.datetime(),
  issuedAt: z.iso.datetime().nullable(),
  demo: z.boolean(),
  counts: Counts,
});
export type DocumentHead = z.infer<typeof DocumentHead>;

export const documentActs = ['edit', 'issue', 'discard'] as const;
export const DocumentView = DocumentHead.extend({
  text: z.string(),
  blocks: z.array(Block),
  rows: z.array(Row),
  allowed: z.array(z.enum(documentActs)),
});
export type DocumentView = z.infer<typeof DocumentView>;

/** What a person may set. Left out: stays as it is. */
export const RowChanges = z.object({
  title: text(300, 2).optional(),
  target: text(1000).nullable().optional(),
  category: text(100).nullable().optional(),
  leadUnitId: z.uuid().nullable().optional(),
  coUnitIds: z.array(z.uuid()).max(50).optional(),
  /** With coUnitIds: names of the document that no unit was found for yet and that stay. */
  coTexts: z.array(text(200)).max(50).optional(),
  leaderId: z.uuid().nullable().optional(),
  handlerText: text(60).nullable().optional(),
  dueOn: day.nullable().optional(),
  goals: z.array(Goal).max(4).optional(),
});
export type RowChanges = z.infer<typeof RowChanges>;

const byId = z.object({ id: z.uuid() });
const rowIds = z.array(z.uuid()).min(1).max(5000);
const head = {
  title: text(200, 2),
  sourceRef: text(100).nullable().default(null),
  /** Day of the document: every limit without a year is counted from it. */
  docOn: day,
};
const made = z.object({ id: z.uuid(), rows: z.int() });

const ReadBack = z.object({
  changed: z.array(z.object({ rowId: z.uuid(), n: z.int(), title: z.string(), fields: z.array(z.string()) })),
  unchanged: z.int(),
  conflicts: z.array(z.object({ rowId: z.uuid().nullable(), n: z.int().nullable(), title: z.string(), reason: words })),
  /** Rows of the sheet without a row of ours: added when applied. */
  added: z.array(z.object({ title: z.string() })),
  applied: z.boolean(),
});
export type ReadBack = z.infer<typeof ReadBack>;

export const decomposition = defineContract({
  name: 'decomposition',
  title: { zh: '任务分解', en: 'Task decomposition' },
  uses: ['organization', 'identity', 'calendar', 'projects', 'ledger'],
  permissions: {
    'decomposition.read': {
      words: { zh: '查看任务分解', en: 'Read decompositions' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'inspector'],
    },
    'decomposition.edit': {
      words: { zh: '分解文件、确认任务并签发', en: 'Split documents into tasks, confirm and issue them' },
      roles: ['admin', 'office', 'commandPost'],
    },
  },
  endpoints: {
    list: query({
      path: '/decompositions',
      summary: { zh: '任务分解列表', en: 'Documents split into tasks' },
      permission: 'decomposition.read',
      input: z.object({}),
      output: z.object({ documents: z.array(DocumentHead), allowed: z.array(z.enum(['create'])) }),
    }),
    get: query({
      path: '/decompositions/:id',
      summary: { zh: '一份文件的原文和分解行', en: 'A document with its text and rows' },
      permission: 'decomposition.read',
      input: byId,
      output: DocumentView,
    }),
    createFromText: command({
      path: '/decompositions/text',
      summary: { zh: '粘贴文字分解', en: 'Split pasted text' },
      permission: 'decomposition.edit',
      input: z.object({ ...head, text: z.string().min(2).max(500_000) }),
      output: made,
    }),
    createFromFile: command({
      path: '/decompositions/file',
      summary: { zh: '上传文件分解', en: 'Split an uploaded file' },
      permission: 'decomposition.edit',
      input: z.object({ ...head, fileId: z.string().regex(/^[0-9a-f]{64}$/) }),
      output: made,
    }),
    changeRow: command({
      path: '/decompositions/:id/rows/:rowId/change',
      summary: { zh: '修改一行', en: 'Change a row' },
      permission: 'decomposition.edit',
      input: byId.extend({ rowId: z.uuid(), version: z.int(), changes: RowChanges }),
      output: Row,
    }),
    changeRows: command({
      path: '/decompositions/:id/rows/change',
      summary: { zh: '给多行同样的牵头单位或时限', en: 'Give several rows the same lead or limit' },
      permission: 'decomposition.edit',
      input: byId.extend({ rowIds, changes: RowChanges.pick({ leadUnitId: true, dueOn: true, leaderId: true }) }),
      output: z.object({ changed: z.int() }),
    }),
    addRow: command({
      path: '/decompositions/:id/rows',
      summary: { zh: '添加一行', en: 'Add a row' },
      permission: 'decomposition.edit',
      input: byId.extend({
        /** The row behind which it stands; left out: at the end. */
        afterId: z.uuid().optional(),
        /** The place in the text that it comes from. */
        span: span.optional(),
        changes: RowChanges.extend({ title: text(300, 2) }),
      }),
      output: Row,
    }),
    mergeRows: command({
      path: '/decompositions/:id/rows/merge',
      summary: { zh: '合并几行', en: 'Merge rows into the first of them' },
      permission: 'decomposition.edit',
      input: byId.extend({ rowIds: z.array(z.uuid()).min(2).max(50) }),
      output: Row,
    }),
    splitRow: command({
      path: '/decompositions/:id/rows/:rowId/split',
      summary: { zh: '拆成几行', en: 'Split a row' },
      permission: 'decomposition.edit',
      input: byId.extend({ rowId: z.uuid(), version: z.int(), titles: z.array(text(300, 2)).min(2).max(20) }),
      output: z.object({ rowIds: z.array(z.uuid()) }),
    }),
    decide: command({
      path: '/decompositions/:id/rows/decide',
      summary: { zh: '采用或不采用', en: 'Accept or reject rows' },
      permission: 'decomposition.edit',
      input: byId.extend({ rowIds, state: z.enum(rowStates) }),
      output: z.object({ changed: z.int() }),
    }),
    issue: command({
      path: '/decompositions/:id/issue',
      summary: { zh: '把已采用的行签发为任务', en: 'Issue all accepted rows as tasks' },
      permission: 'decomposition.edit',
      input: byId,
      output: z.object({ issued: z.array(z.object({ rowId: z.uuid(), id: z.uuid(), no: z.string() })) }),
    }),
    discard: command({
      path: '/decompositions/:id/discard',
      summary: { zh: '作废（未签发的）', en: 'Discard a document of which nothing was issued' },
      permission: 'decomposition.edit',
      input: byId.extend({ reason: text(300, 2) }),
      output: z.object({ id: z.uuid() }),
    }),
    export: download({
      path: '/decompositions/:id/export',
      summary: { zh: '任务分解表（Excel、Word、PDF）', en: 'The table of tasks as Excel, Word or PDF' },
      permission: 'decomposition.read',
      input: byId.extend({ format: z.enum(['xlsx', 'docx', 'pdf']).default('xlsx') }),
      output: z.unknown(),
    }),
    readBack: command({
      path: '/decompositions/:id/read-back',
      summary: { zh: '读回改过的 Excel', en: 'Read an edited Excel export back' },
      permission: 'decomposition.edit',
      input: byId.extend({ fileId: z.string().regex(/^[0-9a-f]{64}$/), apply: z.boolean().default(false) }),
      output: ReadBack,
    }),
  },
});
