import { expect, test } from 'vitest';
import { ratioOf } from '#core/shared/rate.ts';
import { type BoardContext, boardOf, heldIn, monthsLookedBack } from './board.ts';
import { Board, Ranking } from './definition.ts';
import type { MonthRanking } from './month.ts';
import { type Entry, rankRows } from './ranking.ts';
import { shippedBoards, shippedRankings } from './shipped.ts';

const shipped = (code: string) => shippedBoards.find((b) => b.code === code)!;
const rule = { direction: 'up' as const, leastCompleteness: ratioOf(0), leastMembers: 0, small: 'warn' as const };

/** Rates in percent by group: `{ counties: { 甲: '80' } }`. */
function month(groups: Record<string, Record<string, string>>): MonthRanking {
  const entry = ([name, percent]: [string, string]): Entry => {
    const { n, d } = ratioOf(percent);
    return {
      unitId: name,
      name,
      figure: { n: String(n), d: String(d * 100n) },
      members: 5,
      completeness: { n: '1', d: '1' },
    };
  };
  return {
    code: 'invest',
    version: 0,
    name: { zh: '投资完成率', en: 'Investment completion' },
    indicator: 'invest',
    decimals: 2,
    unit: 'percent',
    direction: 'up',
    groups: Object.entries(groups).map(([code, rates]) => ({
      code,
      name: { zh: code, en: code },
      rows: rankRows(Object.entries(rates).map(entry), rule),
    })),
    external: [],
  };
}
const clock = { value: ratioOf('0.75'), name: { zh: '时序进度', en: 'the clock' } };
const context = (ranking: MonthRanking, change: Partial<BoardContext> = {}): BoardContext => ({
  ranking,
  previous: null,
  aim: clock,
  exemptions: [],
  held: new Map(),
  ...change,
});
const names = (rows: readonly { name: string }[]) => rows.map((row) => row.name);

// Seven counties and three zones; the clock stands at 75 %.
const mianyang = month({
  counties: { 一: '92', 二: '88', 三: '76', 四: '75', 五: '74', 六: '70', 七: '60' },
  parks: { 八: '95', 九: '75.01', 十: '50' },
});
const [localities] = shipped('mianyangRed').pools;

test('绵阳 red: counties and zones together, the first five of those that exceeded the target', () => {
  const red = boardOf(shipped('mianyangRed'), localities!, 0, context(mianyang));
  expect(names(red.rows)).toEqual(['八', '一', '二', '三', '九']);
  expect(red.rows[0]!.why.zh).toBe('10 个单位中第 1 名（倒数第 10）；投资完成率 95.00%，高于时序进度 75.00%');
  const later = { ...clock, value: ratioOf('0.9') };
  const strict = boardOf(shipped('mianyangRed'), localities!, 0, context(mianyang, { aim: later }));
  expect(names(strict.rows)).toEqual(['八', '一']);
  expect(strict.spared[0]).toMatchObject({ name: '二', why: { zh: expect.stringContaining('未超额完成目标') } });
});

test('绵阳 black: the last four that missed it; who reached the target is spared and it is said why', () => {
  const [pool] = shipped('mianyangBlack').pools;
  const black = boardOf(shipped('mianyangBlack'), pool!, 0, context(mianyang));
  expect(names(black.rows)).toEqual(['五', '六', '七', '十']);
  const aim = { ...clock, value: ratioOf('0.7') };
  const mild = boardOf(shipped('mianyangBlack'), pool!, 0, context(mianyang, { aim }));
  expect(names(mild.rows)).toEqual(['七', '十']);
  expect(mild.spared.map((s) => [s.name, s.why.zh.includes('已完成目标，不上榜')])).toEqual([
    ['五', true],
    ['六', true],
  ]);
});

test('departments and firms have their own four and three', () => {
  const bodies = month({
    departments: { 甲: '90', 乙: '80', 丙: '40', 丁: '30' },
    enterprises: { 戊: '79', 己: '78', 庚: '77', 辛: '20' },
  });
  const at = (code: string) => names(boardOf(shipped(code), shipped(code).pools[1]!, 0, context(bodies)).rows);
  expect(at('mianyangRed')).toEqual(['甲', '乙', '戊', '己']);
  expect(at('mianyangBlack')).toEqual(['丙', '丁', '辛']);
});

test('alone in its pool a unit stands on no board: it would be first and last', () => {
  const alone = month({ departments: { 甲: '90' } });
  expect(boardOf(shipped('mianyangRed'), shipped('mianyangRed').pools[1]!, 0, context(alone)).rows).toEqual([]);
});

test('force majeure keeps off the black board, on this board or on all, and only the unit that has it', () => {
  const [pool] = shipped('mianyangBlack').pools;
  const exemption = { unitId: '七', board: null, reason: '不可抗力：洪水', approver: '市长', until: '2021-09-30' };
  const off = boardOf(shipped('mianyangBlack'), pool!, 0, context(mianyang, { exemptions: [exemption] }));
  expect(names(off.rows)).toEqual(['五', '六', '十']);
  expect(off.spared[0]!.why.zh).toContain('豁免：不可抗力：洪水（市长批准，至 2021-09-30）');
  const other = boardOf(
    shipped('mianyangBlack'),
    pool!,
    0,
    context(mianyang, { exemptions: [{ ...exemption, board: 'hengyangYellow' }] }),
  );
  expect(names(other.rows)).toContain('七');
});

test('ties at the edge of the places stand on the board together', () => {
  const tied = month({ counties: { 甲: '90', 乙: '50', 丙: '50', 丁: '40' } });
  const one = { ...shipped('mianyangBlack'), pools: [{ ...localities!, places: 2 }] };
  expect(names(boardOf(one, one.pools[0]!, 0, context(tied)).rows)).toEqual(['丙', '乙', '丁']);
});

test('永丰: two months running among the last ten to the county government, three to the Party committee', () => {
  const last = shipped('yongfengLast');
  const pool = last.pools[0]!;
  const ranks = month({
    counties: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`单位${i}`, `${90 - i}`])),
  });
  let board = boardOf(last, pool, 0, context(ranks));
  const told = () => board.rows.at(-1)!.consequences.map((c) => c.text.zh);
  expect(board.rows).toHaveLength(10);
  expect(told()).toEqual([]);
  board = boardOf(last, pool, 0, context(ranks, { held: heldIn(board) }));
  expect(told()).toEqual(['县政府常务会说明']);
  expect(board.rows.at(-1)!.why.zh).toContain('连续 2 个月');
  board = boardOf(last, pool, 0, context(ranks, { held: heldIn(board) }));
  expect(told()).toEqual(['县委常委会说明']);
  expect(monthsLookedBack([last])).toBe(2);
});

test('永丰: the first five of each group on the red board, the last five on the blue one', () => {
  const ranks = month({
    counties: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`单位${i}`, `${90 - i}`])),
  });
  const at = (code: string) => boardOf(shipped(code), shipped(code).pools[0]!, 0, context(ranks)).rows;
  expect(names(at('yongfengRed'))).toEqual(['单位0', '单位1', '单位2', '单位3', '单位4']);
  expect(names(at('yongfengBlue'))).toEqual(['单位7', '单位8', '单位9', '单位10', '单位11']);
  expect(at('yongfengBlue')[0]!.consequences[0]!.text.zh).toBe('灰台表态');
});

test('衡阳: off the yellow board by reaching the target or rising; else a unit stays though it is no longer among the last', () => {
  const yellow = shipped('hengyangYellow');
  const pool = yellow.pools[0]!;
  const may = month({ counties: { 甲: '90', 乙: '74', 丙: '73', 丁: '50', 戊: '40', 己: '30' } });
  const first = boardOf(yellow, pool, 0, context(may));
  expect(names(first.rows)).toEqual(['丁', '戊', '己']);
  const june = month({ counties: { 甲: '90', 乙: '60', 丙: '61', 丁: '76', 戊: '70', 己: '74' } });
  const second = boardOf(yellow, pool, 0, context(june, { previous: may, held: heldIn(first) }));
  // 丁 reached the target; 己 rose from 6 to 3; 戊 from 5 to 4 only, and is among the last three with 乙 and 丙 anyway.
  expect(names(second.rows)).toEqual(['戊', '丙', '乙']);
  expect(second.rows[0]!.streak).toBe(2);
  expect(second.spared.map((s) => s.name)).toEqual(['丁', '己']);
  expect(second.spared[0]!.why.zh).toContain('已完成目标，退出榜单');
  expect(second.spared[1]!.why.zh).toContain('比上月上升 3 位，退出榜单');
  const july = month({ counties: { 甲: '60', 乙: '61', 丙: '62', 丁: '90', 戊: '70', 己: '80' } });
  const third = boardOf(yellow, pool, 0, context(july, { previous: june, held: heldIn(second) }));
  expect(third.rows.find((r) => r.name === '戊')).toMatchObject({ rank: 3, streak: 3 });
  expect(third.rows.find((r) => r.name === '戊')!.why.zh).toContain('尚未达到退出条件');
});

test('a board of three months running holds a unit back, counts its months, and begins again when one is missed', () => {
  const strict: Board = { ...shipped('mianyangBlack'), streak: 3, pools: [{ ...localities!, places: 1 }] };
  const bad = month({ counties: { 甲: '90', 乙: '20' } });
  const good = month({ counties: { 甲: '90', 乙: '80' } });
  const next = (ranking: MonthRanking, before: ReturnType<typeof boardOf> | undefined) =>
    boardOf(strict, strict.pools[0]!, 0, context(ranking, { held: heldIn(before) }));
  const first = next(bad, undefined);
  expect(first.rows).toEqual([]);
  expect(first.spared[0]).toMatchObject({ name: '乙', streak: 1 });
  const second = next(bad, first);
  expect(names(next(bad, second).rows)).toEqual(['乙']);
  expect(next(bad, next(good, second)).spared[0]).toMatchObject({ streak: 1 });
});

test('what ships is whole, its boards name rankings and groups that ship, and only 绵阳 is in force', () => {
  for (const one of shippedRankings) expect(Ranking.parse(one)).toEqual(one);
  for (const one of shippedBoards) {
    expect(Board.parse(one)).toEqual(one);
    const groups = shippedRankings.find((r) => r.code === one.ranking)!.groups.map((g) => g.code);
    expect(one.pools.flatMap((p) => p.of).filter((g) => !groups.includes(g))).toEqual([]);
  }
  expect(shippedBoards.filter((b) => b.isInForce).map((b) => b.code)).toEqual(['mianyangRed', 'mianyangBlack']);
});
