import { afterEach, expect, test } from 'vitest';
import { chooseLanguage } from '#core/web/language.ts';
import { largeSum, monthSum } from './money.ts';

afterEach(() => chooseLanguage('zh'));

test('sums are shown in the units of each language, short enough for the wall', () => {
  chooseLanguage('zh');
  expect(largeSum(103_196_000_000)).toEqual({ value: '1,032.0', unit: '亿元' });
  expect([monthSum(53_220_000), monthSum(186_000_000), monthSum(-5_000_000)]).toEqual([
    '+5,322 万元',
    '+1.86 亿元',
    '−500 万元',
  ]);
  chooseLanguage('en');
  expect(largeSum(103_196_000_000)).toEqual({ value: '103.2', unit: 'CNY bn' });
  expect(monthSum(53_220_000)).toBe('+53.2 CNY m');
});
