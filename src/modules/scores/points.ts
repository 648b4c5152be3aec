import { compare, multiply, type Ratio, rank as rankOf, subtract } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { evaluate, type FormulaNode, parseFormula } from '#modules/indicators/contract.ts';
import { brief, divided, exactOf, least, most, plus, sum, unwire, whole, zero } from './exact.ts';
import type { Item, Method, StepSegment } from './scheme.ts';
import { missingWords, showFigure, spell, type UnitFigure } from './spell.ts';

/** The figures of one unit for one item, by the names of its inputs. */
export type Figures = ReadonlyMap<string, UnitFigure>;
export interface Points {
  points: Ratio;
  basis: Words;
}
type Reading = { value: Ratio; said: Words } | { lacking: Words };

const both = (zh: string, en: string): Words => ({ zh, en });
const trees = new Map<string, FormulaNode>();
/** @throws FormulaFault; a scheme is checked when it is saved */
function treeOf(formula: string): FormulaNode {
  const tree = trees.get(formula) ?? parseFormula(formula);
  if (trees.size > 2000) trees.clear();
  trees.set(formula, tree);
  return tree;
}

/** What a formula gives for a unit, with the arithmetic spelled out. */
function read(formula: string, item: Item, figures: Figures): Reading {
  const tree = treeOf(formula);
  const inputOf = (name: string) => item.inputs.find((input) => input.name === name);
  const result = evaluate(tree, {
    members: [],
    indicator: (name) => {
      const figure = figures.get(name);
      return figure && 'n' in figure ? { ratio: unwire(figure) } : { missing: 'missing', name };
    },
    earlier: () => null,
  });
  if (!('ratio' in result)) {
    const name = 'missing' in result ? result.name : null;
    const figure = name === null ? undefined : figures.get(name);
    const why = figure && 'missing' in figure ? figure.missing : 'missing' in result ? result.missing : 'missing';
    const { zh, en } = missingWords[why]!;
    return { lacking: both(`${name ?? spell(tree, 'zh', (n) => n)}：${zh}`, `${name ?? formula}: ${en}`) };
  }
  const shown = (language: 'zh' | 'en') => (name: string) => {
    const input = inputOf(name);
    const figure = figures.get(name);
    return input && figure && 'n' in figure ? showFigure(unwire(figure), input)[language] : name;
  };
  const say = (language: 'zh' | 'en'): string => {
    const numbers = spell(tree, language, shown(language));
    if (tree.kind === 'number') return numbers;
    const names = spell(tree, language, (name) => name);
    if (tree.kind === 'name') return `${names} ${numbers}`;
    return `${names} = ${numbers} = ${brief(result.ratio)}`;
  };
  return { value: result.ratio, said: both(say('zh'), say('en')) };
}

const fen = (r: Ratio): string => brief(r).replace(/^-/, '−');
const signed = (r: Ratio): string => (r.n < 0n ? `−${brief({ n: -r.n, d: r.d })}` : `+${brief(r)}`);

/**
 * The points of one item for every unit of a group, exact. Ranks, averages, minima and maxima are the group's; units without
 * the figure take no part in them. Order of the answer: that of `group`.
 */
export function itemPoints(item: Item, group: readonly Figures[]): Points[] {
  const raw = methodPoints(item.method, item, group);
  const weight = exactOf(item.weight);
  return raw.map((one) => {
    if ('lacking' in one) {
      const isFull = item.missing === 'full';
      const points = isFull ? weight : zero;
      return {
        points,
        basis: isFull
          ? both(`${one.lacking.zh}，按方案计满分 ${fen(weight)} 分`, `${one.lacking.en}: full points, ${fen(weight)}`)
          : both(`${one.lacking.zh}，计 0 分`, `${one.lacking.en}: 0 points`),
      };
    }
    return bounded(one, item);
  });
}

function bounded({ points, basis }: Points, item: Item): Points {
  const cap = item.cap === null ? null : exactOf(item.cap);
  const floor = item.floor === null ? null : exactOf(item.floor);
  if (cap && compare(points, cap) > 0)
    return { points: cap, basis: both(`${basis.zh}，封顶 ${fen(cap)} 分`, `${basis.en}, at most ${fen(cap)}`) };
  if (floor && compare(points, floor) < 0)
    return {
      points: floor,
      basis:
        floor.n === 0n
          ? both(`${basis.zh}，扣完为止，计 0 分`, `${basis.en}, never below 0`)
          : both(`${basis.zh}，最低 ${fen(floor)} 分`, `${basis.en}, at least ${fen(floor)}`),
    };
  return { points, basis };
}

type Raw = Points | { lacking: Words };

function methodPoints(method: Method, item: Item, group: readonly Figures[]): Raw[] {
  const weight = exactOf(item.weight);
  if (method.kind === 'counts') return group.map((figures) => counted(method, item, figures));
  const readings = group.map((figures) => read(method.of, item, figures));
  const values = readings.map((one) => ('value' in one ? one.value : null));
  const known = values.filter((v) => v !== null);
  const each = (points: (value: Ratio, said: Words, at: number) => Raw): Raw[] =>
    readings.map((one, at) => ('value' in one ? points(one.value, one.said, at) : one));

  switch (method.kind) {
    case 'ratio':
      return each((value, said) => {
        const points = multiply(weight, value);
        return {
          points,
          basis: both(
            `${said.zh}；${fen(weight)} × ${brief(value)} = ${fen(points)} 分`,
            `${said.en}; ${fen(weight)} × ${brief(value)} = ${fen(points)}`,
          ),
        };
      });
    case 'formula':
      return each((value, said) => ({ points: value, basis: both(`${said.zh} 分`, `${said.en} points`) }));
    case 'rank': {
      const places = rankOf(values, method.best);
      return each((_, said, at) => {
        const place = places[at]!;
        const found = method.places.find(({ to }) => place <= to);
        const points = found ? exactOf(found.points) : zero;
        return {
          points,
          basis: both(
            `${said.zh}，${known.length} 个单位中排第 ${place} 名，得 ${fen(points)} 分`,
            `${said.en}, rank ${place} of ${known.length}: ${fen(points)} points`,
          ),
        };
      });
    }
    case 'bands': {
      const bands = [...method.bands]
        .map(({ from, points }) => ({ from: exactOf(from), points: exactOf(points) }))
        .sort((a, b) => compare(b.from, a.from));
      return each((value, said) => {
        const band = bands.find(({ from }) => compare(value, from) >= 0);
        const points = band?.points ?? exactOf(method.otherwise);
        return {
          points,
          basis: band
            ? both(
                `${said.zh}，达到 ${brief(band.from)} 档，得 ${fen(points)} 分`,
                `${said.en}, band from ${brief(band.from)}: ${fen(points)} points`,
              )
            : both(
                `${said.zh}，未达最低档，得 ${fen(points)} 分`,
                `${said.en}, below every band: ${fen(points)} points`,
              ),
        };
      });
    }
    case 'efficacy': {
      const [low, high] = [
        known.reduce<Ratio | null>((a, b) => (a ? least(a, b) : b), null),
        known.reduce(greater, null),
      ];
      return each((value, said) => efficacy(method, weight, value, said, low!, high!));
    }
    case 'steps': {
      const average = known.length === 0 ? zero : divided(sum(known), { n: BigInt(known.length), d: 1n });
      return each((value, said, at) => {
        const anchor: Reading =
          method.anchor === null
            ? { value: average, said: both(`全组平均 ${brief(average)}`, `average of the group ${brief(average)}`) }
            : read(method.anchor, item, group[at]!);
        return 'value' in anchor ? stepped(method, value, said, anchor) : anchor;
      });
    }
  }
}
const greater = (a: Ratio | null, b: Ratio): Ratio => (a ? most(a, b) : b);

function efficacy(
  { best, base, span }: Method & { kind: 'efficacy' },
  weight: Ratio,
  value: Ratio,
  said: Words,
  low: Ratio,
  high: Ratio,
): Points {
  const hundred = { n: 100n, d: 1n };
  const isEqual = compare(low, high) === 0;
  const [from, way] = best === 'highest' ? [subtract(value, low), 1] : [subtract(high, value), -1];
  const score = isEqual ? hundred : plus(multiply(divided(from, subtract(high, low)), exactOf(span)), exactOf(base));
  const points = divided(multiply(weight, score), hundred);
  const sum =
    way === 1
      ? `（${brief(value)} − ${brief(low)}）÷（${brief(high)} − ${brief(low)}）× ${span} + ${base}`
      : `（${brief(high)} − ${brief(value)}）÷（${brief(high)} − ${brief(low)}）× ${span} + ${base}`;
  const tail = `${fen(weight)} × ${brief(score)}% = ${fen(points)}`;
  return {
    points,
    basis: isEqual
      ? both(`${said.zh}，全组相同，功效分 100；${tail} 分`, `${said.en}; all equal: efficacy 100; ${tail}`)
      : both(
          `${said.zh}；功效分 ${sum} = ${brief(score)}；${tail} 分`,
          `${said.en}; efficacy ${sum.replace('（', '(').replaceAll('）÷（', ') ÷ (').replace('）', ')')} = ${brief(score)}; ${tail}`,
        ),
  };
}

function stepped(
  { base, counting, segments, most: bound }: Method & { kind: 'steps' },
  value: Ratio,
  said: Words,
  anchor: { value: Ratio; said: Words },
): Points {
  const distance = subtract(value, anchor.value);
  const start = exactOf(base);
  let change = zero;
  const terms: { times: Ratio; points: Ratio }[] = [];
  for (const segment of segments) {
    const times = stepsIn(segment, distance, counting);
    if (times.n === 0n) continue;
    const points = multiply(times, exactOf(segment.points));
    terms.push({ times, points: exactOf(segment.points) });
    change = plus(change, points);
  }
  const limit = bound === null ? null : exactOf(bound);
  const kept = limit === null ? change : most({ n: -limit.n, d: limit.d }, least(limit, change));
  const points = plus(start, kept);
  const isCut = compare(kept, change) !== 0;
  const arithmetic = terms
    .map(
      ({ times, points: p }) =>
        `${p.n < 0n ? ' − ' : ' + '}${brief(times)} × ${brief(p.n < 0n ? { n: -p.n, d: p.d } : p)}`,
    )
    .join('');
  const gap = brief(distance.n < 0n ? { n: -distance.n, d: distance.d } : distance);
  const way = compare(distance, zero);
  const zh = way === 0 ? '持平' : `${way > 0 ? '超' : '欠'} ${gap}`;
  const en = way === 0 ? 'level' : `${gap} ${way > 0 ? 'above' : 'below'}`;
  const cut = isCut
    ? both(
        `（加减分 ${signed(change)}，以 ±${brief(limit!)} 为限）`,
        ` (change ${signed(change)}, at most ±${brief(limit!)})`,
      )
    : both('', '');
  return {
    points,
    basis: both(
      `${said.zh}，比${anchor.said.zh.startsWith('全组') ? '' : '基准 '}${anchor.said.zh} ${zh}；${fen(start)}${arithmetic}${cut.zh} = ${fen(points)} 分`,
      `${said.en}, ${en} against ${anchor.said.en}; ${fen(start)}${arithmetic}${cut.en} = ${fen(points)}`,
    ),
  };
}

/** How many steps of a segment lie between the anchor and the value. */
function stepsIn({ side, from, to, each }: StepSegment, distance: Ratio, counting: 'whole' | 'part'): Ratio {
  const reach = side === 'above' ? distance : { n: -distance.n, d: distance.d };
  const begin = exactOf(from);
  if (compare(reach, begin) <= 0) return zero;
  const end = to === null ? reach : least(reach, exactOf(to));
  const steps = divided(subtract(end, begin), exactOf(each));
  return counting === 'whole' ? whole(steps) : steps;
}

function counted({ base, lines }: Method & { kind: 'counts' }, item: Item, figures: Figures): Raw {
  const start = exactOf(base);
  let points = start;
  const zh: string[] = start.n === 0n ? [] : [fen(start)];
  const en = [...zh];
  for (const { label, of, points: worth, most: limit } of lines) {
    const reading = read(of, item, figures);
    if ('lacking' in reading) return reading;
    const p = exactOf(worth);
    const capped = limit === null ? reading.value : least(reading.value, exactOf(limit));
    points = plus(points, multiply(capped, p));
    if (capped.n === 0n) continue;
    const sign = p.n < 0n ? '− ' : zh.length > 0 ? '+ ' : '';
    const size = brief(p.n < 0n ? { n: -p.n, d: p.d } : p);
    const isCut = compare(capped, reading.value) !== 0;
    const many = brief(reading.value);
    zh.push(`${sign}${label.zh} ${isCut ? `${many} 按 ${brief(capped)} 计` : many} × ${size}`);
    en.push(`${sign}${label.en || label.zh} ${isCut ? `${many} counted as ${brief(capped)}` : many} × ${size}`);
  }
  return {
    points,
    basis: both(
      zh.length === 0 ? '没有计分事项，0 分' : `${zh.join(' ')} = ${fen(points)} 分`,
      en.length === 0 ? 'Nothing that counts: 0 points' : `${en.join(' ')} = ${fen(points)}`,
    ),
  };
}

/** Whether the points, and their basis, tell something of other units of the group. */
export const isRelative = ({ method }: Item): boolean =>
  method.kind === 'rank' || method.kind === 'efficacy' || (method.kind === 'steps' && method.anchor === null);
