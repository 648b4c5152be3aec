import { z } from 'zod';
import { type Band, band, type Line } from './band.ts';
import { clockKinds } from './clock.ts';
import { defaultLevels, type Level, level, levelCode } from './level.ts';

export const lights = ['normal', 'warn', 'late', 'idle', 'ahead'] as const;
export type Light = (typeof lights)[number];

const words = z.object({ zh: z.string().max(300), en: z.string().max(400) });
const months = z.int().min(1).max(36);
const basis = z.enum(['published', 'city']);

/** What follows from a level, once it has stood at `months` month ends running (1: at once). */
const consequence = z.object({ light: levelCode, months: months.default(1), text: words });

/** `months` month ends running at a level (or a heavier one) make it another: 连续 3 个月应开未开 → 红. */
const streak = z.object({
  light: levelCode,
  months: z.int().min(2).max(36),
  becomes: levelCode,
  basis: basis.default('published'),
});
export type Streak = z.infer<typeof streak>;

const common = {
  /** Stable: the light's cause, kept in the standing of every project. */
  code: z.string().regex(/^[a-z][a-zA-Z0-9-]{1,39}$/),
  name: words,
  basis,
  /** Whom it judges: a project, or a county with all its projects together. */
  subject: z.enum(['project', 'county']).default('project'),
  /** Projects with a smaller plan of the year are left out. Whole yuan. */
  leastPlanYuan: z.int().min(0).nullable().default(null),
  streaks: z.array(streak).max(6).default([]),
  consequences: z.array(consequence).max(12).default([]),
  note: words.nullable().default(null),
};
/** None at all where a source names the lights and no thresholds: then the whole line is reported as open. */
const bands = z.array(band).max(12);

export const growthSigns = ['up', 'zero', 'down'] as const;
export const growthMeets = ['both', 'planOnly', 'averageOnly', 'none'] as const;
export type GrowthSign = (typeof growthSigns)[number];
export type GrowthMeets = (typeof growthMeets)[number];
/** One statement about growth: its sign, and whether it reaches the planned growth and the city's. */
const growthCase = z.object({
  light: levelCode,
  growth: z.array(z.enum(growthSigns)).min(1),
  meets: z.array(z.enum(growthMeets)).min(1),
  basis: basis.default('published'),
});
export type GrowthCase = z.infer<typeof growthCase>;

export const lightRule = z.discriminatedUnion('kind', [
  /** 应开未开: the planned day has passed and work has not begun. */
  z.object({ kind: z.literal('start'), ...common, light: levelCode.default('warn') }),
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
    warnLight: levelCode.default('warn'),
    lateLight: levelCode.default('late'),
    /** Smaller investments never enter the statistics. Whole yuan. */
    leastTotalYuan: z.int().min(0).nullable().default(null),
  }),
  /** 月任务: done ÷ planned of the last full month, in percent. */
  z.object({ kind: z.literal('monthTask'), ...common, bands }),
  /**
   * 超期: calendar days by which the earliest undone node (节点), or the planned completion, has passed; 'either': the
   * longer of the two. Bands lie on whole days from 1; what is not late needs no rule.
   */
  z.object({
    kind: z.literal('daysLate'),
    ...common,
    of: z.enum(['node', 'finish', 'either']).default('either'),
    bands,
  }),
  /** 投资增速 of a county against its planned growth and against the whole city's, January to the last full month. */
  z.object({
    kind: z.literal('growth'),
    ...common,
    subject: z.literal('county').default('county'),
    cases: z.array(growthCase).max(12),
  }),
  /**
   * 排位: a county's place by completion rate at the last month end, counted from the first or from the last; or by how many
   * places it has moved since the month end before (up is positive). Bands lie on whole numbers.
   */
  z.object({
    kind: z.literal('place'),
    ...common,
    subject: z.literal('county').default('county'),
    of: z.enum(['place', 'change']),
    from: z.enum(['first', 'last']).default('first'),
    bands,
  }),
]);
export type LightRule = z.infer<typeof lightRule>;
export type BandRule = Extract<LightRule, { bands: Band[] }>;
export const ruleKinds = lightRule.options.map((option) => option.shape.kind.value);

const projectOnly = new Set<LightRule['kind']>(['start', 'payment', 'enrolment', 'daysLate']);

export const ruleSet = z
  .object({
    code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
    name: words,
    /** The document that states the rules, as far as it is known. */
    source: z.string().max(300),
    /** Its date: a day, or only the year where no more is known; null where not even that is. */
    sourceDate: z
      .string()
      .regex(/^\d{4}(-\d{2}-\d{2})?$/)
      .nullable(),
    clock: z.enum(clockKinds),
    /** 提前: finished, or this many points above the clock. Null: the set knows no such light. */
    aheadPoints: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,3})?$/)
      .nullable(),
    /** The set's colours; the calm one is called 'normal'. */
    levels: z.array(level).min(1).max(9).default(defaultLevels),
    rules: z.array(lightRule).min(1).max(30),
  })
  .superRefine(({ rules, levels }, refine) => {
    const say = (path: (string | number)[], message: string) => refine.addIssue({ code: 'custom', path, message });
    const codes = new Set<string>();
    for (const [i, one] of levels.entries()) {
      if (codes.has(one.code)) say(['levels', i, 'code'], `Two levels are called ${one.code}`);
      codes.add(one.code);
      if ((one.code === 'normal') !== (one.base === 'normal' && one.severity === 0))
        say(['levels', i], "The calm level is called 'normal', counts as normal and weighs 0");
    }
    if (!codes.has('normal')) say(['levels'], "A set has a calm level called 'normal'");
    const names = new Set<string>();
    rules.forEach((rule, i) => {
      if (names.has(rule.code)) say(['rules', i, 'code'], `Two rules are called ${rule.code}`);
      names.add(rule.code);
      for (const name of levelsNamed(rule))
        if (!codes.has(name)) say(['rules', i], `The set has no level called ${name}`);
      if (rule.subject === 'county' && projectOnly.has(rule.kind))
        say(['rules', i, 'subject'], 'This kind of rule judges projects');
      if (rule.kind === 'enrolment' && rule.lateMonths < rule.warnMonths)
        say(['rules', i, 'lateMonths'], 'Late comes after the warning');
      if (isBandRule(rule))
        for (const [j, b] of rule.bands.entries())
          if (b.from !== null && b.to !== null && Number(b.from) > Number(b.to))
            say(['rules', i, 'bands', j], 'A band runs upwards');
    });
  });
export type RuleSet = z.infer<typeof ruleSet>;
export type RuleSetDraft = z.input<typeof ruleSet>;

export const isBandRule = (rule: LightRule): rule is BandRule => 'bands' in rule;

/** Every level that a rule speaks of. */
export const levelsNamed = (rule: LightRule): string[] => [
  ...levelsGiven(rule),
  ...rule.consequences.map((c) => c.light),
  ...rule.streaks.flatMap((s) => [s.light, s.becomes]),
];

/** The levels a rule gives of itself, before streaks. */
export function levelsGiven(rule: LightRule): string[] {
  if (rule.kind === 'start') return [rule.light];
  if (rule.kind === 'enrolment') return [rule.warnLight, rule.lateLight];
  if (rule.kind === 'growth') return rule.cases.map((c) => c.light);
  return rule.bands.map((b) => b.light);
}

/** Shares and payments begin at 0, days late and places at 1; a gap to the clock and a change of place have no lower end. */
export function lineOf(rule: BandRule): Line {
  const isWhole = rule.kind === 'daysLate' || rule.kind === 'place';
  if (rule.kind === 'progress' || (rule.kind === 'place' && rule.of === 'change')) return { floor: null, isWhole };
  return { floor: isWhole ? '1' : '0', isWhole };
}

/** The level of a code; the calm one where a set does not know it (an old set judged by new eyes). */
export const levelOf = ({ levels }: Pick<RuleSet, 'levels'>, code: string): Level =>
  levels.find((l) => l.code === code) ?? levels.find((l) => l.code === 'normal') ?? defaultLevels[0]!;

/**
 * A set as it was stored, by any earlier version of the product: levels are defaulted, and the old `lateMonths` of 应开未开
 * and of the monthly task, which made a warning late, become streaks.
 */
export function readRuleSet(stored: unknown): RuleSet {
  const body = stored as { rules: Record<string, unknown>[] };
  const rules = body.rules.map(({ lateMonths, ...rule }) => {
    if (rule.kind !== 'start' && rule.kind !== 'monthTask')
      return lateMonths === undefined ? rule : { ...rule, lateMonths };
    if (typeof lateMonths !== 'number' || rule.streaks !== undefined) return rule;
    return {
      ...rule,
      streaks: lateMonths > 1 ? [{ light: 'warn', months: lateMonths, becomes: 'late' }] : [],
      ...(lateMonths === 1 && rule.kind === 'start' && { light: 'late' }),
    };
  });
  return ruleSet.parse({ ...body, rules });
}
