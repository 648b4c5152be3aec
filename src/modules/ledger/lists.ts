import type { Words } from '#core/shared/words.ts';

/** The lists that people live in; what each holds is said in server/named-lists.ts. */
export const namedLists = [
  'all',
  'mine',
  'unsigned',
  'dueThisWeek',
  'expiring',
  'overdue',
  'returned',
  'reopened',
  'toVerify',
  'extensionsAsked',
  'onSpot',
  'drafts',
] as const;
export type NamedList = (typeof namedLists)[number];

export const listWords: Record<NamedList, Words> = {
  all: { zh: '全部', en: 'All' },
  mine: { zh: '我经办', en: 'Mine' },
  unsigned: { zh: '待签收', en: 'Not signed for' },
  dueThisWeek: { zh: '本周到期', en: 'Due this week' },
  expiring: { zh: '即将到期', en: 'Expiring' },
  overdue: { zh: '逾期', en: 'Overdue' },
  returned: { zh: '退回', en: 'Returned' },
  reopened: { zh: '反弹', en: 'Reopened' },
  toVerify: { zh: '待我复核', en: 'To verify' },
  extensionsAsked: { zh: '待批延期', en: 'Extensions asked' },
  onSpot: { zh: '立行立改', en: 'On the spot' },
  drafts: { zh: '拟办', en: 'Drafts' },
};

export const sortKeys = [
  'no',
  'title',
  'leadUnit',
  'state',
  'light',
  'level',
  'raisedOn',
  'dueOriginal',
  'dueCurrent',
  'claimedOn',
  'closedOn',
  'progressOn',
  'returns',
] as const;
export type SortKey = (typeof sortKeys)[number];
