import { z } from 'zod';
import { sizes } from './classes.ts';

const day = z.iso.date();
const period = z.string();
/** Whole yuan. */
export const MoneySpread = z.object({ p10: z.int(), p25: z.int(), p50: z.int(), p75: z.int(), p90: z.int() });
const DaySpread = z.object({ p10: day, p25: day, p50: day, p75: day, p90: day });

/** References: how many past stretches of how many projects, and which traits they share with this one. */
const References = z.object({
  step: z.int().min(0).max(3),
  windows: z.int(),
  projects: z.int(),
});

export const ProjectForecast = z.object({
  projectId: z.uuid(),
  year: z.int(),
  /** The last month that is closed: what was accepted by the 15th of the next. */
  origin: period,
  planYuan: z.int(),
  doneYuan: z.int(),
  traits: z.object({
    begun: z.boolean(),
    planKind: z.string().nullable(),
    size: z.enum(sizes),
    board: z.string().nullable(),
  }),
  /** Null: too few references, or nothing to forecast. */
  money: z.object({ spread: MoneySpread, references: References }).nullable(),
  finish: z
    .object({ planned: day, spread: DaySpread.nullable(), projects: z.int(), step: z.int(), atPace: day.nullable() })
    .nullable(),
});
export type ProjectForecast = z.infer<typeof ProjectForecast>;

const TestMonth = z.object({
  origin: period,
  tested: z.int(),
  inside: z.int(),
  below: z.int(),
  above: z.int(),
  untold: z.int(),
});
const FinishTest = z.object({
  day,
  tested: z.int(),
  inside: z.int(),
  early: z.int(),
  late: z.int(),
  open: z.int(),
  untold: z.int(),
});

export const CityForecast = z.object({
  year: z.int(),
  origin: period,
  /** Months from the closed one to December. */
  horizon: z.int(),
  projects: z.int(),
  planYuan: z.int(),
  /** Cumulative of each closed month of the year, and the plan of all twelve. */
  done: z.array(z.int()),
  plan: z.array(z.int()),
  /** Months to come; null where fewer than eight past months speak. */
  ahead: z.array(z.object({ period, spread: MoneySpread.nullable(), past: z.int() })),
  tests: z.object({
    projects: z.object({ horizon: z.int(), stretch: z.number(), months: z.array(TestMonth) }),
    total: z.object({ horizon: z.int(), months: z.array(TestMonth) }),
    finish: z.array(FinishTest),
  }),
});
export type CityForecast = z.infer<typeof CityForecast>;

export const Outlook = z.object({ city: CityForecast.nullable(), projects: z.array(ProjectForecast) });
export type Outlook = z.infer<typeof Outlook>;

export const ForecastRow = ProjectForecast.extend({
  serial: z.int(),
  name: z.string(),
  leadName: z.string().nullable(),
  demo: z.boolean(),
});
export type ForecastRow = z.infer<typeof ForecastRow>;
