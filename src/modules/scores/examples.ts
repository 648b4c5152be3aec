// Long because it holds every published way of scoring that ships as an example, each with its source.
import type { Words } from '#core/shared/words.ts';
import { emptyBody, entered, events, indicator, itemOf, projects } from './draft.ts';
import type { Item, Method, SchemeBody } from './scheme.ts';

/** A published way of scoring, to begin a scheme from. `source` says what is published; what the source leaves open stands in an item's note. */
export interface SchemeExample {
  code: string;
  source: Words;
  body: SchemeBody;
}

const line = (zh: string, en: string, of: string, points: string, most: string | null = null) => ({
  label: { zh, en },
  of,
  points,
  most,
});
const counts = (base: string, ...lines: ReturnType<typeof line>[]): Method => ({ kind: 'counts', base, lines });
const places = (...points: (readonly [number, string])[]) => points.map(([to, p]) => ({ to, points: p }));
const percent = { show: 'percent' } as const;
const yi = { unit: '亿元', decimals: 4 } as const;
const pieces = { unit: '个', decimals: 0 } as const;

const example = (
  code: string,
  [zh, en]: readonly [string, string],
  source: Words,
  items: Item[],
  rest: Partial<SchemeBody> = {},
): SchemeExample => ({
  code,
  source,
  body: { ...emptyBody, name: { zh, en }, items, basis: source.zh, ...rest },
});

const comprehensive = example(
  'comprehensive',
  ['重点项目综合奖', 'Prize for key projects'],
  {
    zh: '某市重点项目综合奖评分办法（2020）：计划完成 40 分、项目开工 25 分、管理服务 15 分；其余 20 分原文未列',
    en: 'A city’s rules of a prize for key projects (2020): plan 40, starts 25, service 15; the other 20 are not printed',
  },
  [
    itemOf(
      'plan',
      ['年度计划完成', 'Plan of the year'],
      '25',
      {
        kind: 'steps',
        of: '投资完成率 × 100',
        anchor: '100',
        base: '25',
        counting: 'whole',
        segments: [
          { side: 'below', from: '0', to: null, each: '1', points: '-0.1' },
          { side: 'above', from: '0', to: '30', each: '1', points: '0.2' },
          { side: 'above', from: '30', to: null, each: '1', points: '0.1' },
        ],
        most: '10',
      },
      [indicator('投资完成率', 'invest')],
      {
        part: '计划完成',
        note: '每欠 1 个百分点扣 0.1 分；100%–130% 每超 1 个百分点加 0.2 分，130% 以上每超 1 个加 0.1 分；加减不超过 10 分',
      },
    ),
    itemOf(
      'halfYear',
      ['半年排名', 'Rank at half-year'],
      '7',
      { kind: 'rank', of: '半年完成率', best: 'highest', places: places([3, '7'], [6, '5'], [10, '3']) },
      [entered('半年完成率', percent)],
      { part: '计划完成', note: '第 1–3 名 7 分，4–6 名 5 分，7–10 名 3 分' },
    ),
    itemOf(
      'scale',
      ['规模排名', 'Rank by volume'],
      '5',
      { kind: 'rank', of: '完成投资', best: 'highest', places: places([1, '5'], [2, '3'], [3, '1']) },
      [projects('完成投资', '合计(本年完成 ÷ 亿元)', { unit: '亿元', decimals: 2 })],
      { part: '计划完成', note: '前三名 5、3、1 分' },
    ),
    itemOf(
      'hiTech',
      ['高新产业占比排名', 'Rank by share of high technology'],
      '3',
      { kind: 'rank', of: '高新占比', best: 'highest', places: places([1, '3'], [2, '2'], [3, '1']) },
      [entered('高新占比', percent)],
      { part: '计划完成', note: '前三名 3、2、1 分' },
    ),
    itemOf(
      'starts',
      ['新开工个数', 'Starts'],
      '10',
      counts('0', line('新开工', 'started', '新开工', '1')),
      [projects('新开工', '个数(已开工)')],
      { part: '项目开工', cap: '10', note: '每个 1 分，最高 10 分' },
    ),
    itemOf(
      'startRate',
      ['开工率', 'Start rate'],
      '5',
      {
        kind: 'steps',
        of: '开工率 × 100',
        anchor: '如果(计划新开工 <= 5, 80, 70)',
        base: '5',
        counting: 'whole',
        segments: [
          { side: 'above', from: '0', to: null, each: '10', points: '1' },
          { side: 'below', from: '0', to: null, each: '10', points: '-1' },
        ],
        most: '2',
      },
      [indicator('开工率', 'startOfYear'), projects('计划新开工', '个数(计划新开工)')],
      {
        part: '项目开工',
        note: '1–5 个的开工率达到 80%、6 个以上的达到 70% 得 5 分，每增减 10 个百分点加减 1 分，不超过 2 分',
      },
    ),
    itemOf(
      'joint',
      ['集中开工', 'Joint starts'],
      '10',
      counts('0', line('集中开工', 'joint starts', '集中开工', '2')),
      [entered('集中开工', pieces)],
      { part: '项目开工', cap: '10', note: '每个 2 分，最高 10 分' },
    ),
    itemOf(
      'notEnrolled',
      ['未按期开工入库', 'Not started and enrolled in time'],
      '0',
      counts('0', line('应开未开', 'not started in time', '应开未开', '-3')),
      [projects('应开未开', '个数(应开未开)')],
      { part: '项目开工', side: 'deduction', floor: null, note: '每项扣 3 分' },
    ),
    itemOf(
      'service',
      ['管理服务', 'Service'],
      '15',
      { kind: 'formula', of: '管理服务得分' },
      [entered('管理服务得分', { unit: '分' })],
      { part: '管理服务', cap: '15', note: '原文分项未列出' },
    ),
  ],
);

const half = (code: string, zh: string, en: string, each: string, actual: Item['inputs'][number]) =>
  itemOf(
    code,
    [zh, en],
    '25',
    {
      kind: 'steps',
      of: actual.name,
      anchor: '目标',
      base: '25',
      counting: 'part',
      segments: [
        { side: 'above', from: '0', to: null, each, points: '0.1' },
        { side: 'below', from: '0', to: null, each, points: '-0.1' },
      ],
      most: '3',
    },
    [actual, entered('目标', { unit: actual.unit })],
    { note: '达到目标得 25 分，每增减 1 个（亿元）加减 0.1 分，不超过 ±3 分' },
  );
const halves = example(
  'halves',
  ['重大项目考核（50/50）', 'Major projects, half and half'],
  {
    zh: '广西某市：新开工数 25、新开工投资 25、竣工数 25、续建投资 25；每项目、每亿元、每百分点 ±0.1，各以 ±3 为限；50 分为合格',
    en: 'A city in Guangxi: starts 25, their investment 25, completions 25, investment carried on 25; ±0.1 each, at most ±3; 50 passes',
  },
  [
    half('starts', '新开工项目数', 'Starts', '1', projects('新开工', '个数(已开工)')),
    half('startMoney', '新开工项目投资', 'Investment of starts', '1', entered('新开工投资', yi)),
    half('finished', '竣工项目数', 'Completions', '1', projects('竣工', '个数(本年竣工)')),
    half('carriedMoney', '续建项目投资', 'Investment carried on', '1', entered('续建投资', yi)),
  ],
);

const yanan = example(
  'pointsPerProject',
  ['重点项目按个计分', 'Points for each project'],
  {
    zh: '延安 2017：新开 5、续建 2；规模 20/10/6/3；产业 15、民生 8、功能 6；进度 60×完成率；省考核 +20；投产 20、投运 10；单月固投超 10 亿 +30；集中开工 +30（每年不超过 4 次）；通报批评 −5 至 −20',
    en: 'Yan’an 2017: new 5, carried 2; volume 20/10/6/3; industry 15, welfare 8, function 6; progress 60 × rate; provincial review +20; production 20, operation 10; a month over 1 billion +30; joint start +30, at most 4 a year; criticised −5 to −20',
  },
  [
    itemOf(
      'kind',
      ['新开和续建', 'New and carried over'],
      '100',
      counts('0', line('新开工', 'new', '新开工', '5'), line('续建', 'carried over', '续建', '2')),
      [projects('新开工', '个数(已开工)'), projects('续建', '个数(续建)')],
    ),
    itemOf(
      'volume',
      ['投资规模', 'Volume'],
      '100',
      counts(
        '0',
        line('10 亿元以上', 'from 1 billion', '特大', '20'),
        line('5–10 亿元', '0.5 to 1 billion', '大', '10'),
        line('1–5 亿元', '0.1 to 0.5 billion', '中', '6'),
        line('1 亿元以下', 'under 0.1 billion', '小', '3'),
      ),
      [
        projects('特大', '个数(总投资 >= 10 × 亿元)'),
        projects('大', '个数(总投资 >= 5 × 亿元 且 总投资 < 10 × 亿元)'),
        projects('中', '个数(总投资 >= 亿元 且 总投资 < 5 × 亿元)'),
        projects('小', '个数(总投资 < 亿元)'),
      ],
    ),
    itemOf(
      'sort',
      ['项目类别', 'Sort'],
      '100',
      counts(
        '0',
        line('产业', 'industry', '产业', '15'),
        line('民生', 'welfare', '民生', '8'),
        line('功能', 'function', '功能', '6'),
      ),
      [entered('产业', pieces), entered('民生', pieces), entered('功能', pieces)],
    ),
    itemOf(
      'progress',
      ['建设进度', 'Progress'],
      '60',
      { kind: 'ratio', of: '投资完成率' },
      [indicator('投资完成率', 'invest')],
      {
        note: '60 × 完成率，原文未写封顶',
      },
    ),
    itemOf(
      'production',
      ['投产投运', 'Production and operation'],
      '100',
      counts('0', line('投产', 'in production', '投产', '20'), line('投运', 'in operation', '投运', '10')),
      [projects('投产', '个数(本年投产)'), entered('投运', pieces)],
    ),
    itemOf(
      'bonus',
      ['加分', 'Bonus'],
      '0',
      counts(
        '0',
        line('省考核', 'provincial review', '省考核', '20'),
        line('单月固投超 10 亿元', 'a month over 1 billion', '单月', '30'),
        line('集中开工', 'joint starts', '集中', '30', '4'),
      ),
      [events('省考核'), events('单月'), events('集中')],
      { side: 'bonus' },
    ),
    itemOf(
      'criticised',
      ['通报批评', 'Criticised'],
      '0',
      counts(
        '0',
        line('一般', 'plain', '一般', '-5'),
        line('较重', 'graver', '较重', '-10'),
        line('严重', 'grave', '严重', '-20'),
      ),
      [events('一般'), events('较重'), events('严重')],
      { side: 'deduction', floor: null, note: '原文为 −5 至 −20，中间档为本示例所分' },
    ),
  ],
);

const attraction = example(
  'attraction',
  ['招商引资', 'Attracting investment'],
  {
    zh: '某县招商引资考核：公布的总分 2.78；公式见各项',
    en: 'A county’s scores of attracting investment: published total 2.78; formulas in the items',
  },
  [
    itemOf(
      'domestic',
      ['省外新增实际投资', 'Investment from other provinces'],
      '0.5',
      { kind: 'ratio', of: '实际投资 ÷ 投资目标' },
      [entered('实际投资', yi), entered('投资目标', yi)],
      { note: '完成率 × 0.5' },
    ),
    itemOf(
      'foreign',
      ['实际利用外资', 'Foreign investment used'],
      '0.5',
      { kind: 'ratio', of: '外资 ÷ 外资目标' },
      [entered('外资', { unit: '万美元' }), entered('外资目标', { unit: '万美元' })],
      { cap: '0.6', note: '完成率 × 0.5，120% 封顶为 0.6' },
    ),
    itemOf(
      'projects',
      ['新引进项目', 'New projects'],
      '0.5',
      { kind: 'formula', of: '(引进数 ÷ 引进数目标 × 50 ÷ 100 + 金额 ÷ 金额目标 × 50 ÷ 100) × 0.5' },
      [entered('引进数', pieces), entered('引进数目标', pieces), entered('金额', yi), entered('金额目标', yi)],
      { cap: '0.5', note: '（个数 ÷ 目标 × 50% + 金额 ÷ 目标 × 50%）× 0.5，封顶 0.5' },
    ),
    itemOf(
      'visits',
      ['专题招商活动', 'Events to attract investment'],
      '0.5',
      counts('0.5', line('少', 'short by', '最大(目标次数 − 次数, 0)', '-0.1')),
      [entered('次数', { unit: '个', decimals: 0 }), entered('目标次数', { unit: '个', decimals: 0 })],
      { note: '每少 1 个扣 0.1 分，扣完为止' },
    ),
    itemOf(
      'honesty',
      ['按期开工和数据真实', 'Starts in time, true figures'],
      '0.5',
      counts(
        '0.5',
        line('超时限未开工', 'not started in time', '超时限未开工', '-0.1'),
        line('弄虚作假', 'false figures', '弄虚作假', '-0.2'),
      ),
      [events('超时限未开工', '个'), events('弄虚作假', '个')],
      { note: '0.5 − 超时限未开工 × 0.1 − 弄虚作假 × 0.2' },
    ),
  ],
);

const efficacy = example(
  'efficacy',
  ['功效系数法', 'Efficacy coefficients'],
  {
    zh: '功效系数法：（值 − 最小）÷（最大 − 最小）× 40 + 60；全部相同计 100',
    en: 'Efficacy: (x − min) ÷ (max − min) × 40 + 60; all equal are 100',
  },
  (
    [
      ['invest', '投资完成率', 'Investment completion', '40', 'invest'],
      ['start', '开工率占应开', 'Start rate', '30', 'startOfDue'],
      ['funds', '资金到位率占计划', 'Funds arrived', '30', 'fundsOfPlan'],
    ] as const
  ).map(([code, zh, en, weight, of]) =>
    itemOf(code, [zh, en], weight, { kind: 'efficacy', of: zh, best: 'highest', base: '60', span: '40' }, [
      indicator(zh, of),
    ]),
  ),
);

const bands10 = (side: 'above' | 'below', sign: string) =>
  ['20', '40', '60', '80'].map((divisor, i, all) => ({
    side,
    from: String(i * 10),
    to: i === all.length - 1 ? null : String(i * 10 + 10),
    each: '1',
    points: `${sign}60/${divisor}`,
  }));
const piecewise = example(
  'piecewise',
  ['与全省平均比较分段计分', 'Piecewise against the average'],
  {
    zh: '黑龙江：得分 = 基础 + x1·(基础/20) + x2·(基础/40) + x3·(基础/60)…，每 10 个百分点一段；未开复工每个 −0.33',
    en: 'Heilongjiang: base + x1·(base/20) + x2·(base/40) + x3·(base/60)…, bands of 10 points; each not started −0.33',
  },
  [
    itemOf(
      'invest',
      ['投资完成率与平均之比', 'Completion against the average'],
      '60',
      {
        kind: 'steps',
        of: '投资完成率 × 100',
        anchor: null,
        base: '60',
        counting: 'part',
        segments: [...bands10('above', ''), ...bands10('below', '-')],
        most: null,
      },
      [indicator('投资完成率', 'invest')],
      { note: '基础分 60 为本示例所设；低于平均按同样的段扣分' },
    ),
    itemOf(
      'notStarted',
      ['未开复工', 'Not started or resumed'],
      '0',
      counts('0', line('未开复工', 'not started or resumed', '未开复工', '-0.33')),
      [projects('未开复工', '个数(应开未开) + 个数(续建 且 非 已复工)')],
      { side: 'deduction', floor: null, note: '每个扣 0.33 分' },
    ),
  ],
);

const rates = (rows: readonly (readonly [string, string, string, string, string | null])[], part = '') =>
  rows.map(([code, zh, en, weight, of]) =>
    itemOf(
      code,
      [zh, en],
      weight,
      { kind: 'ratio', of: zh },
      [of === null ? entered(zh, percent) : indicator(zh, of)],
      { cap: weight, part },
    ),
  );
const yulin = example(
  'yulin',
  ['招商项目落地', 'Projects signed and built'],
  {
    zh: '玉林招商：履约率 10、开竣工率 20、资金到位率 35、当年到位资金 35',
    en: 'Yulin: fulfilment 10, starts and completions 20, funds arrived 35, funds of the year 35',
  },
  rates([
    ['fulfil', '履约率', 'Fulfilment', '10', 'fulfil'],
    ['startFinish', '开竣工率', 'Starts and completions', '20', null],
    ['funds', '资金到位率', 'Funds arrived', '35', 'fundsOfContract'],
    ['yearFunds', '当年到位资金完成率', 'Funds of the year', '35', 'fundsOfPlan'],
  ]),
);
const stages = example(
  'stages',
  ['三个一批分阶段考核', 'Weights by stage'],
  {
    zh: '河南省/郑州：谋划储备 10、签约落地 30、开工投产 30、投产达效 20、服务保障 10，另有加减分',
    en: 'Henan and Zhengzhou: planning 10, signing 30, start and production 30, capacity 20, service 10, with bonuses and deductions',
  },
  [
    ...rates([
      ['reserve', '谋划储备完成率', 'Planning and reserve', '10', null],
      ['sign', '签约履约率', 'Signed and fulfilled', '30', 'fulfil'],
      ['start', '开工率', 'Started', '30', 'startOfDue'],
      ['capacity', '达效率', 'At full capacity', '20', 'capacity'],
      ['service', '服务保障完成率', 'Service', '10', null],
    ]),
    itemOf(
      'plus',
      ['加分', 'Bonus'],
      '0',
      counts('0', line('省级表彰', 'provincial praise', '省级表彰', '2')),
      [events('省级表彰')],
      { side: 'bonus', cap: '5', note: '分值为本示例所设' },
    ),
  ],
);
const tasks = example(
  'tasks',
  ['任务得分与捆绑单位', 'Task points, bound units'],
  {
    zh: '任务得分：新引进 ÷ 时序目标 × 分值；产业契合度 × 20；捆绑单位按 70/30 计分',
    en: 'Task points: new projects ÷ target by now × weight; industrial fit × 20; bound units share 70/30',
  },
  [
    itemOf(
      'task',
      ['新引进任务', 'New projects'],
      '80',
      { kind: 'ratio', of: '新引进 ÷ 时序目标' },
      [entered('新引进', pieces), entered('时序目标', pieces)],
      { cap: '80', binding: { lead: '0.7', bound: '0.3' }, note: '分值 80 为本示例所设；牵头单位 70%，捆绑单位 30%' },
    ),
    itemOf(
      'fit',
      ['产业契合度', 'Industrial fit'],
      '20',
      { kind: 'ratio', of: '产业契合度' },
      [entered('产业契合度', percent)],
      { cap: '20', note: '产业契合度 × 20' },
    ),
  ],
);
const growth = example(
  'planAndGrowth',
  ['计划与增幅', 'Plan and growth'],
  {
    zh: '枣庄 2005：市定、区定计划各 20，每增减 2% 加减 1 分，不超过 ±15；增幅 20',
    en: 'Zaozhuang 2005: plans of city and district 20 each, ±1 for each 2 %, at most ±15; growth 20',
  },
  [
    ...(
      [
        ['city', '市定计划', 'Plan of the city', indicator('完成率', 'invest')],
        ['district', '区定计划', 'Plan of the district', entered('完成率', percent)],
      ] as const
    ).map(([code, zh, en, input]) =>
      itemOf(
        code,
        [zh, en],
        '20',
        {
          kind: 'steps',
          of: '完成率 × 100',
          anchor: '100',
          base: '20',
          counting: 'whole',
          segments: [
            { side: 'above', from: '0', to: null, each: '2', points: '1' },
            { side: 'below', from: '0', to: null, each: '2', points: '-1' },
          ],
          most: '15',
        },
        [input],
      ),
    ),
    itemOf(
      'growth',
      ['投资增幅', 'Growth'],
      '20',
      { kind: 'efficacy', of: '同比增长', best: 'highest', base: '60', span: '40' },
      [indicator('同比增长', 'growth')],
      { note: '原文只列 20 分，按功效系数计为本示例所设' },
    ),
  ],
);
const owners = example(
  'owners',
  ['业主单位年度计划规模', 'Volume of plans of owners'],
  {
    zh: '业主、责任、审批三类单位：省重点 5、市重点 3；年计划 ≥10 亿 20、5–10 亿 15、3–5 亿 10、1–3 亿 5、<1 亿 3',
    en: 'Owners, responsible and approving units: provincial 5, municipal 3; plan of the year from 1 billion 20, 15, 10, 5, 3',
  },
  [
    itemOf(
      'tier',
      ['重点层级', 'Tier'],
      '100',
      counts('0', line('省重点', 'provincial', '省重点', '5'), line('市重点', 'municipal', '市重点', '3')),
      [entered('省重点', pieces), entered('市重点', pieces)],
    ),
    itemOf(
      'plan',
      ['年计划规模', 'Plan of the year'],
      '20',
      {
        kind: 'bands',
        of: '年计划',
        bands: [
          { from: '10', points: '20' },
          { from: '5', points: '15' },
          { from: '3', points: '10' },
          { from: '1', points: '5' },
        ],
        otherwise: '3',
      },
      [entered('年计划', yi)],
    ),
  ],
);

export const examples: readonly SchemeExample[] = [
  comprehensive,
  halves,
  yanan,
  owners,
  attraction,
  efficacy,
  piecewise,
  tasks,
  yulin,
  growth,
  stages,
];
