import { describe, expect, test } from 'vitest';
import { addDays } from '#core/shared/day.ts';
import { ratio } from '#core/shared/rate.ts';
import type { CountyFacts } from './county-check.ts';
import { evaluateCounty } from './county-light.ts';
import { evaluate } from './light.ts';
import type { LightRule, RuleSet } from './light-rule.ts';
import type { ProjectFacts } from './project-facts.ts';
import { shippedRuleSets } from './rule-sets.ts';

const set = (code: string) => shippedRuleSets.find((s) => s.code === code)!;
const today = '2021-09-26';
const project = (over: Partial<ProjectFacts> = {}): ProjectFacts => ({
  planKind: 'carried',
  stage: 'building',
  startPlanned: '2019-11-30',
  startActual: '2019-11-18',
  finishPlanned: null,
  finishActual: null,
  totalYuan: null,
  enrolled: true,
  enrolledOn: '2019-12-10',
  planYuan: 1000,
  curve: null,
  doneYuan: 1000,
  paidYuan: null,
  toPayYuan: null,
  months: [],
  overdueNodes: [],
  exemptions: [],
  ...over,
});
const county = (over: Partial<CountyFacts> = {}): CountyFacts => ({
  projects: 20,
  planYuan: 1000,
  doneYuan: 0,
  throughYuan: 0,
  lastYearYuan: 1000,
  plannedGrowth: '8',
  city: { throughYuan: 10_500, lastYearYuan: 10_000 },
  months: [],
  plannedThroughYuan: 0,
  place: null,
  placeBefore: null,
  rates: [],
  ...over,
});

describe('Yinchuan 2025', () => {
  const check = (points: number, rule = 'progress', over: Partial<ProjectFacts> = {}) => {
    // 8/12 of the year would be no round figure; on 31 December the clock stands at one.
    const facts = project({ planYuan: 100_000, doneYuan: 100_000 + points * 1000, ...over });
    return evaluate(set('yinchuan-2025'), facts, '2021-12-31').checks.find((c) => c.rule === rule)!;
  };
  test('progress: at the clock green, 10 to 30 points below yellow with both ends, more red, 0 to 10 not stated', () => {
    const seen = [0, -0.001, -9.999, -10, -10.001, -29.999, -30, -30.001].map((points) => {
      const { level, state } = check(points);
      return state === 'open' ? 'open' : level;
    });
    expect(seen).toEqual(['normal', 'open', 'open', 'warn', 'warn', 'warn', 'warn', 'late']);
  });
  test('payment: as planned green, below it red', () => {
    const paid = (paidYuan: number) => check(0, 'payment', { paidYuan, toPayYuan: 1000 }).level;
    expect([999, 1000, 1001].map(paid)).toEqual(['late', 'normal', 'normal']);
  });
});

describe('Tianjin 2022: growth of 1000 last year, 8% planned, the city at 5%', () => {
  const lamp = (throughYuan: number, over: Partial<CountyFacts> = {}) =>
    evaluateCounty(set('tianjin-2022'), county({ throughYuan, ...over }), today)!;
  const level = (throughYuan: number, over: Partial<CountyFacts> = {}) => {
    const [check] = lamp(throughYuan, over).checks;
    return check!.state === 'decided' ? check!.level : check!.state;
  };
  test('at plan and at the average green, growing but below one of them yellow, shrinking red', () => {
    expect([1079, 1080, 1081].map((yuan) => level(yuan))).toEqual(['warn', 'normal', 'normal']);
    expect([1049, 1050].map((yuan) => level(yuan, { plannedGrowth: '2' }))).toEqual(['warn', 'normal']);
    expect([999, 1000, 1001].map((yuan) => level(yuan, { plannedGrowth: '0' }))).toEqual(['late', 'open', 'warn']);
  });
  test('growing but below both, and no growth at all, the source does not state: no light, and that is said', () => {
    expect([1001, 1049].map((yuan) => level(yuan))).toEqual(['open', 'open']);
    expect(lamp(1000)).toMatchObject({ light: 'normal', cause: null });
    expect(lamp(1000).checks[0]).toMatchObject({ state: 'open', result: { zh: '规则未规定这一段，暂不亮灯' } });
  });
  test('without the planned growth it is said to be missing, unless the light is the same whatever it is', () => {
    expect(level(1100, { plannedGrowth: null })).toBe('noData');
    expect(level(900, { plannedGrowth: null })).toBe('late');
    expect(level(1100, { lastYearYuan: null })).toBe('noData');
  });
  test('it says which yuan turns it green: the city grows with the county, and one yuan less is not enough', () => {
    const tight = { plannedGrowth: '2', city: { throughYuan: 3000 + 900, lastYearYuan: 4000 } };
    const [need] = lamp(900, tight).turnsGreen;
    if (need?.kind !== 'amount') throw new Error('no amount');
    expect(need).toMatchObject({ of: 'judged', on: '2021-08-31', shortYuan: need.yuan - 900 });
    const with_ = (throughYuan: number) =>
      level(throughYuan, { ...tight, city: { throughYuan: 3000 + throughYuan, lastYearYuan: 4000 } });
    expect([with_(need.yuan), with_(need.yuan - 1)]).toEqual(['normal', 'warn']);
  });
  test('the explanation holds every figure, rounded once', () => {
    expect(lamp(1064).checks[0]!.inputs.map((i) => i.value)).toEqual([
      { zh: '1–8 月', en: 'months 1–8' },
      1064,
      1000,
      '6.4',
      '8',
      '5.0',
    ]);
  });
});

test('Sanya 2022, districts: two months running without the task make red, listed by month', () => {
  const known = (...done: number[]) => county({ months: done.map((doneYuan) => ({ planYuan: 100, doneYuan })) });
  const lamp = (august: number, july: number) =>
    evaluateCounty(set('sanya-2022'), known(0, 0, 0, 0, 0, 0, july, august, 40), today, [
      { day: '2021-08-31', facts: known(0, 0, 0, 0, 0, 0, july, august) },
      { day: '2021-07-31', facts: known(0, 0, 0, 0, 0, 0, july) },
      { day: '2021-06-30', facts: known(0, 0, 0, 0, 0, 100) },
    ])!;
  expect(lamp(100, 99)).toMatchObject({ light: 'normal', turnsGreen: [] });
  expect(lamp(99, 100)).toMatchObject({ light: 'warn', cause: 'month-task' });
  const red = lamp(99, 99);
  expect(red).toMatchObject({
    light: 'late',
    checks: [{ streak: { months: ['2021-07', '2021-08'], becomes: 'late' } }],
  });
  expect(red.turnsGreen).toEqual([
    { rule: 'month-task', kind: 'amount', of: 'month', on: '2021-09-30', yuan: 100, shortYuan: 60 },
  ]);
});

test('Xinhuang 2015: below 80% watched, below 60% a yellow card, and both count as warnings', () => {
  const done = (doneYuan: number) =>
    evaluate(
      set('xinhuang-2015'),
      project({ months: Array.from({ length: 9 }, () => ({ planYuan: 1000, doneYuan })) }),
      today,
    );
  expect([801, 800, 799, 600, 599].map((yuan) => done(yuan).level?.code)).toEqual([
    'normal',
    'normal',
    'watch',
    'watch',
    'yellowCard',
  ]);
  expect(done(599)).toMatchObject({ light: 'warn', level: { words: { zh: '黄牌' } } });
  expect(done(599).consequences[0]!.zh).toContain('不兑现阶段奖');
  expect(done(599).turnsGreen).toMatchObject([{ of: 'month', on: '2021-09-30', yuan: 800, shortYuan: 201 }]);
});

describe('Shenzhen: days late', () => {
  const late = (days: number, over: Partial<ProjectFacts> = {}) =>
    evaluate(
      set('shenzhen-days'),
      project({ overdueNodes: days > 0 ? [{ name: '主体封顶', due: addDays(today, -days) }] : [], ...over }),
      today,
    );
  test('up to 7 yellow, 15 and more red, orange between; on the day itself nothing is late', () => {
    expect([0, 1, 6, 7, 8, 14, 15, 16].map((days) => late(days).level?.code)).toEqual([
      'normal',
      'warn',
      'warn',
      'warn',
      'orange',
      'orange',
      'late',
      'late',
    ]);
  });
  test('orange is a colour and a shape of its own and counts as a warning', () => {
    expect(late(10)).toMatchObject({
      light: 'warn',
      cause: 'days-late',
      level: { colour: 'orange', shape: 'hexagon' },
    });
  });
  test('the completion counts as well, the longer lateness decides, and every node to be made up is named', () => {
    const both = late(10, { finishPlanned: addDays(today, -20) });
    expect(both.level?.code).toBe('late');
    expect(both.turnsGreen.map((n) => n.kind === 'record' && n.words.zh)).toEqual([
      '补完“竣工”（应于 2021-09-06 完成，已超 20 天）并登记完成日期',
      '补完“主体封顶”（应于 2021-09-16 完成，已超 10 天）并登记完成日期',
    ]);
    expect(late(10, { finishActual: '2021-09-20' }).checks[0]!.state).toBe('notApplicable');
    expect(late(0, { overdueNodes: null }).checks[0]!.state).toBe('noData');
  });
});

test('Shaoxing: on time green; how late yellow or red begins is not published, so nothing is made up', () => {
  const check = (days: number) =>
    evaluate(
      set('shaoxing-nodes'),
      project({ overdueNodes: days > 0 ? [{ name: '路基', due: addDays(today, -days) }] : [] }),
      today,
    ).checks[0]!;
  expect([check(0).state, check(1).state, check(400).state]).toEqual(['decided', 'open', 'open']);
  expect(check(400).level).toBe('normal');
});

describe('Zaozhuang 2022: a plate for the place and one for its change', () => {
  const rates = [9, 8, 7, 6, 5].map((n) => ratio(n, 10));
  const at = (place: number, placeBefore: number | null, by: RuleSet = set('zaozhuang-2022')) =>
    evaluateCounty(by, county({ place, placeBefore, rates, plannedThroughYuan: 500 }), today)!;
  test('as published there are no thresholds: both plates are open', () => {
    expect(at(1, 5).checks.map((c) => c.state)).toEqual(['open', 'open']);
  });
  // The city's own thresholds: this only shows that both plates work.
  const bands: LightRule[] = set('zaozhuang-2022').rules.map((rule) =>
    rule.kind !== 'place'
      ? rule
      : {
          ...rule,
          bands: (rule.of === 'place'
            ? [
                ['blue', '1', '2'] as const,
                ['normal', '3', '3'] as const,
                ['yellow', '4', '4'] as const,
                ['red', '5', null] as const,
              ]
            : [['blue', '2', null] as const, ['normal', '-1', '1'] as const, ['red', null, '-2'] as const]
          ).map(([light, from, to]) => ({
            light,
            from,
            fromIncluded: true,
            to,
            toIncluded: true,
            basis: 'city' as const,
          })),
        },
  );
  const decided = { ...set('zaozhuang-2022'), rules: bands };
  test('with thresholds decided, place and change each give their plate, and the heavier one leads', () => {
    const plates = (place: number, before: number | null) => at(place, before, decided).checks.map((c) => c.level);
    expect([plates(2, 4), plates(2, 5), plates(3, 3), plates(4, 2), plates(5, 5)]).toEqual([
      ['blue', 'blue'],
      ['blue', 'blue'],
      ['normal', 'normal'],
      ['yellow', 'red'],
      ['red', 'normal'],
    ]);
    expect(at(4, 2, decided)).toMatchObject({ light: 'late', level: { code: 'red' }, cause: 'change' });
    expect(at(2, null, decided).checks[1]!.state).toBe('noData');
  });
  test('it says with how much money the next better place without a warning is reached', () => {
    // Third place stands at 7/10 of 1000.
    expect(at(4, 4, decided).turnsGreen).toMatchObject([{ rule: 'place', of: 'judged', yuan: 700, shortYuan: 200 }]);
  });
});
