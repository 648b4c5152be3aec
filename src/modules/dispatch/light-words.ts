import type { Words } from '#core/shared/words.ts';
import type { Band } from './band.ts';
import {
  type BandRule,
  type GrowthMeets,
  type GrowthSign,
  growthMeets,
  type LightRule,
  levelOf,
  type RuleSet,
  type Streak,
} from './light-rule.ts';

/** Sentences made from the rule's own data, so that what is shown cannot differ from what is computed. */

const positive = (text: string): string => text.replace(/^-/, '');
const orNothing = (words: (Words | null)[]): Words | null => {
  const found = words.filter((w) => w !== null);
  return found.length === 0 ? null : { zh: found.map((w) => w.zh).join('；'), en: found.map((w) => w.en).join('; ') };
};

/** Which ends of a stretch belong to it: “（含）” both, “（含 30）” one, nothing none. */
function included(low: string, hasLow: boolean, high: string, hasHigh: boolean): Words {
  if (hasLow && hasHigh) return { zh: '（含）', en: ' (both included)' };
  if (!hasLow && !hasHigh) return { zh: '（不含两端）', en: ' (ends excluded)' };
  const one = hasLow ? low : high;
  return { zh: `（含 ${one}）`, en: ` (${one} included)` };
}

/** Bands of 'progress' lie on points above (+) and below (−) the clock. */
function pointsWords({ from, fromIncluded, to, toIncluded }: Band): Words {
  if (from === null && to === null) return { zh: '不论时序', en: 'whatever the clock says' };
  if (to === null && from !== null) {
    if (Number(from) === 0 && fromIncluded) return { zh: '达到时序', en: 'at or above the clock' };
    const than = fromIncluded ? { zh: '及以上', en: ' or more' } : { zh: '以上', en: ' exceeded' };
    return Number(from) < 0
      ? { zh: `低于时序不超过 ${positive(from)} 个百分点`, en: `at most ${positive(from)} points below the clock` }
      : { zh: `高于时序 ${from} 个百分点${than.zh}`, en: `${from} points above the clock${than.en}` };
  }
  if (from === null && to !== null)
    return Number(to) <= 0
      ? {
          zh: Number(to) === 0 ? '低于时序' : `低于时序 ${positive(to)} 个百分点${toIncluded ? '及以上' : '以上'}`,
          en:
            Number(to) === 0
              ? 'below the clock'
              : `${toIncluded ? '' : 'more than '}${positive(to)}${toIncluded ? ' or more' : ''} points below the clock`,
        }
      : { zh: `高于时序不足 ${to} 个百分点`, en: `less than ${to} points above the clock` };
  const [low, high] = [from!, to!];
  if (Number(high) <= 0) {
    const ends = included(positive(high), toIncluded, positive(low), fromIncluded);
    return {
      zh: `低于时序 ${positive(high)}–${positive(low)} 个百分点${ends.zh}`,
      en: `${positive(high)}–${positive(low)} points below the clock${ends.en}`,
    };
  }
  const ends = included(low, fromIncluded, high, toIncluded);
  return { zh: `时序差 ${low} 至 ${high} 个百分点${ends.zh}`, en: `${low} to ${high} points to the clock${ends.en}` };
}

const wholes: Record<'share' | 'payment' | 'monthTask', Words> = {
  share: { zh: '时序', en: 'the clock' },
  payment: { zh: '支付计划', en: 'planned payment' },
  monthTask: { zh: '月任务', en: "the month's task" },
};

function percentWords(whole: Words, { from, fromIncluded, to, toIncluded }: Band): Words {
  if (to === null && Number(from) === 100 && fromIncluded)
    return { zh: `达到${whole.zh}`, en: `at or above ${whole.en}` };
  if (to === null)
    return {
      zh: `${whole.zh}的 ${from ?? 0}%${fromIncluded ? '及以上' : '以上'}`,
      en: `${fromIncluded ? 'at least' : 'over'} ${from ?? 0}% of ${whole.en}`,
    };
  const upTo = toIncluded ? { zh: '及以下', en: 'at most' } : { zh: '以下', en: 'below' };
  if (from === null || Number(from) === 0)
    return Number(to) === 100 && !toIncluded
      ? { zh: `低于${whole.zh}`, en: `below ${whole.en}` }
      : { zh: `${whole.zh}的 ${to}% ${upTo.zh}`, en: `${upTo.en} ${to}% of ${whole.en}` };
  const ends = included(`${from}%`, fromIncluded, `${to}%`, toIncluded);
  return { zh: `${whole.zh}的 ${from}%–${to}%${ends.zh}`, en: `${from}%–${to}% of ${whole.en}${ends.en}` };
}

/** The whole numbers of a stretch, written from its ends: days late and places have nothing between 7 and 8. */
function wholeEnds({ from, fromIncluded, to, toIncluded }: Band): { low: number | null; high: number | null } {
  return {
    low: from === null ? null : fromIncluded ? Math.ceil(Number(from)) : Math.floor(Number(from)) + 1,
    high: to === null ? null : toIncluded ? Math.floor(Number(to)) : Math.ceil(Number(to)) - 1,
  };
}

function daysWords(band: Band): Words {
  const { low, high } = wholeEnds(band);
  if (high === null)
    return low === null || low <= 1
      ? { zh: '超期 1 天及以上', en: '1 day late or more' }
      : { zh: `超期 ${low} 天及以上`, en: `${low} days late or more` };
  if (low === null || low <= 1) return { zh: `超期不超过 ${high} 天`, en: `up to ${high} days late` };
  return low === high
    ? { zh: `超期 ${low} 天`, en: `${low} days late` }
    : { zh: `超期 ${low}–${high} 天`, en: `${low}–${high} days late` };
}

function placeWords(rule: Extract<LightRule, { kind: 'place' }>, band: Band): Words {
  const { low, high } = wholeEnds(band);
  if (rule.of === 'change') {
    if (low === null && high === null) return { zh: '不论升降', en: 'whatever the change' };
    if (high === null)
      return low! > 0
        ? { zh: `上升 ${low} 位及以上`, en: `up ${low} or more` }
        : {
            zh: low === 0 ? '持平或上升' : `下降不超过 ${-low!} 位`,
            en: low === 0 ? 'not down' : `down ${-low!} at most`,
          };
    if (low === null)
      return high < 0
        ? { zh: `下降 ${-high} 位及以上`, en: `down ${-high} or more` }
        : { zh: high === 0 ? '持平或下降' : `上升不超过 ${high} 位`, en: high === 0 ? 'not up' : `up ${high} at most` };
    if (low === 0 && high === 0) return { zh: '位次持平', en: 'no change' };
    return { zh: `位次变化 ${low} 至 ${high}`, en: `change of place ${low} to ${high}` };
  }
  const end = rule.from === 'first' ? { zh: '第', en: 'place' } : { zh: '倒数第', en: 'place from the end' };
  if (high === null)
    return low === null || low <= 1
      ? { zh: '不论位次', en: 'whatever the place' }
      : { zh: `${end.zh} ${low} 位及以后`, en: `${end.en} ${low} and beyond` };
  if (low === null || low <= 1)
    return high === 1
      ? { zh: `${end.zh} 1 位`, en: `${end.en} 1` }
      : { zh: `${end.zh} 1–${high} 位`, en: `${end.en} 1–${high}` };
  return low === high
    ? { zh: `${end.zh} ${low} 位`, en: `${end.en} ${low}` }
    : { zh: `${end.zh} ${low}–${high} 位`, en: `${end.en} ${low}–${high}` };
}

const signWords: Record<GrowthSign, Words> = {
  up: { zh: '增长', en: 'growing' },
  zero: { zh: '零增长', en: 'no growth' },
  down: { zh: '负增长', en: 'shrinking' },
};
const meetsWords: Record<GrowthMeets, Words> = {
  both: { zh: '达到计划且不低于全市平均', en: 'at plan and at the average' },
  planOnly: { zh: '达到计划、低于全市平均', en: 'at plan, below the average' },
  averageOnly: { zh: '低于计划、不低于全市平均', en: 'below plan, at the average' },
  none: { zh: '低于计划也低于全市平均', en: 'below both plan and average' },
};

/** A case of growth; what holds whatever is reached is said by the sign alone, and “低于其一” by one word for both. */
export function growthWords(signs: readonly GrowthSign[], meets: readonly GrowthMeets[]): Words {
  const sign = { zh: signs.map((s) => signWords[s].zh).join('或'), en: signs.map((s) => signWords[s].en).join(' or ') };
  if (growthMeets.every((m) => meets.includes(m))) return sign;
  const isOne = meets.length === 2 && meets.includes('planOnly') && meets.includes('averageOnly');
  const said = isOne
    ? { zh: '低于计划和全市平均其中一个', en: 'below one of plan and average' }
    : { zh: meets.map((m) => meetsWords[m].zh).join('，或'), en: meets.map((m) => meetsWords[m].en).join(', or ') };
  return { zh: `${sign.zh}，${said.zh}`, en: `${sign.en}, ${said.en}` };
}

const saidOfBand = new WeakMap<Band, Words>();

/** Made once for each band: a whole city is told the same sentences. */
export function bandWords(rule: BandRule, band: Band): Words {
  const said = saidOfBand.get(band) ?? wordsOfBand(rule, band);
  saidOfBand.set(band, said);
  return said;
}

function wordsOfBand(rule: BandRule, band: Band): Words {
  if (rule.kind === 'progress') return pointsWords(band);
  if (rule.kind === 'daysLate') return daysWords(band);
  if (rule.kind === 'place') return placeWords(rule, band);
  return percentWords(wholes[rule.kind], band);
}

const streakWords = (set: Pick<RuleSet, 'levels'>, { light, months }: Streak): Words => {
  const { words } = levelOf(set, light);
  return { zh: `连续 ${months} 个月${words.zh}`, en: `${months} months running ${words.en.toLowerCase()}` };
};

/** When the rule gives the level of itself, in words; null when it never does. */
function conditionOf(rule: LightRule, light: string): Words | null {
  if (rule.kind === 'start') {
    if (light === rule.light) return { zh: '应开未开', en: 'should have begun and has not' };
    return light === 'normal' ? { zh: '按计划开工', en: 'begun as planned' } : null;
  }
  if (rule.kind === 'enrolment') {
    if (light === rule.warnLight)
      return {
        zh: `开工满 ${rule.warnMonths} 个月未入统`,
        en: `${rule.warnMonths} month(s) after the start, not enrolled`,
      };
    if (light === rule.lateLight)
      return {
        zh: `开工超 ${rule.lateMonths} 个月未入统`,
        en: `over ${rule.lateMonths} months after the start, not enrolled`,
      };
    return light === 'normal' ? { zh: '已入统', en: 'enrolled' } : null;
  }
  if (rule.kind === 'growth')
    return orNothing(rule.cases.filter((c) => c.light === light).map((c) => growthWords(c.growth, c.meets)));
  const stated = rule.bands.filter((b) => b.light === light).map((b) => bandWords(rule, b));
  if (rule.kind === 'daysLate' && light === 'normal') stated.unshift({ zh: '未超期', en: 'nothing late' });
  return orNothing(stated);
}

type Conditions = Record<string, Words | null>;
const saidOfRule = new WeakMap<LightRule, { levels: RuleSet['levels']; conditions: Conditions }>();

/** Of each level of the set: when the rule gives it, streaks included; null when it never does. Made once for each rule. */
export function conditionsOf({ levels }: Pick<RuleSet, 'levels'>, rule: LightRule): Conditions {
  const said = saidOfRule.get(rule);
  if (said?.levels === levels) return said.conditions;
  const conditions = conditionsIn({ levels }, rule);
  saidOfRule.set(rule, { levels, conditions });
  return conditions;
}

const conditionsIn = (set: Pick<RuleSet, 'levels'>, rule: LightRule): Conditions =>
  Object.fromEntries(
    set.levels.map(({ code }) => [
      code,
      orNothing([
        conditionOf(rule, code),
        ...rule.streaks.filter((s) => s.becomes === code).map((s) => streakOf(set, rule, s)),
      ]),
    ]),
  );

/** 连续 3 个月应开未开: what lasts is named by the rule's own condition where that is one plain word. */
function streakOf(set: Pick<RuleSet, 'levels'>, rule: LightRule, one: Streak): Words {
  if (rule.kind === 'start')
    return { zh: `连续 ${one.months} 个月应开未开`, en: `not begun for ${one.months} months running` };
  if (rule.kind === 'monthTask' && one.light === 'warn')
    return { zh: `连续 ${one.months} 个月未完成`, en: `not done for ${one.months} months running` };
  return streakWords(set, one);
}
