import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { LimitTemplate } from '#modules/ledger/contract.ts';
import { conclusionKinds, objectionStates } from './objection.ts';
import { sheetColours } from './rule-sets.ts';
import { SupervisionSettings } from './settings.ts';
import {
  Approval,
  Conclusion,
  Example,
  Excuse,
  FrequencyRow,
  ObjectionRow,
  ProposalRow,
  SheetRow,
  sheetStates,
} from './shapes.ts';

const day = z.iso.date();
const text = (max: number, min = 2) => z.string().trim().min(min).max(max);
const byId = z.object({ id: z.uuid() });
const page = {
  q: z.string().trim().max(100).optional(),
  unitId: z.uuid().optional(),
  offset: z.coerce.number<unknown>().int().min(0).default(0),
  limit: z.coerce.number<unknown>().int().min(1).max(200).default(50),
};
const colour = z.enum(sheetColours);
const counts = z.object({ blue: z.int(), yellow: z.int(), orange: z.int(), red: z.int() });
const units = z.array(z.object({ id: z.uuid(), name: z.string(), n: z.int() }));
const reason = z.object({ zh: z.string(), en: z.string() });

export const supervision = defineContract({
  name: 'supervision',
  title: { zh: '督办', en: 'Supervision' },
  uses: ['organization', 'identity', 'calendar', 'notices', 'ledger'],
  permissions: {
    'supervision.read': {
      words: { zh: '查看本单位事项的督查单和异议', en: 'See sheets and objections of one’s own matters' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'supervision.sheet': {
      words: { zh: '签发督查单、登记正当理由', en: 'Issue sheets, record good reasons' },
      roles: ['office', 'commandPost', 'inspector'],
    },
    'supervision.approve': {
      words: { zh: '批准红色督查单（或登记领导批准）', en: 'Approve red sheets, or record a leader’s approval' },
      roles: ['leader', 'office'],
    },
    'supervision.lead': {
      words: { zh: '作为领导批准督查单', en: 'Be the leader who approves' },
      roles: ['leader'],
    },
    'supervision.object': {
      words: { zh: '答复督查单、提出异议', en: 'Answer sheets, object to conclusions' },
      roles: ['responsibleUnit', 'filer', 'commandPost'],
    },
    'supervision.decide': {
      words: { zh: '复核异议', en: 'Decide on objections' },
      roles: ['leader', 'office', 'inspector'],
    },
    'supervision.configure': {
      words: { zh: '维护督办规则和限期模板', en: 'Keep the rules and limits of supervision' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    proposals: query({
      path: '/supervision/proposals',
      summary: { zh: '今天按规则应发的督查单', en: 'Sheets due today by the rules' },
      permission: 'supervision.read',
      input: z.object({ colour: colour.optional(), ...page }),
      output: z.object({
        counts,
        total: z.int(),
        units,
        proposals: z.array(ProposalRow),
        allowed: z.array(z.string()),
      }),
    }),
    sheets: query({
      path: '/supervision/sheets',
      summary: { zh: '已发督查单', en: 'Sheets that were issued' },
      permission: 'supervision.read',
      input: z.object({ colour: colour.optional(), state: z.enum(sheetStates).optional(), ...page }),
      output: z.object({
        counts,
        states: z.object({ unanswered: z.int(), late: z.int(), answered: z.int(), revoked: z.int() }),
        total: z.int(),
        units,
        sheets: z.array(SheetRow),
      }),
    }),
    issue: command({
      path: '/supervision/sheets',
      summary: { zh: '签发督查单（可批量，一事一单）', en: 'Issue sheets: many at once, one for each matter' },
      permission: 'supervision.sheet',
      input: z.object({
        items: z
          .array(z.object({ matterId: z.uuid(), colour, limitOn: day.optional() }))
          .min(1)
          .max(200),
        /** The leader who agreed to the red ones among them, when that is not on record yet. */
        approval: z.object({ leaderId: z.uuid(), on: day }).optional(),
      }),
      output: z.object({
        done: z.array(z.object({ id: z.uuid(), no: z.string(), matterId: z.uuid() })),
        refused: z.array(z.object({ matterId: z.uuid(), no: z.string().nullable(), reason })),
      }),
    }),
    approve: command({
      path: '/supervision/approvals',
      summary: { zh: '批准发红色督查单', en: 'Approve red sheets' },
      permission: 'supervision.approve',
      input: z.object({
        matterIds: z.array(z.uuid()).min(1).max(200),
        /** Left out by a leader who approves himself. */
        leaderId: z.uuid().optional(),
        on: day.optional(),
        note: text(500).optional(),
      }),
      output: z.object({ approved: z.int(), approval: Approval }),
    }),
    leaders: query({
      path: '/supervision/leaders',
      summary: { zh: '可批准的领导', en: 'Leaders who may approve' },
      permission: 'supervision.read',
      input: z.object({}),
      output: z.array(z.object({ id: z.uuid(), name: z.string(), title: z.string() })),
    }),
    excuse: command({
      path: '/supervision/excuses',
      summary: { zh: '登记正当理由，期限内不发单', en: 'Record a good reason: no sheet until it ends' },
      permission: 'supervision.sheet',
      input: z.object({ matterId: z.uuid(), reason: text(1000, 5), approverId: z.uuid(), untilOn: day }),
      output: Excuse,
    }),
    answer: command({
      path: '/supervision/sheets/:id/answer',
      summary: { zh: '答复督查单', en: 'Answer a sheet' },
      permission: 'supervision.object',
      input: byId.extend({ text: text(2000, 5) }),
      output: SheetRow,
    }),
    file: download({
      path: '/supervision/sheets/:id/file',
      summary: { zh: '督查单（PDF 或 Word）', en: 'A sheet as PDF or Word' },
      permission: 'supervision.read',
      input: byId.extend({ format: z.enum(['pdf', 'docx']).default('pdf') }),
      output: z.unknown(),
    }),
    print: download({
      path: '/supervision/print',
      summary: { zh: '批量打印督查单，一页一单', en: 'Many sheets as one PDF, a page each' },
      permission: 'supervision.read',
      input: z.object({ ids: z.array(z.uuid()).min(1).max(100) }),
      output: z.unknown(),
    }),
    ofMatter: query({
      path: '/supervision/matters/:id',
      summary: { zh: '一件事项的督办情况', en: 'Supervision of one matter' },
      permission: 'supervision.read',
      input: byId,
      output: z.object({
        proposal: ProposalRow.nullable(),
        sheets: z.array(SheetRow),
        excuses: z.array(Excuse),
        objections: z.array(ObjectionRow),
        /** What this person’s unit may object to now. */
        conclusions: z.array(Conclusion),
        allowed: z.array(z.enum(['issue', 'approve', 'excuse', 'object'])),
      }),
    }),
    objections: query({
      path: '/supervision/objections',
      summary: { zh: '异议复核', en: 'Objections' },
      permission: 'supervision.read',
      input: z.object({ state: z.enum(objectionStates).optional(), ...page }),
      output: z.object({ open: z.int(), late: z.int(), total: z.int(), objections: z.array(ObjectionRow) }),
    }),
    object: command({
      path: '/supervision/objections',
      summary: { zh: '对督查结论提出异议（30 日内）', en: 'Object to a conclusion within 30 days' },
      permission: 'supervision.object',
      input: z.object({
        matterId: z.uuid(),
        about: z.enum(conclusionKinds),
        aboutId: z.uuid(),
        reason: text(2000, 10),
      }),
      output: ObjectionRow,
    }),
    decide: command({
      path: '/supervision/objections/:id/decide',
      summary: { zh: '复核异议：维持或变更', en: 'Uphold or change the conclusion' },
      permission: 'supervision.decide',
      input: byId.extend({ result: z.enum(['upheld', 'changed']), reason: text(2000, 5) }),
      output: ObjectionRow,
    }),
    frequency: query({
      path: '/supervision/frequency',
      summary: { zh: '各单位当月被督办次数', en: 'How often each unit was urged in a month' },
      permission: 'supervision.read',
      input: z.object({
        month: z
          .string()
          .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
          .optional(),
      }),
      output: z.object({ month: z.string(), rows: z.array(FrequencyRow) }),
    }),
    settings: query({
      path: '/supervision/settings',
      summary: { zh: '督办规则', en: 'Rules of supervision' },
      permission: 'supervision.read',
      input: z.object({}),
      output: z.object({
        version: z.int(),
        settings: SupervisionSettings,
        templates: z.array(z.object({ code: z.string(), name: reason })),
        versions: z.array(
          z.object({
            version: z.int(),
            settings: SupervisionSettings,
            reason: z.string(),
            actorName: z.string(),
            at: z.iso.datetime(),
          }),
        ),
        allowed: z.array(z.literal('configure')),
      }),
    }),
    saveSettings: command({
      path: '/supervision/settings',
      summary: { zh: '修改督办规则，形成新版本', en: 'Change the rules: a new version' },
      permission: 'supervision.configure',
      input: z.object({ basedOn: z.int().min(0), settings: SupervisionSettings, reason: text(500) }),
      output: z.object({ version: z.int() }),
    }),
    limits: query({
      path: '/supervision/limits',
      summary: { zh: '限期模板和算例', en: 'Limit templates with worked examples' },
      permission: 'supervision.read',
      input: z.object({ issuedOn: day.optional(), urgency: z.enum(['urgent', 'normal', 'hard']).default('normal') }),
      output: z.object({
        issuedOn: day,
        templates: z.array(
          z.object({
            template: LimitTemplate,
            /** 0: shipped; else the city’s own version. */
            version: z.int(),
            example: Example,
          }),
        ),
        versions: z.array(
          z.object({
            code: z.string(),
            version: z.int(),
            reason: z.string(),
            actorName: z.string(),
            at: z.iso.datetime(),
          }),
        ),
        allowed: z.array(z.literal('configure')),
      }),
    }),
    saveLimit: command({
      path: '/supervision/limits',
      summary: { zh: '修改限期模板，形成本市版本', en: 'Change a limit template: a version of the city’s own' },
      permission: 'supervision.configure',
      input: z.object({ basedOn: z.int().min(0), template: LimitTemplate, reason: text(500) }),
      output: z.object({ version: z.int() }),
    }),
  },
});
