import { z } from 'zod';

/** Why a month stays far below its plan (dispatch.md §2.8): land and demolition, money, weather, permits, labour, other. */
export const causes = ['land', 'funding', 'weather', 'permits', 'labour', 'other'] as const;
export type Cause = (typeof causes)[number];

/** The cells of a filing: what a hit points at and what a reviewer may mark. */
export const filingFields = [
  'monthYuan',
  'cumulativeYuan',
  'cause',
  'imageProgress',
  'milestones',
  'problems',
  'nextSteps',
  'photos',
  'startedOn',
  'note',
] as const;
export type FilingField = (typeof filingFields)[number];

const Day = z.iso.date();
/** Whole yuan; a number outside the safe integers would be silently rounded on its way through JSON. */
const Yuan = z.int();

export const FilingPhoto = z.object({
  /** SHA-256 of the stored file. */
  fileId: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(200).default(''),
  /** When it was taken, as far as the browser knows; null is "not known", never a guess. */
  takenAt: z.iso.datetime({ offset: true }).nullable().default(null),
  /** WGS-84 degrees from the phone. */
  lat: z.number().min(-90).max(90).nullable().default(null),
  lon: z.number().min(-180).max(180).nullable().default(null),
});
export type FilingPhoto = z.infer<typeof FilingPhoto>;

export const MilestoneTick = z.object({
  milestoneId: z.uuid(),
  doneOn: Day.nullable(),
});
export type MilestoneTick = z.infer<typeof MilestoneTick>;

/** What the filer states for one period. A draft may leave the amounts open; a month's submission may not. */
export const FilingContent = z.object({
  monthYuan: Yuan.nullable().default(null),
  /** From 1 January to the end of the month. */
  cumulativeYuan: Yuan.nullable().default(null),
  unchanged: z.boolean().default(false),
  cause: z.enum(causes).nullable().default(null),
  imageProgress: z.string().max(2000).default(''),
  milestones: z.array(MilestoneTick).max(200).default([]),
  problems: z.string().max(2000).default(''),
  /** 下步计划. */
  nextSteps: z.string().max(2000).default(''),
  photos: z
    .array(FilingPhoto)
    .max(30)
    .refine((photos) => new Set(photos.map((p) => p.fileId)).size === photos.length, 'The same photo twice')
    .default([]),
  /** The day work really began, when the register does not know it yet. */
  startedOn: Day.nullable().default(null),
  /** Rule code → the filer's explanation of that hit. */
  explanations: z.record(z.string().max(40), z.string().max(1000)).default({}),
  note: z.string().max(1000).default(''),
});
export type FilingContent = z.infer<typeof FilingContent>;

export const emptyContent: FilingContent = FilingContent.parse({});
