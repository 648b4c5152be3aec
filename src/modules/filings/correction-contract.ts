import { z } from 'zod';
import { command, download, query } from '#core/shared/contract.ts';
import { filingFields } from './content.ts';
import { filingStates } from './flow.ts';
import { periodPattern } from './period.ts';
import { RuleInForce, severities } from './validation-rule.ts';

/** Corrections and the rules as data: shapes and endpoints, spread into the contract of the module. */
const moment = z.iso.datetime();
const yuan = z.int();
const day = z.iso.date();
const Words = z.object({ zh: z.string(), en: z.string() });
const Reason = z.string().trim().min(2).max(1000);
const Fields = z.array(z.enum(filingFields)).max(filingFields.length);
const fileId = z.string().regex(/^[0-9a-f]{64}$/);

/** Why a figure that was accepted, or a month that was frozen, is changed (city-systems.md §4.9). */
export const correctionCauses = ['ROUTINE', 'ERROR', 'CALIBER', 'PERIMETER', 'LAW'] as const;
export type CorrectionCause = (typeof correctionCauses)[number];

/** requested → open (approved; the filer corrects) → done (the new version is accepted), or rejected. */
export const correctionStates = ['requested', 'open', 'done', 'rejected'] as const;
export type CorrectionState = (typeof correctionStates)[number];

export const correctionActs = ['approve', 'reject'] as const;

export const CorrectionLine = z.object({
  id: z.uuid(),
  filingId: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  demo: z.boolean(),
  unitName: z.string(),
  period: z.string().regex(periodPattern),
  state: z.enum(correctionStates),
  cause: z.enum(correctionCauses),
  reason: z.string(),
  documentNo: z.string().nullable(),
  documentName: z.string().nullable(),
  /** True when a file can be opened. */
  hasDocument: z.boolean(),
  /** The month was frozen when the correction was asked for. */
  wasFrozen: z.boolean(),
  requestedBy: z.string(),
  requestedAt: moment,
  decidedBy: z.string().nullable(),
  decidedAt: moment.nullable(),
  decisionNote: z.string().nullable(),
  /** Who accepted the new values. */
  acceptedBy: z.string().nullable(),
  acceptedAt: moment.nullable(),
  oldMonthYuan: yuan,
  oldCumulativeYuan: yuan,
  newMonthYuan: yuan.nullable(),
  newCumulativeYuan: yuan.nullable(),
  /** Later months of the year whose cumulative followed. */
  restated: z.array(z.object({ period: z.string(), oldCumulativeYuan: yuan, newCumulativeYuan: yuan })),
  allowed: z.array(z.enum(correctionActs)),
});
export type CorrectionLine = z.infer<typeof CorrectionLine>;

export const CheckRule = z.object({
  code: z.string(),
  name: Words,
  basis: z.string(),
  field: z.enum(filingFields),
  /** How weak a city may make it. */
  floor: z.enum(severities),
  /** The sentence as it ships, with its {places}. */
  sentence: Words,
  params: z.array(z.object({ key: z.string(), name: Words, unit: Words, least: z.int(), most: z.int() })),
  shipped: RuleInForce,
  now: RuleInForce,
  /** Newest version there is, also when it does not count yet. */
  newest: z.int(),
  versions: z.array(
    RuleInForce.extend({
      validFrom: day,
      validUntil: day.nullable(),
      reason: z.string(),
      document: z.string().nullable(),
      actorName: z.string(),
      at: moment,
    }),
  ),
});
export type CheckRule = z.infer<typeof CheckRule>;

export const correctionPermissions = {
  'filings.requestCorrection': {
    words: { zh: '申请更正已审填报', en: 'Request the correction of an accepted filing' },
    roles: ['filer', 'responsibleUnit', 'commandPost', 'office'],
  },
  'filings.approveCorrection': {
    words: {
      zh: '批准或驳回更正申请（申请人本人除外）',
      en: 'Approve or reject requests for correction, not one’s own',
    },
    roles: ['office', 'leader'],
  },
  'filings.rules': {
    words: { zh: '修改填报校验规则', en: 'Change the rules that check filings' },
    roles: ['admin', 'office'],
    isCityWide: true,
  },
} as const;

export const correctionEndpoints = {
  corrections: query({
    path: '/filing-corrections',
    summary: {
      zh: '更正记录：原值、新值、原因、文件、重述的月份',
      en: 'Corrections: old, new, why, document, restated months',
    },
    permission: 'filings.read',
    input: z.object({
      projectId: z.uuid().optional(),
      period: z.string().regex(periodPattern).optional(),
      state: z.enum(correctionStates).optional(),
    }),
    output: z.object({
      corrections: z.array(CorrectionLine),
      /** Months of the project that may be asked to be corrected; empty without a project. */
      correctable: z.array(
        z.object({
          filingId: z.uuid(),
          period: z.string(),
          state: z.enum(filingStates),
          monthYuan: yuan,
          cumulativeYuan: yuan,
        }),
      ),
    }),
  }),
  requestCorrection: command({
    path: '/filings/one/:id/request-correction',
    summary: {
      zh: '申请更正：原因、文件；原值在批准和重新审核前继续有效',
      en: 'Request a correction with reason and document; the old value counts until the new one is accepted',
    },
    permission: 'filings.requestCorrection',
    input: z.object({
      id: z.uuid(),
      cause: z.enum(correctionCauses),
      reason: z.string().trim().min(10).max(1000),
      documentNo: z.string().trim().min(4).max(100),
      documentFileId: fileId.nullable().default(null),
      cells: Fields.default([]),
    }),
    output: CorrectionLine,
  }),
  decideCorrection: command({
    path: '/filing-corrections/:id/decide',
    summary: {
      zh: '批准更正（填报人可改）或驳回；不得由申请人本人办理',
      en: 'Approve a correction, so that the filer corrects, or reject it; never one’s own',
    },
    permission: 'filings.approveCorrection',
    input: z.object({ id: z.uuid(), decision: z.enum(['approved', 'rejected']), note: Reason }),
    output: CorrectionLine,
  }),
  correctionDocument: download({
    path: '/filing-corrections/:id/document',
    summary: { zh: '更正依据文件', en: 'The document of a correction' },
    permission: 'filings.read',
    input: z.object({ id: z.uuid() }),
    output: z.unknown(),
  }),
  rules: query({
    path: '/filing-rules',
    summary: { zh: '填报校验规则及各版本', en: 'The rules that check filings, with their versions' },
    permission: 'filings.read',
    input: z.object({}),
    output: z.object({ rules: z.array(CheckRule), allowed: z.array(z.enum(['change'])) }),
  }),
  changeRule: command({
    path: '/filing-rules/:code/change',
    summary: { zh: '改规则：形成新版本，写明原因，不覆盖旧版', en: 'Change a rule: a new version with its reason' },
    permission: 'filings.rules',
    input: z.object({
      code: z.string().max(40),
      /** The version the editor started from. */
      basedOn: z.int().min(0),
      isActive: z.boolean(),
      severity: z.enum(severities),
      params: z.record(z.string().max(40), z.int()),
      phrases: z.array(z.string().trim().min(2).max(40)).max(100).nullable(),
      words: z.object({ zh: z.string().trim().min(4).max(300), en: z.string().trim().min(4).max(300) }).nullable(),
      validFrom: day,
      validUntil: day.nullable(),
      reason: Reason,
      document: z.string().trim().max(200).nullable(),
    }),
    output: z.object({ rules: z.array(CheckRule), allowed: z.array(z.enum(['change'])) }),
  }),
};
