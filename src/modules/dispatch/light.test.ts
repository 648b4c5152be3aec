import { describe, expect, test } from 'vitest';
import { addDays, addMonths, startOfMonth } from '#core/shared/day.ts';
import { parseMoney } from '#core/shared/money.ts';
import { evaluate, nextMonthEnd } from './light.ts';
import { conditionsOf } from './light-words.ts';
import type { ProjectFacts } from './project-facts.ts';
import { shippedRuleSets } from './rule-sets.ts';

const set = (code: string) => shippedRuleSets.find((s) => s.code === code)!;
const yi = (text: string) => parseMoney(text, '亿元').yuan!;
const facts = (over: Partial<ProjectFacts> = {}): ProjectFacts => ({
  planKind: 'carried',
  stage: 'building',
  startPlanned: '2019-11-30',
  startActual: '2019-11-18',
  finishPlanned: null,
  finishActual: null,
  totalYuan: yi('38.62'),
  enrolled: true,
  enrolledOn: '2019-12-10',
  planYuan: yi('12.80'),
  curve: null,
  doneYuan: yi('7.44'),
  paidYuan: yi('6.18'),
  toPayYuan: yi('6.00'),
  months: [],
  overdueNodes: null,
  exemptions: [],
  ...over,
});
const today = '2021-09-26';
/** The same facts at the last month ends before a day. */
const monthsBefore = (day: string, months: number, then: ProjectFacts) =>
  Array.from({ length: months }, (_, i) => ({
    day: addDays(addMonths(startOfMonth(day), -i), -1),
    facts: then,
  }));

describe('why is this light yellow', () => {
  const found = evaluate(set('city'), facts(), today);
  test('the worst rule decides, and its inputs are given', () => {
    expect(found).toMatchObject({ light: 'warn', cause: 'progress' });
    const progress = found.checks.find((c) => c.rule === 'progress')!;
    expect(progress.inputs.map((i) => i.value)).toEqual([yi('7.44'), yi('12.80'), '269/365', '-15.6']);
    expect(progress.result.zh).toBe('低于时序 10–30 个百分点（含）');
    expect(found.checks.filter((c) => c.rule !== 'progress').map((c) => c.light)).toEqual([
      'normal',
      'normal',
      'normal',
    ]);
  });
  test('it says what turns it green today and at the next month end that can still be met', () => {
    expect(found.turnsGreen).toEqual([
      { rule: 'progress', kind: 'amount', of: 'year', on: today, yuan: 815_342_466, shortYuan: 71_342_466 },
      { rule: 'progress', kind: 'amount', of: 'year', on: '2021-10-31', yuan: 938_082_192, shortYuan: 194_082_192 },
    ]);
  });
  test('that amount does turn it green, and one yuan less does not', () => {
    expect(evaluate(set('city'), facts({ doneYuan: 815_342_466 }), today).light).toBe('normal');
    expect(evaluate(set('city'), facts({ doneYuan: 815_342_465 }), today).light).toBe('warn');
    expect(evaluate(set('city'), facts({ doneYuan: 938_082_192 }), '2021-10-31').light).toBe('normal');
    expect(evaluate(set('city'), facts({ doneYuan: 938_082_191 }), '2021-10-31').light).toBe('warn');
  });
});

test('5 points below the clock is open in Yinchuan 2025 and said to be open; the city has made it green', () => {
  const done = { doneYuan: yi('8.80') };
  const [published, city] = [
    evaluate(set('yinchuan-2025'), facts(done), today),
    evaluate(set('city'), facts(done), today),
  ];
  expect(published.checks[1]).toMatchObject({ light: 'normal', state: 'open' });
  expect(city.checks[1]).toMatchObject({ light: 'normal', state: 'decided' });
});

test('more than 30 points below is late', () => {
  expect(evaluate(set('city'), facts({ doneYuan: yi('5.59') }), today)).toMatchObject({
    light: 'late',
    cause: 'progress',
  });
});

describe('should have begun', () => {
  const waiting = (startPlanned: string) =>
    facts({ stage: 'preparation', planKind: 'new', startActual: null, startPlanned, enrolled: false, doneYuan: 0 });
  const light = (startPlanned: string, day: string) =>
    evaluate(set('city'), waiting(startPlanned), day, monthsBefore(day, 4, waiting(startPlanned))).light;
  test('before the planned day nothing is wrong; the project is grey', () => {
    expect(light('2021-06-30', '2021-06-30')).toBe('idle');
  });
  test('the day after it is a warning, and after three month ends it is late', () => {
    expect(light('2021-06-15', '2021-06-16')).toBe('warn');
    expect(light('2021-06-15', '2021-08-30')).toBe('warn');
    expect(light('2021-06-15', '2021-08-31')).toBe('late');
  });
  test('its progress is not judged as well, and beginning turns it green', () => {
    const found = evaluate(set('city'), waiting('2021-06-15'), today, monthsBefore(today, 4, waiting('2021-06-15')));
    expect(found.checks.find((c) => c.rule === 'progress')).toMatchObject({ state: 'notApplicable', light: null });
    expect(found.turnsGreen).toMatchObject([{ rule: 'start', kind: 'record' }]);
    expect(found.consequences.map((c) => c.zh)).toEqual(['红警告，列入月更新清单，发督办函']);
    expect(found.checks[0]!.streak).toEqual({
      light: 'warn',
      months: ['2021-06', '2021-07', '2021-08'],
      becomes: 'late',
    });
  });
});

test('a month after the start a project that is not enrolled warns, after two it is late; small ones never', () => {
  const light = (day: string, totalYuan = yi('1')) =>
    evaluate(
      set('city'),
      facts({ startActual: '2021-03-31', enrolled: false, enrolledOn: null, totalYuan, doneYuan: yi('12.80') }),
      day,
    ).light;
  expect(light('2021-04-29')).toBe('ahead');
  expect(light('2021-04-30')).toBe('warn');
  expect(light('2021-05-31')).toBe('warn');
  expect(light('2021-06-01')).toBe('late');
  expect(light('2021-09-01', 4_999_999)).toBe('ahead');
});

test('an exemption holds until its last day and lapses by itself', () => {
  const excused = facts({
    exemptions: [
      { ruleCode: 'progress', reason: '防汛停工', approver: '刘敏', from: '2021-07-01', until: '2021-09-30' },
    ],
  });
  const found = evaluate(set('city'), excused, '2021-09-30');
  expect(found.light).toBe('normal');
  expect(found.checks[1]).toMatchObject({
    state: 'exempt',
    withoutExemption: 'warn',
    exemption: { until: '2021-09-30' },
  });
  expect(evaluate(set('city'), excused, '2021-10-01').light).toBe('warn');
  expect(evaluate(set('city'), excused, '2021-06-30').checks[1]!.state).not.toBe('exempt');
});

describe('Sanya 2022', () => {
  // 8/12 of 12 亿 is 8 亿.
  const light = (done: string, over: Partial<ProjectFacts> = {}) =>
    evaluate(set('sanya-2022'), facts({ planYuan: yi('12'), doneYuan: yi(done), ...over }), today);
  test('at the clock green, down to half of it yellow, below that red', () => {
    expect(['8', '7.9999', '4', '3.9999'].map((done) => light(done).light)).toEqual(['normal', 'warn', 'warn', 'late']);
  });
  test('a plan below 10 million is not judged', () => {
    expect(light('0', { planYuan: 9_999_999 }).checks[0]).toMatchObject({ state: 'notApplicable' });
  });
  test('two months of yellow add the vice-mayor', () => {
    const [poor, good] = ['3', '8'].map((done) => facts({ planYuan: yi('12'), doneYuan: yi(done) }));
    const called = (august: ProjectFacts, july: ProjectFacts) =>
      evaluate(set('sanya-2022'), facts({ planYuan: yi('12'), doneYuan: yi('5') }), today, [
        { day: '2021-08-31', facts: august },
        { day: '2021-07-31', facts: july },
      ]).consequences.map((c) => c.zh);
    expect(called(poor!, good!)).toEqual(['约谈项目负责人']);
    // 3 of 12 亿 is 51% of 7/12: yellow in July; and red in August, 45% of 8/12, which does not end the run.
    expect(called(poor!, poor!)).toEqual(['约谈项目负责人', '分管副市长约谈']);
  });
  test('what turns it green is the whole clock', () => {
    expect(light('5').turnsGreen[0]).toMatchObject({ on: today, yuan: yi('8'), shortYuan: yi('3') });
  });
});

test('a monthly task missed twice running is late, by what was known at the end of each month', () => {
  const county = set('sanya-2022').rules[1]!;
  if (county.kind !== 'monthTask') throw new Error('not the monthly task');
  const rules = { ...set('sanya-2022'), rules: [{ ...county, subject: 'project' as const }] };
  const known = (...done: number[]) => facts({ months: done.map((doneYuan) => ({ planYuan: 100, doneYuan })) });
  const check = (then: number[], now: number[]) =>
    evaluate(rules, known(...now), '2021-03-31', [{ day: '2021-02-28', facts: known(...then) }]).checks[0]!;
  expect(check([100, 100], [100, 100, 100]).level).toBe('normal');
  expect(check([0, 100], [0, 100, 99]).level).toBe('warn');
  expect(check([100, 99], [100, 99, 99])).toMatchObject({ level: 'late', streak: { months: ['2021-02', '2021-03'] } });
  // Corrected upwards since: the month still counts as it was known then.
  expect(check([100, 99], [100, 100, 99]).level).toBe('late');
});

test('grey without a plan, blue when finished or ten points ahead, and no blue where the set knows none', () => {
  expect(evaluate(set('city'), facts({ planYuan: null }), today)).toMatchObject({ light: 'idle', cause: 'noPlan' });
  expect(evaluate(set('city'), facts({ finishActual: '2021-09-01', doneYuan: 0 }), today)).toMatchObject({
    light: 'ahead',
    cause: 'finished',
  });
  expect(evaluate(set('city'), facts({ doneYuan: yi('11') }), today)).toMatchObject({ light: 'ahead', cause: 'ahead' });
  expect(evaluate(set('yinchuan-2025'), facts({ doneYuan: yi('11') }), today).light).toBe('normal');
});

test('a missing figure is said to be missing and colours nothing', () => {
  const found = evaluate(set('city'), facts({ paidYuan: null, toPayYuan: null }), today);
  expect(found.checks.find((c) => c.rule === 'payment')).toMatchObject({ state: 'noData', light: null });
});

test('the month end to work for is this one while a week is left, and never next year', () => {
  expect(nextMonthEnd('2021-09-20')).toBe('2021-09-30');
  expect(nextMonthEnd('2021-09-26')).toBe('2021-10-31');
  expect(nextMonthEnd('2021-01-31')).toBe('2021-02-28');
  expect(nextMonthEnd('2021-12-28')).toBe('2021-12-31');
});

test('conditions are written from the data of the rule', () => {
  const yinchuan = set('yinchuan-2025');
  const [start, progress, payment, enrolment] = yinchuan.rules.map((rule) => conditionsOf(yinchuan, rule));
  expect(start!.late!.zh).toBe('连续 3 个月应开未开');
  expect(progress).toMatchObject({
    normal: { zh: '达到时序' },
    warn: { zh: '低于时序 10–30 个百分点（含）' },
    late: { zh: '低于时序 30 个百分点以上' },
  });
  expect(payment).toMatchObject({ normal: { zh: '达到支付计划' }, warn: null, late: { zh: '低于支付计划' } });
  expect(enrolment!.late!.zh).toBe('开工超 2 个月未入统');
  expect(conditionsOf(set('sanya-2022'), set('sanya-2022').rules[0]!)).toMatchObject({
    warn: { zh: '时序的 50%–100%（含 50%）' },
    late: { zh: '时序的 50% 以下' },
  });
});
