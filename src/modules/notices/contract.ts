import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';
import { noticeKinds, ReminderRules } from './rules.ts';

const moment = z.iso.datetime();
const words = z.object({ zh: z.string(), en: z.string() });
const byId = z.object({ id: z.uuid() });
const Kinds = z.array(z.enum(noticeKinds)).max(noticeKinds.length);
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const Notice = z.object({
  id: z.uuid(),
  kind: z.enum(noticeKinds),
  title: words,
  body: words,
  /** A page of ours. */
  link: z.string(),
  isUrgent: z.boolean(),
  at: moment,
  readAt: moment.nullable(),
});
export type Notice = z.infer<typeof Notice>;

export const Preference = z.object({
  push: z.boolean(),
  mailAddress: z.email().max(200).nullable(),
  quietFrom: Time,
  quietTo: Time,
  /** Kinds that stay in the pages only. */
  muted: Kinds,
});
export type Preference = z.infer<typeof Preference>;

export const Device = z.object({ id: z.uuid(), name: z.string(), addedAt: moment });

export const Webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The key in the address of a robot is a secret: everything after the host is cut. */
  url: z.string(),
  format: z.enum(['guatu', 'wecom', 'dingtalk']),
  hasSecret: z.boolean(),
  kinds: Kinds,
  isActive: z.boolean(),
  last: z.object({ state: z.enum(['waiting', 'sent', 'failed']), at: moment, error: z.string().nullable() }).nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

export const RuleVersion = z.object({
  version: z.int(),
  rules: ReminderRules,
  reason: z.string().nullable(),
  actorName: z.string().nullable(),
  at: moment.nullable(),
});

export const notices = defineContract({
  name: 'notices',
  title: { zh: '提醒', en: 'Notices' },
  uses: ['identity', 'organization', 'calendar', 'projects', 'filings', 'lifecycle', 'factors', 'permits'],
  permissions: {
    'notices.manage': {
      words: { zh: '设置催报规则和外部通知', en: 'Set reminder rules and webhooks' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    inbox: query({
      path: '/notices',
      summary: { zh: '我的提醒，最近在前', en: 'My notices, newest first' },
      permission: 'signedIn',
      input: z.object({
        unread: z.stringbool().optional(),
        kind: z.enum(noticeKinds).optional(),
        before: moment.optional(),
        limit: z.coerce.number<unknown>().int().min(1).max(200).default(50),
      }),
      output: z.object({ unread: z.int(), notices: z.array(Notice) }),
    }),
    unread: query({
      path: '/notices/unread',
      summary: { zh: '未读个数', en: 'How many are unread' },
      permission: 'signedIn',
      input: z.object({}),
      output: z.object({ unread: z.int() }),
    }),
    read: command({
      path: '/notices/read',
      summary: { zh: '标为已读（不给编号则全部）', en: 'Mark as read; all of them without ids' },
      permission: 'signedIn',
      input: z.object({ ids: z.array(z.uuid()).max(500).optional() }),
      output: z.object({ unread: z.int() }),
    }),
    preference: query({
      path: '/notices/preference',
      summary: { zh: '我的接收方式', en: 'How I want to be told' },
      permission: 'signedIn',
      input: z.object({}),
      output: Preference.extend({
        devices: z.array(Device),
        /** For the browser's subscription. */
        pushKey: z.string(),
        /** Whether this installation can send mail at all. */
        hasMail: z.boolean(),
      }),
    }),
    setPreference: command({
      path: '/notices/preference',
      summary: { zh: '修改接收方式', en: 'Change how I want to be told' },
      permission: 'signedIn',
      input: Preference,
      output: Preference,
    }),
    addDevice: command({
      path: '/notices/devices',
      summary: { zh: '本浏览器接收推送', en: 'Let this browser be told' },
      permission: 'signedIn',
      input: z.object({
        endpoint: z.url({ protocol: /^https$/ }).max(1000),
        p256dh: z.string().min(10).max(200),
        auth: z.string().min(10).max(100),
        name: z.string().trim().min(1).max(100),
      }),
      output: Device,
    }),
    removeDevice: command({
      path: '/notices/devices/:id/remove',
      summary: { zh: '不再推送到该设备', en: 'Tell that device no more' },
      permission: 'signedIn',
      input: byId,
      output: byId,
    }),
    rules: query({
      path: '/notices/rules',
      summary: { zh: '催报规则各版本', en: 'Reminder rules, every version' },
      permission: 'notices.manage',
      input: z.object({}),
      output: z.array(RuleVersion),
    }),
    setRules: command({
      path: '/notices/rules',
      summary: { zh: '修改催报规则，形成新版本', en: 'Change the reminder rules: a new version' },
      permission: 'notices.manage',
      input: z.object({ basedOn: z.int().min(0), rules: ReminderRules, reason: z.string().trim().min(2).max(500) }),
      output: RuleVersion,
    }),
    webhooks: query({
      path: '/notices/webhooks',
      summary: { zh: '外部通知', en: 'Webhooks' },
      permission: 'notices.manage',
      input: z.object({}),
      output: z.array(Webhook),
    }),
    saveWebhook: command({
      path: '/notices/webhooks',
      summary: { zh: '登记或修改外部通知', en: 'Record or change a webhook' },
      permission: 'notices.manage',
      secret: true,
      input: z.object({
        id: z.uuid().optional(),
        name: z.string().trim().min(1).max(60),
        /** Left out: stays as it is. */
        url: z
          .url({ protocol: /^https?$/ })
          .max(1000)
          .optional(),
        secret: z.string().max(200).nullable().optional(),
        format: z.enum(['guatu', 'wecom', 'dingtalk']),
        kinds: Kinds,
        isActive: z.boolean(),
      }),
      output: Webhook,
    }),
    removeWebhook: command({
      path: '/notices/webhooks/:id/remove',
      summary: { zh: '删除外部通知', en: 'Remove a webhook' },
      permission: 'notices.manage',
      input: byId,
      output: byId,
    }),
    testWebhook: command({
      path: '/notices/webhooks/:id/test',
      summary: { zh: '发送一条测试通知', en: 'Send a test message' },
      permission: 'notices.manage',
      input: byId,
      output: byId,
    }),
  },
});
