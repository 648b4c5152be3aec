import type { Words } from '#core/shared/words.ts';
import type { ColumnKey, NamedFilter } from './columns.ts';
import type { Light, PlanKind, Stage } from './stages.ts';

/** The words of the list's columns and codes: the page and the Excel export say the same. */
export const columnWords: Record<ColumnKey, Words> = {
  light: { zh: '灯', en: 'Light' },
  serial: { zh: '编号', en: 'No.' },
  name: { zh: '项目名称', en: 'Project' },
  tiers: { zh: '级别', en: 'Tiers' },
  code: { zh: '项目代码', en: 'Project code' },
  board: { zh: '板块', en: 'Board' },
  industry: { zh: '行业', en: 'Industry' },
  nature: { zh: '建设性质', en: 'Nature' },
  planKind: { zh: '计划类型', en: 'Plan kind' },
  region: { zh: '县区', en: 'Region' },
  stage: { zh: '阶段', en: 'Stage' },
  owner: { zh: '业主单位', en: 'Owner' },
  lead: { zh: '责任单位', en: 'Responsible unit' },
  responsible: { zh: '责任人', en: 'Person responsible' },
  leader: { zh: '包联领导', en: 'Leader' },
  command: { zh: '协调指挥部', en: 'Command post' },
  county: { zh: '属地', en: 'County' },
  startPlanned: { zh: '计划开工', en: 'Planned start' },
  startActual: { zh: '实际开工', en: 'Actual start' },
  finishPlanned: { zh: '计划竣工', en: 'Planned finish' },
  finishActual: { zh: '实际竣工', en: 'Actual finish' },
  total: { zh: '总投资', en: 'Total' },
  doneBefore: { zh: '至上年底累计', en: 'Done before' },
  plan: { zh: '年度计划', en: 'Year plan' },
  done: { zh: '累计完成', en: 'Done' },
  rate: { zh: '完成率', en: 'Rate' },
  gap: { zh: '时序差', en: 'Gap' },
  enrolled: { zh: '入统', en: 'Enrolled' },
  enrolledOn: { zh: '入统日期', en: 'Enrolled on' },
  filingState: { zh: '填报状态', en: 'Filing state' },
  filedOn: { zh: '最近填报', en: 'Last filing' },
  cause: { zh: '亮灯原因', en: 'Cause' },
  childCount: { zh: '子项数', en: 'Items' },
  demo: { zh: '示例', en: 'Sample' },
  content: { zh: '主要建设内容及规模', en: 'Content and scale' },
  goal: { zh: '年度建设目标', en: "Year's goal" },
  funds: { zh: '资金来源', en: 'Sources of funds' },
  address: { zh: '建设地点', en: 'Address' },
  source: { zh: '来源文件', en: 'Source' },
  remark: { zh: '备注', en: 'Remark' },
};

export const stageWords: Record<Stage, Words> = {
  reserve: { zh: '储备', en: 'Reserve' },
  signed: { zh: '签约', en: 'Signed' },
  preparation: { zh: '前期', en: 'Preparation' },
  started: { zh: '开工', en: 'Started' },
  enrolled: { zh: '入统', en: 'Enrolled' },
  building: { zh: '在建', en: 'Building' },
  completed: { zh: '竣工', en: 'Completed' },
  producing: { zh: '投产', en: 'In production' },
  fullCapacity: { zh: '达效', en: 'Full capacity' },
  suspended: { zh: '停建', en: 'Suspended' },
  delayed: { zh: '缓建', en: 'Delayed' },
  terminated: { zh: '终止', en: 'Terminated' },
  withdrawn: { zh: '退库', en: 'Withdrawn' },
};

export const planKindWords: Record<PlanKind, Words> = {
  new: { zh: '新开工', en: 'New start' },
  carried: { zh: '续建', en: 'Carried over' },
  finishing: { zh: '竣工', en: 'Finishing' },
  reserve: { zh: '预备', en: 'Reserve' },
};

export const lightWords: Record<Light, Words> = {
  normal: { zh: '正常', en: 'Normal' },
  warn: { zh: '预警', en: 'Warning' },
  late: { zh: '滞后', en: 'Late' },
  idle: { zh: '未开工', en: 'Not started' },
  ahead: { zh: '提前', en: 'Ahead' },
};

export const filingStateWords: Record<string, Words> = {
  none: { zh: '未报', en: 'Not filed' },
  opened: { zh: '未报', en: 'Not filed' },
  draft: { zh: '草稿', en: 'Draft' },
  submitted: { zh: '待审', en: 'In review' },
  returned: { zh: '退回', en: 'Returned' },
  accepted: { zh: '已审', en: 'Accepted' },
  exempt: { zh: '免报', en: 'Exempt' },
};

export const causeWords: Record<string, Words> = {
  start: { zh: '开工', en: 'Start' },
  progress: { zh: '进度', en: 'Progress' },
  'month-task': { zh: '月任务', en: 'Month task' },
  payment: { zh: '支付', en: 'Payment' },
  enrolment: { zh: '入统', en: 'Enrolment' },
  finish: { zh: '竣工', en: 'Finish' },
  filing: { zh: '填报', en: 'Filing' },
  noPlan: { zh: '无年度计划', en: 'No plan' },
  notStarted: { zh: '未开工', en: 'Not started' },
  finished: { zh: '已完工', en: 'Finished' },
  ahead: { zh: '超时序', en: 'Ahead of the clock' },
  terminated: { zh: '终止', en: 'Terminated' },
  withdrawn: { zh: '退库', en: 'Withdrawn' },
};

export const namedFilterWords: Record<NamedFilter, Words> = {
  mine: { zh: '我的', en: 'Mine' },
  startOverdue: { zh: '应开未开', en: 'Start overdue' },
  finishOverdue: { zh: '应竣未竣', en: 'Finish overdue' },
  notEnrolled: { zh: '未入统', en: 'Not enrolled' },
  notFiled: { zh: '本期未报', en: 'Not filed' },
};

/** 编号 with at least four digits: 7 → 0007. */
export const serialText = (serial: number): string => String(serial).padStart(4, '0');
