import type { Words } from '#core/shared/words.ts';
import type { Condition, Format, Query, Reference, Rows } from './query.ts';

/** References that have a name: templates call them in braces, the editor offers them to put into a sentence. */
export interface CatalogueEntry extends Reference {
  code: string;
  /** Group in the list that the editor offers. */
  group: 'head' | 'total' | 'lights' | 'starts' | 'counties' | 'commands' | 'matters' | 'filings';
  words: Words;
}

const total: Rows = { list: 'total' };
const previous: Rows = { list: 'previous' };
export const where = (list: Rows['list'], ...conditions: Condition[]): Rows => ({ list, where: conditions });
export const is = (field: string, value: string | number): Condition => ({ field, op: '=', value });
const set = (field: string): Condition => ({ field, op: 'set' });
const unset = (field: string): Condition => ({ field, op: 'unset' });

export const money: Format = { as: 'money' };
export const percent: Format = { as: '%', decimals: 1 };
export const points: Format = { as: '百分点', decimals: 1, abs: true };
export const projectsUnit: Format = { as: '个' };

const newOnes = is('planKind', 'new');
const byDay: Condition = { field: 'startPlanned', op: '<=', than: 'day' };
const afterDay: Condition = { field: 'startPlanned', op: '>', than: 'day' };
const begun: Condition = { field: 'startActual', op: '<=', than: 'day' };
// Projects of no county are a group without a rank: they are no unit.
const ranked = (list: 'counties' | 'commands') => where(list, set('rank'));

/** 超/低于时序, counted by unrounded rates. */
const ahead = (list: 'counties' | 'commands'): Rows =>
  where(list, set('rank'), { field: 'rate', op: '>=', than: 'clock' });
const behind = (list: 'counties' | 'commands'): Rows =>
  where(list, set('rank'), { field: 'rate', op: '<', than: 'clock' });
const first = (list: 'counties' | 'commands'): Rows => ({
  list,
  where: [{ field: 'rank', op: '<=', value: 3 }],
  sort: { by: 'rank', direction: 'up' },
});
const last = (list: 'counties' | 'commands'): Rows => ({
  list,
  where: [set('rank')],
  sort: { by: 'rank', direction: 'down' },
  take: 3,
});

const entry = (
  group: CatalogueEntry['group'],
  code: string,
  zh: string,
  en: string,
  query: Query,
  format: Format,
): CatalogueEntry => ({ code, group, words: { zh, en }, query, format });
const sum = (rows: Rows, field: string): Query => ({ get: 'sum', rows, field });
const names = (rows: Rows, field?: string, format?: Format, most?: number): Query => ({
  get: 'names',
  rows,
  ...(field && format && { beside: { field, format } }),
  ...(most !== undefined && { most }),
});
const text: Format = { as: 'text' };

const units = (list: 'counties' | 'commands', code: string, zh: string, en: string): CatalogueEntry[] => [
  entry(list, `${code}Count`, `${zh}个数`, `Number of ${en}`, { get: 'count', rows: ranked(list) }, projectsUnit),
  entry(
    list,
    `${code}Ahead`,
    `达到时序的${zh}`,
    `${en} at or above the clock`,
    { get: 'count', rows: ahead(list) },
    projectsUnit,
  ),
  entry(
    list,
    `${code}Behind`,
    `低于时序的${zh}`,
    `${en} below the clock`,
    { get: 'count', rows: behind(list) },
    projectsUnit,
  ),
  entry(
    list,
    `${code}BehindNames`,
    `低于时序的${zh}名单`,
    `Names of ${en} below the clock`,
    names(behind(list), 'rate', percent),
    text,
  ),
  entry(list, `${code}First`, `完成率居前的${zh}`, `First ${en} by rate`, names(first(list), 'rate', percent), text),
  entry(list, `${code}Last`, `完成率居后的${zh}`, `Last ${en} by rate`, names(last(list), 'rate', percent), text),
  entry(
    list,
    `${code}Risen`,
    `比上月进位的${zh}`,
    `${en} that rose`,
    names(
      { ...where(list, { field: 'moved', op: '>', value: 0 }), sort: { by: 'moved', direction: 'down' } },
      'moved',
      { as: '个位次' },
    ),
    text,
  ),
  entry(
    list,
    `${code}Fallen`,
    `比上月退位的${zh}`,
    `${en} that fell`,
    names({ ...where(list, { field: 'moved', op: '<', value: 0 }), sort: { by: 'moved', direction: 'up' } }, 'moved', {
      as: '个位次',
      abs: true,
    }),
    text,
  ),
];

export const catalogue: readonly CatalogueEntry[] = [
  entry('head', 'city', '城市', 'City', { get: 'head', field: 'city' }, text),
  entry('head', 'year', '年', 'Year', { get: 'head', field: 'year' }, text),
  entry('head', 'month', '月', 'Month', { get: 'head', field: 'month' }, text),
  entry('head', 'quarter', '季度', 'Quarter', { get: 'head', field: 'quarter' }, text),
  entry('head', 'through', '累计月份（1—9月）', 'Months so far', { get: 'head', field: 'through' }, text),
  entry('head', 'day', '数据截止日', 'Day of the figures', { get: 'head', field: 'day' }, text),
  entry('head', 'clock', '时序进度', 'Clock', { get: 'clock' }, { as: '%', decimals: 1 }),

  entry('total', 'projects', '项目个数', 'Projects', sum(total, 'projects'), projectsUnit),
  entry('total', 'items', '子项数（打捆拆分）', 'Items of packages', sum(total, 'items'), { as: '项' }),
  entry('total', 'total', '总投资', 'Total investment', sum(total, 'totalYuan'), money),
  entry('total', 'plan', '年度计划投资', 'Plan of the year', sum(total, 'planYuan'), money),
  entry('total', 'done', '本年累计完成投资', 'Done this year', sum(total, 'doneYuan'), money),
  entry('total', 'monthDone', '当月完成投资', 'Done this month', sum(total, 'monthYuan'), money),
  entry('total', 'lastYear', '上年同期完成投资', 'Same period last year', sum(total, 'lastYearYuan'), money),
  entry(
    'total',
    'rate',
    '投资完成率',
    'Completion rate',
    { get: 'rate', rows: total, part: 'doneYuan', whole: 'planYuan' },
    percent,
  ),
  entry(
    'total',
    'monthRate',
    '当月完成占年计划',
    'This month of the plan',
    { get: 'rate', rows: total, part: 'monthYuan', whole: 'planYuan' },
    percent,
  ),
  entry(
    'total',
    'gap',
    '超（欠）时序',
    'Points above the clock',
    { get: 'gap', rows: total, part: 'doneYuan', whole: 'planYuan' },
    points,
  ),
  entry(
    'total',
    'change',
    '完成率比上月',
    'Rate against the month before',
    { get: 'change', rows: total, before: previous, part: 'doneYuan', whole: 'planYuan' },
    points,
  ),
  entry(
    'total',
    'growth',
    '同比',
    'Against the year before',
    { get: 'growth', rows: total, field: 'doneYuan', base: 'lastYearYuan' },
    { ...percent, abs: true },
  ),
  entry(
    'total',
    'left',
    '距年度计划还差',
    'Left of the plan',
    { get: 'left', rows: total, part: 'doneYuan', whole: 'planYuan', percent: 100 },
    { ...money, abs: true },
  ),
  entry(
    'total',
    'halfLeft',
    '距任务过半还差',
    'Left to half of the plan',
    { get: 'left', rows: total, part: 'doneYuan', whole: 'planYuan', percent: 50 },
    { ...money, abs: true },
  ),
  entry(
    'total',
    'halfGap',
    '与过半目标相差',
    'Points above one half',
    { get: 'gap', rows: total, part: 'doneYuan', whole: 'planYuan', target: 50 },
    points,
  ),

  ...(['ahead', 'normal', 'warn', 'late', 'idle'] as const).map((light) => {
    const zh = { ahead: '提前', normal: '正常', warn: '预警', late: '滞后', idle: '未开工' }[light];
    return entry('lights', light, `${zh}项目数`, `Projects: ${light}`, sum(total, light), projectsUnit);
  }),
  entry(
    'lights',
    'lateNames',
    '滞后项目名单',
    'Names of late projects',
    names({ ...where('projects', is('light', 'late')), sort: { by: 'gap', direction: 'up' } }, undefined, undefined, 8),
    text,
  ),
  entry(
    'lights',
    'turnedLate',
    '本月新转滞后的项目',
    'Projects that turned late',
    names(
      where('projects', is('light', 'late'), {
        field: 'previousLight',
        op: 'in',
        value: ['normal', 'warn', 'ahead', 'idle'],
      }),
      undefined,
      undefined,
      8,
    ),
    text,
  ),

  entry(
    'starts',
    'newPlanned',
    '计划新开工项目数',
    'New starts planned',
    { get: 'count', rows: where('projects', newOnes) },
    projectsUnit,
  ),
  entry(
    'starts',
    'newStarted',
    '已开工的新开工项目数',
    'New starts that began',
    { get: 'count', rows: where('projects', newOnes, begun) },
    projectsUnit,
  ),
  entry(
    'starts',
    'startRate',
    '开工率（÷全年计划新开工）',
    'Start rate of the year',
    {
      get: 'rate',
      rows: where('projects', newOnes, begun),
      part: '#',
      whole: '#',
      wholeRows: where('projects', newOnes),
    },
    percent,
  ),
  entry(
    'starts',
    'startDue',
    '截至当期应开工',
    'Due to have begun',
    { get: 'count', rows: where('projects', newOnes, byDay) },
    projectsUnit,
  ),
  entry(
    'starts',
    'notStarted',
    '应开未开',
    'Due and not begun',
    { get: 'count', rows: where('projects', newOnes, byDay, unset('startActual')) },
    projectsUnit,
  ),
  entry(
    'starts',
    'notStartedNames',
    '应开未开项目名单',
    'Names of those not begun',
    names(where('projects', newOnes, byDay, unset('startActual')), undefined, undefined, 8),
    text,
  ),
  entry(
    'starts',
    'startedEarly',
    '提前开工',
    'Begun early',
    { get: 'count', rows: where('projects', newOnes, afterDay, begun) },
    projectsUnit,
  ),
  entry(
    'starts',
    'finished',
    '已竣工项目数',
    'Finished',
    { get: 'count', rows: where('projects', { field: 'finishActual', op: '<=', than: 'day' }) },
    projectsUnit,
  ),

  ...units('counties', 'counties', '县（市、区）', 'counties'),
  ...units('commands', 'commands', '协调指挥部', 'command posts'),

  entry('matters', 'raised', '收集事项', 'Matters raised', sum({ list: 'matterTotals' }, 'raised'), { as: '件' }),
  entry('matters', 'closed', '办结事项', 'Matters closed', sum({ list: 'matterTotals' }, 'closed'), { as: '件' }),
  entry('matters', 'open', '在办事项', 'Open matters', sum({ list: 'matterTotals' }, 'open'), { as: '件' }),
  entry('matters', 'overdue', '逾期事项', 'Overdue matters', sum({ list: 'matterTotals' }, 'overdue'), { as: '件' }),
  entry('matters', 'onSpot', '立行立改', 'Put right on the spot', sum({ list: 'matterTotals' }, 'onSpot'), {
    as: '件',
  }),
  entry('matters', 'assigned', '交办重难点', 'Assigned', sum({ list: 'matterTotals' }, 'assigned'), { as: '件' }),

  entry('filings', 'due', '应报项目数', 'Filings due', sum({ list: 'completeness' }, 'due'), projectsUnit),
  entry('filings', 'filed', '已报项目数', 'Filed', sum({ list: 'completeness' }, 'filed'), projectsUnit),
  entry('filings', 'exempt', '免报项目数', 'Exempt', sum({ list: 'completeness' }, 'exempt'), projectsUnit),
  entry('filings', 'missing', '缺报项目数', 'Missing', sum({ list: 'completeness' }, 'missing'), projectsUnit),
  entry(
    'filings',
    'missingUnits',
    '缺报项目名单',
    'Missing filings',
    names({ list: 'missing' }, 'unit', text, 8),
    text,
  ),
];
