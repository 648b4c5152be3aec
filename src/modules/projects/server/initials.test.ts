import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test('names become the letters that people type', () => {
  expect(initialsOf('市中心医院项目')).toBe('szxyyxm');
  expect(initialsOf('G353机场快速路项目')).toBe('g353jckslxm');
});

test('a character of several readings is read in its word', () => {
  expect(initialsOf('重庆银行行长')).toBe('cqyhhz');
});

test('brackets and spaces leave nothing behind', () => {
  expect(initialsOf('西环线（君山段）二期 ')).toBe('xhxjsdeq');
});
