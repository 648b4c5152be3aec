/** Positions in UTF-16 units, `end` excluded. */
export interface Span {
  start: number;
  end: number;
}

/**
 * A document as it was read: `original` is the text as it came (tables as lines of cells between `|`), `clean` what the desk
 * works on. `at[i]` is the place in `original` of the i-th unit of `clean`, and `at[clean.length]` its end, so that every later
 * result can be shown in both.
 */
export interface CleanText {
  original: string;
  clean: string;
  at: Uint32Array;
  /** What was done, in spans of the original, for the desk to show. */
  repairs: {
    span: Span;
    kind: 'pinyin' | 'traditional' | 'shiftedGbk' | 'fullWidth' | 'pageBreak' | 'space';
    text: string;
  }[];
  /** Spans of `clean` that are lost for good: never guessed, never parsed. */
  unreadable: { span: Span; original: Span; text: string; why: string }[];
  tables: TextTable[];
  /** Titles and bodies, when one page holds several articles; one entry when it does not. Spans of `clean`. */
  articles: { title: Span; body: Span }[];
}

export interface TextTable {
  span: Span;
  /** Words above or beside it that say what it is and in which unit (单位：亿元). */
  caption: string;
  unit: string | null;
  /** Every row with its cells; `span` of each cell in `clean`. The header rows come first. */
  rows: { cells: { text: string; span: Span; colSpan: number }[] }[];
  headerRows: number;
}

export type MarkKind =
  | 'amount'
  | 'rate'
  | 'points'
  | 'rank'
  | 'count'
  | 'date'
  | 'person'
  | 'unit'
  | 'project'
  | 'requirement';

/** A number as written: exact decimal text, how many decimals were printed, and words that bend it. */
export interface Quantity {
  /** Decimal text in the base unit: yuan for amounts, percent for rates, 1 for counts. */
  value: string;
  /** The upper end of a range (5至6亿元); null otherwise. */
  to: string | null;
  /** Decimals as printed, in the printed unit. */
  decimals: number;
  /** As printed: 亿元, 万元, %, 个百分点, 个, 家 …. */
  unit: string;
  /** One unit in the base unit: 100000000 for 亿元. */
  scale: string;
  /** 多, 余 → more; 近 → less; 超, 逾 → above; 约 → about. */
  bend: 'more' | 'less' | 'above' | 'about' | null;
}

export interface Mark {
  id: number;
  kind: MarkKind;
  /** In `clean`. */
  span: Span;
  text: string;
  quantity?: Quantity;
  /** Dates: resolved days (inclusive), or null with the reason. `every` for 每月5日前. */
  date?: {
    from: string | null;
    to: string | null;
    precision: 'day' | 'month' | 'quarter' | 'year' | 'open';
    bound: 'on' | 'before' | 'from' | 'asOf' | 'every' | 'within';
    open: string | null;
  };
  /** Of units, projects and persons: the row of the city's register it was matched with, or null when found by rule. */
  registerId?: string | null;
  /** How sure: 1 for the register, less for a rule. */
  sure?: number;
  person?: { name: string; post: string | null };
  requirement?: { who: string | null; what: string; by: Span | null; hedge: string | null };
  /** What a number measures: the words, the base it is a part of, the period, and the subject. All spans of `clean`. */
  measures?: { label: string; span: Span; subject: string | null; base: string | null; period: string | null };
}

export type Verdict = 'agrees' | 'last-digit' | 'contradicts' | 'part-not-listed' | 'cannot-judge';
export type CheckKind = 'sum' | 'rate' | 'gap' | 'growth' | 'share' | 'rank' | 'count' | 'restated';

export interface Check {
  kind: CheckKind;
  verdict: Verdict;
  published: number;
  /** Worked out from the other figures, unrounded; null when it cannot be judged. */
  computed: number | null;
  decimals: number;
  unit: string;
  /** Of the published figure first, then of what it was worked out from, in `clean`. */
  spans: Span[];
  /** One sentence with the arithmetic, e.g. “474.5 ÷ 640.7 = 74.06%，文中 74.1%，一致”. */
  says: { zh: string; en: string };
  /** `rounded` or `truncated` for last-digit; the other reading for a contradiction. */
  detail: string | null;
}

/** A dated or counted claim about a project. */
export interface Pledge {
  project: string;
  registerId: string | null;
  /** 开工, 竣工, 通车, 投产, or an amount. */
  what: 'start' | 'finish' | 'open' | 'produce' | 'amount' | 'other';
  by: string | null;
  amountYuan: number | null;
  hedge: string | null;
  speaker: string | null;
  span: Span;
  text: string;
}

export interface Reading {
  text: CleanText;
  /** The document's own date, from its text or given; null when it has none. */
  documentDate: string | null;
  marks: Mark[];
  checks: Check[];
  promises: Pledge[];
}

/** Names the city knows: matched first, with their aliases. */
export interface KnownNames {
  units: { id: string; names: string[] }[];
  projects: { id: string; names: string[] }[];
  persons: { id: string; name: string; posts: string[] }[];
}
