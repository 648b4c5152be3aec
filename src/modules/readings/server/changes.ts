import { type SqlBool, sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { updateProjects, withinReach } from '#modules/projects/server/public.ts';
import type { ChangeView } from '../contract.ts';
import { type ChangeRecord, tables } from './store.ts';

const words = { zh: '变更', en: 'change' };

type Row = ChangeRecord & { documentTitle: string; projectName: string };

/** Changes within the caller's reach, oldest first: who waits longest comes first. */
async function listRows(scope: Scope, where: ReturnType<typeof sql<SqlBool>>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.*, d.title as document_title, p.name as project_name from readings.change c
    join readings.document d on d.city_id = c.city_id and d.id = c.document_id
    join projects.pub_project p on p.city_id = c.city_id and p.id = c.project_id
    where c.city_id = ${scope.cityId} and ${withinReach(scope, 'readings.settle')} and ${where}
    order by c.proposed_at, c.id limit 500`.execute(scope.db);
  return rows;
}

const present = (scope: Scope, row: Row): ChangeView => ({
  id: row.id,
  documentId: row.documentId,
  documentTitle: row.documentTitle,
  projectId: row.projectId,
  projectName: row.projectName,
  field: row.field,
  oldValue: row.oldValue,
  newValue: row.newValue,
  text: row.text,
  state: row.state,
  proposedByName: row.proposedByName,
  proposedAt: row.proposedAt.toISOString(),
  settledByName: row.settledByName,
  settledReason: row.settledReason,
  canSettle: row.state === 'waiting' && row.proposedBy !== scope.actor.id,
});

export const listChanges = async (scope: Scope, state: ChangeView['state']): Promise<ChangeView[]> =>
  (await listRows(scope, sql<SqlBool>`c.state = ${state}`)).map((row) => present(scope, row));

/**
 * Applies a change to the register, with the document and its words as the reason in the project's history, or refuses it.
 * @throws Problem 404, 409 settled, own_proposal, moved_on
 */
export async function settleChange(
  scope: Scope,
  { id, decision, reason }: { id: string; decision: 'apply' | 'refuse'; reason: string | null },
): Promise<ChangeView> {
  await sql`select 1 from readings.change where city_id = ${scope.cityId} and id = ${id} for update`.execute(scope.db);
  const [row] = await listRows(scope, sql<SqlBool>`c.id = ${id}`);
  if (!row) throw notFound(words);
  if (row.state !== 'waiting')
    throw conflict('settled', { zh: `${row.settledByName}已办理这项变更`, en: `${row.settledByName} settled this` });
  if (row.proposedBy === scope.actor.id)
    throw conflict('own_proposal', {
      zh: '自己提出的变更由别人审定',
      en: 'Somebody else settles a change that you proposed',
    });
  if (decision === 'apply') await apply(scope, row);
  await tables(scope)
    .updateTable('readings.change')
    .set({
      state: decision === 'apply' ? 'applied' : 'refused',
      settledAt: scope.now,
      settledByName: scope.actor.name,
      settledReason: reason,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
  audited(scope, {
    subject: 'readings.change',
    id,
    before: { value: row.oldValue },
    after: { value: row.newValue, decision },
  });
  return present(scope, (await listRows(scope, sql<SqlBool>`c.id = ${id}`))[0]!);
}

async function apply(scope: Scope, row: Row): Promise<void> {
  const why = {
    kind: 'changed' as const,
    reason: `据《${row.documentTitle}》：${row.text}`.slice(0, 500),
    document: row.documentTitle.slice(0, 200),
  };
  const changes =
    row.field === 'totalYuan'
      ? { totalYuan: Number(row.newValue) }
      : { [row.field]: { day: String(row.newValue), precision: 'day' as const, text: null } };
  const changed = await updateProjects(scope, [{ id: row.projectId, changes }], why);
  if (changed.length === 0)
    throw conflict('moved_on', {
      zh: '项目库中已是这个值，请不同意此项变更',
      en: 'The register has this value by now: refuse the change',
    });
}
