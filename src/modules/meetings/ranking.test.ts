import { expect, test } from 'vitest';
import { showRatio } from '#core/shared/rate.ts';
import { meanOf, rankStops, totalHundredths, usualCriteria, weightsFault } from './ranking.ts';

test('a score is the weighted sum of its points; five stars are a hundred', () => {
  const points = { progress: 90, investment: 80, quality: 100, factors: 60, site: 70 };
  expect(totalHundredths(usualCriteria, 'hundred', points)).toBe(90 * 35 + 80 * 25 + 100 * 15 + 60 * 15 + 70 * 10);
  const stars = { progress: 5, investment: 5, quality: 5, factors: 5, site: 5 };
  expect(totalHundredths(usualCriteria, 'stars', stars)).toBe(10_000);
});

test('weights add up to a hundred and no point stands twice', () => {
  expect(weightsFault(usualCriteria)).toBeNull();
  expect(weightsFault([{ code: 'a', name: '甲', weight: 90 }])).toBe('sum');
  expect(
    weightsFault([
      { code: 'a', name: '甲', weight: 50 },
      { code: 'a', name: '乙', weight: 50 },
    ]),
  ).toBe('twice');
});

test('from five observers on the highest and the lowest are left out, of four nothing is', () => {
  expect(meanOf([])).toBeNull();
  const four = meanOf([10_000, 8000, 8000, 2000])!;
  expect([showRatio(four.mean, 2, 'half-up'), four.isTrimmed]).toEqual(['70.00', false]);
  const five = meanOf([10_000, 8000, 8000, 8000, 2000])!;
  expect([showRatio(five.mean, 2, 'half-up'), five.isTrimmed]).toEqual(['80.00', true]);
});

test('ties share the better rank, the next one skips, and who has no score has no rank', () => {
  const ranked = rankStops([
    { stopId: 'none', totals: [] },
    { stopId: 'b', totals: [9000, 8000] },
    { stopId: 'c', totals: [8500, 8500, 8500] },
    { stopId: 'd', totals: [8400] },
    { stopId: 'a', totals: [9100, 9100, 9100] },
  ]);
  expect(ranked.map((stop) => [stop.stopId, stop.rank, stop.isFew])).toEqual([
    ['a', 1, false],
    ['b', 2, true],
    ['c', 2, false],
    ['d', 4, true],
    ['none', null, true],
  ]);
});

test('means that look alike when rounded are still apart', () => {
  const ranked = rankStops([
    { stopId: 'third', totals: [8000, 8000, 8001] },
    { stopId: 'two', totals: [8000, 8000] },
  ]);
  expect(ranked.map((stop) => [stop.stopId, stop.rank, showRatio(stop.mean!, 1, 'half-up')])).toEqual([
    ['third', 1, '80.0'],
    ['two', 2, '80.0'],
  ]);
});
