import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';

const day = z.iso.date();
const moment = z.iso.datetime();
const fieldKinds = ['number', 'text', 'choice', 'date', 'photo'] as const;

/** A unit's month: what was asked of it, by whom, and what that costs by the estimate. */
export const UnitMonth = z.object({
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  forms: z.int(),
  fields: z.int(),
  minutes: z.int(),
  requests: z.int(),
  /** Fields that were asked although the platform held them. */
  again: z.int(),
  by: z.array(z.object({ issuer: z.string(), what: z.string(), forms: z.int(), fields: z.int(), minutes: z.int() })),
});
export type UnitMonth = z.infer<typeof UnitMonth>;

export const RequestField = z.object({
  name: z.string().trim().min(2).max(100),
  kind: z.enum(fieldKinds),
  /** Why it is asked although the platform holds it; needed when it does. */
  keepReason: z.string().trim().max(300).nullable(),
});

export const DataRequest = z.object({
  id: z.uuid(),
  title: z.string(),
  purpose: z.string(),
  issuer: z.string(),
  dueOn: day,
  fields: z.array(RequestField.extend({ duplicateOf: z.string().nullable() })),
  units: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      /** The newest answer, one text a field; null while there is none. */
      answer: z.object({ contents: z.array(z.string()), actorName: z.string(), at: moment, seq: z.int() }).nullable(),
      allowed: z.array(z.enum(['answer'])),
    }),
  ),
  sentBy: z.string(),
  sentAt: moment,
  closedAt: moment.nullable(),
  closedNote: z.string().nullable(),
  allowed: z.array(z.enum(['close'])),
});
export type DataRequest = z.infer<typeof DataRequest>;

const everybody = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;

export const burden = defineContract({
  name: 'burden',
  title: { zh: '填报负担', en: 'Burden' },
  uses: ['identity', 'organization', 'projects', 'filings', 'notices'],
  permissions: {
    'burden.read': { words: { zh: '查看填报负担和数据征集', en: 'See what is asked of whom' }, roles: everybody },
    'burden.ask': {
      words: { zh: '向单位征集数据', en: 'Ask units for data' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'burden.answer': {
      words: { zh: '答复数据征集', en: 'Answer requests for data' },
      roles: ['office', 'commandPost', 'responsibleUnit', 'filer'],
    },
  },
  endpoints: {
    month: query({
      path: '/burden/month',
      summary: { zh: '各单位一个月的填报负担', en: 'What one month asked of each unit' },
      permission: 'burden.read',
      input: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
      output: z.object({ month: z.string(), units: z.array(UnitMonth), total: UnitMonth }),
    }),
    requests: query({
      path: '/burden/requests',
      summary: { zh: '数据征集', en: 'Requests for data' },
      permission: 'burden.read',
      input: z.object({ limit: z.coerce.number<unknown>().int().min(1).max(200).default(50) }),
      output: z.object({ requests: z.array(DataRequest), allowed: z.array(z.enum(['ask'])) }),
    }),
    ask: command({
      path: '/burden/requests',
      summary: {
        zh: '发出数据征集（重复字段须说明理由）',
        en: 'Ask for data (a field that is held already needs a reason)',
      },
      permission: 'burden.ask',
      input: z.object({
        title: z.string().trim().min(2).max(120),
        purpose: z.string().trim().min(4).max(500),
        issuer: z.string().trim().min(2).max(100),
        dueOn: day,
        fields: z.array(RequestField).min(1).max(40),
        unitIds: z.array(z.uuid()).min(1).max(300),
      }),
      output: DataRequest,
    }),
    answer: command({
      path: '/burden/requests/:id/answer',
      summary: { zh: '答复', en: 'Answer' },
      permission: 'burden.answer',
      input: z.object({ id: z.uuid(), unitId: z.uuid(), contents: z.array(z.string().trim().max(1000)).max(40) }),
      output: DataRequest,
    }),
    close: command({
      path: '/burden/requests/:id/close',
      summary: { zh: '结束征集', en: 'Close a request' },
      permission: 'burden.ask',
      input: z.object({ id: z.uuid(), note: z.string().trim().min(2).max(300) }),
      output: DataRequest,
    }),
  },
});
