import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import { unitsByName } from '#modules/organization/server/public.ts';
import {
  emptyBody,
  entered,
  events,
  type Input,
  type Item,
  indicator,
  insertPastScheme,
  itemOf,
  type PastScheme,
  projects,
  type SchemeBody,
} from '#modules/scores/server/public.ts';

const by = (input: Input, grouping: 'county' | 'command'): Input =>
  'by' in input.source ? { ...input, source: { ...input.source, by: grouping } } : input;
const line = (zh: string, en: string, of: string, points: string, most: string | null = null) => ({
  label: { zh, en },
  of,
  points,
  most,
});

/** The steps of the prize of 2020, held against the clock instead of the whole year, because the year is not over. */
const plan = (weight: string, grouping: 'county' | 'command'): Item =>
  itemOf(
    'plan',
    ['年度计划完成', 'Plan of the year'],
    weight,
    {
      kind: 'steps',
      of: '投资完成率 × 100',
      anchor: '时序进度 × 100',
      base: weight,
      counting: 'whole',
      segments: [
        { side: 'below', from: '0', to: null, each: '1', points: '-0.5' },
        { side: 'above', from: '0', to: '30', each: '1', points: '0.2' },
        { side: 'above', from: '30', to: null, each: '1', points: '0.1' },
      ],
      most: '10',
    },
    [by(indicator('投资完成率', 'invest'), grouping), by(indicator('时序进度', 'pace'), grouping)],
    { part: '计划完成', note: '与时序比，每欠 1 个百分点扣 0.5 分，每超 1 个加 0.2 分，加减不超过 10 分（示例）' },
  );
const starts = (weight: string, grouping: 'county' | 'command'): Item =>
  itemOf(
    'start',
    ['按期开工', 'Starts in time'],
    weight,
    { kind: 'ratio', of: '开工率占应开' },
    [by(indicator('开工率占应开', 'startOfDue'), grouping)],
    { part: '项目开工', cap: weight, missing: 'full', note: '分值 × 应开工项目开工率，没有应开工项目的计满分（示例）' },
  );
const closeOut = (weight: string, grouping: 'county' | 'command'): Item =>
  itemOf(
    'closeOut',
    ['问题销号', 'Problems closed'],
    weight,
    { kind: 'ratio', of: '问题销号率' },
    [by(indicator('问题销号率', 'closeOut'), grouping)],
    { part: '管理服务', cap: weight, missing: 'full', note: '分值 × 问题销号率，没有交办问题的计满分（示例）' },
  );
const satisfied = (weight: string): Item =>
  itemOf(
    'service',
    ['服务满意度', 'Satisfaction'],
    weight,
    { kind: 'ratio', of: '满意度' },
    [entered('满意度', { show: 'percent' })],
    { part: '管理服务', cap: weight, note: '第三方测评，由考核办录入（示例）' },
  );
const blamed: Item = itemOf(
  'blamed',
  ['通报批评', 'Criticised'],
  '0',
  { kind: 'counts', base: '0', lines: [line('通报批评', 'criticised', '通报批评', '-2')] },
  [events('通报批评')],
  { side: 'deduction', floor: '-10', part: '加减分', note: '每次扣 2 分，最多扣 10 分（示例）' },
);

const counties = (units: SchemeBody['groups'][number]['units']): SchemeBody => ({
  ...emptyBody,
  name: { zh: '县（市、区）重点项目工作考核', en: 'Key projects: counties and districts' },
  publicityDays: 5,
  bonusMost: '6',
  basis: '示例方案，参照公开的综合奖评分办法（2020）和延安 2017 年办法的计分方式，分值为示例所设',
  vetoes: [
    { zh: '发生较大及以上生产安全责任事故', en: 'A grave accident at work' },
    { zh: '项目数据弄虚作假', en: 'False figures of projects' },
  ],
  groups: [{ code: 'counties', name: { zh: '县（市、区）', en: 'Counties' }, units }],
  items: [
    plan('25', 'county'),
    itemOf(
      'volume',
      ['投资规模排名', 'Rank by volume'],
      '5',
      {
        kind: 'rank',
        of: '完成投资',
        best: 'highest',
        places: [
          { to: 1, points: '5' },
          { to: 2, points: '3' },
          { to: 3, points: '1' },
        ],
      },
      [projects('完成投资', '合计(本年完成 ÷ 亿元)', { unit: '亿元', decimals: 2 })],
      { part: '计划完成', note: '前三名 5、3、1 分' },
    ),
    starts('15', 'county'),
    itemOf(
      'enrol',
      ['入库入统', 'Enrolled in statistics'],
      '10',
      { kind: 'ratio', of: '入统率' },
      [indicator('入统率', 'enrol')],
      { part: '项目开工', cap: '10', note: '10 × 入统率（示例）' },
    ),
    itemOf(
      'funds',
      ['资金到位', 'Funds arrived'],
      '15',
      { kind: 'efficacy', of: '资金到位率', best: 'highest', base: '60', span: '40' },
      [indicator('资金到位率', 'fundsOfPlan')],
      { part: '要素保障', note: '功效系数法：（值 − 最小）÷（最大 − 最小）× 40 + 60' },
    ),
    itemOf(
      'reserve',
      ['项目储备', 'Reserve'],
      '10',
      {
        kind: 'bands',
        of: '在库储备',
        bands: [
          { from: '8', points: '10' },
          { from: '5', points: '8' },
          { from: '3', points: '6' },
          { from: '1', points: '3' },
        ],
        otherwise: '0',
      },
      [projects('在库储备', '个数(在库储备)')],
      { part: '谋划储备', note: '在库 8 个以上 10 分，5 个 8 分，3 个 6 分，1 个 3 分（示例）' },
    ),
    closeOut('10', 'county'),
    satisfied('10'),
    itemOf(
      'joint',
      ['集中开工', 'Joint starts'],
      '0',
      { kind: 'counts', base: '0', lines: [line('集中开工', 'joint starts', '集中开工', '2', '4')] },
      [events('集中开工')],
      { side: 'bonus', cap: '8', part: '加减分', note: '每次加 2 分，每年不超过 4 次（示例）' },
    ),
    itemOf(
      'overdue',
      ['应开未开', 'Overdue starts'],
      '0',
      { kind: 'counts', base: '0', lines: [line('应开未开', 'overdue', '应开未开', '-0.5')] },
      [projects('应开未开', '个数(应开未开)')],
      { side: 'deduction', floor: '-6', part: '加减分', note: '每个扣 0.5 分，最多扣 6 分（示例）' },
    ),
    blamed,
  ],
});

const others = (groups: SchemeBody['groups']): SchemeBody => ({
  ...emptyBody,
  name: { zh: '协调指挥部和市属国企重点项目工作考核', en: 'Key projects: command posts and city firms' },
  publicityDays: 5,
  basis: '示例方案，分值为示例所设',
  vetoes: [{ zh: '项目数据弄虚作假', en: 'False figures of projects' }],
  groups,
  items: [plan('40', 'command'), starts('20', 'command'), closeOut('15', 'command'), satisfied('25'), blamed],
});

const office = '刘敏（示例）';
/** A clerk of the office who typed the figures, so that another may decide. */
const clerk = '周婷（示例）';

/** Two schemes of the year: counties in publicity with a decided objection and a correction, the others assessing themselves. 示例. */
export async function layOutScores(scope: Scope): Promise<void> {
  const { all } = await unitsByName(scope);
  const year = Number(scope.today.slice(0, 4));
  const valid = all.filter((u) => u.validTo === null || u.validTo >= scope.today);
  const countyUnits = valid.filter((u) => u.kind === 'county').slice(0, 9);
  const posts = valid.filter((u) => u.kind === 'commandPost');
  const firms = valid.filter((u) => u.kind === 'stateFirm');
  if (countyUnits.length < 3 || posts.length < 3) return;
  const members = (units: readonly { id: string }[]) => units.map(({ id }) => ({ unitId: id, boundTo: null }));
  const before = (days: number) => addDays(scope.today, -days);
  const [first, second, third] = [countyUnits[0]!, countyUnits[1]!, countyUnits[2]!];
  // Its government goes by the same short name; scored is the county.
  const yunxi = countyUnits.find(({ name }) => name === '云溪区')?.id ?? second.id;
  const document = '岳项指办〔2021〕6号（示例）';
  const event = { document: '岳阳市重点项目建设通报（示例）', approver: '市领导甲', byName: clerk };
  const satisfaction = ['92.4', '88', '90.6', '85.5', '87.2', '91', '83.9', '89.3', '86'];
  const made: PastScheme = {
    year,
    code: 'counties',
    body: counties(members(countyUnits)),
    reason: '示例：年初制定',
    document,
    on: `${year}-02-20`,
    byName: office,
    selfUntil: before(14),
    figures: countyUnits.map(({ id }, i) => ({
      unitId: id,
      item: 'service',
      input: '满意度',
      value: satisfaction[i % satisfaction.length]!,
      note: '示例：第三方测评报告第 3 页',
      on: before(12),
      byName: clerk,
    })),
    marks: [
      {
        unitId: yunxi,
        item: 'blamed',
        input: '通报批评',
        reason: '示例：6 月报表迟报，全市通报',
        on: before(70),
        ...event,
        struck: { on: before(3), byName: clerk, reason: '示例：异议裁定撤销，迟报因系统升级停机' },
      },
      {
        unitId: third.id,
        item: 'blamed',
        input: '通报批评',
        reason: '示例：现场核查与报数不符',
        on: before(50),
        ...event,
      },
      {
        unitId: first.id,
        item: 'joint',
        input: '集中开工',
        reason: '示例：一季度集中开工主会场',
        on: before(180),
        ...event,
      },
      {
        unitId: first.id,
        item: 'joint',
        input: '集中开工',
        reason: '示例：三季度集中开工主会场',
        on: before(60),
        ...event,
      },
      {
        unitId: second.id,
        item: 'joint',
        input: '集中开工',
        reason: '示例：二季度集中开工主会场',
        on: before(120),
        ...event,
      },
    ],
    selves: countyUnits.flatMap(({ id }, i) =>
      (
        [
          ['plan', 26 - (i % 4)],
          ['start', 15 - (i % 3)],
          ['enrol', 9 - (i % 3) * 0.5],
          ['funds', 14 - (i % 5) * 0.5],
          ['reserve', i % 2 === 0 ? 10 : 8],
          ['closeOut', 9],
          ['service', 9],
        ] as const
      ).map(([item, points]) => ({
        unitId: id,
        item,
        points: String(points),
        note: '示例：按 8 月底报表自评',
        on: before(16 + (i % 5)),
        byName: '何静（示例）',
      })),
    ),
    result: { day: before(26), on: before(6), byName: office, publicityUntil: addDays(scope.today, 3) },
    objections: [
      {
        unitId: yunxi,
        item: 'blamed',
        reason: '示例：6 月报表迟报系平台升级停机所致，已附停机通知，请予核实。',
        on: before(5),
        byName: '方毅（示例）',
        decision: {
          result: 'changed',
          text: '示例：经核，停机时间与填报时限重合，撤销该次扣分。',
          on: before(3),
          byName: '黎军（示例）',
        },
      },
      {
        unitId: third.id,
        item: 'service',
        reason: '示例：满意度测评样本偏少，申请补充抽样后重新计分。',
        on: before(1),
        byName: '何静（示例）',
      },
    ],
    correction: { on: before(2), byName: office, note: '示例：按异议裁定撤销云溪区一次通报扣分' },
  };
  await insertPastScheme(scope, made);
  const scored = [...posts, ...firms];
  await insertPastScheme(scope, {
    year,
    code: 'posts',
    body: others([
      { code: 'posts', name: { zh: '协调指挥部', en: 'Command posts' }, units: members(posts) },
      { code: 'firms', name: { zh: '市属国企', en: 'City firms' }, units: members(firms) },
    ]),
    reason: '示例：年初制定',
    document,
    on: `${year}-02-20`,
    byName: office,
    selfUntil: addDays(scope.today, 5),
    figures: scored.slice(0, 12).map(({ id }, i) => ({
      unitId: id,
      item: 'service',
      input: '满意度',
      value: satisfaction[(i * 2) % satisfaction.length]!,
      note: '示例：服务对象测评',
      on: before(4),
      byName: clerk,
    })),
    marks: [
      {
        unitId: posts[3]!.id,
        item: 'blamed',
        input: '通报批评',
        reason: '示例：督查单逾期未答复',
        on: before(30),
        ...event,
      },
    ],
    selves: posts.slice(0, 9).flatMap(({ id }, i) =>
      (
        [
          ['plan', 41 - (i % 5)],
          ['start', 20 - (i % 4)],
          ['closeOut', 14],
        ] as const
      ).map(([item, points]) => ({
        unitId: id,
        item,
        points: String(points),
        note: '示例：按本部台账自评',
        on: before(1 + (i % 4)),
        byName: '陈志刚（示例）',
      })),
    ),
    objections: [],
  });
}
