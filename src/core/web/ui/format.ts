import type { Language } from '../../shared/words.ts';
import { currentLanguage } from '../language.ts';

/**
 * Figures and dates as the page shows them. Money comes in whole yuan, rates as exact pairs; rounding happens here,
 * once, half away from zero (四舍五入, GB/T 8170 leaves the mode to the document; statistical tables in China use this).
 */
const minus = '−';
export const dash = '—';

/** Rounds n/d to `digits` decimals, half away from zero, without passing through a binary fraction of n/d. */
export function roundedQuotient(n: number, d: number, digits: number): string {
  if (d === 0) return dash;
  const negative = n < 0 !== d < 0;
  const scaled = BigInt(Math.abs(Math.trunc(n))) * 10n ** BigInt(digits);
  const by = BigInt(Math.abs(Math.trunc(d)));
  const whole = (scaled * 2n + by) / (by * 2n);
  return signed(whole, digits, negative);
}

function signed(scaled: bigint, digits: number, negative: boolean): string {
  const text = scaled.toString().padStart(digits + 1, '0');
  const head = digits === 0 ? text : text.slice(0, -digits);
  const tail = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${negative && scaled !== 0n ? minus : ''}${grouped(head)}${tail}`;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** Rounds a decimal number (already derived, e.g. 6.3 points) half away from zero. */
function fixed(value: number, digits: number): string {
  // The shift goes through the shortest decimal text, so 1.005 rounds up as it reads.
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toString().split('e');
  const scaled = BigInt(Math.round(Number(`${mantissa}e${Number(exponent) + digits}`)));
  return signed(scaled, digits, value < 0);
}

/** Whole yuan as 亿元: `1280000000` → `12.80`. English pages use CNY million with the same precision: `1,280`. */
export function yi(yuan: number | null | undefined, language: Language = currentLanguage(), digits = 2): string {
  if (yuan === null || yuan === undefined) return dash;
  return language === 'zh'
    ? roundedQuotient(yuan, 100_000_000, digits)
    : roundedQuotient(yuan, 1_000_000, Math.max(0, digits - 2));
}

/** The unit that belongs to `yi`, for a column head or after the figure. */
export const yiUnit = (language: Language = currentLanguage()): string => (language === 'zh' ? '亿元' : 'CNY mn');

/** Whole yuan as 万元 (both languages: forms are filled in 万元): `26000000` → `2,600`. */
export function wan(yuan: number | null | undefined, digits = 0): string {
  return yuan === null || yuan === undefined ? dash : roundedQuotient(yuan, 10_000, digits);
}
export const wanUnit = (language: Language = currentLanguage()): string => (language === 'zh' ? '万元' : 'CNY 10,000');

/** Figure and unit in one: `12.80 亿元`. */
export const yiWithUnit = (yuan: number | null | undefined, language: Language = currentLanguage()): string =>
  yuan === null || yuan === undefined ? dash : `${yi(yuan, language)} ${yiUnit(language)}`;

/** The share done of planned, from exact whole numbers: `rate(744, 1280)` → `58.1%`. No plan gives a dash. */
export function rate(done: number | null | undefined, planned: number | null | undefined, digits = 1): string {
  if (done === null || done === undefined || !planned) return dash;
  return `${roundedQuotient(done * 100, planned, digits)}%`;
}

/** A share already derived (0.737 → `73.7%`). */
export const percent = (share: number | null | undefined, digits = 1): string =>
  share === null || share === undefined ? dash : `${fixed(share * 100, digits)}%`;

/** A difference of rates, in percentage points, always with its sign: `−15.6`, `+6.3`, `0.0`. */
export function points(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return dash;
  const text = fixed(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** `−15.6 个百分点`. */
export const pointsWithUnit = (value: number | null | undefined, language: Language = currentLanguage()): string =>
  value === null || value === undefined ? dash : `${points(value)} ${language === 'zh' ? '个百分点' : 'pp'}`;

/** A count with thousands separators. */
export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? dash : fixed(value, 0);

const weekdays = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const epochDay = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

export const weekday = (day: string, language: Language = currentLanguage()): string =>
  weekdays[language][(((epochDay(day) + 4) % 7) + 7) % 7]!;

/** `2021-09-26`, the same in both languages: unambiguous and it sorts. */
export const date = (day: string | null | undefined): string => day ?? dash;

/** `09-26` within the year of `today`, else the whole date. */
export const shortDate = (day: string | null | undefined, today?: string): string => {
  if (!day) return dash;
  return !today || day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day;
};

/** `2021年9月` / `Sep 2021`, from `2021-09` or any day in it. */
export function month(value: string | null | undefined, language: Language = currentLanguage()): string {
  if (!value) return dash;
  const number = Number(value.slice(5, 7));
  return language === 'zh' ? `${value.slice(0, 4)}年${number}月` : `${months[number - 1]} ${value.slice(0, 4)}`;
}

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});
/** A moment as Beijing time, to the minute: `2021-09-26 09:31`. */
export const moment = (value: string | Date | null | undefined): string =>
  value ? shanghai.format(typeof value === 'string' ? new Date(value) : value) : dash;

/** Whole civil days from `day` to `today`; negative for the future. */
export const daysBetween = (day: string, today: string): number => epochDay(today) - epochDay(day);

/** How old a day is: `今天`, `3 天`, `3 天后`. */
export function age(day: string | null | undefined, today: string, language: Language = currentLanguage()): string {
  if (!day) return dash;
  const days = daysBetween(day, today);
  if (days === 0) return language === 'zh' ? '今天' : 'today';
  if (days > 0) return language === 'zh' ? `${days} 天` : `${days} d`;
  return language === 'zh' ? `${-days} 天后` : `in ${-days} d`;
}

/** A span in seconds for "how stale is this": `12 秒`, `3 分钟`, `2 小时`, `4 天`. */
export function span(seconds: number, language: Language = currentLanguage()): string {
  const zh = language === 'zh';
  if (seconds < 60) return zh ? `${Math.floor(seconds)} 秒` : `${Math.floor(seconds)} s`;
  if (seconds < 3_600) return zh ? `${Math.floor(seconds / 60)} 分钟` : `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return zh ? `${Math.floor(seconds / 3_600)} 小时` : `${Math.floor(seconds / 3_600)} h`;
  return zh ? `${Math.floor(seconds / 86_400)} 天` : `${Math.floor(seconds / 86_400)} d`;
}

/** `1.2 MB`; sizes are decimal, as file managers show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${fixed(bytes / 1_000, 0)} KB`;
  if (bytes < 1_000_000_000) return `${fixed(bytes / 1_000_000, 1)} MB`;
  return `${fixed(bytes / 1_000_000_000, 1)} GB`;
}
