import { Decimal } from 'decimal.js';

/**
 * Money is whole yuan in a JavaScript integer. 亿元 and 万元 exist only where people read and write.
 * All conversion is decimal: 0.07 亿元 through a float is 7000000.000000001.
 */
export const moneyUnits = ['元', '万元', '亿元'] as const;
export type MoneyUnit = (typeof moneyUnits)[number];

/** 'half-up' is 四舍五入 (away from zero at exactly half); 'truncate' drops the rest, as some bulletins do (47.8 → 47). */
export const roundings = ['half-up', 'truncate'] as const;
export type Rounding = (typeof roundings)[number];

/** Enough digits that no quotient of two amounts is rounded twice. */
export const Exact = Decimal.clone({ precision: 80, toExpNeg: -40, toExpPos: 40 });
export const decimalRounding = (mode: Rounding): Decimal.Rounding =>
  mode === 'half-up' ? Decimal.ROUND_HALF_UP : Decimal.ROUND_DOWN;

const yuanIn: Record<MoneyUnit, number> = { 元: 1, 万元: 10_000, 亿元: 100_000_000 };
const unitOf: Record<string, MoneyUnit> = { 亿元: '亿元', 亿: '亿元', 万元: '万元', 万: '万元', 元: '元' };
const amount = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(亿元|亿|万元|万|元)?$/;

export type ParsedMoney =
  | { yuan: number; unit: MoneyUnit; problem: null }
  | { yuan: null; unit: MoneyUnit | null; problem: 'notANumber' | 'noUnit' | 'fractionOfYuan' | 'tooLarge' };

/** Full-width digits, signs and stops as an input method leaves them, and the spaces between. */
const plain = (text: string): string =>
  text
    .replace(/[０-９．，＋－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[−–]/g, '-')
    .replace(/[\s\u3000]/g, '');

/**
 * Reads an amount. A unit written in the text wins over `unit`; with neither, the answer is `noUnit`, because a
 * guess is wrong by ten thousand. Less than a yuan is refused unless a rounding is named.
 */
export function parseMoney(text: string, unit: MoneyUnit | null, rounding?: Rounding): ParsedMoney {
  const match = amount.exec(plain(text));
  if (!match) return { yuan: null, unit, problem: 'notANumber' };
  const used = match[2] === undefined ? unit : unitOf[match[2]]!;
  if (used === null) return { yuan: null, unit: null, problem: 'noUnit' };
  const exact = new Exact(match[1]!.replaceAll(',', '')).times(yuanIn[used]);
  if (!exact.isInteger() && rounding === undefined) return { yuan: null, unit: used, problem: 'fractionOfYuan' };
  const whole = exact.toDecimalPlaces(0, decimalRounding(rounding ?? 'half-up'));
  if (whole.abs().greaterThan(Number.MAX_SAFE_INTEGER)) return { yuan: null, unit: used, problem: 'tooLarge' };
  return { yuan: whole.toNumber() + 0, unit: used, problem: null };
}

/** The number alone, in `unit`, with exactly `decimals` decimals: formatMoney(744_000_000, '亿元', 2) is '7.44'. */
export function formatMoney(
  yuan: number,
  unit: MoneyUnit,
  decimals = unit === '元' ? 0 : 2,
  rounding: Rounding = 'half-up',
  grouped = false,
): string {
  const text = new Exact(yuan).div(yuanIn[unit]).toFixed(decimals, decimalRounding(rounding));
  const shown = /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
  return grouped
    ? shown.replace(/\d(?=(\d{3})+(\.|$))/g, (digit, _g, _d, at: number, all: string) =>
        all.lastIndexOf('.', at) >= 0 ? digit : `${digit},`,
      )
    : shown;
}
