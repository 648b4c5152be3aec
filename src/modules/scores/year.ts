import type { Words } from '#core/shared/words.ts';

/** Points as exact fractions in text, rounded only where shown. */
export interface ExactPoints {
  n: string;
  d: string;
}

export interface ScoredItem {
  code: string;
  name: Words;
  weight: string;
  points: ExactPoints;
  /** 自评分; null when the unit entered none. */
  selfPoints: ExactPoints | null;
  /** 计算依据: the sum spelled out with the figures that went in. */
  basis: Words;
}

export interface ScoredUnit {
  unitId: string;
  name: string;
  group: string;
  total: ExactPoints;
  rank: number | null;
  /** 一票否决: the reason; null when there is none. */
  veto: Words | null;
  items: ScoredItem[];
}

/** The yearly score so far under one scheme, fit to be frozen. */
export interface YearScores {
  code: string;
  version: number;
  name: Words;
  year: number;
  day: string;
  decimals: number;
  groups: { code: string; name: Words }[];
  units: ScoredUnit[];
}
