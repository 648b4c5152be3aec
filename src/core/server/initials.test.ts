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

test('a character of several readings is read in its word', () => expect(initialsOf('重庆银行行长')).toBe('cqyhhz'));

test('brackets and spaces leave nothing behind', () => expect(initialsOf('西环线（君山段）二期 ')).toBe('xhxjsdeq'));
