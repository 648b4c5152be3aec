import { defaultLevels, type Level } from './level.ts';
import type { RuleSetDraft } from './light-rule.ts';

// What these sources do not state is left out here and stands in the gap report of the set: nothing is filled in for them.

const [normal, warn, late] = defaultLevels as [Level, Level, Level];
const notFound = '（文件题名待核）';

/** 天津 2022: a district's investment against its planned growth and the city's. Silent on zero growth and on missing both. */
const tianjin: RuleSetDraft = {
  code: 'tianjin-2022',
  name: { zh: '天津 2022', en: 'Tianjin 2022' },
  source: `天津市 2022 年公布的各区投资亮灯规则${notFound}；专项债使用另见资金模块`,
  sourceDate: '2022',
  clock: 'linearMonth',
  aheadPoints: null,
  rules: [
    {
      kind: 'growth',
      code: 'growth',
      name: { zh: '区投资增速', en: 'Growth of investment' },
      basis: 'published',
      cases: [
        { light: 'normal', growth: ['up'], meets: ['both'] },
        { light: 'warn', growth: ['up'], meets: ['planOnly', 'averageOnly'] },
        { light: 'late', growth: ['down'], meets: ['both', 'planOnly', 'averageOnly', 'none'] },
      ],
      consequences: [
        { light: 'normal', text: { zh: '考核加分', en: 'Points in the yearly score' } },
        { light: 'warn', text: { zh: '通报、约谈', en: 'Named in the bulletin, summoned' } },
        { light: 'late', text: { zh: '通报、约谈', en: 'Named in the bulletin, summoned' } },
      ],
      note: {
        zh: '原文“增长但低于其一”按只低于一个理解；两个都低于、零增长，原文未写',
        en: 'The source says “growing, below one of them”; it is silent on missing both and on zero growth',
      },
    },
  ],
};

/** 新晃 2015: both of its steps are warnings, and neither is a red light. */
const xinhuang: RuleSetDraft = {
  code: 'xinhuang-2015',
  name: { zh: '新晃 2015', en: 'Xinhuang 2015' },
  source: `新晃县 2015 年公布的月任务规则${notFound}`,
  sourceDate: '2015',
  clock: 'linearMonth',
  aheadPoints: null,
  levels: [
    { ...normal, words: { zh: '正常', en: 'Normal' } },
    {
      code: 'watch',
      words: { zh: '重点跟踪', en: 'Watched' },
      colour: 'purple',
      shape: 'pentagon',
      severity: 30,
      base: 'warn',
    },
    { ...warn, code: 'yellowCard', words: { zh: '黄牌', en: 'Yellow card' } },
  ],
  rules: [
    {
      kind: 'monthTask',
      code: 'month-task',
      name: { zh: '月任务', en: 'Monthly task' },
      basis: 'published',
      bands: [
        { light: 'normal', from: '80', to: null },
        { light: 'watch', from: '60', to: '80' },
        { light: 'yellowCard', from: '0', to: '60' },
      ],
      consequences: [
        { light: 'watch', text: { zh: '重点跟踪', en: 'Closely watched' } },
        {
          light: 'yellowCard',
          text: { zh: '不兑现阶段奖，电子屏公示', en: 'No bonus for the stage; shown on the public screen' },
        },
      ],
    },
  ],
};

/** 绍兴交投: three colours on nodes broken down by month. How late is yellow or red is not published. */
const shaoxing: RuleSetDraft = {
  code: 'shaoxing-nodes',
  name: { zh: '绍兴交投（节点计划）', en: 'Shaoxing communications (nodes)' },
  source: `绍兴市交通投资集团节点计划红黄绿三色预警${notFound}`,
  sourceDate: null,
  clock: 'linearMonth',
  aheadPoints: null,
  rules: [
    {
      kind: 'daysLate',
      code: 'node',
      name: { zh: '节点计划', en: 'Nodes' },
      basis: 'published',
      of: 'node',
      bands: [],
      note: {
        zh: '只公布红黄绿三色，未公布超期多少天亮黄灯、红灯，启用前请由本市明确',
        en: 'Three colours are published, not how many days late each begins: decide it before use',
      },
    },
  ],
};

/** 枣庄 2022: two plates for each place, one for the position and one for its change. The thresholds are not published. */
const zaozhuang: RuleSetDraft = {
  code: 'zaozhuang-2022',
  name: { zh: '枣庄 2022', en: 'Zaozhuang 2022' },
  source: `枣庄市 2022 年位次、变化双亮牌${notFound}`,
  sourceDate: '2022',
  clock: 'linearMonth',
  aheadPoints: null,
  levels: [
    { ...normal, words: { zh: '未亮牌', en: 'No plate' }, colour: 'grey', shape: 'ring' },
    {
      code: 'blue',
      words: { zh: '蓝牌', en: 'Blue plate' },
      colour: 'blue',
      shape: 'diamond',
      severity: 10,
      base: 'ahead',
    },
    { ...warn, code: 'yellow', words: { zh: '黄牌', en: 'Yellow plate' } },
    { ...late, code: 'red', words: { zh: '红牌', en: 'Red plate' } },
  ],
  rules: (['place', 'change'] as const).map((of) => ({
    kind: 'place',
    code: of === 'place' ? 'place' : 'change',
    name: of === 'place' ? { zh: '位次', en: 'Place' } : { zh: '位次变化', en: 'Change of place' },
    basis: 'published',
    of,
    bands: [],
    consequences: [
      { light: 'blue', text: { zh: '先进，媒体公开', en: 'Advanced; made public' } },
      { light: 'yellow', text: { zh: '提醒，媒体公开', en: 'Reminded; made public' } },
      { light: 'red', text: { zh: '警告，媒体公开', en: 'Warned; made public' } },
    ],
    note: {
      zh: '第几位、升降几位亮牌，原文未公布，启用前请由本市明确',
      en: 'From which place or change each plate is given is not published: decide it before use',
    },
  })),
};

/** 深圳某公司: three warnings by days late. 黄 ≤7 and 红 ≥15 leave 8–14 to orange, whose “7–15” does not say its ends. */
const shenzhen: RuleSetDraft = {
  code: 'shenzhen-days',
  name: { zh: '深圳某公司（工期）', en: 'A company in Shenzhen (days late)' },
  source: `深圳某公司工期三级预警${notFound}`,
  sourceDate: null,
  clock: 'linearDay',
  aheadPoints: null,
  levels: [
    normal,
    { ...warn, words: { zh: '黄灯', en: 'Yellow' } },
    {
      code: 'orange',
      words: { zh: '橙灯', en: 'Orange' },
      colour: 'orange',
      shape: 'hexagon',
      severity: 60,
      base: 'warn',
    },
    { ...late, words: { zh: '红灯', en: 'Red' } },
  ],
  rules: [
    {
      kind: 'daysLate',
      code: 'days-late',
      name: { zh: '工期', en: 'Days late' },
      basis: 'published',
      of: 'either',
      bands: [
        { light: 'warn', from: null, to: '7', toIncluded: true },
        { light: 'orange', from: '7', fromIncluded: false, to: '15' },
        { light: 'late', from: '15', to: null },
      ],
      note: {
        zh: '原文“橙 7–15 天”未写两端，按“黄 ≤7”“红 ≥15”取 8–14 天',
        en: 'The source says “orange 7–15” without its ends; by “yellow ≤7” and “red ≥15” it is 8–14',
      },
    },
  ],
};

export const publishedRuleSets: readonly RuleSetDraft[] = [tianjin, xinhuang, shaoxing, zaozhuang, shenzhen];
