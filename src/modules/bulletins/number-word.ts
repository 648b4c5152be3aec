/** Numbers as official texts write them, in digits and in Chinese, kept as exact decimal text. */

const digitOf = new Map([...'零一二三四五六七八九'].map((char, value) => [char, value]));
for (const [char, value] of [
  ['〇', 0],
  ['○', 0],
  ['两', 2],
  ['壹', 1],
  ['贰', 2],
  ['叁', 3],
  ['肆', 4],
  ['伍', 5],
] as const)
  digitOf.set(char, value);
const powerOf = new Map<string, number>([
  ['十', 1],
  ['拾', 1],
  ['百', 2],
  ['佰', 2],
  ['千', 3],
  ['仟', 3],
  ['万', 4],
  ['亿', 8],
]);

/** Signs that a Chinese number is made of; 点 stands for the decimal point within it. */
export const chineseDigits = '零〇一二三四五六七八九十百千两';

/** `text` times ten to the `power`, exactly: ('295.9', 8) is '29590000000'. Trailing zeros of the fraction go. */
export function timesPower(text: string, power: number): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = whole + fraction.padEnd(power, '0');
  const point = whole.length + power;
  const head = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const tail = digits.slice(point).replace(/0+$/, '');
  return tail === '' ? head : `${head}.${tail}`;
}

/** Decimals as printed: 2 in 67.90. */
export const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;

/** A Chinese number below a hundred million, or digits read one by one (二〇二一), as decimal text; undefined when it is none. */
export function chineseNumber(text: string): string | undefined {
  const [whole, fraction, more] = text.split('点');
  if (more !== undefined || whole === undefined || whole === '') return undefined;
  const [high, low, third] = whole.split('万');
  if (third !== undefined) return undefined;
  if (low !== undefined && low !== '') {
    // 四万九千二百七十四
    const [a, b] = [wholeNumber(high!), wholeNumber(low)];
    return a === undefined || b === undefined || b >= 10_000 || fraction !== undefined
      ? undefined
      : String(a * 10_000 + b);
  }
  const read = wholeNumber(whole);
  if (read === undefined) return undefined;
  if (fraction === undefined) return String(read);
  const digits = [...fraction].map((char) => digitOf.get(char));
  return digits.length > 0 && digits.every((digit) => digit !== undefined) ? `${read}.${digits.join('')}` : undefined;
}

function wholeNumber(text: string): number | undefined {
  if (![...text].some((char) => powerOf.has(char))) {
    const digits = [...text].map((char) => digitOf.get(char));
    return digits.every((digit) => digit !== undefined) && digits.length <= 8 ? Number(digits.join('')) : undefined;
  }
  let [total, pending] = [0, -1];
  let lowest = 9;
  for (const char of text) {
    const digit = digitOf.get(char);
    if (digit !== undefined) {
      if (digit > 0 && pending > 0) return undefined;
      pending = digit;
      continue;
    }
    const power = powerOf.get(char);
    if (power === undefined || power >= 4 || power >= lowest) return undefined;
    lowest = power;
    total += (pending > 0 ? pending : 1) * 10 ** power;
    pending = -1;
  }
  return total + Math.max(0, pending);
}
