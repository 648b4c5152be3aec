import { expect, test } from 'vitest';
import { commonPasswords } from './common-passwords.ts';
import { normalizePassword, passwordFaults } from './password.ts';

const codes = (password: string, names: string[] = []) => passwordFaults(password, names).map((fault) => fault.code);

test('a long unusual password passes', () => {
  for (const good of [
    'correct horse battery',
    '洞庭湖边的三棵银杏树下',
    'tK7#vm2Lq9xZ',
    'rain-on-the-ferry-42',
    'Kx83mpa0wQe1',
  ])
    expect(codes(good), good).toEqual([]);
});

test('nine characters are too few and the sentence says how many there are', () => {
  expect(codes('tK7#vm2Lq')).toEqual(['too_short']);
  expect(passwordFaults('tK7#vm2Lq', [])[0]!.words.zh).toContain('现在是 9 位');
});

test('characters are counted, not their UTF-16 halves', () => {
  expect(codes('😀🚲🌳🍵🎏🪁🧭🪂🥢')).toEqual(['too_short']);
});

test('a very long password is refused before it costs anything', () => {
  expect(codes('x9'.repeat(65))).toEqual(['too_long']);
});

test('user name, name and pinyin may not be in it, whatever the case', () => {
  expect(codes('MyLiuMin-7731', ['liumin'])).toEqual(['contains_name']);
  expect(codes('欢迎刘敏来上班七七三', ['刘敏'])).toEqual(['contains_name']);
  expect(codes('tK7#vm2Lq9xZ', ['vm'])).toEqual([]);
});

test('full-width characters count as the ASCII ones they look like', () => {
  expect(normalizePassword('ａｂｃ１２３')).toBe('abc123');
  expect(codes('ｌｉｕｍｉｎ－ｔｒｅｅｓ－９', ['liumin'])).toEqual(['contains_name']);
});

test('repetitions and walks over the keyboard are too simple', () => {
  for (const simple of [
    'aaaaaaaaaa',
    'abcabcabcabc',
    '1212121212',
    '1234567890',
    '9876543210',
    'qwertyuiop',
    '1qaz2wsx3edc',
    'qweasdzxc123',
    'abcdefghij',
    'zxcvbnm,./',
    'abcdef123456',
  ])
    expect(codes(simple), simple).toEqual(['too_simple']);
});

test('what many people use is refused, also with the usual decoration', () => {
  for (const common of [
    'woaini1314520',
    'Woaini5201314',
    'Aa123456789',
    'Admin@2021',
    'Admin@123456',
    'P@ssw0rd1234',
    'password2024',
    'Yueyang2021!',
    'a5201314520',
    'huawei12#$',
  ])
    expect(codes(common), common).toEqual(['common']);
});

test('numbers that others can look up are refused', () => {
  for (const known of ['13873012345', '8613873012345', '430602198811022315', '43060219881102231X', '1988110219901230'])
    expect(codes(known), known).toEqual(['known_number']);
});

test('every listed password is long enough to need listing and is refused', () => {
  expect(commonPasswords.size).toBeGreaterThan(400);
  for (const common of commonPasswords) {
    expect(common.length, common).toBeGreaterThanOrEqual(10);
    expect(common).toBe(common.toLowerCase());
    expect(codes(common).length, common).toBeGreaterThan(0);
  }
});
