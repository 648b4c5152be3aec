import type { Claim } from './claims.ts';
import { around, type Context, claimsBefore, isSame, listOf } from './context.ts';
import type { Figure } from './figures.ts';
import { minus, over, rangeOf, scaled } from './range.ts';
import { figureIndex } from './rate.ts';
import type { Check } from './shapes.ts';
import { decide, figureText, undecided } from './verdict.ts';

const quotient = (part: Figure, whole: Figure, figure: Figure): Check | undefined => {
  const base = whole.value.times(whole.scale);
  const range = over(rangeOf(part), rangeOf(whole));
  if (!range || base.isZero()) return undefined;
  return decide({
    kind: 'share',
    figure,
    computed: part.value.times(part.scale).div(base).times(100),
    range: scaled(range, 100),
    from: [part, whole],
    zh: `${figureText(part)} ÷ ${figureText(whole)}`,
  });
};

/** 占…的: a part ÷ its whole. Which whole is meant often stands sentences before; wrong only when it is the parent of 其中. */
export function checkShares(context: Context): Check[] {
  const checks: Check[] = [];
  for (const claim of listOf(context, 'share')) {
    const check = shareOf(context, claim);
    if (check) checks.push(check);
  }
  for (const claim of listOf(context, 'other')) {
    const check = restOf(claim);
    if (check) checks.push(check);
  }
  return checks;
}

function shareOf(context: Context, claim: Claim): Check | undefined {
  const { figure, group } = claim;
  const part = claimsBefore(group, figure).findLast(
    (c) =>
      c.figure.start < figure.start &&
      c.sentence === claim.sentence &&
      (c.figure.kind === 'count' || c.figure.kind === 'amount'),
  );
  if (!part)
    return figure.bend
      ? undefined
      : undecided('share', figure, { zh: '文中没有写分子', en: 'the part is not written' });
  const parent = wholeOf(context, claim, part);
  const tight = parent && quotient(part.figure, parent.figure, figure);
  if (tight && tight.verdict !== 'contradicts') return tight;
  const wholes = [
    ...around(context, part.attribute, claim, 30, 10).map((c) => c.figure),
    ...context.figures
      .slice(figureIndex(context, figure) - 8, figureIndex(context, figure))
      .filter((f) => f.kind === part.figure.kind),
  ].filter((f) => f !== part.figure);
  const agreeing = wholes
    .flatMap((whole) => quotient(part.figure, whole, figure) ?? [])
    .find((check) => check.verdict === 'agrees');
  if (agreeing) return agreeing;
  const others = claimsBefore(group, figure, 12).filter(
    (c) =>
      c !== part &&
      c.sentence === claim.sentence &&
      c.figure.start < figure.start &&
      c.figure.kind === (part.figure.kind === 'count' ? 'amount' : 'count'),
  );
  const another = others
    .flatMap((other) =>
      around(context, other.attribute, claim, 30, 10).flatMap((whole) =>
        whole === other ? [] : (quotient(other.figure, whole.figure, figure) ?? []),
      ),
    )
    .find((check) => check.verdict === 'agrees');
  if (another) return another;
  const isOfParent =
    /占(?:其|总数|总量|总额|全部|比|比重|全市|全省|全州|全县|全区|项目总数|总投资|总)?(?:项目)?(?:总数|数|的|比重|比例|比|达到?|为)*$/.test(
      claim.left,
    );
  if (tight && isOfParent && !figure.bend && part.clause >= claim.clause - 1) return tight;
  return undecided(
    'share',
    figure,
    { zh: '文中没有写清占的是哪个总数', en: 'which whole it is a share of is not written' },
    [part.figure],
  );
}

/** What 占总数的 speaks of: the parent of 其中, a group of its name; behind 从…来看 and 按…分 the whole before it. */
function wholeOf(context: Context, claim: Claim, part: Claim): Claim | undefined {
  const { parent, leadIn, article, paragraph } = claim.group;
  const isOwn = (c: Claim) =>
    c.attribute === part.attribute && c.figure.unit === part.figure.unit && c.figure.start < part.figure.start;
  if (parent) {
    const own = claimsBefore(parent, part.figure).findLast(isOwn);
    if (own) return own;
    return around(context, part.attribute, claim, 20, 0).findLast((c) => isOwn(c) && isSame(c.group, parent));
  }
  if (!leadIn) return undefined;
  return around(context, part.attribute, claim, 40, 0).findLast(
    (c) =>
      isOwn(c) &&
      !c.group.parent &&
      !c.group.leadIn &&
      c.group.article === article &&
      paragraph - c.group.paragraph <= 4,
  );
}

/** “21个计划新开工项目已开工6个，71.4%的项目计划在下半年开工”: the rest. Told when it agrees; who is meant is not certain enough otherwise. */
function restOf(claim: Claim): Check | undefined {
  if (claim.figure.kind !== 'rate' || !/^的(?:项目|任务|企业)/.test(claim.right)) return undefined;
  const { group, figure } = claim;
  const near = claimsBefore(group, figure, 12);
  const count = near.find((c) => c.attribute === 'count' && c.sentence === claim.sentence);
  const done = near.findLast(
    (c) => c.attribute.startsWith('state:') && c.figure !== count?.figure && c.sentence === claim.sentence,
  );
  if (!count || !done || count.figure.value.isZero()) return undefined;
  const left = count.figure.value.minus(done.figure.value);
  const range = over(minus(rangeOf(count.figure), rangeOf(done.figure)), rangeOf(count.figure));
  if (!range) return undefined;
  const check = decide({
    kind: 'share',
    figure,
    computed: left.div(count.figure.value).times(100),
    range: scaled(range, 100),
    from: [done.figure, count.figure],
    zh: `(${figureText(count.figure)} − ${figureText(done.figure)}) ÷ ${figureText(count.figure)}`,
  });
  return check.verdict === 'contradicts' ? undefined : check;
}
