import type { Words } from '#core/shared/words.ts';

/** What a pivot is split by. All but the two of time are read from the register as it stands now. */
export const dimensions = {
  lead: { words: { zh: '牵头单位', en: 'Lead unit' }, of: 'unit' },
  county: { words: { zh: '县区', en: 'County' }, of: 'unit' },
  command: { words: { zh: '协调指挥部', en: 'Command post' }, of: 'unit' },
  owner: { words: { zh: '业主单位', en: 'Owner' }, of: 'unit' },
  board: { words: { zh: '板块', en: 'Board' }, of: 'text' },
  /** A project may stand in several: it counts in each, and once in the total. */
  tier: { words: { zh: '类别', en: 'Tier' }, of: 'text' },
  stage: { words: { zh: '阶段', en: 'Stage' }, of: 'word' },
  planKind: { words: { zh: '计划类型', en: 'Plan kind' }, of: 'word' },
  light: { words: { zh: '灯色（今日）', en: 'Light (today)' }, of: 'word' },
  industry: { words: { zh: '行业大类', en: 'Industry' }, of: 'text' },
  year: { words: { zh: '年度', en: 'Year' }, of: 'time' },
  month: { words: { zh: '月份', en: 'Month' }, of: 'time' },
} as const satisfies Record<string, { words: Words; of: 'unit' | 'text' | 'word' | 'time' }>;
export type Dimension = keyof typeof dimensions;
export const dimensionCodes = Object.keys(dimensions) as [Dimension, ...Dimension[]];

export const isTime = (dimension: Dimension): dimension is 'year' | 'month' => dimensions[dimension].of === 'time';
export type RegisterDimension = Exclude<Dimension, 'year' | 'month'>;
export const registerDimensions = dimensionCodes.filter((code) => !isTime(code)) as [
  RegisterDimension,
  ...RegisterDimension[],
];

/** Closed lists in the order in which people read them. */
export const valueWords = {
  stage: {
    reserve: { zh: '储备', en: 'Reserve' },
    signed: { zh: '签约', en: 'Signed' },
    preparation: { zh: '前期', en: 'Preparation' },
    started: { zh: '开工', en: 'Started' },
    enrolled: { zh: '入统', en: 'Enrolled' },
    building: { zh: '在建', en: 'Building' },
    completed: { zh: '竣工', en: 'Completed' },
    producing: { zh: '投产', en: 'Producing' },
    fullCapacity: { zh: '达效', en: 'Full capacity' },
    suspended: { zh: '停建', en: 'Suspended' },
    delayed: { zh: '缓建', en: 'Delayed' },
    terminated: { zh: '终止', en: 'Terminated' },
    withdrawn: { zh: '退库', en: 'Withdrawn' },
  },
  planKind: {
    new: { zh: '新开工', en: 'New start' },
    carried: { zh: '续建', en: 'Carried over' },
    finishing: { zh: '竣工', en: 'Finishing' },
    reserve: { zh: '预备', en: 'Reserve' },
  },
  light: {
    late: { zh: '■ 滞后', en: '■ Late' },
    warn: { zh: '▲ 预警', en: '▲ Warning' },
    normal: { zh: '● 正常', en: '● Normal' },
    ahead: { zh: '◆ 提前', en: '◆ Ahead' },
    idle: { zh: '○ 未开工', en: '○ Not started' },
  },
} as const satisfies Partial<Record<Dimension, Record<string, Words>>>;

export const isWorded = (dimension: Dimension): dimension is keyof typeof valueWords => dimension in valueWords;
/** Words of a value of a closed list; undefined for any other. */
export const wordsOf = (dimension: Dimension, key: string): Words | undefined =>
  isWorded(dimension) ? (valueWords[dimension] as Record<string, Words>)[key] : undefined;
