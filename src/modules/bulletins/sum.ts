// Long because what makes a list of parts a list (其中, 按…统计, a row of clauses) and what may be missing from it are one question.
import type { Decimal } from 'decimal.js';
import type { Claim, Group } from './claims.ts';
import { type Context, claimsBefore, isSame, listOf } from './context.ts';
import type { Figure } from './figures.ts';
import type { Attribute } from './measure.ts';
import { plus, type Range, rangeOf, scaled } from './range.ts';
import type { Check } from './shapes.ts';
import { areDisjoint } from './subject.ts';
import { decide, figureText } from './verdict.ts';

/** Parts that stand side by side, and what they may be the parts of. */
interface Series {
  groups: Group[];
  /** What stands before 其中. */
  parent: Group | null;
  isWhole: boolean;
  lead: string | null;
  /** The same list without what may not belong to it. */
  shorter?: Series;
}

const added = [
  'count',
  'plan',
  'total',
  'done',
  'doneMonth',
  'doneAll',
  'state:开工',
  'state:开复工',
  'state:竣工',
  'state:投产',
  'state:整改',
  'state:办结',
  'state:销号',
] as const;
const most = 40;

/** 合计: parts against totals in running text. */
export function checkSums(context: Context): Check[] {
  const checks: Check[] = [];
  const used = new Set<string>();
  for (const series of seriesOf(context)) {
    // Of two lengths of a list the one that adds up is meant; the shorter when neither does.
    const lengths = series.shorter ? [series, series.shorter] : [series];
    const chosen =
      lengths.find((one) => judgedOf(context, one).some(({ check }) => check.verdict === 'agrees')) ?? lengths.at(-1)!;
    checks.push(...sumsOf(context, chosen, used));
  }
  checks.push(...begunOf(context), ...dueOf(context));
  return checks;
}

function seriesOf({ statements }: Context): Series[] {
  const found: Series[] = [];
  for (const paragraph of statements.paragraphs) {
    const { groups } = paragraph;
    const byParent = new Map<Group, Group[]>();
    for (const group of groups)
      if (group.parent) byParent.set(group.parent, [...(byParent.get(group.parent) ?? []).slice(-most), group]);
    for (const [parent, list] of byParent) {
      for (const sentence of new Set(list.map((g) => g.sentence))) {
        const own = list.filter((g) => g.sentence === sentence);
        if (own.length >= 2) found.push({ groups: own, parent, isWhole: false, lead: null });
      }
    }
    const outer = groups.filter((g) => !g.parent && g.isNamed);
    for (let i = 0; i < outer.length; ) {
      const first = outer[i]!;
      let j = i + 1;
      while (
        j < outer.length &&
        outer[j]!.sentence === first.sentence &&
        outer[j]!.leadIn === first.leadIn &&
        j - i < 400
      )
        j += 1;
      let own = outer.slice(i, j);
      if (first.leadIn) own = own.filter((g) => g.leadIn === first.leadIn);
      const series = (list: Group[]): Series => ({
        groups: list,
        parent: null,
        isWhole: first.leadIn?.isWhole ?? false,
        lead: first.leadIn?.words ?? null,
      });
      if (first.leadIn !== null || own.length >= 2) {
        // The list may go on in the next sentence: “…；社会事业项目10个，…。民生实事项目1个，…。”
        const more: Group[] = [];
        for (let k = j; k < outer.length && !outer[k]!.leadIn && isAlike(first, outer[k]!) && k - j < 20; k += 1)
          more.push(outer[k]!);
        const short = own.length >= 2 ? series(own) : undefined;
        if (more.length > 0) found.push({ ...series([...own, ...more]), ...(short && { shorter: short }) });
        else if (short) found.push(short);
      }
      i = j;
    }
    // Sentences of one shape, one class each.
    const alike = outer.filter((g) => !g.leadIn && outer[0] && isAlike(outer[0], g));
    if (alike.length >= 2 && new Set(alike.map((g) => g.sentence)).size > 1)
      found.push({ groups: alike.slice(0, most), parent: null, isWhole: false, lead: null });
  }
  return found;
}

const attributesOf = (group: Group): Set<Attribute> => new Set(group.claims.slice(0, 12).map((c) => c.attribute));
function isAlike(a: Group, b: Group): boolean {
  const [x, y] = [attributesOf(a), attributesOf(b)];
  return ['count', 'plan', 'done'].filter((one) => x.has(one as Attribute) && y.has(one as Attribute)).length >= 2;
}

function rowBehind({ claims }: Group, first: Claim): Claim[] {
  const at = claims.indexOf(first);
  const row: Claim[] = [];
  for (let i = at + 1; claims[i]?.attribute === first.attribute && claims[i]!.place === i - at; i += 1)
    row.push(claims[i]!);
  return row;
}

const claimOf = (group: Group, attribute: Attribute): Claim | undefined =>
  group.claims.find((c) => c.attribute === attribute);

interface Parts {
  attribute: Attribute;
  claims: Claim[];
  missing: Group[];
  value: Decimal;
  range: Range;
}

function partsOf(series: Series, attribute: Attribute): Parts | undefined {
  const pairs = series.groups.map((group) => ({ group, claim: claimOf(group, attribute) }));
  // A row (分别完成1亿元、2亿元) counts with all its numbers.
  const claims = pairs.flatMap(({ claim, group }) => (claim ? [claim, ...rowBehind(group, claim)] : []));
  if (claims.length < 2 || claims.some((c) => c.figure.to !== null)) return undefined;
  const kinds = new Set(claims.map((c) => (c.figure.kind === 'count' ? c.figure.unit : 'amount')));
  if (kinds.size > 1) return undefined;
  return {
    attribute,
    claims,
    missing: pairs.filter((p) => !p.claim).map((p) => p.group),
    ...added1(claims.map((c) => c.figure)),
  };
}

const added1 = (figures: readonly Figure[]) => ({
  value: figures.map((f) => f.value.times(f.scale)).reduce((a, b) => a.plus(b)),
  range: figures.map(rangeOf).reduce(plus),
});

interface JudgedSum {
  parts: Parts;
  total: Claim;
  check: Check;
  isTight: boolean;
  isCertain?: boolean;
}

function judgedOf(context: Context, series: Series): JudgedSum[] {
  const judged: JudgedSum[] = [];
  for (const attribute of added) {
    const parts = partsOf(series, attribute);
    if (!parts) continue;
    const totals = totalsOf(context, series, parts);
    let best: Omit<JudgedSum, 'parts'> | undefined;
    for (const { total, isTight } of totals) {
      const check = sumCheck(
        total.figure,
        parts.claims.map((c) => c.figure),
        parts,
      );
      if (check.verdict === 'agrees' || (check.verdict === 'last-digit' && isTight)) {
        // The whole told elsewhere by the same name fits, so the one that stands here is the one that is wrong.
        const isMistold =
          best?.isTight === true &&
          best.total.group.isNamed &&
          total.group.isNamed &&
          isSame(best.total.group, total.group);
        best = isMistold ? { ...best!, isCertain: true } : { total, check, isTight };
        break;
      }
      if (isTight) best ??= { total, check, isTight };
    }
    if (best) judged.push({ parts, ...best });
  }
  return [...judged, ...ofWhole(series, judged)];
}

/** A whole that one number has shown to be the whole of these parts (“三市…63个项目…共完成230亿元”): its other numbers too. */
function ofWhole(series: Series, judged: readonly JudgedSum[]): JudgedSum[] {
  const shown = judged.find(
    ({ check, parts, total, isTight }) =>
      check.verdict === 'agrees' &&
      !isTight &&
      parts.missing.length === 0 &&
      total.group.isNamed &&
      total.figure.value.toFixed().replace(/^0\.|\./, '').length >= 3,
  );
  if (!shown) return [];
  return added.flatMap((attribute) => {
    const parts = judged.some((one) => one.parts.attribute === attribute) ? undefined : partsOf(series, attribute);
    const total = parts?.missing.length === 0 ? claimOf(shown.total.group, attribute) : undefined;
    if (!parts || !total || total.figure.unit !== parts.claims[0]!.figure.unit || total.place > 0) return [];
    const figures = parts.claims.map((c) => c.figure);
    return [{ parts, total, isTight: true, check: sumCheck(total.figure, figures, parts) }];
  });
}

/** All parts have the number, or those that have not are only being prepared: nothing was done there yet. */
const isComplete = ({ missing, attribute }: Parts): boolean =>
  missing.length === 0 || (attribute === 'done' && missing.every((group) => group.subject.key === '前期'));

function sumsOf(context: Context, series: Series, used: Set<string>): Check[] {
  const checks: Check[] = [];
  const judged = judgedOf(context, series);
  // Classes whose numbers or amounts add up to the whole are all its classes: what does not add up then is wrong.
  const isProven = judged.some(
    ({ check, parts }) => (check.verdict === 'agrees' || check.verdict === 'last-digit') && isComplete(parts),
  );
  for (const { parts, total, check, isTight, isCertain = false } of judged) {
    const key = `${total.figure.start}:${parts.claims.map((c) => c.figure.start).join(',')}`;
    if (used.has(key)) continue;
    used.add(key);
    const result =
      check.verdict === 'contradicts'
        ? whenWrong(context, series, parts, total, check, isProven || isCertain, isTight)
        : check;
    if (result) checks.push(result);
  }
  if (isProven || judged.length > 0) checks.push(...nestedOf(context, series, used, isProven));
  return checks;
}

function sumCheck(total: Figure, parts: readonly Figure[], sum: { value: Decimal; range: Range }): Check {
  return decide({
    kind: 'sum',
    figure: total,
    computed: sum.value.div(total.scale),
    range: scaled(sum.range, total.scale.pow(-1)),
    from: parts.slice(0, 60),
    zh: parts.length > 12 ? `${parts.length} 项合计` : parts.map((p) => p.value.toFixed(p.decimals)).join(' + '),
    isExact: total.kind === 'count' && parts.every((p) => p.bend === null),
  });
}

/** What the parts may add up to: what stands before 其中, or the whole of the document; then anything that fits. */
function totalsOf(
  context: Context,
  series: Series,
  { attribute, claims }: Parts,
): { total: Claim; isTight: boolean }[] {
  const first = claims[0]!;
  const own = new Set(series.groups);
  const fits = (c: Claim) =>
    !own.has(c.group) &&
    c.group.article === first.group.article &&
    (c.figure.kind !== 'count' || c.figure.unit === first.figure.unit) &&
    c.figure.to === null;
  const list = listOf(context, attribute).filter(fits);
  const at = list.findIndex((c) => c.figure.start > first.figure.start);
  const before = at < 0 ? list : list.slice(0, at);
  const tight: Claim[] = [];
  if (series.parent) {
    const mine = claimsBefore(series.parent, first.figure).findLast((c) => c.attribute === attribute);
    if (mine) tight.push(mine);
  } else if (series.lead !== null) {
    const whole = before.findLast(
      (c) => !c.group.parent && !c.group.leadIn && context.statements.paragraphs[c.group.paragraph]?.isTitle !== true,
    );
    if (whole && first.group.paragraph - whole.group.paragraph <= 8) tight.push(whole);
  }
  const loose = [...before.slice(-20).reverse(), ...(at < 0 ? [] : list.slice(at, at + 10))].filter(
    (c) => !tight.includes(c) && !c.figure.bend,
  );
  return [...tight.map((total) => ({ total, isTight: true })), ...loose.map((total) => ({ total, isTight: false }))];
}

const overlapping = /[(（][^)）]{0,12}含|同时|交叉|重复|打捆|打包|兼|既|不含|另有|其余|剩余|此外/;

function whenWrong(
  context: Context,
  series: Series,
  parts: Parts,
  total: Claim,
  check: Check,
  isProven: boolean,
  isTight: boolean,
): Check | undefined {
  const figures = parts.claims.map((c) => c.figure);
  const working = {
    kind: 'sum' as const,
    figure: total.figure,
    computed: parts.value.div(total.figure.scale),
    range: parts.range,
    from: figures,
    zh: figures.map((f) => f.value.toFixed(f.decimals)).join(' + '),
  };
  const whole = total.figure.value.times(total.figure.scale);
  const isLess = parts.value.lessThan(whole);
  if (total.figure.bend !== null || figures.some((f) => f.bend !== null)) return undefined;
  const missing = parts.missing.map((g) => g.subject.words).filter(Boolean);
  const notListed = (names: string[]) =>
    decide(working, {
      verdict: 'part-not-listed',
      note: {
        zh: names.length > 0 ? `${names.slice(0, 5).join('、')} 没有写这一数` : '文中没有说以上就是全部',
        en:
          names.length > 0
            ? `${names.slice(0, 5).join(', ')}: not written`
            : 'the text does not say that these are all',
      },
    });
  const slipped = withSlip(check, figures, total.figure);
  if (slipped.detail === 'unit') return slipped;
  if (isLess && parts.missing.length > 0) return notListed(missing);
  if (!isTight) return undefined;
  const end = figures.at(-1)!.end;
  const passage = context.text.clean.slice(
    Math.max(0, total.figure.start - 40),
    Math.min(end + 40, total.figure.start + 2_000),
  );
  const isOverlapping = overlapping.test(passage);
  // A list that was told of other months than its total.
  if (parts.claims.some((c) => c.months && total.months && c.months.to !== total.months.to)) return undefined;
  const mayBeSubset = someOf(figures, whole);
  if (mayBeSubset) return undefined;
  // 新签约…219个，新落地…159个。其中来自甲地的新签约…58个、来自甲地的新落地…41个: parts of several wholes.
  if (series.parent && isOfSeveral(context, series.parent, parts.claims)) return undefined;
  const keys = parts.claims.map((c) => c.group.subject.key);
  const isSure = (isProven || series.isWhole) && !isOverlapping;
  if (isSure && new Set(keys).size === keys.length) return check;
  if (isLess) return notListed(missing);
  if (!isOverlapping && areDisjoint(keys)) return check;
  // Nobody said that these are parts of it: 一是…205个；二是…175个.
  if (!series.parent) return undefined;
  return decide(working, {
    verdict: 'cannot-judge',
    note: { zh: '分项可能有交叉', en: 'the parts may overlap' },
  });
}

function isOfSeveral({ statements }: Context, parent: Group, claims: readonly Claim[]): boolean {
  const others = statements.paragraphs[parent.paragraph]!.groups.filter(
    (g) => g !== parent && g.id < claims[0]!.group.id && g.isNamed && g.subject.words.length >= 6,
  ).slice(-20);
  return claims.some(({ group }) =>
    others.some(
      (g) => g !== group && group.subject.words !== g.subject.words && group.subject.words.endsWith(g.subject.words),
    ),
  );
}

/** Whether some of the parts alone add up: “120个，其中新开工60个、续建60个、计划竣工40个”. */
function someOf(figures: readonly Figure[], whole: Decimal): boolean {
  if (figures.length < 3 || figures.length > 10) return false;
  const values = figures.map((f) => f.value.times(f.scale));
  for (let mask = 3; mask < 1 << values.length; mask += 1) {
    if ((mask & (mask - 1)) === 0) continue;
    let sum = values[0]!.minus(values[0]!);
    for (let i = 0; i < values.length; i += 1) if (mask & (1 << i)) sum = sum.plus(values[i]!);
    if (sum.equals(whole)) return true;
  }
  return false;
}

const slips = [
  ['万', '1e-4'],
  ['亿', '1e4'],
  ['亿', '1e8'],
] as const;

function withSlip(check: Check, figures: readonly Figure[], total: Figure): Check {
  if (total.kind !== 'amount' || figures.length > 60) return check;
  for (const figure of figures)
    for (const [name, factor] of slips) {
      const moved = figures.map((f) => (f === figure ? { ...f, scale: f.scale.times(factor) } : f));
      if (sumCheck(total, moved, added1(moved)).verdict !== 'agrees') continue;
      const zh = `${check.says.zh}；${figureText(figure)} 的单位可能应为“${name}”，按此计算则一致`;
      return {
        ...check,
        detail: 'unit',
        says: { zh, en: `${check.says.en}; with ${figureText(figure)} in ${name} they would agree` },
      };
    }
  return check;
}

/** “工业项目35个，…其中12个计划新开工项目…；服务业…其中5个…” against the whole's own “其中24个计划新开工项目”. */
function nestedOf(context: Context, series: Series, used: Set<string>, isProven: boolean): Check[] {
  const checks: Check[] = [];
  const own = new Set(series.groups);
  const children = context.statements.groups.filter(
    (g) => g.parent && own.has(g.parent) && g.article === series.groups[0]!.article,
  );
  const keys = [...new Set(children.map((g) => g.subject.key))].filter(
    (key) => children.filter((g) => g.subject.key === key).length >= 2,
  );
  for (const key of keys.slice(0, 4))
    for (const attribute of ['count', 'plan', 'done', 'state:开工'] as const) {
      const claims = children.filter((g) => g.subject.key === key).flatMap((g) => claimOf(g, attribute) ?? []);
      if (claims.length < 2) continue;
      const total = listOf(context, attribute).find(
        (c) =>
          c.group.subject.key === key &&
          !own.has(c.group.parent ?? c.group) &&
          c.group.article === series.groups[0]!.article &&
          c.figure.start < claims[0]!.figure.start &&
          c.figure.unit === claims[0]!.figure.unit,
      );
      if (!total) continue;
      const marker = `${total.figure.start}:${claims.map((c) => c.figure.start).join(',')}`;
      if (used.has(marker)) continue;
      used.add(marker);
      const figures = claims.map((c) => c.figure);
      const sum = added1(figures);
      const check = sumCheck(total.figure, figures, sum);
      if (check.verdict !== 'contradicts') {
        checks.push(check);
        continue;
      }
      const silent = series.groups.filter((g) => !claims.some((c) => c.group.parent === g) && !g.none.includes(key));
      const isLess = sum.value.lessThan(total.figure.value.times(total.figure.scale));
      const names = silent.map((g) => g.subject.words).slice(0, 5);
      if (isLess && (silent.length > 0 || !isProven))
        checks.push(
          decide(
            {
              kind: 'sum',
              figure: total.figure,
              computed: sum.value.div(total.figure.scale),
              range: sum.range,
              from: figures,
              zh: figures.map((f) => f.value.toFixed(f.decimals)).join(' + '),
            },
            {
              verdict: 'part-not-listed',
              note: { zh: `${names.join('、')} 没有写这一数`, en: `${names.join(', ')}: not written` },
            },
          ),
        );
      else if (isProven) checks.push(check);
    }
  return checks;
}

/** 续建全部复工 and 新开已开工 make up what is 开复工. */
function begunOf(context: Context): Check[] {
  const checks: Check[] = [];
  for (const total of listOf(context, 'state:开复工')) {
    const near = context.statements.paragraphs[total.group.paragraph]!.groups;
    const parts = near
      .filter((g) => g.parent === total.group && Math.abs(g.sentence - total.sentence) <= 1)
      .slice(0, 12)
      .flatMap((g) => g.claims.findLast((c) => /^state:(?:开工|复工|开复工)$/.test(c.attribute)) ?? []);
    if (parts.length < 2) continue;
    const figures = parts.map((c) => c.figure);
    const sum = added1(figures);
    const check = sumCheck(total.figure, figures, sum);
    if (check.verdict !== 'contradicts' || /^(?:新开工|续建)+$/.test(parts.map((c) => c.group.subject.key).join('')))
      checks.push(check);
  }
  return checks;
}

/** 应开工 − 已开工 = 应开未开. */
function dueOf(context: Context): Check[] {
  const checks: Check[] = [];
  for (const open of listOf(context, 'state:应开未开')) {
    const groups = [open.group, ...context.statements.paragraphs[open.group.paragraph]!.groups.slice(0, 20)];
    const due =
      groups
        .filter((g) => /应开工/.test(g.subject.words))
        .map((g) => claimOf(g, 'count'))
        .find((c) => c !== undefined) ?? claimOf(open.group, 'state:应开工');
    const begun = claimOf(open.group, 'state:开工');
    if (!due || !begun || due.figure === begun.figure) continue;
    const check = decide({
      kind: 'sum',
      figure: open.figure,
      computed: due.figure.value.minus(begun.figure.value),
      range: { lo: due.figure.value.minus(begun.figure.value), hi: due.figure.value.minus(begun.figure.value) },
      from: [due.figure, begun.figure],
      zh: `${figureText(due.figure)} − ${figureText(begun.figure)}`,
      isExact: true,
    });
    // What has begun may hold what began early; then it says nothing about what is due.
    const early = listOf(context, 'state:提前开工').filter((c) => c.group.paragraph === open.group.paragraph);
    const isOtherwise =
      check.verdict === 'contradicts' &&
      early.some((e) => due.figure.value.minus(begun.figure.value).plus(e.figure.value).equals(open.figure.value));
    if (!isOtherwise && open.figure.bend === null) checks.push(check);
  }
  return checks;
}
