import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledger } from '../contract.ts';
import { type NamedList, namedLists } from '../lists.ts';
import { matterWithinReach } from './reach.ts';
import { type SmallLedger, smallLedger } from './testing/small-ledger.ts';
import { indexPortion, numbersOf } from './title-search.ts';

let small: SmallLedger;
const ids: Record<string, string> = {};

beforeAll(async () => {
  small = await smallLedger('2021-09-13');
  const { issue, claim, roads, office, units, on } = small;
  // A Monday and the week after it. Issued with plain limits: blue 5 and yellow 2 workdays before the due day.
  ids.late = await issue({ title: '机场快速路征地拆迁', dueOn: '2021-09-17' });
  ids.returned = await issue({ title: '沿江公路路面修复', dueOn: '2021-12-30' });
  await claim(ids.returned);
  await small.inspector(ledger).verify({ id: ids.returned, result: 'failed', method: 'onSite', note: '没有修完' });
  ids.reopened = await issue({ title: '中心医院管线迁改', dueOn: '2021-12-30' });
  await claim(ids.reopened);
  await small.inspector(ledger).verify({ id: ids.reopened, result: 'passed', method: 'onSite', note: '已修复' });
  on('2021-09-22');
  await office(ledger).reopen({ id: ids.reopened, reason: '又坏了' });
  ids.unsigned = await issue({ title: '标准化厂房用电报装', dueOn: '2021-12-31' });
  ids.thisWeek = await issue({ title: '湿地修复材料报审', dueOn: '2021-09-26', coUnitIds: [units.land] });
  await roads(ledger).sign({ ids: [ids.thisWeek] });
  ids.claimed = await issue({ title: '物流园道路接驳', dueOn: '2021-12-31' });
  await claim(ids.claimed);
  ids.extension = await issue({ title: '污水管网交叉施工', dueOn: '2021-12-31' });
  await roads(ledger).sign({ ids: [ids.extension] });
  await roads(ledger).askExtension({ id: ids.extension, dueOn: '2022-01-31', reason: '汛期不能施工' });
  ids.land = await issue({ title: '供地手续办理', leadUnitId: units.land, dueOn: '2021-12-31' });
  const draft = await office(ledger).raise({ kind: 'problem', title: '智慧灌区用水协调', source: { kind: 'site' } });
  ids.draft = draft.id;
  ids.closed = await issue({ title: '隧道照明整改', dueOn: '2021-12-31' });
  await claim(ids.closed);
  await small.inspector(ledger).verify({ id: ids.closed, result: 'passed', method: 'document', note: '属实' });
});
afterAll(() => small.city.close());

const nameOf = (id: string) => Object.keys(ids).find((name) => ids[name] === id) ?? id;
const listOf = async (who: 'office' | 'roads' | 'land' | 'stranger' | 'inspector', list: NamedList) =>
  (await small[who](ledger).list({ list })).rows.map((row) => nameOf(row.id)).sort();

describe('the lists that people live in', () => {
  it.each<[NamedList, string[]]>([
    ['unsigned', ['land', 'unsigned']],
    ['dueThisWeek', ['thisWeek']],
    ['expiring', ['thisWeek']],
    ['overdue', ['late']],
    ['returned', ['returned']],
    ['reopened', ['reopened']],
    ['toVerify', ['claimed']],
    ['extensionsAsked', ['extension']],
    ['drafts', ['draft']],
    ['onSpot', []],
  ])('%s holds for the office what the whole city has of it', async (list, expected) => {
    // The overdue one was never signed for either.
    const all = list === 'unsigned' ? [...expected, 'late'].sort() : expected;
    expect(await listOf('office', list)).toEqual(all);
  });

  it('shows a unit the work it leads or helps with, and to a co-responsible unit what is due this week', async () => {
    expect(await listOf('roads', 'unsigned')).toEqual(['late', 'unsigned']);
    expect(await listOf('land', 'unsigned')).toEqual(['land']);
    expect(await listOf('land', 'dueThisWeek')).toEqual(['thisWeek']);
    expect(await listOf('land', 'mine')).toEqual(['land']);
    expect(await listOf('roads', 'mine')).toEqual([
      'claimed',
      'extension',
      'late',
      'reopened',
      'returned',
      'thisWeek',
      'unsigned',
    ]);
    expect(await listOf('roads', 'all')).toEqual([...(await listOf('roads', 'mine')), 'closed'].sort());
  });

  it('asks nobody of the working unit to verify, and offers no extension to decide without the right to', async () => {
    expect(await listOf('inspector', 'toVerify')).toEqual(['claimed']);
    expect(await listOf('roads', 'toVerify')).toEqual([]);
    expect(await listOf('roads', 'extensionsAsked')).toEqual([]);
  });

  it('counts each list as it lists it, for everybody', async () => {
    for (const who of ['office', 'roads', 'land', 'stranger', 'inspector'] as const) {
      const counts = await small[who](ledger).counts({});
      for (const list of namedLists)
        expect([who, list, counts[list]]).toEqual([who, list, (await listOf(who, list)).length]);
    }
  });

  it('shows nothing at all to a unit that is no party', async () => {
    const counts = await small.stranger(ledger).counts({});
    expect(Object.values(counts).every((count) => count === 0)).toBe(true);
    expect((await small.stranger(ledger).list({ q: '机场' })).total).toBe(0);
    const file = await small.stranger(ledger).exportList({ format: 'xlsx' });
    const other = await small.roads(ledger).exportList({ format: 'xlsx' });
    expect(file.size).toBeLessThan(other.size);
    expect(await small.stranger(ledger).statistics({ by: 'unit' })).toEqual([]);
    const board = await small.stranger(ledger).board({});
    expect([board.assigned.raised, board.onSpot.raised, board.overdueUnits, board.inspections]).toEqual([0, 0, [], []]);
  });
});

describe('the list', () => {
  it('reaches exactly what one matter at a time is within reach of', async () => {
    for (const who of ['office', 'roads', 'land', 'stranger'] as const) {
      const { total, rows } = await small[who](ledger).list({});
      expect(total).toBe(rows.length);
      for (const [name, id] of Object.entries(ids)) {
        const isListed = rows.some((row) => row.id === id);
        const isThere = await small[who](ledger)
          .matter({ id })
          .then(
            () => true,
            () => false,
          );
        expect([who, name, isListed]).toEqual([who, name, isThere]);
      }
    }
    expect(matterWithinReach).toBeTypeOf('function');
  });

  it('sorts, pages, and tells the total with the first page', async () => {
    const first = await small.office(ledger).list({ sort: 'dueCurrent', limit: 3 });
    const second = await small.office(ledger).list({ sort: 'dueCurrent', limit: 3, offset: 3 });
    expect(first.total).toBe(Object.keys(ids).length);
    expect(second.total).toBeNull();
    expect(nameOf(first.rows[0]!.id)).toBe('late');
    const dues = [...first.rows, ...second.rows].map((row) => row.dueCurrent!);
    expect(dues).toEqual([...dues].sort());
    const worst = await small.office(ledger).list({ sort: 'light', limit: 2 });
    expect(worst.rows.map((row) => row.light)).toEqual(['red', 'blue']);
    const byNo = await small.office(ledger).list({ sort: 'no', kinds: ['task'] });
    expect(byNo.rows.map((row) => row.no).slice(0, 2)).toEqual(['任〔2021〕1号', '任〔2021〕2号']);
  });

  it('filters by state, light, unit, limit and track together', async () => {
    const { office, units } = small;
    const found = async (filter: object) =>
      (await office(ledger).list({ ...filter })).rows.map((row) => nameOf(row.id)).sort();
    expect(await found({ states: ['returned', 'reopened'] })).toEqual(['reopened', 'returned']);
    expect(await found({ lights: ['red'] })).toEqual(['late']);
    expect(await found({ unitIds: [units.land] })).toEqual(['land']);
    expect(await found({ dueTo: '2021-09-30', kinds: ['task'] })).toEqual(['late', 'thisWeek']);
    expect(await found({ raisedTo: '2021-09-20' })).toEqual(['late', 'reopened', 'returned']);
    expect(await found({ closedFrom: '2021-09-22' })).toEqual(['closed']);
    expect(await found({ tracks: ['onSpot'] })).toEqual([]);
    expect(await found({ ids: [ids.late!, ids.land!], unitIds: [units.roads] })).toEqual(['late']);
  });

  it('finds a title by two characters, by first letters and by number, before and after it came into the index', async () => {
    const found = async (q: string) =>
      (await small.office(ledger).list({ q })).rows.map((row) => nameOf(row.id)).sort();
    const asked = async () => ({
      characters: await found('机场'),
      letters: await found('jcksl'),
      middle: await found('ksl'),
      number: await found('任〔2021〕1号'),
      bare: await found('1'),
      none: await found('地铁'),
      one: await found('厂'),
      sign: await found('%'),
    });
    const expected = {
      characters: ['late'],
      letters: ['late'],
      middle: ['late'],
      number: ['late'],
      bare: ['draft', 'late'],
      none: [],
      one: ['unsigned'],
      sign: [],
    };
    expect(await asked()).toEqual(expected);
    await small.city.system(async (scope) => expect(await indexPortion(scope, -1000)).toBe(Object.keys(ids).length));
    expect(await asked()).toEqual(expected);
    await small.city.system(async (scope) => expect(await indexPortion(scope, -1000)).toBe(0));
    await small.office(ledger).edit({
      id: ids.draft!,
      changes: { kind: 'problem', title: '地铁口排水', source: { kind: 'site' } },
    });
    expect(await found('地铁')).toEqual(['draft']);
    await small.city.system((scope) => indexPortion(scope, -1000));
    expect(await found('地铁')).toEqual(['draft']);
    expect(await found('灌区')).toEqual([]);
  });

  it('reads a number however it is typed', () => {
    expect(numbersOf('查2021 7号', 2021)).toEqual(['查〔2021〕7号']);
    expect(numbersOf('问〔2021〕17号', 2021)).toEqual(['问〔2021〕17号']);
    expect(numbersOf('17', 2021)).toContain('任〔2020〕17号');
    expect(numbersOf('机场17', 2021)).toEqual([]);
  });

  it('keeps views per person', async () => {
    const { office, roads } = small;
    const { id } = await office(ledger).saveView({ name: '红灯', query: { lights: ['red'] } });
    const again = await office(ledger).saveView({ name: '红灯', query: { lights: ['red'], tracks: ['assigned'] } });
    expect(again.id).toBe(id);
    expect(await office(ledger).views({})).toEqual([
      { id, name: '红灯', query: { lights: ['red'], tracks: ['assigned'] } },
    ]);
    expect(await roads(ledger).views({})).toEqual([]);
    await expect(roads(ledger).removeView({ id })).rejects.toMatchObject({ status: 404 });
    await office(ledger).removeView({ id });
    expect(await office(ledger).views({})).toEqual([]);
  });
});
