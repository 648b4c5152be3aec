import type { Cause } from '../content.ts';

/**
 * The columns of the month's form. The file is an official form, so its words are Chinese whatever the page's language;
 * they are also how a column is found again after somebody moved it.
 */
export type FormKey =
  | 'number'
  | 'projectName'
  | 'unitName'
  | 'lastMonth'
  | 'lastCumulative'
  | 'planYear'
  | 'planMonth'
  | 'unchanged'
  | 'monthYuan'
  | 'cumulativeYuan'
  | 'cause'
  | 'explanation'
  | 'imageProgress'
  | 'nextSteps'
  | 'startedOn'
  | 'problems'
  | 'note'
  | 'filingId'
  | 'draftVersion'
  | 'period';

export interface FormColumn {
  key: FormKey;
  header: string;
  group?: string;
  kind: 'text' | 'number' | 'date';
  width: number;
  /** White and open; everything else is grey and locked. */
  isInput?: boolean;
  isHidden?: boolean;
  list?: readonly string[];
  hint?: string;
}

export const causeNames: Record<Cause, string> = {
  land: '征拆',
  funding: '资金',
  weather: '天气',
  permits: '手续',
  labour: '用工',
  other: '其他',
};
export const yes = '是';
export const no = '否';

const filled = '本月填报（万元）';
const last = '上月（万元）';
const plan = '计划（万元）';
const own = '系统用，请勿改动';

export const formColumns: readonly FormColumn[] = [
  { key: 'number', header: '序号', kind: 'number', width: 5 },
  { key: 'projectName', header: '项目名称', kind: 'text', width: 32 },
  { key: 'unitName', header: '填报单位', kind: 'text', width: 18 },
  { key: 'lastMonth', header: '上月完成', group: last, kind: 'number', width: 11 },
  { key: 'lastCumulative', header: '上月末累计', group: last, kind: 'number', width: 11 },
  { key: 'planYear', header: '年度计划', group: plan, kind: 'number', width: 11 },
  { key: 'planMonth', header: '本月计划', group: plan, kind: 'number', width: 11 },
  {
    key: 'unchanged',
    header: '本月无变化',
    group: filled,
    kind: 'text',
    width: 9,
    isInput: true,
    list: [yes, no],
    hint: '没有变化选“是”，本月完成按 0 计，其余可不填',
  },
  {
    key: 'monthYuan',
    header: '本月完成投资',
    group: filled,
    kind: 'number',
    width: 13,
    isInput: true,
    hint: '单位万元，最多四位小数；没有完成填 0',
  },
  {
    key: 'cumulativeYuan',
    header: '本年累计完成',
    group: filled,
    kind: 'number',
    width: 13,
    isInput: true,
    hint: '可以空着，按上月末累计加本月完成计算；本年首次填报须填写',
  },
  {
    key: 'cause',
    header: '主因',
    group: filled,
    kind: 'text',
    width: 8,
    isInput: true,
    list: Object.values(causeNames),
    hint: '本月完成明显低于计划时选一个',
  },
  {
    key: 'explanation',
    header: '原因说明',
    group: filled,
    kind: 'text',
    width: 24,
    isInput: true,
    hint: '数字异常时写明原因，10 字以上',
  },
  { key: 'imageProgress', header: '形象进度', group: '进度', kind: 'text', width: 32, isInput: true },
  { key: 'nextSteps', header: '下步计划', group: '进度', kind: 'text', width: 24, isInput: true },
  {
    key: 'startedOn',
    header: '实际开工',
    group: '进度',
    kind: 'date',
    width: 12,
    isInput: true,
    hint: '写成 2021-03-16；已登记的不用填',
  },
  { key: 'problems', header: '存在问题', group: '问题与说明', kind: 'text', width: 28, isInput: true },
  { key: 'note', header: '备注', group: '问题与说明', kind: 'text', width: 20, isInput: true },
  { key: 'filingId', header: '填报编号', group: own, kind: 'text', width: 10, isHidden: true },
  { key: 'draftVersion', header: '版本', group: own, kind: 'number', width: 6, isHidden: true },
  { key: 'period', header: '填报期', group: own, kind: 'text', width: 8, isHidden: true },
];
