import type { Words } from '#core/shared/words.ts';
import type { ChallengeStanding } from '#modules/challenges/contract.ts';
import type { ExactFigure, MonthBoard, MonthRanking } from '#modules/rankings/contract.ts';
import type { YearScores } from '#modules/scores/contract.ts';

/** Sums of one group of projects. Money in whole yuan; rates are worked out from these where they are shown. */
export interface EditionSums {
  /** 打捆项目计一个. */
  projects: number;
  /** 打捆项目按子项计. */
  items: number;
  planYuan: number;
  /** Of the month. */
  monthYuan: number;
  /** Of the year up to the end of the month. */
  doneYuan: number;
  /** Of the same day a year before; null when nothing is known of it. */
  lastYearYuan: number | null;
  totalYuan: number;
  lights: Record<'normal' | 'warn' | 'late' | 'idle' | 'ahead', number>;
}

export interface EditionGroup extends EditionSums {
  /** Unit id; of boards and lead units the name itself. Null: projects without one. */
  key: string | null;
  name: string;
  /** By completion rate; ties share the better rank. Null: nothing planned. */
  rank: number | null;
  previousRank: number | null;
}

/** One row of the 调度表. */
export interface EditionProject {
  id: string;
  serial: number;
  code: string | null;
  name: string;
  demo: boolean;
  county: string | null;
  command: string | null;
  lead: string | null;
  board: string | null;
  tier: string | null;
  planKind: string | null;
  stage: string;
  totalYuan: number | null;
  planYuan: number | null;
  monthYuan: number | null;
  doneYuan: number | null;
  light: 'normal' | 'warn' | 'late' | 'idle' | 'ahead';
  /** Code of the rule that decided, and what it says. */
  cause: string | null;
  why: Words | null;
  previousLight: string | null;
  startPlanned: string | null;
  startActual: string | null;
  finishPlanned: string | null;
  finishActual: string | null;
  enrolledOn: string | null;
  progressText: string | null;
  problemText: string | null;
  /** accepted, missing, exempt. */
  filing: string;
}

export interface EditionIndicator {
  code: string;
  version: number;
  name: Words;
  unit: string;
  decimals: number;
  caliber: Words;
  formula: string;
  /** Keys: `city`, then `county:`, `command:`, `lead:` with the unit's id, and `board:` with its name. */
  figures: Record<string, ExactFigure>;
}

/** A matter that the bulletin may name: overdue or closing. */
export interface EditionMatter {
  id: string;
  no: string;
  kind: string;
  title: string;
  unit: string;
  dueOn: string | null;
  lateDays: number;
  state: string;
}

/** Everything of one month's dispatch. Canonical: the same inputs give the same bytes (`body-text.ts`). */
export interface EditionBody {
  schema: 'guatu.edition/1';
  period: string;
  year: number;
  month: number;
  /** Last day of the month: what the figures are as of. */
  day: string;
  city: string;
  headquarters: string;
  /** The snapshot of the filings that this rests on; version 0 and empty texts in a draft, which rests on nothing frozen. */
  snapshot: { id: string; version: number; hash: string; asOf: string };
  ruleSet: { code: string; version: number; name: Words; clock: string };
  clock: { n: number; d: number };
  completeness: { due: number; filed: number; exempt: number; missing: { id: string; name: string; unit: string }[] };
  total: EditionSums;
  /** The month before, for comparison, and its snapshot; null when it was never frozen. */
  previous: (EditionSums & { snapshotId: string; snapshotVersion: number }) | null;
  counties: EditionGroup[];
  commands: EditionGroup[];
  boards: EditionGroup[];
  leads: EditionGroup[];
  projects: EditionProject[];
  indicators: EditionIndicator[];
  rankings: MonthRanking[];
  boardLists: MonthBoard[];
  scores: YearScores[];
  challenges: ChallengeStanding[];
  matters: {
    raised: number;
    closed: number;
    open: number;
    overdue: number;
    onSpot: number;
    assigned: number;
    /** Overdue for longest, at most fifty. */
    latest: EditionMatter[];
  };
}
