import type { Words } from '#core/shared/words.ts';

/** Exact, in lowest terms as text; or why there is no number. The same shape as a figure of `indicators`. */
export type ExactFigure =
  | { n: string; d: string }
  | { missing: 'zeroDenominator' | 'missing' | 'noMembers'; name: string | null };

/** One unit in one group of one ranking. Rows are in the order in which they are printed. */
export interface RankedRow {
  unitId: string;
  name: string;
  figure: ExactFigure;
  /** Ties share the better rank and the next one skips; null: unranked, never last. */
  rank: number | null;
  unranked: 'belowCompleteness' | 'noFigure' | 'tooFewProjects' | null;
  /** Rank of the month before; null when it had none. */
  previousRank: number | null;
  /** Projects behind the figure. */
  members: number;
  /** Share of due filings that were accepted, 0–1, exact. */
  completeness: ExactFigure;
  /** Fewer members than the definition asks for a fair comparison. */
  isSmall: boolean;
}

export interface RankedGroup {
  /** counties, parks, departments, enterprises, commands: the ranking's own code of the group. */
  code: string;
  name: Words;
  rows: RankedRow[];
}

/** A place given by somebody else, with who published it and when (全省第三). */
export interface ExternalRank {
  subject: string;
  rank: number;
  /** How many were ranked; null when it was not said. */
  of: number | null;
  scope: string;
  publisher: string;
  publishedOn: string;
  value: string | null;
  demo: boolean;
}

export interface MonthRanking {
  code: string;
  version: number;
  name: Words;
  /** Code of the indicator. */
  indicator: string;
  decimals: number;
  unit: 'percent' | 'points' | 'yuan' | 'count' | 'number';
  direction: 'up' | 'down';
  groups: RankedGroup[];
  external: ExternalRank[];
}

/** A unit on a board, with every condition that put it there. */
export interface BoardRow {
  unitId: string;
  name: string;
  rank: number;
  figure: ExactFigure;
  /** Of how many months running, this one included. */
  streak: number;
  why: Words;
  consequences: { code: string; text: Words; raisesMatter: boolean }[];
}

export interface MonthBoard {
  code: string;
  version: number;
  name: Words;
  group: string;
  colour: 'red' | 'black' | 'blue' | 'yellow' | 'grey';
  rows: BoardRow[];
  /**
   * By rank it belonged here, and why it does not stand here. `streak` only when nothing but more months is wanting: how many
   * months running it has met every other condition.
   */
  spared: { unitId: string; name: string; why: Words; streak?: number }[];
}

/** Everything of one month, fit to be frozen: no clock, no register needed to show it. */
export interface MonthRankings {
  period: string;
  day: string;
  rankings: MonthRanking[];
  boards: MonthBoard[];
}
