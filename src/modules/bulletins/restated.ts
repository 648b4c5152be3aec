import type { Claim, Group } from './claims.ts';
import { type Context, isNobody, listOf } from './context.ts';
import type { Figure } from './figures.ts';
import type { Attribute } from './measure.ts';
import { sameMonths } from './months.ts';
import { meets, over, plus, rangeOf, scaled } from './range.ts';
import type { Check } from './shapes.ts';
import { sumOf } from './table-check.ts';
import type { Column, Row, SheetTable } from './table-sheet.ts';
import { decide, figureText } from './verdict.ts';

/** The same figure told twice in running text, and figures of running text that a table tells as well. */
export function checkRestated(context: Context): Check[] {
  return [...twice(context), ...context.tables.flatMap((sheet) => withTable(context, sheet))];
}

const restatable: Attribute[] = ['count', 'plan', 'total', 'done', 'planRate', 'gap', 'lag', 'growth', 'decline'];

/** Only what carries the same full name, months and surroundings: a title and its text, a summary and its page. */
function twice(context: Context): Check[] {
  const checks: Check[] = [];
  for (const attribute of restatable) {
    const seen = new Map<string, Claim>();
    for (const claim of listOf(context, attribute)) {
      const { group, figure } = claim;
      if (isNobody(group) || !group.isNamed || figure.bend !== null || figure.to !== null) continue;
      // Inherited from far away is not certain enough to call two numbers one.
      if (claim.sentence - group.sentence > 1) continue;
      const chain = [
        group.article,
        group.parent?.subject.full ?? '',
        group.subject.full.replace(/[数类]$/, ''),
        figure.unit,
      ];
      const key = chain.join('|');
      const first = seen.get(key);
      if (!first) {
        seen.set(key, claim);
        continue;
      }
      if (first.group === group || first.sentence === claim.sentence) continue;
      if (!sameMonths(first.months, claim.months)) continue;
      const check = same(claim.figure, first.figure, '前文');
      // “100个项目” may be another hundred in another paragraph; counts of one name need a title or equal amounts beside them.
      if (check.verdict === 'contradicts' && !isCertain(context, first, claim)) continue;
      checks.push(check);
    }
  }
  return checks;
}

function isCertain({ statements }: Context, a: Claim, b: Claim): boolean {
  if (a.left.length > 0 && /本月|当月|上月|新增|去年|上年|其中/.test(a.left + b.left)) return false;
  const [x, y] = [statements.paragraphs[a.group.paragraph]!, statements.paragraphs[b.group.paragraph]!];
  const isTitled = x.isTitle || /^摘要/.test(statements.text.slice(x.start, x.start + 2));
  if (isTitled && y.index - x.index <= 8) return true;
  const shared = a.group.claims
    .slice(0, 12)
    .filter(
      (c) =>
        c !== a &&
        b.group.claims.slice(0, 12).some((d) => d.attribute === c.attribute && d.figure.value.equals(c.figure.value)),
    );
  return shared.length >= 2;
}

function same(figure: Figure, other: Figure, where: string): Check {
  const range = rangeOf(other);
  return decide({
    kind: 'restated',
    figure,
    computed: other.value.times(other.scale).div(figure.scale),
    range: scaled(range, figure.scale.pow(-1)),
    from: [other],
    zh: `${where} ${figureText(other)}`,
    en: `elsewhere ${figureText(other)}`,
    isExact: figure.kind === 'count',
  });
}

// ── Tables and text ─────────────────────────────────────────────────────────────────────────────────────────────────

const roleOf: Partial<Record<Attribute, Column['role']>> = {
  count: 'count',
  plan: 'plan',
  total: 'total',
  done: 'done',
};

function withTable(context: Context, sheet: SheetTable): Check[] {
  const columns = new Map<Attribute, Column>();
  for (const [attribute, role] of Object.entries(roleOf) as [Attribute, Column['role']][]) {
    const found = sheet.columns.filter((c) => c.role === role);
    if (found.length === 1) columns.set(attribute, found[0]!);
  }
  const rate = sheet.columns.filter((c) => c.role === 'rate' && /完成率|占.*计划|完成.*计划/.test(c.header));
  if (rate.length === 1) columns.set('planRate', rate[0]!);
  const plain = sheet.rows.filter((r) => r.kind === 'plain');
  if (columns.size === 0 || plain.length < 2) return [];
  const total = sheet.rows.filter((r) => r.kind === 'total');
  const checks: Check[] = [];
  checks.push(...wholeAgainst(context, sheet, columns, plain, total));
  const rows = new Map<string, Row[]>();
  for (const row of plain) if (row.key !== '') rows.set(row.key, [...(rows.get(row.key) ?? []), row]);
  for (const group of context.statements.groups) {
    const found = isNobody(group) || !group.isNamed ? undefined : rows.get(group.subject.key);
    if (found?.length === 1) checks.push(...rowAgainst(context, sheet, columns, group, found[0]!));
  }
  checks.push(...restAgainst(context, sheet, columns, plain, rows));
  return checks;
}

const isOfMonths = (sheet: SheetTable, claim: Claim): boolean =>
  !sheet.months || !claim.months || sameMonths({ ...sheet.months, year: null }, { ...claim.months, year: null });

/** The whole of the document against the table's last line, or against the sum of its rows when it has none. */
function wholeAgainst(
  context: Context,
  sheet: SheetTable,
  columns: ReadonlyMap<Attribute, Column>,
  plain: readonly Row[],
  totals: readonly Row[],
): Check[] {
  if (totals.length > 1) return [];
  const checks: Check[] = [];
  const sums = new Map<Attribute, { parts: Figure[]; isSum: boolean }>();
  for (const [attribute, column] of columns) {
    if (attribute === 'planRate') continue;
    const own = totals[0]?.figures[column.index];
    const parts = own ? [own] : plain.flatMap((r) => r.figures[column.index] ?? []);
    if (own || parts.length === plain.length) sums.set(attribute, { parts, isSum: !own });
  }
  const whole = context.statements.groups.find(
    (g) =>
      !g.parent &&
      !g.leadIn &&
      !isNobody(g) &&
      g.claims.slice(0, 30).some((c) => {
        const sum = sums.get(c.attribute);
        return (
          sum !== undefined &&
          isOfMonths(sheet, c) &&
          against(c.figure, sum.parts, sum.isSum).verdict === 'agrees' &&
          c.figure.value.greaterThan(9)
        );
      }),
  );
  if (!whole) return [];
  const claims = context.statements.groups
    .filter(
      (g) =>
        g === whole || (!g.parent && !g.leadIn && g.subject.key === whole.subject.key && g.article === whole.article),
    )
    .slice(0, 12)
    .flatMap((g) => g.claims.slice(0, 30))
    .filter((c) => isOfMonths(sheet, c));
  const agreed = new Set<Attribute>();
  for (const claim of claims) {
    const sum = sums.get(claim.attribute);
    if (!sum || claim.figure.bend || (agreed.has(claim.attribute) && claim.group !== whole)) continue;
    const check = against(claim.figure, sum.parts, sum.isSum);
    // One attribute that agrees shows that the table is of the same projects.
    if (check.verdict !== 'contradicts') agreed.add(claim.attribute);
    checks.push(check);
  }
  const [plan, done] = [sums.get('plan'), sums.get('done')];
  for (const claim of claims) {
    const known = context.rates.get(claim);
    if (
      claim.attribute !== 'planRate' ||
      !plan ||
      !done ||
      !agreed.has('done') ||
      (known && known.verdict !== 'cannot-judge')
    )
      continue;
    checks.push(rateBy(claim.figure, done.parts, plan.parts));
    if (known) known.detail = 'replaced';
  }
  return checks;
}

function against(figure: Figure, parts: readonly Figure[], isSum: boolean): Check {
  const sum = sumOf(parts)!;
  return decide({
    kind: isSum ? 'sum' : 'restated',
    figure,
    computed: sum.value.div(figure.scale),
    range: scaled(sum.range, figure.scale.pow(-1)),
    from: parts.slice(0, 60),
    zh: isSum ? `表内 ${parts.length} 行之和` : '表内合计',
    en: isSum ? `${parts.length} rows of the table` : 'the total of the table',
    isExact: figure.kind === 'count',
  });
}

function rateBy(figure: Figure, done: readonly Figure[], plan: readonly Figure[]): Check {
  const [d, p] = [sumOf(done)!, sumOf(plan)!];
  const range = over(d.range, p.range)!;
  return decide({
    kind: 'rate',
    figure,
    computed: d.value.div(p.value).times(100),
    range: scaled(range, 100),
    from: [...done.slice(0, 1), ...plan.slice(0, 1)],
    zh: `${d.value.div(done[0]!.scale).toFixed()} ÷ ${p.value.div(plan[0]!.scale).toFixed()}（表内${plan.length > 1 ? '合计' : ''}）`,
    en: `${d.value.div(done[0]!.scale).toFixed()} ÷ ${p.value.div(plan[0]!.scale).toFixed()} (from the table)`,
  });
}

function rowAgainst(
  context: Context,
  sheet: SheetTable,
  columns: ReadonlyMap<Attribute, Column>,
  group: Group,
  row: Row,
): Check[] {
  const checks: Check[] = [];
  for (const claim of group.claims.slice(0, 12)) {
    const column = columns.get(claim.attribute);
    const figure = column && row.figures[column.index];
    if (!figure || !isOfMonths(sheet, claim) || claim.figure.bend) continue;
    if (claim.attribute === 'planRate') {
      // Told from other amounts than the table's, the rate has another base.
      const amount = group.claims.find((c) => c.attribute === 'done');
      const cell = columns.get('done') && row.figures[columns.get('done')!.index];
      if (!amount || !cell || !meets(rangeOf(amount.figure), rangeOf(cell))) continue;
      const known = context.rates.get(claim);
      const plan = columns.get('plan') && row.figures[columns.get('plan')!.index];
      if (plan && known?.verdict === 'cannot-judge') {
        checks.push(rateBy(claim.figure, [amount.figure], [plan]));
        known.detail = 'replaced';
      }
      continue;
    }
    checks.push(same(claim.figure, figure, `表内“${row.label}”`));
  }
  return checks;
}

/** “州直项目58个…；县市区项目258个…”: one of two classes is a row, so the other is all other rows, if the counts say so. */
function restAgainst(
  context: Context,
  sheet: SheetTable,
  columns: ReadonlyMap<Attribute, Column>,
  plain: readonly Row[],
  rows: ReadonlyMap<string, Row[]>,
): Check[] {
  const count = columns.get('count');
  if (!count) return [];
  const checks: Check[] = [];
  for (const group of context.statements.groups) {
    if (!group.isNamed || !group.leadIn || rows.has(group.subject.key)) continue;
    const sibling = context.statements.paragraphs[group.paragraph]!.groups.filter(
      (g) => g !== group && g.leadIn === group.leadIn,
    );
    if (sibling.length !== 1) continue;
    const row = rows.get(sibling[0]!.subject.key)?.[0];
    if (!row) continue;
    const others = plain.filter((r) => r !== row);
    const told = group.claims.find((c) => c.attribute === 'count');
    const counted = others.flatMap((r) => r.figures[count.index] ?? []);
    const sum = counted.length === others.length ? counted.map((f) => rangeOf(f)).reduce(plus) : undefined;
    if (!told || !sum?.lo.equals(told.figure.value)) continue;
    for (const claim of group.claims.slice(0, 8)) {
      const column = columns.get(claim.attribute);
      if (!column || claim.attribute === 'planRate' || !isOfMonths(sheet, claim)) continue;
      const parts = others.flatMap((r) => r.figures[column.index] ?? []);
      if (parts.length === others.length) checks.push(against(claim.figure, parts, true));
    }
  }
  return checks;
}
