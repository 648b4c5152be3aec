import { expect, test } from 'vitest';
import { nameKey, tidyName } from './unit-name.ts';

test('width, spaces, brackets and case do not make a second unit', () => {
  const key = nameKey('岳阳市交通建设投资集团（有限公司）');
  expect(nameKey(' 岳阳市交通建设投资集团(有限公司) ')).toBe(key);
  expect(nameKey('岳阳市 交通建设投资集团 有限公司')).toBe(key);
  expect(nameKey('Ｇ353 ABC')).toBe(nameKey('g353abc'));
});

test('a different name has a different key', () => {
  expect(nameKey('市交通局')).not.toBe(nameKey('市交投集团'));
});

test('a kept name loses only needless space', () => {
  expect(tidyName('  市 发改委  （重点办） ')).toBe('市 发改委 （重点办）');
});
