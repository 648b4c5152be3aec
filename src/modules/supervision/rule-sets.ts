import type { Words } from '#core/shared/words.ts';

export const sheetColours = ['blue', 'yellow', 'orange', 'red'] as const;
export type SheetColour = (typeof sheetColours)[number];

export const colourWords: Record<SheetColour, Words> = {
  blue: { zh: '蓝单', en: 'blue' },
  yellow: { zh: '黄单', en: 'yellow' },
  orange: { zh: '橙单', en: 'orange' },
  red: { zh: '红单', en: 'red' },
};

/** The characters before 〔2021〕1号. */
export const numberPrefix: Record<SheetColour, string> = { blue: '蓝督', yellow: '黄督', orange: '橙督', red: '红督' };
export const sheetNumber = (colour: SheetColour, year: number, n: number): string =>
  `${numberPrefix[colour]}〔${year}〕${n}号`;

/** A blue sheet reminds; every other one is a conclusion about the unit, against which it may object. */
export const isConclusion = (colour: SheetColour): boolean => colour !== 'blue';

export interface Span {
  n: number;
  unit: 'CALENDAR' | 'WORKDAY';
}

/** When a step is deserved: any one of its triggers holds. */
export type Trigger =
  | { when: 'nearDue'; span: Span }
  | { when: 'overdue' }
  | { when: 'nodeMissed' }
  | { when: 'poorQuality' }
  | { when: 'unsigned'; span: Span }
  | { when: 'unfinished'; span: Span }
  | { when: 'extensionsOver'; n: number }
  | { when: 'returnsFrom'; n: number };

export interface SheetStep {
  colour: SheetColour;
  /** Printed at the head. */
  title: string;
  /** What it is: 提醒, 警告, 警告并责令整改. */
  measure: Words;
  /** Printed as what the unit is asked to do; `{limit}` is its own limit. */
  demand: string;
  any: readonly Trigger[];
  /** Only after a sheet of this colour whose own limit has passed without a good reason. */
  former?: SheetColour;
  /** From issuing to the sheet's own limit. */
  limit: Span;
}

export const ruleSetCodes = ['sanming', 'suqian', 'yingzhou'] as const;
export type RuleSetCode = (typeof ruleSetCodes)[number];

export interface RuleSet {
  code: RuleSetCode;
  name: Words;
  source: Words;
  /** From mild to severe. */
  steps: readonly SheetStep[];
  /** An urgent matter without a sheet may be given one of these at once. */
  urgentMayStartAt: readonly SheetColour[];
}

const workdays = (n: number): Span => ({ n, unit: 'WORKDAY' });
const days = (n: number): Span => ({ n, unit: 'CALENDAR' });
const mend = '请于{limit}前完成整改，并通过平台报送办理结果和佐证材料。';

/**
 * The published three-colour rules (dispatch.md §2.9). None says how many days a sheet itself gives: 3 and 5 workdays are ours.
 */
export const ruleSets: readonly RuleSet[] = [
  {
    code: 'sanming',
    name: { zh: '三明：蓝、橙、红三色督查单', en: 'Sanming: blue, orange, red' },
    source: {
      zh: '三明市三色督查单：前一单时限已过且无正当理由才发后一单，紧急事项可直接发橙单或红单，一事一单',
      en: 'Sanming: each only after the limit of the one before has passed without a good reason; urgent ones may start at orange or red; one matter one sheet',
    },
    urgentMayStartAt: ['orange', 'red'],
    steps: [
      {
        colour: 'blue',
        title: '蓝色督查单',
        measure: { zh: '提醒', en: 'Reminder' },
        demand: `${mend}逾期仍未完成且无正当理由的，发橙色督查单。`,
        any: [{ when: 'overdue' }, { when: 'nodeMissed' }],
        limit: workdays(5),
      },
      {
        colour: 'orange',
        title: '橙色督查单',
        measure: { zh: '警告', en: 'Warning' },
        demand: `${mend}逾期仍未完成且无正当理由的，发红色督查单。`,
        any: [{ when: 'overdue' }, { when: 'nodeMissed' }],
        former: 'blue',
        limit: workdays(5),
      },
      {
        colour: 'red',
        title: '红色督查单',
        measure: { zh: '警告并责令整改', en: 'Warning and order to mend' },
        demand: '责令你单位于{limit}前完成整改，由主要负责人签报办理结果，并说明逾期原因。',
        any: [{ when: 'overdue' }, { when: 'nodeMissed' }],
        former: 'orange',
        limit: workdays(3),
      },
    ],
  },
  {
    code: 'suqian',
    name: { zh: '宿迁：蓝、黄、红三色督办单', en: 'Suqian: blue, yellow, red' },
    source: {
      zh: '宿迁市国资系统三色督办单：蓝单临近时限，黄单未达序时或质量差，红单逾期未办结',
      en: 'Suqian, state-owned firms: blue near the limit, yellow behind or poor, red overdue',
    },
    urgentMayStartAt: [],
    steps: [
      {
        colour: 'blue',
        title: '蓝色督办单',
        measure: { zh: '临期提醒', en: 'Reminder before the limit' },
        demand: '请抓紧办理，于{limit}前报送进展。',
        any: [{ when: 'nearDue', span: days(3) }],
        limit: workdays(3),
      },
      {
        colour: 'yellow',
        title: '黄色督办单',
        measure: { zh: '预警督办', en: 'Warning' },
        demand: mend,
        any: [{ when: 'nodeMissed' }, { when: 'poorQuality' }],
        limit: workdays(5),
      },
      {
        colour: 'red',
        title: '红色督办单',
        measure: { zh: '逾期督办', en: 'Overdue' },
        demand: '时限已过，请于{limit}前办结，并书面说明原因。',
        any: [{ when: 'overdue' }],
        limit: workdays(3),
      },
    ],
  },
  {
    code: 'yingzhou',
    name: { zh: '颍州：蓝、黄、红三色卡', en: 'Yingzhou: blue, yellow, red cards' },
    source: {
      zh: '阜阳市颍州区三色卡：3 个工作日未分办蓝，1 周未办结黄并发督办函，超限、延期超过 2 次、二次评价不满意红',
      en: 'Yingzhou: not passed on in 3 workdays blue; not done in a week yellow, with a letter; over the limit, more than 2 extensions or two bad marks red',
    },
    urgentMayStartAt: [],
    steps: [
      {
        colour: 'blue',
        title: '蓝色督办卡',
        measure: { zh: '提醒分办', en: 'Reminder to take it on' },
        demand: '请于{limit}前签收并明确承办人。',
        any: [{ when: 'unsigned', span: workdays(3) }],
        limit: workdays(1),
      },
      {
        colour: 'yellow',
        title: '督办函（黄色）',
        measure: { zh: '发函督办', en: 'Letter' },
        demand: mend,
        any: [{ when: 'unfinished', span: days(7) }],
        limit: workdays(5),
      },
      {
        colour: 'red',
        title: '红色督办卡',
        measure: { zh: '重点督办', en: 'Last warning' },
        demand: '请主要负责人牵头，于{limit}前办结，并书面说明原因。',
        any: [{ when: 'overdue' }, { when: 'extensionsOver', n: 2 }, { when: 'returnsFrom', n: 2 }],
        limit: workdays(3),
      },
    ],
  },
];

export const ruleSetOf = (code: RuleSetCode): RuleSet => ruleSets.find((set) => set.code === code)!;
export const stepOf = (set: RuleSet, colour: SheetColour): SheetStep | undefined =>
  set.steps.find((step) => step.colour === colour);
