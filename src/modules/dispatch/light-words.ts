import type { Words } from '#core/shared/words.ts';
import type { Band } from './band.ts';
import type { BandRule, LightRule } from './light-rule.ts';

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

const wholes: Record<Exclude<BandRule['kind'], 'progress'>, Words> = {
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

export const bandWords = (rule: BandRule, band: Band): Words =>
  rule.kind === 'progress' ? pointsWords(band) : percentWords(wholes[rule.kind], band);

/** When the rule gives the light, in words; null when it never does. */
export function conditionOf(rule: LightRule, light: Band['light']): Words | null {
  if (rule.kind === 'start') {
    if (light === 'normal') return { zh: '按计划开工', en: 'begun as planned' };
    if (light === 'warn') return { zh: '当月应开未开', en: 'should have begun and has not' };
    return { zh: `连续 ${rule.lateMonths} 个月应开未开`, en: `not begun for ${rule.lateMonths} months running` };
  }
  if (rule.kind === 'enrolment') {
    if (light === 'normal') return { zh: '已入统', en: 'enrolled' };
    if (light === 'warn')
      return {
        zh: `开工满 ${rule.warnMonths} 个月未入统`,
        en: `${rule.warnMonths} month(s) after the start, not enrolled`,
      };
    return {
      zh: `开工超 ${rule.lateMonths} 个月未入统`,
      en: `over ${rule.lateMonths} months after the start, not enrolled`,
    };
  }
  const stated = rule.bands.filter((b) => b.light === light).map((b) => bandWords(rule, b));
  if (rule.kind === 'monthTask' && light === 'late' && rule.lateMonths !== null)
    stated.push({ zh: `连续 ${rule.lateMonths} 个月未完成`, en: `not done for ${rule.lateMonths} months running` });
  return orNothing(stated);
}

export const conditionsOf = (rule: LightRule) => ({
  normal: conditionOf(rule, 'normal'),
  warn: conditionOf(rule, 'warn'),
  late: conditionOf(rule, 'late'),
});
