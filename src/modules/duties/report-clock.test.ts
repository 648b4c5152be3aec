import { describe, expect, test } from 'vitest';
import { type IncidentRules, shippedRules } from './incident-rules.ts';
import {
  type Clock,
  clockRulesFor,
  clockState,
  clocksAfterChange,
  isMetBy,
  lateMinutes,
  nextReports,
  startClocks,
  treatedLevel,
} from './report-clock.ts';

const at = (time: string) => new Date(`2021-09-26T${time}:00+08:00`);
const learned = at('08:00');
const due = (rules: IncidentRules, kind: 'production' | 'environment', level: 'ordinary' | 'larger' | 'major') =>
  Object.fromEntries(startClocks(clockRulesFor(rules, kind, level), learned).map((c) => [c.code, c.minutes]));
const { doubts } = shippedRules;

describe('the clocks of an incident (REQ-D5)', () => {
  test('county practice: 20 minutes by phone, 40 in writing; each has its own clock', () => {
    expect(due(shippedRules, 'production', 'ordinary')).toEqual({ countyPhone: 20, countyWritten: 40 });
  });
  test('environment: 4 hours when ordinary or larger, 2 hours when major', () => {
    expect(due(shippedRules, 'environment', 'larger').environment).toBe(240);
    expect(due(shippedRules, 'environment', 'major')).toMatchObject({ environmentMajor: 120 });
    expect(due(shippedRules, 'environment', 'major').environment).toBeUndefined();
  });
  test('a company that switches to its own practice has 15/30 or 30/60 by level', () => {
    const clocks = shippedRules.clocks.map((c) => ({ ...c, isActive: c.code.startsWith('company') }));
    const own = { ...shippedRules, clocks };
    expect(due(own, 'production', 'major')).toEqual({ companyMajorPhone: 15, companyMajorWritten: 30 });
    expect(due(own, 'production', 'ordinary')).toEqual({ companyPhone: 30, companyWritten: 60 });
  });
  test('a phone report stops the phone clock alone; the written one stops both', () => {
    expect([isMetBy({ report: 'phone' }, 'phone'), isMetBy({ report: 'written' }, 'phone')]).toEqual([true, false]);
    expect([isMetBy({ report: 'phone' }, 'first'), isMetBy({ report: 'written' }, 'first')]).toEqual([true, true]);
    expect([isMetBy({ report: 'written' }, 'continuing'), isMetBy({ report: 'next' }, 'final')]).toEqual([false, true]);
  });
  test('late is counted in whole minutes, up; at the very second it is in time', () => {
    expect(lateMinutes(at('08:20'), at('08:20'))).toBe(0);
    expect(lateMinutes(at('08:20'), new Date(at('08:20').getTime() + 1))).toBe(1);
    expect(lateMinutes(at('08:20'), at('09:05'))).toBe(45);
    const clock = { dueAt: at('08:20'), metAt: null };
    expect(['08:09', '08:10', '08:20', '08:21'].map((time) => clockState(clock, at(time)))).toEqual([
      'running',
      'near',
      'near',
      'late',
    ]);
    expect(clockState({ dueAt: at('08:20'), metAt: at('08:31') }, at('12:00'))).toBe('metLate');
  });
});

describe('a level that is not known', () => {
  test('with heavy metals or drinking water counts as major in the environment', () => {
    expect(treatedLevel('unknown', 'environment', ['heavyMetal'], doubts).level).toBe('major');
    expect(treatedLevel('unknown', 'environment', ['drinkingWater'], doubts)).toMatchObject({
      level: 'major',
      basis: expect.stringContaining('第四条'),
    });
    expect(treatedLevel('unknown', 'production', ['heavyMetal'], doubts).level).toBe('larger');
  });
  test('a level that was judged stands, whatever the signs', () => {
    expect(treatedLevel('ordinary', 'environment', ['heavyMetal'], doubts)).toEqual({ level: 'ordinary', basis: null });
  });
});

describe('a change of level (REQ-D6)', () => {
  const clock = (code: string, report: Clock['report'], dueAt: string, metAt: string | null = null): Clock => ({
    code,
    report,
    dueAt: at(dueAt),
    metAt: metAt === null ? null : at(metAt),
  });
  const major = clockRulesFor(shippedRules, 'environment', 'major');
  const change = (clocks: Clock[], time: string) => clocksAfterChange(clocks, major, learned, at(time));

  test('adds the shorter limit, still measured from the moment it was learned of', () => {
    const { added } = change([clock('environment', 'written', '12:00')], '09:00');
    expect(added.find((c) => c.code === 'environmentMajor')!.dueAt).toEqual(at('10:00'));
  });
  test('is due at once where that moment lies in the past: nobody was late before the level was known', () => {
    const { added } = change([clock('environment', 'written', '12:00')], '11:00');
    expect(added.find((c) => c.code === 'environmentMajor')!.dueAt).toEqual(at('11:00'));
  });
  test('restarts nothing that has passed, moves nothing that is met, and never gives more time', () => {
    const clocks = [
      clock('countyPhone', 'phone', '08:20'),
      clock('countyWritten', 'written', '08:40', '08:35'),
      clock('environment', 'written', '12:00', '08:35'),
    ];
    expect(change(clocks, '09:00')).toEqual({ sooner: [], added: [] });
    const running = [clock('countyPhone', 'phone', '08:15'), clock('countyWritten', 'written', '08:30')];
    const ordinary = clockRulesFor(shippedRules, 'production', 'ordinary');
    expect(clocksAfterChange(running, ordinary, learned, at('08:10'))).toEqual({ sooner: [], added: [] });
    const slow = [clock('countyPhone', 'phone', '08:30'), clock('countyWritten', 'written', '09:00')];
    expect(clocksAfterChange(slow, ordinary, learned, at('08:10')).sooner.map((c) => c.dueAt)).toEqual([
      at('08:20'),
      at('08:40'),
    ]);
  });
});

test('the chain: by phone once at most, one first report, follow-ups without end, and after the final one nothing', () => {
  expect(nextReports([])).toEqual(['phone', 'first']);
  expect(nextReports(['phone'])).toEqual(['first']);
  expect(nextReports(['phone', 'first', 'continuing'])).toEqual(['continuing', 'final']);
  expect(nextReports(['first', 'final'])).toEqual([]);
});
