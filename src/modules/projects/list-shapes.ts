import { z } from 'zod';
import { type LightMark, markColours, markShapes } from '#core/shared/light-mark.ts';
import { Filter, sortKeys } from './columns.ts';
import { lights, planKinds, stages } from './stages.ts';

const day = z.iso.date();
const text = (max: number) => z.string().trim().min(1).max(max);
const year = z.int().min(2000).max(2100);

/** A city's own level within a light (橙 within 预警), as dispatch keeps it in the standing; null where the light itself says all. */
export const LevelMark = z.object({
  words: z.object({ zh: z.string(), en: z.string() }),
  colour: z.enum(markColours),
  shape: z.enum(markShapes),
});
const Explained = z.object({ level: LevelMark });
export const levelIn = (explanation: unknown): LightMark | null => Explained.safeParse(explanation).data?.level ?? null;

/** A row of the list: short columns always, long texts only when `columns` asks for them. */
export const ProjectRow = z.object({
  id: z.uuid(),
  serial: z.int(),
  name: z.string(),
  code: z.string().nullable(),
  board: z.string().nullable(),
  industry: z.string().nullable(),
  nature: z.string().nullable(),
  planKind: z.enum(planKinds).nullable(),
  stage: z.enum(stages),
  tiers: z.array(z.string()),
  parentId: z.uuid().nullable(),
  childCount: z.int(),
  regionCode: z.string().nullable(),
  regionName: z.string().nullable(),
  startPlanned: day.nullable(),
  startActual: day.nullable(),
  finishPlanned: day.nullable(),
  finishActual: day.nullable(),
  totalYuan: z.int().nullable(),
  doneBeforeYuan: z.int().nullable(),
  ownerName: z.string().nullable(),
  leadName: z.string().nullable(),
  commandName: z.string().nullable(),
  countyName: z.string().nullable(),
  responsibleName: z.string().nullable(),
  leaderName: z.string().nullable(),
  enrolled: z.boolean(),
  enrolledOn: day.nullable(),
  demo: z.boolean(),
  light: z.enum(lights).nullable(),
  level: LevelMark.nullable().optional(),
  cause: z.string().nullable(),
  planYuan: z.int().nullable(),
  doneYuan: z.int().nullable(),
  gapPoints: z.number().nullable(),
  filedOn: day.nullable(),
  filingState: z.string().nullable(),
  content: z.string().nullable().optional(),
  goal: z.string().nullable().optional(),
  funds: z.string().nullable().optional(),
  address: z.string().nullable().optional(),
  source: z.string().nullable().optional(),
  remark: z.string().nullable().optional(),
});
export type ProjectRow = z.infer<typeof ProjectRow>;

export const Totals = z.object({
  rows: z.int(),
  /** 个: packages count once. */
  projects: z.int(),
  /** 项: a package counts as its items. */
  items: z.int(),
  totalYuan: z.int(),
  planYuan: z.int(),
  doneYuan: z.int(),
  /** Money done by projects that have a plan this year: the numerator of the completion rate of the whole. */
  doneOfPlannedYuan: z.int(),
  lights: z.record(z.enum(lights), z.int()),
  notEnrolled: z.int(),
  notFiled: z.int(),
});
export type Totals = z.infer<typeof Totals>;

/** What a list shows: the same object is a saved view, a page of the list and an export. */
export const ListQuery = z.object({
  year: year.optional(),
  q: z.string().trim().max(100).optional(),
  /** `projects`: packages as one row each; `items`: what packages are split into. */
  level: z.enum(['projects', 'items']).optional(),
  filters: z.array(Filter).max(20).optional(),
  sort: z
    .array(z.object({ by: z.enum(sortKeys), down: z.boolean().optional() }))
    .max(4)
    .optional(),
  columns: z.array(z.string().max(40)).max(60).optional(),
});
export type ListQuery = z.input<typeof ListQuery>;

export const SavedView = z.object({
  id: z.uuid(),
  name: text(20),
  definition: ListQuery,
  /** Shown to everybody who holds a post in one of the owner's units. */
  shared: z.boolean(),
  mine: z.boolean(),
  /** Projects it shows to this caller now. */
  count: z.int(),
});
export type SavedView = z.infer<typeof SavedView>;

export const choiceKinds = ['board', 'tier', 'nature'] as const;
/** A word of the city's own lists; `mark` is the one-character badge of a tier. */
export const Choice = z.object({ label: text(40), mark: z.string().max(2).nullable() });
export const Choices = z.record(z.enum(choiceKinds), z.array(Choice).max(60));
export type Choices = z.infer<typeof Choices>;
