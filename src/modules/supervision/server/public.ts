export { shippedSettings } from '../settings.ts';
export { escalateDue } from './escalate.ts';
export { type IssueItem, issueSheets } from './issue.ts';
export { listLeaders } from './leaders.ts';
export { insertPastObjection, insertPastSheets, type PastObjection, type PastSheet } from './past.ts';
export { remindOfDays } from './remind.ts';
export { insertSettings } from './settings-store.ts';
