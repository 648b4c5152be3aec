import type { Claim } from './claims.ts';
import { type Context, indexIn, listOf, nearestIn } from './context.ts';
import type { Figure } from './figures.ts';
import { minus, over, type Range, rangeOf, scaled } from './range.ts';
import type { Check } from './shapes.ts';
import { decide, figureText, undecided } from './verdict.ts';

const base = ({ value, scale }: Figure) => value.times(scale);

/** 同比增长: what is more than a year ago ÷ what was a year ago, from the increase or from last year's amount. */
export function checkGrowth(context: Context): Check[] {
  const checks: Check[] = [];
  for (const attribute of ['growth', 'decline'] as const)
    for (const claim of listOf(context, attribute)) checks.push(growthOf(claim, attribute === 'growth' ? 1 : -1));
  return checks;
}

function growthOf(claim: Claim, sign: 1 | -1): Check {
  const { figure, group } = claim;
  const done = near(claim, ['done', 'doneMonth', 'count', 'other']);
  const change = near(claim, [sign > 0 ? 'increase' : 'decrease']);
  const last = near(claim, ['lastYear']);
  const made =
    change && done && change.figure.kind === done.figure.kind
      ? byChange(done.figure, change.figure, sign)
      : last && done && last.figure.kind === done.figure.kind
        ? byLast(done.figure, last.figure, sign)
        : undefined;
  if (!made || done!.attribute === 'other' || (done!.attribute === 'count' && group.claims.length > 6))
    return undecided('growth', figure, { zh: '文中没有写上年同期数', en: 'last year’s figure is not written' });
  return decide({ kind: 'growth', figure, ...made });
}

/** Of the same sentence and group: before the figure, or right behind it. */
function near(claim: Claim, attributes: readonly Claim['attribute'][]): Claim | undefined {
  const before = attributes
    .map((attribute) => nearestIn(claim.group, attribute, claim.figure))
    .filter((c) => c !== undefined && c.sentence === claim.sentence)
    .sort((a, b) => b!.figure.start - a!.figure.start)[0];
  if (before || attributes[0] === 'done') return before;
  const at = indexIn(claim.group, claim.figure);
  return claim.group.claims
    .slice(at + 1, at + 3)
    .find((c) => attributes.includes(c.attribute) && c.sentence === claim.sentence);
}

function byChange(done: Figure, change: Figure, sign: 1 | -1) {
  const was = base(done).minus(base(change).times(sign));
  const wasRange: Range =
    sign > 0
      ? minus(rangeOf(done), rangeOf(change))
      : { lo: rangeOf(done).lo.plus(rangeOf(change).lo), hi: rangeOf(done).hi.plus(rangeOf(change).hi) };
  const range = over(rangeOf(change), wasRange);
  if (!range || was.lessThanOrEqualTo(0)) return undefined;
  return {
    computed: base(change).div(was).times(100),
    range: scaled(range, 100),
    from: [change, done],
    zh: `${figureText(change)} ÷ (${figureText(done)} ${sign > 0 ? '−' : '+'} ${figureText(change)})`,
  };
}

function byLast(done: Figure, last: Figure, sign: 1 | -1) {
  const range = over(rangeOf(done), rangeOf(last));
  if (!range || base(last).isZero()) return undefined;
  const growth = { lo: range.lo.minus(1), hi: range.hi.minus(1) };
  const signed = sign > 0 ? growth : { lo: growth.hi.negated(), hi: growth.lo.negated() };
  return {
    computed: base(done).div(base(last)).minus(1).times(sign).times(100),
    range: scaled(signed, 100),
    from: [done, last],
    zh: sign > 0 ? `${figureText(done)} ÷ ${figureText(last)} − 1` : `1 − ${figureText(done)} ÷ ${figureText(last)}`,
  };
}
