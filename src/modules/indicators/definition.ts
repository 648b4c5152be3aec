import { z } from 'zod';
import { indicatorUnits } from './formula-unit.ts';

const words = z.object({ zh: z.string().trim().min(1).max(120), en: z.string().trim().max(200) });

/** Where a figure may be read: the whole, or each group; a formula never averages, so any grouping is right. */
export const Definition = z.object({
  /** Latin letters and digits; what other formulas and exports call it. */
  code: z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/),
  /** Its Chinese name is a name in formulas too: no signs in it. */
  name: z.object({ zh: z.string().regex(/^[\p{L}][\p{L}\p{N}_]{1,39}$/u), en: words.shape.en }),
  formula: z.string().trim().min(1).max(2000),
  unit: z.enum(indicatorUnits),
  decimals: z.int().min(0).max(6),
  direction: z.enum(['up', 'down', 'none']),
  /** What is counted and how, so that two figures of one name can be told apart. */
  caliber: words,
  /** Where the formula comes from, or a published number it reproduces. */
  basis: z.string().trim().max(300),
});
export type Definition = z.infer<typeof Definition>;
