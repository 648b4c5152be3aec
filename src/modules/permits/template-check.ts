import type { Words } from '#core/shared/words.ts';
import { permitCode, type TemplateStep } from './templates.ts';

export interface TemplateFault {
  code: 'step_twice' | 'step_unknown' | 'circle' | 'permit_missing';
  words: Words;
}

/** Why a list of steps is no plan: a code twice, a prerequisite that is not there, a circle, or no construction permit. */
export function templateFault(steps: readonly Pick<TemplateStep, 'code' | 'name' | 'after'>[]): TemplateFault | null {
  const byCode = new Map(steps.map((step) => [step.code, step]));
  if (byCode.size < steps.length)
    return { code: 'step_twice', words: { zh: '有两个步骤的代码相同，请修改', en: 'Two steps have the same code' } };
  if (!byCode.has(permitCode))
    return {
      code: 'permit_missing',
      words: {
        zh: '模板须保留“施工许可证”步骤：最早开工日期由它推算',
        en: 'A template keeps the construction permit: the earliest day is worked out from it',
      },
    };
  for (const step of steps)
    for (const code of step.after)
      if (!byCode.has(code))
        return {
          code: 'step_unknown',
          words: {
            zh: `“${step.name.zh}”的前置步骤 ${code} 不在模板中`,
            en: `The prerequisite ${code} of ${step.name.en} is not in the template`,
          },
        };
  const settled = new Set<string>();
  const visit = (code: string, path: readonly string[]): string[] | null => {
    if (settled.has(code)) return null;
    if (path.includes(code)) return [...path.slice(path.indexOf(code)), code];
    for (const before of byCode.get(code)!.after) {
      const circle = visit(before, [...path, code]);
      if (circle) return circle;
    }
    settled.add(code);
    return null;
  };
  for (const { code } of steps) {
    const circle = visit(code, []);
    if (circle) {
      const names = circle.map((one) => byCode.get(one)!.name);
      return {
        code: 'circle',
        words: {
          zh: `前置关系成环：${names.map((n) => n.zh).join(' → ')}，请去掉其中一条`,
          en: `Prerequisites form a circle: ${names.map((n) => n.en).join(' → ')}. Remove one of them`,
        },
      };
    }
  }
  return null;
}
