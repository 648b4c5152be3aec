import { formatMoney } from '#core/shared/money.ts';
import type { Words } from '#core/shared/words.ts';
import type { FilingContent, FilingField } from './content.ts';
import { isExplanation } from './explanation.ts';
import { addMonths, firstDayOf, monthOf, type Period } from './period.ts';
import { tenThousandFromYuan as wan } from './ten-thousand.ts';

/**
 * 强制 stops the submission; 准强制 needs an explanation to be submitted and a named reviewer to let it pass;
 * 核实 needs an explanation; 提示 informs (city-systems.md §4.6).
 */
export const severities = ['block', 'approve', 'explain', 'inform'] as const;
export type Severity = (typeof severities)[number];

/** Everything a rule may look at besides the filing itself. Amounts are whole yuan. */
export interface FilingFacts {
  period: Period;
  /** Cumulative of the year at the end of the last filed month; 0 in January. */
  lastCumulativeYuan: number;
  /** The month that cumulative belongs to; null when nothing was filed yet this year. */
  lastPeriod: Period | null;
  /** 至上年底累计完成 of the register; null when it does not say. */
  beforeYearYuan: number | null;
  totalYuan: number | null;
  planYuan: number | null;
  planMonthYuan: number | null;
  /** Planned from January to the end of the period. */
  planToDateYuan: number | null;
  /** Accepted amounts of up to six months before this one, newest first. */
  recentMonthYuans: readonly number[];
  lastImageProgress: string;
  startedOn: string | null;
  /** This version replaces an accepted one. */
  isCorrection: boolean;
}

export interface Hit {
  rule: string;
  severity: Severity;
  field: FilingField;
  words: Words;
  /** The explanation that answers the hit, when there is one that says something. */
  explanation: string | null;
}

/** Thresholds, so that a city changes a number and not the code. Ratios are exact: `over` parts of `of`. */
export const limits = {
  /** Project cumulative ≤ total × 1.1. */
  overTotal: { over: 11, of: 10 },
  /** More than three times the average of the last six months, known from three months on. */
  jump: { times: 3, leastMonths: 3 },
  /** Less than 60% of the month's plan asks for a cause. */
  farBelowPlan: { over: 6, of: 10 },
  /** 万元 taken for 元 or 亿元 for 万元 is a factor of 10,000; real months scatter by some five times around it. */
  unitSlip: { factor: 10_000, scatter: 5, plausible: 50 },
} as const;

interface Rule {
  code: string;
  severity: Severity;
  field: FilingField;
  /** The words of the hit, or null when the rule holds. */
  find: (content: FilingContent, facts: FilingFacts) => Words | null;
  /** How the filer answers the hit. Without it, by `explanations[code]`. */
  answer?: (content: FilingContent) => string | null;
}

const month = (c: FilingContent): number => c.monthYuan ?? 0;
const cumulative = (c: FilingContent): number => c.cumulativeYuan ?? 0;
const zhMonth = (period: Period): string => `${monthOf(period)} 月`;

/** The usual amount that `yuan` misses by some ten thousand times; null when any usual amount makes it plausible. */
function unitSlipFrom(yuan: number, references: readonly number[]): number | null {
  const { factor, scatter, plausible } = limits.unitSlip;
  const known = references.filter((r) => r > 0);
  if (yuan <= 0 || known.some((r) => yuan / r < plausible && r / yuan < plausible)) return null;
  const isFactor = (ratio: number): boolean => ratio > factor / scatter && ratio < factor * scatter;
  return known.find((r) => isFactor(yuan / r) || isFactor(r / yuan)) ?? null;
}

/** An average, a usual amount or a share of a plan in whole 万元: more digits would pretend to mean something. */
const about = (yuan: number): string => formatMoney(yuan, '万元', 0, 'half-up', true);

const average = (amounts: readonly number[]): number =>
  amounts.length === 0 ? 0 : Math.round(amounts.reduce((a, b) => a + b, 0) / amounts.length);

const slippedFrom = (c: FilingContent, f: FilingFacts): number | null =>
  unitSlipFrom(month(c), [average(f.recentMonthYuans.filter((y) => y > 0)), f.planMonthYuan ?? 0]);

/**
 * Nothing was filed here yet this year and January is over: a city that begins in September. What was done before comes
 * in with the first cumulative, seen by the reviewer; from then on the months must add up.
 */
export const isFirstOfYear = (f: Pick<FilingFacts, 'lastPeriod' | 'period'>): boolean =>
  f.lastPeriod === null && monthOf(f.period) > 1;

/** The rules in the order of the form. A new rule is one more object here, with its test beside. */
export const rules: readonly Rule[] = [
  {
    code: 'missing',
    severity: 'block',
    field: 'monthYuan',
    find: (c) =>
      c.monthYuan === null || c.cumulativeYuan === null
        ? {
            zh: '本月完成投资没有填；没有完成请填 0 或点“本月无变化”',
            en: 'The month has no amount; enter 0 or use “No change this month” if nothing was done',
          }
        : null,
  },
  {
    code: 'negative',
    severity: 'block',
    field: 'monthYuan',
    find: (c) =>
      month(c) < 0 || cumulative(c) < 0
        ? {
            zh: '完成投资不能为负；以前月份多报的，请对那个月提出更正',
            en: 'Investment cannot be negative; an earlier month that was too high is put right by a correction of that month',
          }
        : null,
  },
  {
    code: 'identity',
    severity: 'block',
    field: 'cumulativeYuan',
    find: (c, f) => {
      if (c.monthYuan === null || c.cumulativeYuan === null) return null;
      if (isFirstOfYear(f))
        return c.cumulativeYuan >= c.monthYuan
          ? null
          : {
              zh: `本年累计不能少于本月完成的 ${wan(c.monthYuan)} 万元`,
              en: `Cumulative cannot be below this month's ${wan(c.monthYuan)} (10,000 yuan)`,
            };
      const should = f.lastCumulativeYuan + c.monthYuan;
      if (should === c.cumulativeYuan) return null;
      const [due, off] = [wan(should), wan(Math.abs(c.cumulativeYuan - should))];
      return {
        zh: `本年累计 ≠ 上月累计 + 本月完成：应为 ${due} 万元，差 ${off} 万元`,
        en: `Cumulative ≠ last cumulative + this month: it should be ${due}, it is off by ${off} (10,000 yuan)`,
      };
    },
  },
  {
    code: 'falling',
    severity: 'block',
    field: 'cumulativeYuan',
    find: (c, f) =>
      c.cumulativeYuan !== null && c.cumulativeYuan < f.lastCumulativeYuan && !f.isCorrection
        ? {
            zh: `本年累计比上月末的 ${wan(f.lastCumulativeYuan)} 万元少；累计只能通过更正减少`,
            en: `Cumulative is below last month's ${wan(f.lastCumulativeYuan)} (10,000 yuan); it falls only by a correction`,
          }
        : null,
  },
  {
    code: 'unchangedAmount',
    severity: 'block',
    field: 'monthYuan',
    find: (c) =>
      c.unchanged && month(c) !== 0
        ? {
            zh: '选了“本月无变化”，本月完成投资应为 0',
            en: '“No change this month” goes with an amount of 0',
          }
        : null,
  },
  {
    code: 'notStarted',
    severity: 'block',
    field: 'startedOn',
    find: (c, f) =>
      month(c) > 0 && f.startedOn === null && c.startedOn === null
        ? {
            zh: '有完成投资，但没有实际开工日期；请填实际开工日期',
            en: 'There is investment but no actual start; enter the day work began',
          }
        : null,
  },
  {
    code: 'unitSlip',
    severity: 'approve',
    field: 'monthYuan',
    find: (c, f) => {
      const usual = slippedFrom(c, f);
      return usual === null
        ? null
        : {
            zh: `本月 ${wan(month(c))} 万元，通常约 ${about(usual)} 万元，相差约一万倍：单位可能是元、万元或亿元填错`,
            en: `${wan(month(c))} this month against about ${about(usual)} as usual (10,000 yuan), some 10,000 times apart: the unit may be wrong`,
          };
    },
  },
  {
    code: 'overTotal',
    severity: 'approve',
    field: 'cumulativeYuan',
    find: (c, f) => {
      const whole = (f.beforeYearYuan ?? 0) + cumulative(c);
      if (
        f.totalYuan === null ||
        BigInt(whole) * BigInt(limits.overTotal.of) <= BigInt(f.totalYuan) * BigInt(limits.overTotal.over)
      )
        return null;
      return {
        zh: `开工累计 ${wan(whole)} 万元，超过总投资 ${wan(f.totalYuan)} 万元的 110%；请核对，或先调整总投资`,
        en: `${wan(whole)} since the start exceeds 110% of the total ${wan(f.totalYuan)} (10,000 yuan); check it, or have the total revised first`,
      };
    },
  },
  {
    code: 'jump',
    severity: 'explain',
    field: 'monthYuan',
    find: (c, f) => {
      const n = f.recentMonthYuans.length;
      const sum = f.recentMonthYuans.reduce((a, b) => a + b, 0);
      const { times, leastMonths } = limits.jump;
      if (n < leastMonths || sum <= 0 || slippedFrom(c, f) !== null) return null;
      if (BigInt(month(c)) * BigInt(n) <= BigInt(sum) * BigInt(times)) return null;
      const ratio = ((month(c) * n) / sum).toFixed(1);
      return {
        zh: `本月完成是近 ${n} 个月均值 ${about(average(f.recentMonthYuans))} 万元的 ${ratio} 倍，请写明原因`,
        en: `This month is ${ratio} times the average of the last ${n} months, ${about(average(f.recentMonthYuans))} (10,000 yuan); say why`,
      };
    },
  },
  {
    code: 'belowPlan',
    severity: 'explain',
    field: 'cause',
    find: (c, f) =>
      c.unchanged || !isFarBelowPlan(c.monthYuan, f.planMonthYuan)
        ? null
        : {
            zh: `比本月计划少 ${about(f.planMonthYuan! - month(c))} 万元，请选一个主因`,
            en: `${about(f.planMonthYuan! - month(c))} (10,000 yuan) below the month's plan; choose the main cause`,
          },
    // 其他 alone says nothing, so it needs words as well.
    answer: (c) => {
      if (c.cause === null) return null;
      const said = c.explanations.belowPlan ?? '';
      return c.cause !== 'other' || isExplanation(said) ? said || c.cause : null;
    },
  },
  {
    code: 'unchangedBelowPlan',
    severity: 'inform',
    field: 'cause',
    find: (c, f) =>
      c.unchanged && isFarBelowPlan(c.monthYuan, f.planMonthYuan)
        ? {
            zh: `本月无变化，而本月计划 ${about(f.planMonthYuan!)} 万元`,
            en: `No change, while the plan of the month is ${about(f.planMonthYuan!)} (10,000 yuan)`,
          }
        : null,
  },
  {
    code: 'opening',
    severity: 'inform',
    field: 'cumulativeYuan',
    find: (c, f) => {
      const before = cumulative(c) - month(c);
      if (!isFirstOfYear(f) || before <= 0) return null;
      return {
        zh: `本年首次填报，此前累计 ${wan(before)} 万元没有逐月填报`,
        en: `First filing of the year; ${wan(before)} (10,000 yuan) done before it was not filed by month`,
      };
    },
  },
  {
    code: 'gap',
    severity: 'inform',
    field: 'cumulativeYuan',
    find: (_, f) => {
      const before = addMonths(f.period, -1);
      if (monthOf(f.period) === 1 || f.lastPeriod === null || f.lastPeriod === before) return null;
      return {
        zh: `上一次填报是 ${zhMonth(f.lastPeriod)}，其后月份没有填报`,
        en: `The last filing is of ${f.lastPeriod}; the months after it were not filed`,
      };
    },
  },
  {
    code: 'sameImage',
    severity: 'inform',
    field: 'imageProgress',
    find: (c, f) =>
      month(c) > 0 && c.imageProgress.trim() === f.lastImageProgress.trim()
        ? {
            zh: '有完成投资，形象进度与上月相同',
            en: 'There is investment, but the image progress is as last month',
          }
        : null,
  },
  {
    code: 'noPhoto',
    severity: 'inform',
    field: 'photos',
    find: (c) =>
      month(c) > 0 && c.photos.length === 0
        ? { zh: '有完成投资，没有现场照片', en: 'There is investment, but no photo from the site' }
        : null,
  },
  {
    code: 'oldPhoto',
    severity: 'inform',
    field: 'photos',
    find: (c, f) => {
      const from = Date.parse(`${firstDayOf(f.period)}T00:00:00+08:00`);
      const old = c.photos.filter((p) => p.takenAt !== null && Date.parse(p.takenAt) < from).length;
      return old === 0
        ? null
        : {
            zh: `${old} 张照片拍摄早于本月`,
            en: `${old} photo${old === 1 ? ' was' : 's were'} taken before this month`,
          };
    },
  },
];

/** True when the month stays under 60% of its plan, so that the filer is asked for the cause. */
export const isFarBelowPlan = (monthYuan: number | null, planMonthYuan: number | null): boolean =>
  monthYuan !== null &&
  planMonthYuan !== null &&
  planMonthYuan > 0 &&
  BigInt(monthYuan) * BigInt(limits.farBelowPlan.of) < BigInt(planMonthYuan) * BigInt(limits.farBelowPlan.over);

/** All hits, worst first; within a severity in the order of the form. */
export function check(content: FilingContent, facts: FilingFacts): Hit[] {
  const hits: Hit[] = [];
  for (const { code, severity, field, find, answer } of rules) {
    const words = find(content, facts);
    if (!words) continue;
    const said = content.explanations[code];
    const explanation = answer ? answer(content) : isExplanation(said) ? said! : null;
    hits.push({ rule: code, severity, field, words, explanation });
  }
  return hits.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** Hits that keep a filing from being submitted: every 强制, and 准强制 or 核实 without an explanation. */
export const blocking = (hits: readonly Hit[]): Hit[] =>
  hits.filter((h) => h.severity === 'block' || (h.severity !== 'inform' && h.explanation === null));

/** Hits a reviewer must let pass by name before accepting. */
export const toWaive = (hits: readonly Hit[]): Hit[] => hits.filter((h) => h.severity === 'approve');
