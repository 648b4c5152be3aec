import { type RuleSet, type RuleSetDraft, ruleSet } from './light-rule.ts';
import { publishedRuleSets } from './published-sets.ts';

/** 银川 2025, as published: nothing is said about 0–10 points below the clock. */
const yinchuan: RuleSetDraft = {
  code: 'yinchuan-2025',
  name: { zh: '银川 2025', en: 'Yinchuan 2025' },
  source: '银川市 2025 年公布的规则：绿保障、黄提示、红警告（文件题名待核）',
  sourceDate: '2025',
  clock: 'linearDay',
  aheadPoints: null,
  rules: [
    {
      kind: 'start',
      code: 'start',
      name: { zh: '开工', en: 'Start' },
      basis: 'published',
      streaks: [{ light: 'warn', months: 3, becomes: 'late' }],
      consequences: [
        {
          light: 'warn',
          text: {
            zh: '黄提示；无正当理由的发督办函',
            en: 'Yellow notice; a supervision letter where there is no good reason',
          },
        },
        {
          light: 'late',
          text: {
            zh: '红警告，列入月更新清单，发督办函',
            en: 'Red warning, on the monthly list, with a supervision letter',
          },
        },
      ],
      note: { zh: '有正当理由的经批准可豁免', en: 'May be exempted for an approved reason' },
    },
    {
      kind: 'progress',
      code: 'progress',
      name: { zh: '进度', en: 'Progress' },
      basis: 'published',
      bands: [
        { light: 'normal', from: '0', to: null },
        { light: 'warn', from: '-30', to: '-10', toIncluded: true },
        { light: 'late', from: null, to: '-30' },
      ],
      consequences: [
        { light: 'warn', text: { zh: '黄提示', en: 'Yellow notice' } },
        { light: 'late', text: { zh: '红警告，发督办函', en: 'Red warning, with a supervision letter' } },
      ],
    },
    {
      kind: 'payment',
      code: 'payment',
      name: { zh: '资金支付', en: 'Payment' },
      basis: 'published',
      bands: [
        { light: 'normal', from: '100', to: null },
        { light: 'late', from: '0', to: '100' },
      ],
      consequences: [{ light: 'late', text: { zh: '红警告', en: 'Red warning' } }],
    },
    {
      kind: 'enrolment',
      code: 'enrolment',
      name: { zh: '入统', en: 'Enrolment' },
      basis: 'published',
      warnMonths: 1,
      lateMonths: 2,
      leastTotalYuan: 5_000_000,
      consequences: [
        { light: 'warn', text: { zh: '黄提示', en: 'Yellow notice' } },
        { light: 'late', text: { zh: '红警告', en: 'Red warning' } },
      ],
      note: { zh: '计划总投资 500 万元以下的不入统', en: 'Below CNY 5 million a project is not enrolled' },
    },
  ],
};

/** 三亚 2022. Both its share of the clock and its streaks are the source's. */
const sanya: RuleSetDraft = {
  code: 'sanya-2022',
  name: { zh: '三亚 2022', en: 'Sanya 2022' },
  source: '三亚市 2022 年公布的规则（文件题名待核）',
  sourceDate: '2022',
  clock: 'linearMonth',
  aheadPoints: null,
  rules: [
    {
      kind: 'share',
      code: 'progress',
      name: { zh: '项目进度', en: 'Progress of projects' },
      basis: 'published',
      leastPlanYuan: 10_000_000,
      bands: [
        { light: 'normal', from: '100', to: null },
        { light: 'warn', from: '50', to: '100' },
        { light: 'late', from: '0', to: '50' },
      ],
      consequences: [
        { light: 'warn', text: { zh: '约谈项目负责人', en: 'The person in charge is summoned' } },
        { light: 'warn', months: 2, text: { zh: '分管副市长约谈', en: 'The vice-mayor in charge summons them' } },
        { light: 'late', text: { zh: '分管市领导约谈主要负责人', en: 'A city leader summons the head of the unit' } },
      ],
    },
    {
      kind: 'monthTask',
      code: 'month-task',
      name: { zh: '各区月任务', en: 'Monthly task of districts' },
      basis: 'published',
      subject: 'county',
      streaks: [{ light: 'warn', months: 2, becomes: 'late' }],
      bands: [
        { light: 'normal', from: '100', to: null },
        { light: 'warn', from: '0', to: '100' },
      ],
    },
  ],
};

const [start, progress, payment, enrolment] = yinchuan.rules as [
  RuleSetDraft['rules'][number],
  Extract<RuleSetDraft['rules'][number], { kind: 'progress' }>,
  RuleSetDraft['rules'][number],
  RuleSetDraft['rules'][number],
];

const monthTask = sanya.rules.find((rule) => rule.kind === 'monthTask');

/** What a city starts with: 银川 2025 with its gap decided, the light 提前, and 三亚's lamp for counties. */
const city: RuleSetDraft = {
  ...yinchuan,
  code: 'city',
  name: { zh: '本市规则', en: 'City rules' },
  source: '以银川 2025 为底本，未规定处由本市决定；各县区月任务取自三亚 2022',
  aheadPoints: '10',
  rules: [
    start!,
    {
      ...progress!,
      bands: [...progress!.bands, { light: 'normal', from: '-10', fromIncluded: false, to: '0', basis: 'city' }],
      note: {
        zh: '原规则未写“低 0–10”，本市定为绿灯',
        en: 'The source is silent on 0–10 points below; this city makes it green',
      },
    },
    payment!,
    enrolment!,
    {
      ...monthTask!,
      note: { zh: '取自三亚 2022', en: 'Taken from Sanya 2022' },
    },
  ],
};

export const shippedRuleSets: readonly RuleSet[] = [city, yinchuan, sanya, ...publishedRuleSets].map((draft) =>
  ruleSet.parse(draft),
);
/** The set in force until a city chooses another. */
export const defaultRuleSetCode = 'city';
