import { describe, expect, test } from 'vitest';
import { escalationDue, type StandingStill } from './escalation.ts';
import { loopOf } from './loop.ts';
import { daysLeft, decideBy, lastDayToObject, recusalFault } from './objection.ts';
import { remindStep, ruleSetFor, shippedSettings } from './settings.ts';

const calendar = {
  addWorkdays: (day: string) => day,
  workdaysBetween: (from: string, to: string) => Number(to.slice(8)) - Number(from.slice(8)),
};

describe('提级研究 by time', () => {
  const still: StandingStill = {
    state: 'working',
    level: 'project',
    levelSince: '2021-09-01',
    issuedOn: '2021-09-01',
    progressOn: null,
  };
  const after = shippedSettings.escalateAfter;
  test('after n workdays without progress, counted from the last thing that moved', () => {
    expect(escalationDue(still, after, '2021-09-10', calendar)).toBeNull();
    expect(escalationDue(still, after, '2021-09-11', calendar)).toEqual({
      since: '2021-09-01',
      workdays: 10,
      after: 10,
    });
    expect(escalationDue({ ...still, progressOn: '2021-09-05' }, after, '2021-09-11', calendar)).toBeNull();
    expect(escalationDue({ ...still, levelSince: '2021-09-11' }, after, '2021-09-11', calendar)).toBeNull();
  });
  test('never from the top, from a claim, or where the city wants it by hand', () => {
    expect(escalationDue({ ...still, level: 'headquarters' }, after, '2021-09-30', calendar)).toBeNull();
    expect(escalationDue({ ...still, state: 'claimed' }, after, '2021-09-30', calendar)).toBeNull();
    expect(escalationDue(still, { ...after, project: null }, '2021-09-30', calendar)).toBeNull();
  });
});

describe('objection', () => {
  test('thirty days to object and thirty to decide, the first day not counted', () => {
    expect(lastDayToObject('2021-09-01')).toBe('2021-10-01');
    expect(decideBy('2021-09-26')).toBe('2021-10-26');
    expect(daysLeft('2021-10-26', '2021-10-28')).toBe(-2);
  });
  test('who took part stands aside, as account or as person; so do the unit that objects and whoever filed it', () => {
    const part = { accountIds: ['issuer'], personIds: ['approver'] };
    const objecting = { unitIds: ['unit', 'below'], accountId: 'filer' };
    const judge = (rest: object) =>
      recusalFault({ accountId: 'x', personId: 'p', unitIds: ['hq'], ...rest }, part, objecting);
    expect(judge({})).toBeNull();
    expect(judge({ accountId: 'issuer' })).toMatchObject({ code: 'must_recuse' });
    expect(judge({ personId: 'approver' })).toMatchObject({ code: 'must_recuse' });
    expect(judge({ unitIds: ['below'] })).toMatchObject({ code: 'own_objection' });
    expect(judge({ accountId: 'filer' })).toMatchObject({ code: 'own_objection' });
    expect(judge({ personId: null })).toBeNull();
  });
});

describe('settings', () => {
  test('the nearest reminder whose day has come, by template', () => {
    expect(remindStep(shippedSettings, 'plain', 4)).toBeNull();
    expect(remindStep(shippedSettings, 'plain', 3)).toBe(3);
    expect(remindStep(shippedSettings, 'plain', 2)).toBe(3);
    expect(remindStep(shippedSettings, 'plain', 0)).toBe(1);
    expect(remindStep(shippedSettings, 'plain', -1)).toBeNull();
    expect(remindStep(shippedSettings, 'city-minutes', 5)).toBe(5);
  });
  test('a template may name its own rule set', () => {
    expect(ruleSetFor(shippedSettings, 'suqian')).toBe('suqian');
    expect(ruleSetFor(shippedSettings, 'plain')).toBe('sanming');
  });
});

describe('the eight nodes', () => {
  const event = (act: string, onDay: string, actorName = '甲', toState = '') => ({ act, onDay, actorName, toState });
  const states = (steps: ReturnType<typeof loopOf>) => steps.map((s) => s.state).join(' ');
  test('issued by the one who raised it: the review was passed over', () => {
    const events = [event('raise', '2021-09-01'), event('issue', '2021-09-01')];
    expect(states(loopOf(events, 'issued'))).toBe('done skipped done now ahead ahead ahead ahead');
  });
  test('issued by somebody else, or after a leader’s comment: reviewed by him', () => {
    expect(loopOf([event('raise', '2021-09-01'), event('issue', '2021-09-02', '乙')], 'issued')[1]).toMatchObject({
      state: 'done',
      by: '乙',
      on: '2021-09-02',
    });
    const remarked = [
      event('raise', '2021-09-01'),
      event('remark', '2021-09-01', '领导'),
      event('issue', '2021-09-02'),
    ];
    expect(loopOf(remarked, 'issued')[1]).toMatchObject({ state: 'done', by: '领导' });
  });
  test('a return leads back to handling, and what was done after it is to be done again', () => {
    const events = ['raise', 'issue', 'sign', 'report', 'claim', 'return'].map((act) => event(act, '2021-09-03'));
    expect(states(loopOf(events, 'returned'))).toBe('done skipped done done now back back ahead');
  });
  test('closed: every node that happened is done', () => {
    const events = ['raise', 'issue', 'sign', 'report', 'claim', 'take', 'pass'].map((act) => event(act, '2021-09-03'));
    expect(states(loopOf(events, 'closed'))).toBe('done skipped done done done done done done');
  });
});
