import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';

const Period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const moment = z.iso.datetime();
const year = z.coerce.number<unknown>().int().min(2000).max(2100);
const Reason = z.string().trim().min(4).max(1000);
const yuan = z.int();

/** Three honest reasons and two more (city-systems.md §4.9): routine revision, error, caliber, perimeter, law. */
export const restatementCauses = ['ROUTINE', 'ERROR', 'CALIBER', 'PERIMETER', 'LAW'] as const;
export type RestatementCause = (typeof restatementCauses)[number];
export const snapshotKinds = ['OPERATIONAL', 'PUBLISHED'] as const;

const Missing = z.object({
  projectId: z.uuid(),
  projectName: z.string(),
  unitName: z.string(),
  /** State of the filing: opened, draft, submitted, returned, exempt. */
  state: z.string(),
  reason: z.string().nullable(),
});

export const Snapshot = z.object({
  id: z.uuid(),
  /** Place in the chain, from 1. */
  position: z.int(),
  period: Period,
  /** 1: first frozen; higher: restated. */
  version: z.int(),
  kind: z.enum(snapshotKinds),
  bodyHash: z.string(),
  prevHash: z.string(),
  hash: z.string(),
  asOf: moment,
  cellCount: z.int(),
  projectCount: z.int(),
  filedCount: z.int(),
  exemptCount: z.int(),
  missingCount: z.int(),
  missing: z.array(Missing),
  missingReason: z.string().nullable(),
  note: z.string().nullable(),
  createdAt: moment,
  createdBy: z.string(),
  publishedAt: moment.nullable(),
  publishedBy: z.string().nullable(),
  comment: z.string().nullable(),
  /** The snapshot that restates this one; null while it is the newest of its month. */
  replacedById: z.uuid().nullable(),
});
export type Snapshot = z.infer<typeof Snapshot>;

export const Month = z.object({
  period: Period,
  total: z.int(),
  filed: z.int(),
  exempt: z.int(),
  frozen: z.int(),
  /** Accepted filings that are being put right. */
  correcting: z.int(),
  /** The newest snapshot; null while the month is open. */
  snapshot: Snapshot.nullable(),
  /** Filings that changed since it was frozen: the month waits to be restated. */
  changedSince: z.int(),
  allowed: z.array(z.enum(['freeze', 'restate', 'publish'])),
});
export type Month = z.infer<typeof Month>;

const Change = z.object({
  projectId: z.uuid(),
  name: z.string(),
  field: z.string(),
  old: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  new: z.union([z.string(), z.number(), z.boolean()]).nullable(),
});

export const Restatement = z.object({
  id: z.uuid(),
  period: Period,
  cause: z.enum(restatementCauses),
  publicNote: z.string(),
  document: z.string(),
  correctionIds: z.array(z.string()),
  oldSnapshotId: z.uuid(),
  newSnapshotId: z.uuid(),
  oldVersion: z.int(),
  newVersion: z.int(),
  changedCount: z.int(),
  changed: z.array(Change),
  approvedBy: z.string(),
  at: moment,
});
export type Restatement = z.infer<typeof Restatement>;

export const GroupFigures = z.object({
  key: z.string().nullable(),
  name: z.string().nullable(),
  projects: z.int(),
  items: z.int(),
  planYuan: yuan,
  doneYuan: yuan,
  lights: z.record(z.string(), z.int()),
  rank: z.int().nullable(),
  gapPoints: z.number().nullable(),
});

export const TablePage = z.object({
  period: Period,
  asOf: moment,
  day: z.iso.date(),
  clock: z.object({ n: z.int(), d: z.int(), shown: z.string() }),
  ruleSet: z.object({ zh: z.string(), en: z.string(), version: z.int() }),
  /** Null: as of a moment, no snapshot. */
  snapshotId: z.uuid().nullable(),
  total: GroupFigures,
  counties: z.array(GroupFigures),
  rowCount: z.int(),
  /** The first projects of the table. */
  rows: z.array(
    z.object({
      id: z.uuid(),
      serial: z.int(),
      name: z.string(),
      demo: z.boolean(),
      countyName: z.string().nullable(),
      light: z.string().nullable(),
      yearPlanYuan: yuan.nullable(),
      monthYuan: yuan.nullable(),
      yearDoneYuan: yuan.nullable(),
      gapPoints: z.number().nullable(),
      filingState: z.string().nullable(),
    }),
  ),
});
export type TablePage = z.infer<typeof TablePage>;

export const ChainCheck = z.object({
  count: z.int(),
  /** The first snapshot that is no longer what it was; null when the chain is whole. */
  broken: z
    .object({
      id: z.uuid(),
      position: z.int(),
      period: Period,
      version: z.int(),
      /** What does not fit: the cells, the head, the link to the one before, or a place in the chain that is missing. */
      what: z.enum(['body', 'head', 'link', 'gap']),
    })
    .nullable(),
  /** Snapshots whom this program would print otherwise than the one that froze them. */
  otherTables: z.array(z.object({ id: z.uuid(), period: Period, version: z.int() })),
});
export type ChainCheck = z.infer<typeof ChainCheck>;

const format = z.enum(['xlsx', 'csv']).default('xlsx');
const language = z.enum(['zh', 'en']).default('zh');

export const snapshots = defineContract({
  name: 'snapshots',
  title: { zh: '冻结与快照', en: 'Freezes and snapshots' },
  uses: ['organization', 'projects', 'filings', 'dispatch'],
  permissions: {
    'snapshots.read': {
      words: { zh: '查看冻结的月份和快照', en: 'See frozen months and snapshots' },
      roles: ['admin', 'leader', 'office', 'inspector'],
      isCityWide: true,
    },
    'snapshots.freeze': {
      words: { zh: '冻结月份、重述、发布', en: 'Freeze, restate and publish months' },
      roles: ['office'],
      isCityWide: true,
    },
  },
  endpoints: {
    months: query({
      path: '/snapshots',
      summary: { zh: '某年各月的冻结情况', en: 'The months of a year, frozen or open' },
      permission: 'snapshots.read',
      input: z.object({ year: year.optional() }),
      output: z.object({ year: z.int(), months: z.array(Month) }),
    }),
    month: query({
      path: '/snapshots/months/:period',
      summary: { zh: '一个月的各版快照、缺报和重述', en: 'Snapshots, missing filings and restatements of a month' },
      permission: 'snapshots.read',
      input: z.object({ period: Period }),
      output: z.object({
        month: Month,
        snapshots: z.array(Snapshot),
        restatements: z.array(Restatement),
        /** Of which no version counts now. */
        unfiled: z.array(Missing),
      }),
    }),
    freeze: command({
      path: '/snapshots/months/:period/freeze',
      summary: { zh: '冻结一个月；有缺报的须写明理由', en: 'Freeze a month; with filings missing only with a reason' },
      permission: 'snapshots.freeze',
      input: z.object({
        period: Period,
        missingReason: Reason.nullable().default(null),
        note: z.string().trim().max(1000).nullable().default(null),
      }),
      output: Snapshot,
    }),
    restate: command({
      path: '/snapshots/months/:period/restate',
      summary: {
        zh: '重述已冻结的月份：原快照不动，形成新版并指向原版',
        en: 'Restate a frozen month: a new version beside the old, which stays',
      },
      permission: 'snapshots.freeze',
      input: z.object({
        period: Period,
        cause: z.enum(restatementCauses),
        publicNote: z.string().trim().min(10).max(1000),
        document: z.string().trim().min(4).max(200),
        missingReason: Reason.nullable().default(null),
      }),
      output: Snapshot,
    }),
    publish: command({
      path: '/snapshots/:id/publish',
      summary: { zh: '发布快照，可附说明', en: 'Publish a snapshot, with a comment' },
      permission: 'snapshots.freeze',
      input: z.object({ id: z.uuid(), comment: z.string().trim().max(1000).nullable().default(null) }),
      output: Snapshot,
    }),
    verify: query({
      path: '/snapshots/verify',
      summary: { zh: '重算快照链，指出第一处不符', en: 'Recompute the chain and name the first break' },
      permission: 'snapshots.read',
      input: z.object({}),
      output: ChainCheck,
    }),
    view: query({
      path: '/snapshots/:id/view',
      summary: { zh: '快照中的汇总和调度表', en: 'Summary and table in a snapshot' },
      permission: 'snapshots.read',
      input: z.object({ id: z.uuid() }),
      output: TablePage,
    }),
    table: download({
      path: '/snapshots/:id/table',
      summary: {
        zh: '由快照生成调度表，任何时候字节相同',
        en: 'The month’s table from a snapshot, the same bytes at any time',
      },
      permission: 'snapshots.read',
      input: z.object({ id: z.uuid(), format, language }),
      output: z.unknown(),
    }),
    asOf: query({
      path: '/snapshots/as-of/:period',
      summary: { zh: '截至某一时刻的调度表', en: 'The table of a month as of a past moment' },
      permission: 'snapshots.read',
      input: z.object({ period: Period, moment }),
      output: TablePage,
    }),
    asOfTable: download({
      path: '/snapshots/as-of/:period/table',
      summary: { zh: '下载截至某一时刻的调度表', en: 'Download the table of a month as of a past moment' },
      permission: 'snapshots.read',
      input: z.object({ period: Period, moment, format, language }),
      output: z.unknown(),
    }),
  },
});
