import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, weekday, yearOf } from '#core/shared/day.ts';
import { matterStates } from './flow.ts';
import { type LimitFacts, lightDays, lightOn, shifted, type WorkDays } from './light.ts';
import { LimitTemplate, plainTemplate, shippedTemplates } from './templates.ts';

// The autumn of 2021 as the State Council's notice has it: Mid-Autumn 19 to 21 September, National Day 1 to 7 October.
const off = new Set(['2021-09-20', '2021-09-21', ...[1, 4, 5, 6, 7].map((d) => `2021-10-0${d}`)]);
const makeUp = new Set(['2021-09-18', '2021-09-26', '2021-10-09']);
const stateNational: WorkDays = {
  hasYear: (year) => year === 2021,
  addWorkdays(day, n) {
    let at = day;
    for (let left = Math.abs(n); left > 0; ) {
      at = addDays(at, Math.sign(n));
      if (yearOf(at) !== 2021) throw Object.assign(new Error('no calendar'), { code: 'CALENDAR_NOT_PUBLISHED' });
      if (makeUp.has(at) || (weekday(at) < 6 && !off.has(at))) left--;
    }
    return at;
  },
};

const template = (code: string): LimitTemplate => shippedTemplates.find((t) => t.code === code)!;
const facts = (changes: Partial<LimitFacts> = {}): LimitFacts => ({
  issuedOn: '2021-09-01',
  signedOn: null,
  dueCurrent: '2021-09-30',
  extensions: 0,
  returns: 0,
  extendedOn: null,
  returnedOn: null,
  nodes: [],
  ...changes,
});
const days = (code: string, changes: Partial<LimitFacts> = {}) => {
  const found = lightDays(template(code), facts(changes), stateNational);
  return { blue: found.blue?.on ?? null, yellow: found.yellow?.on ?? null, red: found.red?.on ?? null };
};

describe('the shipped limits', () => {
  it('are whole: each parses, has its source, and no two share a code', () => {
    for (const one of shippedTemplates) expect(LimitTemplate.parse(one)).toEqual(one);
    expect(new Set(shippedTemplates.map((t) => t.code)).size).toBe(shippedTemplates.length);
  });

  it.each([
    ['13710', 'normal', 7],
    ['13710', 'hard', 30],
    ['xining710', 'normal', 7],
    ['city-instruction', 'urgent', 5],
    ['city-instruction', 'normal', 15],
    ['city-instruction', 'hard', 30],
    ['city-minutes', 'normal', 20],
    ['city-document', 'normal', 30],
  ] as const)('%s asks for %s matters within %i days, as published', (code, urgency, n) => {
    expect(template(code).due[urgency]).toEqual({ n, unit: 'CALENDAR' });
  });

  it('13710 wants deployment in 1 day and measures in 3, and turns yellow the day after one was missed', () => {
    expect(template('13710').stages.map((s) => s.span.n)).toEqual([1, 3]);
    const nodes = [
      { dueOn: '2021-09-02', doneOn: '2021-09-02' },
      { dueOn: '2021-09-04', doneOn: null },
    ];
    expect(days('13710', { nodes })).toMatchObject({ yellow: '2021-09-05' });
    expect(days('13710', { nodes: nodes.map((n) => ({ ...n, doneOn: '2021-09-04' })) })).toMatchObject({
      yellow: null,
    });
  });

  it('颍州: unsigned after 3 workdays blue, unfinished after a week yellow, late or twice returned red', () => {
    // 18 September 2021 was a make-up workday: 3 workdays after Thursday the 16th end on Wednesday the 22nd.
    expect(days('yingzhou', { issuedOn: '2021-09-16' })).toMatchObject({ blue: '2021-09-23', yellow: '2021-09-24' });
    expect(days('yingzhou', { signedOn: '2021-09-02' })).toMatchObject({ blue: null, yellow: '2021-09-09' });
    expect(days('yingzhou', { returns: 2, returnedOn: '2021-09-12' })).toMatchObject({ red: '2021-09-12' });
    expect(days('yingzhou', { extensions: 3, extendedOn: '2021-09-14' })).toMatchObject({ red: '2021-09-14' });
  });

  it('三明: the second colour comes when the limit has passed, the third a week later', () => {
    expect(days('sanming')).toEqual({ blue: '2021-09-27', yellow: '2021-10-01', red: '2021-10-08' });
  });

  it('宜昌: yellow 3 workdays before the limit, red the day after it', () => {
    expect(days('yichang')).toEqual({ blue: null, yellow: '2021-09-27', red: '2021-10-01' });
  });
});

describe('days that need a calendar', () => {
  it('are left out, never guessed, when the year has none', () => {
    expect(shifted(stateNational, '2027-02-04', { n: 3, unit: 'WORKDAY' })).toBeNull();
    const found = lightDays(plainTemplate, facts({ dueCurrent: '2027-03-31' }), stateNational);
    expect(found.blue).toBeNull();
    expect(found.red).toEqual({ on: '2027-04-01', why: 'afterDue' });
  });

  it('never begin a colour before the matter was issued', () => {
    expect(days('plain', { issuedOn: '2021-09-29' })).toMatchObject({ blue: '2021-09-29', yellow: '2021-09-29' });
  });
});

const anyDay = fc.integer({ min: 0, max: 700 }).map((n): Day => addDays('2021-01-01', n));
const maybe = fc.option(anyDay, { nil: null });

describe('the colour of a day', () => {
  it('depends on days and state alone, and only worsens while nothing happens', () => {
    const rank = { idle: 0, done: 0, normal: 0, blue: 1, yellow: 2, red: 3 };
    fc.assert(
      fc.property(
        fc.constantFrom(...matterStates),
        maybe,
        maybe,
        maybe,
        maybe,
        anyDay,
        fc.integer({ min: 0, max: 90 }),
        (state, claimedOn, blueOn, yellowOn, redOn, day, later) => {
          const matter = { state, claimedOn, blueOn, yellowOn, redOn };
          expect(rank[lightOn(addDays(day, later), matter)]).toBeGreaterThanOrEqual(rank[lightOn(day, matter)]);
        },
      ),
    );
  });

  it('stands still while a claim waits for its verifier', () => {
    const matter = { claimedOn: '2021-09-29', blueOn: '2021-09-23', yellowOn: '2021-09-28', redOn: '2021-10-01' };
    expect(lightOn('2021-11-30', { ...matter, state: 'claimed' })).toBe('yellow');
    expect(lightOn('2021-11-30', { ...matter, state: 'returned' })).toBe('red');
  });
});
