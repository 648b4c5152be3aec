import { z } from 'zod';
import type { Words } from '#core/shared/words.ts';
import { urgencies } from './kinds.ts';

const words = z.object({ zh: z.string().min(1).max(200), en: z.string().min(1).max(300) });

/** So many days after (or before) a day. WORKDAY counts in the city's working calendar. */
export const Span = z.object({ n: z.int().min(0).max(3660), unit: z.enum(['CALENDAR', 'WORKDAY']) });
export type Span = z.infer<typeof Span>;

/**
 * When a colour begins. `beforeDue`: so long before the limit. `afterDue`: the limit has passed by so much (0: the day after
 * it). `unsigned`: issued and still not signed for after so long. `unfinished`: issued and not done after so long.
 * `nodeMissed`: a stage or a quarter's goal was not met on its day. `extensionsOver`, `returnsFrom`: more than n extensions,
 * n or more returns.
 */
export const ColourRule = z.discriminatedUnion('when', [
  z.object({ when: z.literal('beforeDue'), span: Span }),
  z.object({ when: z.literal('afterDue'), span: Span }),
  z.object({ when: z.literal('unsigned'), span: Span }),
  z.object({ when: z.literal('unfinished'), span: Span }),
  z.object({ when: z.literal('nodeMissed') }),
  z.object({ when: z.literal('extensionsOver'), n: z.int().min(0).max(9) }),
  z.object({ when: z.literal('returnsFrom'), n: z.int().min(1).max(9) }),
]);
export type ColourRule = z.infer<typeof ColourRule>;

export const LimitTemplate = z.object({
  code: z.string().regex(/^[a-zA-Z0-9-]{2,40}$/),
  name: words,
  /** Where the rule was published, so that nobody takes it for law elsewhere. */
  source: words,
  /** Days from issuing to the limit, for each urgency. */
  due: z.record(z.enum(urgencies), Span),
  /** Reports on the way, counted from issuing. */
  stages: z.array(z.object({ code: z.string().regex(/^[a-z0-9]{1,12}$/), title: words, span: Span })).max(12),
  blue: z.array(ColourRule).max(6),
  yellow: z.array(ColourRule).max(6),
  red: z.array(ColourRule).max(6),
  maxExtensions: z.int().min(0).max(9),
});
export type LimitTemplate = z.infer<typeof LimitTemplate>;

const days = (n: number): Span => ({ n, unit: 'CALENDAR' });
const workdays = (n: number): Span => ({ n, unit: 'WORKDAY' });
const overdue: ColourRule = { when: 'afterDue', span: days(0) };
const near = (span: Span): ColourRule => ({ when: 'beforeDue', span });
const w = (zh: string, en: string): Words => ({ zh, en });

/** The shipped limits (dispatch.md §2.9). "One month" is 30 days, as 市办法 counts it. */
export const shippedTemplates: readonly LimitTemplate[] = [
  {
    code: '13710',
    name: w('13710 督办', '13710 supervision'),
    source: w('山西省“13710”工作制度（2016 年起）', 'Shanxi, from 2016'),
    due: { urgent: days(7), normal: days(7), hard: days(30) },
    stages: [
      { code: 'deploy', title: w('当天部署', 'Deployed'), span: days(1) },
      { code: 'measures', title: w('三天反馈措施', 'Measures reported'), span: days(3) },
    ],
    blue: [near(days(2))],
    yellow: [{ when: 'nodeMissed' }],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'yichang',
    name: w('三灯督查', 'Three lights'),
    source: w('宜昌市网上督查平台', 'Yichang, on-line supervision'),
    due: { urgent: workdays(5), normal: workdays(15), hard: days(30) },
    stages: [],
    blue: [],
    yellow: [near(workdays(3))],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'xining710',
    name: w('710 督办', '710 supervision'),
    source: w('西宁市“710”工作制度', 'Xining'),
    due: { urgent: days(7), normal: days(7), hard: days(30) },
    stages: [],
    blue: [near(days(3))],
    yellow: [near(days(1))],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'city-instruction',
    name: w('市办法：领导批示', 'City rule: instructions'),
    source: w('市级督查办法：急件 1–5 日，非急件 15 日，难件 30 日', 'A city rule: 5, 15 and 30 days'),
    due: { urgent: days(5), normal: days(15), hard: days(30) },
    stages: [],
    blue: [near(days(3))],
    yellow: [near(days(1))],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'city-minutes',
    name: w('市办法：会议纪要', 'City rule: minutes'),
    source: w('市级督查办法：会议纪要 20 日', 'A city rule: 20 days'),
    due: { urgent: days(20), normal: days(20), hard: days(20) },
    stages: [],
    blue: [near(days(5))],
    yellow: [near(days(2))],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'city-document',
    name: w('市办法：公文', 'City rule: documents'),
    source: w('市级督查办法：公文 30 日', 'A city rule: 30 days'),
    due: { urgent: days(30), normal: days(30), hard: days(30) },
    stages: [],
    blue: [near(days(5))],
    yellow: [near(days(2))],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'district-report',
    name: w('区专报：会议决定', 'District rule: decisions'),
    source: w('区督查专报：会议决定 30 工作日，会议精神 7 日，舆情 5 日', 'A district rule: 30 workdays, 7 and 5 days'),
    due: { urgent: days(5), normal: workdays(30), hard: workdays(30) },
    stages: [],
    blue: [near(workdays(5))],
    yellow: [near(workdays(2))],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'sanming',
    name: w('三色督查单（蓝橙红）', 'Three sheets: blue, orange, red'),
    source: w('三明市三色督查单', 'Sanming'),
    due: { urgent: days(7), normal: days(15), hard: days(30) },
    stages: [],
    blue: [near(days(3))],
    yellow: [overdue],
    red: [{ when: 'afterDue', span: days(7) }],
    maxExtensions: 2,
  },
  {
    code: 'suqian',
    name: w('三色督办单（蓝黄红）', 'Three sheets: blue, yellow, red'),
    source: w('宿迁市国资系统三色督办单', 'Suqian, state-owned firms'),
    due: { urgent: days(7), normal: days(15), hard: days(30) },
    stages: [],
    blue: [near(days(3))],
    yellow: [{ when: 'nodeMissed' }, { when: 'returnsFrom', n: 1 }],
    red: [overdue],
    maxExtensions: 2,
  },
  {
    code: 'yingzhou',
    name: w('三色卡', 'Three cards'),
    source: w('阜阳市颍州区三色卡', 'Yingzhou'),
    due: { urgent: days(7), normal: days(15), hard: days(30) },
    stages: [],
    blue: [{ when: 'unsigned', span: workdays(3) }],
    yellow: [{ when: 'unfinished', span: days(7) }],
    red: [overdue, { when: 'extensionsOver', n: 2 }, { when: 'returnsFrom', n: 2 }],
    maxExtensions: 3,
  },
  {
    code: 'plain',
    name: w('一般限期', 'Plain limit'),
    source: w('平台自带：提前 5 个和 2 个工作日提示', 'Ours: told 5 and 2 workdays ahead'),
    due: { urgent: workdays(5), normal: workdays(15), hard: workdays(30) },
    stages: [],
    blue: [near(workdays(5))],
    yellow: [near(workdays(2)), { when: 'nodeMissed' }],
    red: [overdue],
    maxExtensions: 2,
  },
];

export const plainTemplate = shippedTemplates.find((template) => template.code === 'plain')!;
