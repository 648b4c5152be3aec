import { z } from 'zod';
import { command, download, query } from '#core/shared/contract.ts';
import { matterStates } from './flow.ts';
import { matterKinds, matterLevels, sourceKinds, tracks, urgencies } from './kinds.ts';
import { matterLights } from './light.ts';
import { namedLists, sortKeys } from './lists.ts';
import { day, MatterRow, moment, text } from './shapes.ts';
import { statisticsEndpoints } from './statistics-contract.ts';

/** Lists, samples, saved views, exports and the calendar feed: shapes and endpoints, spread into the contract of the module. */
const many = <T extends z.ZodType>(one: T) => z.array(one).max(100).optional();

/** What narrows a list down. All of it together; what is left out narrows nothing. */
export const MatterFilter = z.object({
  list: z.enum(namedLists).optional(),
  /** Two or more characters of the title, first letters of its pinyin, or a number (17, 问〔2021〕17号). */
  q: z.string().trim().max(100).optional(),
  kinds: many(z.enum(matterKinds)),
  tracks: many(z.enum(tracks)),
  states: many(z.enum(matterStates)),
  lights: many(z.enum(matterLights)),
  levels: many(z.enum(matterLevels)),
  sources: many(z.enum(sourceKinds)),
  urgencies: many(z.enum(urgencies)),
  categories: many(z.string().max(40)),
  /** Lead units. */
  unitIds: many(z.uuid()),
  leaderId: z.uuid().optional(),
  projectId: z.uuid().optional(),
  /** The document, meeting or inspection it came from, in its exact words. */
  sourceTitle: z.string().max(200).optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
  raisedFrom: day.optional(),
  raisedTo: day.optional(),
  closedFrom: day.optional(),
  closedTo: day.optional(),
  /** Only these (a selection), still within reach and filters. */
  ids: z.array(z.uuid()).max(1000).optional(),
});
export type MatterFilter = z.infer<typeof MatterFilter>;

export const MatterQuery = MatterFilter.extend({
  sort: z.enum(sortKeys).optional(),
  isDown: z.stringbool().or(z.boolean()).optional(),
});
export type MatterQuery = z.infer<typeof MatterQuery>;

/** What is kept of a view: the query without a selection. */
export const ViewQuery = MatterQuery.omit({ ids: true }).extend({
  columns: z.array(z.string().max(40)).max(40).optional(),
});
export type ViewQuery = z.infer<typeof ViewQuery>;

export const SavedView = z.object({ id: z.uuid(), name: z.string(), query: ViewQuery });
export type SavedView = z.infer<typeof SavedView>;

export const ListCounts = z.object(
  Object.fromEntries(namedLists.map((name) => [name, z.int()])) as Record<(typeof namedLists)[number], z.ZodInt>,
);
export type ListCounts = z.infer<typeof ListCounts>;

const SampleMember = z.object({
  matterId: z.uuid(),
  no: z.string(),
  title: z.string(),
  track: z.enum(tracks),
  state: z.enum(matterStates),
  leadUnitName: z.string().nullable(),
  isDrawn: z.boolean(),
  /** sha256 of seed and number, hex: what put it where it stands. */
  hash: z.string(),
  result: z.enum(['passed', 'failed']).nullable(),
});
export type SampleMember = z.infer<typeof SampleMember>;

export const Sample = z.object({
  id: z.uuid(),
  seed: z.string(),
  /** sha256 over the numbers of all matters that could have been drawn, sorted, one a line. */
  populationHash: z.string(),
  state: z.enum(['open', 'passed', 'failed']),
  drawnByName: z.string(),
  drawnAt: moment,
  closedAt: moment.nullable(),
  population: z.int(),
  /** In the order of the draw: drawn ones first. */
  members: z.array(SampleMember),
  allowed: z.array(z.enum(['judge', 'close'])),
});
export type Sample = z.infer<typeof Sample>;

const done = z.object({ id: z.uuid() });
const byId = z.object({ id: z.uuid() });

export const listEndpoints = {
  list: query({
    path: '/matters',
    summary: { zh: '事项清单', en: 'A page of the list of matters' },
    permission: 'ledger.read',
    input: MatterQuery.extend({
      offset: z.coerce.number<unknown>().int().min(0).max(2_000_000).default(0),
      limit: z.coerce.number<unknown>().int().min(1).max(500).default(100),
    }),
    output: z.object({
      rows: z.array(MatterRow),
      /** Of the whole answer; told with the first page only, because counting a million costs more than reading a page. */
      total: z.int().nullable(),
    }),
  }),
  counts: query({
    path: '/ledger/counts',
    summary: { zh: '各常用清单的件数', en: 'How many each named list holds' },
    permission: 'ledger.read',
    input: z.object({}),
    output: ListCounts,
  }),
  exportList: download({
    path: '/ledger/export',
    summary: { zh: '导出清单（Excel、Word、PDF）', en: 'The list as Excel, Word or PDF' },
    permission: 'ledger.read',
    input: MatterQuery.extend({
      format: z.enum(['xlsx', 'docx', 'pdf']),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    output: z.unknown(),
  }),
  views: query({
    path: '/ledger/views',
    summary: { zh: '我保存的视图', en: 'One’s saved views' },
    permission: 'ledger.read',
    input: z.object({}),
    output: z.array(SavedView),
  }),
  saveView: command({
    path: '/ledger/views',
    summary: { zh: '保存视图', en: 'Save a view' },
    permission: 'ledger.read',
    input: z.object({ name: text(40), query: ViewQuery }),
    output: done,
  }),
  removeView: command({
    path: '/ledger/views/:id/remove',
    summary: { zh: '删除视图', en: 'Remove a view' },
    permission: 'ledger.read',
    input: byId,
    output: z.object({}),
  }),
  drawSample: command({
    path: '/ledger/samples',
    summary: { zh: '从申请销号的事项中抽查', en: 'Draw a sample among claimed matters' },
    permission: 'ledger.verify',
    input: z.object({
      ids: z.array(z.uuid()).min(2).max(1000),
      /** How many are drawn. */
      k: z.int().min(1).max(500),
      /** Given by whoever draws, before the draw, and published with it. */
      seed: text(100),
    }),
    output: done,
  }),
  sample: query({
    path: '/ledger/samples/:id',
    summary: { zh: '一次抽查', en: 'One draw' },
    permission: 'ledger.verify',
    input: byId,
    output: Sample,
  }),
  samples: query({
    path: '/ledger/samples',
    summary: { zh: '抽查记录', en: 'Draws' },
    permission: 'ledger.verify',
    input: z.object({}),
    output: z.array(Sample.omit({ members: true, allowed: true }).extend({ drawn: z.int(), judged: z.int() })),
  }),
  judgeSample: command({
    path: '/ledger/samples/:id/judge',
    summary: { zh: '复核抽中的一件', en: 'Verify one that was drawn' },
    permission: 'ledger.verify',
    input: byId.extend({
      matterId: z.uuid(),
      result: z.enum(['passed', 'failed']),
      method: z.enum(['onSite', 'document', 'photo']),
      note: text(2000),
    }),
    output: done,
  }),
  closeSample: command({
    path: '/ledger/samples/:id/close',
    summary: { zh: '抽查全部合格，其余一并销号', en: 'All drawn ones passed: strike off the rest' },
    permission: 'ledger.verify',
    input: byId.extend({ note: text(2000) }),
    output: z.object({ closed: z.int(), left: z.int() }),
  }),
  feed: query({
    path: '/ledger/feed',
    summary: { zh: '我的日历订阅', en: 'One’s calendar feed' },
    permission: 'ledger.read',
    input: z.object({}),
    output: z.object({ madeAt: moment.nullable() }),
  }),
  makeFeed: command({
    path: '/ledger/feed',
    summary: { zh: '生成日历订阅地址（旧地址作废）', en: 'Make the address of a calendar feed; an older one ends' },
    permission: 'ledger.read',
    input: z.object({}),
    /** Shown once: only its hash is kept. */
    output: z.object({ path: z.string() }),
    secret: true,
  }),
  endFeed: command({
    path: '/ledger/feed/end',
    summary: { zh: '撤销日历订阅', en: 'End the calendar feed' },
    permission: 'ledger.read',
    input: z.object({}),
    output: z.object({}),
  }),
  calendarFile: download({
    path: '/ledger/feed/:token',
    summary: { zh: '事项期限日历（iCalendar）', en: 'Due days as iCalendar' },
    permission: 'anyone',
    input: z.object({ token: z.string().regex(/^[\w-]{43}\.ics$/) }),
    output: z.unknown(),
  }),
  ...statisticsEndpoints,
};
