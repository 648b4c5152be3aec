import type { Ratio } from '#core/shared/rate.ts';
import { multiply, ratioOf } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import type { FormulaNode } from '#modules/indicators/contract.ts';
import { brief } from './exact.ts';
import type { Input } from './scheme.ts';
import type { ExactPoints } from './year.ts';

/** A figure of a unit, or why there is none. */
export type UnitFigure = ExactPoints | { missing: 'zeroDenominator' | 'missing' | 'noMembers' | 'notEntered' };

export const missingWords: Record<string, Words> = {
  zeroDenominator: { zh: '分母为零', en: 'its denominator is zero' },
  missing: { zh: '没有数据', en: 'there is no figure' },
  noMembers: { zh: '没有项目', en: 'there are no projects' },
  notEntered: { zh: '尚未录入', en: 'not entered yet' },
};

/** The figure as people read it; what was typed by hand says so wherever it appears. */
export function showFigure(value: Ratio, input: Pick<Input, 'show' | 'decimals' | 'unit' | 'source'>): Words {
  const text =
    input.show === 'percent'
      ? `${brief(multiply(value, { n: 100n, d: 1n }), input.decimals)}%`
      : `${brief(value, input.decimals)}${input.unit === '' ? '' : ` ${input.unit}`}`;
  const isTyped = input.source.kind === 'entered';
  return { zh: isTyped ? `${text}（人工录入）` : text, en: isTyped ? `${text} (entered by hand)` : text };
}

const signs: Record<string, Words> = {
  '*': { zh: ' × ', en: ' × ' },
  '/': { zh: ' ÷ ', en: ' ÷ ' },
  '-': { zh: ' − ', en: ' − ' },
  '+': { zh: ' + ', en: ' + ' },
  '>=': { zh: ' ≥ ', en: ' ≥ ' },
  '<=': { zh: ' ≤ ', en: ' ≤ ' },
  '<>': { zh: ' ≠ ', en: ' ≠ ' },
  and: { zh: ' 且 ', en: ' and ' },
  or: { zh: ' 或 ', en: ' or ' },
};
const functionWords: Record<string, string> = {
  min: '最小',
  max: '最大',
  abs: '绝对值',
  round: '四舍五入',
  if: '如果',
  coalesce: '缺则',
  sum: '合计',
  count: '个数',
  previous: '上期',
  lastYear: '去年同期',
};
const strength: Record<string, number> = { or: 1, and: 2, '+': 4, '-': 4, '*': 5, '/': 5 };
const strengthOf = (node: FormulaNode): number =>
  node.kind === 'binary' ? (strength[node.operator] ?? 3) : node.kind === 'negative' || node.kind === 'not' ? 6 : 9;

/** A formula in words, with `named` in place of its names: once with the names themselves, once with the numbers. */
export function spell(node: FormulaNode, language: 'zh' | 'en', named: (name: string) => string): string {
  const inner = (n: FormulaNode, atLeast: number): string => {
    const text = spell(n, language, named);
    return strengthOf(n) < atLeast ? (language === 'zh' ? `（${text}）` : `(${text})`) : text;
  };
  switch (node.kind) {
    case 'number':
      return brief(ratioOf(node.text), 9);
    case 'name':
      return named(node.name);
    case 'negative':
      return `−${inner(node.inner, 6)}`;
    case 'not':
      return `${language === 'zh' ? '非' : 'not '}${inner(node.inner, 6)}`;
    case 'binary': {
      const own = strengthOf(node);
      const sign = signs[node.operator]?.[language] ?? ` ${node.operator} `;
      const isOneWay = node.operator === '-' || node.operator === '/' || own === 3;
      return `${inner(node.left, own)}${sign}${inner(node.right, isOneWay ? own + 1 : own)}`;
    }
    case 'call': {
      const args = node.args.map((arg) => inner(arg, 0));
      return language === 'zh'
        ? `${functionWords[node.name]}（${args.join('，')}）`
        : `${node.name}(${args.join(', ')})`;
    }
  }
}
