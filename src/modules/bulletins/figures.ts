import type { Decimal } from 'decimal.js';
import { Exact } from '#core/shared/money.ts';
import type { Span } from './shapes.ts';

/** A number that stands in running text, with all that its print says about it. Amounts are in 亿元, 万元 or 元 as printed. */
export interface Figure extends Span {
  kind: 'amount' | 'rate' | 'points' | 'count';
  /** As printed, in the printed unit. */
  value: Decimal;
  /** Upper end of 5至6亿元. */
  to: Decimal | null;
  decimals: number;
  /** Decimals that the document prints elsewhere when this number dropped its zeros (6亿元 beside 62.55亿元); else `decimals`. */
  meant: number;
  unit: string;
  /** Yuan in one printed unit for amounts, 1 otherwise. */
  scale: Decimal;
  bend: 'more' | 'less' | 'above' | 'about' | null;
  /** In brackets: told beside the sentence. */
  isAside: boolean;
}

const scales: Record<string, string> = { 万亿: '1e12', 亿: '1e8', 千万: '1e7', 百万: '1e6', 万: '1e4', '': '1' };
const classifiers = '个|项|家|条|件|宗|户|处|起|座|栋|名|人';
const number = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?`;
const form = new RegExp(
  `(?<!第|[\\dA-Za-z.-]|\\d,)(?:(?<n>${number})(?:\\s?[-—~～至到]\\s?(?<to>${number}))?|(?<han>[一二两三四五六七八九十])(?=个(?:[^百月]|$)|项[^目]))\\s?(?<more>多|余)?(?:` +
    '(?<points>个?百分点)|(?<rate>[%％])|' +
    `(?<scale>万亿|亿|千万|百万|万)(?<more2>多|余)?(?<yuan>元|(?![\\u4e00-\\u9fff])|(?=[,，。；;、)）]))|(?<bare>元)(?!旦|素|件)|` +
    `(?<hundred>亿)(?=[^吨千瓦立平斤公度次人个件米斗枚只头亩册支条台辆套颗粒份])|(?<counter>${classifiers})(?!月|百分|分点|小时|年头|世纪|工作日|交易日|方面|字|季度|百|别))`,
  'g',
);
const bending: [RegExp, NonNullable<Figure['bend']>][] = [
  [/(?:接近|近|不足|不到|将近)$/, 'less'],
  [/(?:超过|突破|超|逾|高于|多于|大于|不少于|不低于|至少)(?:了)?$/, 'above'],
  [/(?:约|大约|左右|大概|约为|约占)$/, 'about'],
];

/** Every number with a unit that checks can use, outside the given spans (tables, damaged places), in order. Linear. */
export function findFigures(text: string, skip: readonly Span[]): Figure[] {
  const found: Figure[] = [];
  const asides = bracketed(text);
  let [skipAt, asideAt] = [0, 0];
  for (const match of text.matchAll(form)) {
    const start = match.index;
    const end = start + match[0].length;
    while (skipAt < skip.length && skip[skipAt]!.end <= start) skipAt += 1;
    if ((skip[skipAt]?.start ?? Number.POSITIVE_INFINITY) < end) continue;
    while (asideAt < asides.length && asides[asideAt]!.end <= start) asideAt += 1;
    const isAside = (asides[asideAt]?.start ?? Number.POSITIVE_INFINITY) <= start;
    found.push(figureOf(text, match, start, end, isAside));
  }
  return withMeantDecimals(found);
}

function figureOf(text: string, match: RegExpExecArray, start: number, end: number, isAside: boolean): Figure {
  const g = match.groups!;
  const digits = g.han
    ? String('零一二三四五六七八九十'.indexOf(g.han === '两' ? '二' : g.han))
    : g.n!.replaceAll(',', '');
  const scale = g.scale ?? (g.hundred ? '亿' : '');
  const isAmount = g.yuan !== undefined || g.bare !== undefined || g.hundred !== undefined;
  const kind = g.points ? 'points' : g.rate ? 'rate' : isAmount ? 'amount' : 'count';
  const before = text.slice(Math.max(0, start - 4), start);
  const behind = text.slice(end, end + 3);
  const bend =
    g.more || g.more2
      ? 'more'
      : (bending.find(([words]) => words.test(before))?.[1] ??
        (/^(?:左右|上下)/.test(behind)
          ? 'about'
          : /^(?:以上|多|余)/.test(behind)
            ? 'above'
            : /^(?:以下|以内)/.test(behind)
              ? 'less'
              : null));
  return {
    start,
    end,
    kind,
    value: new Exact(digits),
    to: g.to ? new Exact(g.to.replaceAll(',', '')) : null,
    decimals: digits.split('.')[1]?.length ?? 0,
    meant: digits.split('.')[1]?.length ?? 0,
    unit: kind === 'amount' ? `${scale}元` : kind === 'rate' ? '%' : kind === 'points' ? '个百分点' : g.counter!,
    scale: new Exact(kind === 'amount' ? scales[scale]! : 1),
    // “比年计划超过5%” bends nothing: what is exceeded stands before, and the number is exact.
    bend: kind === 'points' ? (g.more ? 'more' : null) : bend,
    isAside,
  };
}

/** What stands in round brackets, at most 300 units long, so that one that is never closed swallows nothing. */
function bracketed(text: string): Span[] {
  const spans: Span[] = [];
  let open = -1;
  for (const match of text.matchAll(/[(（)）\n]/g)) {
    if (match[0] === '\n') open = -1;
    else if (/[(（]/.test(match[0])) {
      if (open < 0) open = match.index;
    } else {
      if (open >= 0 && match.index - open <= 300) spans.push({ start: open, end: match.index + 1 });
      open = -1;
    }
  }
  return spans;
}

/**
 * How many decimals a document prints for amounts of one unit: at least half of them have so many. A number with fewer
 * dropped its zeros, unless it is a large round one.
 */
function withMeantDecimals(figures: Figure[]): Figure[] {
  const counts = new Map<string, number[]>();
  for (const { kind, unit, decimals } of figures) {
    if (kind !== 'amount') continue;
    const list = counts.get(unit) ?? [0, 0, 0, 0, 0];
    for (let d = 0; d <= Math.min(4, decimals); d += 1) list[d]! += 1;
    counts.set(unit, list);
  }
  for (const figure of figures) {
    const list = counts.get(figure.unit);
    if (figure.kind !== 'amount' || !list || figure.bend) continue;
    const habit = list.findLastIndex((n) => n >= 2 && n * 2 >= list[0]!);
    if (figure.decimals < habit && (figure.decimals > 0 || figure.value.lessThan(1000))) figure.meant = habit;
  }
  return figures;
}
