import type { Words } from '#core/shared/words.ts';

/** States and lights of a matter as the ledger names them, for the table that is printed and the rows on the screen. */
export const matterStateWords: Record<string, Words> = {
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

export const matterLightWords: Record<string, Words> = {
  normal: { zh: '正常', en: 'On track' },
  blue: { zh: '临近', en: 'Near' },
  yellow: { zh: '预警', en: 'Warning' },
  red: { zh: '逾期', en: 'Overdue' },
  idle: { zh: '不计时', en: 'Clock stopped' },
  done: { zh: '已销号', en: 'Struck off' },
};
