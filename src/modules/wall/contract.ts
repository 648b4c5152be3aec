import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';
import { Summary } from '#modules/dispatch/contract.ts';

const lights = z.enum(['normal', 'warn', 'late', 'idle', 'ahead']);

/** One project on the map, WGS-84. */
export const MapPoint = z.object({ id: z.uuid(), lng: z.number(), lat: z.number(), light: lights });
export type MapPoint = z.infer<typeof MapPoint>;

/** A project that needs attention: yellow or red, the worst first. */
export const Attention = z.object({
  id: z.uuid(),
  name: z.string(),
  demo: z.boolean(),
  unit: z.string().nullable(),
  light: z.enum(['warn', 'late']),
  /** Code of the rule that gave the light (start, progress, payment, enrolment, …). */
  cause: z.string().nullable(),
  gapPoints: z.number().nullable(),
  /** Since when the light has been this colour. */
  since: z.iso.date(),
  finishPlanned: z.iso.date().nullable(),
});
export type Attention = z.infer<typeof Attention>;

export const LatestFiling = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  unit: z.string().nullable(),
  period: z.string(),
  acceptedAt: z.iso.datetime(),
  monthYuan: z.int(),
  planYuan: z.int().nullable(),
  doneYuan: z.int().nullable(),
});
export type LatestFiling = z.infer<typeof LatestFiling>;

/** The month that is being filed: how many must, and where they stand. */
export const Cycle = z.object({
  period: z.string(),
  dueAt: z.iso.datetime(),
  expected: z.int(),
  accepted: z.int(),
  submitted: z.int(),
  returned: z.int(),
  /** Opened or a draft: nothing has come yet. */
  missing: z.int(),
});
export type Cycle = z.infer<typeof Cycle>;

export const Screen = z.object({
  city: z.object({ name: z.string(), hqName: z.string(), demo: z.boolean() }),
  /** The moment of the answer on the product's clock. */
  madeAt: z.iso.datetime(),
  today: z.iso.date(),
  summary: Summary,
  /** Rank of each command post at the end of last month, by unit id; absent when it had none. */
  lastMonthRanks: z.record(z.string(), z.int()),
  points: z.array(MapPoint),
  attention: z.array(Attention),
  latest: z.array(LatestFiling),
  cycle: Cycle.nullable(),
});
export type Screen = z.infer<typeof Screen>;

const Ring = z.array(z.tuple([z.number(), z.number()])).min(4);
/** A county: its outer rings in WGS-84, and the unit whose figures are written into it. */
export const Area = z.object({
  code: z.string(),
  name: z.string(),
  unitId: z.uuid().nullable(),
  label: z.tuple([z.number(), z.number()]),
  rings: z.array(Ring),
});
export type Area = z.infer<typeof Area>;

export const Boundary = z.object({
  areas: z.array(Area),
  source: z.string(),
  /** 审图号, shown under the map; null for a stand-in. */
  approvalNo: z.string().nullable(),
});
export type Boundary = z.infer<typeof Boundary>;

const everybody = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'inspector'] as const;

export const wall = defineContract({
  name: 'wall',
  title: { zh: '挂图', en: 'Wall' },
  uses: ['organization', 'projects', 'filings', 'dispatch'],
  permissions: {
    'wall.read': { words: { zh: '查看挂图大屏', en: 'See the wall' }, roles: everybody },
    'wall.manage': {
      words: { zh: '更换地图边界', en: 'Change the map' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    screen: query({
      path: '/wall/screen',
      summary: { zh: '大屏全部数据（在可见范围内）', en: 'Everything the wall shows, within the viewer’s reach' },
      permission: 'wall.read',
      input: z.object({}),
      output: Screen,
    }),
    boundary: query({
      path: '/wall/boundary',
      summary: { zh: '县区边界', en: 'County boundaries' },
      permission: 'wall.read',
      input: z.object({}),
      output: Boundary.nullable(),
    }),
    setBoundary: command({
      path: '/wall/boundary',
      summary: {
        zh: '更换边界（GeoJSON，注明坐标系与审图号）',
        en: 'Replace the boundaries (GeoJSON, with its system and map approval number)',
      },
      permission: 'wall.manage',
      input: z.object({
        /** A GeoJSON FeatureCollection of polygons with `properties.name`, uploaded before by POST /api/files. */
        fileId: z.string().regex(/^[0-9a-f]{64}$/),
        system: z.enum(['WGS-84', 'GCJ-02', 'BD-09']),
        source: z.string().trim().min(2).max(200),
        approvalNo: z.string().trim().max(60).nullable(),
      }),
      output: Boundary,
    }),
  },
});
