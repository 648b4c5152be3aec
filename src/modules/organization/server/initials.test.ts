import { expect, test } from 'vitest';
import { initialsOf, personInitialsOf } from './initials.ts';

test.each([
  ['岳阳市交投集团', 'yysjtjt'],
  ['汨罗市', 'mls'],
  ['长乐镇', 'clz'],
  ['G353机场快速路（一期）', 'g353jckslyq'],
  ['', ''],
])('%s has the initials %s', (text, initials) => expect(initialsOf(text)).toBe(initials));

test('a surname is read as a surname', () => {
  expect(personInitialsOf('仇和')).toBe('qh');
  expect(personInitialsOf('曾伟')).toBe('zw');
});
