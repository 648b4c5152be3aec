import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { datasetCodes } from './datasets.ts';
import { publicFields } from './public-fields.ts';

const day = z.iso.date();
const moment = z.iso.datetime();
const byId = z.object({ id: z.uuid() });
const Fields = z.array(z.enum(publicFields)).max(publicFields.length);

/** What everybody may see of a project: `fields` says what was marked; everything not marked is absent. */
export const PublicProject = z.object({
  id: z.uuid(),
  name: z.string(),
  demo: z.boolean(),
  fields: Fields,
  publishedAt: moment,
  /** Figures are as of this day. */
  asOf: day,
  headquarters: z.string(),
  code: z.string().nullable().optional(),
  board: z.string().nullable().optional(),
  tiers: z.array(z.string()).optional(),
  region: z.string().nullable().optional(),
  address: z.string().nullable().optional(),
  content: z.string().nullable().optional(),
  owner: z.string().nullable().optional(),
  lead: z.string().nullable().optional(),
  stage: z.string().optional(),
  total: z.int().nullable().optional(),
  year: z.int().optional(),
  plan: z.int().nullable().optional(),
  done: z.int().nullable().optional(),
  start: z.object({ planned: day.nullable(), actual: day.nullable() }).optional(),
  finish: z.object({ planned: day.nullable(), actual: day.nullable() }).optional(),
  milestones: z.array(z.object({ name: z.string(), due: day.nullable(), actual: day.nullable() })).optional(),
  contracts: z
    .array(
      z.object({
        title: z.string(),
        supplier: z.string().nullable(),
        signedOn: day.nullable(),
        yuan: z.int().nullable(),
      }),
    )
    .optional(),
});
export type PublicProject = z.infer<typeof PublicProject>;

export const Publication = z.object({
  projectId: z.uuid(),
  isPublic: z.boolean(),
  fields: Fields,
  events: z.array(
    z.object({ kind: z.string(), fields: Fields, reason: z.string(), actorName: z.string(), at: moment }),
  ),
  allowed: z.array(z.enum(['publish', 'withdraw'])),
});
export type Publication = z.infer<typeof Publication>;

const readers = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;
const Reason = z.string().trim().min(2).max(300);

export const opendata = defineContract({
  name: 'opendata',
  title: { zh: '数据开放', en: 'Open data' },
  uses: ['organization', 'projects', 'filings', 'lifecycle', 'funding'],
  permissions: {
    'opendata.read': {
      words: { zh: '查看项目公开状态，导出单个项目', en: 'See what is public, export one project' },
      roles: readers,
    },
    'opendata.publish': {
      words: { zh: '公开项目信息', en: 'Make projects public' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'opendata.export': {
      words: { zh: '导出全部数据', en: 'Export everything' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    publicList: query({
      path: '/opendata/public',
      summary: { zh: '已公开的项目', en: 'Projects that are public' },
      permission: 'anyone',
      input: z.object({
        q: z.string().max(60).optional(),
        offset: z.coerce.number<unknown>().int().min(0).default(0),
        limit: z.coerce.number<unknown>().int().min(1).max(200).default(50),
      }),
      output: z.object({
        headquarters: z.string(),
        total: z.int(),
        projects: z.array(
          z.object({ id: z.uuid(), name: z.string(), demo: z.boolean(), region: z.string().nullable() }),
        ),
      }),
    }),
    publicProject: query({
      path: '/opendata/public/:id',
      summary: { zh: '一个项目的公开信息', en: 'What is public of a project' },
      permission: 'anyone',
      input: byId,
      output: PublicProject,
    }),
    publication: query({
      path: '/opendata/projects/:id/publication',
      summary: { zh: '项目公开了什么', en: 'What of a project is public' },
      permission: 'opendata.read',
      input: byId,
      output: Publication,
    }),
    publish: command({
      path: '/opendata/projects/:id/publish',
      summary: { zh: '公开或改变公开的内容', en: 'Publish, or change what is public' },
      permission: 'opendata.publish',
      input: byId.extend({ fields: Fields, reason: Reason }),
      output: Publication,
    }),
    withdraw: command({
      path: '/opendata/projects/:id/withdraw',
      summary: { zh: '撤回公开', en: 'Withdraw from the public' },
      permission: 'opendata.publish',
      input: byId.extend({ reason: Reason }),
      output: Publication,
    }),
    oc4idsProject: download({
      path: '/opendata/oc4ids/:id',
      summary: {
        zh: '按 OC4IDS 0.9.5 导出一个项目（打捆项目含子项）',
        en: 'One project as OC4IDS 0.9.5, a package with its items',
      },
      permission: 'opendata.read',
      input: byId,
      output: z.unknown(),
    }),
    oc4idsAll: download({
      path: '/opendata/oc4ids',
      summary: { zh: '按 OC4IDS 0.9.5 导出全部项目', en: 'Every project as one OC4IDS 0.9.5 package' },
      permission: 'opendata.export',
      input: z.object({}),
      output: z.unknown(),
    }),
    dataset: download({
      path: '/opendata/datasets/:code',
      summary: { zh: '导出一张完整的表（CSV 或 Excel）', en: 'One whole table as CSV or Excel' },
      permission: 'opendata.export',
      input: z.object({
        code: z.enum(datasetCodes),
        format: z.enum(['csv', 'xlsx']),
        year: z.coerce.number<unknown>().int().min(2000).max(2100).optional(),
        language: z.enum(['zh', 'en']).optional(),
      }),
      output: z.unknown(),
    }),
    overview: query({
      path: '/opendata/overview',
      summary: { zh: '公开数量、可导出的表、发布前缀', en: 'How much is public, which tables there are, the prefix' },
      permission: 'opendata.export',
      input: z.object({}),
      output: z.object({
        publicProjects: z.int(),
        allProjects: z.int(),
        prefix: z.string().nullable(),
        years: z.array(z.int()),
      }),
    }),
    setPrefix: command({
      path: '/opendata/prefix',
      summary: { zh: '登记 OC4IDS 发布前缀', en: 'Record the OC4IDS prefix' },
      permission: 'opendata.publish',
      input: z.object({
        prefix: z
          .string()
          .regex(/^oc4ids-[a-z0-9]{6}$/)
          .nullable(),
      }),
      output: z.object({ prefix: z.string().nullable() }),
    }),
  },
});
