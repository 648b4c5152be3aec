import { defineFlow } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';

export const meetingStates = [
  'planned',
  'agendaFixed',
  'held',
  'circulated',
  'issued',
  'archived',
  'cancelled',
] as const;
export type MeetingState = (typeof meetingStates)[number];
export const stateWords: Record<MeetingState, Words> = {
  planned: { zh: '筹备', en: 'Planned' },
  agendaFixed: { zh: '议程已定', en: 'Agenda fixed' },
  held: { zh: '已召开', en: 'Held' },
  circulated: { zh: '征求意见', en: 'Circulated' },
  issued: { zh: '已印发', en: 'Issued' },
  archived: { zh: '已归档', en: 'Archived' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};

export const meetingMoves = [
  'fixAgenda',
  'reopenAgenda',
  'close',
  'circulate',
  'recall',
  'issue',
  'archive',
  'cancel',
] as const;
export type MeetingMove = (typeof meetingMoves)[number];
export const moveWords: Record<MeetingMove, Words> = {
  fixAgenda: { zh: '确定议程', en: 'Fix the agenda' },
  reopenAgenda: { zh: '重开议程', en: 'Reopen the agenda' },
  close: { zh: '会议结束', en: 'End the meeting' },
  circulate: { zh: '征求意见', en: 'Circulate' },
  recall: { zh: '收回修改', en: 'Recall' },
  issue: { zh: '印发并交办', en: 'Issue' },
  archive: { zh: '归档', en: 'Archive' },
  cancel: { zh: '取消会议', en: 'Cancel' },
};

/** Planned, discussed, written down, objected to, issued. The minutes are never issued without having been circulated. */
export const meetingFlow = defineFlow<MeetingState, MeetingMove>({
  planned: { fixAgenda: 'agendaFixed', cancel: 'cancelled' },
  agendaFixed: { close: 'held', reopenAgenda: 'planned', cancel: 'cancelled' },
  // Without decisions there is nothing to object to.
  held: { circulate: 'circulated', archive: 'archived' },
  circulated: { issue: 'issued', recall: 'held' },
  issued: { archive: 'archived' },
  archived: {},
  cancelled: {},
});

/** Minutes are typed while the meeting runs and put in order until they are circulated. */
export const isMinuted = (state: MeetingState): boolean => state === 'agendaFixed' || state === 'held';
/** People may still say that they are there. */
export const isOpenForAttendance = (state: MeetingState): boolean => state === 'planned' || state === 'agendaFixed';

export const observationStates = ['preparing', 'open', 'closed', 'published'] as const;
export type ObservationState = (typeof observationStates)[number];
export const observationMoves = ['open', 'close', 'reopen', 'publish'] as const;
export type ObservationMove = (typeof observationMoves)[number];
export const observationFlow = defineFlow<ObservationState, ObservationMove>({
  preparing: { open: 'open' },
  open: { close: 'closed' },
  closed: { reopen: 'open', publish: 'published' },
  published: {},
});
