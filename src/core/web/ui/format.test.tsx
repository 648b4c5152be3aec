import { expect, test } from 'vitest';
import {
  age,
  fileSize,
  moment,
  month,
  percent,
  points,
  pointsWithUnit,
  rate,
  roundedQuotient,
  shortDate,
  span,
  wan,
  weekday,
  yi,
  yiWithUnit,
} from './format.ts';

test('yuan become 亿元 with two decimals, and CNY million in English with the same precision', () => {
  expect(yi(1_280_000_000, 'zh')).toBe('12.80');
  expect(yi(538_642_000_000, 'zh')).toBe('5,386.42');
  expect(yi(1_280_000_000, 'en')).toBe('1,280');
  expect(yiWithUnit(744_000_000, 'zh')).toBe('7.44 亿元');
  expect(yi(-1_500_000, 'zh')).toBe('−0.02');
  expect(yi(null)).toBe('—');
  expect(wan(26_000_000)).toBe('2,600');
});

test('rounding is once, from exact numbers, half away from zero', () => {
  expect(roundedQuotient(1, 8, 2)).toBe('0.13'); // 0.125: binary rounding to even would give 0.12
  expect(roundedQuotient(-1, 8, 2)).toBe('−0.13');
  expect(roundedQuotient(9_007_199_254_740_991, 1, 0)).toBe('9,007,199,254,740,991');
  expect(points(1.005, 2)).toBe('+1.01');
});

test('a rate comes from done and plan, and no plan has no rate', () => {
  expect(rate(744, 1280)).toBe('58.1%');
  expect(rate(0, 1280)).toBe('0.0%');
  expect(rate(5, 0)).toBe('—');
  expect(rate(5, null)).toBe('—');
  expect(percent(269 / 365)).toBe('73.7%');
});

test('percentage points always carry their sign, except zero', () => {
  expect(points(-15.62)).toBe('−15.6');
  expect(points(6.3)).toBe('+6.3');
  expect(points(0)).toBe('0.0');
  expect(points(0.04)).toBe('0.0');
  expect(points(-0.04)).toBe('0.0');
  expect(pointsWithUnit(-2.33, 'zh')).toBe('−2.3 个百分点');
});

test('dates, months, moments and ages are said as the field says them', () => {
  expect(weekday('2021-09-26', 'zh')).toBe('周日');
  expect(weekday('1969-12-31', 'en')).toBe('Wed');
  expect(shortDate('2021-09-23', '2021-09-26')).toBe('09-23');
  expect(shortDate('2020-09-23', '2021-09-26')).toBe('2020-09-23');
  expect(month('2021-09', 'zh')).toBe('2021年9月');
  expect(month('2021-09-26', 'en')).toBe('Sep 2021');
  expect(moment('2021-09-25T17:00:00Z')).toBe('2021-09-26 01:00');
  expect(age('2021-09-23', '2021-09-26', 'zh')).toBe('3 天');
  expect(age('2021-09-26', '2021-09-26', 'zh')).toBe('今天');
  expect(age('2021-10-01', '2021-09-26', 'en')).toBe('in 5 d');
  expect(span(190, 'zh')).toBe('3 分钟');
  expect(fileSize(1_234_567)).toBe('1.2 MB');
});
