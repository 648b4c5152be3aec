import { z } from 'zod';
import type { Words } from '#core/shared/words.ts';

export const noticeKinds = [
  'filingDue',
  'filingOverdue',
  'filingReturned',
  'reviewWaiting',
  'correction',
  'promise',
  'request',
  'matterIssued',
  'matterDue',
  'matterReturned',
  'matterWaiting',
  'matterEscalated',
  'sheet',
  'objection',
  'duty',
  'minutes',
  'challenge',
  'score',
  'publication',
  'change',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const noticeKindWords: Record<NoticeKind, Words> = {
  filingDue: { zh: '填报将到期', en: 'Filings soon due' },
  filingOverdue: { zh: '填报已逾期', en: 'Filings overdue' },
  filingReturned: { zh: '填报被退回', en: 'A filing returned' },
  reviewWaiting: { zh: '待审核', en: 'Waiting for review' },
  correction: { zh: '更正申请', en: 'Corrections' },
  promise: { zh: '承诺到期', en: 'Promises due' },
  request: { zh: '数据征集', en: 'Requests for data' },
  matterIssued: { zh: '事项交办', en: 'Matters issued' },
  matterDue: { zh: '事项临期、预警和催办', en: 'Matters near their limit, overdue or urged' },
  matterReturned: { zh: '事项退回', en: 'Matters returned' },
  matterWaiting: { zh: '待复核、待审批延期', en: 'Claims and extensions waiting' },
  matterEscalated: { zh: '提级研究', en: 'Matters raised a level' },
  sheet: { zh: '督查单', en: 'Sheets of supervision' },
  objection: { zh: '督查异议', en: 'Objections' },
  duty: { zh: '值班和突发事件', en: 'Duties and incidents' },
  challenge: { zh: '揭榜挂帅', en: 'Challenges' },
  score: { zh: '考核公示和异议', en: 'Scores shown and objections' },
  publication: { zh: '通报签发', en: 'Bulletins released' },
  change: { zh: '登记变更待审定', en: 'Register changes to settle' },
  minutes: { zh: '会议纪要征求意见', en: 'Minutes circulated for comment' },
};

/** Who hears of an overdue filing after so many hours: the filer, then the levels above, as the form's review goes. */
export const rungs = ['filer', 'responsibleUnit', 'commandPost', 'office'] as const;
export type Rung = (typeof rungs)[number];

export const ReminderRules = z.object({
  /** Hours before the due moment at which those who have not filed are reminded. */
  beforeHours: z.array(z.int().min(1).max(240)).max(6),
  /** Escalation: hours after the due moment → who hears of it. */
  overdue: z.array(z.object({ afterHours: z.int().min(0).max(1000), rung: z.enum(rungs) })).max(8),
  /** Hours that a filing may wait for a reviewer before he is reminded. */
  reviewHours: z.int().min(1).max(240),
});
export type ReminderRules = z.infer<typeof ReminderRules>;

/** Ours: no published rule says when to remind. The rungs follow 三色督查单, each only after the former's time. */
export const shippedRules: ReminderRules = {
  beforeHours: [72, 24, 3],
  overdue: [
    { afterHours: 0, rung: 'filer' },
    { afterHours: 24, rung: 'responsibleUnit' },
    { afterHours: 48, rung: 'commandPost' },
    { afterHours: 72, rung: 'office' },
  ],
  reviewHours: 24,
};

const hour = 3_600_000;

/**
 * The reminder that is due at `now` for something due at `dueAt`: the nearest of `beforeHours` whose time has come. Null
 * outside them and after the due moment. Who was away for two of them is reminded once, with the nearest.
 */
export function reminderAt(rules: ReminderRules, dueAt: Date, now: Date): number | null {
  const left = dueAt.getTime() - now.getTime();
  if (left <= 0) return null;
  return rules.beforeHours.filter((hours) => left <= hours * hour).sort((a, b) => a - b)[0] ?? null;
}

/** The rungs that have heard or should hear by now, lowest first. */
export const rungsAt = (rules: ReminderRules, dueAt: Date, now: Date): Rung[] => {
  const late = now.getTime() - dueAt.getTime();
  return late < 0
    ? []
    : rungs.filter((rung) => rules.overdue.some((o) => o.rung === rung && late >= o.afterHours * hour));
};

/**
 * The first moment at or after `now` outside the quiet hours (Beijing, HH:MM; from > to spans midnight; equal: none).
 */
export function afterQuiet(now: Date, from: string, to: string): Date {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const [start, end] = [minutes(from), minutes(to)];
  if (start === end) return now;
  // Beijing has no summer time: eight hours ahead, always.
  const local = new Date(now.getTime() + 8 * hour);
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const isQuiet = start < end ? minute >= start && minute < end : minute >= start || minute < end;
  if (!isQuiet) return now;
  const wait = (end - minute + 1440) % 1440;
  return new Date(now.getTime() + wait * 60_000 - (now.getTime() % 60_000));
}

/** Pauses between tries, minutes; after the last the delivery has failed and says so. */
export const retryMinutes = [1, 5, 30, 120, 720] as const;
export const nextTry = (tries: number, now: Date): Date | null => {
  const pause = retryMinutes[tries - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause * 60_000);
};
