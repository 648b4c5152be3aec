import { audited } from '#core/server/audit.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';

interface ChangeTable {
  cityId: string;
  id: string;
  subject: 'unit' | 'person' | 'region';
  subjectId: string;
  action: string;
  at: Date;
  onDay: Day;
  actorId: string;
  actorName: string;
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

const tables = (scope: Scope) => scope.db.withTables<{ 'organization.change': ChangeTable }>();

export interface NewChange {
  subject: ChangeTable['subject'];
  subjectId: string;
  action: string;
  /** The day from which it is true. */
  onDay: Day;
  reason?: string | null | undefined;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Adds to the history that users read and, in the same breath, to the audit log: neither can be forgotten. */
export async function insertChange(scope: Scope, change: NewChange): Promise<void> {
  const { subject, subjectId, action, onDay, reason = null, before = null, after = null } = change;
  await tables(scope)
    .insertInto('organization.change')
    .values({
      cityId: scope.cityId,
      id: newId(),
      subject,
      subjectId,
      action,
      at: scope.now,
      onDay,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      reason,
      before,
      after,
    })
    .execute();
  audited(scope, {
    subject: `organization.${subject}`,
    id: subjectId,
    before,
    after: { action, onDay, reason, ...after },
  });
}

/** Newest first. */
export const listChanges = (
  scope: Scope,
  subject: ChangeTable['subject'],
  subjectId: string,
  limit = 200,
): Promise<ChangeTable[]> =>
  tables(scope)
    .selectFrom('organization.change')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('subject', '=', subject)
    .where('subjectId', '=', subjectId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** A line of history as it goes over the wire. */
export const presentChange = ({ id, at, onDay, action, actorName, reason, before, after }: ChangeTable) => ({
  id,
  at: at.toISOString(),
  onDay,
  action,
  actorName,
  reason,
  before,
  after,
});

/** Only the fields that differ, for a history that shows what changed and nothing else. */
export function difference<T extends Record<string, unknown>>(
  before: T,
  after: T,
  keys: readonly (keyof T & string)[],
): { before: Record<string, unknown>; after: Record<string, unknown> } | null {
  const changed = keys.filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null));
  if (changed.length === 0) return null;
  const pick = (from: T) => Object.fromEntries(changed.map((key) => [key, from[key] ?? null]));
  return { before: pick(before), after: pick(after) };
}
