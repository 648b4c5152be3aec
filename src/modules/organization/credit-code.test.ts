import { expect, test } from 'vitest';
import { checkCreditCode, holdsInner } from './credit-code.ts';

const valid = [
  '91350100M000100Y43',
  '91230184MA1BUFLT44',
  '92371000MA3MXH0E3W',
  '91350200776049653A',
  '91440101MA5CJQ4N59',
  '913502000728319549',
  '123502001549897397',
  '9135021359498494XQ',
];

test.each(valid)('%s, a code in use, holds', (code) => {
  expect(checkCreditCode(code)).toEqual({ state: 'holds', code });
});

test.each(valid)('%s with its last character changed fails and names the right one', (code) => {
  const wrong = code.slice(0, 17) + (code[17] === '0' ? '1' : '0');
  expect(checkCreditCode(wrong)).toMatchObject({ state: 'failsCheck', expected: code[17] });
});

test('a wrong check character is told with the one that was expected', () => {
  expect(checkCreditCode('91350100M000100Y4A')).toMatchObject({ state: 'failsCheck', expected: '3' });
});

test('a real code that fails the check is a warning, not an impossible code', () => {
  expect(checkCreditCode('91350203M0001QAY9B')).toMatchObject({ state: 'failsCheck' });
});

test('two characters swapped are found', () => {
  expect(checkCreditCode('91350100M000100Y34')).toMatchObject({ state: 'failsCheck' });
  expect(checkCreditCode('91320184MA1BUFLT44')).toMatchObject({ state: 'failsCheck' });
});

test('small letters, full-width characters, spaces and hyphens are read as the code they mean', () => {
  expect(checkCreditCode(' ９１350100-m000100y43 ')).toEqual({ state: 'holds', code: '91350100M000100Y43' });
});

test('a code that is too short says how long it is', () => {
  expect(checkCreditCode('91350100M000100Y4')).toMatchObject({ state: 'wrongLength', length: 17 });
  expect(checkCreditCode('')).toMatchObject({ state: 'wrongLength', length: 0 });
});

test('a letter that the standard leaves out is pointed at', () => {
  expect(checkCreditCode('9135O100M000100Y43')).toMatchObject({ state: 'wrongCharacter', character: 'O', position: 5 });
});

test('the inner code of GB 11714 holds in six codes in use and fails when a digit changes', () => {
  const inner = ['776049653', '072831954', '154989739', '59498494X', 'MA1BUFLT4', 'MA5CJQ4N5'];
  expect(inner.filter(holdsInner)).toEqual(inner);
  expect(holdsInner('776049654')).toBe(false);
});

test('when only the last character is wrong, the inner code still holds and tells so', () => {
  expect(checkCreditCode('91350200776049653B')).toMatchObject({ state: 'failsCheck', innerHolds: true });
  expect(checkCreditCode('91350200776049654A')).toMatchObject({ state: 'failsCheck', innerHolds: false });
});
