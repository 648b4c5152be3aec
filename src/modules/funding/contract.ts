import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { revisionKinds, revisionTracks } from './investment.ts';
import { findingCodes } from './money-checks.ts';
import {
  BondFields,
  Bonds,
  byId,
  ContractFields,
  ContractPage,
  day,
  Entry,
  entryKinds,
  FundingRow,
  ListQuery,
  ListTotals,
  modificationKinds,
  NewContract,
  NewEntry,
  ProjectFunding,
  period,
  reason,
  Source,
  sourceCode,
  text,
  year,
  yuan,
} from './shapes.ts';

export const funding = defineContract({
  name: 'funding',
  title: { zh: '资金', en: 'Funding' },
  uses: ['organization', 'projects', 'filings'],
  permissions: {
    'funding.read': {
      words: { zh: '查看项目资金', en: 'See the money of projects' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'funding.edit': {
      words: { zh: '登记资金、合同和支付', en: 'Enter money, contracts and payments' },
      roles: ['office', 'responsibleUnit', 'filer'],
    },
    'funding.revise': {
      words: { zh: '调整总投资', en: 'Revise the total investment' },
      roles: ['admin', 'office', 'commandPost'],
    },
    'funding.configure': {
      words: { zh: '维护资金来源和专项债', en: 'Keep the sources and the special bonds' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    list: query({
      path: '/funding/projects',
      summary: {
        zh: '各项目资金计划、到位、支付和两种到位率',
        en: 'Planned, arrived and paid of all projects, with both rates',
      },
      permission: 'funding.read',
      input: ListQuery.extend({
        offset: z.int().min(0).optional(),
        limit: z.int().min(1).max(500).optional(),
      }),
      output: z.object({ year: z.int(), rows: z.array(FundingRow), totals: ListTotals }),
    }),
    exportList: download({
      path: '/funding/export',
      summary: { zh: '按当前条件导出 Excel', en: 'Excel of exactly what the list shows' },
      permission: 'funding.read',
      input: ListQuery.extend({
        columns: z.array(z.string().max(40)).max(30).optional(),
        language: z.enum(['zh', 'en']).optional(),
      }),
      output: z.unknown(),
    }),
    project: query({
      path: '/funding/projects/:id',
      summary: { zh: '一个项目的资金', en: 'The money of one project' },
      permission: 'funding.read',
      input: byId.extend({ year: year.optional() }),
      output: ProjectFunding,
    }),
    entries: query({
      path: '/funding/projects/:id/entries',
      summary: { zh: '登记明细（含已更正的）', en: 'Every entry, corrected ones included' },
      permission: 'funding.read',
      input: byId.extend({ year: year.optional(), kind: z.enum(entryKinds).optional(), source: sourceCode.optional() }),
      output: z.array(Entry),
    }),
    evidence: download({
      path: '/funding/entries/:id/file',
      summary: { zh: '一笔登记的凭证', en: 'The evidence of an entry' },
      permission: 'funding.read',
      input: byId,
      output: z.unknown(),
    }),
    enter: command({
      path: '/funding/projects/:id/entries',
      summary: { zh: '登记计划、到位、支付', en: 'Enter plans, arrivals and payments' },
      permission: 'funding.edit',
      input: byId.extend({
        entries: z.array(NewEntry).min(1).max(200),
        explanation: z.string().trim().max(500).optional(),
      }),
      output: ProjectFunding,
    }),
    correct: command({
      path: '/funding/entries/:id/correct',
      summary: { zh: '更正一笔登记（两个数都保留）', en: 'Correct an entry (both values are kept)' },
      permission: 'funding.edit',
      input: byId.extend({
        period: period.optional(),
        source: sourceCode.optional(),
        yuan,
        onDay: day,
        document: text(300),
        reason,
        explanation: z.string().trim().max(500).optional(),
      }),
      output: ProjectFunding,
    }),
    explain: command({
      path: '/funding/projects/:id/explanations',
      summary: { zh: '说明一项核实', en: 'Explain a query' },
      permission: 'funding.edit',
      input: byId.extend({
        year,
        code: z.enum(findingCodes),
        subject: z.string().max(80),
        text: z.string().trim().max(500),
      }),
      output: ProjectFunding,
    }),
    revise: command({
      path: '/funding/projects/:id/revisions',
      summary: { zh: '登记概算、调整或协议投资额', en: 'Enter a budget, its revision, or the agreed investment' },
      permission: 'funding.revise',
      input: byId.extend({
        track: z.enum(revisionTracks),
        kind: z.enum(revisionKinds),
        yuan,
        decidedOn: day,
        document: text(300),
        reason,
        approver: text(60),
      }),
      output: ProjectFunding,
    }),
    contract: query({
      path: '/funding/contracts/:id',
      summary: { zh: '一份合同：招标、中标、变更、支付', en: 'One contract: tender, award, modifications, payments' },
      permission: 'funding.read',
      input: byId,
      output: ContractPage,
    }),
    addContract: command({
      path: '/funding/projects/:id/contracts',
      summary: { zh: '登记合同', en: 'Enter a contract' },
      permission: 'funding.edit',
      input: byId.extend({ contract: NewContract }),
      output: ContractPage,
    }),
    changeContract: command({
      path: '/funding/contracts/:id/change',
      summary: { zh: '补充或更正合同信息', en: 'Complete or correct what is known of a contract' },
      permission: 'funding.edit',
      input: byId.extend({ version: z.int(), contract: ContractFields.partial(), reason }),
      output: ContractPage,
    }),
    modifyContract: command({
      path: '/funding/contracts/:id/modify',
      summary: { zh: '登记合同变更：工期、价款、范围', en: 'Enter a modification: duration, value or scope' },
      permission: 'funding.edit',
      input: byId.extend({
        kind: z.enum(modificationKinds),
        onDay: day,
        deltaYuan: z.int().min(-1e15).max(1e15).optional(),
        newEnd: day.optional(),
        rationale: text(1000),
        document: text(300),
        approver: text(60).optional(),
      }),
      output: ContractPage,
    }),
    bonds: query({
      path: '/funding/bonds',
      summary: { zh: '专项债：分配、使用进度、闲置', en: 'Special bonds: allotted, used, idle' },
      permission: 'funding.read',
      input: z.object({ day: day.optional() }),
      output: Bonds,
    }),
    saveBond: command({
      path: '/funding/bonds',
      summary: { zh: '登记或更正一期专项债', en: 'Enter or correct an issue of bonds' },
      permission: 'funding.configure',
      input: BondFields.extend({ id: z.uuid().optional(), version: z.int().optional(), reason: reason.optional() }),
      output: byId,
    }),
    allot: command({
      path: '/funding/bonds/:id/allot',
      summary: { zh: '把专项债分配到项目', en: 'Allot bond money to a project' },
      permission: 'funding.configure',
      input: byId.extend({
        projectId: z.uuid(),
        yuan,
        allottedOn: day,
        document: text(300),
        reason: reason.optional(),
      }),
      output: byId,
    }),
    sources: query({
      path: '/funding/sources',
      summary: { zh: '资金来源', en: 'Sources of money' },
      permission: 'funding.read',
      input: z.object({}),
      output: z.object({ sources: z.array(Source.extend({ used: z.boolean() })), allowed: z.array(z.enum(['edit'])) }),
    }),
    setSources: command({
      path: '/funding/sources',
      summary: { zh: '修改资金来源', en: 'Change the list of sources' },
      permission: 'funding.configure',
      input: z.object({
        sources: z
          .array(Source.extend({ code: sourceCode.optional() }))
          .min(1)
          .max(40),
      }),
      output: z.object({ sources: z.array(Source) }),
    }),
  },
});
