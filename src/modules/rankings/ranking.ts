import { compare, type Ratio, rank, ratio } from '#core/shared/rate.ts';
import type { ExactFigure, RankedRow } from './month.ts';

/** One unit before it is ranked. */
export interface Entry {
  unitId: string;
  name: string;
  figure: ExactFigure;
  members: number;
  /** Accepted of due filings; missing when none was due. */
  completeness: ExactFigure;
}

export interface RankingRule {
  direction: 'up' | 'down';
  /** Exact share 0–1. */
  leastCompleteness: Ratio;
  leastMembers: number;
  small: 'apart' | 'warn';
}

export const exact = (figure: ExactFigure): Ratio | null =>
  'missing' in figure ? null : ratio(BigInt(figure.n), BigInt(figure.d));
export const figureOf = ({ n, d }: Ratio): ExactFigure => ({ n: n.toString(), d: d.toString() });

/** Why a unit has no place; null when it has one. What is filed too thinly is unranked, never last (city-systems.md §4.10). */
export function unrankedBecause(entry: Entry, rule: RankingRule): RankedRow['unranked'] {
  if ('missing' in entry.figure) return 'noFigure';
  const filed = exact(entry.completeness);
  if (filed !== null && compare(filed, rule.leastCompleteness) < 0) return 'belowCompleteness';
  if (rule.small === 'apart' && entry.members < rule.leastMembers) return 'tooFewProjects';
  return null;
}

const lastOnes = ['tooFewProjects', 'belowCompleteness', 'noFigure'] as const;

/**
 * The rows of one group in the order of print: by rank, ties by name, then those without a place by their reason. Figures
 * are compared as exact fractions: what looks alike when rounded need not be a tie.
 */
export function rankRows(
  entries: readonly Entry[],
  rule: RankingRule,
  previous: ReadonlyMap<string, number | null> = new Map(),
): RankedRow[] {
  const reasons = entries.map((entry) => unrankedBecause(entry, rule));
  const ranks = rank(
    entries.map((entry, i) => (reasons[i] === null ? exact(entry.figure) : null)),
    rule.direction === 'up' ? 'highest' : 'lowest',
  );
  const rows = entries.map(
    (entry, i): RankedRow => ({
      ...entry,
      rank: ranks[i]!,
      unranked: reasons[i]!,
      previousRank: previous.get(entry.unitId) ?? null,
      isSmall: entry.members < rule.leastMembers,
    }),
  );
  const order = (row: RankedRow) => row.rank ?? 1_000_000 + lastOnes.indexOf(row.unranked ?? 'noFigure');
  return rows.sort(
    (a, b) => order(a) - order(b) || a.name.localeCompare(b.name, 'zh') || (a.unitId < b.unitId ? -1 : 1),
  );
}

/** Places risen (positive) or fallen since the month before; null without a place in both. */
export const riseOf = (row: Pick<RankedRow, 'rank' | 'previousRank'>): number | null =>
  row.rank === null || row.previousRank === null ? null : row.previousRank - row.rank;

/** `exceeded` is better than the aim, `reached` exactly at it; better is lower where the direction is down. */
export function targetState(figure: Ratio, aim: Ratio, direction: 'up' | 'down'): 'exceeded' | 'reached' | 'missed' {
  const ahead = compare(figure, aim) * (direction === 'up' ? 1 : -1);
  return ahead > 0 ? 'exceeded' : ahead === 0 ? 'reached' : 'missed';
}
