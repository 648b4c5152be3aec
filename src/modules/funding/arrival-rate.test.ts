import { describe, expect, test } from 'vitest';
import { parseMoney } from '#core/shared/money.ts';
import { percent } from '#core/shared/rate.ts';
import { arrivalRates } from './arrival-rate.ts';

const yi = (text: string): number => parseMoney(text, '亿元').yuan!;
const nothing = { arrivedYuan: null, arrivedToDateYuan: null, planYuan: null, agreementYuan: null };
const ofPlan = (arrived: string, plan: string, decimals = 1) =>
  percent(arrivalRates({ ...nothing, arrivedYuan: yi(arrived), planYuan: yi(plan) }).plan.rate, decimals, 'half-up');

describe('资金到位率', () => {
  test('of 江门 2013 is 39.7 %: 159.5 of the 401.9 亿元 planned for the year', () => {
    expect(ofPlan('159.5', '401.9')).toBe('39.7');
  });
  test('of a 高速 is 75.11 %: 86.83 of 115.60 亿元 of capital, to two decimals', () => {
    expect(ofPlan('86.83', '115.6', 2)).toBe('75.11');
  });
  test('is not capped: 百大项目 had 115 % of the plan, 双城区 335.5 % of what was enrolled', () => {
    expect(ofPlan('23', '20', 0)).toBe('115');
    expect(ofPlan('6.6', '1.9673')).toBe('335.5');
  });

  test('has two definitions with their own figures: all that arrived ÷ agreement, the year ÷ its plan', () => {
    const both = arrivalRates({
      arrivedYuan: yi('3'),
      arrivedToDateYuan: yi('8'),
      planYuan: yi('4'),
      agreementYuan: yi('20'),
    });
    expect(percent(both.plan.rate, 1, 'half-up')).toBe('75.0');
    expect(percent(both.agreement.rate, 1, 'half-up')).toBe('40.0');
    expect(both.plan).toMatchObject({ numerator: yi('3'), denominator: yi('4') });
    expect(both.agreement).toMatchObject({ numerator: yi('8'), denominator: yi('20') });
  });

  test('is a dash with its reason where the denominator is missing or nought', () => {
    const without = arrivalRates({ ...nothing, arrivedYuan: 1, arrivedToDateYuan: 1, planYuan: 0 });
    expect(without.agreement.rate).toEqual({ ratio: null, reason: 'missing' });
    expect(without.plan.rate).toEqual({ ratio: null, reason: 'zeroDenominator' });
  });
});
