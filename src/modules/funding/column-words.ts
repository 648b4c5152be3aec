import type { Words } from '#core/shared/words.ts';

/** Columns of the list of projects, in their first order: the page and its Excel file say the same. */
export const columnWords = {
  serial: { zh: '编号', en: 'No.' },
  name: { zh: '项目', en: 'Project' },
  owner: { zh: '业主单位', en: 'Owner' },
  total: { zh: '总投资', en: 'Total' },
  agreement: { zh: '合同（协议）投资', en: 'Agreement' },
  plan: { zh: '年度投资计划', en: 'Annual plan' },
  planned: { zh: '资金计划', en: 'Funds planned' },
  arrived: { zh: '本年到位', en: 'Arrived' },
  paid: { zh: '本年支付', en: 'Paid' },
  reported: { zh: '上报投资', en: 'Reported' },
  arrivedToDate: { zh: '累计到位', en: 'Arrived in all' },
  toPay: { zh: '计划支付', en: 'To be paid' },
  planRate: { zh: '到位率·项目口径', en: 'Arrival ÷ plan' },
  agreementRate: { zh: '到位率·招商口径', en: 'Arrival ÷ agreement' },
  bond: { zh: '专项债', en: 'Bonds' },
  queries: { zh: '待说明', en: 'Queries' },
} as const satisfies Record<string, Words>;
export type FundingColumn = keyof typeof columnWords;
export const fundingColumns = Object.keys(columnWords) as FundingColumn[];

export const lampWords = {
  normal: { zh: '正常', en: 'Normal' },
  warn: { zh: '预警', en: 'Warning' },
  late: { zh: '滞后', en: 'Late' },
} as const satisfies Record<string, Words>;
