import type { Words } from '#core/shared/words.ts';
import { commonPasswords, commonRoots } from './common-passwords.ts';

/** Length of a password in characters as people count them; the upper bound keeps one hash cheap. */
export const passwordLength = { least: 10, most: 128 } as const;

export interface PasswordFault {
  code: 'too_short' | 'too_long' | 'contains_name' | 'too_simple' | 'common' | 'known_number';
  /** What to do about it, in one sentence. */
  words: Words;
}

/** Full-width digits and letters of a Chinese input method become the ASCII ones, so the same keys give the same password. */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

/**
 * What is wrong with a password, worst first; an empty list means it may be used.
 * `names` are what the person is called: user name, name, and the name in pinyin. Latin names count from three
 * letters and Chinese ones from two characters, because shorter ones occur in anything.
 */
export function passwordFaults(password: string, names: readonly string[]): PasswordFault[] {
  const text = normalizePassword(password);
  const length = [...text].length;
  if (length < passwordLength.least)
    return [
      {
        code: 'too_short',
        words: {
          zh: `密码至少 ${passwordLength.least} 位，现在是 ${length} 位。可以用几个不相干的词连起来。`,
          en: `Use at least ${passwordLength.least} characters; this has ${length}. Several unrelated words together work well.`,
        },
      },
    ];
  if (length > passwordLength.most)
    return [
      {
        code: 'too_long',
        words: { zh: `密码不超过 ${passwordLength.most} 位。`, en: `Use at most ${passwordLength.most} characters.` },
      },
    ];
  const lower = text.toLowerCase();
  const faults: PasswordFault[] = [];
  if (names.some((name) => isName(name) && lower.includes(name.trim().toLowerCase())))
    faults.push({
      code: 'contains_name',
      words: {
        zh: '密码中含有用户名或姓名（含拼音）。请去掉。',
        en: 'The password contains the user name or the person’s name (or its pinyin). Take it out.',
      },
    });
  if (isSimple(lower))
    faults.push({
      code: 'too_simple',
      words: {
        zh: '密码是重复或连续的字符。请换成没有规律的组合。',
        en: 'The password is a repetition or a sequence. Choose something without a pattern.',
      },
    });
  else if (isKnownNumber(text))
    faults.push({
      code: 'known_number',
      words: {
        zh: '密码是手机号、身份证号或日期，别人容易查到。请换一个。',
        en: 'The password is a phone number, an identity number or dates, which others can look up. Choose another.',
      },
    });
  else if (isCommon(lower))
    faults.push({
      code: 'common',
      words: {
        zh: '这是很多人用过的密码，容易被猜中。请换一个不常见的。',
        en: 'Many people have used this password, so it is guessed early. Choose an unusual one.',
      },
    });
  return faults;
}

const isName = (name: string): boolean => {
  const length = [...name.trim()].length;
  return length >= (/^[\x20-\x7e]*$/.test(name) ? 3 : 2);
};

/** Rows of the keyboard and the columns people walk down, in both directions. */
const walks = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop[]',
  'asdfghjkl;',
  'zxcvbnm,./',
  '!@#$%^&*()',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
].flatMap((walk) => [walk, [...walk].reverse().join('')]);

/** Nothing but repetitions and walks: cut into runs of at least three keys of one walk or one repeated piece. */
function isSimple(lower: string): boolean {
  if (new Set(lower).size <= 3) return true;
  for (let size = 1; size <= lower.length / 2; size++)
    if (
      lower.length - size >= size &&
      lower ===
        lower
          .slice(0, size)
          .repeat(Math.ceil(lower.length / size))
          .slice(0, lower.length)
    )
      return true;
  let at = 0;
  let runs = 0;
  while (at < lower.length) {
    const run = longestRun(lower, at);
    if (run < 3) return false;
    at += run;
    runs++;
  }
  return runs <= 4;
}

/** How many characters from `at` follow one walk, or repeat one character. */
function longestRun(text: string, at: number): number {
  let best = 1;
  while (text[at + best] === text[at]) best++;
  for (const walk of walks) {
    for (let from = walk.indexOf(text[at]!); from !== -1; from = walk.indexOf(text[at]!, from + 1)) {
      let length = 1;
      while (at + length < text.length && text[at + length] === walk[from + length]) length++;
      best = Math.max(best, length);
    }
  }
  return best;
}

const date = String.raw`(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;
const knownNumber = new RegExp(String.raw`^(?:(?:\+?86)?1[3-9]\d{9}|\d{17}[\dxX]|(?:${date}){1,2}|${date}\d{1,6})$`);
const isKnownNumber = (text: string): boolean => knownNumber.test(text.replace(/[\s-]/g, ''));

const substitutes: Record<string, string> = { '@': 'a', '0': 'o', '1': 'i', '3': 'e', $: 's', '5': 's', '7': 't' };

/**
 * In the list, or one listed root with the usual decoration: "Admin@2021", "Aa123456789", "woaini1314520".
 * Decoration is digits that are themselves a habit (a year, a walk, a lucky number) and punctuation.
 */
function isCommon(lower: string): boolean {
  if (commonPasswords.has(lower)) return true;
  const letters = lower.replace(/[^a-z]/g, '');
  const digits = lower.replace(/[^0-9]/g, '');
  const marks = lower.length - letters.length - digits.length;
  // Chinese characters and other scripts are counted as marks; several of them are not mere decoration.
  if (marks <= 3 && commonRoots.has(letters) && isHabit(digits)) return true;
  const plain = [...lower].map((c) => substitutes[c] ?? c).join('');
  return commonPasswords.has(plain) || commonRoots.has(plain.replace(/[^a-z]+$/, ''));
}

const habit =
  /^(?:(?:19|20)\d{2}|1314|521|520|5201314|1314520|1314521|0{2,}|1{2,}|6{2,}|8{2,}|9{2,}|168|518|110|119|12|21|[0-9])*$/;
const isHabit = (digits: string): boolean =>
  digits === '' ||
  habit.test(digits) ||
  new RegExp(`^${date}$`).test(digits) ||
  (digits.length >= 3 && isSimple(digits));
