import { expect, test } from 'vitest';
import { figureIn } from './figure-words.ts';

test('money, points and counts of a bulletin are said in English exactly; the rest stays', () => {
  const said = ['656.46亿元', '0.05亿元', '9999.50万元', '-3.9个百分点', '612个', '45.7%', '—'];
  expect(said.map((each) => figureIn('en', each))).toEqual([
    'CNY 65,646 mn',
    'CNY 5 mn',
    'CNY 99,995,000',
    '-3.9 points',
    '612',
    '45.7%',
    '—',
  ]);
  expect(said.map((each) => figureIn('zh', each))).toEqual(said);
});
