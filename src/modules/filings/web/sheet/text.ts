import type { Text } from '#core/shared/words.ts';

export const zh = {
  title: (month: string) => `${month}用表格填报`,
  mine: '我的填报',
  steps: {
    get: '下载填报表',
    getHint: '已带出上月数据和形象进度；只填白色格，可以用 WPS 或 Excel',
    put: '上传填好的表',
    putHint: '拖到这里，或点按钮选择 .xlsx、.xls 文件',
  },
  download: '下载填报表',
  making: '正在生成',
  reading: '正在读取并比较',
  unit: (unit: string, cell: string) => `金额单位 ${unit}（${cell}）`,
  counts: { changed: '有变化', unchanged: '无变化', conflict: '有冲突', refused: '不能写入' },
  all: '全部',
  columns: { row: '行', project: '项目', change: '变化（单元格：原值 → 新值）', remarks: '问题与校验' },
  empty: '空',
  blank: '没有填写',
  ready: '可以提交',
  notReady: '有校验项未处理，只能存草稿',
  cell: (cell: string) => `${cell}：`,
  submit: (count: number) => `提交 ${count} 份`,
  submitAnd: (count: number, drafts: number) => `提交 ${count} 份，${drafts} 份存草稿`,
  draft: (count: number) => `${count} 份存为草稿`,
  nothing: '没有可写入的变化',
  another: '换一个文件',
  done: (saved: number, submitted: number) =>
    [submitted > 0 ? `已提交 ${submitted} 份` : '', saved > 0 ? `${saved} 份已存草稿` : '']
      .filter((part) => part !== '')
      .join('，') || '没有变化，未写入',
  doneHint: '照片和节点在填报页上补充',
  fields: { explanation: '原因说明', unchanged: '本月无变化' },
};

export const en = {
  title: (month: string) => `File ${month} by spreadsheet`,
  mine: 'My filings',
  steps: {
    get: 'Download the form',
    getHint: 'Last month is filled in; fill the white cells in WPS or Excel',
    put: 'Upload it filled in',
    putHint: 'Drop it here, or choose an .xlsx or .xls file',
  },
  download: 'Download the form',
  making: 'Making the file',
  reading: 'Reading and comparing',
  unit: (unit: string, cell: string) => `Amounts in ${unit} (${cell})`,
  counts: { changed: 'Changed', unchanged: 'Unchanged', conflict: 'In conflict', refused: 'Refused' },
  all: 'All',
  columns: { row: 'Row', project: 'Project', change: 'Changes (cell: old → new)', remarks: 'Remarks' },
  empty: 'empty',
  blank: 'left blank',
  ready: 'Ready to submit',
  notReady: 'Rules are open: a draft only',
  cell: (cell: string) => `${cell}: `,
  submit: (count: number) => `Submit ${count}`,
  submitAnd: (count: number, drafts: number) => `Submit ${count}, keep ${drafts} as drafts`,
  draft: (count: number) => (count === 1 ? 'Keep 1 as a draft' : `Keep ${count} as drafts`),
  nothing: 'Nothing to write',
  another: 'Another file',
  done: (saved: number, submitted: number) =>
    [submitted > 0 ? `${submitted} submitted` : '', saved > 0 ? `${saved} kept as drafts` : '']
      .filter((part) => part !== '')
      .join(', ') || 'No change; nothing was written',
  doneHint: 'Photos and milestones are added on the filing page',
  fields: { explanation: 'Explanation', unchanged: 'No change this month' },
} satisfies Text<typeof zh>;
