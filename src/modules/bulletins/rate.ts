import type { Claim } from './claims.ts';
import { around, type Context, claimsBefore, indexIn, isNobody, isSame, listOf, nearestIn } from './context.ts';
import type { Figure } from './figures.ts';
import type { Attribute } from './measure.ts';
import { over, plus, rangeOf, scaled } from './range.ts';
import type { Check } from './shapes.ts';
import { bestOf, decide, figureText, undecided } from './verdict.ts';

/** 投资完成率: investment of the year ÷ the year's plan, with the plan of the same projects wherever it stands. */
export function checkRates(context: Context): Check[] {
  const checks: Check[] = [];
  for (const attribute of ['planRate', 'totalRate'] as const)
    for (const claim of listOf(context, attribute)) {
      const check = planRateOf(context, claim, attribute === 'planRate' ? 'plan' : 'total');
      if (!check) continue;
      context.rates.set(claim, check);
      checks.push(check);
    }
  checks.push(...ofTargets(context));
  for (const [attribute, claims] of context.byAttribute)
    if (attribute.startsWith('rateOf:'))
      for (const claim of claims) checks.push(...rateOfVerb(context, claim, attribute));
  return checks;
}

const quotient = (part: readonly Figure[], whole: Figure, figure: Figure): Check | undefined => {
  const sum = part.map(rangeOf).reduce(plus);
  const range = over(sum, rangeOf(whole));
  const base = whole.value.times(whole.scale);
  if (!range || base.isZero()) return undefined;
  const value = part.map((p) => p.value.times(p.scale)).reduce((a, b) => a.plus(b));
  const parts = part.length === 1 ? figureText(part[0]!) : `(${part.map(figureText).join(' + ')})`;
  return decide({
    kind: 'rate',
    figure,
    computed: value.div(base).times(100),
    range: scaled(range, 100),
    from: [...part, whole],
    zh: `${parts} ÷ ${figureText(whole)}`,
  });
};

/** What was done, in front of a rate: the last amount of that kind in its group with no other rate between. */
export function doneBefore(claim: Claim, attributes: readonly Attribute[]): Claim | undefined {
  const found = attributes
    .map((attribute) => nearestIn(claim.group, attribute, claim.figure, claim.place))
    .filter((c) => c !== undefined && claim.sentence - c.sentence <= 1)
    .sort((a, b) => b!.figure.start - a!.figure.start)[0];
  if (!found) return undefined;
  const between = claimsBefore(claim.group, claim.figure).some(
    (c) =>
      (c.attribute === 'planRate' || c.attribute === 'totalRate') &&
      c.figure.start > found.figure.start &&
      c.figure.start < claim.figure.start &&
      c.attribute === claim.attribute &&
      c.place === claim.place,
  );
  // Rates told of several groups in a row belong to amounts told in a row, or to nobody that we know.
  const isShared = /分别/.test(rowStart(claim).left) && !/分别/.test(rowStart(found).left);
  return between || isShared ? undefined : found;
}

const rowStart = (claim: Claim): Claim =>
  claim.place === 0 ? claim : (claim.group.claims[indexIn(claim.group, claim.figure) - claim.place] ?? claim);

/** The plan of the same projects: in the group, else the nearest one before it of a group of that name. */
export function planOf(context: Context, claim: Claim, attribute: 'plan' | 'total'): Claim | undefined {
  const own = nearestIn(claim.group, attribute, claim.figure, claim.place);
  const isYear = (plan: Claim) => plan.year === null || claim.year === null || plan.year === claim.year;
  if (own && isYear(own)) return own;
  if (isNobody(claim.group)) return undefined;
  return around(context, attribute, claim, 40, 0).findLast(
    (plan) => isYear(plan) && isSame(plan.group, claim.group) && claim.group.paragraph - plan.group.paragraph <= 6,
  );
}

function planRateOf(context: Context, claim: Claim, base: 'plan' | 'total'): Check | undefined {
  const { figure } = claim;
  const done = doneBefore(claim, base === 'plan' ? ['done'] : ['doneAll', 'done']);
  if (!done) {
    // “已完成年度计划的50.4%，完成投资206.7亿元”: told only when it agrees.
    const behind = claim.group.claims[indexIn(claim.group, figure) + 1];
    const plan =
      behind?.attribute === 'done' && behind.clause === claim.clause + 1 ? planOf(context, claim, base) : undefined;
    const after = plan && quotient([behind!.figure], plan.figure, figure);
    if (after && after.verdict !== 'contradicts') return after;
    if (figure.bend) return undefined;
    return undecided('rate', figure, { zh: '文中没有写对应的完成额', en: 'the amount done is not written' });
  }
  const tight = planOf(context, claim, base);
  const own = tight && quotient([done.figure], tight.figure, figure);
  // A rate of one month stands beside the amount of that month.
  const isOneMonth = done.months?.isSingle === true && /当月|本月/.test(claim.left);
  if (own && !isOneMonth && own.verdict !== 'contradicts') return own;
  const others = [
    ...around(context, base, claim).map((plan) => plan.figure),
    ...context.figures
      .slice(figureIndex(context, done.figure) - 8, figureIndex(context, done.figure) + 8)
      .filter((f) => f.kind === 'amount' && f !== done.figure),
  ].flatMap((plan) => quotient([done.figure], plan, figure) ?? []);
  const agreeing = others.find((check) => check.verdict === 'agrees' && (figure.decimals > 0 || tight === undefined));
  if (agreeing && (own || figure.decimals > 0)) return agreeing;
  if (own && !isOneMonth && !figure.bend) return withSlip(own, done.figure, tight.figure, figure);
  return undecided(
    'rate',
    figure,
    { zh: '文中没有写同一范围的年度计划投资', en: 'the year’s plan of the same projects is not written' },
    [done.figure],
  );
}

export function figureIndex({ figures }: Context, figure: Figure): number {
  let [low, high] = [0, figures.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (figures[middle]!.start < figure.start) low = middle + 1;
    else high = middle;
  }
  return Math.max(8, low);
}

/** 亿 written for 万, or the other way round: the one unit under which the numbers agree. */
function withSlip(check: Check, part: Figure, whole: Figure, figure: Figure): Check {
  if (check.verdict !== 'contradicts' || part.kind !== 'amount') return check;
  for (const [name, factor] of [
    ['万', '1e-4'],
    ['亿', '1e4'],
  ] as const) {
    const moved = { ...part, scale: part.scale.times(factor) };
    if (quotient([moved], whole, figure)?.verdict !== 'agrees') continue;
    return {
      ...check,
      detail: 'unit',
      says: {
        zh: `${check.says.zh}；${figureText(part)} 的单位可能应为“${name}”，按此计算则一致`,
        en: `${check.says.en}; with ${figureText(part)} in ${name} they would agree`,
      },
    };
  }
  return check;
}

/** 开工率, 竣工率, 办结率 …: how many of how many; which of the four 开工率 is meant, only the numbers tell. */
function rateOfVerb(context: Context, claim: Claim, attribute: Attribute): Check[] {
  const { figure, group } = claim;
  const verb = attribute.slice('rateOf:'.length);
  const state: Attribute = `state:${verb}`;
  const part = nearestIn(group, state, figure);
  const inSentence = part && claim.sentence - part.sentence <= 1 ? part : undefined;
  const count = nearestIn(group, 'count', inSentence?.figure ?? figure);
  const tight =
    inSentence && count && inSentence.sentence === claim.sentence && count.sentence >= claim.sentence - 1
      ? quotient([inSentence.figure], count.figure, figure)
      : undefined;
  if (tight && tight.verdict !== 'contradicts') return [tight];
  const early = around(context, 'state:提前开工', claim, 5, 2);
  const parts = [
    ...around(context, state, claim, 6, 2).map((c) => [c.figure]),
    // “履约项目244个”
    ...around(context, 'count', claim, 8, 0)
      .filter((c) => new RegExp(`^(?:已)?${verb}(?:项目)?$`).test(c.group.subject.words))
      .map((c) => [c.figure]),
    ...(verb === '开工'
      ? around(context, state, claim, 6, 2).flatMap((c) => early.map((e) => [c.figure, e.figure]))
      : []),
  ];
  const wholes = [
    ...around(context, 'count', claim, 12, 3).map((c) => c.figure),
    ...around(context, `state:应${verb}`, claim, 4, 2).map((c) => c.figure),
    // Also what stands in brackets: “100个项目（其中计划新开工60个）”.
    ...context.figures
      .slice(figureIndex(context, figure) - 8, figureIndex(context, figure))
      .filter((f) => f.kind === 'count' && f.isAside),
  ];
  const others = parts.flatMap((p) =>
    wholes.filter((w) => !p.includes(w)).flatMap((w) => quotient(p, w, figure) ?? []),
  );
  const agreeing =
    others.find((check) => check.verdict === 'agrees') ??
    (tight ? undefined : bestOf(others.filter((check) => check.verdict === 'last-digit' && figure.decimals > 0)));
  if (agreeing) return [agreeing];
  if (tight && !figure.bend && isPlain(claim, inSentence!) && isItsWhole(verb, inSentence!, count!)) return [tight];
  // One number of what was planned and one of what has begun in the whole article: no way to read them gives this rate.
  const only = verb === '开工' && figure.bend === null ? theOnlyOnes(context, claim) : undefined;
  const wrong = only && quotient([only.begun.figure], only.planned.figure, figure);
  if (wrong?.verdict === 'contradicts' && others.every((check) => check.verdict === 'contradicts')) return [wrong];
  return [
    undecided('rate', figure, {
      zh: '文中没有写清分子和分母',
      en: 'it is not written which number it is a part of which',
    }),
  ];
}

function theOnlyOnes(context: Context, claim: Claim): { begun: Claim; planned: Claim } | undefined {
  if (claim.group.subject.key !== '新开工' || !claim.group.isNamed) return undefined;
  const { article } = claim.group;
  const begun = listOf(context, 'state:开工')
    .slice(0, 50)
    .filter((c) => c.group.article === article);
  const planned = listOf(context, 'count')
    .slice(0, 400)
    .filter((c) => c.group.article === article && c.group.subject.key === '新开工');
  const isOne = (list: readonly Claim[]) =>
    list.length > 0 && list.every((c) => c.figure.value.equals(list[0]!.figure.value));
  return isOne(begun) && isOne(planned) ? { begun: begun[0]!, planned: planned[0]! } : undefined;
}

/**
 * Whether the count is certainly what the rate is of. 竣工率 is of what was to be finished and hardly ever of all; 开工率 of all
 * only where one sentence says how many of them have begun.
 */
function isItsWhole(verb: string, part: Claim, count: Claim): boolean {
  const { key, words } = count.group.subject;
  if (/竣工|投产|入统|入库|达标/.test(verb)) return new RegExp(`${verb}|竣工|投产`).test(key + words);
  if (verb === '开工' && /新开工/.test(key)) return true;
  return count.sentence === part.sentence && part.clause - count.clause <= 1;
}

/** Nothing between the two numbers and the rate that could bring in another base. */
const isPlain = (claim: Claim, part: Claim): boolean =>
  claim.figure.start - part.figure.end <= 24 && !/应|按期|同比|平均|综合/.test(claim.left);

/** “完成年度目标任务589亿元的37.22%”, “完成全年80亿元目标任务的125.64%”: the whole stands right before its rate. */
function ofTargets({ statements: { claims } }: Context): Check[] {
  const checks: Check[] = [];
  for (let i = 2; i < claims.length; i += 1) {
    const [part, whole, rate] = [claims[i - 2]!, claims[i - 1]!, claims[i]!];
    if (rate.figure.kind !== 'rate' || whole.clause !== rate.clause || part.sentence !== rate.sentence) continue;
    const isOf =
      (rate.left === '的' && /(?:目标|任务|计划|预算)(?:任务|数|额|总数|投资)?(?:的)?$/.test(whole.left)) ||
      (/^(?:的)?(?:年度|全年)?(?:目标|任务|计划|预算)(?:任务|数|额|投资)?的$/.test(rate.left) &&
        /(?:完成|占|为|达到?)(?:了)?(?:全年|年度|今年)?(?:的)?$/.test(whole.left));
    if (!isOf || part.figure.kind !== whole.figure.kind || part.group.parent !== rate.group.parent) continue;
    if (whole.figure.kind === 'count' && part.figure.unit !== whole.figure.unit) continue;
    if (rate.figure.bend || part.figure.bend || part.place > 0) continue;
    const check = quotient([part.figure], whole.figure, rate.figure);
    if (check) checks.push(withSlip(check, part.figure, whole.figure, rate.figure));
  }
  return checks;
}
