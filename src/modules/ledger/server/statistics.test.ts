import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledger } from '../contract.ts';
import { dimensions } from '../statistics-contract.ts';
import { insertPastMatters, type PastAct, type PastMatter } from './past.ts';
import { keepLights } from './settle.ts';
import { type SmallLedger, smallLedger } from './testing/small-ledger.ts';

let small: SmallLedger;
beforeAll(async () => {
  small = await smallLedger('2021-09-22');
});
afterAll(() => small.city.close());

const sign = (on: string): PastAct => ({ act: 'sign', on, by: '经办' });
const claim = (on: string): PastAct => ({ act: 'claim', on, by: '经办', evidence: [{ kind: 'document' }] });

describe('a small ledger counted by hand', () => {
  // Roads: one closed in time, one closed late but within its extension, one overdue, one on the spot. Land: one open.
  const lives = (): PastMatter[] => {
    const { roads, land, water } = small.units;
    const pass = (on: string): PastAct => ({
      act: 'pass',
      on,
      by: '督查',
      unitId: water,
      method: 'onSite',
      text: '属实',
    });
    const base = { kind: 'problem' as const, source: { kind: 'site' as const, title: '巡查' }, leadUnitId: roads };
    return [
      {
        ...base,
        title: '按时销号',
        category: 'land',
        raisedOn: '2021-07-01',
        issuedOn: '2021-07-01',
        dueOn: '2021-07-20',
        acts: [sign('2021-07-02'), claim('2021-07-19'), pass('2021-07-25')],
      },
      {
        ...base,
        title: '延期后按时',
        category: 'land',
        raisedOn: '2021-07-05',
        issuedOn: '2021-07-05',
        dueOn: '2021-07-20',
        acts: [
          sign('2021-07-06'),
          {
            act: 'extend',
            on: '2021-07-15',
            by: '经办',
            dueOn: '2021-08-10',
            decidedOn: '2021-07-16',
            decidedBy: '总办',
          },
          claim('2021-08-09'),
          pass('2021-08-14'),
        ],
      },
      {
        ...base,
        title: '逾期未办',
        category: 'funds',
        raisedOn: '2021-08-01',
        issuedOn: '2021-08-01',
        dueOn: '2021-08-20',
        acts: [sign('2021-08-02')],
      },
      {
        ...base,
        title: '现场整改',
        track: 'onSpot',
        raisedOn: '2021-08-05',
        issuedOn: '2021-08-05',
        dueOn: '2021-08-05',
        acts: [
          sign('2021-08-05'),
          { act: 'claim', on: '2021-08-05', by: '经办', evidence: [{ kind: 'photoBefore' }, { kind: 'photoAfter' }] },
          pass('2021-08-07'),
        ],
      },
      {
        ...base,
        title: '供地',
        kind: 'task',
        leadUnitId: land,
        raisedOn: '2021-09-10',
        issuedOn: '2021-09-10',
        dueOn: '2021-12-31',
        acts: [],
      },
      {
        ...base,
        kind: 'finding',
        title: '台账缺失',
        leadUnitId: land,
        raisedOn: '2021-09-11',
        issuedOn: '2021-09-11',
        dueOn: '2021-12-31',
        details: {
          kind: 'finding',
          foundOn: '2021-09-11',
          inspection: '排查',
          groupName: '第一组',
          objectName: '某企业',
          objectCode: null,
          measures: null,
        },
        acts: [],
      },
      { ...base, title: '还没交办', raisedOn: '2021-09-12', issuedOn: null, dueOn: null, acts: [] },
    ];
  };
  beforeAll(() => small.city.system((scope) => insertPastMatters(scope, lives())));

  it('counts both tracks apart, and punctuality by the claim that held against both limits', async () => {
    const rows = await small.office(ledger).statistics({ by: 'unit' });
    expect(rows.map((row) => row.label)).toEqual(['市交通运输局', '市自然资源和规划局']);
    expect(rows[0]!.assigned).toEqual({
      raised: 3,
      open: 1,
      closed: 2,
      overdue: 1,
      reopened: 0,
      closedWithDue: 2,
      inTimeOriginal: 1,
      inTimeCurrent: 2,
      // 24 days from 7-01 to 7-25, 40 from 7-05 to 8-14.
      medianDays: 32,
    });
    expect(rows[0]!.onSpot).toMatchObject({ raised: 1, closed: 1, inTimeOriginal: 1, medianDays: 2 });
    expect(rows[1]!.assigned).toMatchObject({ raised: 2, open: 2, closed: 0, medianDays: null });
    const byCategory = await small.office(ledger).statistics({ by: 'category' });
    expect(Object.fromEntries(byCategory.map((row) => [row.key, row.assigned.raised]))).toEqual({
      land: 2,
      funds: 1,
      other: 2,
    });
    const byAge = await small.office(ledger).statistics({ by: 'age' });
    expect(byAge.map((row) => [row.key, row.assigned.raised, row.onSpot.raised])).toEqual([
      ['d7', 0, 1],
      ['d15', 2, 0],
      ['d30', 1, 0],
      ['d60', 2, 0],
    ]);
    const board = await small.office(ledger).board({});
    expect([board.onSpot.raised, board.assigned.raised]).toEqual([1, 5]);
    expect(board.overdueUnits).toEqual([
      { unitId: small.units.roads, unitName: '市交通运输局', open: 1, overdue: 1, worstDays: 33 },
    ]);
    expect(board.inspections).toEqual([
      { inspection: '排查', objects: 1, findings: 1, groups: 1, onSpot: 0, assigned: 1, closed: 0 },
    ]);
  });

  it('goes back to any day: later ones are not there, closed ones open again, limits as they were', async () => {
    const on = async (day: string) => (await small.office(ledger).board({ on: day })).assigned;
    expect(await on('2021-06-30')).toMatchObject({ raised: 0 });
    expect(await on('2021-07-10')).toMatchObject({ raised: 2, open: 2, overdue: 0, closed: 0 });
    // Claimed on 7-19 and looked at on 7-25: its clock stands still, it is not overdue. The other was extended on 7-16.
    expect(await on('2021-07-22')).toMatchObject({ raised: 2, open: 2, overdue: 0 });
    expect(await on('2021-07-25')).toMatchObject({ closed: 1, open: 1, inTimeOriginal: 1 });
    expect(await on('2021-08-20')).toMatchObject({ raised: 3, closed: 2, overdue: 0 });
    expect(await on('2021-08-21')).toMatchObject({ raised: 3, closed: 2, overdue: 1 });
    expect((await small.office(ledger).board({ on: '2021-08-04' })).onSpot.raised).toBe(0);
  });

  it('tells months, and only what the filters name', async () => {
    const trend = await small.office(ledger).trend({});
    expect(trend).toHaveLength(12);
    expect(trend.at(-2)).toEqual({
      month: '2021-08',
      raisedOnSpot: 1,
      raisedAssigned: 1,
      closedOnSpot: 1,
      closedAssigned: 1,
    });
    expect((await small.office(ledger).board({ sourceTitle: '巡查', kinds: ['finding'] })).assigned.raised).toBe(1);
    expect((await small.land(ledger).board({})).assigned.raised).toBe(2);
    expect((await small.land(ledger).statistics({ by: 'unit' })).map((row) => row.label)).toEqual([
      '市自然资源和规划局',
    ]);
  });

  it('refuses lives that cannot have been: closed without evidence, verified from inside, backwards in time', async () => {
    const [good] = lives();
    const { roads, water } = small.units;
    const pass = (unitId: string): PastAct => ({ act: 'pass', on: '2021-07-25', by: '督查', unitId, method: 'onSite' });
    const bad = (acts: PastAct[]) =>
      small.city
        .system((scope) => insertPastMatters(scope, [{ ...good!, acts }]))
        .catch((error: Error) => error.message);
    expect(await bad([sign('2021-07-02'), { act: 'claim', on: '2021-07-03', by: '经办' }, pass(water)])).toMatch(
      'without the evidence',
    );
    expect(await bad([sign('2021-07-02'), claim('2021-07-03'), pass(roads)])).toMatch('from inside');
    expect(await bad([sign('2021-07-02'), pass(water)])).toMatch('pass while signed');
    expect(await bad([sign('2021-07-02'), claim('2021-07-01')])).toMatch('claim on 2021-07-01');
  });
});

it('as of a past day says what the pages said on that day', async () => {
  const { issue, claim: claimIt, office, inspector, roads, city, on } = small;
  const said = new Map<string, unknown>();
  const answers = async (day?: string) => ({
    board: { ...(await office(ledger).board(day ? { on: day } : {})), on: null },
    // What a filter by level finds is of that day too.
    command: (await office(ledger).board({ levels: ['command'], ...(day && { on: day }) })).assigned,
    rows: await Promise.all(dimensions.map((by) => office(ledger).statistics({ by, ...(day && { on: day }) }))),
  });
  const endOf = async (day: string) => {
    await city.system((scope) => keepLights(scope, 'open'));
    said.set(day, await answers());
  };
  on('2021-09-23');
  const first = await issue({ title: '先交办的', dueOn: '2021-09-27' });
  const second = await issue({ title: '要延期的', dueOn: '2021-09-28', level: 'county' });
  await endOf('2021-09-23');
  on('2021-09-24');
  await claimIt(first);
  await roads(ledger).sign({ ids: [second] });
  await roads(ledger).askExtension({ id: second, dueOn: '2021-10-08', reason: '汛期不能施工' });
  await endOf('2021-09-24');
  on('2021-09-26');
  await office(ledger).decideExtension({ id: second, isGranted: true });
  await inspector(ledger).verify({ id: first, result: 'passed', method: 'onSite', note: '属实' });
  await office(ledger).escalate({ id: second, reason: '县里协调不动', level: 'command' });
  await endOf('2021-09-26');
  on('2021-09-28');
  await office(ledger).reopen({ id: first, reason: '又坏了' });
  const third = await issue({ title: '后交办的', dueOn: '2021-10-09' });
  await endOf('2021-09-28');
  on('2021-10-09');
  await office(ledger).suspend({ id: second, basis: '等批复', resumeOn: '2021-10-20' });
  await office(ledger).void({ id: third, reason: '重复' });
  await endOf('2021-10-09');
  on('2021-10-12');
  await office(ledger).escalate({ id: second, reason: '仍协调不动', level: 'headquarters' });
  await office(ledger).resume({ id: second });
  for (const [day, before] of said) expect([day, await answers(day)]).toEqual([day, before]);
});

it('says who waits for whom, while both are open', async () => {
  const { issue, office, units, stranger } = small;
  const blocked = await issue({ title: '被卡住的道路', dueOn: '2021-12-31' });
  const blocker = await issue({ title: '卡住别人的供地', leadUnitId: units.land, dueOn: '2021-12-31' });
  await office(ledger).link({ id: blocked, toId: blocker, rel: 'blockedBy' });
  expect(await office(ledger).blocking({})).toEqual([
    {
      blockedUnitId: units.roads,
      blockedUnitName: '市交通运输局',
      blockerUnitId: units.land,
      blockerUnitName: '市自然资源和规划局',
      matters: 1,
      overdue: 0,
    },
  ]);
  expect(await stranger(ledger).blocking({})).toEqual([]);
  // A unit that is no party of the other side does not learn who it is.
  expect(await small.roads(ledger).blocking({})).toEqual([]);
});
