import type { Day } from '#core/shared/day.ts';
import type { Span } from '#core/shared/document-text.ts';
import type { OpenReason } from '#core/shared/official-date.ts';

/** What of a row came from where. 'text' is everything that the row was made from. */
export const spanFields = [
  'text',
  'title',
  'target',
  'category',
  'lead',
  'co',
  'leader',
  'handler',
  'due',
  'quarter',
] as const;
export type SpanField = (typeof spanFields)[number];

/** A place in the document's text. `text` is exactly what stands there. */
export interface FieldSpan extends Span {
  field: SpanField;
  text: string;
}

export const quarterCodes = ['Q1', 'Q2', 'Q3', 'Q4'] as const;
export type QuarterCode = (typeof quarterCodes)[number];

/** 形象进度: what shall stand at the end of a quarter. */
export interface QuarterGoal {
  code: QuarterCode;
  title: string;
  /** Last day of the quarter. */
  dueOn: Day;
}

/** An amount, a count or a rate that the words name: what can be measured at the end. */
export interface Quantity extends Span {
  text: string;
  kind: 'money' | 'count' | 'rate';
  /** In the unit written: 12.5 for 12.5亿元. */
  value: number;
  unit: string;
}

/** One row as the rules propose it. Nothing in it is decided: a person confirms, changes or rejects it. */
export interface ProposedRow {
  title: string;
  target: string | null;
  quantities: Quantity[];
  category: string | null;
  leadText: string | null;
  coTexts: string[];
  leaderText: string | null;
  handlerText: string | null;
  dueOn: Day | null;
  /** The words that the day came from, or that left it open. */
  dueWords: string | null;
  dueWhy: OpenReason | null;
  goals: QuarterGoal[];
  spans: FieldSpan[];
}
