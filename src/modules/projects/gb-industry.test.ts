import { expect, test } from 'vitest';
import { industryDoubt, industryName } from './gb-industry.ts';
import { classes, sections } from './gb-industry-table.ts';

test('GB/T 4754—2017 has 20 sections A to T and 97 divisions without a gap', () => {
  expect(sections.map((s) => s.letter).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
  const divisions = sections.flatMap((s) => Object.keys(s.divisions)).sort();
  expect(divisions).toEqual(Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')));
});

test('every class lies in a division of the table', () => {
  for (const code of Object.keys(classes)) expect([code, industryDoubt(code)]).toEqual([code, null]);
});

test('a code is read from its section to its class, with or without the letter and the words behind it', () => {
  expect(industryName('4812')).toBe('E 建筑业 › 48 土木工程建筑业 › 4812 公路工程建筑');
  expect(industryName('Ｅ4812 公路工程建筑')).toBe('E 建筑业 › 48 土木工程建筑业 › 4812 公路工程建筑');
  expect(industryName('84')).toBe('Q 卫生和社会工作 › 84 卫生');
  expect(industryName('P')).toBe('P 教育');
  expect(industryName('教育')).toBeNull();
});

test('a class that the table does not name is accepted when its division exists', () => {
  expect(industryDoubt('4899')).toBeNull();
  expect(industryDoubt('262')).toBeNull();
});

test('an unknown division, a wrong section and words are doubted with what to do', () => {
  expect(industryDoubt('9912')?.zh).toBe('GB/T 4754—2017 没有大类“99”，请核对');
  expect(industryDoubt('E4420')?.zh).toContain('属门类 D');
  expect(industryDoubt('公路建设')?.zh).toContain('请按 GB/T 4754—2017 填写');
});

test('a sewer network goes by what is built and not by its owner: 7810, and 棚改 7090', () => {
  expect(industryDoubt('4852', '城区污水管网改造')?.zh).toContain('一般归 7810');
  expect(industryDoubt('7010', '棚户区改造')).toBeNull();
  expect(industryDoubt('4710', '棚改安置房')?.zh).toContain('一般归 7090');
  expect(industryDoubt('7810', '城区污水管网改造')).toBeNull();
});
