import { describe, expect, test } from 'vitest';
import { ratioOf } from '#core/shared/rate.ts';
import { checkScheme } from './check.ts';
import { brief, wire } from './exact.ts';
import { examples } from './examples.ts';
import { type Figures, itemPoints } from './points.ts';
import { type Item, SchemeBody } from './scheme.ts';

const bodyOf = (code: string) => examples.find((e) => e.code === code)!.body;
const item = (example: string, code: string): Item => bodyOf(example).items.find((i) => i.code === code)!;
const figures = (values: Record<string, number | string>): Figures =>
  new Map(Object.entries(values).map(([name, value]) => [name, wire(ratioOf(value))]));
/** Points of an item for each unit of a group, as people read them. */
const pointsOf = (of: Item, ...group: Record<string, number | string>[]): string[] =>
  itemPoints(of, group.map(figures)).map(({ points }) => brief(points, 6));
const one = (example: string, code: string, values: Record<string, number | string>): string =>
  pointsOf(item(example, code), values)[0]!;

describe('the prize of 2020 (published: 25; each point short −0.1; to 130 % +0.2; above +0.1; ±10)', () => {
  const plan = (rate: string) => one('comprehensive', 'plan', { 投资完成率: rate });
  test('the plan item moves by its steps', () => {
    expect(plan('1')).toBe('25');
    expect(plan('0.97')).toBe('24.7');
    expect(plan('1.1')).toBe('27');
    expect(plan('1.3')).toBe('31');
    // 30 steps of 0.2 and 5 of 0.1.
    expect(plan('1.35')).toBe('31.5');
  });
  test('a step that is not whole does not count, from either side', () => {
    expect(plan('0.9999')).toBe('25');
    expect(plan('1.0199')).toBe('25.2');
  });
  test('it is held to ten points up and down', () => {
    // 30 × 0.2 + 40 × 0.1 = 10 exactly; beyond that nothing more.
    expect(plan('1.7')).toBe('35');
    expect(plan('2.4')).toBe('35');
    // From 0 % the hundred points short are −10 exactly.
    expect(plan('0')).toBe('15');
  });
  test('ranks at half-year give 7, 5 and 3, and nothing from the eleventh', () => {
    const rates = Array.from({ length: 12 }, (_, i) => ({ 半年完成率: `0.${90 - i}` }));
    expect(pointsOf(item('comprehensive', 'halfYear'), ...rates)).toEqual(
      [7, 7, 7, 5, 5, 5, 3, 3, 3, 3, 0, 0].map(String),
    );
  });
  test('ties share the better rank and the next one skips', () => {
    const rates = ['82.3', '82.3', '80.9'].map((完成投资) => ({ 完成投资 }));
    expect(pointsOf(item('comprehensive', 'scale'), ...rates)).toEqual(['5', '5', '1']);
  });
  test('shares of high technology give 3, 2, 1', () => {
    const shares = ['0.4', '0.3', '0.2', '0.1'].map((高新占比) => ({ 高新占比 }));
    expect(pointsOf(item('comprehensive', 'hiTech'), ...shares)).toEqual(['3', '2', '1', '0']);
  });
  test('starts give a point each up to ten, joint starts two each up to ten, each one overdue −3', () => {
    expect(one('comprehensive', 'starts', { 新开工: 7 })).toBe('7');
    expect(one('comprehensive', 'starts', { 新开工: 14 })).toBe('10');
    expect(one('comprehensive', 'joint', { 集中开工: 3 })).toBe('6');
    expect(one('comprehensive', 'joint', { 集中开工: 6 })).toBe('10');
    expect(one('comprehensive', 'notEnrolled', { 应开未开: 2 })).toBe('-6');
  });
  test('the start rate is held to 80 % for up to five starts and to 70 % from six, ±1 each ten points, at most 2', () => {
    const rate = (开工率: string, 计划新开工: number) => one('comprehensive', 'startRate', { 开工率, 计划新开工 });
    expect(rate('0.8', 5)).toBe('5');
    expect(rate('0.8', 6)).toBe('6');
    expect(rate('0.6', 5)).toBe('3');
    expect(rate('1', 6)).toBe('7');
    expect(rate('0.1', 6)).toBe('3');
  });
});

describe('half and half (published: 25 each, ±0.1 each, at most ±3)', () => {
  test.each([
    [10, '25'],
    [13, '25.3'],
    [8, '24.8'],
    [60, '28'],
  ])('%i starts against a target of 10 are %s', (新开工, points) => {
    expect(one('halves', 'starts', { 新开工, 目标: 10 })).toBe(points);
  });
  test('money counts by parts of 亿元', () =>
    expect(one('halves', 'startMoney', { 新开工投资: '12.5', 目标: 10 })).toBe('25.25'));
});

describe('points for each project (延安 2017, published)', () => {
  const yanan = (code: string, values: Record<string, number>) => one('pointsPerProject', code, values);
  test('new 5, carried over 2', () => expect(yanan('kind', { 新开工: 4, 续建: 6 })).toBe('32'));
  test('volume 20, 10, 6, 3', () => {
    expect(yanan('volume', { 特大: 1, 大: 0, 中: 0, 小: 0 })).toBe('20');
    expect(yanan('volume', { 特大: 2, 大: 1, 中: 3, 小: 4 })).toBe('80');
  });
  test('industry 15, welfare 8, function 6', () => expect(yanan('sort', { 产业: 1, 民生: 1, 功能: 1 })).toBe('29'));
  test('progress 60 × rate, without a cap', () => {
    expect(yanan('progress', { 投资完成率: 0.75 })).toBe('45');
    expect(yanan('progress', { 投资完成率: 1.5 })).toBe('90');
  });
  test('production 20, operation 10', () => expect(yanan('production', { 投产: 1, 投运: 2 })).toBe('40'));
  test('a joint start is +30, at most four times a year; a month over a billion +30; the province +20', () => {
    expect(yanan('bonus', { 省考核: 1, 单月: 1, 集中: 4 })).toBe('170');
    expect(yanan('bonus', { 省考核: 1, 单月: 1, 集中: 7 })).toBe('170');
  });
  test('being criticised takes 5 to 20', () => expect(yanan('criticised', { 一般: 1, 较重: 0, 严重: 1 })).toBe('-25'));
});

describe('attracting investment: the published total of 2.78', () => {
  // Published: the five formulas with their caps, and the total. Ours: the figures, chosen so that the formulas need them all.
  const ours = {
    domestic: { 实际投资: '13.6', 投资目标: 10 },
    foreign: { 外资: 2600, 外资目标: 2000 },
    projects: { 引进数: 12, 引进数目标: 10, 金额: 9, 金额目标: 10 },
    visits: { 次数: 5, 目标次数: 4 },
    honesty: { 超时限未开工: 0, 弄虚作假: 0 },
  };
  const each = Object.entries(ours).map(([code, values]) => one('attraction', code, values));
  test('is reached exactly, with the caps at work', () => {
    expect(each).toEqual(['0.68', '0.6', '0.5', '0.5', '0.5']);
    expect(each.reduce((sum, p) => sum + Number(p) * 100, 0)).toBe(278);
  });
  test('foreign investment stops at 0.6, which is 120 %', () => {
    expect(one('attraction', 'foreign', { 外资: 120, 外资目标: 100 })).toBe('0.6');
    expect(one('attraction', 'foreign', { 外资: 119, 外资目标: 100 })).toBe('0.595');
  });
  test('number and amount weigh half each', () =>
    expect(one('attraction', 'projects', { 引进数: 6, 引进数目标: 10, 金额: 8, 金额目标: 10 })).toBe('0.35'));
  test('each one short takes 0.1, until nothing is left', () => {
    expect(one('attraction', 'visits', { 次数: 2, 目标次数: 4 })).toBe('0.3');
    expect(one('attraction', 'visits', { 次数: 0, 目标次数: 9 })).toBe('0');
  });
  test('0.5 − overdue × 0.1 − false × 0.2, until nothing is left', () => {
    expect(one('attraction', 'honesty', { 超时限未开工: 1, 弄虚作假: 1 })).toBe('0.2');
    expect(one('attraction', 'honesty', { 超时限未开工: 3, 弄虚作假: 2 })).toBe('0');
  });
});

describe('efficacy (published: (x − min) ÷ (max − min) × 40 + 60; golden vector 23)', () => {
  const plain: Item = { ...item('efficacy', 'invest'), weight: '100' };
  const scores = (...values: number[]) => pointsOf(plain, ...values.map((投资完成率) => ({ 投资完成率 })));
  test('7 in [5, 9] is 80', () => expect(scores(5, 7, 9)).toEqual(['60', '80', '100']));
  test('all equal are 100', () => expect(scores(7, 7, 7)).toEqual(['100', '100', '100']));
  test('where less is better the ends change places', () => {
    const method = { ...plain.method, best: 'lowest' } as Item['method'];
    const values = [5, 7, 9].map((投资完成率) => ({ 投资完成率 }));
    expect(pointsOf({ ...plain, method }, ...values)).toEqual(['100', '80', '60']);
  });
  test('a unit without the figure takes no part in minimum and maximum', () => {
    const group = [
      figures({ 投资完成率: 5 }),
      new Map([['投资完成率', { missing: 'noMembers' as const }]]),
      figures({ 投资完成率: 9 }),
    ];
    const points = itemPoints(plain, group);
    expect(points.map((p) => brief(p.points))).toEqual(['60', '0', '100']);
    expect(points[1]!.basis.zh).toBe('投资完成率：没有项目，计 0 分');
    expect(brief(itemPoints({ ...plain, missing: 'full' }, group)[1]!.points)).toBe('100');
  });
});

test('piecewise against the average (黑龙江, published: base + x1·base/20 + x2·base/40 + x3·base/60 …)', () => {
  // Average 60: 85 is 25 points above it, ten at 60/20, ten at 60/40, five at 60/60. Base 60 and the figures are ours.
  const rates = ['0.85', '0.6', '0.35'].map((投资完成率) => ({ 投资完成率 }));
  expect(pointsOf(item('piecewise', 'invest'), ...rates)).toEqual(['110', '60', '10']);
  expect(one('piecewise', 'notStarted', { 未开复工: 3 })).toBe('-0.99');
});

describe('the other published weights', () => {
  test('玉林: 10, 20, 35, 35', () => {
    const rate = { 履约率: '0.9', 开竣工率: '0.8', 资金到位率: '0.6', 当年到位资金完成率: '1.2' };
    const points = bodyOf('yulin').items.map((i) => pointsOf(i, rate)[0]);
    expect(points).toEqual(['9', '16', '21', '35']);
  });
  test('河南 and 郑州: 10, 30, 30, 20, 10', () => {
    const items = bodyOf('stages').items.filter((i) => i.side === 'score');
    expect(items.map((i) => i.weight)).toEqual(['10', '30', '30', '20', '10']);
    expect(items.map((i) => pointsOf(i, Object.fromEntries(i.inputs.map((n) => [n.name, 1])))[0])).toEqual([
      '10',
      '30',
      '30',
      '20',
      '10',
    ]);
  });
  test('task points are new ÷ target × weight, industrial fit × 20', () => {
    expect(one('tasks', 'task', { 新引进: 6, 时序目标: 8 })).toBe('60');
    expect(one('tasks', 'fit', { 产业契合度: '0.85' })).toBe('17');
  });
  test('枣庄 2005: ±1 for each 2 %, at most ±15', () => {
    const plan = (完成率: string) => one('planAndGrowth', 'city', { 完成率 });
    expect([plan('1.04'), plan('0.95'), plan('1.5'), plan('0.2')]).toEqual(['22', '18', '35', '5']);
  });
  test('plans of the year by band: 20, 15, 10, 5, 3, a band beginning with its limit', () => {
    const band = (年计划: string) => one('owners', 'plan', { 年计划 });
    expect(['10', '9.99', '5', '3', '1', '0.99'].map(band)).toEqual(['20', '15', '15', '10', '5', '3']);
  });
});

describe('the sum behind a score is spelled out with its figures', () => {
  const basis = (of: Item, ...group: Record<string, number | string>[]) =>
    itemPoints(of, group.map(figures)).map((p) => p.basis);
  test('steps', () => {
    expect(basis(item('comprehensive', 'plan'), { 投资完成率: '1.35' })[0]).toEqual({
      zh: '投资完成率 × 100 = 135% × 100 = 135，比基准 100 超 35；25 + 30 × 0.2 + 5 × 0.1 = 31.5 分',
      en: '投资完成率 × 100 = 135% × 100 = 135, 35 above against 100; 25 + 30 × 0.2 + 5 × 0.1 = 31.5',
    });
  });
  test('what was typed by hand says so, and a cap too', () => {
    expect(basis(item('attraction', 'foreign'), { 外资: 2600, 外资目标: 2000 })[0]!.zh).toBe(
      '外资 ÷ 外资目标 = 2600 万美元（人工录入） ÷ 2000 万美元（人工录入） = 1.3；0.5 × 1.3 = 0.65 分，封顶 0.6 分',
    );
  });
  test('deductions until nothing is left', () => {
    expect(basis(item('attraction', 'honesty'), { 超时限未开工: 3, 弄虚作假: 2 })[0]!.zh).toBe(
      '0.5 − 超时限未开工 3 × 0.1 − 弄虚作假 2 × 0.2 = −0.2 分，扣完为止，计 0 分',
    );
  });
  test('efficacy', () => {
    expect(basis(item('efficacy', 'invest'), { 投资完成率: 5 }, { 投资完成率: 7 }, { 投资完成率: 9 })[1]!.zh).toBe(
      '投资完成率 700%；功效分 （7 − 5）÷（9 − 5）× 40 + 60 = 80；40 × 80% = 32 分',
    );
  });
});

describe('schemes', () => {
  test.each(examples.map((e) => [e.code, e] as const))(
    '%s is whole: it parses, and its formulas name its own inputs',
    (_, e) => {
      expect(checkScheme(SchemeBody.parse(e.body))).toEqual([]);
    },
  );
  test('a formula that names nothing, or looks into projects, is refused with its place', () => {
    const body = bodyOf('yulin');
    const withFormula = (of: string) =>
      checkScheme({ ...body, items: [{ ...body.items[0]!, method: { kind: 'ratio', of } }] });
    expect(withFormula('履约率')).toEqual([]);
    for (const of of ['完工率', '合计(履约率)', '上期(履约率)', '履约率 > 1', '最小(履约率)', '履约率 +'])
      expect(withFormula(of), of).toHaveLength(1);
  });
});
