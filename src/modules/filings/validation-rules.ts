// Long because a rule and its sentences are read together: one list, in the order of the form.
import type { Words } from '#core/shared/words.ts';
import {
  causeKey,
  documentKey,
  emptyPhrases,
  isDocumentNumber,
  jumpCauses,
  jumpCauseWords,
  leastExplanation,
} from './explanation.ts';
import { addMonths, firstDayOf, monthOf, periodOf, yearOf } from './period.ts';
import { isSumWithin } from './rounding.ts';
import { tenThousandFromYuan as wan } from './ten-thousand.ts';
import { about, cumulative, isFarBelow, jumpsOf, month, slipOf } from './validation-amounts.ts';
import { type FilingFacts, type Param, type Rule, rule } from './validation-rule.ts';

const times: Words = { zh: '倍', en: 'times' };
const percent: Words = { zh: '%', en: '%' };
const months: Words = { zh: '个月', en: 'months' };
const yuan: Words = { zh: '元', en: 'yuan' };
const yesNo: Words = { zh: '（1 是，0 否）', en: '(1 yes, 0 no)' };
const param = (zh: string, en: string, unit: Words, value: number, least: number, most: number): Param => ({
  name: { zh, en },
  unit,
  value,
  least,
  most,
});
const rounded = param('各数取整到（0 为精确到元）', 'Figures are rounded to (0: exact)', yuan, 0, 0, 10_000_000);

// dispatch.md §2.8 and §5.8.
const published = '月度调度表交叉核对';
// city-systems.md §4.6.
const practice = '统计数据审核惯例';

/** Half way between the factors and what real months scatter, so that neither a small month nor a large one is taken for a slip. */
const slipParams = {
  factor: param(
    '万倍之差（元与万元、万元与亿元）',
    'Factor between 元 and 万元, 万元 and 亿元',
    times,
    10_000,
    10,
    1_000_000,
  ),
  largeFactor: param('亿倍之差（元与亿元）', 'Factor between 元 and 亿元', times, 100_000_000, 1_000, 1_000_000_000),
  scatter: param('允许的离散', 'Scatter around the factor', times, 5, 2, 20),
  plausible: param(
    '与任一常数相差不到此倍即视为正常',
    'Plausible when within this of any usual amount',
    times,
    50,
    5,
    1_000,
  ),
  months: param('只知总投资时按几个月均摊', 'Months over which a bare total is spread', months, 24, 6, 120),
};

/**
 * Nothing was filed here yet this year and January is over: a city that begins in September. What was done before comes
 * in with the first cumulative, seen by the reviewer; from then on the months must add up.
 */
export const isFirstOfYear = (f: Pick<FilingFacts, 'lastPeriod' | 'period'>): boolean =>
  f.lastPeriod === null && monthOf(f.period) > 1;

/** The rules as they ship, in the order of the form. A new rule is one more object here, with its test beside. */
export const rules: readonly Rule[] = [
  rule({
    code: 'missing',
    name: { zh: '本月完成必填', en: 'The month has an amount' },
    basis: practice,
    severity: 'block',
    floor: 'block',
    field: 'monthYuan',
    words: {
      zh: '本月完成投资没有填；没有完成请填 0 或点“本月无变化”',
      en: 'The month has no amount; enter 0 or use “No change this month” if nothing was done',
    },
    params: {},
    find: (c) => (c.monthYuan === null || c.cumulativeYuan === null ? {} : null),
  }),
  rule({
    code: 'negative',
    name: { zh: '完成投资不为负', en: 'No negative amount' },
    basis: practice,
    severity: 'block',
    floor: 'block',
    field: 'monthYuan',
    words: {
      zh: '完成投资不能为负；以前月份多报的，请对那个月提出更正',
      en: 'Investment cannot be negative; an earlier month that was too high is put right by a correction of that month',
    },
    params: {},
    find: (c) => (month(c) < 0 || cumulative(c) < 0 ? {} : null),
  }),
  rule({
    code: 'identity',
    name: { zh: '上月累计 + 本月 = 本年累计', en: 'Last cumulative + month = cumulative' },
    basis: published,
    severity: 'block',
    floor: 'block',
    field: 'cumulativeYuan',
    words: {
      zh: '本年累计 ≠ 上月累计 + 本月完成：应为 {due} 万元，差 {off} 万元',
      en: 'Cumulative ≠ last cumulative + this month: it should be {due}, it is off by {off} (10,000 yuan)',
    },
    otherWords: {
      first: {
        zh: '本年累计不能少于本月完成的 {month} 万元',
        en: "Cumulative cannot be below this month's {month} (10,000 yuan)",
      },
    },
    params: { roundedTo: rounded },
    find: (c, f, { roundedTo }) => {
      if (c.monthYuan === null || c.cumulativeYuan === null) return null;
      if (isFirstOfYear(f))
        return c.cumulativeYuan >= c.monthYuan ? null : { template: 'first', month: wan(c.monthYuan) };
      if (isSumWithin(c.cumulativeYuan, [f.lastCumulativeYuan, c.monthYuan], roundedTo)) return null;
      const should = f.lastCumulativeYuan + c.monthYuan;
      return { due: wan(should), off: wan(Math.abs(c.cumulativeYuan - should)) };
    },
  }),
  rule({
    code: 'falling',
    name: { zh: '累计减少只能通过更正', en: 'A cumulative falls only by a correction' },
    basis: published,
    severity: 'block',
    floor: 'block',
    field: 'cumulativeYuan',
    words: {
      zh: '本年累计比上月末的 {last} 万元少；累计只能通过更正减少',
      en: "Cumulative is below last month's {last} (10,000 yuan); it falls only by a correction",
    },
    params: {},
    find: (c, f) =>
      c.cumulativeYuan !== null && c.cumulativeYuan < f.lastCumulativeYuan && !f.isCorrection
        ? { last: wan(f.lastCumulativeYuan) }
        : null,
  }),
  rule({
    code: 'unchangedAmount',
    name: { zh: '“本月无变化”与金额一致', en: '“No change” goes with 0' },
    basis: practice,
    severity: 'block',
    floor: 'block',
    field: 'monthYuan',
    words: {
      zh: '选了“本月无变化”，本月完成投资应为 0',
      en: '“No change this month” goes with an amount of 0',
    },
    params: {},
    find: (c) => (c.unchanged && month(c) !== 0 ? {} : null),
  }),
  rule({
    code: 'notStarted',
    name: { zh: '有投资即已开工', en: 'Investment means started' },
    basis: published,
    severity: 'block',
    floor: 'explain',
    field: 'startedOn',
    words: {
      zh: '有完成投资，但没有实际开工日期；请填实际开工日期',
      en: 'There is investment but no actual start; enter the day work began',
    },
    params: {},
    find: (c, f) => (month(c) > 0 && f.startedOn === null && c.startedOn === null ? {} : null),
  }),
  rule({
    code: 'startDay',
    name: { zh: '开工日期不晚于填报月', en: 'The start is not after the month' },
    basis: published,
    severity: 'block',
    floor: 'explain',
    field: 'startedOn',
    words: {
      zh: '实际开工日期 {day} 在本月以后；还没有开工的，请等开工后再填',
      en: 'The actual start {day} lies after this month; leave it open until work has begun',
    },
    params: {},
    find: (c, f) => (c.startedOn !== null && periodOf(c.startedOn) > f.period ? { day: c.startedOn } : null),
  }),
  rule({
    code: 'unitSlip',
    name: { zh: '单位可能填错（亿、万混用）', en: 'The unit may be wrong (亿 for 万)' },
    basis: published,
    severity: 'approve',
    floor: 'explain',
    field: 'monthYuan',
    words: {
      zh: '本月 {now} 万元，{against}约 {usual} 万元，相差约{factor}倍：单位可能是元、万元或亿元填错，是否应为 {meant} 万元',
      en: '{now} this month, {against} is about {usual} (10,000 yuan), some {factor} times apart: the unit may be wrong, is {meant} meant?',
    },
    params: slipParams,
    find: (c, f, p) => {
      const slip = slipOf(c, f, p);
      return (
        slip && {
          now: wan(month(c)),
          against: slip.against,
          usual: about(slip.usualYuan),
          factor: slip.factor === p.largeFactor ? { zh: '一亿', en: '10^8' } : { zh: '一万', en: '10,000' },
          meant: wan(slip.meantYuan),
        }
      );
    },
  }),
  rule({
    code: 'overTotal',
    name: { zh: '开工累计不超过总投资', en: 'Done since the start within the total' },
    basis: published,
    severity: 'approve',
    floor: 'explain',
    field: 'cumulativeYuan',
    words: {
      zh: '开工累计 {whole} 万元，超过总投资 {total} 万元的 {limit}%；请核对，或先调整总投资',
      en: '{whole} since the start exceeds {limit}% of the total {total} (10,000 yuan); check it, or have the total revised first',
    },
    params: { tolerance: param('允许超出总投资', 'Tolerance above the total', percent, 10, 0, 50) },
    find: (c, f, { tolerance }) => {
      const whole = (f.beforeYearYuan ?? 0) + cumulative(c);
      if (f.totalYuan === null || BigInt(whole) * 100n <= BigInt(f.totalYuan) * BigInt(100 + tolerance)) return null;
      return { whole: wan(whole), total: wan(f.totalYuan), limit: String(100 + tolerance) };
    },
  }),
  rule({
    code: 'jump',
    name: { zh: '突增：与前几月、上月、去年同月比', en: 'Jump against the months before and last year' },
    basis: practice,
    severity: 'explain',
    floor: 'inform',
    field: 'monthYuan',
    words: {
      zh: '本月完成是{comparisons}，请选原因、写明情况和依据文号',
      en: 'This month is {comparisons} (10,000 yuan); choose the cause, say what happened and name the document',
    },
    params: {
      times: param('超过近六个月均值', 'Above the average of six months', times, 3, 2, 50),
      leastMonths: param('至少有几个月可比', 'Months needed for an average', months, 3, 2, 6),
      timesLast: param('超过上月（0 不比）', 'Above last month (0: not compared)', times, 5, 0, 100),
      timesLastYear: param('超过去年同月（0 不比）', 'Above last year (0: not compared)', times, 5, 0, 100),
      needsDocument: param('须写依据文号', 'A document number is needed', yesNo, 1, 0, 1),
    },
    find: (c, f, p) => {
      if (slipOf(c, f, inForceSlip(f)) !== null) return null;
      const found = jumpsOf(c, f, p);
      if (found.length === 0) return null;
      return {
        comparisons: { zh: found.map((w) => w.zh).join('，'), en: found.map((w) => w.en).join(' and ') },
      };
    },
    asks: ({ needsDocument }) => (needsDocument === 1 ? 'document' : undefined),
    answer: (c, isExplanation, { needsDocument }) => {
      const said = c.explanations.jump;
      if (!isExplanation(said)) return null;
      if (needsDocument !== 1) return said!;
      const cause = jumpCauses.find((one) => one === c.explanations[causeKey('jump')]);
      const document = c.explanations[documentKey('jump')]?.trim();
      return cause && isDocumentNumber(document) ? `${jumpCauseWords[cause].zh}：${said}（依据：${document}）` : null;
    },
  }),
  rule({
    code: 'belowPlan',
    name: { zh: '远低于当月计划须选主因', en: 'Far below the plan asks for a cause' },
    basis: practice,
    severity: 'explain',
    floor: 'inform',
    field: 'cause',
    words: {
      zh: '比本月计划少 {short} 万元，请选一个主因',
      en: "{short} (10,000 yuan) below the month's plan; choose the main cause",
    },
    params: { percent: param('低于当月计划的', 'Below this share of the plan', percent, 60, 10, 100) },
    find: (c, f, p) =>
      c.unchanged || !isFarBelow(c.monthYuan, f.planMonthYuan, p.percent)
        ? null
        : { short: about(f.planMonthYuan! - month(c)) },
    // 其他 alone says nothing, so it needs words as well.
    answer: (c, isExplanation) => {
      if (c.cause === null) return null;
      const said = c.explanations.belowPlan ?? '';
      return c.cause !== 'other' || isExplanation(said) ? said || c.cause : null;
    },
    asks: () => 'cause',
  }),
  rule({
    code: 'unchangedBelowPlan',
    name: { zh: '无变化而有当月计划', en: 'No change while work was planned' },
    basis: practice,
    severity: 'inform',
    floor: 'inform',
    field: 'cause',
    words: {
      zh: '本月无变化，而本月计划 {plan} 万元',
      en: 'No change, while the plan of the month is {plan} (10,000 yuan)',
    },
    params: { percent: param('低于当月计划的', 'Below this share of the plan', percent, 60, 10, 100) },
    find: (c, f, p) =>
      c.unchanged && isFarBelow(c.monthYuan, f.planMonthYuan, p.percent) ? { plan: about(f.planMonthYuan!) } : null,
  }),
  rule({
    code: 'planKind',
    name: { zh: '日期与计划类型相符', en: 'Dates fit the kind of plan' },
    basis: published,
    severity: 'inform',
    floor: 'inform',
    field: 'startedOn',
    words: {
      zh: '计划类型是新开工，实际开工却在 {day}；请核对开工日期或计划类型',
      en: 'Planned as a new start, yet work began on {day}; check the day or the kind of plan',
    },
    otherWords: {
      carried: {
        zh: '计划类型是续建，实际开工却在本年 {day}；请核对开工日期或计划类型',
        en: 'Planned as carried over, yet work began this year, on {day}; check the day or the kind of plan',
      },
      reserve: {
        zh: '计划类型是预备项目，却有完成投资；请核对计划类型',
        en: 'Planned as a reserve project, yet there is investment; check the kind of plan',
      },
      finishing: {
        zh: '计划类型是本年竣工，计划竣工却在 {day}；请核对竣工日期或计划类型',
        en: 'Planned to finish this year, yet the finish is planned for {day}; check the day or the kind of plan',
      },
    },
    params: {},
    find: (c, f) => {
      const day = f.startedOn ?? c.startedOn;
      const year = yearOf(f.period);
      if (f.planKind === 'new' && day && yearOf(day) < year) return { day };
      if (f.planKind === 'carried' && day && yearOf(day) >= year) return { template: 'carried', day };
      if (f.planKind === 'reserve' && month(c) > 0) return { template: 'reserve' };
      if (f.planKind === 'finishing' && f.finishPlanned && yearOf(f.finishPlanned) > year)
        return { template: 'finishing', day: f.finishPlanned };
      return null;
    },
  }),
  rule({
    code: 'opening',
    name: { zh: '本年首次填报', en: 'First filing of the year' },
    basis: practice,
    severity: 'inform',
    floor: 'inform',
    field: 'cumulativeYuan',
    words: {
      zh: '本年首次填报，此前累计 {before} 万元没有逐月填报',
      en: 'First filing of the year; {before} (10,000 yuan) done before it was not filed by month',
    },
    params: {},
    find: (c, f) => {
      const before = cumulative(c) - month(c);
      return !isFirstOfYear(f) || before <= 0 ? null : { before: wan(before) };
    },
  }),
  rule({
    code: 'gap',
    name: { zh: '中间月份未填', en: 'Months in between were not filed' },
    basis: practice,
    severity: 'inform',
    floor: 'inform',
    field: 'cumulativeYuan',
    words: {
      zh: '上一次填报是 {last}，其后月份没有填报',
      en: 'The last filing is of {last}; the months after it were not filed',
    },
    params: {},
    find: (_, f) =>
      monthOf(f.period) === 1 || f.lastPeriod === null || f.lastPeriod === addMonths(f.period, -1)
        ? null
        : { last: { zh: `${monthOf(f.lastPeriod)} 月`, en: f.lastPeriod } },
  }),
  rule({
    code: 'sameImage',
    name: { zh: '有投资而形象进度未变', en: 'Money without image progress' },
    basis: practice,
    severity: 'inform',
    floor: 'inform',
    field: 'imageProgress',
    words: {
      zh: '有完成投资，形象进度与上月相同',
      en: 'There is investment, but the image progress is as last month',
    },
    params: {},
    find: (c, f) => (month(c) > 0 && c.imageProgress.trim() === f.lastImageProgress.trim() ? {} : null),
  }),
  rule({
    code: 'noPhoto',
    name: { zh: '有投资而无照片', en: 'Money without a photo' },
    basis: practice,
    severity: 'inform',
    floor: 'inform',
    field: 'photos',
    words: { zh: '有完成投资，没有现场照片', en: 'There is investment, but no photo from the site' },
    params: {},
    find: (c) => (month(c) > 0 && c.photos.length === 0 ? {} : null),
  }),
  rule({
    code: 'oldPhoto',
    name: { zh: '照片早于本月', en: 'A photo from before the month' },
    basis: practice,
    severity: 'inform',
    floor: 'inform',
    field: 'photos',
    words: { zh: '{count} 张照片拍摄早于本月', en: '{photos} taken before this month' },
    params: {},
    find: (c, f) => {
      const from = Date.parse(`${firstDayOf(f.period)}T00:00:00+08:00`);
      const old = c.photos.filter((p) => p.takenAt !== null && Date.parse(p.takenAt) < from).length;
      return old === 0 ? null : { count: String(old), photos: `${old} photo${old === 1 ? ' was' : 's were'}` };
    },
  }),
  rule({
    code: 'explanation',
    name: { zh: '说明要有内容', en: 'Explanations say something' },
    basis: '统计部门要求说明“不能只填写‘核实无误’”',
    severity: 'block',
    floor: 'block',
    field: 'note',
    words: {
      zh: '说明至少 {least} 个字，不能只写“核实无误”之类',
      en: 'At least {least} characters that explain something',
    },
    params: {
      least: param(
        '最少字数',
        'Least characters',
        { zh: '字', en: 'characters' },
        leastExplanation,
        leastExplanation,
        100,
      ),
    },
    phrases: emptyPhrases,
    // Judged with each explanation, not by itself.
    find: () => null,
  }),
];

/** The numbers of `unitSlip` as the city has them: a slip of the unit is not asked about twice. */
const inForceSlip = (f: FilingFacts) => {
  const own = f.rules?.find((r) => r.code === 'unitSlip')?.params ?? {};
  return Object.fromEntries(Object.entries(slipParams).map(([key, p]) => [key, own[key] ?? p.value])) as Record<
    keyof typeof slipParams,
    number
  >;
};
