import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import {
  insertCityOrganization,
  insertPerson,
  unitsByName,
  yueyangRegions,
} from '#modules/organization/server/public.ts';
import { duties, type Roster } from '../contract.ts';
import { shippedPatterns } from '../shifts.ts';

let city: TestCity;
let officeId: string;
let countyId: string;
/** Persons with accounts: who was on, and who comes. */
let people: string[];

const at = (text: string) => new Date(`${text}:00+08:00`);
const iso = (text: string) => at(text).toISOString();
function setNow(text: string) {
  city.host.clock = { now: () => at(text), today: () => text.slice(0, 10), isDemo: true };
}

beforeAll(async () => {
  city = await testCity();
  await city.system(async (scope) => {
    await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
      withCountyUnits: true,
    });
    const { all } = await unitsByName(scope);
    officeId = all.find((unit) => unit.kind === 'office')!.id;
    countyId = all.find((unit) => unit.kind === 'county')!.id;
    people = [];
    for (const name of ['刘敏', '张三'])
      people.push(
        (await insertPerson(scope, { name, unitId: officeId, title: '科员', validFrom: '2020-01-01' })).personId,
      );
  });
  setNow('2021-09-20T09:00');
});
afterAll(() => city?.close());

const office = (personId?: string) => city.as({ role: 'office', name: '刘敏', ...(personId && { personId }) })(duties);
const person = (name: string, posts: ('leader' | 'officer')[], personId?: string) =>
  office().saveMember({
    unitId: officeId,
    name,
    title: '科员',
    phone: '0730-8880001',
    posts,
    personId: personId ?? null,
  });

let list: { leaders: string[]; officers: string[] };
let published: Roster;

test('a month is filled by rotation over holidays and make-up workdays, and published whole', async () => {
  const leaders = await Promise.all(['甲主任', '乙主任', '丙主任'].map((name) => person(name, ['leader'])));
  const officers = [
    await person('刘敏', ['officer'], people[0]),
    await person('张三', ['officer'], people[1]),
    await person('李四', ['officer']),
    await person('王五', ['officer']),
  ];
  list = { leaders: leaders.map((m) => m.id), officers: officers.map((m) => m.id) };
  const made = await office().generate({
    unitId: officeId,
    title: '10 月值班表',
    fromOn: '2021-10-01',
    toOn: '2021-10-31',
    pattern: shippedPatterns.split,
    ...list,
  });
  expect(made).toMatchObject({ version: 0, faults: [], allowed: ['edit', 'publish', 'discard'] });
  expect(made.from).toBe(iso('2021-10-01T08:30'));
  expect(made.to).toBe(iso('2021-11-01T08:30'));
  const holidays = made.fairness!.filter((f) => f.post === 'officer').map((f) => f.counts.holiday);
  expect(Math.max(...holidays) - Math.min(...holidays)).toBeLessThanOrEqual(1);
  const { turns, days } = await office().month({ unitId: officeId, month: '2021-10' });
  expect(days.find((d) => d.day === '2021-10-09')).toMatchObject({ kind: 'makeUp' });
  // A make-up Saturday is manned like a workday, National Day like a day off.
  const of = (day: string) => turns.filter((t) => t.post === 'officer' && t.from.startsWith(day)).map((t) => t.to);
  expect(of('2021-10-09')).toEqual([iso('2021-10-09T17:30'), iso('2021-10-10T08:30')]);
  expect(of('2021-10-04')).toEqual([iso('2021-10-04T20:30'), iso('2021-10-05T08:30')]);
  published = await office().publish({ id: made.id, edition: made.edition });
  expect(published).toMatchObject({ version: 1, allowed: ['swap'] });
});

test('a draft with a gap and an overlap says from when to when, and is not published', async () => {
  const made = await office().generate({
    unitId: officeId,
    title: '11 月值班表',
    fromOn: '2021-11-01',
    toOn: '2021-11-03',
    pattern: shippedPatterns.whole,
    ...list,
  });
  const { turns } = await office().month({ unitId: officeId, month: '2021-11' });
  const own = turns
    .filter((t) => t.rosterId === made.id)
    .map(({ post, memberId, from, to }) => ({ post, memberId, from, to }));
  const second = own.findIndex((t) => t.post === 'officer' && t.from === iso('2021-11-02T08:30'));
  own[second]!.from = iso('2021-11-02T09:00');
  const leader = own.find((t) => t.post === 'leader' && t.from === iso('2021-11-03T08:30'))!;
  own.push({ ...leader, memberId: list.leaders[1]!, from: iso('2021-11-03T12:00'), to: iso('2021-11-03T13:00') });
  const saved = await office().saveTurns({
    id: made.id,
    edition: made.edition,
    from: made.from,
    to: made.to,
    turns: own,
  });
  expect(saved.faults.map(({ kind, post, from, to }) => [kind, post, from, to])).toEqual([
    ['gap', 'officer', iso('2021-11-02T08:30'), iso('2021-11-02T09:00')],
    ['overlap', 'leader', iso('2021-11-03T12:00'), iso('2021-11-03T13:00')],
  ]);
  await expect(office().publish({ id: made.id, edition: saved.edition })).rejects.toMatchObject({
    status: 422,
    code: 'roster_faulty',
    words: { zh: expect.stringContaining('11-02 08:30 至 11-02 09:00') },
  });
  // Somebody who looked before the change does not overwrite it.
  await expect(
    office().saveTurns({ id: made.id, edition: made.edition, from: made.from, to: made.to, turns: [] }),
  ).rejects.toMatchObject({
    code: 'changed_meanwhile',
  });
  await office().discard({ id: made.id });
  expect((await office().month({ unitId: officeId, month: '2021-11' })).rosters).toHaveLength(1);
});

test('one minute has one published roster, and a year without a calendar is said', async () => {
  const again = await office().generate({
    unitId: officeId,
    title: '国庆值班表',
    fromOn: '2021-10-31',
    toOn: '2021-11-05',
    pattern: shippedPatterns.whole,
    ...list,
  });
  await expect(office().publish({ id: again.id, edition: again.edition })).rejects.toMatchObject({
    code: 'period_taken',
  });
  await office().discard({ id: again.id });
  const far = {
    unitId: officeId,
    title: '远期',
    fromOn: '2027-02-01',
    toOn: '2027-02-28',
    pattern: shippedPatterns.whole,
  };
  await expect(office().generate({ ...far, ...list })).rejects.toMatchObject({ code: 'CALENDAR_NOT_PUBLISHED' });
  expect(await office().month({ unitId: officeId, month: '2027-02' })).toMatchObject({ missingCalendar: 2027 });
});

test('a published roster changes by a recorded exchange alone; every version stays', async () => {
  const id = published.id;
  await expect(
    office().saveTurns({ id, edition: published.edition, from: published.from, to: published.to, turns: [] }),
  ).rejects.toMatchObject({
    code: 'roster_published',
  });
  const { turns } = await office().month({ unitId: officeId, month: '2021-10' });
  const [one, other] = turns.filter((t) => t.post === 'leader').slice(0, 2);
  await expect(
    office().swap({
      id,
      version: 1,
      turnId: one!.id,
      withTurnId: turns.find((t) => t.post === 'officer')!.id,
      reason: '试试',
    }),
  ).rejects.toMatchObject({ code: 'swap_post' });
  const after = await office().swap({ id, version: 1, turnId: one!.id, withTurnId: other!.id, reason: '外出开会' });
  expect(after).toMatchObject({ version: 2, faults: [] });
  const now = (await office().month({ unitId: officeId, month: '2021-10' })).turns;
  expect(now.find((t) => t.id === one!.id)!.name).toBe(other!.name);
  expect(now.find((t) => t.id === other!.id)!.name).toBe(one!.name);
  await expect(
    office().swap({ id, version: 1, turnId: one!.id, withTurnId: other!.id, reason: '又换' }),
  ).rejects.toMatchObject({ code: 'changed_meanwhile' });
  const versions = await office().versions({ id });
  expect(versions.map((v) => [v.version, v.reason, v.changes.length])).toEqual([
    [2, '外出开会', 2],
    [1, '发布', 0],
  ]);
  expect(versions[0]!.changes[0]).toMatchObject({ before: one!.name, after: other!.name });
});

test('somebody takes a running turn over from this minute, and what is over stays', async () => {
  setNow('2021-10-01T12:00');
  const { turns, onNow } = await office().month({ unitId: officeId, month: '2021-10' });
  const running = onNow.find((t) => t.post === 'officer')!;
  expect(running.phone).toBe('0730-8880001');
  const other = list.officers.find((id) => id !== running.memberId)!;
  const after = await office().swap({
    id: published.id,
    version: 2,
    turnId: running.id,
    memberId: other,
    reason: '突发疾病',
  });
  expect(after.faults).toEqual([]);
  const now = await office().month({ unitId: officeId, month: '2021-10' });
  expect(now.onNow.find((t) => t.post === 'officer')).toMatchObject({ memberId: other, from: iso('2021-10-01T12:00') });
  expect(now.turns.find((t) => t.id === running.id)!.to).toBe(iso('2021-10-01T12:00'));
  expect(now.turns).toHaveLength(turns.length + 1);
  await expect(
    office().swap({ id: published.id, version: 3, turnId: running.id, memberId: list.officers[3]!, reason: '补登' }),
  ).rejects.toMatchObject({ code: 'turn_over' });
});

test('the outgoing officer hands over as things stand, the incoming one signs, and nobody signs for himself', async () => {
  setNow('2021-10-08T07:00');
  const { turns } = await office().month({ unitId: officeId, month: '2021-10' });
  const officers = turns.filter((t) => t.post === 'officer');
  // The first relief of the month between the two who have accounts, either way round.
  const index = officers.findIndex(
    (t, i) =>
      i > 0 &&
      [list.officers[0], list.officers[1]].includes(t.memberId) &&
      [list.officers[0], list.officers[1]].includes(officers[i - 1]!.memberId) &&
      t.memberId !== officers[i - 1]!.memberId,
  );
  const [going, coming] = [officers[index - 1]!, officers[index]!];
  setNow(new Date(Date.parse(coming.from) + 8 * 3_600_000 + 60_000).toISOString().slice(0, 16));
  const accountOf = (memberId: string) => people[list.officers.indexOf(memberId)]!;
  const [outgoing, incoming] = [office(accountOf(going.memberId)), office(accountOf(coming.memberId))];
  const before = await outgoing.handovers({ unitId: officeId });
  expect(before.find((h) => h.at === coming.from)).toMatchObject({ state: 'due', outgoingName: going.name });
  const written = await outgoing.handOver({ unitId: officeId, at: coming.from, notes: '注意南湖水位' });
  expect(written).toMatchObject({ state: 'unsigned', incomingName: coming.name, allowed: [] });
  await expect(outgoing.handOver({ unitId: officeId, at: coming.from, notes: '' })).rejects.toMatchObject({
    code: 'handed_over',
  });
  await expect(outgoing.sign({ id: written.id! })).rejects.toMatchObject({ status: 403 });
  expect((await incoming.month({ unitId: officeId })).handovers.find((h) => h.id === written.id)!.allowed).toEqual([
    'sign',
  ]);
  expect(await incoming.sign({ id: written.id!, note: '已清点' })).toMatchObject({
    state: 'signed',
    signNote: '已清点',
  });
  await expect(incoming.sign({ id: written.id! })).rejects.toMatchObject({ code: 'signed' });
  await expect(incoming.handOver({ unitId: officeId, at: iso('2021-10-20T11:11'), notes: '' })).rejects.toMatchObject({
    code: 'no_relief',
  });
});

test('the log is only added to, and knows whom it told when', async () => {
  const entry = {
    unitId: officeId,
    at: city.host.clock.now().toISOString(),
    source: 'call' as const,
    fromWhom: '市防指',
  };
  const told = [{ whom: '甲主任', at: entry.at, way: '电话' }];
  const first = await office().addLog({ ...entry, content: '通报水位上涨', told });
  const next = await office().addLog({ ...entry, content: '更正：水位为 31.2 米', told: [], aboutId: first.id });
  expect((await office().log({ unitId: officeId })).map((e) => [e.content, e.aboutId])).toEqual([
    ['更正：水位为 31.2 米', first.id],
    ['通报水位上涨', null],
  ]);
  expect(next.actorName).toBe('刘敏');
  await expect(
    office().addLog({ ...entry, at: iso('2022-01-01T00:00'), content: '将来', told: [] }),
  ).rejects.toMatchObject({ code: 'future' });
});

test('telephones and rosters of the headquarters are not for a county, and a filer sees none at all', async () => {
  const county = city.as({ role: 'responsibleUnit', unitIds: [countyId] })(duties);
  await expect(county.month({ unitId: officeId })).rejects.toMatchObject({ status: 404 });
  await expect(county.log({ unitId: officeId })).rejects.toMatchObject({ status: 404 });
  expect(await county.month({})).toMatchObject({ unit: { id: countyId }, allowed: ['log'] });
  await expect(city.as({ role: 'filer' })(duties).month({})).rejects.toMatchObject({ status: 403 });
  await expect(city.as({ role: 'commandPost' })(duties).discard({ id: published.id })).rejects.toMatchObject({
    status: 403,
  });
});

test('the printed roster has a line for each turn of an officer, with the telephones', async () => {
  const file = await city.as({ role: 'inspector' }).request(`/api/duties/rosters/${published.id}/sheet?format=xlsx`);
  expect(file.status).toBe(200);
  const { sheets } = await readWorkbook(new Uint8Array(await file.arrayBuffer()));
  const text = sheets[0]!.rows.map((row) => row.map((cell) => cell.date ?? cell.value ?? '').join('|'));
  expect(text.find((line) => line.startsWith('2021-10-09'))).toContain('周六|调休上班|08:30 至 17:30');
  expect(text.find((line) => line.startsWith('2021-10-01|'))).toContain('节假日（国庆节）');
  const word = await city.as({ role: 'inspector' }).request(`/api/duties/rosters/${published.id}/sheet?format=docx`);
  expect(word.headers.get('content-type')).toContain('wordprocessingml');
  // A Word file is a zip archive.
  expect([...new Uint8Array(await word.arrayBuffer()).slice(0, 2)]).toEqual([0x50, 0x4b]);
});
