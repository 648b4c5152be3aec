import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import type { EditionBody } from './body.ts';

export type {
  EditionBody,
  EditionGroup,
  EditionIndicator,
  EditionMatter,
  EditionProject,
  EditionSums,
} from './body.ts';
export type { EditionChange } from './changes.ts';

const Period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const moment = z.iso.datetime();
const words = z.object({ zh: z.string(), en: z.string() });

/** Steps of a computation, in order; each is told while it runs. */
export const steps = [
  'cells',
  'comparison',
  'indicators',
  'rankings',
  'scores',
  'challenges',
  'matters',
  'seal',
] as const;
export type Step = (typeof steps)[number];

export const Run = z.object({
  id: z.uuid(),
  kind: z.enum(['trial', 'seal', 'replay']),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  step: z.enum(steps).nullable(),
  stepsDone: z.int(),
  stepsTotal: z.int(),
  problem: z.string().nullable(),
  /** Of a replay: equal or not, and the first parts of the body that differ. */
  result: z.object({ isEqual: z.boolean(), hash: z.string(), differing: z.array(z.string()) }).nullable(),
  askedAt: moment,
  askedByName: z.string(),
  endedAt: moment.nullable(),
});
export type Run = z.infer<typeof Run>;

export const EditionHead = z.object({
  id: z.uuid(),
  period: Period,
  version: z.int(),
  hash: z.string(),
  bodyHash: z.string(),
  prevHash: z.string(),
  snapshotId: z.uuid(),
  note: z.string().nullable(),
  sealedAt: moment,
  sealedByName: z.string(),
  publishedAt: moment.nullable(),
  publishedByName: z.string().nullable(),
  comment: z.string().nullable(),
});
export type EditionHead = z.infer<typeof EditionHead>;

export const checkCodes = [
  'completeness',
  'corrections',
  'signals',
  'exemptions',
  'rules',
  'plans',
  'earlier',
  'chain',
] as const;
/** One line of the list to go through before the freeze. */
export const CheckItem = z.object({
  code: z.enum(checkCodes),
  /** todo: must be settled or explained; watch: to be known; done. */
  state: z.enum(['done', 'watch', 'todo']),
  count: z.int(),
  says: words,
  /** Where it is settled. */
  path: z.string().nullable(),
  items: z.array(z.object({ title: z.string(), note: z.string().nullable(), path: z.string().nullable() })),
});
export type CheckItem = z.infer<typeof CheckItem>;

const MonthLine = z.object({
  period: Period,
  due: z.int(),
  filed: z.int(),
  state: z.enum(['open', 'trial', 'sealed', 'published', 'changed']),
  editions: z.int(),
  /** Version of the newest edition that the caller may see. */
  newest: z.int().nullable(),
  publishedAt: moment.nullable(),
});
export type MonthLine = z.infer<typeof MonthLine>;

const UnitFiling = z.object({
  name: z.string(),
  due: z.int(),
  accepted: z.int(),
  waiting: z.int(),
  returned: z.int(),
  missing: z.int(),
});

/** The frozen contents are the format of `body.ts`; they are read, never typed in. */
const Body = z.custom<Omit<EditionBody, 'projects'>>();
const Project = z.custom<EditionBody['projects'][number]>();

export const Month = z.object({
  period: Period,
  checks: z.array(CheckItem),
  units: z.array(UnitFiling),
  /** The newest run of the month, running or ended. */
  run: Run.nullable(),
  /** The newest trial since the last edition, without the table of projects. */
  trial: z.object({ turn: z.int(), computedAt: moment, bodyHash: z.string(), body: Body }).nullable(),
  editions: z.array(EditionHead),
  /** Filings that changed since the newest snapshot: a second edition is due. */
  changedSince: z.int(),
  /** What freezing needs: a reason for missing filings, and a cause and document for a restatement. */
  needs: z.object({ missingReason: z.boolean(), restatement: z.boolean() }),
  allowed: z.array(z.enum(['compute', 'freeze', 'replay'])),
});
export type Month = z.infer<typeof Month>;

const Changes = z.array(
  z.object({
    /** Where in the edition, as a person reads it. */
    place: words,
    field: words,
    old: words.nullable(),
    new: words.nullable(),
  }),
);

const reason = z.string().trim().min(4).max(1000);
const staff = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;

export const editions = defineContract({
  name: 'editions',
  title: { zh: '月度调度', en: 'Monthly dispatch' },
  uses: [
    'organization',
    'projects',
    'filings',
    'dispatch',
    'indicators',
    'rankings',
    'scores',
    'challenges',
    'ledger',
    'signals',
    'snapshots',
  ],
  permissions: {
    'editions.read': {
      words: { zh: '查看已发布的月度调度', en: 'See the published monthly dispatch' },
      roles: staff,
    },
    'editions.prepare': {
      words: { zh: '查看清单、试算和未发布的月度调度', en: 'See checklists, trials and what is not published yet' },
      roles: ['admin', 'leader', 'office', 'inspector'],
      isCityWide: true,
    },
    'editions.compute': {
      words: { zh: '试算、冻结月度调度', en: 'Try, freeze and recompute a month' },
      roles: ['office'],
      isCityWide: true,
    },
  },
  endpoints: {
    months: query({
      path: '/editions',
      summary: { zh: '某年各月的调度进度', en: 'How far the months of a year have come' },
      permission: 'editions.read',
      input: z.object({ year: z.coerce.number<unknown>().int().min(2000).max(2100).optional() }),
      output: z.object({ year: z.int(), months: z.array(MonthLine), canPrepare: z.boolean() }),
    }),
    month: query({
      path: '/editions/:period',
      summary: { zh: '一个月的清单、试算和各版', en: 'Checklist, trial and editions of a month' },
      permission: 'editions.prepare',
      input: z.object({ period: Period }),
      output: Month,
    }),
    compute: command({
      path: '/editions/:period/compute',
      summary: { zh: '试算本月：后台进行，可看进度', en: 'Work the month out as a trial, in the background' },
      permission: 'editions.compute',
      input: z.object({ period: Period }),
      output: Run,
    }),
    freeze: command({
      path: '/editions/:period/freeze',
      summary: {
        zh: '冻结填报并定稿；有更正的形成新版并附说明',
        en: 'Freeze the filings and seal the edition; after corrections a new one with a note',
      },
      permission: 'editions.compute',
      input: z.object({
        period: Period,
        missingReason: reason.nullable().default(null),
        note: reason.nullable().default(null),
        restatement: z
          .object({
            cause: z.enum(['ROUTINE', 'ERROR', 'CALIBER', 'PERIMETER', 'LAW']),
            document: z.string().trim().min(4).max(200),
          })
          .nullable()
          .default(null),
      }),
      output: Run,
    }),
    replay: command({
      path: '/editions/:period/:version/replay',
      summary: { zh: '用冻结数据重算并逐字节比对', en: 'Work an edition out again and compare it byte by byte' },
      permission: 'editions.compute',
      input: z.object({ period: Period, version: z.coerce.number<unknown>().int().min(1) }),
      output: Run,
    }),
    edition: query({
      path: '/editions/:period/:version',
      summary: { zh: '一版月度调度（不含项目表）', en: 'One edition without its table of projects' },
      permission: 'editions.read',
      input: z.object({ period: Period, version: z.coerce.number<unknown>().int().min(1) }),
      output: z.object({
        head: EditionHead,
        body: Body,
        newest: z.int(),
        /** Against the edition before, when there is one. */
        changes: Changes,
      }),
    }),
    projects: query({
      path: '/editions/:period/:version/projects',
      summary: { zh: '一版中的项目表：单位只见本单位', en: 'Projects in an edition; a unit sees its own' },
      permission: 'editions.read',
      input: z.object({
        period: Period,
        version: z.coerce.number<unknown>().int().min(1),
        light: z.enum(['normal', 'warn', 'late', 'idle', 'ahead']).optional(),
        county: z.string().max(80).optional(),
        /** Only those whose light changed since the month before. */
        turned: z.stringbool().optional(),
        offset: z.coerce.number<unknown>().int().min(0).default(0),
        limit: z.coerce.number<unknown>().int().min(1).max(500).default(100),
      }),
      output: z.object({ total: z.int(), rows: z.array(Project) }),
    }),
    text: download({
      path: '/editions/:period/:version/text',
      summary: { zh: '定稿原文（JSON），任何时候字节相同', en: 'The sealed text (JSON), the same bytes at any time' },
      permission: 'editions.prepare',
      input: z.object({ period: Period, version: z.coerce.number<unknown>().int().min(1) }),
      output: z.unknown(),
    }),
    verify: query({
      path: '/edition-chain',
      summary: { zh: '校验各版哈希链', en: 'Check the chain of editions' },
      permission: 'editions.prepare',
      input: z.object({}),
      output: z.object({
        count: z.int(),
        broken: z.object({ period: Period, version: z.int(), what: z.enum(['body', 'link', 'gap']) }).nullable(),
      }),
    }),
  },
});
