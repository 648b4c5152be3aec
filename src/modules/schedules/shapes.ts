import { z } from 'zod';

const day = z.iso.date();

/** How two tasks hang together: the first letter is the end of the predecessor, the second that of the successor (完成—开始 …). */
export const linkKinds = ['FS', 'SS', 'FF', 'SF'] as const;
export type LinkKind = (typeof linkKinds)[number];

export const constraintKinds = [
  'startNoEarlier',
  'startNoLater',
  'finishNoEarlier',
  'finishNoLater',
  'mustStart',
  'mustFinish',
] as const;
export type ConstraintKind = (typeof constraintKinds)[number];

/** A predecessor. `lag` in days of the schedule's calendar, negative for an overlap. */
export const Link = z.object({
  from: z.int().min(1),
  kind: z.enum(linkKinds),
  lag: z.int().min(-1000).max(1000),
});
export type Link = z.infer<typeof Link>;

export const Task = z.object({
  /** Unique in the schedule and never given again: actual dates hang on it, and MS Project knows the task by it. */
  uid: z.int().min(1).max(1_000_000_000),
  name: z.string().trim().min(1).max(120),
  /** Outline level from 1; a task followed by a deeper one is the summary of what is below it. */
  level: z.int().min(1).max(8),
  /** Duration in days of the schedule's calendar; 0 is a milestone. Not used of a summary. */
  days: z.int().min(0).max(5000),
  links: z.array(Link).max(50),
  constraint: z.object({ kind: z.enum(constraintKinds), day }).nullable(),
  deadline: day.nullable(),
  /** Who answers for the task, in words. */
  unit: z.string().trim().max(60).nullable(),
  note: z.string().trim().max(1000).nullable(),
});
export type Task = z.infer<typeof Task>;

/** `city`: the city's published working days; `everyDay`: calendar days; `own`: a week and exceptions of the schedule's own, such as a file brought. */
export const calendarKinds = ['city', 'everyDay', 'own'] as const;
export type CalendarKind = (typeof calendarKinds)[number];

export const OwnCalendar = z.object({
  name: z.string().trim().min(1).max(60),
  /** Monday to Sunday. */
  weekdays: z
    .array(z.boolean())
    .length(7)
    .refine((worked) => worked.includes(true), '一周中至少要有一个工作日 · a week needs a worked day'),
  exceptions: z.array(z.object({ from: day, to: day, isWorked: z.boolean(), name: z.string().max(60) })).max(600),
});
export type OwnCalendar = z.infer<typeof OwnCalendar>;

/** All that people decide about a schedule. Dates are worked out from it and never typed. */
export const Content = z.object({
  /** forward: from `start`, each task as early as it can; backward (倒排): from `promised`, each as late as it may. */
  direction: z.enum(['forward', 'backward']),
  start: day.nullable(),
  promised: day.nullable(),
  calendar: z.enum(calendarKinds),
  own: OwnCalendar.nullable(),
  tasks: z.array(Task).max(1000),
});
export type Content = z.infer<typeof Content>;

export const Progress = z.object({
  uid: z.int().min(1),
  actualStart: day.nullable(),
  actualFinish: day.nullable(),
  percent: z.int().min(0).max(100),
});
export type Progress = z.infer<typeof Progress>;

/** When a fixed version puts each task. */
export const PlannedDates = z.object({ uid: z.int(), start: day, finish: day, isCritical: z.boolean() });
export type PlannedDates = z.infer<typeof PlannedDates>;

/** The city's published years: weekdays that are off and weekend days that are worked. */
export const CityDays = z.object({ years: z.array(z.int()), off: z.array(day), work: z.array(day) });
export type CityDays = z.infer<typeof CityDays>;
