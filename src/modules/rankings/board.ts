import { type Ratio, rank } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import type { Board } from './definition.ts';
import type { BoardRow, MonthBoard, MonthRanking, RankedRow } from './month.ts';
import { exact, figureOf, targetState } from './ranking.ts';
import { showFigure } from './show.ts';

export interface ActiveExemption {
  unitId: string;
  /** Null: every board. */
  board: string | null;
  reason: string;
  approver: string;
  until: string;
}

export interface BoardContext {
  ranking: MonthRanking;
  /** The ranking of the month before, for who rose. */
  previous: MonthRanking | null;
  /** What the target is measured against, and what it is called; null: the ranking has no aim. */
  aim: { value: Ratio; name: Words } | null;
  /** In force on the day of the month's figures. */
  exemptions: readonly ActiveExemption[];
  /** Unit → months running, up to the month before, in which it met the conditions of this board and pool. */
  held: ReadonlyMap<string, number>;
}

type Pool = Board['pools'][number];
interface Placed {
  row: RankedRow;
  rank: number;
  /** 1 is the last. */
  fromEnd: number;
}

/** The ranked rows of the pool's groups, ranked together. A unit that stands in two of them counts once. */
export function poolRows(pool: Pick<Pool, 'of'>, ranking: MonthRanking): Placed[] {
  const rows = new Map<string, RankedRow>();
  for (const group of ranking.groups)
    if (pool.of.includes(group.code)) for (const row of group.rows) if (row.rank !== null) rows.set(row.unitId, row);
  const list = [...rows.values()];
  const figures = list.map((row) => exact(row.figure));
  const up = ranking.direction === 'up';
  const fromFirst = rank(figures, up ? 'highest' : 'lowest');
  const fromLast = rank(figures, up ? 'lowest' : 'highest');
  return list
    .map((row, i) => ({ row, rank: fromFirst[i]!, fromEnd: fromLast[i]! }))
    .sort((a, b) => a.rank - b.rank || a.row.name.localeCompare(b.row.name, 'zh'));
}

const joined = (parts: readonly (Words | null)[]): Words => {
  const said = parts.filter((part) => part !== null);
  return { zh: said.map((p) => p.zh).join('；'), en: said.map((p) => p.en).join('; ') };
};
const sideWords = {
  exceeded: { zh: '高于', en: 'ahead of' },
  reached: { zh: '等于', en: 'at' },
  missed: { zh: '未达到', en: 'behind' },
};
const spareWords = {
  exceeded: { zh: '未超额完成目标，不上榜', en: 'the target is not exceeded: not on the board' },
  reached: { zh: '未完成目标，不上榜', en: 'the target is not reached: not on the board' },
  missed: { zh: '已完成目标，不上榜', en: 'the target is reached: not on the board' },
};

/**
 * Who stands on a board in one pool, with every condition that put it there, and whom its place would have put there but for
 * the target, an exemption, the months still wanting or the way out.
 */
export function boardOf(board: Board, pool: Pool, version: number, context: BoardContext): MonthBoard {
  const { ranking, aim, exemptions, held } = context;
  const placed = poolRows(pool, ranking);
  const before = new Map(
    context.previous ? poolRows(pool, context.previous).map((p) => [p.row.unitId, p.rank] as const) : [],
  );
  const result: MonthBoard = {
    code: board.code,
    version,
    name: { zh: `${board.name.zh} · ${pool.name.zh}`, en: `${board.name.en} · ${pool.name.en}` },
    group: pool.code,
    colour: board.colour,
    rows: [],
    spared: [],
  };
  // Alone in its pool a unit is first and last at once.
  if (placed.length < 2) return result;
  for (const one of placed) {
    const { unitId, name, figure } = one.row;
    const state = aim && targetState(exact(figure)!, aim.value, ranking.direction);
    const isPlaced = pool.places === null || (board.end === 'top' ? one.rank : one.fromEnd) <= pool.places;
    const fits = isPlaced && isOnTarget(board.target, state);
    const months = held.get(unitId) ?? 0;
    const wasOn = board.wayOut !== null && months >= board.streak;
    const out = wasOn ? leavesBy(board.wayOut, state, (before.get(unitId) ?? one.rank) - one.rank) : null;
    const stays = wasOn && !fits;
    const facts = joined([placeWords(one, placed.length), figureWords(ranking, one.row, aim, state)]);
    const spare = (why: Words, streak?: number) =>
      result.spared.push({ unitId, name, why: joined([facts, why]), ...(streak !== undefined && { streak }) });
    if (!fits && !stays) {
      if (isPlaced && board.target !== null && pool.places !== null) spare(spareWords[board.target]);
      continue;
    }
    const exemption = board.heedsExemptions
      ? exemptions.find((e) => e.unitId === unitId && (e.board === null || e.board === board.code))
      : undefined;
    if (exemption) spare(exemptionWords(exemption));
    else if (out) spare(out);
    else if (months + 1 < board.streak) spare(tooShort(months + 1, board.streak), months + 1);
    else result.rows.push(rowOf(board, one, months + 1, joined([facts, stays ? staysWords : null])));
  }
  return result;
}

const isOnTarget = (target: Board['target'], state: ReturnType<typeof targetState> | null): boolean =>
  target === null || (target === 'reached' ? state === 'reached' || state === 'exceeded' : state === target);

function leavesBy(way: Board['wayOut'], state: ReturnType<typeof targetState> | null, risen: number): Words | null {
  if (way?.reached && (state === 'reached' || state === 'exceeded'))
    return { zh: '已完成目标，退出榜单', en: 'the target is reached: off the board' };
  if (way?.rises != null && risen >= way.rises)
    return { zh: `比上月上升 ${risen} 位，退出榜单`, en: `risen by ${risen} places: off the board` };
  return null;
}

const rowOf = (board: Board, { row, rank: place }: Placed, streak: number, facts: Words): BoardRow => ({
  unitId: row.unitId,
  name: row.name,
  rank: place,
  figure: row.figure,
  streak,
  why: joined([facts, streak > 1 ? { zh: `连续 ${streak} 个月`, en: `${streak} months running` } : null]),
  consequences: board.consequences
    .filter(({ from, to }) => from <= streak && (to === null || streak <= to))
    .map(({ code, text, raisesMatter }) => ({ code, text, raisesMatter })),
});

const placeWords = ({ rank: place, fromEnd }: Placed, of: number): Words => ({
  zh: `${of} 个单位中第 ${place} 名（倒数第 ${fromEnd}）`,
  en: `place ${place} of ${of} (${fromEnd} from the end)`,
});

function figureWords(
  ranking: MonthRanking,
  row: RankedRow,
  aim: BoardContext['aim'],
  state: ReturnType<typeof targetState> | null,
): Words {
  const shown = (language: 'zh' | 'en') => showFigure(row.figure, ranking, language);
  const zh = `${ranking.name.zh} ${shown('zh')}`;
  const en = `${ranking.name.en || ranking.name.zh} ${shown('en')}`;
  if (!aim || !state) return { zh, en };
  const against = (language: 'zh' | 'en') => showFigure(figureOf(aim.value), ranking, language);
  return {
    zh: `${zh}，${sideWords[state].zh}${aim.name.zh} ${against('zh')}`,
    en: `${en}, ${sideWords[state].en} ${aim.name.en} ${against('en')}`,
  };
}

const exemptionWords = ({ reason, approver, until }: ActiveExemption): Words => ({
  zh: `豁免：${reason}（${approver}批准，至 ${until}）`,
  en: `exempt: ${reason} (approved by ${approver}, until ${until})`,
});
const tooShort = (months: number, needed: number): Words => ({
  zh: `连续 ${months} 个月，满 ${needed} 个月上榜`,
  en: `${months} month(s) running; on the board from ${needed}`,
});
const staysWords: Words = { zh: '上月在榜，尚未达到退出条件', en: 'on the board last month and not yet out' };

/** Unit → months running in which it met the conditions of a board and pool: what the next month counts on from. */
export const heldIn = (board: MonthBoard | undefined): Map<string, number> =>
  new Map([
    ...(board?.spared ?? []).flatMap(({ unitId, streak }) => (streak === undefined ? [] : [[unitId, streak] as const])),
    ...(board?.rows ?? []).map(({ unitId, streak }) => [unitId, streak] as const),
  ]);

/** How many months before this one a board's rules look at, when none of them is settled. */
export const monthsLookedBack = (boards: readonly Board[]): number =>
  Math.max(
    1,
    ...boards.flatMap((b) => [b.streak - 1, b.wayOut ? 1 : 0, ...b.consequences.map((c) => (c.to ?? c.from) - 1)]),
  );
