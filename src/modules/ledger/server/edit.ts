import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { insertDetails } from './details.ts';
import { limitsOf } from './limits.ts';
import { checkNamed, type NewMatter, partiesOf, partyFault, recordOf, refuse, shapeFault } from './new-matter.ts';
import { insertRows } from './rows.ts';
import { insertEvents, lockMatters } from './store.ts';
import { tables } from './tables.ts';
import { indexAnew } from './title-search.ts';

/** Changes a draft. @throws Problem 404, 409 moved, 422 */
export async function editMatter(
  scope: Scope,
  {
    id,
    version,
    changes,
  }: { id: string; version?: number | undefined; changes: NewMatter & { firmUnitIds?: readonly string[] } },
): Promise<{ id: string; no: string }> {
  const [held] = await lockMatters(scope, [id], 'ledger.raise');
  if (!held) throw notFound({ zh: '事项', en: 'matter' });
  if (held.state !== 'draft')
    throw conflict('not_a_draft', {
      zh: '已经交办的事项不能再改，只能反馈、延期或作废',
      en: 'A matter that was issued is not changed any more: report, extend or void it',
    });
  if (held.raisedBy !== scope.actor.id && !scope.can('ledger.issue'))
    throw conflict('not_the_raiser', {
      zh: '拟办的事项由登记人或交办人修改',
      en: 'A draft is changed by who raised it or by who may issue it',
    });
  if (version !== undefined && version !== held.version)
    throw conflict('moved', { zh: '别人刚刚改过，请刷新后再改', en: 'Somebody has just changed it: reload first' });
  const commandOf = await checkNamed(scope, [changes]);
  const limits = await limitsOf(scope);
  refuse(
    partyFault({
      leadUnitId: changes.leadUnitId ?? null,
      coUnitIds: changes.coUnitIds ?? [],
      verifierUnitId: changes.verifierUnitId ?? null,
    }) ?? shapeFault(changes, limits),
  );
  if (changes.kind !== held.kind)
    throw invalid(
      'kind_fixed',
      { zh: '事项类型不能改，请作废后重新登记', en: 'The kind is fixed: void it and raise anew' },
      'kind',
    );
  const fresh = recordOf(scope, changes, held.no);
  const kept = [
    'cityId',
    'id',
    'no',
    'kind',
    'raisedOn',
    'raisedBy',
    'raisedByName',
    'parentId',
    'originModule',
    'originId',
    'demo',
  ] as const;
  const columns = Object.fromEntries(
    Object.entries(fresh).filter(([key]) => !(kept as readonly string[]).includes(key)),
  );
  await tables(scope)
    .updateTable('ledger.matter')
    .set({ ...columns, version: held.version + 1 })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
  const raiser = await tables(scope)
    .selectFrom('ledger.party')
    .select('unitId')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', id)
    .where('role', '=', 'raiser')
    .executeTakeFirst();
  await tables(scope)
    .deleteFrom('ledger.party')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', id)
    .execute();
  await insertRows(
    scope,
    'ledger.party',
    partiesOf(id, changes, raiser?.unitId ?? null, (changes.projectId && commandOf.get(changes.projectId)) || null),
  );
  if (changes.details) await insertDetails(scope, [{ matterId: id, details: changes.details }]);
  await insertEvents(scope, [{ matterId: id, act: 'edit', fromState: 'draft', toState: 'draft' }]);
  await indexAnew(scope, [id]);
  audited(scope, { subject: 'ledger.matter', id, before: { title: held.title }, after: { title: changes.title } });
  return { id, no: held.no };
}
