import { expect, test } from 'vitest';
import { formatMoney, parseMoney } from './money.ts';

const yuan = (text: string, unit: Parameters<typeof parseMoney>[1], mode?: 'half-up' | 'truncate') => {
  const parsed = parseMoney(text, unit, mode);
  return parsed.problem ?? parsed.yuan;
};

test('units convert without a float in between', () => {
  expect(yuan('0.07', '亿元')).toBe(7_000_000);
  expect(yuan('1.005', '万元')).toBe(10_050);
  expect(yuan('697.38', '亿元')).toBe(69_738_000_000);
  expect(yuan('1,015.19', '亿元')).toBe(101_519_000_000);
});

test('a unit in the cell wins over the column, and no unit at all is refused', () => {
  expect(yuan('3.5亿', '万元')).toBe(350_000_000);
  expect(yuan('５００万元', null)).toBe(5_000_000);
  expect(yuan('500', null)).toBe('noUnit');
});

test('what is not an amount is refused', () => {
  for (const text of ['', '约3亿', '1,23', '1.2.3', '#REF!', '12%', 'NaN'])
    expect(yuan(text, '元'), text).toBe('notANumber');
  expect(yuan('99999999999', '亿元')).toBe('tooLarge');
});

test('a fraction of a yuan needs a named rounding', () => {
  expect(yuan('1.5', '元')).toBe('fractionOfYuan');
  expect(yuan('1.5', '元', 'half-up')).toBe(2);
  expect(yuan('1.5', '元', 'truncate')).toBe(1);
  expect(yuan('-1.5', '元', 'half-up')).toBe(-2);
});

test('amounts are shown in the unit asked for, rounded by name', () => {
  expect(formatMoney(744_000_000, '亿元')).toBe('7.44');
  expect(formatMoney(744_500_000, '亿元', 2)).toBe('7.45');
  expect(formatMoney(744_500_000, '亿元', 2, 'truncate')).toBe('7.44');
  expect(formatMoney(-1, '亿元')).toBe('0.00');
  expect(formatMoney(1_234_567, '元', 0, 'half-up', true)).toBe('1,234,567');
  expect(formatMoney(123_456_789_000, '万元', 4, 'half-up', true)).toBe('12,345,678.9000');
});
