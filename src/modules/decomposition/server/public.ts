import type { Scope } from '#core/server/scope.ts';
import type { Row } from '../contract.ts';
import { listProposals } from './store.ts';
import { rowsOf } from './view.ts';

export { createFromText } from './create.ts';
export { issueAccepted } from './issue.ts';
export { decide } from './rows.ts';

/** Rows of a document as its page shows them, with what each still lacks. The document's reach is the caller's to check. */
export const listRows = async (scope: Scope, documentId: string): Promise<Row[]> =>
  rowsOf(scope, await listProposals(scope, documentId));
