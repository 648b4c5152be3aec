import type { Words } from '#core/shared/words.ts';

/** What a column of a ledger can be, in the order of the monthly dispatch table (调度表). */
export type FieldType =
  | 'text'
  | 'money'
  | 'date'
  | 'period'
  | 'list'
  | 'unit'
  | 'region'
  | 'choice'
  | 'flag'
  | 'number'
  | 'none';

export interface FieldInfo {
  type: FieldType;
  words: Words;
  /** Annual figures: the column belongs to a year, and two years may stand side by side. */
  isAnnual?: true;
  /** Longest text that the register keeps. */
  max?: number;
  /**
   * Recognised so that nobody maps it wrongly, but not written: progress comes from monthly filings, and rates are
   * always computed, never taken over.
   */
  isIgnored?: true;
}

export const fields = {
  serial: { type: 'none', words: { zh: '序号', en: 'Row number' }, isIgnored: true },
  name: { type: 'text', max: 200, words: { zh: '项目名称', en: 'Project name' } },
  code: { type: 'text', max: 60, words: { zh: '项目代码', en: 'Project code' } },
  board: { type: 'choice', max: 40, words: { zh: '所属板块', en: 'Board' } },
  industry: { type: 'text', max: 20, words: { zh: '行业', en: 'Industry' } },
  nature: { type: 'choice', max: 20, words: { zh: '建设性质', en: 'Kind of construction' } },
  tiers: { type: 'list', max: 40, words: { zh: '项目级别', en: 'Tiers' } },
  planKind: { type: 'choice', words: { zh: '计划类型', en: 'Kind of plan' } },
  stage: { type: 'choice', words: { zh: '所处阶段', en: 'Stage' } },
  region: { type: 'region', words: { zh: '所在县区', en: 'County or district' } },
  address: { type: 'text', max: 200, words: { zh: '建设地点', en: 'Place of construction' } },
  lng: { type: 'number', words: { zh: '经度', en: 'Longitude' } },
  lat: { type: 'number', words: { zh: '纬度', en: 'Latitude' } },
  content: { type: 'text', max: 4000, words: { zh: '主要建设内容及规模', en: 'Content and scale' } },
  period: { type: 'period', words: { zh: '建设起止年限', en: 'Years of construction' } },
  startPlanned: { type: 'date', words: { zh: '计划开工', en: 'Planned start' } },
  startActual: { type: 'date', words: { zh: '实际开工', en: 'Actual start' } },
  finishPlanned: { type: 'date', words: { zh: '计划竣工', en: 'Planned finish' } },
  finishActual: { type: 'date', words: { zh: '实际竣工', en: 'Actual finish' } },
  totalYuan: { type: 'money', words: { zh: '总投资', en: 'Total investment' } },
  funds: { type: 'text', max: 1000, words: { zh: '资金来源', en: 'Sources of funds' } },
  doneBeforeYuan: { type: 'money', words: { zh: '至上年底累计完成', en: 'Done by the end of last year' } },
  planYuan: { type: 'money', isAnnual: true, words: { zh: '年度计划投资', en: 'Investment planned for the year' } },
  goal: { type: 'text', max: 1000, isAnnual: true, words: { zh: '年度建设目标', en: 'Goal of the year' } },
  owner: { type: 'unit', max: 200, words: { zh: '业主单位', en: 'Owner' } },
  lead: { type: 'unit', max: 200, words: { zh: '责任(牵头)单位', en: 'Responsible unit' } },
  command: { type: 'unit', max: 200, words: { zh: '协调指挥部', en: 'Command post' } },
  county: { type: 'unit', max: 200, words: { zh: '属地单位', en: 'County unit' } },
  responsibleName: { type: 'text', max: 60, words: { zh: '责任人', en: 'Responsible person' } },
  leaderName: { type: 'text', max: 60, words: { zh: '包联领导', en: 'Leader in charge' } },
  contactName: { type: 'text', max: 60, words: { zh: '联系人', en: 'Contact' } },
  contactPhone: { type: 'text', max: 60, words: { zh: '联系电话', en: 'Telephone' } },
  enrolled: { type: 'flag', words: { zh: '是否入统', en: 'In the statistics' } },
  enrolledOn: { type: 'date', words: { zh: '入统时间', en: 'In the statistics since' } },
  enrolledCode: { type: 'text', max: 60, words: { zh: '入统代码', en: 'Statistics code' } },
  source: { type: 'text', max: 300, words: { zh: '来源文件', en: 'Source document' } },
  demo: { type: 'flag', words: { zh: '示例', en: 'Example' } },
  remark: { type: 'text', max: 1000, words: { zh: '备注', en: 'Remark' } },
  monthYuan: { type: 'none', isIgnored: true, words: { zh: '本月完成', en: 'Done this month' } },
  doneYuan: { type: 'none', isIgnored: true, words: { zh: '本年累计完成', en: 'Done this year' } },
  doneAllYuan: { type: 'none', isIgnored: true, words: { zh: '开工以来累计', en: 'Done since the start' } },
  rate: { type: 'none', isIgnored: true, words: { zh: '完成率（由系统计算）', en: 'Completion rate (computed)' } },
  progress: { type: 'none', isIgnored: true, words: { zh: '形象进度', en: 'Progress' } },
  problems: { type: 'none', isIgnored: true, words: { zh: '存在问题', en: 'Problems' } },
} as const satisfies Record<string, FieldInfo>;

export type LedgerField = keyof typeof fields;
export const ledgerFields = Object.keys(fields) as [LedgerField, ...LedgerField[]];
export const fieldInfo = (field: LedgerField): FieldInfo => fields[field];
export const isLedgerField = (text: string): text is LedgerField => Object.hasOwn(fields, text);

/** One column of the ledger and what it is taken for. `year` only for annual fields. */
export interface ColumnMapping {
  column: number;
  field: LedgerField | null;
  year?: number | undefined;
}

export const issueCodes = [
  'no_name',
  'too_long',
  'excel_error',
  'formula_without_value',
  'amount_unclear',
  'amount_range',
  'amount_negative',
  'amount_too_large',
  'unit_unknown',
  'date_impossible',
  'date_unclear',
  'date_needs_year',
  'date_ambiguous',
  'period_reversed',
  'choice_unknown',
  'region_unknown',
  'point_incomplete',
  'point_outside',
  'code_unusual',
  'industry_unusual',
  'plan_above_total',
  'done_above_total',
  'count_differs',
  'duplicate_in_file',
  'ambiguous_match',
  'same_name_other_owner',
  'code_differs',
  'package_refused',
  'package_twice',
] as const;
export type IssueCode = (typeof issueCodes)[number];

/** Something about one cell (or, without a column, about the row) that the user has to know. */
export interface Issue {
  /** 0-based; null when the whole row is meant. */
  column: number | null;
  code: IssueCode;
  words: Words;
}

export const issue = (column: number | null, code: IssueCode, zh: string, en: string): Issue => ({
  column,
  code,
  words: { zh, en },
});
