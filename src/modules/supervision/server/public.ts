export { escalateDue } from './escalate.ts';
export { type IssueItem, issueSheets } from './issue.ts';
export { remindOfDays } from './remind.ts';
