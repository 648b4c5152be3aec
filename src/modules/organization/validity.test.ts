import { expect, test } from 'vitest';
import { isOrdered, overlap, validityOn } from './validity.ts';

const year2022 = { validFrom: '2022-01-01', validTo: '2022-12-31' };

test('both the first and the last day belong to the validity', () => {
  expect(validityOn('2021-12-31', year2022)).toBe('planned');
  expect(validityOn('2022-01-01', year2022)).toBe('valid');
  expect(validityOn('2022-12-31', year2022)).toBe('valid');
  expect(validityOn('2023-01-01', year2022)).toBe('ended');
});

test('an open validity never ends', () => {
  expect(validityOn('2999-01-01', { validFrom: '2022-01-01', validTo: null })).toBe('valid');
});

test('the command posts of two years follow each other without overlap', () => {
  expect(overlap(year2022, { validFrom: '2023-01-01', validTo: '2023-12-31' })).toBe(false);
  expect(overlap(year2022, { validFrom: '2022-12-31', validTo: null })).toBe(true);
  expect(overlap({ validFrom: '2020-01-01', validTo: null }, year2022)).toBe(true);
});

test('an end before the beginning is out of order', () => {
  expect(isOrdered({ validFrom: '2022-01-02', validTo: '2022-01-01' })).toBe(false);
  expect(isOrdered({ validFrom: '2022-01-01', validTo: '2022-01-01' })).toBe(true);
});
