export { insertDecomposition, type NewDecomposition } from './create.ts';
export { issueAccepted } from './issue.ts';
export { decide } from './rows.ts';
