import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { newId } from '../shared/id.ts';
import type { Scope } from './scope.ts';

/**
 * Names the thing a command touched, with its state before and after. The router writes one audit row per call
 * (or one for the command alone when nothing is named) in the same transaction.
 */
export function audited(scope: Scope, entry: { subject: string; id: string; before?: unknown; after?: unknown }): void {
  scope.effects.audit.push(entry);
}

const secretKey = /password|secret|token|setupcode|backupcode|totp|phone/i;
/** In a command that is marked secret, a bare code is a one-time code; elsewhere it is a project's or a region's. */
const secretCode = /^code$/i;

/** The input as the audit log may keep it: secrets and telephone numbers are replaced, however deep they lie. */
export function withoutSecrets(value: unknown, isSecret = false): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutSecrets(inner, isSecret));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      (secretKey.test(key) || (isSecret && secretCode.test(key))) && typeof inner === 'string'
        ? '…'
        : withoutSecrets(inner, isSecret),
    ]),
  );
}

/** JSON with sorted keys, so that the same content always has the same hash. */
export function canonical(value: unknown): string {
  if (value === undefined) return 'null';
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

export const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex');

/** Writes the audit rows of one command: the last thing before its commit. */
export async function writeAudit(scope: Scope, action: string, input: unknown, isSecret = false): Promise<void> {
  const kept = withoutSecrets(input, isSecret);
  const entries = scope.effects.audit.length > 0 ? scope.effects.audit : [undefined];
  // The wall clock, not the demonstration's: the log tells when it really happened.
  const at = new Date();
  for (const entry of entries) {
    const id = newId();
    const before = entry?.before === undefined ? null : withoutSecrets(entry.before);
    const after = entry?.after === undefined ? null : withoutSecrets(entry.after);
    await sql`with row as (
      insert into core.audit (id, city_id, at, actor_id, actor_name, action, request_id, subject, subject_id, input_hash, before_hash, after_hash)
      values (${id}, ${scope.cityId}, ${at}, ${scope.actor.id}, ${scope.actor.name}, ${action}, ${scope.requestId},
        ${entry?.subject ?? null}, ${entry?.id ?? null}, ${hashOf(kept)}, ${before === null ? null : hashOf(before)}, ${after === null ? null : hashOf(after)})
      returning id)
      insert into core.audit_payload (audit_id, input, before, after)
      select id, ${JSON.stringify(kept)}::jsonb, ${before === null ? null : JSON.stringify(before)}::jsonb, ${after === null ? null : JSON.stringify(after)}::jsonb from row`.execute(
      scope.db,
    );
  }
}
