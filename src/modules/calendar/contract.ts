import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';
import { deadlineRule, deadlineStep } from './deadline.ts';

const day = z.iso.date();
const year = z.coerce.number<unknown>().int().min(2000).max(2100);
const reason = z.string().trim().min(2).max(300);
const words = z.object({ zh: z.string(), en: z.string() });

export const Mark = z.object({ day, mark: z.enum(['off', 'work']), name: z.string().trim().min(1).max(40) });

export const YearHead = z.object({
  year: z.int(),
  /** Number of the notice, as printed on it. */
  notice: z.string(),
  noticeDate: day.nullable(),
  offCount: z.int(),
  workCount: z.int(),
  /** 0: as it ships with the product; else the number of the city's own version. */
  version: z.int(),
});
export type YearHead = z.infer<typeof YearHead>;

export const YearVersion = z.object({
  version: z.int(),
  reason: z.string(),
  actorName: z.string(),
  at: z.iso.datetime(),
  /** The one day that was changed; null when the whole year was published. */
  changed: z.object({ day, from: z.string(), to: z.string() }).nullable(),
});

const YearPage = YearHead.extend({
  days: z.array(Mark),
  workdays: z.int(),
  versions: z.array(YearVersion),
  /** What the caller may do next; buttons are drawn from nothing else. */
  allowed: z.array(z.enum(['edit'])),
});
export type YearPage = z.infer<typeof YearPage>;

const NamedRule = deadlineRule.extend({ name: words, startsFrom: words, example: day });

export const calendar = defineContract({
  name: 'calendar',
  title: { zh: '日历', en: 'Calendar' },
  permissions: {
    'calendar.edit': {
      words: { zh: '发布和修改工作日历', en: 'Publish and change the working calendar' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    years: query({
      path: '/calendar/years',
      summary: { zh: '已发布的年份', en: 'Published years' },
      permission: 'signedIn',
      input: z.object({}),
      output: z.object({ years: z.array(YearHead), allowed: z.array(z.enum(['publish'])) }),
    }),
    year: query({
      path: '/calendar/years/:year',
      summary: { zh: '某年的放假日和调休上班日', en: 'Days off and make-up workdays of a year' },
      permission: 'signedIn',
      input: z.object({ year }),
      output: YearPage,
    }),
    publishYear: command({
      path: '/calendar/years/:year/publish',
      summary: { zh: '按国务院办公厅通知发布一年', en: 'Publish a year after the State Council notice' },
      permission: 'calendar.edit',
      input: z.object({
        year,
        notice: z.string().trim().min(4).max(60),
        noticeDate: day,
        /** Days of the year itself, and of December before it where the notice reaches back. */
        days: z.array(Mark).min(1).max(80),
        reason,
      }),
      output: YearPage,
    }),
    editDay: command({
      path: '/calendar/days/:day/edit',
      summary: { zh: '修改一天（写明原因）', en: 'Change one day, with a reason' },
      permission: 'calendar.edit',
      input: z.object({
        day,
        /** 'plain': worked on Monday to Friday, free on weekends. */
        mark: z.enum(['off', 'work', 'plain']),
        name: z.string().trim().max(40).default(''),
        reason,
      }),
      output: YearPage,
    }),
    dayKind: query({
      path: '/calendar/days/:day',
      summary: { zh: '某天是否上班', en: 'Whether a day is worked' },
      permission: 'signedIn',
      input: z.object({ day }),
      /** kind is null when the year has no published calendar. */
      output: z.object({
        kind: z.enum(['workday', 'makeUp', 'weekend', 'off']).nullable(),
        name: z.string().nullable(),
      }),
    }),
    rules: query({
      path: '/calendar/rules',
      summary: { zh: '期限规则', en: 'Deadline rules' },
      permission: 'signedIn',
      input: z.object({}),
      output: z.array(NamedRule),
    }),
    deadline: query({
      path: '/calendar/deadline',
      summary: { zh: '计算一个期限并说明过程', en: 'Compute a deadline and show how' },
      permission: 'signedIn',
      input: z.object({
        start: day,
        /** A shipped rule by its code, or a rule of one's own. */
        code: z.string().optional(),
        rule: deadlineRule.omit({ code: true, basis: true }).optional(),
      }),
      output: z.object({ day, at: z.string(), steps: z.array(deadlineStep) }),
    }),
  },
});
