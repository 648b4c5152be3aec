/**
 * 统一社会信用代码, GB 32100—2015: 1 登记管理部门 + 1 机构类别 + 6 行政区划 + 9 主体标识 (GB 11714) + 1 check character.
 * I, O, S, V and Z are left out of the alphabet because they are misread as 1, 0, 5, U and 2.
 */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const length = 18;
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const innerWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const;

export type CreditCodeCheck =
  | { state: 'holds'; code: string }
  | { state: 'wrongLength'; code: string; length: number }
  | { state: 'wrongCharacter'; code: string; character: string; position: number }
  /** Real codes exist that fail the check digit, so this one is a warning: it may be kept with a reason. */
  | { state: 'failsCheck'; code: string; expected: string; innerHolds: boolean };

/** Full-width characters become half-width, spaces and hyphens go, letters become capitals. Nothing is guessed. */
export const normalCreditCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u2010-\u2015-]/g, '')
    .toUpperCase();

export function checkCreditCode(text: string): CreditCodeCheck {
  const code = normalCreditCode(text);
  if ([...code].length !== length) return { state: 'wrongLength', code, length: [...code].length };
  const strange = [...code].findIndex((c) => !alphabet.includes(c));
  if (strange >= 0) return { state: 'wrongCharacter', code, character: [...code][strange]!, position: strange + 1 };
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(code[i]!), 0);
  const expected = alphabet[(31 - (sum % 31)) % 31]!;
  if (code[17] === expected) return { state: 'holds', code };
  return { state: 'failsCheck', code, expected, innerHolds: holdsInner(code.slice(8, 17)) };
}

/** 主体标识码, GB 11714: eight characters and one check character (10 is written X, 11 is written 0). */
export function holdsInner(nine: string): boolean {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(nine)) return false;
  const sum = innerWeights.reduce((total, weight, i) => total + weight * Number.parseInt(nine[i]!, 36), 0);
  return nine[8] === '0123456789X0'[11 - (sum % 11)];
}
