import { z } from 'zod';
import type { Words } from '#core/shared/words.ts';
import type { FilingContent, FilingField } from './content.ts';
import type { Period } from './period.ts';

/**
 * 强制 stops the submission; 准强制 needs an explanation to be submitted and a named reviewer to let it pass;
 * 核实 needs an explanation; 提示 informs (city-systems.md §4.6).
 */
export const severities = ['block', 'approve', 'explain', 'inform'] as const;
export type Severity = (typeof severities)[number];

/** A rule as the city has it on a day: delivered with the facts of a filing, so that page and server judge by the same. */
export const RuleInForce = z.object({
  code: z.string(),
  /** 0: as it ships; the city's own versions count from 1. */
  version: z.int(),
  isActive: z.boolean(),
  severity: z.enum(severities),
  params: z.record(z.string(), z.number()),
  phrases: z.array(z.string()).nullable(),
  /** The city's own sentence; null: as shipped. */
  words: z.object({ zh: z.string(), en: z.string() }).nullable(),
});
export type RuleInForce = z.infer<typeof RuleInForce>;

/** Everything a rule may look at besides the filing itself. Amounts are whole yuan. */
export interface FilingFacts {
  period: Period;
  /** Cumulative of the year at the end of the last filed month; 0 in January. */
  lastCumulativeYuan: number;
  /** The month that cumulative belongs to; null when nothing was filed yet this year. */
  lastPeriod: Period | null;
  /** 至上年底累计完成 of the register; null when it does not say. */
  beforeYearYuan: number | null;
  totalYuan: number | null;
  planYuan: number | null;
  planMonthYuan: number | null;
  /** Planned from January to the end of the period. */
  planToDateYuan: number | null;
  /** Accepted amounts of up to six months before this one, newest first. */
  recentMonthYuans: readonly number[];
  /** Of the month before, when it was filed. */
  lastMonthYuan?: number | null | undefined;
  /** Accepted in the same month of last year. */
  lastYearMonthYuan?: number | null | undefined;
  lastImageProgress: string;
  startedOn: string | null;
  planKind?: string | null | undefined;
  finishPlanned?: string | null | undefined;
  /** This version replaces an accepted one. */
  isCorrection: boolean;
  /** The rules of the city; left out: as shipped. */
  rules?: RuleInForce[] | undefined;
}

/** What fills the places of a sentence; `template` chooses another of the rule's sentences. */
export type Found = Record<string, string | Words> & { template?: string };

/** One number of a rule that the office may change. */
export interface Param {
  name: Words;
  unit: Words;
  value: number;
  least: number;
  most: number;
}

export interface Rule<K extends string = string> {
  code: string;
  name: Words;
  basis: string;
  severity: Severity;
  /** How weak a city may make it. What rests on arithmetic stays 强制: a sum that does not add up cannot be explained. */
  floor: Severity;
  field: FilingField;
  /** Sentence with `{places}`; the first is what a city may reword. */
  words: Words;
  otherWords?: Record<string, Words>;
  params: Record<K, Param>;
  phrases?: readonly string[];
  /** What the rule found, or null when it holds. */
  find: (content: FilingContent, facts: FilingFacts, params: Record<K, number>) => Found | null;
  /** How the filer answers the hit. Without it, by `explanations[code]`. */
  answer?: (
    content: FilingContent,
    isExplanation: (text: string | undefined) => boolean,
    params: Record<K, number>,
  ) => string | null;
  /** What the answer must hold besides words. */
  asks?: (params: Record<K, number>) => Asked | undefined;
}
export const asked = ['cause', 'document'] as const;
export type Asked = (typeof asked)[number];

/** Keeps the names of a rule's numbers checked where it is written and forgets them where rules stand in a list. */
export const rule = <K extends string>(one: Rule<K>): Rule => one as unknown as Rule;

/** `本月 {now} 万元` with its places filled. */
export const filled = (template: Words, found: Found): Words => {
  const fill = (text: string, language: 'zh' | 'en') =>
    text.replace(/\{(\w+)\}/g, (place, key: string) => {
      const value = found[key];
      return value === undefined ? place : typeof value === 'string' ? value : value[language];
    });
  return { zh: fill(template.zh, 'zh'), en: fill(template.en, 'en') };
};

export const placesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, place]) => place!);
