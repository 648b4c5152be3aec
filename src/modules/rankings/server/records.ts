import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { newId } from '#core/shared/id.ts';
import { findUnit, unitNames } from '#modules/organization/server/public.ts';
import type { ExemptionView, ExternalView, rankings } from '../contract.ts';
import { listCurrent } from './definition-store.ts';
import { endExemption, insertExemption, listExemptions } from './exemption-store.ts';
import { insertExternal, listExternals, listExternalVersions } from './external-store.ts';
import type { ExemptionTable } from './tables.ts';

type Input<K extends keyof (typeof rankings)['endpoints']> = ParsedOf<(typeof rankings)['endpoints'][K]>;

/** The newest version of each with those before it; withdrawn ones only for who keeps them. */
export async function externals(scope: Scope): Promise<ExternalView[]> {
  const rows = await listExternals(scope);
  const versions = Map.groupBy(await listExternalVersions(scope), (row) => row.id);
  return rows
    .filter((row) => !row.isWithdrawn || scope.can('rankings.record'))
    .map(({ cityId: _, actorId: __, ofCount, at, ...row }) => ({
      ...row,
      of: ofCount,
      at: at.toISOString(),
      earlier: (versions.get(row.id) ?? [])
        .filter((one) => one.version < row.version)
        .map(({ version, rank, ofCount: of, value, reason, actorName, at: then }) => ({
          ...{ version, rank, of, value, reason, actorName },
          at: then.toISOString(),
        })),
    }));
}

/** A place given by others, or a correction of one: the earlier entries stay. */
export async function saveExternal(scope: Scope, { id = newId(), of, version, ...entry }: Input<'saveExternal'>) {
  if (of !== null && entry.rank > of)
    throw invalid('rank_beyond', { zh: '位次不能大于参评数', en: 'The place is beyond the number ranked' }, 'rank');
  if (entry.publishedOn > scope.today)
    throw invalid(
      'published_later',
      { zh: '公布日期不能晚于今天', en: 'It cannot have been published after today' },
      'publishedOn',
    );
  if (!(await listCurrent(scope)).rankings.some((one) => one.definition.code === entry.ranking))
    throw invalid('unknown_ranking', { zh: '没有这个排名', en: 'There is no such ranking' }, 'ranking');
  const before = (await listExternals(scope)).find((row) => row.id === id);
  if (version > 0 && !before) throw notFound({ zh: '外部位次', en: 'place' });
  const next = { id, ...entry, ofCount: of, version: version + 1, demo: before?.demo ?? false };
  if ((before?.version ?? 0) !== version || !(await insertExternal(scope, next)))
    throw conflict('moved', { zh: '这条位次刚被别人改过，请刷新', en: 'Somebody has just changed this place: reload' });
  audited(scope, { subject: 'rankings.external', id, before, after: next });
  await emit(scope, { topic: 'rankings.recorded', unitIds: [], data: { externalId: id } });
  return { id, version: version + 1 };
}

/** An exemption needs no ending: its days decide. */
export const exemptionState = (
  row: Pick<ExemptionTable, 'fromOn' | 'untilOn' | 'endedOn'>,
  today: string,
): ExemptionView['state'] => {
  if (row.endedOn !== null) return 'ended';
  if (row.untilOn < today) return 'lapsed';
  return row.fromOn > today ? 'coming' : 'active';
};

export async function exemptions(scope: Scope): Promise<ExemptionView[]> {
  const rows = await listExemptions(scope);
  const names = await unitNames(
    scope,
    rows.map((row) => row.unitId),
  );
  return rows.map(({ cityId: _, actorId: __, at: ___, ...row }) => ({
    ...row,
    unitName: names.get(row.unitId)?.shortName ?? names.get(row.unitId)?.name ?? '',
    state: exemptionState(row, scope.today),
  }));
}

export async function exempt(scope: Scope, entry: Input<'exempt'>): Promise<{ id: string }> {
  if (entry.untilOn < entry.fromOn)
    throw invalid('until_before_from', { zh: '到期日不能早于起始日', en: 'It cannot end before it begins' }, 'untilOn');
  if (!(await findUnit(scope, entry.unitId))) throw notFound({ zh: '单位', en: 'unit' });
  if (entry.board !== null && !(await listCurrent(scope)).boards.some((b) => b.definition.code === entry.board))
    throw invalid('unknown_board', { zh: '没有这个榜单', en: 'There is no such board' }, 'board');
  const id = await insertExemption(scope, entry);
  audited(scope, { subject: 'rankings.exemption', id, after: entry });
  await emit(scope, { topic: 'rankings.recorded', unitIds: [entry.unitId], data: { exemptionId: id } });
  return { id };
}

export async function end(scope: Scope, { id, reason }: { id: string; reason: string }): Promise<{ id: string }> {
  if (!(await endExemption(scope, id, reason)))
    throw conflict('not_running', { zh: '这项豁免不存在、已到期或已终止', en: 'There is no such exemption running' });
  audited(scope, { subject: 'rankings.exemption', id, after: { reason } });
  await emit(scope, { topic: 'rankings.recorded', unitIds: [], data: { exemptionId: id } });
  return { id };
}
