import { compare, type Rate, rate, ratio } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import type { EnrolmentRules } from './rules.ts';

/** Why the statistics and the dispatch differ: what the two methods make of the same project. */
export const gapCauses = [
  'method',
  'notEnrolledMonths',
  'landAndFees',
  'equipment',
  'timing',
  'belowFloor',
  'entry',
  'other',
] as const;
export type GapCause = (typeof gapCauses)[number];

export const gapCauseWords: Record<GapCause, Words> = {
  method: { zh: '形象进度法与财务支出法口径不同', en: 'Progress counted by image against expenditure' },
  notEnrolledMonths: { zh: '入统前的投资未计入统计', en: 'Months before the enrolment are not counted' },
  landAndFees: { zh: '土地、征拆、前期费用计列不同', en: 'Land, relocation and preparation counted differently' },
  equipment: { zh: '设备购置到货、安装时点不同', en: 'Equipment counted at another moment' },
  timing: { zh: '报告期截止日不同', en: 'Another last day of the period' },
  belowFloor: { zh: '打捆子项中有不足 500 万元的', en: 'Items of the package below 5 million yuan' },
  entry: { zh: '一方数据有误，正在更正', en: 'One of the figures is wrong and being corrected' },
  other: { zh: '其他', en: 'Other' },
};

export interface Gap {
  /** 调度口径 − 统计口径, whole yuan. Positive: dispatch counts more. */
  yuan: number;
  /** Of the statistics' figure, exact. */
  share: Rate;
  needsExplanation: boolean;
}

/**
 * The gap of the two figures of a month (both from January, whole yuan); null when one of them is missing. An
 * explanation is needed when it is above both thresholds; with nothing in the statistics the share cannot be, so the
 * amount alone decides.
 */
export function gapOf(
  statisticsYuan: number | null,
  dispatchYuan: number | null,
  rules: Pick<EnrolmentRules, 'gapYuan' | 'gapPercent'>,
): Gap | null {
  if (statisticsYuan === null || dispatchYuan === null) return null;
  const yuan = dispatchYuan - statisticsYuan;
  const share = rate(yuan, statisticsYuan);
  const size = Math.abs(yuan);
  const isLargeShare = share.ratio === null || compare(ratio(size, statisticsYuan), ratio(rules.gapPercent, 100)) > 0;
  return { yuan, share, needsExplanation: size > rules.gapYuan && isLargeShare };
}
