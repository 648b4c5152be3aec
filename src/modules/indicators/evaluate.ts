import { compare, multiply, type Ratio, ratio, ratioOf, subtract } from '#core/shared/rate.ts';
import type { Node } from './formula.ts';

/** Why there is no number: shown as “—” with these words, never as 0. */
export type Missing = { missing: 'zeroDenominator' | 'missing' | 'noMembers'; name: string | null };
export type Value = { ratio: Ratio } | { flag: boolean } | Missing;
export const isMissing = (value: Value): value is Missing => 'missing' in value;

/** What one project brings: its measures by name. A number, a yes or no, or null for what nobody recorded. */
export type Member = (name: string) => number | boolean | null;

export interface Group {
  members: readonly Member[];
  /** The value of another indicator for the same group. */
  indicator: (name: string) => Value;
  /** The same group one period, or one year, earlier; null when there is nothing from then. */
  earlier: (which: 'previous' | 'lastYear') => Group | null;
}

const absent = (missing: Missing['missing'], name: string | null = null): Missing => ({ missing, name });
const of = (r: Ratio): Value => ({ ratio: r });
const zero = ratio(0, 1);
const add = (a: Ratio, b: Ratio): Ratio => subtract(a, multiply(b, ratio(-1, 1)));
const divide = (a: Ratio, b: Ratio): Ratio => multiply(a, ratio(b.d, b.n));

/** Half away from zero, as 四舍五入 is taught: 2.5 → 3, −2.5 → −3. */
function rounded(r: Ratio, decimals: number): Ratio {
  const scale = 10n ** BigInt(decimals);
  const n = r.n * scale;
  const sign = n < 0n ? -1n : 1n;
  const twice = (2n * n * sign + r.d) / (2n * r.d);
  return ratio(sign * twice, scale);
}

/**
 * The value of a formula for a group, exact. What is missing stays missing and says where: a sum over members of whom none
 * has the figure, a denominator of zero. A sum skips members without the figure, as a total of what is known; who needs all
 * of them counts them beside it. Ratios of a larger group come from its own sums, never from the ratios of its parts.
 */
export function evaluate(node: Node, group: Group): Value {
  return evaluateIn(node, group, null);
}

function evaluateIn(node: Node, group: Group, member: Member | null): Value {
  const value = (n: Node) => evaluateIn(n, group, member);
  switch (node.kind) {
    case 'number':
      return of(ratioOf(node.text));
    case 'name': {
      if (!member) return group.indicator(node.name);
      const read = member(node.name);
      if (read === null) return absent('missing', node.name);
      if (typeof read === 'boolean') return { flag: read };
      // Whole yuan and pieces, in lowest terms as they are: no decimal text need be read.
      return of(Number.isSafeInteger(read) ? { n: BigInt(read), d: 1n } : ratioOf(read));
    }
    case 'negative': {
      const inner = value(node.inner);
      return 'ratio' in inner ? of(subtract(zero, inner.ratio)) : inner;
    }
    case 'not': {
      const inner = value(node.inner);
      return 'flag' in inner ? { flag: !inner.flag } : inner;
    }
    case 'binary':
      return binary(node, value);
    case 'call':
      return call(node, group, member, value);
  }
}

function binary(node: Node & { kind: 'binary' }, value: (n: Node) => Value): Value {
  const left = value(node.left);
  // “and” and “or” know their answer sometimes from one side: what is missing on the other does no harm then.
  if (node.operator === 'and' || node.operator === 'or') {
    const decisive = node.operator === 'or';
    if ('flag' in left && left.flag === decisive) return left;
    const right = value(node.right);
    if ('flag' in right && right.flag === decisive) return right;
    return isMissing(left) ? left : right;
  }
  if (isMissing(left)) return left;
  const right = value(node.right);
  if (isMissing(right)) return right;
  if (!('ratio' in left) || !('ratio' in right)) return absent('missing');
  const [a, b] = [left.ratio, right.ratio];
  switch (node.operator) {
    case '+':
      return of(add(a, b));
    case '-':
      return of(subtract(a, b));
    case '*':
      return of(multiply(a, b));
    case '/':
      return b.n === 0n ? absent('zeroDenominator') : of(divide(a, b));
    case '>':
      return { flag: compare(a, b) > 0 };
    case '>=':
      return { flag: compare(a, b) >= 0 };
    case '<':
      return { flag: compare(a, b) < 0 };
    case '<=':
      return { flag: compare(a, b) <= 0 };
    case '=':
      return { flag: compare(a, b) === 0 };
    case '<>':
      return { flag: compare(a, b) !== 0 };
  }
}

function call(node: Node & { kind: 'call' }, group: Group, member: Member | null, value: (n: Node) => Value): Value {
  const [first, second, third] = node.args;
  switch (node.name) {
    case 'min':
    case 'max': {
      const sign = node.name === 'min' ? 1 : -1;
      let best: Value | null = null;
      for (const arg of node.args) {
        const one = value(arg);
        if (!('ratio' in one)) return one;
        if (best === null || sign * compare(one.ratio, (best as { ratio: Ratio }).ratio) < 0) best = one;
      }
      return best!;
    }
    case 'abs': {
      const one = value(first!);
      return 'ratio' in one && one.ratio.n < 0n ? of(subtract(zero, one.ratio)) : one;
    }
    case 'round': {
      const one = value(first!);
      return 'ratio' in one ? of(rounded(one.ratio, Number((second as { text: string }).text))) : one;
    }
    case 'if': {
      const test = value(first!);
      if (isMissing(test)) return test;
      return value('flag' in test && test.flag ? second! : third!);
    }
    case 'coalesce': {
      const one = value(first!);
      return isMissing(one) ? value(second!) : one;
    }
    case 'count':
      return once(node, group, () => of(ratio(counted(first!, group), 1)));
    case 'sum':
      return once(node, group, () => summed(first!, group));
    case 'previous':
    case 'lastYear': {
      const earlier = group.earlier(node.name);
      return earlier ? evaluateIn(first!, earlier, member) : absent('missing');
    }
  }
}

/** A plan of the year stands under many rates: each sum and count over the same members is worked out once. */
const known = new WeakMap<readonly Member[], Map<string, Value>>();
function once(node: Node & { kind: 'call' }, group: Group, work: () => Value): Value {
  const values = known.get(group.members) ?? new Map<string, Value>();
  known.set(group.members, values);
  const key = keyOf(node);
  const found = values.get(key) ?? work();
  values.set(key, found);
  return found;
}
const keys = new WeakMap<Node, string>();
/** What a part says, wherever it stands. */
function keyOf(node: Node): string {
  let key = keys.get(node);
  if (key === undefined) {
    key = JSON.stringify(node, (name, value: unknown) => (name === 'from' || name === 'to' ? undefined : value));
    keys.set(node, key);
  }
  return key;
}

function counted(condition: Node, group: Group): number {
  let count = 0;
  for (const m of group.members) if (flagOf(condition, group, m) === true) count++;
  return count;
}

/** The condition of one project without an object for each part; null where it is not known. Says what `evaluateIn` says. */
function flagOf(node: Node, group: Group, m: Member): boolean | null {
  if (node.kind === 'name') {
    const read = m(node.name);
    return typeof read === 'boolean' ? read : null;
  }
  if (node.kind === 'not') {
    const inner = flagOf(node.inner, group, m);
    return inner === null ? null : !inner;
  }
  if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    const decisive = node.operator === 'or';
    const left = flagOf(node.left, group, m);
    if (left === decisive) return left;
    const right = flagOf(node.right, group, m);
    if (right === decisive) return right;
    return left === null ? null : right;
  }
  const one = evaluateIn(node, group, m);
  return 'flag' in one ? one.flag : null;
}

function summed(inner: Node, group: Group): Value {
  if (group.members.length === 0) return absent('noMembers');
  let total = zero;
  // Whole numbers are added as such while that is exact, and join the fraction before it would not be.
  let whole = 0;
  let count = 0;
  let lacking: Missing | null = null;
  const addWhole = (value: number) => {
    if (!Number.isSafeInteger(whole + value)) {
      total = add(total, { n: BigInt(whole), d: 1n });
      whole = 0;
    }
    whole += value;
    count++;
  };
  for (const m of group.members) {
    const read = inner.kind === 'name' ? m(inner.name) : null;
    if (typeof read === 'number' && Number.isSafeInteger(read)) {
      addWhole(read);
      continue;
    }
    const one = evaluateIn(inner, group, m);
    if ('ratio' in one) {
      total = add(total, one.ratio);
      count++;
    } else if (isMissing(one)) lacking ??= one;
  }
  return count === 0 ? (lacking ?? absent('missing')) : of(add(total, { n: BigInt(whole), d: 1n }));
}
