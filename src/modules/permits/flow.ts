import { defineFlow, eventsFrom } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';

/** What has been recorded of a step. Whether it may be accepted yet, or is late, is computed on top of it. */
export const phases = ['waiting', 'running', 'suspended', 'done', 'skipped'] as const;
export type Phase = (typeof phases)[number];

export const stepEvents = [
  'accept', // 受理
  'finish', // 办结
  'suspend', // 补正，暂停计时
  'resume', // 恢复计时
  'skip', // 无需办理
  'include', // 恢复办理
  'correct', // 更正日期
  'assign', // 责任单位和时限
] as const;
export type StepEvent = (typeof stepEvents)[number];

export const stepFlow = defineFlow<Phase, StepEvent>({
  waiting: { accept: 'running', skip: 'skipped', assign: 'waiting' },
  running: { finish: 'done', suspend: 'suspended', correct: 'running', assign: 'running' },
  suspended: { resume: 'running', assign: 'suspended' },
  done: { correct: 'done' },
  skipped: { include: 'waiting' },
});

export const allowedEvents = (phase: Phase): StepEvent[] => eventsFrom(stepFlow, phase);

export const stepStates = [
  'blocked', // 待前置
  'ready', // 可申报
  'running', // 办理中
  'suspended', // 补正中
  'overdue', // 超期
  'done', // 已办结
  'skipped', // 无需办理
] as const;
export type StepState = (typeof stepStates)[number];

export const stepStateWords: Record<StepState, Words> = {
  blocked: { zh: '待前置', en: 'Blocked' },
  ready: { zh: '可申报', en: 'Ready' },
  running: { zh: '办理中', en: 'Running' },
  suspended: { zh: '补正中', en: 'Suspended' },
  overdue: { zh: '超期', en: 'Overdue' },
  done: { zh: '已办结', en: 'Done' },
  skipped: { zh: '无需办理', en: 'Not needed' },
};
