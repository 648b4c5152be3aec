import type { QuarterCode } from './proposal.ts';

/** What a column of a task table holds. 'responsible': first listed leads, unless the table has a column for the lead. */
export type ColumnField =
  | 'number'
  | 'category'
  | 'title'
  | 'target'
  | 'leader'
  | 'lead'
  | 'responsible'
  | 'co'
  | 'handler'
  | 'due'
  | 'quarters'
  | QuarterCode
  | 'progress'
  | 'problem'
  | 'next'
  | 'light'
  | 'note'
  | 'rowId'
  | 'rowVersion';

/** Headings as offices write them. Tried in this order, with what stands in brackets first, then without. */
const headings: [ColumnField, RegExp][] = [
  ['rowId', /^行标识$/],
  ['rowVersion', /^行版本$/],
  ['number', /^(?:序号|编号|序|任务编号|项目编号|no)$/i],
  ['Q1', /^(?:第?[一1]季度.{0,8}|Q1|(?:截至)?3月(?:底|末|31日)?(?:前)?|1[-—~至]3月)$/i],
  ['Q2', /^(?:第?[二2]季度.{0,8}|Q2|(?:截至)?6月(?:底|末|30日)?(?:前)?|4[-—~至]6月|上半年.{0,6}|1[-—~至]6月)$/i],
  ['Q3', /^(?:第?[三3]季度.{0,8}|Q3|(?:截至)?9月(?:底|末|30日)?(?:前)?|7[-—~至]9月|1[-—~至]9月)$/i],
  ['Q4', /^(?:第?[四4]季度.{0,8}|Q4|(?:截至)?12月(?:底|末|31日)?(?:前)?|10[-—~至]12月|1[-—~至]12月)$/i],
  [
    'quarters',
    /^(?:每季度形象进度|各季度形象进度|季度形象进度|分季度(?:目标|进度|形象进度|任务)|季度(?:目标|计划|节点|任务|安排)|每季度形象进度\/?月节点|形象进度|序时进度|进度安排|阶段目标)$/,
  ],
  [
    'leader',
    /^(?:牵头(?:市|区|县|部)?领导|(?:分管|包联|责任|联系|挂帅|包抓|挂点|市|区|县)(?:市|区|县)?领导|总牵头人|牵头人)$/,
  ],
  [
    'lead',
    /^(?:(?:总)?牵头(?:责任)?(?:单位|部门|科室(?:中心)?|处室)?|主办(?:单位|部门)|主责(?:单位|部门)|第一责任单位)$/,
  ],
  [
    'co',
    /^(?:(?:责任)?(?:配合|协办|协同|协助|参与|参加)(?:责任)?(?:单位|部门|科室(?:中心)?|处室)?|责任配合单位|配合及责任单位|其他责任单位)$/,
  ],
  [
    'responsible',
    /^(?:责任(?:单位|部门|主体|科室(?:中心)?|处室)|承办(?:单位|部门)|落实(?:单位|部门)|实施(?:单位|主体)|负责单位|责任分工|分工)$/,
  ],
  ['handler', /^(?:责任人|具体责任人|联系人(?:及电话)?|经办人|负责人|责任人及电话|联络员)$/],
  [
    'due',
    /^(?:(?:拟)?完成(?:时限|时间|期限|日期)(?:要求)?|时限(?:要求)?|办结(?:时限|时间|日期)|截止(?:时间|日期)|时间(?:要求|节点|安排)|完成节点|节点(?:要求)?|期限)$/,
  ],
  ['progress', /^(?:(?:目前|当前|最新|工作)?(?:进展|进展情况|完成情况|落实情况|推进情况))$/],
  ['problem', /^(?:存在(?:的)?(?:主要)?问题|主要问题|问题|困难问题|存在问题及困难)$/],
  ['next', /^(?:下一?步(?:工作)?(?:打算|计划|安排|举措|措施)?)$/],
  ['light', /^(?:状态灯?|亮灯(?:情况)?|进度状态|办理状态|当前状态)$/],
  ['note', /^(?:备注|说明|来源|来源文件|任务来源)$/],
  [
    'target',
    /^(?:(?:量化|年度|预期|工作|考核|完成|任务|绩效|主要)?目标(?:及要求|要求|值|量化)?|目标任务量化|主要指标|考核指标|量化指标|年度计划|预期成效|工作标准|工作要求)$/,
  ],
  [
    'title',
    /^(?:(?:主要|重点|具体|年度|工作|分解|目标|细化)*(?:任务|工作|事项)(?:名称|内容|清单|项目)?|任务(?:分解|内容|名称)|工作(?:内容|任务|事项)|目标任务|项目名称|重点(?:项目|事项)|(?:具体|工作|主要)(?:措施|举措)|改革任务|议定事项|督查事项|建设内容)$/,
  ],
  ['category', /^(?:类别|分类|类型|领域|板块|大项|工作类别|任务类别|一级任务|所属领域|方面|工作板块)$/],
];

const plain = (text: string): string => text.normalize('NFKC').replace(/[\s\u3000:：*＊]/g, '');

/** The field of a heading; undefined when it is none that is known. */
export function columnField(heading: string): ColumnField | undefined {
  const full = plain(heading);
  if (full === '' || full.length > 24) return undefined;
  const tries = [full.replace(/[()]/g, ''), full.replace(/\([^()]*\)/g, ''), full.split('(')[0]!];
  for (const words of tries) for (const [field, form] of headings) if (form.test(words)) return field;
  return undefined;
}

/**
 * The fields of the columns from their headings, top to bottom (分工 › 牵头单位): the lowest that is known counts. Of several columns
 * for the task itself the last is the task and those before it are its category, unless one of them reads as the target.
 */
export function columnFields(paths: readonly (readonly string[])[]): (ColumnField | undefined)[] {
  const fields = paths.map((path) => {
    for (const text of path.toReversed()) {
      const field = columnField(text);
      if (field) return field;
    }
    return columnField(path.join(''));
  });
  const titles = fields.flatMap((field, column) => (field === 'title' ? [column] : []));
  if (titles.length > 1) {
    const goals = titles.filter((column) => /目标/.test(paths[column]!.at(-1) ?? ''));
    for (const column of goals)
      if (goals.length < titles.length && !fields.includes('target')) fields[column] = 'target';
    const left = titles.filter((column) => fields[column] === 'title');
    for (const column of left.slice(0, -1)) fields[column] = 'category';
  }
  // A table of targets alone: 目标 is what shall be done.
  if (!fields.includes('title') && fields.includes('target')) fields[fields.indexOf('target')] = 'title';
  // 责任单位 beside 牵头单位 are those that help.
  if (fields.includes('lead')) return fields.map((field) => (field === 'responsible' ? 'co' : field));
  return fields;
}
