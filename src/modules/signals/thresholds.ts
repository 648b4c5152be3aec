import { z } from 'zod';
import type { Words } from '#core/shared/words.ts';

/** When a signal speaks. Data of the city: the office changes them with a reason, and each finding names what it used. */
export const Thresholds = z.object({
  /** Money of a month above this (yuan) with the same words about the site … */
  flatMonthYuan: z.int().min(0).max(1e12),
  /** … in so many months one after another. */
  flatMonths: z.int().min(1).max(12),
  /** Months one after another with the same amount. */
  linearMonths: z.int().min(3).max(12),
  /** Amounts without a figure below this (yuan) are round … */
  roundToYuan: z.int().min(10_000).max(1e10),
  /** … in so many of the last six months. */
  roundMonths: z.int().min(2).max(6),
  /** Paid of the year below this share (%) of the investment reported … */
  paidPercent: z.int().min(1).max(100),
  /** … once so much (yuan) was reported. */
  paidFromYuan: z.int().min(0).max(1e12),
  /** The last month of a quarter so many times the average of the two before it. */
  jumpTimes: z.number().min(1.5).max(20),
  /** A photo taken so many days before the period began. */
  photoOldDays: z.int().min(0).max(365),
  /** Bits of 64 in which two pictures may differ and still be the same one. */
  photoBits: z.int().min(0).max(7),
  /** Metres from the site. */
  photoFarMetres: z.int().min(100).max(100_000),
  /** Weeks without a picture taken at the site. */
  visitWeeks: z.int().min(1).max(52),
});
export type Thresholds = z.infer<typeof Thresholds>;

/** Ours, not published: no city was found that prints its own. They begin wide, so that what speaks is worth reading. */
export const shippedThresholds: Thresholds = {
  flatMonthYuan: 5_000_000,
  flatMonths: 2,
  linearMonths: 4,
  roundToYuan: 10_000_000,
  roundMonths: 5,
  paidPercent: 30,
  paidFromYuan: 50_000_000,
  jumpTimes: 3,
  photoOldDays: 7,
  photoBits: 4,
  photoFarMetres: 2_000,
  visitWeeks: 8,
};

export const thresholdWords: Record<keyof Thresholds, Words & { unit: Words }> = {
  flatMonthYuan: {
    zh: '形象进度不变时的月投资下限',
    en: 'Money of a month with unchanged words',
    unit: { zh: '元', en: 'yuan' },
  },
  flatMonths: { zh: '形象进度连续不变月数', en: 'Months with unchanged words', unit: { zh: '个月', en: 'months' } },
  linearMonths: { zh: '连续等额月数', en: 'Months with the same amount', unit: { zh: '个月', en: 'months' } },
  roundToYuan: { zh: '整数金额的单位', en: 'Round to', unit: { zh: '元', en: 'yuan' } },
  roundMonths: { zh: '近六个月中整数月数', en: 'Round months of six', unit: { zh: '个月', en: 'months' } },
  paidPercent: { zh: '支付占上报投资下限', en: 'Paid of reported, at least', unit: { zh: '%', en: '%' } },
  paidFromYuan: { zh: '开始比较支付的投资额', en: 'Compared from', unit: { zh: '元', en: 'yuan' } },
  jumpTimes: {
    zh: '季末月为前两月平均的倍数',
    en: 'Quarter end against the two months before',
    unit: { zh: '倍', en: 'times' },
  },
  photoOldDays: { zh: '照片早于填报期', en: 'Photo older than the period', unit: { zh: '天', en: 'days' } },
  photoBits: { zh: '相似照片的差异上限', en: 'Bits in which equal pictures differ', unit: { zh: '位', en: 'bits' } },
  photoFarMetres: { zh: '照片离工地距离', en: 'Photo away from the site', unit: { zh: '米', en: 'metres' } },
  visitWeeks: { zh: '无现场照片周数', en: 'Weeks without a picture at the site', unit: { zh: '周', en: 'weeks' } },
};
