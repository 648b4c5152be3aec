import { expect, test } from 'vitest';
import { percent } from '#core/shared/rate.ts';
import { changeAgainstFirst } from './investment.ts';

test('the change is told against the first value, however many revisions lie between', () => {
  const change = changeAgainstFirst([{ yuan: 500_000_000 }, { yuan: 650_000_000 }, { yuan: 560_000_000 }])!;
  expect(change).toMatchObject({ firstYuan: 500_000_000, currentYuan: 560_000_000, changeYuan: 60_000_000 });
  expect(percent(change.rate, 1, 'half-up')).toBe('12.0');
});

test('a first value of nought has no percentage, and no value no change', () => {
  expect(changeAgainstFirst([{ yuan: 0 }, { yuan: 5 }])!.rate).toEqual({ ratio: null, reason: 'zeroDenominator' });
  expect(changeAgainstFirst([])).toBeNull();
});
