import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { maxAmount } from './amount.ts';
import { categoryCodes } from './categories.ts';
import { lampCauses, lampLights } from './lamp.ts';
import { needStates } from './need-state.ts';

const day = z.iso.date();
const text = (max: number) => z.string().trim().min(1).max(max);
/** In units of the category's last decimal; see categories.ts. */
const amount = z.int().min(0).max(maxAmount);
const category = z.enum(categoryCodes);
const year = z.int().min(2000).max(2100);
const fileId = z.string().regex(/^[0-9a-f]{64}$/);
const figures = z.int().min(0).max(1e9);
const progress = z.object({ planned: figures, signed: figures, vacated: figures });

/** 征拆: households in 户, area in whole square metres. */
export const ClearanceFigures = z.object({ households: progress, area: progress });

export const Evidence = z.object({ fileId, name: z.string().trim().min(1).max(200) });
export type Evidence = z.infer<typeof Evidence>;

const Unit = z.object({ id: z.uuid(), name: z.string() });

export const Need = z.object({
  id: z.uuid(),
  category,
  demand: amount,
  supplied: amount,
  /** Part of `supplied` that came out of quota pools. */
  allotted: amount,
  clearance: ClearanceFigures.nullable(),
  unit: Unit.nullable(),
  personName: z.string().nullable(),
  /** 原承诺: kept for ever. */
  promisedOriginal: day.nullable(),
  /** 现承诺: counts. */
  promisedOn: day.nullable(),
  evidence: z.string().nullable(),
  files: z.array(Evidence),
  note: z.string().nullable(),
  state: z.enum(needStates),
  version: z.int(),
});
export type Need = z.infer<typeof Need>;

const LampCheck = z.object({
  category,
  state: z.enum(needStates),
  light: z.enum(lampLights),
  cause: z.enum(lampCauses),
  promisedOn: day.nullable(),
  daysLeft: z.int().nullable(),
});
export const Lamp = z.object({
  light: z.enum(lampLights),
  cause: z.enum(lampCauses),
  category: category.nullable(),
  checks: z.array(LampCheck),
});
export type Lamp = z.infer<typeof Lamp>;

const Allotment = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  /** Negative: withdrawn. */
  amount: z.int(),
  onDay: day,
  document: z.string(),
  reason: z.string().nullable(),
  actorName: z.string(),
});
export type Allotment = z.infer<typeof Allotment>;

const ProjectFactors = z.object({
  projectId: z.uuid(),
  asOf: day,
  lamp: Lamp,
  since: day.nullable(),
  needs: z.array(Need),
  allotments: z.array(Allotment.extend({ poolName: z.string(), year, category })),
  allowed: z.array(z.enum(['edit', 'allot'])),
});
export type ProjectFactors = z.infer<typeof ProjectFactors>;

const NeedEvent = z.object({
  id: z.uuid(),
  category,
  at: z.iso.datetime(),
  kind: z.enum(['entered', 'changed', 'corrected', 'allotted', 'withdrawn']),
  actorName: z.string(),
  reason: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});
export type NeedEvent = z.infer<typeof NeedEvent>;

const Pool = z.object({
  id: z.uuid(),
  category,
  year,
  name: z.string(),
  size: amount,
  allotted: amount,
  version: z.int(),
  /** Document of the newest size. */
  document: z.string(),
  versions: z.array(
    z.object({
      version: z.int(),
      size: amount,
      document: z.string(),
      note: z.string().nullable(),
      actorName: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  allotments: z.array(Allotment),
});
export type Pool = z.infer<typeof Pool>;

const Coverage = z.object({
  category,
  needing: z.int(),
  secured: z.int(),
  demand: z.int(),
  supplied: z.int(),
  overdue: z.int(),
});
export type Coverage = z.infer<typeof Coverage>;

const Cell = z.object({
  state: z.enum(needStates),
  light: z.enum(lampLights),
  demand: amount,
  supplied: amount,
  promisedOn: day.nullable(),
});
const FactorRow = z.object({
  projectId: z.uuid(),
  serial: z.int(),
  name: z.string(),
  countyName: z.string().nullable(),
  light: z.enum(lampLights),
  cause: z.enum(lampCauses),
  category: category.nullable(),
  cells: z.partialRecord(category, Cell),
});
export type FactorRow = z.infer<typeof FactorRow>;

const OverduePromise = z.object({
  needId: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  category,
  demand: amount,
  supplied: amount,
  promisedOriginal: day,
  promisedOn: day,
  daysLate: z.int(),
  personName: z.string().nullable(),
});
const Owner = z.object({ unit: Unit.nullable(), promises: z.array(OverduePromise) });
export type Owner = z.infer<typeof Owner>;

const byProject = z.object({ projectId: z.uuid() });

export const factors = defineContract({
  name: 'factors',
  title: { zh: '要素保障', en: 'Factors' },
  uses: ['organization', 'projects'],
  permissions: {
    'factors.read': {
      words: { zh: '查看要素保障', en: 'See factors' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'factors.edit': {
      words: { zh: '登记要素需求和落实情况', en: 'Enter what projects need and have got' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit'],
    },
    'factors.pools': {
      words: { zh: '查看全市指标池', en: 'See the quota pools of the city' },
      roles: ['admin', 'leader', 'office', 'inspector'],
      isCityWide: true,
    },
    'factors.allot': {
      words: { zh: '维护指标池和分配指标', en: 'Keep quota pools and allot from them' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    project: query({
      path: '/factors/projects/:projectId',
      summary: { zh: '一个项目的要素需求、落实和灯', en: 'What a project needs and has got, with its lamp' },
      permission: 'factors.read',
      input: byProject,
      output: ProjectFactors,
    }),
    history: query({
      path: '/factors/projects/:projectId/history',
      summary: { zh: '要素变更历史，最近在前', en: 'History of the factors of a project, newest first' },
      permission: 'factors.read',
      input: byProject,
      output: z.array(NeedEvent),
    }),
    file: download({
      path: '/factors/projects/:projectId/files/:fileId',
      summary: { zh: '佐证文件', en: 'A file kept as evidence' },
      permission: 'factors.read',
      input: byProject.extend({ fileId }),
      output: z.unknown(),
    }),
    setNeed: command({
      path: '/factors/projects/:projectId/needs',
      summary: { zh: '登记或更新一类要素', en: 'Enter or change one need' },
      permission: 'factors.edit',
      input: byProject.extend({
        category,
        /** 0 for the first entry. */
        version: z.int().min(0),
        /** For 征地拆迁 both follow from `clearance`. */
        demand: amount.optional(),
        supplied: amount.optional(),
        clearance: ClearanceFigures.optional(),
        unitId: z.uuid().nullable().optional(),
        personName: text(60).nullable().optional(),
        promisedOn: day.nullable().optional(),
        evidence: text(300).nullable().optional(),
        files: z.array(Evidence).max(10).optional(),
        note: text(500).nullable().optional(),
        /** A figure of 征拆 was wrong and falls. */
        isCorrection: z.boolean().optional(),
        reason: z.string().trim().max(300).optional(),
      }),
      output: ProjectFactors,
    }),
    coverage: query({
      path: '/factors/coverage',
      summary: { zh: '各类要素保障率', en: 'Share of needs secured, by category' },
      permission: 'factors.read',
      input: z.object({}),
      output: z.object({
        asOf: day,
        coverage: z.array(Coverage),
        lights: z.record(z.enum(lampLights), z.int()),
        allowed: z.array(z.enum(['pools', 'allot'])),
      }),
    }),
    table: query({
      path: '/factors/table',
      summary: { zh: '项目 × 要素：各项目每类要素的灯', en: 'Projects by category, each with its lamp' },
      permission: 'factors.read',
      input: z.object({
        q: z.string().trim().max(100).optional(),
        lights: z.array(z.enum(lampLights)).max(4).optional(),
        category: category.optional(),
        state: z.enum(needStates).optional(),
        offset: z.int().min(0).optional(),
        limit: z.int().min(1).max(500).optional(),
      }),
      output: z.object({ total: z.int(), rows: z.array(FactorRow) }),
    }),
    promises: query({
      path: '/factors/promises',
      summary: { zh: '逾期承诺，按责任单位', en: 'Promises past their day, by owner' },
      permission: 'factors.read',
      input: z.object({}),
      output: z.object({ asOf: day, owners: z.array(Owner) }),
    }),
    pools: query({
      path: '/factors/pools',
      summary: { zh: '指标池及其分配', en: 'Quota pools with their allotments' },
      permission: 'factors.pools',
      input: z.object({ year: z.coerce.number<unknown>().int().min(2000).max(2100).optional() }),
      output: z.object({ year, years: z.array(year), pools: z.array(Pool) }),
    }),
    createPool: command({
      path: '/factors/pools',
      summary: { zh: '建立指标池', en: 'Open a quota pool' },
      permission: 'factors.allot',
      input: z.object({
        category,
        year,
        name: text(60),
        size: amount,
        document: text(200),
        note: text(300).nullable().optional(),
      }),
      output: Pool,
    }),
    resizePool: command({
      path: '/factors/pools/:id/size',
      summary: { zh: '按文件调整指标池规模', en: 'Change the size of a pool after a document' },
      permission: 'factors.allot',
      input: z.object({
        id: z.uuid(),
        version: z.int(),
        size: amount,
        document: text(200),
        note: text(300).nullable().optional(),
      }),
      output: Pool,
    }),
    allot: command({
      path: '/factors/pools/:id/allot',
      summary: { zh: '给项目分配指标', en: 'Allot from a pool to a project' },
      permission: 'factors.allot',
      input: z.object({
        id: z.uuid(),
        projectId: z.uuid(),
        amount: amount.min(1),
        document: text(200),
        onDay: day.optional(),
      }),
      output: Pool,
    }),
    withdraw: command({
      path: '/factors/pools/:id/withdraw',
      summary: { zh: '收回已分配的指标', en: 'Take an allotment back' },
      permission: 'factors.allot',
      input: z.object({
        id: z.uuid(),
        projectId: z.uuid(),
        amount: amount.min(1),
        document: text(200),
        reason: text(300),
      }),
      output: Pool,
    }),
  },
});
