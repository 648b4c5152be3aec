import { expect, test } from 'vitest';
import { percent } from '#core/shared/rate.ts';
import { countEnrolled, enrolmentRate, isDue, type PositionFacts, stateOf } from './position.ts';
import { shippedRules as rules } from './rules.ts';

const facts = (over: Partial<PositionFacts> = {}): PositionFacts => ({
  enrolled: false,
  stage: 'building',
  startActual: '2021-03-16',
  totalYuan: 328_000_000,
  papers: null,
  ...over,
});

test('a project that has begun gathers its documents, one that has not is not due', () => {
  expect(stateOf(facts(), rules)).toBe('preparing');
  expect(stateOf(facts({ startActual: null, stage: 'preparation' }), rules)).toBe('notDue');
  expect(stateOf(facts({ startActual: null, stage: 'building' }), rules)).toBe('preparing');
});

test('below 5 million yuan and after its end a project is not required; at 5 million it is', () => {
  expect(stateOf(facts({ totalYuan: 4_999_999 }), rules)).toBe('notRequired');
  expect(stateOf(facts({ totalYuan: 5_000_000 }), rules)).toBe('preparing');
  expect(stateOf(facts({ stage: 'terminated' }), rules)).toBe('notRequired');
});

test('the register decides whether it is enrolled, whatever the papers or the size say', () => {
  expect(stateOf(facts({ enrolled: true, papers: 'returned', totalYuan: 100 }), rules)).toBe('enrolled');
  expect(stateOf(facts({ papers: 'submitted' }), rules)).toBe('submitted');
});

test('18 begun projects of which 10 are enrolled: 入统率 10/18, 55.6%', () => {
  const eighteen = Array.from({ length: 18 }, (_, i) => facts({ enrolled: i < 10 }));
  const idle = [
    facts({ startActual: null, stage: 'preparation' }),
    facts({ totalYuan: 4_000_000 }),
    facts({ stage: 'terminated' }),
  ];
  const count = countEnrolled([...eighteen, ...idle], rules);
  expect(count).toEqual({ enrolled: 10, due: 18 });
  expect(enrolmentRate(count)).toEqual({ ratio: { n: 5n, d: 9n }, reason: null });
  expect(percent(enrolmentRate(count), 1, 'half-up')).toBe('55.6');
});

test('the rate of projects of 50 million and more leaves the smaller and the unknown out', () => {
  const some = [facts({ enrolled: true }), facts({ totalYuan: 49_999_999 }), facts({ totalYuan: null }), facts()];
  expect(countEnrolled(some, rules, rules.nationalYuan)).toEqual({ enrolled: 1, due: 2 });
  expect(countEnrolled(some, rules)).toEqual({ enrolled: 1, due: 4 });
});

test('without a project that is due there is no rate, not 0 and not 100', () => {
  expect(enrolmentRate(countEnrolled([], rules)).reason).toBe('zeroDenominator');
  expect(isDue(facts({ startActual: null, stage: 'signed' }), rules)).toBe(false);
});
