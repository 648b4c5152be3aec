import type { Decimal } from 'decimal.js';
import type { Figure } from './figures.ts';
import { judge, type Range, shown } from './range.ts';
import type { Check, CheckKind, Span, Verdict } from './shapes.ts';

export const figureText = (figure: Figure): string => `${figure.value.toFixed(figure.decimals)}${figure.unit}`;
export const spanOf = ({ start, end }: Span): Span => ({ start, end });

const ends: Record<Verdict, { zh: string; en: string }> = {
  agrees: { zh: '一致', en: 'they agree' },
  'last-digit': { zh: '末位不同', en: 'only the last digit differs' },
  contradicts: { zh: '不一致', en: 'they contradict each other' },
  'part-not-listed': { zh: '有分项没有列出', en: 'a part is not listed' },
  'cannot-judge': { zh: '无法判断', en: 'this cannot be judged' },
};
const kinds: Record<string, { zh: string; en: string }> = {
  rounded: { zh: '（四舍五入）', en: ' (rounding)' },
  truncated: { zh: '（直接截断）', en: ' (truncation)' },
};

export interface Working {
  kind: CheckKind;
  figure: Figure;
  /** In the printed unit of the figure. */
  computed: Decimal;
  range: Range;
  from: readonly Span[];
  /** The arithmetic as written: “474.5 ÷ 640.7”. */
  zh: string;
  en?: string;
  isExact?: boolean;
}

/** What the arithmetic says about a printed number. */
export function decide(
  working: Working,
  changed?: { verdict: Verdict; detail?: string | null; note?: { zh: string; en: string } },
): Check {
  const { kind, figure, computed, range, from, zh, en = zh, isExact = false } = working;
  const judged = judge(figure, computed, range, isExact);
  const verdict = changed?.verdict ?? judged.verdict;
  const detail = changed?.detail ?? (changed ? null : judged.detail);
  const why = detail !== null ? (kinds[detail] ?? { zh: '', en: '' }) : { zh: '', en: '' };
  const note = changed?.note;
  const value = `${shown(computed)}${figure.unit}`;
  return {
    kind,
    verdict,
    published: figure.value.toNumber(),
    computed: computed.toNumber(),
    decimals: figure.decimals,
    unit: figure.unit,
    spans: [spanOf(figure), ...from.map(spanOf)],
    says: {
      zh: `${zh} = ${value}，文中 ${figureText(figure)}，${ends[verdict].zh}${why.zh}${note ? `：${note.zh}` : ''}`,
      en: `${en} = ${value}, the text says ${figureText(figure)}: ${ends[verdict].en}${why.en}${note ? `. ${note.en}` : ''}`,
    },
    detail,
  };
}

export function undecided(
  kind: CheckKind,
  figure: Figure,
  missing: { zh: string; en: string },
  from: readonly Span[] = [],
): Check {
  return {
    kind,
    verdict: 'cannot-judge',
    published: figure.value.toNumber(),
    computed: null,
    decimals: figure.decimals,
    unit: figure.unit,
    spans: [spanOf(figure), ...from.map(spanOf)],
    says: {
      zh: `${figureText(figure)} 无法判断：${missing.zh}`,
      en: `${figureText(figure)} cannot be judged: ${missing.en}`,
    },
    detail: null,
  };
}

/** In order of how well a reading explains what is printed. */
const order: Verdict[] = ['agrees', 'last-digit', 'part-not-listed', 'cannot-judge', 'contradicts'];
export const isBetter = (a: Check, b: Check): boolean => order.indexOf(a.verdict) < order.indexOf(b.verdict);
export const bestOf = (checks: readonly Check[]): Check | undefined =>
  checks.reduce<Check | undefined>(
    (best, check) => (best === undefined || isBetter(check, best) ? check : best),
    undefined,
  );
