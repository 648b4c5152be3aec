import { z } from 'zod';
import { revisionKinds, revisionTracks } from './investment.ts';
import { findingCodes } from './money-checks.ts';

export const day = z.iso.date();
const moment = z.iso.datetime();
/** Whole yuan. Below 10^15 JavaScript integers are exact. */
export const yuan = z.int().min(0).max(1e15);
export const year = z.coerce.number<unknown>().int().min(1990).max(2100);
export const period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const text = (max: number) => z.string().trim().min(1).max(max);
const words = z.object({ zh: z.string(), en: z.string() });
export const reason = z.string().trim().min(2).max(300);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const sourceCode = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
export const byId = z.object({ id: z.uuid() });

/** 年度计划, 到位, 支付, and 计划支付 (what was to be paid in a month, of whatever source). */
export const entryKinds = ['plan', 'arrived', 'paid', 'toPay'] as const;
export const natures = ['construction', 'design', 'supervision', 'goods', 'services'] as const;
export const methods = ['open', 'selective', 'limited', 'direct'] as const;
export const contractStatuses = ['pre-award', 'active', 'closed'] as const;
export const modificationKinds = ['duration', 'value', 'scope'] as const;
export const bondLights = ['normal', 'warn', 'late'] as const;

export const Source = z.object({ code: sourceCode, label: text(40), retired: z.boolean() });

const Who = z.object({ actorName: z.string(), at: moment });

export const Revision = Who.extend({
  id: z.uuid(),
  track: z.enum(revisionTracks),
  seq: z.int(),
  kind: z.enum(revisionKinds),
  yuan,
  decidedOn: day,
  document: z.string().nullable(),
  reason: z.string().nullable(),
  approver: z.string().nullable(),
});
export type Revision = z.infer<typeof Revision>;

/** Fields of an entry as a person gives them. `period` is left out for a plan, `source` for 计划支付. */
export const NewEntry = z.object({
  kind: z.enum(entryKinds),
  year: z.int().min(1990).max(2100),
  period: period.nullable().default(null),
  source: sourceCode.nullable().default(null),
  bondId: z.uuid().nullable().default(null),
  contractId: z.uuid().nullable().default(null),
  yuan,
  /** Day on which the money moved, or of the document of a plan. */
  onDay: day,
  /** 文号, 凭证号: what proves it. */
  document: text(300),
  fileId: sha256.nullable().default(null),
});
export type NewEntry = z.infer<typeof NewEntry>;

export const Entry = Who.extend({
  id: z.uuid(),
  kind: z.enum(entryKinds),
  year: z.int(),
  period: z.string().nullable(),
  source: z.string().nullable(),
  bondId: z.uuid().nullable(),
  contractId: z.uuid().nullable(),
  yuan,
  onDay: day,
  document: z.string(),
  file: z.object({ id: z.string(), name: z.string() }).nullable(),
  correctsId: z.uuid().nullable(),
  reason: z.string().nullable(),
  /** Id of the entry that took the place of this one; null: it counts. */
  correctedById: z.uuid().nullable(),
});
export type Entry = z.infer<typeof Entry>;

export const FindingShown = z.object({
  code: z.enum(findingCodes),
  severity: z.enum(['explain', 'inform']),
  subject: z.string(),
  excessYuan: z.int(),
  words,
  explanation: Who.extend({ text: z.string() }).nullable(),
});
export type FindingShown = z.infer<typeof FindingShown>;

export const ContractFields = z.object({
  title: text(200),
  code: text(60).nullable(),
  nature: z.enum(natures),
  method: z.enum(methods).nullable(),
  tenderedOn: day.nullable(),
  tenderers: z.int().min(0).max(10_000).nullable(),
  estimateYuan: yuan.nullable(),
  awardedOn: day.nullable(),
  supplierName: text(200).nullable(),
  /** 统一社会信用代码, GB 32100. */
  supplierCode: text(30).nullable(),
  signedOn: day.nullable(),
  valueYuan: yuan.nullable(),
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  closedOn: day.nullable(),
  document: text(300).nullable(),
});
export type ContractFields = z.infer<typeof ContractFields>;
export const NewContract = ContractFields.partial().required({ title: true, nature: true });

export const Modification = Who.extend({
  id: z.uuid(),
  kind: z.enum(modificationKinds),
  onDay: day,
  deltaYuan: z.int().nullable(),
  oldEnd: day.nullable(),
  newEnd: day.nullable(),
  rationale: z.string(),
  document: z.string(),
  approver: z.string().nullable(),
});
export type Modification = z.infer<typeof Modification>;

export const ContractShown = ContractFields.extend({
  id: z.uuid(),
  projectId: z.uuid(),
  version: z.int(),
  demo: z.boolean(),
  status: z.enum(contractStatuses),
  /** Signed value with its modifications. */
  currentYuan: z.int().nullable(),
  currentEnd: day.nullable(),
  paidYuan: z.int(),
  payments: z.int(),
  /** The code of the supplier has the right form and fails its check character: real codes do, so it is only told. */
  supplierCodeFails: z.boolean(),
});
export type ContractShown = z.infer<typeof ContractShown>;

export const ContractPage = ContractShown.extend({
  project: z.object({ id: z.uuid(), name: z.string() }),
  modifications: z.array(Modification),
  paid: z.array(Entry),
  versions: z.array(Who.extend({ version: z.int(), reason: z.string().nullable(), changed: z.array(z.string()) })),
  allowed: z.array(z.enum(['edit'])),
});
export type ContractPage = z.infer<typeof ContractPage>;

const BondUseShown = z.object({
  allottedYuan: z.int(),
  usedYuan: z.int(),
  expectedYuan: z.int(),
  idleYuan: z.int(),
  light: z.enum(bondLights),
});
export const BondAllotment = BondUseShown.extend({
  projectId: z.uuid(),
  projectName: z.string(),
  demo: z.boolean(),
  allottedOn: day,
  document: z.string(),
});
export type BondAllotment = z.infer<typeof BondAllotment>;

export const BondFields = z.object({
  name: text(120),
  code: text(40).nullable(),
  yuan: yuan.min(1),
  issuedOn: day,
  termYears: z.int().min(1).max(50),
  ratePercent: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/),
  note: text(300).nullable(),
});
export type BondFields = z.infer<typeof BondFields>;

export const BondShown = BondFields.extend({
  id: z.uuid(),
  version: z.int(),
  demo: z.boolean(),
  useBy: day,
  ...BondUseShown.shape,
  allotments: z.array(BondAllotment),
});
export type BondShown = z.infer<typeof BondShown>;

export const Bonds = z.object({
  day,
  bonds: z.array(BondShown),
  /** All sources of the answer together; light is not meant of the sum. */
  totals: BondUseShown.omit({ light: true }),
  allowed: z.array(z.enum(['edit'])),
});
export type Bonds = z.infer<typeof Bonds>;

export const SourceRow = z.object({
  source: z.string(),
  label: z.string(),
  plannedYuan: z.int().nullable(),
  arrivedYuan: z.int().nullable(),
  paidYuan: z.int().nullable(),
  arrivedToDateYuan: z.int(),
  paidToDateYuan: z.int(),
});
export type SourceRow = z.infer<typeof SourceRow>;

export const ProjectFunding = z.object({
  projectId: z.uuid(),
  year: z.int(),
  years: z.array(z.int()),
  /** The register's number, the one that rules. */
  totalYuan: z.int().nullable(),
  revisions: z.array(Revision),
  /** Contracted investment (招商), newest. */
  agreementYuan: z.int().nullable(),
  /** Annual investment plan of the register. */
  plan: z.object({ yuan: z.int(), version: z.int() }).nullable(),
  rows: z.array(SourceRow),
  plannedYuan: z.int().nullable(),
  arrivedYuan: z.int().nullable(),
  paidYuan: z.int().nullable(),
  toPayYuan: z.int().nullable(),
  arrivedToDateYuan: z.int().nullable(),
  paidToDateYuan: z.int().nullable(),
  months: z.array(
    z.object({
      period,
      arrivedYuan: z.int().nullable(),
      paidYuan: z.int().nullable(),
      toPayYuan: z.int().nullable(),
      /** Accepted filings only. */
      reportedYuan: z.int().nullable(),
    }),
  ),
  findings: z.array(FindingShown),
  bonds: z.array(BondUseShown.extend({ bondId: z.uuid(), name: z.string(), issuedOn: day, useBy: day })),
  contracts: z.array(ContractShown),
  /** Sources that may be chosen in a form. */
  sources: z.array(Source),
  allowed: z.array(z.enum(['enter', 'revise'])),
});
export type ProjectFunding = z.infer<typeof ProjectFunding>;

export const listSorts = [
  'serial',
  'total',
  'plan',
  'planned',
  'arrived',
  'paid',
  'reported',
  'planRate',
  'agreementRate',
] as const;
export const listFilters = ['bonds', 'unplanned', 'overpaid'] as const;
export const ListQuery = z.object({
  year: year.optional(),
  q: z.string().trim().max(60).optional(),
  only: z.enum(listFilters).optional(),
  by: z.enum(listSorts).optional(),
  down: z.boolean().optional(),
});

export const FundingRow = z.object({
  id: z.uuid(),
  serial: z.int(),
  name: z.string(),
  demo: z.boolean(),
  childCount: z.int(),
  ownerName: z.string().nullable(),
  totalYuan: z.int().nullable(),
  planYuan: z.int().nullable(),
  agreementYuan: z.int().nullable(),
  plannedYuan: z.int().nullable(),
  arrivedYuan: z.int().nullable(),
  paidYuan: z.int().nullable(),
  toPayYuan: z.int().nullable(),
  arrivedToDateYuan: z.int().nullable(),
  /** Accepted filings of the year. */
  reportedYuan: z.int().nullable(),
  /** The worst lamp of its special bonds. */
  bondLight: z.enum(bondLights).nullable(),
  /** Queries that still wait for an explanation. */
  openQueries: z.int(),
});
export type FundingRow = z.infer<typeof FundingRow>;

export const ListTotals = z.object({
  rows: z.int(),
  items: z.int(),
  totalYuan: z.int(),
  planYuan: z.int(),
  agreementYuan: z.int(),
  plannedYuan: z.int(),
  arrivedYuan: z.int(),
  /** Arrived in projects that have a plan, and arrived in all in projects with an agreement: what the rates may be made of. */
  arrivedOfPlanYuan: z.int(),
  arrivedOfAgreementYuan: z.int(),
  paidYuan: z.int(),
  reportedYuan: z.int(),
});
export type ListTotals = z.infer<typeof ListTotals>;
