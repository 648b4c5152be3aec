import { defineFlow } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';

export const enrolmentStates = ['notDue', 'preparing', 'submitted', 'returned', 'enrolled', 'notRequired'] as const;
export type EnrolmentState = (typeof enrolmentStates)[number];

export const enrolmentEvents = ['prepare', 'submit', 'return', 'enrol', 'remove'] as const;
export type EnrolmentEvent = (typeof enrolmentEvents)[number];

/**
 * Where a project stands on its way into the statistics. Starting work moves it from notDue to preparing by itself;
 * `prepare` does so before the start, for a project whose preparation may be recorded already (安徽: 筹建 from 1 亿元).
 * `enrol` leads from everywhere: the statistics office decides, the platform only writes down what it decided.
 */
export const enrolmentFlow = defineFlow<EnrolmentState, EnrolmentEvent>({
  notDue: { prepare: 'preparing', enrol: 'enrolled' },
  preparing: { submit: 'submitted', enrol: 'enrolled' },
  submitted: { return: 'returned', enrol: 'enrolled' },
  returned: { submit: 'submitted', enrol: 'enrolled' },
  enrolled: { remove: 'preparing' },
  notRequired: { enrol: 'enrolled' },
});

/** The permission each event needs; the buttons and the server's guard read the same line. */
export const eventPermission: Record<EnrolmentEvent, string> = {
  prepare: 'enrolment.edit',
  submit: 'enrolment.edit',
  return: 'enrolment.record',
  enrol: 'enrolment.record',
  remove: 'enrolment.record',
};

/** What an event asks for beside its day. */
export const eventNeeds: Record<EnrolmentEvent, { reason: boolean; document: boolean }> = {
  prepare: { reason: true, document: false },
  submit: { reason: false, document: false },
  return: { reason: true, document: true },
  enrol: { reason: false, document: true },
  remove: { reason: true, document: true },
};

export const stateWords: Record<EnrolmentState, Words> = {
  notDue: { zh: '未到入统时点', en: 'Not due' },
  preparing: { zh: '备料中', en: 'Gathering documents' },
  submitted: { zh: '已报县级统计部门', en: 'With the county statistics office' },
  returned: { zh: '统计部门退回', en: 'Returned by the statistics office' },
  enrolled: { zh: '已入统', en: 'Enrolled' },
  notRequired: { zh: '不需入统', en: 'Not required' },
};

export const eventWords: Record<EnrolmentEvent, Words> = {
  prepare: { zh: '提前备料', en: 'Begin before the start' },
  submit: { zh: '登记已报统计部门', en: 'Record that it was handed in' },
  return: { zh: '登记退回', en: 'Record a return' },
  enrol: { zh: '登记入统', en: 'Record the enrolment' },
  remove: { zh: '登记退出统计库', en: 'Record the removal from the statistics' },
};
