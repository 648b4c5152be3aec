import type { Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';

/** The eight nodes of the loop as 宜昌市网上督查平台 names them (dispatch.md §2.9). */
export const loopNodes = ['register', 'review', 'issue', 'sign', 'handle', 'report', 'verify', 'close'] as const;
export type LoopNode = (typeof loopNodes)[number];
export const loopWords: Record<LoopNode, Words> = {
  register: { zh: '督查事项', en: 'Registered' },
  review: { zh: '领导审核', en: 'Reviewed' },
  issue: { zh: '下发通知', en: 'Issued' },
  sign: { zh: '签收', en: 'Signed for' },
  handle: { zh: '办理', en: 'Handled' },
  report: { zh: '反馈', en: 'Reported' },
  verify: { zh: '复核', en: 'Verified' },
  close: { zh: '办结', en: 'Closed' },
};

export interface LoopEvent {
  act: string;
  toState: string;
  onDay: Day;
  actorName: string;
}

export interface LoopStep {
  node: LoopNode;
  /** `skipped`: passed over, as a review when the one who raised it issued it. `back`: done once, and to be done again. */
  state: 'done' | 'now' | 'ahead' | 'skipped' | 'back';
  on: Day | null;
  by: string | null;
}

const actOf: Record<Exclude<LoopNode, 'review'>, readonly string[]> = {
  register: ['raise'],
  issue: ['issue'],
  sign: ['sign'],
  handle: ['report', 'contribute'],
  report: ['claim'],
  verify: ['take', 'pass', 'return'],
  close: ['pass'],
};

/** Where the loop stands in each state: the node that is being worked on. */
const nodeNow: Record<string, LoopNode> = {
  draft: 'review',
  issued: 'sign',
  signed: 'handle',
  working: 'handle',
  suspended: 'handle',
  returned: 'handle',
  reopened: 'handle',
  claimed: 'verify',
  verifying: 'verify',
  closed: 'close',
  void: 'close',
};

/**
 * The loop of one matter out of its history. Issuing is the leader's approval unless a comment came before it: whoever raised
 * a matter and issued it himself passed the review over. A return or a reopening leads back to handling.
 */
export function loopOf(events: readonly LoopEvent[], state: string): LoopStep[] {
  const last = (acts: readonly string[]) => events.findLast((event) => acts.includes(event.act));
  const now = loopNodes.indexOf(nodeNow[state] ?? 'register');
  const raised = last(actOf.register);
  const issued = last(actOf.issue);
  const remark = events
    .slice(0, issued ? events.indexOf(issued) : events.length)
    .findLast((event) => event.act === 'remark');
  return loopNodes.map((node, index): LoopStep => {
    const event =
      node === 'review'
        ? (remark ?? (issued && raised && issued.actorName !== raised.actorName ? issued : undefined))
        : last(actOf[node]);
    const base = { node, on: event?.onDay ?? null, by: event?.actorName ?? null };
    if (state === 'void') return { ...base, state: event ? 'done' : 'ahead' };
    if (state === 'closed' || index < now) return { ...base, state: event ? 'done' : 'skipped' };
    if (index === now) return { ...base, state: 'now' };
    return { ...base, state: event ? 'back' : 'ahead' };
  });
}
