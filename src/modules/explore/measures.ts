import type { Words } from '#core/shared/words.ts';

/** What one statement sums up; every measure is made of these. Yuan, counts of projects, counts of filings. */
export const sums = [
  'projects',
  'items',
  'total',
  'startDue',
  'startOverdue',
  'plan',
  'planOriginal',
  'planned',
  'done',
  'donePlanned',
  'month',
  'filings',
  'arrived',
  'paid',
  'due',
  'onTime',
] as const;
export type Sum = (typeof sums)[number];

/**
 * `register`: of the register as it stands, so it has no months. `year`: one figure a year. `upTo`: the state at the end of
 * a month, never the sum of months. `flow`: of each month, so months add up.
 */
export type Time = 'register' | 'year' | 'upTo' | 'flow';

interface Definition {
  words: Words;
  note: Words;
  kind: 'yuan' | 'count' | 'rate' | 'points';
  time: Time;
  needs: readonly Sum[];
}

export const measures = {
  plan: {
    words: { zh: '年度计划', en: 'Plan of the year' },
    note: { zh: '调整后年度计划投资', en: 'newest version of the plan' },
    kind: 'yuan',
    time: 'year',
    needs: ['plan'],
  },
  planOriginal: {
    words: { zh: '年初计划', en: 'Original plan' },
    note: { zh: '年初下达的计划投资', en: 'first version of the plan' },
    kind: 'yuan',
    time: 'year',
    needs: ['planOriginal'],
  },
  planned: {
    words: { zh: '有计划项目数', en: 'Projects with a plan' },
    note: { zh: '年度计划大于零的项目', en: 'with a plan above zero' },
    kind: 'count',
    time: 'year',
    needs: ['planned'],
  },
  monthDone: {
    words: { zh: '当月完成', en: 'Done in the month' },
    note: { zh: '已审核填报的当月完成；跨月时逐月相加', en: 'accepted filings; several months add up' },
    kind: 'yuan',
    time: 'flow',
    needs: ['month'],
  },
  yearDone: {
    words: { zh: '本年完成', en: 'Done in the year' },
    note: { zh: '截至该月的本年累计，取最近一期已审核填报', en: 'cumulative at the month, newest accepted filing' },
    kind: 'yuan',
    time: 'upTo',
    needs: ['done'],
  },
  rate: {
    words: { zh: '完成率', en: 'Completion' },
    note: {
      zh: '本年完成 ÷ 年度计划，按合计重新计算，不取平均；不含没有计划的项目',
      en: 'done ÷ plan of the group, never averaged; projects without a plan are left out',
    },
    kind: 'rate',
    time: 'upTo',
    needs: ['donePlanned', 'plan'],
  },
  gap: {
    words: { zh: '超（欠）时序', en: 'Against the clock' },
    note: { zh: '完成率减时序进度，百分点', en: 'completion less the clock, percentage points' },
    kind: 'points',
    time: 'upTo',
    needs: ['donePlanned', 'plan'],
  },
  total: {
    words: { zh: '总投资', en: 'Total investment' },
    note: { zh: '台账计划总投资', en: 'planned total of the register' },
    kind: 'yuan',
    time: 'register',
    needs: ['total'],
  },
  projects: {
    words: { zh: '项目数（个）', en: 'Projects' },
    note: { zh: '台账现有项目，打捆项目计一个', en: 'in the register now; a package counts once' },
    kind: 'count',
    time: 'register',
    needs: ['projects'],
  },
  items: {
    words: { zh: '项目数（项）', en: 'Items' },
    note: { zh: '打捆项目按拆分子项计', en: 'a package counts as its items' },
    kind: 'count',
    time: 'register',
    needs: ['items'],
  },
  startDue: {
    words: { zh: '应开工', en: 'Due to start' },
    note: { zh: '本年新开工项目中计划开工日已到', en: 'planned starts of the year whose day has come' },
    kind: 'count',
    time: 'register',
    needs: ['startDue'],
  },
  startOverdue: {
    words: { zh: '应开未开', en: 'Start overdue' },
    note: { zh: '应开工而未开工', en: 'due and not started' },
    kind: 'count',
    time: 'register',
    needs: ['startOverdue'],
  },
  arrived: {
    words: { zh: '资金到位', en: 'Funds arrived' },
    note: { zh: '各月到位资金', en: 'of each month' },
    kind: 'yuan',
    time: 'flow',
    needs: ['arrived'],
  },
  paid: {
    words: { zh: '资金支付', en: 'Paid' },
    note: { zh: '各月支付资金', en: 'of each month' },
    kind: 'yuan',
    time: 'flow',
    needs: ['paid'],
  },
  filings: {
    words: { zh: '已审填报（份）', en: 'Accepted filings' },
    note: { zh: '已审核通过的月报', en: 'monthly filings that count' },
    kind: 'count',
    time: 'flow',
    needs: ['filings'],
  },
  due: {
    words: { zh: '应报（份）', en: 'Filings owed' },
    note: { zh: '已开填报期的月报，免报除外', en: 'of opened months, exempt ones left out' },
    kind: 'count',
    time: 'flow',
    needs: ['due'],
  },
  onTime: {
    words: { zh: '按时率', en: 'Filed on time' },
    note: { zh: '按时提交 ÷ 应报', en: 'submitted in time ÷ owed' },
    kind: 'rate',
    time: 'flow',
    needs: ['onTime', 'due'],
  },
} as const satisfies Record<string, Definition>;
export type MeasureCode = keyof typeof measures;
export const measureCodes = Object.keys(measures) as [MeasureCode, ...MeasureCode[]];
export const measureOf = (code: MeasureCode): Definition => measures[code];
