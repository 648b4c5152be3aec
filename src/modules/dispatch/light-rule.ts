import { z } from 'zod';
import { type Band, type BandFault, band, bandFaults } from './band.ts';
import { clockKinds } from './clock.ts';

export const lights = ['normal', 'warn', 'late', 'idle', 'ahead'] as const;
export type Light = (typeof lights)[number];

const words = z.object({ zh: z.string().max(300), en: z.string().max(400) });
const months = z.int().min(1).max(36);

/** What follows from a light, once it has stood for `months` months running (1: at once). */
const consequence = z.object({ light: z.enum(['normal', 'warn', 'late']), months: months.default(1), text: words });

const common = {
  /** Stable: the light's cause, kept in the standing of every project. */
  code: z.string().regex(/^[a-z][a-zA-Z0-9-]{1,39}$/),
  name: words,
  basis: z.enum(['published', 'city']),
  /** Whom it judges. Rules for counties are shown and tested here; only those for projects colour a project. */
  subject: z.enum(['project', 'county']).default('project'),
  /** Projects with a smaller plan of the year are left out. Whole yuan. */
  leastPlanYuan: z.int().min(0).nullable().default(null),
  consequences: z.array(consequence).max(12).default([]),
  note: words.nullable().default(null),
};
const bands = z.array(band).min(1).max(12);

export const lightRule = z.discriminatedUnion('kind', [
  /** 应开未开: the planned day has passed and work has not begun. */
  z.object({ kind: z.literal('start'), ...common, lateMonths: months }),
  /** Percentage points to the clock: 完成率 − 时序. Bands lie on that difference; below the clock is negative. */
  z.object({
    kind: z.literal('progress'),
    ...common,
    /** 'started': only projects on which work has begun; what should have begun is the start rule's matter. */
    applies: z.enum(['started', 'all']).default('started'),
    bands,
  }),
  /** Share of the clock in percent: 完成率 ÷ 时序. */
  z.object({ kind: z.literal('share'), ...common, applies: z.enum(['started', 'all']).default('started'), bands }),
  /** 资金支付: paid ÷ planned to be paid, in percent. */
  z.object({ kind: z.literal('payment'), ...common, bands }),
  /** 入统: months since work began without being enrolled in the statistics. */
  z.object({
    kind: z.literal('enrolment'),
    ...common,
    warnMonths: months,
    lateMonths: months,
    /** Smaller investments never enter the statistics. Whole yuan. */
    leastTotalYuan: z.int().min(0).nullable().default(null),
  }),
  /** 月任务: done ÷ planned of the last full month, in percent; a warning that lasts `lateMonths` months is late. */
  z.object({ kind: z.literal('monthTask'), ...common, bands, lateMonths: months.nullable() }),
]);
export type LightRule = z.infer<typeof lightRule>;
export type BandRule = Extract<LightRule, { bands: Band[] }>;

export const ruleSet = z
  .object({
    code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
    name: words,
    /** The document that states the rules, as far as it is known. */
    source: z.string().max(300),
    /** Its date: a day, or only the year where no more is known. */
    sourceDate: z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/),
    clock: z.enum(clockKinds),
    /** 提前: finished, or this many points above the clock. Null: the set knows no such light. */
    aheadPoints: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,3})?$/)
      .nullable(),
    rules: z.array(lightRule).min(1).max(30),
  })
  .superRefine(({ rules }, refine) => {
    const codes = new Set<string>();
    rules.forEach((rule, i) => {
      if (codes.has(rule.code))
        refine.addIssue({ code: 'custom', path: ['rules', i, 'code'], message: `Two rules are called ${rule.code}` });
      codes.add(rule.code);
      if (rule.kind === 'enrolment' && rule.lateMonths < rule.warnMonths)
        refine.addIssue({ code: 'custom', path: ['rules', i, 'lateMonths'], message: 'Late comes after the warning' });
      if (isBandRule(rule))
        for (const [j, b] of rule.bands.entries())
          if (b.from !== null && b.to !== null && Number(b.from) > Number(b.to))
            refine.addIssue({ code: 'custom', path: ['rules', i, 'bands', j], message: 'A band runs upwards' });
    });
  });
export type RuleSet = z.infer<typeof ruleSet>;
export type RuleSetDraft = z.input<typeof ruleSet>;

export const isBandRule = (rule: LightRule): rule is BandRule => 'bands' in rule;

export interface RuleGap extends BandFault {
  rule: string;
}

/** Shares and payments begin at 0; a gap to the clock has no lower end. */
const floorOf = (rule: BandRule): string | null => (rule.kind === 'progress' ? null : '0');

/**
 * What a rule set leaves open or says twice. Published rules do: 银川 2025 is silent on 0–10 points below the clock.
 * Reported when a set is saved, so that the city decides it instead of the program.
 */
export const gapsOf = ({ rules }: RuleSet): RuleGap[] =>
  rules
    .filter(isBandRule)
    .flatMap((rule) => bandFaults(rule.bands, floorOf(rule)).map((f) => ({ ...f, rule: rule.code })));
