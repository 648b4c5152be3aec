import type { Scope } from '#core/server/scope.ts';
import type { PublicField } from '../public-fields.ts';
import { setPublication } from './publication-store.ts';

export { proposedFields } from '../public-fields.ts';

/** Makes many projects public at once: for set-up and the demonstration. Does not ask whether they were before. */
export const publishProjects = (
  scope: Scope,
  projectIds: readonly string[],
  fields: readonly PublicField[],
  reason: string,
): Promise<void> => setPublication(scope, projectIds, fields, 'published', reason);
