import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '#core/shared/day.ts';
import type { Phase } from './flow.ts';
import { blockersOf, byCode, earliestPermit, lightOf, type PlanStep, stateOf } from './plan.ts';
import { daysLeft, daysUsed, dueOn, type StepTimes } from './step-clock.ts';
import { templateFault } from './template-check.ts';
import { shippedTemplates, templateCode } from './templates.ts';

// The calendar of autumn 2021 as published (国办发明电〔2020〕27号): Mid-Autumn 19–21 September with 18 September worked,
// National Day 1–7 October with 26 September and 9 October worked. Weekends are free otherwise.
const off = new Set(['2021-09-19', '2021-09-20', '2021-09-21', ...[1, 2, 3, 4, 5, 6, 7].map((d) => `2021-10-0${d}`)]);
const worked = new Set(['2021-09-18', '2021-09-26', '2021-10-09']);
const isWorkday = (day: Day): boolean => {
  if (worked.has(day)) return true;
  return !off.has(day) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
};
const calendar = {
  addWorkdays: (day: Day, n: number): Day => {
    let at = day;
    for (let left = n; left > 0; left -= isWorkday(at) ? 1 : 0) at = addDays(at, 1);
    return at;
  },
  workdaysBetween: (from: Day, to: Day): number => {
    let count = 0;
    for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) count += isWorkday(at) ? 1 : 0;
    return count;
  },
};
const today = '2021-09-26';

const times = (over: Partial<StepTimes> = {}): StepTimes => ({
  acceptedOn: '2021-09-13',
  doneOn: null,
  limitDays: 20,
  limitUnit: 'WORKDAY',
  suspensions: [],
  ...over,
});

describe('the clock of a step', () => {
  test('counts workdays after the day of acceptance, with make-up days and without holidays', () => {
    // 14–17, 18 (make-up), 22–24, 26 (make-up): nine.
    expect(daysUsed(times(), today, calendar)).toBe(9);
    expect(daysLeft(times(), today, calendar)).toBe(11);
    // Four more in September, then 8, 9 (make-up), 11–15 October.
    expect(dueOn(times(), calendar)).toBe('2021-10-15');
  });
  test('in calendar days knows no holidays', () => {
    const step = times({ limitUnit: 'CALENDAR', limitDays: 30 });
    expect([daysUsed(step, today, calendar), dueOn(step, calendar)]).toEqual([13, '2021-10-13']);
  });
  test('stands still during 补正: neither the days between nor the day of resuming count', () => {
    const step = times({ suspensions: [{ fromOn: '2021-09-15', resumedOn: '2021-09-23' }] });
    // 14, 15, then 24, 26.
    expect(daysUsed(step, today, calendar)).toBe(4);
    // 16, 17, 18, 22, 23 come on top: five workdays later.
    expect(dueOn(step, calendar)).toBe('2021-10-22');
  });
  test('while it stands there is no due day, and the days used do not grow', () => {
    const step = times({ suspensions: [{ fromOn: '2021-09-15', resumedOn: null }] });
    expect(dueOn(step, calendar)).toBeNull();
    expect(daysUsed(step, today, calendar)).toBe(2);
    expect(daysUsed(step, '2021-12-31', calendar)).toBe(2);
  });
  test('stops when the step is done', () => {
    expect(daysUsed(times({ doneOn: '2021-09-17' }), today, calendar)).toBe(4);
  });
  test('has not begun before acceptance, and without a limit nothing is left', () => {
    expect(daysUsed(times({ acceptedOn: null }), today, calendar)).toBeNull();
    expect(daysLeft(times({ limitDays: null }), today, calendar)).toBeNull();
  });
});

const step = (code: string, phase: Phase, after: string[] = [], over: Partial<PlanStep> = {}): PlanStep => ({
  ...times({ acceptedOn: phase === 'waiting' || phase === 'skipped' ? null : '2021-09-13' }),
  ...(phase === 'done' && { doneOn: '2021-09-24' }),
  code,
  phase,
  after,
  ...over,
});

describe('states and lamps', () => {
  const state = (one: PlanStep, ...others: PlanStep[]) => stateOf(byCode([one, ...others]), one, today, calendar);
  test('a step waits for its prerequisites, and for those of one that is not needed', () => {
    expect(state(step('b', 'waiting', ['a']), step('a', 'running'))).toBe('blocked');
    expect(state(step('b', 'waiting', ['a']), step('a', 'done'))).toBe('ready');
    const steps = byCode([step('c', 'waiting', ['b']), step('b', 'skipped', ['a']), step('a', 'waiting')]);
    expect(blockersOf(steps, steps.get('c')!)).toEqual(['a']);
  });
  test('is overdue the day after its due day, also when that is a Saturday', () => {
    // Five workdays from Friday 8 October: 9 (make-up), 11, 12, 13, 14.
    const running = step('a', 'running', [], { acceptedOn: '2021-10-08', limitDays: 6 });
    expect(dueOn(running, calendar)).toBe('2021-10-15');
    expect(stateOf(byCode([running]), running, '2021-10-15', calendar)).toBe('running');
    expect(stateOf(byCode([running]), running, '2021-10-16', calendar)).toBe('overdue');
  });
  test('turns yellow three days before its limit and while something must be added', () => {
    expect(lightOf('running', 4)).toBe('normal');
    expect(lightOf('running', 3)).toBe('warn');
    expect(lightOf('suspended', 20)).toBe('warn');
    expect(lightOf('overdue', 0)).toBe('late');
    expect(lightOf('ready', null)).toBe('idle');
  });
});

describe('the earliest construction permit', () => {
  const permit = (phase: Phase = 'waiting', after = ['planning', 'eia']) =>
    step('constructionPermit', phase, after, { limitDays: 7, limitUnit: 'CALENDAR' });
  test('is the longest chain of what is left of the limits', () => {
    const found = earliestPermit(
      [
        step('landUse', 'done'),
        // Nine of twenty workdays are used: eleven are left, to 15 October.
        step('planning', 'running', ['landUse']),
        step('eia', 'waiting', [], { limitDays: 30, limitUnit: 'CALENDAR' }),
        permit(),
      ],
      today,
      calendar,
    );
    // 环评 is longer: 30 days from today.
    expect(found).toEqual({
      day: '2021-11-02',
      isDone: false,
      chain: [
        { code: 'eia', remaining: 30, unit: 'CALENDAR', from: today, to: '2021-10-26' },
        { code: 'constructionPermit', remaining: 7, unit: 'CALENDAR', from: '2021-10-26', to: '2021-11-02' },
      ],
    });
  });
  test('follows chains of several steps, and leaves out what is done or not needed', () => {
    const found = earliestPermit(
      [
        step('landUse', 'running'),
        step('planning', 'waiting', ['landUse'], { limitDays: 10 }),
        step('eia', 'skipped', ['landUse']),
        permit(),
      ],
      today,
      calendar,
    )!;
    expect(found.chain.map((link) => [link.code, link.remaining, link.to])).toEqual([
      ['landUse', 11, '2021-10-15'],
      ['planning', 10, '2021-10-29'],
      ['constructionPermit', 7, '2021-11-05'],
    ]);
  });
  test('takes what is over its limit as done today, and names it first', () => {
    const found = earliestPermit(
      [step('planning', 'running', [], { acceptedOn: '2021-06-01' }), step('eia', 'done'), permit()],
      today,
      calendar,
    )!;
    expect(found.day).toBe('2021-10-03');
    expect(found.chain[0]).toMatchObject({ code: 'planning', remaining: 0, to: today });
  });
  test('is the day itself when it was given, and nothing when the plan has none', () => {
    expect(earliestPermit([permit('done', [])], today, calendar)).toEqual({
      day: '2021-09-24',
      isDone: true,
      chain: [],
    });
    expect(earliestPermit([step('planning', 'waiting')], today, calendar)).toBeNull();
  });
});

describe('templates', () => {
  test('there is one for each kind of project; all can be done, and every limit says where it comes from', () => {
    expect(shippedTemplates).toHaveLength(9);
    for (const template of shippedTemplates) {
      expect(templateFault(template.steps), template.code).toBeNull();
      expect(template.steps.filter((s) => s.basis.length < 8 || !s.isReference)).toEqual([]);
    }
  });
  test('a filed project needs no site review, an industrial one its energy review before the permit', () => {
    const steps = (code: string) => shippedTemplates.find((t) => t.code === code)!.steps;
    expect(steps(templateCode('filed', 'industrial')).map((s) => s.code)).not.toContain('siteReview');
    expect(steps(templateCode('filed', 'industrial')).find((s) => s.code === 'constructionPermit')!.after).toContain(
      'energy',
    );
    expect(steps(templateCode('approved', 'linear')).find((s) => s.code === 'constructionPermit')!.after).toContain(
      'forest',
    );
  });
  test('limits written in laws: 施工许可 7 日, 环评报告表 30 日 and 报告书 60 日, 核准 20 个工作日', () => {
    const limit = (template: string, code: string) => {
      const found = shippedTemplates.find((t) => t.code === template)!.steps.find((s) => s.code === code)!;
      return [found.limitDays, found.limitUnit];
    };
    expect(limit('approved-building', 'constructionPermit')).toEqual([7, 'CALENDAR']);
    expect(limit('approved-building', 'environment')).toEqual([30, 'CALENDAR']);
    expect(limit('filed-industrial', 'environment')).toEqual([60, 'CALENDAR']);
    expect(limit('verified-linear', 'approval')).toEqual([20, 'WORKDAY']);
  });
  test('a circle, an unknown prerequisite, a code twice and a missing permit are refused by name', () => {
    const s = (code: string, after: string[] = []) => ({ code, name: { zh: code, en: code }, after });
    const permit = s('constructionPermit');
    const circle = templateFault([permit, s('a', ['b']), s('b', ['a'])]);
    expect(circle).toMatchObject({ code: 'circle' });
    expect(circle!.words.zh).toContain('a → b → a');
    expect(templateFault([permit, s('a', ['x'])])).toMatchObject({ code: 'step_unknown' });
    expect(templateFault([permit, permit])).toMatchObject({ code: 'step_twice' });
    expect(templateFault([s('a')])).toMatchObject({ code: 'permit_missing' });
  });
});
