import { z } from 'zod';
import type { Day } from '#core/shared/day.ts';
import { type FilingField, filingFields } from './content.ts';
import { levels } from './levels.ts';
import { type CycleKind, cycleKinds, type Period, partOf, spanOf } from './period.ts';

/** A deadline rule of the calendar, and from which end of the period it counts. */
export const FormDue = z.object({
  /** start: from the day before the period; end: from its last day. Neither day is counted. */
  from: z.enum(['start', 'end']),
  code: z.string().min(1).max(60),
  unit: z.enum(['CALENDAR', 'WORKDAY']),
  n: z.int().min(1).max(400),
  roll: z.enum(['NONE', 'NEXT', 'PREV', 'NEXT_IF_STATUTORY']),
  atTime: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  basis: z.string().trim().max(300),
});
export type FormDue = z.infer<typeof FormDue>;

const Part = z.string().regex(/^((0[1-9]|1[0-2])(-H[12])?|W(0[1-9]|[1-4]\d|5[0-3])|Q[1-4])$/);

/** A period that is not like the others, every year: 1月免报; 1–2月合并, due 8 March; 三季度 with a due moment of its own. */
export const SpecialPeriod = z.object({
  on: Part,
  /** Why nobody files in it; null: it is filed. */
  exempt: z.string().trim().min(2).max(200).nullable().default(null),
  /** The parts of the year it stands for, itself included; empty: itself alone. */
  covers: z.array(Part).max(12).default([]),
  due: FormDue.nullable().default(null),
});
export type SpecialPeriod = z.infer<typeof SpecialPeriod>;

/** Whom a form asks, among the projects with a plan of the year that are not terminated. Empty lists narrow nothing. */
export const Population = z.object({
  tiers: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  stages: z.array(z.string().min(1).max(40)).max(20).default([]),
});
export type Population = z.infer<typeof Population>;

/** What a version of a form holds besides its name and validity. */
export const FormBody = z.object({
  fields: z.array(z.enum(filingFields)).min(1).max(filingFields.length),
  /** From below; the office comes last or not at all. */
  chain: z
    .array(z.enum(levels))
    .min(1)
    .max(levels.length)
    .refine((chain) => chain.every((level, i) => i === 0 || levels.indexOf(chain[i - 1]!) < levels.indexOf(level)), {
      message: 'The levels of review go from below upwards, each once',
    }),
  due: FormDue,
  special: z.array(SpecialPeriod).max(60).default([]),
  population: Population,
  /** The first day of a period opens its cycle without anybody's doing. */
  opensItself: z.boolean(),
});
export type FormBody = z.infer<typeof FormBody>;

export const Form = FormBody.extend({
  kind: z.enum(cycleKinds),
  version: z.int(),
  formNo: z.string().trim().min(1).max(60),
  title: z.string().trim().min(2).max(100),
  issuer: z.string().trim().min(2).max(100),
  approval: z.string().trim().min(2).max(200),
  validFrom: z.iso.date(),
  /** The last day; null: no end is set. */
  validUntil: z.iso.date().nullable(),
});
export type Form = z.infer<typeof Form>;

/** Money is asked by the month and nowhere else: two forms that ask for one sum would get two answers. */
export const moneyFields = ['monthYuan', 'cumulativeYuan', 'cause', 'startedOn'] as const;

export const fieldsFor = (kind: CycleKind): readonly FilingField[] =>
  kind === 'monthly' ? filingFields : filingFields.filter((f) => !(moneyFields as readonly string[]).includes(f));

/** The newest version that counts on the first day of a period; undefined when all of them begin later. */
export const formFor = <F extends Pick<Form, 'validFrom' | 'version'>>(
  versions: readonly F[],
  day: Day,
): F | undefined => versions.filter((f) => f.validFrom <= day).toSorted((a, b) => b.version - a.version)[0];

export const isExpired = (form: Pick<Form, 'validUntil'>, day: Day): boolean =>
  form.validUntil !== null && form.validUntil < day;

export const specialOf = (form: Pick<Form, 'special'>, period: Period): SpecialPeriod | undefined =>
  form.special.find((s) => s.on === partOf(period));

/** The periods a cycle stands for; empty when it stands for itself alone. */
export const coversOf = (form: Pick<Form, 'special'>, period: Period): Period[] =>
  (specialOf(form, period)?.covers ?? []).map((part) => `${period.slice(0, 4)}-${part}`).sort();

/** The rule of the period's due moment. */
export const dueRuleOf = (form: Pick<Form, 'due' | 'special'>, period: Period): FormDue =>
  specialOf(form, period)?.due ?? form.due;

/** Where the first covered period begins and the last one ends. */
export function spanOfCycle(period: Period, covers: readonly Period[]): { from: Day; to: Day } {
  const spans = [period, ...covers].map(spanOf);
  return {
    from: spans.map((s) => s.from).sort()[0]!,
    to: spans
      .map((s) => s.to)
      .sort()
      .at(-1)!,
  };
}
