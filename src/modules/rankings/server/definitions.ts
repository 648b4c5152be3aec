import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { listDefinitions as listIndicators } from '#modules/indicators/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { Definitions } from '../contract.ts';
import type { Board, Ranking } from '../definition.ts';
import { insertVersion, type Kind, listCurrent, listVersions, shippedOne } from './definition-store.ts';

const nothing = () => notFound({ zh: '排名或榜单', en: 'ranking or board' });

export async function definitionsView(scope: Scope): Promise<Definitions> {
  const { rankings, boards } = await listCurrent(scope);
  const ids = rankings.flatMap(({ definition }) => definition.groups.flatMap((g) => [...g.unitIds, ...g.exceptIds]));
  const names = await unitNames(scope, ids);
  const headed = <T extends { code: string }>(kind: Kind, one: { definition: T; version: number }) => ({
    ...one,
    isShipped: one.version === 0 && shippedOne(kind, one.definition.code) !== undefined,
  });
  return {
    rankings: rankings.map((one) => headed('ranking', one)),
    boards: boards.map((one) => headed('board', one)),
    indicators: (await listIndicators(scope)).map(({ definition: { code, name, unit } }) => ({ code, name, unit })),
    units: [...names].map(([id, { name, shortName }]) => ({ id, name: shortName ?? name })),
    canDefine: scope.can('rankings.define'),
  };
}

export async function history(scope: Scope, { kind, code }: { kind: Kind; code: string }) {
  const versions = await listVersions(scope, kind, code);
  const shipped = shippedOne(kind, code);
  if (versions.length === 0 && !shipped) throw nothing();
  return [
    ...versions.map(({ version, definition, reason, actorName, at }) => ({
      version,
      definition,
      reason,
      actorName,
      at: at.toISOString(),
    })),
    ...(shipped ? [{ version: 0, definition: shipped, reason: '平台自带', actorName: '', at: null }] : []),
  ];
}

const moved = () =>
  conflict('moved', {
    zh: '这项定义刚被别人改过，请刷新后再改',
    en: 'Somebody has just changed this definition: reload, then change it',
  });

const twice = (codes: readonly string[]): string | undefined => codes.find((code, i) => codes.indexOf(code) !== i);

export async function saveRanking(
  scope: Scope,
  { definition, version, reason }: { definition: Ranking; version: number; reason: string },
) {
  const { rankings, boards } = await listCurrent(scope);
  const indicator = (await listIndicators(scope)).find((one) => one.definition.code === definition.indicator);
  if (!indicator)
    throw invalid(
      'unknown_indicator',
      { zh: '没有这个指标', en: 'There is no such indicator' },
      'definition.indicator',
    );
  if (definition.aim.kind === 'clock' && indicator.definition.unit !== 'percent')
    throw invalid(
      'clock_of_percent',
      { zh: '只有百分率才能与时序进度比较', en: 'Only a percentage is compared with the clock' },
      'definition.aim',
    );
  const doubled = twice(definition.groups.map((group) => group.code));
  if (doubled)
    throw invalid(
      'group_twice',
      { zh: `分组代码 ${doubled} 重复`, en: `Group code ${doubled} stands twice` },
      'definition.groups',
    );
  const groups = definition.groups.map((group) => group.code);
  const user = boards.find(
    ({ definition: board }) =>
      board.ranking === definition.code && board.pools.some((pool) => pool.of.some((group) => !groups.includes(group))),
  );
  if (user)
    throw conflict('in_use', {
      zh: `榜单“${user.definition.name.zh}”还在使用被去掉的分组，请先改榜单`,
      en: `The board “${user.definition.name.en}” uses a group that is left out: change the board first`,
    });
  const named = definition.groups.flatMap((group) => [...group.unitIds, ...group.exceptIds]);
  const known = await unitNames(scope, named);
  if (named.some((id) => !known.has(id))) throw notFound({ zh: '单位', en: 'unit' });
  return save(scope, 'ranking', definition, version, reason, rankings);
}

export async function saveBoard(
  scope: Scope,
  { definition, version, reason }: { definition: Board; version: number; reason: string },
) {
  const { rankings, boards } = await listCurrent(scope);
  const ranking = rankings.find((one) => one.definition.code === definition.ranking)?.definition;
  if (!ranking)
    throw invalid('unknown_ranking', { zh: '没有这个排名', en: 'There is no such ranking' }, 'definition.ranking');
  const groups = ranking.groups.map((group) => group.code);
  if (definition.pools.some((pool) => pool.of.some((group) => !groups.includes(group))))
    throw invalid(
      'unknown_group',
      { zh: '排名中没有这个分组', en: 'The ranking has no such group' },
      'definition.pools',
    );
  const doubled = twice(definition.pools.map((pool) => pool.code)) ?? twice(definition.consequences.map((c) => c.code));
  if (doubled)
    throw invalid('code_twice', { zh: `代码 ${doubled} 重复`, en: `Code ${doubled} stands twice` }, 'definition.pools');
  if ((definition.target !== null || definition.wayOut?.reached) && ranking.aim.kind === 'none')
    throw invalid(
      'no_aim',
      {
        zh: '这个排名没有目标，不能以目标为条件，请先在排名中设定目标',
        en: 'The ranking has no aim to be reached: set one there first',
      },
      'definition.target',
    );
  const backwards = definition.consequences.find((c) => c.to !== null && c.to < c.from);
  if (backwards)
    throw invalid(
      'months_backwards',
      { zh: `“${backwards.text.zh}”的月数先大后小`, en: `“${backwards.text.en}” ends before it begins` },
      'definition.consequences',
    );
  return save(scope, 'board', definition, version, reason, boards);
}

async function save<T extends Ranking | Board>(
  scope: Scope,
  kind: Kind,
  definition: T,
  version: number,
  reason: string,
  all: readonly { definition: T; version: number }[],
): Promise<{ version: number }> {
  const before = all.find((one) => one.definition.code === definition.code);
  if ((before?.version ?? 0) !== version) throw moved();
  const made = await insertVersion(scope, kind, definition.code, definition, reason);
  if (made === undefined) throw moved();
  audited(scope, { subject: `rankings.${kind}`, id: definition.code, before: before?.definition, after: definition });
  await emit(scope, { topic: 'rankings.defined', unitIds: [], data: { kind, code: definition.code, version: made } });
  return { version: made };
}

/** The city's own goes; a shipped one is as it ships again. */
export async function withdraw(scope: Scope, { kind, code, reason }: { kind: Kind; code: string; reason: string }) {
  const current = await listCurrent(scope);
  const list: readonly { definition: Ranking | Board; version: number }[] =
    kind === 'ranking' ? current.rankings : current.boards;
  const found = list.find((one) => one.definition.code === code);
  if (!found) throw nothing();
  const ships = shippedOne(kind, code);
  if (found.version === 0)
    throw conflict('shipped', {
      zh: '平台自带的不能停用，可以修改后保存为新版本',
      en: 'What ships is not withdrawn; it may be changed',
    });
  const user = kind === 'ranking' && !ships && current.boards.find((b) => b.definition.ranking === code);
  if (user)
    throw conflict('in_use', {
      zh: `榜单“${user.definition.name.zh}”还在使用这个排名`,
      en: `The board “${user.definition.name.en}” rests on it`,
    });
  await insertVersion(scope, kind, code, null, reason);
  audited(scope, { subject: `rankings.${kind}`, id: code, before: found.definition });
  await emit(scope, { topic: 'rankings.defined', unitIds: [], data: { kind, code, version: null } });
  return { code };
}
