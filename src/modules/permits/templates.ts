import type { Words } from '#core/shared/words.ts';

/** The three ways in which a project is let in, and the kinds of work whose permits differ. */
export const approvalKinds = ['approved', 'verified', 'filed'] as const; // 审批制, 核准制, 备案制
export const workKinds = ['building', 'linear', 'industrial'] as const; // 房建, 线性, 工业
export type ApprovalKind = (typeof approvalKinds)[number];
export type WorkKind = (typeof workKinds)[number];

/** Stages of 国办发〔2019〕11号; what belongs to none of them runs beside them (并行推进). */
export const lanes = ['land', 'design', 'start', 'parallel'] as const;
export type Lane = (typeof lanes)[number];
export const laneWords: Record<Lane, Words> = {
  land: { zh: '立项用地规划许可', en: 'Approval and land' },
  design: { zh: '工程建设许可', en: 'Planning permit' },
  start: { zh: '施工许可', en: 'Construction permit' },
  parallel: { zh: '并行推进', en: 'In parallel' },
};

export const limitUnits = ['WORKDAY', 'CALENDAR'] as const;
export type LimitUnit = (typeof limitUnits)[number];

/** The step towards which the earliest day is worked out. */
export const permitCode = 'constructionPermit';

export interface TemplateStep {
  code: string;
  name: Words;
  lane: Lane;
  /** The department that decides, in words: which unit that is, the project's plan says. */
  owner: string;
  /** null: no limit is known. */
  limitDays: number | null;
  limitUnit: LimitUnit;
  /** Where the limit comes from. */
  basis: string;
  /** 参考: shipped with the product, not the city's own published limit. */
  isReference: boolean;
  /** Codes of the steps that must be done before this one is accepted. */
  after: readonly string[];
}

export interface Template {
  code: string;
  name: Words;
  steps: readonly TemplateStep[];
}

const general = '《行政许可法》第四十二条：20 日内决定；第八十二条：按工作日计算。参考值，请按本市公布的承诺时限修改';
const noNational = '无全国统一时限。参考值，请按本市公布的承诺时限修改';

type Shape = Omit<TemplateStep, 'isReference' | 'name'> & { name: [string, string] };
const shaped = ({ name: [zh, en], ...step }: Shape): TemplateStep => ({ ...step, name: { zh, en }, isReference: true });
const workdays = (limitDays: number, basis: string) => ({ limitDays, limitUnit: 'WORKDAY' as const, basis });
const days = (limitDays: number, basis: string) => ({ limitDays, limitUnit: 'CALENDAR' as const, basis });

const approvalOf: Record<ApprovalKind, Pick<Shape, 'name' | 'limitDays' | 'limitUnit' | 'basis'>> = {
  approved: { name: ['可研批复', 'Feasibility approval'], ...workdays(20, noNational) },
  verified: {
    name: ['项目核准', 'Project verification'],
    ...workdays(20, '《企业投资项目核准和备案管理条例》（国务院令第673号）：受理之日起 20 个工作日。参考值'),
  },
  filed: {
    name: ['项目备案', 'Project filing'],
    ...workdays(1, '《企业投资项目核准和备案管理条例》（国务院令第673号）：在线告知即为备案。参考值按 1 个工作日'),
  },
};

/** The steps of one kind of project. Limits hold for 2021 and are all 参考 until the city sets its own. */
function stepsOf(approval: ApprovalKind, work: WorkKind): TemplateStep[] {
  // What is only told needs no site review; its land comes by auction.
  const hasReview = approval !== 'filed';
  const isLinear = work === 'linear';
  const steps: (Shape | false)[] = [
    hasReview && {
      code: 'siteReview',
      name: ['用地预审与选址意见书', 'Land pre-review and site opinion'],
      lane: 'land',
      owner: '自然资源部门',
      ...workdays(20, '《建设项目用地预审管理办法》：受理之日起 20 个工作日完成审查。参考值'),
      after: [],
    },
    {
      code: 'approval',
      ...approvalOf[approval],
      lane: 'land',
      owner: '发展改革部门',
      after: hasReview ? ['siteReview'] : [],
    },
    {
      code: 'landUse',
      name: ['建设用地规划许可证', 'Land-use planning permit'],
      lane: 'land',
      owner: '自然资源部门',
      ...workdays(20, general),
      after: ['approval'],
    },
    {
      code: 'landTitle',
      name: ['土地证（不动产权证）', 'Land title'],
      lane: 'land',
      owner: '不动产登记机构',
      ...workdays(30, '《不动产登记暂行条例》：受理之日起 30 个工作日办结。参考值'),
      after: ['landUse'],
    },
    {
      code: 'planning',
      name: ['建设工程规划许可证', 'Works planning permit'],
      lane: 'design',
      owner: '自然资源部门',
      ...workdays(20, general),
      after: ['landUse'],
    },
    {
      code: 'drawings',
      name: ['施工图审查', 'Review of drawings'],
      lane: 'start',
      owner: '施工图审查机构',
      ...workdays(
        work === 'industrial' ? 10 : 15,
        '《房屋建筑和市政基础设施工程施工图设计文件审查管理办法》（住建部令第13号）：大型及市政 15 个、中小型 10 个工作日。参考值',
      ),
      after: ['planning'],
    },
    {
      code: 'bidding',
      name: ['施工招标', 'Tender'],
      lane: 'start',
      owner: '公共资源交易机构',
      ...days(30, '《招标投标法》第二十四条：自招标文件发出至投标截止不少于 20 日；含公示的参考值'),
      after: ['drawings'],
    },
    {
      code: 'supervision',
      name: ['质量安全监督', 'Quality and safety supervision'],
      lane: 'start',
      owner: isLinear ? '交通运输（住建）部门' : '住房城乡建设部门',
      ...workdays(3, `可与施工许可合并办理。${noNational}`),
      after: ['bidding'],
    },
    {
      code: permitCode,
      name: ['施工许可证', 'Construction permit'],
      lane: 'start',
      owner: isLinear ? '交通运输（住建）部门' : '住房城乡建设部门',
      ...days(7, '《建筑法》第八条：自收到申请之日起 7 日内。参考值'),
      after: [
        'landTitle',
        'planning',
        'drawings',
        'supervision',
        'environment',
        ...(isLinear ? ['forest', 'soil'] : []),
        ...(work === 'industrial' ? ['energy'] : []),
      ],
    },
    {
      code: 'environment',
      name: ['环境影响评价', 'Environmental impact'],
      lane: 'parallel',
      owner: '生态环境部门',
      ...(work === 'building'
        ? days(30, '《环境影响评价法》第二十二条：报告表自收到之日起 30 日内。参考值')
        : days(60, '《环境影响评价法》第二十二条：报告书自收到之日起 60 日内。参考值')),
      after: ['approval'],
    },
    {
      code: 'energy',
      name: ['节能审查', 'Energy review'],
      lane: 'parallel',
      owner: '发展改革部门',
      ...workdays(20, noNational),
      after: ['approval'],
    },
    {
      code: 'soil',
      name: ['水土保持方案', 'Soil and water conservation'],
      lane: 'parallel',
      owner: '水利部门',
      ...workdays(20, general),
      after: ['approval'],
    },
    {
      code: 'heritage',
      name: ['文物考古调查', 'Heritage survey'],
      lane: 'parallel',
      owner: '文物部门',
      ...workdays(20, `考古勘探用时另计。${noNational}`),
      after: [],
    },
    {
      code: 'forest',
      name: ['使用林地审核', 'Use of forest land'],
      lane: 'parallel',
      owner: '林业部门',
      ...workdays(20, general),
      after: hasReview ? ['siteReview'] : ['approval'],
    },
  ];
  return steps.filter((step) => step !== false).map(shaped);
}

const approvalNames: Record<ApprovalKind, Words> = {
  approved: { zh: '审批制', en: 'Approved (public money)' },
  verified: { zh: '核准制', en: 'Verified' },
  filed: { zh: '备案制', en: 'Filed' },
};
const workNames: Record<WorkKind, Words> = {
  building: { zh: '房建', en: 'buildings' },
  linear: { zh: '线性', en: 'linear works' },
  industrial: { zh: '工业', en: 'industry' },
};

export const templateCode = (approval: ApprovalKind, work: WorkKind): string => `${approval}-${work}`;

/** Shipped templates, one for each kind of project; a city's change is a version of its own. */
export const shippedTemplates: readonly Template[] = approvalKinds.flatMap((approval) =>
  workKinds.map((work) => ({
    code: templateCode(approval, work),
    name: {
      zh: `${approvalNames[approval].zh} · ${workNames[work].zh}`,
      en: `${approvalNames[approval].en} · ${workNames[work].en}`,
    },
    steps: stepsOf(approval, work),
  })),
);
