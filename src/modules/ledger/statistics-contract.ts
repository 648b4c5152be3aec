import { z } from 'zod';
import { query } from '#core/shared/contract.ts';
import { matterKinds, matterLevels, sourceKinds, tracks } from './kinds.ts';
import { day } from './shapes.ts';

export const dimensions = ['unit', 'kind', 'category', 'level', 'source', 'age'] as const;
export type Dimension = (typeof dimensions)[number];

/** Days from raising to closing, or to the day looked at while it is open. `to` null: and more. */
export const ageBands = [
  { code: 'd7', from: 0, to: 7 },
  { code: 'd15', from: 8, to: 15 },
  { code: 'd30', from: 16, to: 30 },
  { code: 'd60', from: 31, to: 60 },
  { code: 'd90', from: 61, to: 90 },
  { code: 'more', from: 91, to: null },
] as const;

const many = <T extends z.ZodType>(one: T) => z.array(one).max(100).optional();

/** Which matters are counted, and how they stood on which day. */
export const StatisticsInput = z.object({
  /** Left out: today. An earlier day counts what was known and done by its end. */
  on: day.optional(),
  /** Raised on or after this day. */
  raisedFrom: day.optional(),
  kinds: many(z.enum(matterKinds)),
  tracks: many(z.enum(tracks)),
  levels: many(z.enum(matterLevels)),
  sources: many(z.enum(sourceKinds)),
  categories: many(z.string().max(40)),
  unitIds: many(z.uuid()),
  sourceTitle: z.string().max(200).optional(),
});
export type StatisticsInput = z.infer<typeof StatisticsInput>;

export const Counts = z.object({
  /** Issued or fixed on the spot: without drafts and without what was made void. */
  raised: z.int(),
  /** Not struck off, 暂缓 included. */
  open: z.int(),
  closed: z.int(),
  /** Open and red by its own limits. */
  overdue: z.int(),
  /** Came back at least once after it was struck off. */
  reopened: z.int(),
  /** Struck off, and a limit was set: what the two counts of punctuality are shares of. */
  closedWithDue: z.int(),
  /** Claimed, by the claim that held, on or before the original limit. */
  inTimeOriginal: z.int(),
  /** The same against the limit as extended. */
  inTimeCurrent: z.int(),
  /** Days from raising to striking off; null when nothing was struck off. */
  medianDays: z.number().nullable(),
});
export type Counts = z.infer<typeof Counts>;

/** The two tracks, never added up. */
const byTrack = { onSpot: Counts, assigned: Counts };
export const TrackCounts = z.object(byTrack);
export type TrackCounts = z.infer<typeof TrackCounts>;

export const StatisticsRow = z.object({ key: z.string().nullable(), label: z.string().nullable(), ...byTrack });
export type StatisticsRow = z.infer<typeof StatisticsRow>;

export const Blocking = z.object({
  blockedUnitId: z.uuid().nullable(),
  blockedUnitName: z.string().nullable(),
  blockerUnitId: z.uuid().nullable(),
  blockerUnitName: z.string().nullable(),
  /** Open matters of the one that wait for open matters of the other. */
  matters: z.int(),
  overdue: z.int(),
});
export type Blocking = z.infer<typeof Blocking>;

export const Inspection = z.object({
  inspection: z.string(),
  /** Objects inspected in which something was found. */
  objects: z.int(),
  findings: z.int(),
  groups: z.int(),
  onSpot: z.int(),
  assigned: z.int(),
  closed: z.int(),
});
export type Inspection = z.infer<typeof Inspection>;

export const TrendMonth = z.object({
  month: z.string(),
  raisedOnSpot: z.int(),
  raisedAssigned: z.int(),
  closedOnSpot: z.int(),
  closedAssigned: z.int(),
});
export type TrendMonth = z.infer<typeof TrendMonth>;

export const statisticsEndpoints = {
  board: query({
    path: '/ledger/board',
    summary: { zh: '台账总览：两本账分开计', en: 'The ledger at a glance, its two tracks apart' },
    permission: 'ledger.read',
    input: StatisticsInput,
    output: z.object({
      on: day,
      ...byTrack,
      /** Lead units by what is overdue, most first. */
      overdueUnits: z.array(
        z.object({
          unitId: z.uuid().nullable(),
          unitName: z.string().nullable(),
          open: z.int(),
          overdue: z.int(),
          /** Days by which the one that is longest over has passed its limit. */
          worstDays: z.int().nullable(),
        }),
      ),
      inspections: z.array(Inspection),
    }),
  }),
  statistics: query({
    path: '/ledger/statistics',
    summary: {
      zh: '按单位、类型、类别、层级、来源、时长统计',
      en: 'Counts by unit, kind, category, level, source or age',
    },
    permission: 'ledger.read',
    input: StatisticsInput.extend({ by: z.enum(dimensions) }),
    output: z.array(StatisticsRow),
  }),
  blocking: query({
    path: '/ledger/blocking',
    summary: { zh: '谁卡住了谁', en: 'Who blocks whom' },
    permission: 'ledger.read',
    input: StatisticsInput,
    output: z.array(Blocking),
  }),
  trend: query({
    path: '/ledger/trend',
    summary: { zh: '近十二个月的登记和销号', en: 'Raised and closed in the last twelve months' },
    permission: 'ledger.read',
    input: StatisticsInput,
    output: z.array(TrendMonth),
  }),
};
