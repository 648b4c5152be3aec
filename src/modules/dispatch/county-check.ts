import type { Day } from '#core/shared/day.ts';
import { compare, multiply, type Ratio, ratio, ratioOf, showRatio } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { bandAt } from './band.ts';
import {
  banded,
  type Check,
  type CheckInput,
  checkOf,
  decided,
  lastFullMonth,
  leftOpen,
  monthTask,
  skipped,
  type Verdict,
} from './check.ts';
import { clockAt } from './clock.ts';
import { leastWhole } from './completion.ts';
import { toClock } from './light-check.ts';
import type { GrowthMeets, GrowthSign, LightRule, RuleSet } from './light-rule.ts';
import { growthMeets } from './light-rule.ts';
import { growthWords } from './light-words.ts';
import type { MonthTask } from './project-facts.ts';

/** Everything a rule for counties may look at: sums over the county's projects. Whole yuan, accepted filings only. */
export interface CountyFacts {
  projects: number;
  planYuan: number;
  /** Of projects that have a plan, to the newest filing. */
  doneYuan: number;
  /** January to the last full month, of all projects; null before February and without a filing. */
  throughYuan: number | null;
  /** The same months of last year; null when nothing was filed then. */
  lastYearYuan: number | null;
  /** Planned growth of the year in percent, as decimal text; null when nobody has recorded it. */
  plannedGrowth: string | null;
  /** The same two sums for the whole city: its growth is the average to compare with, never a mean of rates. */
  city: { throughYuan: number | null; lastYearYuan: number | null };
  months: readonly MonthTask[];
  /** Of projects that have a plan, January to the last full month: what the place goes by. */
  plannedThroughYuan: number;
  /** By completion rate at the last month end; null: not ranked. */
  place: number | null;
  placeBefore: number | null;
  /** Completion rates of the ranked counties, the best first. */
  rates: readonly Ratio[];
}

const labels = {
  now: { zh: '本年', en: 'this year' },
  before: { zh: '去年同期', en: 'same months last year' },
  growth: { zh: '增速', en: 'growth' },
  planned: { zh: '计划增速', en: 'planned growth' },
  average: { zh: '全市增速', en: "the city's growth" },
  place: { zh: '位次', en: 'place' },
  placeBefore: { zh: '上月位次', en: 'place a month before' },
  through: { zh: '月份', en: 'months' },
} satisfies Record<string, Words>;

export function judgeCounty(set: RuleSet, rule: LightRule, facts: CountyFacts, day: Day): Check {
  return checkOf(set, rule, countyVerdict(set, rule, facts, day), undefined);
}

function countyVerdict(set: RuleSet, rule: LightRule, facts: CountyFacts, day: Day): Verdict {
  switch (rule.kind) {
    case 'growth':
      return growth(rule, facts, day);
    case 'place':
      return place(rule, facts);
    case 'monthTask':
      return monthTask(rule, facts.months, day);
    case 'progress':
    case 'share':
      // A county has no curve of its own: its clock is the days of the year.
      return toClock(rule, facts, clockAt(set.clock === 'curve' ? 'linearDay' : set.clock, day));
    default:
      return skipped('notApplicable', '只用于项目', 'for projects only');
  }
}

const zero = ratio(0, 1);
const growthOf = (now: number, before: number): Ratio => ratio(now - before, before);
const shownPercent = (r: Ratio): string => showRatio(multiply(r, ratio(100, 1)), 1, 'half-up');
export const plannedRatio = (percent: string): Ratio => multiply(ratioOf(percent), ratio(1, 100));

function growth(rule: Extract<LightRule, { kind: 'growth' }>, facts: CountyFacts, day: Day): Verdict {
  const { throughYuan, lastYearYuan, plannedGrowth, city } = facts;
  const last = lastFullMonth(day);
  const inputs: CheckInput[] = [
    {
      label: labels.through,
      as: 'text',
      value: { zh: last > 1 ? `1–${last} 月` : `${last} 月`, en: `months 1–${last}` },
    },
    { label: labels.now, as: 'yuan', value: throughYuan },
    { label: labels.before, as: 'yuan', value: lastYearYuan },
  ];
  if (throughYuan === null)
    return skipped('noData', '本年还没有满一个月的审定数', 'no full month accepted yet', inputs);
  if (!lastYearYuan) return skipped('noData', '没有去年同期数', 'nothing filed for the same months last year', inputs);
  const own = growthOf(throughYuan, lastYearYuan);
  const average = city.throughYuan !== null && city.lastYearYuan ? growthOf(city.throughYuan, city.lastYearYuan) : null;
  inputs.push(
    { label: labels.growth, as: 'percent', value: shownPercent(own) },
    { label: labels.planned, as: 'percent', value: plannedGrowth },
    { label: labels.average, as: 'percent', value: average && shownPercent(average) },
  );
  const order = compare(own, zero);
  const sign: GrowthSign = order > 0 ? 'up' : order < 0 ? 'down' : 'zero';
  const isAtPlan = plannedGrowth === null ? null : compare(own, plannedRatio(plannedGrowth)) >= 0;
  const isAtAverage = average === null ? null : compare(own, average) >= 0;
  const possible = growthMeets.filter(
    (m) =>
      (isAtPlan === null || isAtPlan === (m === 'both' || m === 'planOnly')) &&
      (isAtAverage === null || isAtAverage === (m === 'both' || m === 'averageOnly')),
  );
  // Without the planned growth a rule may still say the same whatever it is: 负增长 is red in any case.
  const found = possible.map((m) => rule.cases.find((c) => c.growth.includes(sign) && c.meets.includes(m)));
  if (found.some((c) => c?.light !== found[0]?.light))
    return skipped('noData', '没有登记计划增速', 'no planned growth recorded', inputs);
  if (!found[0]) return leftOpen(inputs);
  const { zh, en } = growthWords(
    [sign],
    found[0].meets.filter((m) => possible.includes(m) || found[0]!.meets.length === 4) as GrowthMeets[],
  );
  return decided(found[0].light, zh, en, inputs);
}

const placeValue = (
  rule: Extract<LightRule, { kind: 'place' }>,
  { rates }: CountyFacts,
  at: number,
  before: number | null,
) =>
  rule.of === 'change' ? (before === null ? null : before - at) : rule.from === 'first' ? at : rates.length - at + 1;

function place(rule: Extract<LightRule, { kind: 'place' }>, facts: CountyFacts): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.place, as: 'place', value: facts.place },
    ...(rule.of === 'change' ? [{ label: labels.placeBefore, as: 'place' as const, value: facts.placeBefore }] : []),
  ];
  if (facts.place === null) return skipped('noData', '没有位次', 'not ranked', inputs);
  const value = placeValue(rule, facts, facts.place, facts.placeBefore);
  if (value === null) return skipped('noData', '没有上月位次', 'not ranked a month before', inputs);
  return banded(rule, ratio(value, 1), inputs);
}

/**
 * The least whole yuan by the end of the judged months with which a growth rule would give the level that reaches plan and
 * average. The city's growth moves with the county's own money: d/b − 1 ≥ (S + d)/B − 1 ⇔ d ≥ S·b/(B − b).
 */
export function yuanForGrowth(facts: CountyFacts): number | null {
  const { throughYuan, lastYearYuan, plannedGrowth, city } = facts;
  if (throughYuan === null || !lastYearYuan) return null;
  const own = BigInt(lastYearYuan);
  const needs = [own + 1n];
  if (plannedGrowth !== null) {
    const planned = plannedRatio(plannedGrowth);
    needs.push(leastWhole(own * (planned.d + planned.n), planned.d, false));
  }
  if (city.throughYuan !== null && city.lastYearYuan && city.lastYearYuan > lastYearYuan)
    needs.push(leastWhole(BigInt(city.throughYuan - throughYuan) * own, BigInt(city.lastYearYuan) - own, false));
  return Number(needs.reduce((most, need) => (need > most ? need : most)));
}

/** The yuan with which the county would stand at the nearest better place that `isGreen`; null when there is none. */
export function yuanForPlace(
  rule: Extract<LightRule, { kind: 'place' }>,
  facts: CountyFacts,
  isGreen: (level: string | null) => boolean,
): number | null {
  if (facts.place === null || facts.planYuan === 0) return null;
  for (let at = facts.place - 1; at >= 1; at--) {
    const value = placeValue(rule, facts, at, facts.placeBefore);
    const rate = facts.rates[at - 1];
    if (value === null || !rate || !isGreen(bandAt(rule.bands, ratio(value, 1))?.light ?? null)) continue;
    return Number(leastWhole(rate.n * BigInt(facts.planYuan), rate.d, false));
  }
  return null;
}
