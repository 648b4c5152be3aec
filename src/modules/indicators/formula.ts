import type { Words } from '#core/shared/words.ts';

/** Where a part of a formula stands in its text, in UTF-16 units: what an error points at. */
export interface Span {
  from: number;
  to: number;
}

export type Operator = '+' | '-' | '*' | '/' | '>' | '>=' | '<' | '<=' | '=' | '<>' | 'and' | 'or';
export const functionNames = [
  'min',
  'max',
  'abs',
  'round',
  'if',
  'coalesce',
  'sum',
  'count',
  'previous',
  'lastYear',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** A formula as a tree. There is nothing else in it: no loop, no assignment, no property, no call of anything not in the list. */
export type Node = Span &
  (
    | { kind: 'number'; text: string }
    | { kind: 'name'; name: string }
    | { kind: 'not' | 'negative'; inner: Node }
    | { kind: 'binary'; operator: Operator; left: Node; right: Node }
    | { kind: 'call'; name: FunctionName; args: Node[] }
  );

/** A formula that cannot be read or does not fit; in both languages, with the place. */
export class FormulaFault extends Error {
  readonly words: Words;
  readonly span: Span;
  constructor(words: Words, span: Span) {
    super(words.en);
    this.words = words;
    this.span = span;
  }
}

/** Longer than this it is no formula any more. Depth is bounded as well: a thousand brackets would exhaust the stack. */
export const maxLength = 2000;
const maxDepth = 60;

type Token = Span & { kind: 'number' | 'name' | 'sign' | 'end'; text: string };

/** Signs as people type them, and as the parser knows them. */
const signs: Record<string, string> = {
  '＋': '+',
  '−': '-',
  '－': '-',
  '×': '*',
  '÷': '/',
  '／': '/',
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '≥': '>=',
  '≤': '<=',
  '≠': '<>',
  '＞': '>',
  '＜': '<',
  '＝': '=',
};
/** The Chinese name of each function and connective; the English one is its identifier. */
export const spokenNames: Record<string, FunctionName | 'and' | 'or' | 'not'> = {
  最小: 'min',
  最大: 'max',
  绝对值: 'abs',
  四舍五入: 'round',
  如果: 'if',
  缺则: 'coalesce',
  合计: 'sum',
  个数: 'count',
  上期: 'previous',
  去年同期: 'lastYear',
  且: 'and',
  或: 'or',
  非: 'not',
};

const shape = /(\d+(?:\.\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(>=|<=|<>|[-+*/(),<>=＋−－×÷／（），、≥≤≠＞＜＝])|(\s+)/uy;

function tokensOf(text: string): Token[] {
  if (text.length > maxLength)
    throw new FormulaFault(
      { zh: `公式超过 ${maxLength} 个字符`, en: `The formula has more than ${maxLength} characters` },
      { from: maxLength, to: text.length },
    );
  const tokens: Token[] = [];
  shape.lastIndex = 0;
  while (shape.lastIndex < text.length) {
    const from = shape.lastIndex;
    const found = shape.exec(text);
    if (!found)
      throw new FormulaFault(
        { zh: `不认识“${[...text.slice(from)][0]}”`, en: `“${[...text.slice(from)][0]}” is not understood` },
        { from, to: from + 1 },
      );
    const [whole, number, name, sign] = found;
    const span = { from, to: from + whole.length };
    if (number !== undefined) tokens.push({ kind: 'number', text: number, ...span });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, ...span });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: signs[sign] ?? sign, ...span });
  }
  tokens.push({ kind: 'end', text: '', from: text.length, to: text.length });
  return tokens;
}

const isFunction = (name: string): name is FunctionName => (functionNames as readonly string[]).includes(name);
const known = (token: Token): string => (token.kind === 'name' ? (spokenNames[token.text] ?? token.text) : token.text);

/**
 * Reads a formula, in Chinese or English words, with the signs of either. Binding, loosest first: 或 or, 且 and, 非 not,
 * comparisons (not chained), + −, × ÷, unary −. @throws FormulaFault with the place
 */
export function parseFormula(text: string): Node {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  const peek = () => tokens[at]!;
  const next = () => tokens[at++]!;
  const fault = (zh: string, en: string, span: Span = peek()) => new FormulaFault({ zh, en }, span);
  const expect = (sign: string) => {
    if (peek().text !== sign || peek().kind !== 'sign')
      throw peek().kind === 'end'
        ? fault(`公式没有写完，缺少“${sign}”`, `The formula ends early: “${sign}” is missing`)
        : fault(`这里应为“${sign}”`, `“${sign}” is expected here`);
    next();
  };

  const leftToRight = (inner: () => Node, operators: readonly string[]): Node => {
    let left = inner();
    while (operators.includes(known(peek())) && peek().kind !== 'end') {
      const operator = known(next()) as Operator;
      const right = inner();
      left = { kind: 'binary', operator, left, right, from: left.from, to: right.to };
    }
    return left;
  };

  const any = (): Node => {
    if (++depth > maxDepth) throw fault('公式嵌套太深', 'The formula is nested too deeply');
    const node = leftToRight(all, ['or']);
    depth--;
    return node;
  };
  const all = (): Node => leftToRight(denied, ['and']);
  const denied = (): Node => {
    if (known(peek()) !== 'not') return compared();
    const { from } = next();
    if (++depth > maxDepth) throw fault('公式嵌套太深', 'The formula is nested too deeply');
    const inner = denied();
    depth--;
    return { kind: 'not', inner, from, to: inner.to };
  };
  const compared = (): Node => {
    const left = added();
    if (!['>', '>=', '<', '<=', '=', '<>'].includes(peek().text) || peek().kind !== 'sign') return left;
    const operator = next().text as Operator;
    const right = added();
    return { kind: 'binary', operator, left, right, from: left.from, to: right.to };
  };
  const added = (): Node => leftToRight(multiplied, ['+', '-']);
  const multiplied = (): Node => leftToRight(signed, ['*', '/']);
  const signed = (): Node => {
    if (peek().text !== '-' || peek().kind !== 'sign') return primary();
    const { from } = next();
    if (++depth > maxDepth) throw fault('公式嵌套太深', 'The formula is nested too deeply');
    const inner = signed();
    depth--;
    return { kind: 'negative', inner, from, to: inner.to };
  };
  const primary = (): Node => {
    const token = next();
    const { from, to } = token;
    if (token.kind === 'number') return { kind: 'number', text: token.text, from, to };
    if (token.kind === 'sign' && token.text === '(') {
      const inner = any();
      expect(')');
      return inner;
    }
    if (token.kind === 'name') {
      const name = known(token);
      if (isFunction(name)) return call(name, from);
      if (name === 'and' || name === 'or')
        throw fault(`“${token.text}”前面缺少内容`, `Something is missing before “${token.text}”`, token);
      if (peek().text === '(' && peek().kind === 'sign')
        throw fault(
          `没有函数“${token.text}”，可用：${Object.keys(spokenNames).slice(0, 10).join('、')}`,
          `There is no function “${token.text}”; there are: ${functionNames.join(', ')}`,
          token,
        );
      return { kind: 'name', name: token.text, from, to };
    }
    throw token.kind === 'end'
      ? fault('公式没有写完', 'The formula ends early', token)
      : fault(`这里不应有“${token.text}”`, `“${token.text}” is not expected here`, token);
  };
  const call = (name: FunctionName, from: number): Node => {
    expect('(');
    const args: Node[] = [];
    if (peek().text !== ')') {
      args.push(any());
      while (peek().kind === 'sign' && peek().text === ',') {
        next();
        args.push(any());
      }
    }
    const { to } = peek();
    expect(')');
    return { kind: 'call', name, args, from, to };
  };

  const node = any();
  if (peek().kind !== 'end') throw fault(`这里不应有“${peek().text}”`, `“${peek().text}” is not expected here`);
  return node;
}

/** Every name a formula refers to, each once, in the order of the text. */
export function namesIn(node: Node): string[] {
  const found = new Set<string>();
  const walk = (n: Node): void => {
    if (n.kind === 'name') found.add(n.name);
    else if (n.kind === 'not' || n.kind === 'negative') walk(n.inner);
    else if (n.kind === 'binary') {
      walk(n.left);
      walk(n.right);
    } else if (n.kind === 'call') n.args.forEach(walk);
  };
  walk(node);
  return [...found];
}
