import { type SqlBool, sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { MatterLevel } from '../kinds.ts';
import type { MatterRow } from '../shapes.ts';
import { LimitTemplate } from '../templates.ts';
import { carryOut, words } from './hold.ts';
import { listRows } from './present.ts';
import { findMatter, insertEvents, lockMatters, type MatterRecord } from './store.ts';
import { raiseLevel } from './supervise-acts.ts';
import { jsonb, tables } from './tables.ts';

export { issueMatters } from './issue.ts';
export { limitsOf, listTemplates } from './limits.ts';
export { checkLeaders, type NewMatter } from './new-matter.ts';
export { insertPastLinks, insertPastMatters, type PastAct, type PastEvidence, type PastMatter } from './past.ts';
export { insertPastNotes, type PastNote } from './past-notes.ts';
export { raiseMatters } from './raise.ts';
export { matterWithinReach, speaksFor } from './reach.ts';
export { findMatter, type MatterRecord };

/** A matter within the caller's reach. @throws Problem 404 */
export async function getMatter(scope: Scope, id: string, permission = 'ledger.read'): Promise<MatterRecord> {
  const found = await findMatter(scope, id, permission);
  if (!found) throw notFound(words);
  return found;
}

/** What came of the things another module issued (the decisions of a meeting): those within the caller's reach. */
export async function listMattersByOrigin(
  scope: Scope,
  module: string,
  originIds: readonly string[],
): Promise<(MatterRow & { originId: string })[]> {
  const rows = await listRows(
    scope,
    sql<SqlBool>`m.origin_module = ${module} and m.origin_id = any(${[...originIds]}::uuid[])`,
  );
  const known = await tables(scope)
    .selectFrom('ledger.matter')
    .select(['id', 'originId'])
    .where('cityId', '=', scope.cityId)
    .where('originModule', '=', module)
    .where(sql<SqlBool>`origin_id = any(${[...originIds]}::uuid[])`)
    .execute();
  const originOf = new Map(known.map((k) => [k.id, k.originId!]));
  return rows.map((row) => ({ ...row, originId: originOf.get(row.id)! }));
}

/** Rows as the lists show them, within the caller's reach. */
export const listMatters = (scope: Scope, ids: readonly string[]): Promise<MatterRow[]> =>
  listRows(scope, sql<SqlBool>`m.id = any(${[...ids]}::uuid[])`);

/** Adds a line to a matter's history that changes nothing else: a sheet was issued, a reminder went out. */
export async function recordNote(
  scope: Scope,
  matterId: string,
  note: { act: 'note' | 'sheet'; text: string; payload?: Record<string, unknown> },
): Promise<void> {
  const [held] = await lockMatters(scope, [matterId], 'ledger.read');
  if (!held) throw notFound(words);
  await insertEvents(scope, [{ matterId, ...note, fromState: held.state, toState: held.state }]);
}

/**
 * A draft that the calling module raised is void with a reason, as if it had not been raised; one that is void already stays so.
 * The caller's permission is checked by the command that calls. @throws Problem 404, 409 issued
 */
export async function voidDraft(scope: Scope, id: string, reason: string): Promise<void> {
  const [held] = await lockMatters(scope, [id], 'ledger.read');
  if (!held) throw notFound(words);
  if (held.state === 'void') return;
  if (held.state !== 'draft')
    throw conflict('issued', {
      zh: `由此形成的事项 ${held.no} 已交办；请先到该事项作废，再撤回`,
      en: `Matter ${held.no} came of this and was issued: void it there first, then take this back`,
    });
  await carryOut(scope, held, {
    act: 'void',
    text: reason,
    changes: { state: 'void', closedAt: scope.now, closedOn: scope.today, closeReason: reason },
    told: 'voided',
  });
}

/** One level up, or to the level named, with the rule that said so. @throws Problem 404, 409 at_the_top, not_now */
export async function escalateMatter(
  scope: Scope,
  id: string,
  why: { level?: MatterLevel | undefined; reason: string; payload?: Record<string, unknown> },
): Promise<void> {
  const [held] = await lockMatters(scope, [id], 'ledger.supervise');
  if (!held) throw notFound(words);
  await raiseLevel(scope, held, why);
}

export interface TemplateVersion {
  code: string;
  version: number;
  template: LimitTemplate;
  reason: string;
  actorName: string;
  at: Date;
}

/** The city's own versions of limits, newest first. Matters issued under an older one keep the days they were given. */
export const templateVersions = (scope: Scope): Promise<TemplateVersion[]> =>
  tables(scope)
    .selectFrom('ledger.templateVersion')
    .select(['code', 'version', 'template', 'reason', 'actorName', 'at'])
    .where('cityId', '=', scope.cityId)
    .orderBy('at', 'desc')
    .execute();

/** A new version of a limit; the next matter issued is held to it. @throws Problem 422 */
export async function saveTemplate(scope: Scope, template: LimitTemplate, reason: string): Promise<void> {
  const parsed = LimitTemplate.safeParse(template);
  if (!parsed.success)
    throw invalid('template', { zh: '限期模板填写不完整', en: 'The template is not complete' }, 'template');
  const last = await tables(scope)
    .selectFrom('ledger.templateVersion')
    .select('version')
    .where('cityId', '=', scope.cityId)
    .where('code', '=', template.code)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  await tables(scope)
    .insertInto('ledger.templateVersion')
    .values({
      cityId: scope.cityId,
      code: template.code,
      version: (last?.version ?? 0) + 1,
      template: jsonb(parsed.data),
      reason,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .execute();
  audited(scope, { subject: 'ledger.template', id: template.code, after: parsed.data });
}
