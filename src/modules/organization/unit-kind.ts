import type { Words } from '#core/shared/words.ts';

/** What a unit of the headquarters' tree is (handbook: 总指挥部 → 办公室 → 协调指挥部 → those who build). */
export const unitKinds = [
  'headquarters',
  'office',
  'commandPost',
  'county',
  'department',
  'stateFirm',
  'projectUnit',
  'bank',
  'other',
] as const;
export type UnitKind = (typeof unitKinds)[number];

export const unitKindWords: Record<UnitKind, Words> = {
  headquarters: { zh: '总指挥部', en: 'Headquarters' },
  office: { zh: '办公室', en: 'Office' },
  commandPost: { zh: '协调指挥部', en: 'Command post' },
  county: { zh: '县区', en: 'County or district' },
  department: { zh: '部门', en: 'Department' },
  stateFirm: { zh: '国企', en: 'State-owned firm' },
  projectUnit: { zh: '项目单位', en: 'Project unit' },
  bank: { zh: '银行', en: 'Bank' },
  other: { zh: '其他', en: 'Other' },
};
