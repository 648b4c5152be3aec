import type { Scope } from '#core/server/scope.ts';
import { endOfMonth } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { unitsByName } from '#modules/organization/server/public.ts';
import {
  insertExemption,
  insertExternal,
  listDefinitions,
  raiseConsequences,
  rankMonth,
  saveDefinition,
  settleMonth,
} from '#modules/rankings/server/public.ts';

const reason = '示例：装入示例城市';
const months = ['2021-06', '2021-07', '2021-08'];

const consequence = (code: string, zh: string, en: string, from: number, to: number | null) => ({
  code,
  text: { zh, en },
  from,
  to,
  raisesMatter: true,
});

/**
 * Boards with what follows from them, places that the province gave, an exemption that has lapsed and one in force, and the
 * months to August as they were published, so that months running are seen. Returns how many matters came of August.
 */
export async function layOutRankings(scope: Scope): Promise<number> {
  await defineBoards(scope);
  await recordPlaces(scope);
  await recordExemptions(scope);
  const past = months.filter((period) => period < scope.today.slice(0, 7));
  let raised = 0;
  for (const period of past) {
    const day = endOfMonth(`${period}-01`);
    const month = await rankMonth(scope, { period, day });
    if (period !== past.at(-1)) await settleMonth(scope, month, '月度通报（示例）');
    else raised = await raiseConsequences(scope, { ...month, demo: true });
  }
  return raised;
}

/** 绵阳's black board names no consequence in its source: the city's own are added, and command posts get 衡阳's way out. */
async function defineBoards(scope: Scope): Promise<void> {
  const { boards } = await listDefinitions(scope);
  const black = boards.find((b) => b.definition.code === 'mianyangBlack')!;
  const yellow = boards.find((b) => b.definition.code === 'hengyangYellow')!;
  if (black.version > 0) return;
  await saveDefinition(
    scope,
    'board',
    'mianyangBlack',
    {
      ...black.definition,
      consequences: [
        {
          ...consequence('statement', '月度调度会表态发言', 'States its case at the monthly meeting', 1, 1),
          raisesMatter: false,
        },
        consequence('government', '市政府常务会说明', 'Explains itself to the city government', 2, 2),
        consequence('committee', '市委常委会说明', 'Explains itself to the Party committee', 3, null),
      ],
      note: { zh: '上榜后果为示例', en: 'What follows is a sample' },
    },
    reason,
  );
  await saveDefinition(
    scope,
    'board',
    'hengyangYellow',
    {
      ...yellow.definition,
      isInForce: true,
      pools: yellow.definition.pools.filter((pool) => pool.code === 'commands'),
    },
    reason,
  );
}

async function recordPlaces(scope: Scope): Promise<void> {
  const places = [
    ['invest', 5, '61.3%', '2021-07-16', '上半年重点项目投资完成率通报（示例）'],
    ['invest', 4, '68.9%', '2021-08-17', '1—7月重点项目投资完成率通报（示例）'],
    ['invest', 3, '76.4%', '2021-09-16', '1—8月重点项目投资完成率通报（示例）'],
    ['start', 6, '91.0%', '2021-09-16', '1—8月重点项目开工率通报（示例）'],
  ] as const;
  for (const [ranking, rank, value, publishedOn, source] of places) {
    if (publishedOn > scope.today) continue;
    await insertExternal(scope, {
      id: newId(),
      version: 1,
      ranking,
      subject: '岳阳市',
      rank,
      ofCount: 14,
      scope: '全省市州',
      publisher: '省重点项目办（示例）',
      publishedOn,
      value,
      source,
      isWithdrawn: false,
      demo: true,
      reason,
    });
  }
}

async function recordExemptions(scope: Scope): Promise<void> {
  const units = await unitsByName(scope);
  const idOf = (name: string) => units.find(name).find((unit) => unit.kind === 'county')?.id;
  const entries = [
    ['君山区', 'forceMajeure', '汛期洲滩工地停工（示例）', '2021-07-01', '2021-08-31', '岳汛〔2021〕6号（示例）'],
    ['屈原管理区', 'justified', '国土空间规划调整，三个项目暂缓（示例）', '2021-09-01', '2021-10-31', null],
  ] as const;
  for (const [name, kind, why, fromOn, untilOn, document] of entries) {
    const unitId = idOf(name);
    if (!unitId) continue;
    await insertExemption(scope, {
      unitId,
      board: null,
      kind,
      reason: why,
      approver: '陈立（示例）',
      document,
      fromOn,
      untilOn,
      demo: true,
    });
  }
}
