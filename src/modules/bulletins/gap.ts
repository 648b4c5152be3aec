import type { Decimal } from 'decimal.js';
import { dayOfYear, daysInMonth, daysInYear, makeDay, yearOf } from '#core/shared/day.ts';
import { Exact } from '#core/shared/money.ts';
import type { Claim } from './claims.ts';
import { around, type Context, isSame, listOf, monthsOf, nearestIn } from './context.ts';
import type { Months } from './months.ts';
import { exactly, over, type Range, rangeOf, scaled } from './range.ts';
import { doneBefore, figureIndex, planOf } from './rate.ts';
import type { Check, Span } from './shapes.ts';
import { decide, figureText, undecided } from './verdict.ts';

interface Clock {
  value: Decimal;
  range: Range;
  shown: string;
  from: Span[];
}
interface Rate {
  value: Decimal;
  range: Range;
  shown: string;
  from: Span[];
  isPrinted: boolean;
}

const hundred = new Exact(100);
const phased = /序时计划|分月计划|月度计划|阶段性?目标|目标进度|节点计划|季度目标|进度目标/;

/**
 * 超（欠）时序: the rate less the clock, in percentage points, from unrounded figures where the text gives them. The clock is
 * what the text says, else twelfths or days of the document's own months. A clock in phases that is not printed shows itself when
 * two gaps of one document point to the same share.
 */
export function checkGaps(context: Context): Check[] {
  const claims = [...listOf(context, 'gap'), ...listOf(context, 'lag')].sort((a, b) => a.figure.start - b.figure.start);
  const judged = claims.map((claim) => ({ claim, ...gapOf(context, claim) }));
  const wrong = judged.filter(({ check }) => check.verdict === 'contradicts');
  for (const one of wrong) {
    const { clock, claim } = one;
    const twin =
      clock !== undefined &&
      wrong.some(
        (other) =>
          other.clock?.minus(clock).abs().lessThan(1) === true && !other.claim.figure.value.equals(claim.figure.value),
      );
    if (!twin) continue;
    one.check = {
      ...one.check,
      verdict: 'cannot-judge',
      says: {
        zh: `${figureText(claim.figure)}：按完成率倒推时序为 ${clock.toFixed(1)}%，与按月均分不同，可能是分阶段时序，文中没有写明`,
        en: `${figureText(claim.figure)}: the rate puts the clock at ${clock.toFixed(1)}%, not at even months; it may run in phases, which the text does not say`,
      },
    };
  }
  return judged.map(({ check }) => check);
}

function gapOf(context: Context, claim: Claim): { check: Check; clock?: Decimal } {
  const { figure } = claim;
  const sign = claim.attribute === 'gap' ? 1 : -1;
  const asides = figure.to === null ? asideRates(context, claim) : [];
  const rates = asides.length > 0 ? asides : figure.to === null ? ratesFor(context, claim) : [];
  if (rates.length === 0)
    return {
      check: undecided('gap', figure, {
        zh: '文中没有写对应的完成率',
        en: 'the rate that it is a gap of is not written',
      }),
    };
  const { clocks, isSure } = clocksFor(context, claim);
  if (clocks.length === 0)
    return {
      check: undecided('gap', figure, {
        zh: '文中没有写统计到几月',
        en: 'the month that the figures run to is not written',
      }),
    };
  let first: Check | undefined;
  for (const clock of clocks)
    for (const rate of rates) {
      const [a, b] = sign > 0 ? [rate, clock] : [clock, rate];
      const check = decide({
        kind: 'gap',
        figure: { ...figure, unit: '个百分点' },
        computed: a.value.minus(b.value),
        range: { lo: a.range.lo.minus(b.range.hi), hi: a.range.hi.minus(b.range.lo) },
        from: [...rate.from, ...clock.from],
        zh: sign > 0 ? `${rate.shown} − ${clock.shown}` : `${clock.shown} − ${rate.shown}`,
      });
      first ??= check;
      if (check.verdict === 'agrees' || (check.verdict === 'last-digit' && clock === clocks[0])) return { check };
    }
  const isPhased = phased.test(context.text.clean.slice(Math.max(0, figure.start - 200), figure.end + 60));
  // “超时序进度10%” may mean a tenth more than the clock as well.
  // Behind 其中 the gap is of a part, whose rate may be written nowhere.
  const from = rates[0]!.from[0]?.end ?? figure.start;
  const isOfPart =
    asides.length > 0 || /其中/.test(context.text.clean.slice(Math.min(from, figure.start), figure.start));
  if (isOfPart || !isSure || isPhased || figure.kind === 'rate' || figure.bend !== null)
    return {
      check: undecided(
        'gap',
        figure,
        {
          zh: isOfPart
            ? '文中没有写清是谁的完成率'
            : `按月均分为 ${first!.computed!.toFixed(2)} 个百分点，但文中没有写明时序的算法`,
          en: isOfPart
            ? 'it is not clear whose rate it is a gap of'
            : `with even months it is ${first!.computed!.toFixed(2)}, but the text does not say how its clock runs`,
        },
        first!.spans.slice(1),
      ),
    };
  return { check: first!, clock: rates[0]!.value.minus(figure.value.times(sign)) };
}

/** “新材料项目（20.0%）进度较快，快于序时进度3.3个百分点”: the rate stands in brackets behind its name, in the same sentence. */
function asideRates(context: Context, { figure }: Claim): Rate[] {
  const { figures, text } = context;
  const at = figureIndex(context, figure);
  const near = figures.slice(Math.max(0, at - 12), at).filter((one) => one.end <= figure.start);
  return near
    .filter((one) => one.isAside && one.kind === 'rate' && !/[。；;\n]/.test(text.clean.slice(one.end, figure.start)))
    .slice(-1)
    .map((one) => ({
      value: one.value,
      range: rangeOf(one),
      shown: figureText(one),
      from: [one],
      isPrinted: true,
    }));
}

function ratesFor(context: Context, claim: Claim): Rate[] {
  const { figure, group } = claim;
  const printed =
    nearestIn(group, 'planRate', figure, claim.place) ??
    around(context, 'planRate', claim, 6, 0).findLast(
      (rate) => isSame(rate.group, group) && claim.sentence - rate.sentence <= 3,
    );
  const rates: Rate[] = [];
  if (printed && !printed.figure.bend) {
    const known = context.rates.get(printed);
    const exact = known?.computed != null ? computedRate(context, printed) : undefined;
    const plain: Rate = {
      value: printed.figure.value,
      range: rangeOf(printed.figure),
      shown: figureText(printed.figure),
      from: [printed.figure],
      isPrinted: true,
    };
    // A rate printed finer than the gap is what the writer subtracted from.
    if (exact)
      rates.push(
        ...(printed.figure.decimals > figure.decimals && known?.verdict !== 'contradicts'
          ? [plain, exact]
          : [exact, plain]),
      );
    else rates.push(plain);
    return rates;
  }
  const made = computedRate(context, claim);
  if (made) return [made];
  // A title that tells the gap alone: the rate stands in the text.
  if (context.statements.paragraphs[group.paragraph]?.isTitle)
    for (const rate of listOf(context, 'planRate').slice(0, 3))
      if (rate.group.article === group.article && !rate.figure.bend)
        rates.push({
          value: rate.figure.value,
          range: rangeOf(rate.figure),
          shown: figureText(rate.figure),
          from: [rate.figure],
          isPrinted: true,
        });
  return rates;
}

function computedRate(context: Context, claim: Claim): Rate | undefined {
  const done = doneBefore(claim, ['done']);
  const plan = done && planOf(context, claim, 'plan');
  const range = plan && over(rangeOf(done.figure), rangeOf(plan.figure));
  if (!range) return undefined;
  return {
    value: done.figure.value.times(done.figure.scale).div(plan.figure.value.times(plan.figure.scale)).times(hundred),
    range: scaled(range, 100),
    shown: `${figureText(done.figure)} ÷ ${figureText(plan.figure)}`,
    from: [done.figure, plan.figure],
    isPrinted: false,
  };
}

function clocksFor(context: Context, claim: Claim): { clocks: Clock[]; isSure: boolean } {
  const stated = listOf(context, 'clock').filter(
    (c) => c.group.article === claim.group.article && c.figure.value.lessThanOrEqualTo(100),
  );
  const clocks: Clock[] = stated.slice(0, 6).map(({ figure }) => ({
    value: figure.value,
    range: rangeOf(figure),
    shown: figureText(figure),
    from: [figure],
  }));
  const found = monthsOf(context, claim);
  const { documentDate } = context;
  const months: Months | null =
    found?.months ??
    // The month before that of the document: bulletins tell of months that have ended.
    (documentDate && Number(documentDate.slice(5, 7)) > 1
      ? {
          year: Number(documentDate.slice(0, 4)),
          from: 1,
          to: Number(documentDate.slice(5, 7)) - 1,
          isSingle: false,
          day: 0,
        }
      : null);
  if (months) clocks.push(...evenClocks(months, documentDate));
  const isSure = stated.length > 0 || (found?.isWritten === true && found.months.from === 1);
  return { clocks, isSure };
}

function evenClocks({ to, year, day }: Months, documentDate: string | null): Clock[] {
  const y = year ?? (documentDate ? yearOf(documentDate) : 2021);
  const twelfth = (m: number): Clock => {
    const value = hundred.times(m).div(12);
    return { value, range: exactly(value), shown: `${m}/12`, from: [] };
  };
  const last = day > 0 ? day : daysInMonth(y, to);
  const date = makeDay(y, to, last);
  const clocks = day > 0 && day < daysInMonth(y, to) - 6 ? [twelfth(to), twelfth(to - 1)] : [twelfth(to)];
  if (date) {
    const value = hundred.times(dayOfYear(date)).div(daysInYear(y));
    clocks.push({ value, range: exactly(value), shown: `${dayOfYear(date)}/${daysInYear(y)}`, from: [] });
  }
  return clocks;
}
