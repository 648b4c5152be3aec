// Long because a table is checked down (sums), across (rates, sums) and over (ranks) by one principle: a reading counts once most rows follow it.
import type { Decimal } from 'decimal.js';
import { Exact } from '#core/shared/money.ts';
import type { Figure } from './figures.ts';
import { over, plus, type Range, rangeOf, scaled } from './range.ts';
import type { Check, CheckKind } from './shapes.ts';
import type { Column, Row, SheetTable } from './table-sheet.ts';
import { decide, figureText } from './verdict.ts';

/** Sums of rows, rates and sums across columns, gaps to one clock, and ranks, in one table. */
export function checkTable(sheet: SheetTable): Check[] {
  return [
    ...checkTotals(sheet),
    ...checkAcross(sheet),
    ...checkRates(sheet),
    ...checkGaps(sheet),
    ...checkRanks(sheet),
  ];
}

export const sumOf = (figures: readonly Figure[]): { value: Decimal; range: Range } | undefined =>
  figures.length === 0
    ? undefined
    : {
        value: figures.map((f) => f.value.times(f.scale)).reduce((a, b) => a.plus(b)),
        range: figures.map(rangeOf).reduce(plus),
      };

// ── Down: totals ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Reading {
  total: Row;
  rows: Row[];
}

function checkTotals(sheet: SheetTable): Check[] {
  const checks: Check[] = [];
  const columns = sheet.columns.filter((c) => c.isAdded);
  const { rows } = sheet;
  rows.forEach((total, at) => {
    if (total.kind !== 'total' && total.kind !== 'subtotal') return;
    const readings = total.kind === 'total' ? wholeReadings(rows, total, at) : blockReadings(rows, at);
    // The reading that most columns follow.
    const tried = readings
      .map((reading) => columns.flatMap((column) => totalCheck(reading, column) ?? []))
      .map((list) => ({ list, good: list.filter((c) => c.verdict === 'agrees' || c.verdict === 'last-digit').length }))
      .sort((a, b) => b.good - a.good);
    const best = tried[0];
    if (!best) return;
    const isSimple =
      !rows.some((r) => r.kind === 'subtotal' || r.kind === 'ofWhich') &&
      rows.filter((r) => r.kind === 'total').length === 1;
    const isNoted = /打捆|打包|重复|交叉|不含|未含|包含|其中含|跨(?:县|区|市)|剔除/.test(
      `${sheet.notes}${sheet.table.caption}`,
    );
    for (const check of best.list) {
      if (check.verdict !== 'contradicts') checks.push(check);
      else if (best.good > 0 && !(isNoted && best.good < best.list.length / 2)) checks.push(check);
      else if (isSimple && !isNoted && /^(?:合计|总计)$/.test(total.label)) checks.push(check);
      else checks.push(partly(check));
    }
  });
  return checks;
}

const partly = (check: Check): Check => ({
  ...check,
  verdict: check.computed !== null && check.computed < check.published ? 'part-not-listed' : 'cannot-judge',
  says: {
    zh: `${check.says.zh}（表中各行可能不是全部，或有交叉）`,
    en: `${check.says.en} (the rows may not be all, or overlap)`,
  },
});

function wholeReadings(rows: readonly Row[], total: Row, at: number): Reading[] {
  const plain = rows.filter((r) => r.kind === 'plain');
  const subtotals = rows.filter((r) => r.kind === 'subtotal');
  const readings: Reading[] = [{ total, rows: plain }];
  if (subtotals.length >= 2) readings.push({ total, rows: subtotals });
  if (subtotals.length >= 1) {
    // Rows of blocks are in their subtotals; those above the first, or below the last, stand beside them.
    const first = rows.indexOf(subtotals[0]!);
    const last = rows.indexOf(subtotals.at(-1)!);
    readings.push({ total, rows: [...subtotals, ...rows.slice(last + 1).filter((r) => r.kind === 'plain')] });
    readings.push({ total, rows: [...rows.slice(0, first).filter((r) => r.kind === 'plain'), ...subtotals] });
  }
  const others = rows.filter((r) => r.kind === 'total' && r !== total);
  if (others.length > 0) {
    const before = rows.slice(0, at);
    const start = before.findLastIndex((r) => r.kind === 'total') + 1;
    readings.push({ total, rows: before.slice(start).filter((r) => r.kind === 'plain') });
    const behind = rows.slice(at + 1);
    const stop = behind.findIndex((r) => r.kind === 'total');
    readings.push({ total, rows: (stop < 0 ? behind : behind.slice(0, stop)).filter((r) => r.kind === 'plain') });
  }
  return readings.filter((r) => r.rows.length >= 2);
}

function blockReadings(rows: readonly Row[], at: number): Reading[] {
  const total = rows[at]!;
  const isEnd = (r: Row) => r.kind === 'subtotal' || r.kind === 'total';
  const above = rows.slice(0, at);
  const below = rows.slice(at + 1);
  const start = above.findLastIndex(isEnd) + 1;
  const stop = below.findIndex(isEnd);
  return [
    { total, rows: above.slice(start).filter((r) => r.kind === 'plain') },
    { total, rows: (stop < 0 ? below : below.slice(0, stop)).filter((r) => r.kind === 'plain') },
  ].filter((r) => r.rows.length >= 1);
}

function totalCheck({ total, rows }: Reading, column: Column): Check | undefined {
  const figure = total.figures[column.index];
  const parts = rows.flatMap((row) => row.figures[column.index] ?? []);
  const sum = sumOf(parts);
  // Cells that could not be read as numbers may hold something.
  if (!figure || !sum || parts.length < 2 || parts.length < rows.length * 0.8) return undefined;
  return decide({
    kind: 'sum',
    figure,
    computed: sum.value.div(figure.scale),
    range: scaled(sum.range, figure.scale.pow(-1)),
    from: parts.slice(0, 80),
    zh: `“${column.header}”列 ${parts.length} 行之和`,
    en: `${parts.length} rows of “${column.header}”`,
    isExact: (column.role === 'count' || column.role === 'state') && column.decimals === 0,
  });
}

// ── Across ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Keeps a reading of a column only when most rows follow it; then the few that do not are wrong. */
function proven(checks: readonly (Check | undefined)[], least = 3, share = 0.66): Check[] {
  const made = checks.flatMap((check) => check ?? []);
  const good = made.filter((check) => check.verdict === 'agrees' || check.verdict === 'last-digit').length;
  return good >= least && good >= made.length * share ? made : [];
}

const across = (row: Row, column: Column, parts: readonly Column[]): Check | undefined => {
  const figure = row.figures[column.index];
  const figures = parts.flatMap((part) => row.figures[part.index] ?? []);
  const sum = sumOf(figures);
  if (!figure || !sum || figures.length !== parts.length) return undefined;
  return decide({
    kind: 'sum',
    figure,
    computed: sum.value.div(figure.scale),
    range: scaled(sum.range, figure.scale.pow(-1)),
    from: figures,
    zh: `${row.label}：${figures.map((f) => f.value.toFixed(f.decimals)).join(' + ')}`,
    isExact: column.decimals === 0 && (column.role === 'count' || column.role === 'state'),
  });
};

/** 合计 = 省级 + 市级; 累计 = 上月累计 + 本月. */
function checkAcross({ columns, rows }: SheetTable): Check[] {
  const addable = columns.filter((c) => c.isAdded);
  for (const column of addable) {
    if (!/合计|小计|总计|累计|总数|^计$|总投资|项目个数|项目数/.test(column.header)) continue;
    const others = addable.filter((c) => c !== column);
    const candidates: Column[][] = [];
    for (let from = 0; from < Math.min(12, others.length); from += 1)
      for (let to = from + 2; to <= Math.min(others.length, from + 8); to += 1) candidates.push(others.slice(from, to));
    let best: Check[] = [];
    /** The first cell of a row → what else it may be the sum of: a row that another choice of columns explains is not wrong. */
    const explained = new Set<number>();
    for (const parts of candidates) {
      const checks = rows.slice(0, 400).map((row) => across(row, column, parts));
      const isTrivial = rows.every(
        (row) => parts.filter((p) => row.figures[p.index] && !row.figures[p.index]!.value.isZero()).length <= 1,
      );
      const kept = isTrivial ? [] : proven(checks, 3, 0.75);
      for (const check of kept) if (check.verdict !== 'contradicts') explained.add(check.spans[0]!.start);
      // Columns that are mostly empty hardly show: of two choices the one that more rows follow is meant.
      if (right(kept) > right(best)) best = kept;
    }
    const kept = best.filter((check) => check.verdict !== 'contradicts' || !explained.has(check.spans[0]!.start));
    if (kept.length > 0) return kept;
  }
  return [];
}

const rateCheck = (row: Row, column: Column, part: Column, whole: Column): Check | undefined => {
  const [figure, p, w] = [row.figures[column.index], row.figures[part.index], row.figures[whole.index]];
  if (!figure || !p || !w || w.value.lessThanOrEqualTo(0) || p.value.isNegative()) return undefined;
  const range = over(rangeOf(p), rangeOf(w));
  if (!range) return undefined;
  return decide({
    kind: 'rate',
    figure: { ...figure, unit: '%' },
    computed: p.value.times(p.scale).div(w.value.times(w.scale)).times(100),
    range: scaled(range, 100),
    from: [p, w],
    zh: `${row.label}：${figureText(p)} ÷ ${figureText(w)}`,
  });
};

function checkRates({ columns, rows }: SheetTable): Check[] {
  const checks: Check[] = [];
  const addable = columns.filter((c) => c.isAdded).slice(0, 14);
  for (const column of columns) {
    if (column.role !== 'rate') continue;
    let best: Check[] = [];
    for (const part of addable)
      for (const whole of addable) {
        if (part === whole) continue;
        const kept = proven(rows.slice(0, 400).map((row) => rateCheck(row, column, part, whole)));
        if (kept.length > best.length || (kept.length === best.length && right(kept) > right(best))) best = kept;
      }
    if (best.length === 0) {
      // Two or three rows prove nothing by themselves; the words over the columns must say it.
      const [part, whole] = [columns.filter((c) => c.role === 'done'), columns.filter((c) => c.role === 'plan')];
      const isOfPlan = /(?:计划|投资).*(?:完成率|完成比例)|(?:占|完成)年?度?(?:投资)?计划|^完成率/.test(
        column.header.replace(/\s/g, ''),
      );
      if (isOfPlan && part.length === 1 && whole.length === 1 && rows.length <= 4)
        best = rows.flatMap((row) => rateCheck(row, column, part[0]!, whole[0]!) ?? []);
    }
    checks.push(...best);
  }
  return checks;
}

const right = (checks: readonly Check[]): number => checks.filter((check) => check.verdict === 'agrees').length;

/** 超（欠）时序 = 完成率 − one clock for all rows, whatever clock that is. */
function checkGaps({ columns, rows }: SheetTable): Check[] {
  const gaps = columns.filter((c) => c.role === 'gap');
  const rates = columns.filter((c) => c.role === 'rate');
  for (const gap of gaps)
    for (const rate of rates) {
      const pairs = rows.slice(0, 400).flatMap((row) => {
        const [g, r] = [row.figures[gap.index], row.figures[rate.index]];
        return g && r ? [{ g, r, row, clock: r.value.minus(g.value) }] : [];
      });
      const slack = new Exact(10).pow(-Math.min(gap.decimals, rate.decimals)).times('1.01');
      const clock = pairs.map((p) => p.clock).sort((a, b) => a.comparedTo(b))[pairs.length >> 1];
      if (!clock || pairs.length < 4) continue;
      if (pairs.filter((p) => p.clock.minus(clock).abs().lessThanOrEqualTo(slack)).length < pairs.length * 0.66)
        continue;
      return pairs.map(({ g, r, row }) => {
        const range = rangeOf(r);
        return decide({
          kind: 'gap',
          figure: { ...g, unit: '个百分点' },
          computed: r.value.minus(clock),
          range: { lo: range.lo.minus(clock).minus(slack), hi: range.hi.minus(clock).plus(slack) },
          from: [r],
          zh: `${row.label}：${figureText(r)} − ${clock.toFixed()}`,
        });
      });
    }
  return [];
}

// ── Ranks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function checkRanks({ columns, rows }: SheetTable): Check[] {
  const checks: Check[] = [];
  for (const column of columns.filter((c) => c.role === 'rank')) {
    // A place of another month is not of the figures in this table.
    if (/上[月期年季次周]|去年|原|前次|变[化动]|升降/.test(column.header)) continue;
    const plain = rows.filter((r) => r.kind === 'plain').slice(0, 400);
    let best: Check[] = [];
    for (const by of columns.filter((c) => c.role === 'rate' || c.role === 'gap' || c.role === 'growth' || c.isAdded)) {
      // Values that are mostly the same fit any order.
      const values = plain.flatMap((row) => row.figures[by.index]?.value.toFixed() ?? []);
      if (new Set(values).size * 2 < values.length) continue;
      for (const sign of [1, -1]) {
        const kept = proven(
          plain.map((row) => rankCheck(plain, row, column, by, sign)),
          4,
          0.7,
        );
        if (right(kept) > right(best)) best = kept;
      }
      // The column right before the ranks is the one they are of.
      if (best.length > 0 && right(best) === best.length) break;
    }
    checks.push(...best);
  }
  return checks;
}

/** Equal as printed may differ unrounded: any place within the tie is right. */
function rankCheck(rows: readonly Row[], row: Row, column: Column, by: Column, sign: number): Check | undefined {
  const [figure, own] = [row.figures[column.index], row.figures[by.index]];
  if (!figure || !own) return undefined;
  const values = rows.flatMap((r) => (r.figures[column.index] ? (r.figures[by.index] ?? []) : []));
  const ahead = values.filter((v) => v.value.minus(own.value).times(sign).greaterThan(0)).length;
  const level = values.filter((v) => v.value.equals(own.value)).length;
  const [first, last] = [ahead + 1, ahead + level];
  const place = figure.value.toNumber();
  const computed = place >= first && place <= last ? place : first;
  return placed(
    'rank',
    figure,
    computed,
    own,
    `${row.label}：按“${by.header}”第 ${computed} 位`,
    `${row.label}: place ${computed} by “${by.header}”`,
  );
}

export function placed(kind: CheckKind, figure: Figure, computed: number, own: Figure, zh: string, en: string): Check {
  const isRight = figure.value.equals(computed);
  return {
    kind,
    verdict: isRight ? 'agrees' : 'contradicts',
    published: figure.value.toNumber(),
    computed,
    decimals: 0,
    unit: '位',
    spans: [
      { start: figure.start, end: figure.end },
      { start: own.start, end: own.end },
    ],
    says: {
      zh: `${zh}，文中 ${figure.value.toFixed()}，${isRight ? '一致' : '不一致'}`,
      en: `${en}, the text says ${figure.value.toFixed()}: ${isRight ? 'they agree' : 'they contradict each other'}`,
    },
    detail: null,
  };
}
