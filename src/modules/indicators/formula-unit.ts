import type { Words } from '#core/shared/words.ts';
import { FormulaFault, type FunctionName, type Node } from './formula.ts';

/**
 * What a part of a formula measures: whole yuan, pieces, a bare number (and so a rate, or a difference of rates), a day count,
 * or a condition. `yuan ÷ yuan` is bare; `yuan + count` is a fault; so is a rate that is added to an amount.
 */
export const dimensions = ['yuan', 'count', 'bare', 'condition'] as const;
export type Dimension = (typeof dimensions)[number];

const dimensionWords: Record<Dimension, Words> = {
  yuan: { zh: '金额', en: 'an amount' },
  count: { zh: '个数', en: 'a count' },
  bare: { zh: '无量纲数', en: 'a bare number' },
  condition: { zh: '条件', en: 'a condition' },
};

/** How a result is declared, and thereby shown. */
export const indicatorUnits = ['yuan', 'count', 'percent', 'points', 'number'] as const;
export type IndicatorUnit = (typeof indicatorUnits)[number];
export const unitOf: Record<IndicatorUnit, Dimension> = {
  yuan: 'yuan',
  count: 'count',
  percent: 'bare',
  points: 'bare',
  number: 'bare',
};

/** What a name may be: a measure of one project (only inside 合计 and 个数), or an indicator (only outside). */
export type Meaning = { scope: 'project' | 'group'; dimension: Dimension };
export type Meanings = (name: string) => Meaning | undefined;

const fault = (zh: string, en: string, node: Node) => new FormulaFault({ zh, en }, node);
const say = (d: Dimension) => dimensionWords[d];

const arity: Record<FunctionName, [number, number]> = {
  min: [2, 20],
  max: [2, 20],
  abs: [1, 1],
  round: [2, 2],
  if: [3, 3],
  coalesce: [2, 2],
  sum: [1, 1],
  count: [1, 1],
  previous: [1, 1],
  lastYear: [1, 1],
};

/** The dimension of a formula. @throws FormulaFault where it does not fit, with the place and what was expected */
export function dimensionOf(node: Node, meanings: Meanings, inside = false): Dimension {
  const of = (n: Node, within = inside) => dimensionOf(n, meanings, within);
  const number = (n: Node): Dimension => {
    const d = of(n);
    if (d === 'condition') throw fault('这里应为数值，不是条件', 'A number is expected here, not a condition', n);
    return d;
  };
  const same = (nodes: readonly Node[]): Dimension => {
    // Nothing is nothing of anything: 0 goes with amounts and with counts.
    const measured = nodes.filter((n) => !(n.kind === 'number' && Number(n.text) === 0));
    if (measured.length === 0) return 'bare';
    const [first, ...rest] = measured.map((n) => [n, number(n)] as const);
    for (const [n, d] of rest)
      if (d !== first![1])
        throw fault(
          `${say(first![1]).zh}和${say(d).zh}不能放在一起比较或相加`,
          `${say(first![1]).en} and ${say(d).en} cannot be added or compared`,
          n,
        );
    return first![1];
  };
  const condition = (n: Node) => {
    if (of(n) !== 'condition') throw fault('这里应为条件', 'A condition is expected here', n);
  };

  switch (node.kind) {
    case 'number':
      return 'bare';
    case 'name': {
      const meaning = meanings(node.name);
      if (!meaning) throw fault(`没有指标或字段“${node.name}”`, `There is no indicator or field “${node.name}”`, node);
      if (meaning.scope === 'project' && !inside)
        throw fault(
          `“${node.name}”是单个项目的字段，请放在“合计”或“个数”里`,
          `“${node.name}” belongs to one project: put it inside sum or count`,
          node,
        );
      if (meaning.scope === 'group' && inside)
        throw fault(
          `“${node.name}”是整组的指标，不能放在“合计”或“个数”里`,
          `“${node.name}” is an indicator of the whole group: it cannot stand inside sum or count`,
          node,
        );
      return meaning.dimension;
    }
    case 'negative':
      return number(node.inner);
    case 'not':
      condition(node.inner);
      return 'condition';
    case 'binary': {
      const { operator, left, right } = node;
      if (operator === 'and' || operator === 'or') {
        condition(left);
        condition(right);
        return 'condition';
      }
      if (operator === '+' || operator === '-') return same([left, right]);
      if (operator === '*') return product(node, number(left), number(right));
      if (operator === '/') return quotient(node, number(left), number(right));
      same([left, right]);
      return 'condition';
    }
    case 'call':
      return called(node, { of, number, same, condition, inside });
  }
}

function product(node: Node, left: Dimension, right: Dimension): Dimension {
  if (left === 'bare') return right;
  if (right === 'bare') return left;
  throw fault(
    `${say(left).zh}乘${say(right).zh}没有意义`,
    `${say(left).en} times ${say(right).en} means nothing`,
    node,
  );
}

function quotient(node: Node, left: Dimension, right: Dimension): Dimension {
  if (left === right) return 'bare';
  if (right === 'bare') return left;
  throw fault(
    `${say(left).zh}除以${say(right).zh}没有定义单位`,
    `${say(left).en} divided by ${say(right).en} has no unit here`,
    node,
  );
}

interface Checks {
  of: (n: Node, within?: boolean) => Dimension;
  number: (n: Node) => Dimension;
  same: (nodes: readonly Node[]) => Dimension;
  condition: (n: Node) => void;
  inside: boolean;
}

function called(node: Node & { kind: 'call' }, { of, number, same, condition, inside }: Checks): Dimension {
  const { name, args } = node;
  const [least, most] = arity[name];
  if (args.length < least || args.length > most)
    throw fault(
      `“${name}”需要 ${least === most ? least : `${least} 到 ${most}`} 个参数，写了 ${args.length} 个`,
      `“${name}” takes ${least === most ? least : `${least} to ${most}`} arguments, not ${args.length}`,
      node,
    );
  const [first, second, third] = args;
  switch (name) {
    case 'min':
    case 'max':
    case 'coalesce':
      return same(args);
    case 'abs':
      return number(first!);
    case 'round':
      if (second!.kind !== 'number' || !/^\d$/.test(second!.text))
        throw fault('位数应写成 0 到 9 的整数', 'The number of decimals is written as 0 to 9', second!);
      return number(first!);
    case 'if':
      condition(first!);
      return same([second!, third!]);
    case 'sum':
    case 'count': {
      if (inside) throw fault('“合计”和“个数”不能套用', 'sum and count are not nested', node);
      const d = of(first!, true);
      if (name === 'count') {
        if (d !== 'condition') throw fault('“个数”里应为条件', 'count takes a condition', first!);
        return 'count';
      }
      if (d === 'condition') throw fault('“合计”里应为数值', 'sum takes a number', first!);
      return d;
    }
    case 'previous':
    case 'lastYear':
      if (inside)
        throw fault('上期和去年同期写在“合计”外面', 'The previous period stands outside of sum and count', node);
      return number(first!);
  }
}

/** The formula fits the unit that was declared for it. @throws FormulaFault */
export function checkUnit(node: Node, meanings: Meanings, unit: IndicatorUnit): void {
  const dimension = dimensionOf(node, meanings);
  if (dimension === unitOf[unit]) return;
  throw fault(
    `公式算出的是${say(dimension).zh}，与所填单位不符；金额除以金额得到的是无量纲数，应选 %、百分点或数`,
    `The formula gives ${say(dimension).en}, which does not fit the unit; an amount divided by an amount is a bare number: choose %, points or number`,
    node,
  );
}
