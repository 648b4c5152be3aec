import { compare, multiply, type Ratio, ratio, subtract } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { evaluate, FormulaFault, namesIn, parseFormula } from '#modules/indicators/contract.ts';
import { progressOf, ratioFrom } from './progress.ts';
import type { ExactValue } from './terms.ts';

/** Names that a reward formula may use, in both languages; each is a bare number. */
export const rewardNames = {
  基线: 'baseline',
  目标: 'target',
  实绩: 'value',
  增量: 'gain',
  完成率: 'progress',
} as const;

/** Everything a reward rests on, frozen at the verification: from these alone the cents come out again. */
export interface RewardInputs {
  formula: string;
  capYuan: number | null;
  baseline: ExactValue;
  target: ExactValue;
  value: ExactValue;
}

/** The values behind the names; null when baseline and target are one, so that there is no way to measure. */
export function rewardValues(baseline: Ratio, target: Ratio, value: Ratio): Record<string, Ratio> | null {
  const progress = progressOf(baseline, target, value);
  if (!progress) return null;
  // Of a target below the baseline the gain is what was brought down.
  const gain = compare(target, baseline) >= 0 ? subtract(value, baseline) : subtract(baseline, value);
  const byCode: Record<string, Ratio> = { baseline, target, value, gain, progress };
  return Object.fromEntries(
    Object.entries(rewardNames).flatMap(([zh, code]) => [
      [zh, byCode[code]!],
      [code, byCode[code]!],
    ]),
  );
}

const known = new Set<string>([...Object.keys(rewardNames), ...Object.values(rewardNames)]);

/** Why a reward formula cannot be used, or null. It is tried on numbers, so that a condition or a sum over nothing is seen before the day. */
export function rewardFault(text: string): Words | null {
  try {
    const node = parseFormula(text);
    const stranger = namesIn(node).find((name) => !known.has(name));
    if (stranger !== undefined)
      return {
        zh: `不认识“${stranger}”，可用：${Object.keys(rewardNames).join('、')}`,
        en: `“${stranger}” is not known; there are: ${Object.values(rewardNames).join(', ')}`,
      };
    const tried = evaluate(node, groupOf(rewardValues(ratio(1, 1), ratio(3, 1), ratio(2, 1))!));
    return 'ratio' in tried
      ? null
      : { zh: '公式的结果应为金额（元）', en: 'The formula should give an amount in yuan' };
  } catch (error) {
    if (error instanceof FormulaFault) return error.words;
    throw error;
  }
}

const groupOf = (values: Readonly<Record<string, Ratio>>) => ({
  members: [],
  indicator: (name: string) => {
    const found = values[name];
    return found ? { ratio: found } : ({ missing: 'missing', name } as const);
  },
  earlier: () => null,
});

/**
 * The reward in whole cents (分) out of frozen inputs and nothing else: rounded once, half away from zero, never below nothing,
 * never above the cap. Null when there is no number (a division by zero, baseline and target the same).
 */
export function rewardCents({ formula, capYuan, baseline, target, value }: RewardInputs): number | null {
  const values = rewardValues(ratioFrom(baseline), ratioFrom(target), ratioFrom(value));
  if (!values) return null;
  const yuan = evaluate(parseFormula(formula), groupOf(values));
  if (!('ratio' in yuan)) return null;
  const cents = multiply(yuan.ratio, ratio(100, 1));
  if (cents.n <= 0n) return 0;
  const whole = Number((2n * cents.n + cents.d) / (2n * cents.d));
  return capYuan === null ? whole : Math.min(whole, capYuan * 100);
}
