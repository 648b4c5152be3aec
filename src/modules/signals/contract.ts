import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';
import { signalCodes } from './signal.ts';
import { Thresholds } from './thresholds.ts';

const day = z.iso.date();
const moment = z.iso.datetime();
const words = z.object({ zh: z.string(), en: z.string() });
const byId = z.object({ id: z.uuid() });

export const findingStates = ['open', 'explained', 'settled'] as const;

export const Finding = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  demo: z.boolean(),
  unitName: z.string().nullable(),
  countyName: z.string().nullable(),
  code: z.enum(signalCodes),
  period: z.string().nullable(),
  sentence: words,
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
  /** Version of the thresholds it was found with; 0 ships with the product. */
  thresholds: z.int(),
  foundOn: day,
  /** Null while the figures still say it. */
  endedOn: day.nullable(),
  state: z.enum(findingStates),
  explanation: z.string().nullable(),
  explainedBy: z.string().nullable(),
  explainedAt: moment.nullable(),
  settledNote: z.string().nullable(),
  settledBy: z.string().nullable(),
  settledAt: moment.nullable(),
  allowed: z.array(z.enum(['explain', 'settle', 'reopen'])),
});
export type Finding = z.infer<typeof Finding>;

export const ThresholdVersion = z.object({
  version: z.int(),
  thresholds: Thresholds,
  reason: z.string().nullable(),
  actorName: z.string().nullable(),
  at: moment.nullable(),
});

/** Judged by the same measure as in filings (≥ 10 characters, not 核实无误): the handler says what is missing. */
const Explanation = z.string().trim().max(1000);
const Note = z.string().trim().min(2).max(500);
const everybody = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;

export const signals = defineContract({
  name: 'signals',
  title: { zh: '数据质量', en: 'Data quality' },
  uses: ['organization', 'projects', 'filings', 'funding'],
  permissions: {
    'signals.read': {
      words: { zh: '查看数据质量提示', en: 'See what the figures say about themselves' },
      roles: everybody,
    },
    'signals.explain': {
      words: { zh: '说明本单位项目的提示', en: 'Explain what speaks about own projects' },
      roles: ['office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'signals.settle': { words: { zh: '核定说明', en: 'Settle an explanation' }, roles: ['office', 'inspector'] },
    'signals.thresholds': {
      words: { zh: '调整提示阈值', en: 'Change the thresholds' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    board: query({
      path: '/signals/board',
      summary: { zh: '数据质量板：各类提示的个数和清单', en: 'Counts and list of what speaks' },
      permission: 'signals.read',
      input: z.object({
        code: z.enum(signalCodes).optional(),
        state: z.enum(findingStates).optional(),
        countyId: z.uuid().optional(),
        q: z.string().max(60).optional(),
        offset: z.coerce.number<unknown>().int().min(0).default(0),
        limit: z.coerce.number<unknown>().int().min(1).max(500).default(100),
      }),
      output: z.object({
        counts: z.array(
          z.object({
            code: z.enum(signalCodes),
            open: z.int(),
            explained: z.int(),
            settled: z.int(),
            projects: z.int(),
          }),
        ),
        projects: z.int(),
        total: z.int(),
        findings: z.array(Finding),
        thresholds: ThresholdVersion,
        allowed: z.array(z.enum(['thresholds'])),
      }),
    }),
    ofProject: query({
      path: '/signals/projects/:projectId',
      summary: { zh: '一个项目的提示，含已消失的', en: 'What speaks about a project, and what did' },
      permission: 'signals.read',
      input: z.object({ projectId: z.uuid() }),
      output: z.array(Finding),
    }),
    explain: command({
      path: '/signals/findings/:id/explain',
      summary: { zh: '说明原因', en: 'Explain it' },
      permission: 'signals.explain',
      input: byId.extend({ explanation: Explanation }),
      output: Finding,
    }),
    settle: command({
      path: '/signals/findings/:id/settle',
      summary: { zh: '核定：说明成立', en: 'Settle: the explanation holds' },
      permission: 'signals.settle',
      input: byId.extend({ note: Note }),
      output: Finding,
    }),
    reopen: command({
      path: '/signals/findings/:id/reopen',
      summary: { zh: '说明不成立，重新说明', en: 'The explanation does not hold: ask again' },
      permission: 'signals.settle',
      input: byId.extend({ note: Note }),
      output: Finding,
    }),
    thresholdVersions: query({
      path: '/signals/thresholds',
      summary: { zh: '阈值各版本', en: 'Every version of the thresholds' },
      permission: 'signals.read',
      input: z.object({}),
      output: z.array(ThresholdVersion),
    }),
    setThresholds: command({
      path: '/signals/thresholds',
      summary: { zh: '调整阈值，形成新版本', en: 'Change the thresholds: a new version' },
      permission: 'signals.thresholds',
      input: z.object({ basedOn: z.int().min(0), thresholds: Thresholds, reason: Note }),
      output: ThresholdVersion,
    }),
  },
});
