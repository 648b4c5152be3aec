import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percent } from '#core/shared/rate.ts';
import {
  isAtLevel,
  type RateCode,
  type RateDefinition,
  type RateFacts,
  type RateMoment,
  rateCodes,
  rateDefinitions,
  rateOf,
  startIdentity,
  tally,
} from './rates.ts';

const at: RateMoment = { day: '2021-09-26', basis: 'adjusted' };
const both = <T>(value: T) => ({ original: value, adjusted: value });

const blank: RateFacts = {
  parentId: null,
  childCount: 0,
  stage: 'preparation',
  planKind: both<string | null>(null),
  startPlanned: both<string | null>(null),
  finishPlanned: both<string | null>(null),
  startActual: null,
  finishActual: null,
  reached: {},
  totalYuan: null,
  enrolled: false,
  enrolledOn: null,
  planYuan: both<number | null>(null),
  doneYuan: null,
  arrivedYuan: null,
  arrivedAllYuan: null,
  contractYuan: null,
};
const many = (n: number, facts: Partial<RateFacts>): RateFacts[] =>
  Array.from({ length: n }, () => ({ ...blank, ...facts }));
const planned = (day: string) => ({ planKind: both('new'), startPlanned: both(day) });
const started = (day: string) => ({ startActual: day, stage: 'building' });
const shown = (code: RateCode, facts: RateFacts[], decimals: number, moment = at) =>
  percent(rateOf(tally(rateDefinitions[code] as RateDefinition, facts, moment)), decimals, 'half-up');

describe('published rates, to the digit', () => {
  test('206 of 255 planned starts: 80.8%', () => {
    const facts = [
      ...many(206, { ...planned('2021-03-31'), ...started('2021-03-01') }),
      ...many(49, planned('2021-12-31')),
    ];
    expect(shown('startOfYear', facts, 1)).toBe('80.8');
  });

  test('129 of 270: 47.8%, where a bulletin printed the truncated 47', () => {
    const facts = [
      ...many(129, { ...planned('2021-03-31'), ...started('2021-03-01') }),
      ...many(141, planned('2021-12-31')),
    ];
    expect(shown('startOfYear', facts, 1)).toBe('47.8');
    const { numerator, denominator } = tally(rateDefinitions.startOfYear, facts, at);
    expect(percent(rateOf({ numerator, denominator }), 0, 'truncate')).toBe('47');
  });

  test('in time and early together: 179 of 258 is 69.38%, and more than all is more than 100%', () => {
    const facts = [
      ...many(150, { ...planned('2021-03-31'), ...started('2021-03-01') }),
      ...many(20, { ...planned('2021-12-31'), ...started('2021-08-01') }),
      ...many(9, { planKind: both('reserve'), ...started('2021-08-01') }),
      ...many(88, planned('2021-12-31')),
    ];
    expect(shown('startWithEarly', facts, 2)).toBe('69.38');
    const all = [
      ...many(10, { ...planned('2021-03-31'), ...started('2021-03-01') }),
      ...many(1, { planKind: both('reserve'), ...started('2021-08-01') }),
    ];
    expect(shown('startWithEarly', all, 0)).toBe('110');
  });

  test('started and resumed: 291 of 316 is 92%, 32 of 35 is 91.43%', () => {
    const carried = { planKind: both('carried'), ...started('2020-05-01') };
    const facts = [
      ...many(91, { ...planned('2021-03-31'), ...started('2021-03-01') }),
      ...many(200, { ...carried, doneYuan: 1 }),
      ...many(20, carried),
      ...many(5, { ...carried, doneYuan: 1, stage: 'suspended' }),
    ];
    expect(shown('startAndResume', facts, 0)).toBe('92');
    expect(shown('startAndResume', [...many(32, { ...carried, doneYuan: 1 }), ...many(3, carried)], 2)).toBe('91.43');
  });

  test('6 of 67 and 7 of 10 planned are in production: 9% and 70%', () => {
    const finishing = { planKind: both('finishing'), stage: 'building' };
    const producing = { ...finishing, stage: 'producing', reached: { producing: '2021-06-30' } };
    expect(shown('produce', [...many(6, producing), ...many(61, finishing)], 0)).toBe('9');
    expect(shown('produce', [...many(7, producing), ...many(3, finishing)], 0)).toBe('70');
  });

  test('10 of 18 are in the statistics, and what is too small to enter them is not counted', () => {
    const facts = [
      ...many(10, { ...started('2021-03-01'), totalYuan: 50_000_000, enrolled: true, enrolledOn: '2021-05-01' }),
      ...many(8, { ...started('2021-03-01'), totalYuan: 5_000_000 }),
      ...many(4, { ...started('2021-03-01'), totalYuan: 4_999_999 }),
      ...many(2, { totalYuan: 50_000_000 }),
    ];
    expect(tally(rateDefinitions.enrol, facts, at)).toEqual({ numerator: 10, denominator: 18 });
  });

  test('629.0 of 647.4 亿 is 97.2%; 159.5 of 401.9 亿 has arrived: 39.7%', () => {
    const yi = (n: number) => Math.round(n * 1e8);
    expect(shown('invest', many(1, { planYuan: both<number | null>(yi(647.4)), doneYuan: yi(629) }), 1)).toBe('97.2');
    expect(shown('fundsOfPlan', many(1, { planYuan: both<number | null>(yi(401.9)), arrivedYuan: yi(159.5) }), 1)).toBe(
      '39.7',
    );
  });
});

describe('what a name hides', () => {
  const facts = [
    ...many(6, { ...planned('2021-06-30'), ...started('2021-06-01') }),
    ...many(2, planned('2021-06-30')),
    ...many(1, { ...planned('2021-12-31'), ...started('2021-09-01') }),
    ...many(3, planned('2021-12-31')),
  ];
  test('the same projects give three different start rates', () => {
    expect([shown('startOfYear', facts, 1), shown('startOfDue', facts, 1), shown('startWithEarly', facts, 1)]).toEqual([
      '58.3',
      '75.0',
      '58.3',
    ]);
  });

  test('已开工 = 应开工 − 应开未开 + 提前开工: 7 = 8 − 2 + 1', () => {
    expect(startIdentity(facts, at)).toEqual({ started: 7, due: 8, overdue: 2, early: 1, holds: true });
  });

  test('the identity holds whatever the register says', () => {
    const day = fc.constantFrom(
      null,
      '2020-12-01',
      '2021-01-01',
      '2021-09-26',
      '2021-09-27',
      '2021-12-31',
      '2022-02-01',
    );
    const fact = fc.record({
      kind: fc.constantFrom(null, 'new', 'carried', 'finishing', 'reserve'),
      stage: fc.constantFrom('reserve', 'preparation', 'started', 'building', 'completed', 'suspended', 'terminated'),
      plannedOn: day,
      startedOn: day,
    });
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 30 }), (list) => {
        const made = list.map(({ kind, stage, plannedOn, startedOn }) => ({
          ...blank,
          stage,
          planKind: both(kind),
          startPlanned: both(plannedOn),
          startActual: startedOn,
        }));
        expect(startIdentity(made, at).holds).toBe(true);
      }),
    );
  });

  test('a plan moved in the middle of the year shows both ways', () => {
    const moved = many(4, {
      planKind: both('new'),
      startPlanned: { original: '2021-06-30', adjusted: '2021-12-31' },
      planYuan: { original: 200, adjusted: 100 },
      doneYuan: 50,
    });
    expect(tally(rateDefinitions.startOfDue, moved, { ...at, basis: 'original' })).toEqual({
      numerator: 0,
      denominator: 4,
    });
    expect(tally(rateDefinitions.startOfDue, moved, at)).toEqual({ numerator: 0, denominator: 0 });
    expect(shown('invest', moved, 0, { ...at, basis: 'original' })).toBe('25');
    expect(shown('invest', moved, 0)).toBe('50');
  });

  test('nothing planned gives no rate, and not zero', () => {
    for (const code of rateCodes) expect(shown(code, [blank], 1), code).toBeNull();
  });

  test('444 projects are 569 items: a package counts once or as its items, never both', () => {
    const packages = many(25, { childCount: 6 });
    const items = many(150, { parentId: 'p' });
    const all = [...packages, ...items, ...many(419, {})];
    expect(all.filter((f) => isAtLevel(f, 'projects'))).toHaveLength(444);
    expect(all.filter((f) => isAtLevel(f, 'items'))).toHaveLength(569);
  });

  test('a past day is judged by what had happened by then', () => {
    const facts = many(1, { ...planned('2021-03-31'), ...started('2021-08-15') });
    expect(startIdentity(facts, { ...at, day: '2021-04-30' })).toMatchObject({ started: 0, due: 1, overdue: 1 });
    expect(startIdentity(facts, at)).toMatchObject({ started: 1, overdue: 0 });
  });
});
