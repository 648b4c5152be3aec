import { defineFlow } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';

export const matterStates = [
  'draft',
  'issued',
  'signed',
  'working',
  'claimed',
  'verifying',
  'returned',
  'suspended',
  'reopened',
  'closed',
  'void',
] as const;
export type MatterState = (typeof matterStates)[number];

export const stateWords: Record<MatterState, Words> = {
  draft: { zh: '拟办', en: 'Draft' },
  issued: { zh: '已交办', en: 'Issued' },
  signed: { zh: '已签收', en: 'Signed for' },
  working: { zh: '办理中', en: 'Working' },
  claimed: { zh: '申请销号', en: 'Claimed done' },
  verifying: { zh: '复核中', en: 'Verifying' },
  returned: { zh: '退回重办', en: 'Returned' },
  suspended: { zh: '暂缓', en: 'Suspended' },
  reopened: { zh: '反弹重办', en: 'Reopened' },
  closed: { zh: '已销号', en: 'Closed' },
  void: { zh: '作废', en: 'Void' },
};

export const matterMoves = [
  'issue',
  'sign',
  'report',
  'claim',
  'take',
  'pass',
  'return',
  'suspend',
  'resume',
  'void',
  'reopen',
] as const;
export type MatterMove = (typeof matterMoves)[number];

export const moveWords: Record<MatterMove, Words> = {
  issue: { zh: '交办', en: 'Issue' },
  sign: { zh: '签收', en: 'Sign for' },
  report: { zh: '反馈进展', en: 'Report progress' },
  claim: { zh: '申请销号', en: 'Claim done' },
  take: { zh: '开始复核', en: 'Start verifying' },
  pass: { zh: '同意销号', en: 'Strike off' },
  return: { zh: '退回重办', en: 'Return' },
  suspend: { zh: '暂缓', en: 'Suspend' },
  resume: { zh: '恢复办理', en: 'Resume' },
  void: { zh: '作废', en: 'Void' },
  reopen: { zh: '反弹重办', en: 'Reopen' },
};

/**
 * The one flow of every kind (city-systems.md §3.4). Overdue and colours are no states: light.ts computes them from days.
 * `pass` is the only way into `closed`, and only from a claim. What was fixed on the spot is raised already claimed.
 * `resume` leads back to where the matter rested (`restingFrom`); the table names working, which stands for it.
 */
export const matterFlow = defineFlow<MatterState, MatterMove>({
  draft: { issue: 'issued', void: 'void' },
  issued: { sign: 'signed', suspend: 'suspended', void: 'void' },
  signed: { report: 'working', claim: 'claimed', suspend: 'suspended', void: 'void' },
  working: { report: 'working', claim: 'claimed', suspend: 'suspended', void: 'void' },
  claimed: { take: 'verifying', pass: 'closed', return: 'returned' },
  verifying: { pass: 'closed', return: 'returned' },
  returned: { report: 'working', claim: 'claimed', suspend: 'suspended', void: 'void' },
  suspended: { resume: 'working', void: 'void' },
  reopened: { report: 'working', claim: 'claimed', suspend: 'suspended', void: 'void' },
  closed: { reopen: 'reopened' },
  void: {},
});

/** The permission each move needs; buttons and the server's guard read the same line. */
export const movePermission: Record<MatterMove, string> = {
  issue: 'ledger.issue',
  sign: 'ledger.handle',
  report: 'ledger.handle',
  claim: 'ledger.handle',
  take: 'ledger.verify',
  pass: 'ledger.verify',
  return: 'ledger.verify',
  suspend: 'ledger.supervise',
  resume: 'ledger.supervise',
  void: 'ledger.supervise',
  reopen: 'ledger.supervise',
};

/** Nothing more is asked of anybody. */
export const isEnded = (state: MatterState): boolean => state === 'closed' || state === 'void';
/** The lead unit is expected to do something: its clock runs. */
export const isRunning = (state: MatterState): boolean =>
  state === 'issued' || state === 'signed' || state === 'working' || state === 'returned' || state === 'reopened';
/** The unit has done its part; its clock stands still until somebody else has looked. */
export const isClaimed = (state: MatterState): boolean => state === 'claimed' || state === 'verifying';

/** Where a move leads; undefined when it is not possible from there. */
export function stateAfter(
  state: MatterState,
  move: MatterMove,
  restingFrom: MatterState | null = null,
): MatterState | undefined {
  const to = matterFlow[state][move];
  return move === 'resume' && to !== undefined ? (restingFrom ?? to) : to;
}
