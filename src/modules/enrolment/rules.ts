import { z } from 'zod';
import type { Words } from '#core/shared/words.ts';

const yuan = z.int().min(0).max(1e15);
const year = z.int().min(1990).max(2100);

/** A form of the statistical system, with the years in which it is used. Null: the source does not say. */
export const ReportForm = z.object({
  code: z.string().trim().min(1).max(20),
  fromYuan: yuan,
  /** Below this; null: without end. */
  belowYuan: yuan.nullable(),
  /** When the month is reported, in the words of the rule. */
  monthly: z.string().trim().min(1).max(100),
  /** When the documents of a new project are due, in the words of the rule. */
  newProjects: z.string().trim().max(100),
  validFromYear: year.nullable(),
  validToYear: year.nullable(),
  source: z.string().trim().max(200),
});
export type ReportForm = z.infer<typeof ReportForm>;

/** Everything about enrolment that a document sets and may change: thresholds, forms, lamp, gap. */
export const EnrolmentRules = z.object({
  /** 计划总投资 from which a project enters the statistics. */
  floorYuan: yuan,
  /** From here the national bureau decides, and document ⑦ is compulsory. */
  nationalYuan: yuan,
  warnMonths: z.int().min(1).max(36),
  lateMonths: z.int().min(1).max(36),
  lampSource: z.string().trim().min(1).max(200),
  /** A gap of the two figures needs an explanation when it is above both. */
  gapYuan: yuan,
  gapPercent: z.int().min(0).max(100),
  forms: z.array(ReportForm).max(20),
});
export type EnrolmentRules = z.infer<typeof EnrolmentRules>;

/** As shipped: the statistical system as cities published it; lamp by 银川 2025. The gap's threshold is our own. */
export const shippedRules: EnrolmentRules = {
  floorYuan: 5_000_000,
  nationalYuan: 50_000_000,
  warnMonths: 1,
  lateMonths: 2,
  lampSource: '银川 2025',
  gapYuan: 1_000_000,
  gapPercent: 5,
  forms: [
    {
      code: '206-1',
      fromYuan: 50_000_000,
      belowYuan: null,
      monthly: '联网直报，开网后 3 日内',
      newProjects: '每月 10 日前报材料；所在地统计初审，逐级报国家统计局审核',
      validFromYear: null,
      validToYear: null,
      source: '固定资产投资统计报表制度（旧表号，现行表号以当地统计部门为准）',
    },
    {
      code: '206-2',
      fromYuan: 5_000_000,
      belowYuan: 50_000_000,
      monthly: '每月 25 日前',
      newProjects: '每月 10 日前报材料',
      validFromYear: null,
      validToYear: null,
      source: '固定资产投资统计报表制度（旧表号，现行表号以当地统计部门为准）',
    },
  ],
};

/** The form a project of this size is reported on in a year; null when none is in force. Whole yuan. */
export const formFor = (rules: EnrolmentRules, totalYuan: number | null, inYear: number): ReportForm | null =>
  totalYuan === null
    ? null
    : (rules.forms.find(
        (form) =>
          totalYuan >= form.fromYuan &&
          (form.belowYuan === null || totalYuan < form.belowYuan) &&
          (form.validFromYear === null || inYear >= form.validFromYear) &&
          (form.validToYear === null || inYear <= form.validToYear),
      ) ?? null);

export type RuleFault = { field: keyof EnrolmentRules; words: Words };

/** What a rule set must not say; empty when it may be saved. */
export function ruleFaults(rules: EnrolmentRules): RuleFault[] {
  const faults: RuleFault[] = [];
  if (rules.nationalYuan < rules.floorYuan)
    faults.push({
      field: 'nationalYuan',
      words: { zh: '国家审核起点不能低于入统起点', en: 'The national floor cannot be below the floor' },
    });
  if (rules.lateMonths < rules.warnMonths)
    faults.push({ field: 'lateMonths', words: { zh: '红灯不能早于黄灯', en: 'Late comes after the warning' } });
  if (rules.forms.some((form) => form.belowYuan !== null && form.belowYuan <= form.fromYuan))
    faults.push({ field: 'forms', words: { zh: '报表的投资上限须大于下限', en: 'A form ends above where it begins' } });
  return faults;
}

/** 开工 for the statistics, shown wherever days since the start are counted. */
export const startDefinition: Words = {
  zh: '统计上的开工以正式打桩为标志；平场阶段不算开工，也不能报送投资',
  en: 'For the statistics work begins with the first pile; levelling the site does not count and no investment may be reported for it',
};
