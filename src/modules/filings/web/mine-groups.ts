import type { FilingLine } from '../contract.ts';

export type Group = 'returned' | 'open' | 'waiting' | 'done' | 'exempt';
/** What still needs doing comes first. */
export const groups: readonly Group[] = ['returned', 'open', 'waiting', 'done', 'exempt'];
export const groupOf: Record<FilingLine['state'], Group> = {
  returned: 'returned',
  opened: 'open',
  draft: 'open',
  checked: 'open',
  submitted: 'waiting',
  accepted: 'done',
  frozen: 'done',
  exempt: 'exempt',
};
