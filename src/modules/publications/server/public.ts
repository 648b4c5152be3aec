import type { Scope } from '#core/server/scope.ts';
import { createDraft, type NewDraft } from './draft-acts.ts';
import { sign } from './release.ts';
import { insertEvent, setReleased } from './store.ts';

export { createDraft, type NewDraft } from './draft-acts.ts';

/**
 * A bulletin of the past with its day and who signed it, for the demonstration and for moving from another system. Its
 * files are made by the queue, right after.
 */
export async function insertPastRelease(
  scope: Scope,
  { at, byName, note = null, ...draft }: NewDraft & { at: Date; byName: string; note?: string | null },
): Promise<string> {
  const id = await createDraft(scope, draft, { at, name: byName });
  await sign(scope, id, { note, at, byName });
  await setReleased(scope, id);
  await insertEvent(scope, id, 'released', null, { at, name: byName });
  return id;
}
