import type { Words } from '#core/shared/words.ts';
import { placesOf, type Rule, type RuleInForce, severities } from './validation-rule.ts';

export interface Refusal {
  code: string;
  field: string;
  words: Words;
}

/** The one phrase that a city bureau forbids by name stays forbidden. */
const keptPhrase = '核实无误';

/**
 * Why a city may not change a rule like this, or null. What rests on arithmetic (上月累计 + 本月 = 累计, 不为负, 累计不减)
 * stays 强制 and in force: a sum that does not add up cannot be explained away. Checks of the register (开工, 单位, 总投资)
 * may be weakened down to 核实, everything else to 提示 or off.
 */
export function refusalOf(one: Rule, wanted: Omit<RuleInForce, 'code' | 'version'>): Refusal | null {
  const { isActive, severity, params, phrases, words } = wanted;
  if (severities.indexOf(severity) > severities.indexOf(one.floor))
    return {
      code: 'too_weak',
      field: 'severity',
      words: {
        zh: `“${one.name.zh}”至少须为${severityWords[one.floor].zh}，不能再放宽`,
        en: `“${one.name.en}” must be at least ${severityWords[one.floor].en}`,
      },
    };
  if (!isActive && one.floor !== 'inform')
    return {
      code: 'not_to_switch_off',
      field: 'isActive',
      words: { zh: `“${one.name.zh}”不能停用`, en: `“${one.name.en}” cannot be switched off` },
    };
  for (const [key, spec] of Object.entries(one.params)) {
    const value = params[key];
    if (value === undefined || !Number.isInteger(value) || value < spec.least || value > spec.most)
      return {
        code: 'out_of_bounds',
        field: `params.${key}`,
        words: {
          zh: `“${spec.name.zh}”应为 ${spec.least} 至 ${spec.most} 的整数`,
          en: `“${spec.name.en}” is a whole number from ${spec.least} to ${spec.most}`,
        },
      };
  }
  const unknown = Object.keys(params).find((key) => !(key in one.params));
  if (unknown !== undefined || (phrases === null) !== (one.phrases === undefined))
    return {
      code: 'unknown_number',
      field: `params.${unknown ?? 'phrases'}`,
      words: { zh: '规则没有这个参数，请刷新页面', en: 'The rule has no such number: reload the page' },
    };
  if (phrases && !phrases.includes(keptPhrase))
    return {
      code: 'phrase_kept',
      field: 'phrases',
      words: { zh: `禁用语中“${keptPhrase}”不能删除`, en: `“${keptPhrase}” cannot be taken off the list` },
    };
  const known = new Set([...placesOf(one.words.zh), ...placesOf(one.words.en)]);
  const stranger = words && [...placesOf(words.zh), ...placesOf(words.en)].find((place) => !known.has(place));
  if (stranger)
    return {
      code: 'unknown_place',
      field: 'words',
      words: {
        zh: `提示语中的 {${stranger}} 不能填入；可用的有 ${[...known].map((k) => `{${k}}`).join('、') || '无'}`,
        en: `{${stranger}} has no value here; there are ${[...known].map((k) => `{${k}}`).join(', ') || 'none'}`,
      },
    };
  return null;
}

export const severityWords: Record<Rule['severity'], Words> = {
  block: { zh: '强制', en: 'Must' },
  approve: { zh: '准强制', en: 'Waivable' },
  explain: { zh: '核实', en: 'Explain' },
  inform: { zh: '提示', en: 'Note' },
};
