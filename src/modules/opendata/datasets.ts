import type { Words } from '#core/shared/words.ts';

/** A column of a table that leaves the platform. `key` is the heading of the CSV; amounts are whole yuan in both. */
export interface DatasetColumn {
  key: string;
  words: Words;
  kind: 'text' | 'number' | 'day' | 'moment' | 'yuan';
}
const column = (key: string, zh: string, en: string, kind: DatasetColumn['kind'] = 'text'): DatasetColumn => ({
  key,
  words: { zh, en },
  kind,
});

const ofProject = [
  column('project_id', '项目标识', 'Project id'),
  column('serial', '编号', 'No.', 'number'),
  column('name', '项目名称', 'Project'),
];

/** The tables of the whole register as files. Those that grow by the month are asked for by year. */
export const datasets = {
  projects: {
    words: { zh: '项目登记', en: 'Projects' },
    byYear: false,
    columns: [
      ...ofProject,
      column('code', '项目代码', 'Code'),
      column('board', '板块', 'Board'),
      column('industry', '行业', 'Industry'),
      column('nature', '建设性质', 'Nature'),
      column('plan_kind', '计划类型', 'Plan kind'),
      column('stage', '阶段', 'Stage'),
      column('tiers', '级别', 'Tiers'),
      column('parent_id', '打捆项目标识', 'Package id'),
      column('region_code', '区划代码', 'Region code'),
      column('address', '建设地点', 'Address'),
      column('lng', '经度', 'Longitude', 'number'),
      column('lat', '纬度', 'Latitude', 'number'),
      column('content', '建设内容及规模', 'Content'),
      column('start_planned', '计划开工', 'Planned start', 'day'),
      column('start_actual', '实际开工', 'Actual start', 'day'),
      column('finish_planned', '计划竣工', 'Planned finish', 'day'),
      column('finish_actual', '实际竣工', 'Actual finish', 'day'),
      column('total_yuan', '总投资（元）', 'Total (yuan)', 'yuan'),
      column('done_before_yuan', '至上年底累计（元）', 'Done before (yuan)', 'yuan'),
      column('owner', '业主单位', 'Owner'),
      column('lead', '责任单位', 'Responsible unit'),
      column('command', '协调指挥部', 'Command post'),
      column('county', '属地', 'County'),
      column('enrolled', '是否入统', 'Enrolled'),
      column('enrolled_on', '入统日期', 'Enrolled on', 'day'),
      column('source', '来源文件', 'Source'),
      column('demo', '示例', 'Sample'),
    ],
  },
  plans: {
    words: { zh: '年度计划各版本', en: 'Annual plans, every version' },
    byYear: false,
    columns: [
      ...ofProject,
      column('year', '年度', 'Year', 'number'),
      column('version', '版本', 'Version', 'number'),
      column('plan_yuan', '计划投资（元）', 'Plan (yuan)', 'yuan'),
      column('effective_on', '生效日期', 'Effective on', 'day'),
      column('reason', '原因', 'Reason'),
      column('approver', '批准人', 'Approver'),
      column('at', '登记时间', 'Entered at', 'moment'),
    ],
  },
  milestones: {
    words: { zh: '节点', en: 'Milestones' },
    byYear: false,
    columns: [
      ...ofProject,
      column('milestone', '节点', 'Milestone'),
      column('planned', '原定', 'First promised', 'day'),
      column('due', '现定', 'Due', 'day'),
      column('actual', '实际', 'Actual', 'day'),
    ],
  },
  gates: {
    words: { zh: '关口', en: 'Gates' },
    byYear: false,
    columns: [
      ...ofProject,
      column('stage', '阶段', 'Stage'),
      column('reached_on', '到达日期', 'Reached on', 'day'),
      column('source', '来源', 'Source'),
    ],
  },
  filings: {
    words: { zh: '月度填报（含更正前各版）', en: 'Monthly filings, corrected versions included' },
    byYear: true,
    columns: [
      ...ofProject,
      column('period', '月份', 'Month'),
      column('seq', '版本', 'Version', 'number'),
      column('month_yuan', '本月完成（元）', 'Month (yuan)', 'yuan'),
      column('cumulative_yuan', '本年累计（元）', 'Cumulative (yuan)', 'yuan'),
      column('valid_from', '起算时间', 'Counts from', 'moment'),
      column('superseded_at', '被取代时间', 'Superseded at', 'moment'),
    ],
  },
  funds: {
    words: { zh: '资金到位与支付', en: 'Funds arrived and paid' },
    byYear: true,
    columns: [
      ...ofProject,
      column('period', '月份', 'Month'),
      column('arrived_yuan', '到位（元）', 'Arrived (yuan)', 'yuan'),
      column('paid_yuan', '支付（元）', 'Paid (yuan)', 'yuan'),
    ],
  },
  contracts: {
    words: { zh: '合同', en: 'Contracts' },
    byYear: false,
    columns: [
      ...ofProject,
      column('title', '合同', 'Contract'),
      column('contract_code', '合同编号', 'Contract no.'),
      column('nature', '类别', 'Nature'),
      column('method', '采购方式', 'Method'),
      column('supplier_name', '承包单位', 'Supplier'),
      column('supplier_code', '统一社会信用代码', 'Credit code'),
      column('signed_on', '签订日期', 'Signed on', 'day'),
      column('value_yuan', '签约金额（元）', 'Value (yuan)', 'yuan'),
      column('current_yuan', '变更后金额（元）', 'Current value (yuan)', 'yuan'),
      column('paid_yuan', '累计支付（元）', 'Paid (yuan)', 'yuan'),
      column('status', '状态', 'Status'),
    ],
  },
  units: {
    words: { zh: '单位', en: 'Units' },
    byYear: false,
    columns: [
      column('unit_id', '单位标识', 'Unit id'),
      column('unit_name', '名称', 'Name'),
      column('kind', '类别', 'Kind'),
      column('parent_id', '上级标识', 'Parent id'),
      column('valid_from', '起', 'From', 'day'),
      column('valid_to', '止', 'To', 'day'),
    ],
  },
} as const satisfies Record<string, { words: Words; byYear: boolean; columns: readonly DatasetColumn[] }>;
export type DatasetCode = keyof typeof datasets;
export const datasetCodes = Object.keys(datasets) as [DatasetCode, ...DatasetCode[]];
