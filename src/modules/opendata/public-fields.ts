import type { Words } from '#core/shared/words.ts';

/**
 * What of a project may be shown to everybody. The name always is; everything else only when it was marked. Contact
 * persons, leaders, problems and files are not in the list: no mark can make them public.
 */
export const publicFields = [
  'code',
  'board',
  'tiers',
  'region',
  'address',
  'content',
  'owner',
  'lead',
  'stage',
  'total',
  'plan',
  'done',
  'start',
  'finish',
  'milestones',
  'contracts',
] as const;
export type PublicField = (typeof publicFields)[number];

export const publicFieldWords: Record<PublicField, Words> = {
  code: { zh: '项目代码', en: 'Project code' },
  board: { zh: '板块', en: 'Board' },
  tiers: { zh: '级别', en: 'Tiers' },
  region: { zh: '县区', en: 'County' },
  address: { zh: '建设地点', en: 'Address' },
  content: { zh: '建设内容及规模', en: 'Content and scale' },
  owner: { zh: '业主单位', en: 'Owner' },
  lead: { zh: '责任单位', en: 'Responsible unit' },
  stage: { zh: '建设阶段', en: 'Stage' },
  total: { zh: '总投资', en: 'Total investment' },
  plan: { zh: '年度计划投资', en: "Year's plan" },
  done: { zh: '本年累计完成投资', en: 'Done this year' },
  start: { zh: '计划与实际开工', en: 'Planned and actual start' },
  finish: { zh: '计划与实际竣工', en: 'Planned and actual finish' },
  milestones: { zh: '节点', en: 'Milestones' },
  contracts: { zh: '合同与承建单位', en: 'Contracts and suppliers' },
};

/** What is proposed when a project is published first. */
export const proposedFields: readonly PublicField[] = [
  'code',
  'board',
  'region',
  'content',
  'owner',
  'stage',
  'total',
  'start',
  'finish',
];
