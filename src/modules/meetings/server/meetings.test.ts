// Long because every act of a meeting, from its agenda to its ranking, is told in one city laid out once.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAccountWithRoles } from '#modules/identity/server/public.ts';
import { ledger } from '#modules/ledger/contract.ts';
import { organization } from '#modules/organization/contract.ts';
import { insertCityOrganization, insertPerson, yueyangRegions } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { setStanding } from '#modules/projects/server/public.ts';
import { meetings } from '../contract.ts';
import { codeAt } from './attendance.ts';

let city: TestCity;
let office: Caller;
let county: Caller;
let stranger: Caller;
let officeId: string;
let countyId: string;
let strangerId: string;
let projectId: string;
const from = '2020-01-01';

beforeAll(async () => {
  city = await testCity();
  const made = await city.system((scope) =>
    insertCityOrganization(scope, { headquartersName: '总指挥部', validFrom: from, regions: yueyangRegions }),
  );
  const { headquartersId } = made;
  officeId = made.officeId;
  const clerk = city.as({ role: 'office', name: '刘敏' })(organization);
  const unit = async (kind: 'county' | 'department', name: string, parentId: string) => {
    const made = await clerk.createUnit({ name, kind, parentId, validFrom: from });
    await clerk.createPerson({
      name: `${name}领导`,
      post: { unitId: made.id, title: '负责人', leaderOrder: 1, validFrom: from },
    });
    return made.id;
  };
  countyId = await unit('county', '示例甲县', headquartersId);
  strangerId = await unit('county', '示例乙县', headquartersId);
  await unit('department', '市自然资源局', headquartersId);
  office = city.as({ role: 'office', name: '刘敏' });
  county = city.as({ role: 'responsibleUnit', name: '方毅', unitIds: [countyId] });
  stranger = city.as({ role: 'responsibleUnit', name: '外人', unitIds: [strangerId] });
  ({ id: projectId } = await office(projects).create({
    name: '示例大道',
    countyUnitId: countyId,
    plan: { year: 2021, planYuan: 100_000_000, goal: '通车' },
  }));
  await city.settle();
  await standing('late', 30_000_000, -43.7);
}, 60_000);
afterAll(() => city?.close());

const standing = (light: 'late' | 'normal', doneYuan: number, gapPoints: number) =>
  city.system((scope) =>
    setStanding(scope, [
      {
        projectId,
        year: 2021,
        light,
        cause: 'progress',
        explanation: null,
        planYuan: 100_000_000,
        doneYuan,
        gapPoints,
        filedOn: null,
        filingState: null,
        asOf: '2021-09-26',
      },
    ]),
  );
const api = () => office(meetings);
const soon = (hours: number) => new Date(city.host.clock.now().getTime() + hours * 3_600_000).toISOString();
const newMeeting = (startsAt = soon(1), more = {}) =>
  api().convene({
    kind: 'dispatch',
    startsAt,
    place: '市委三楼会议室',
    chairName: '李市长',
    convenerUnitId: officeId,
    participants: [{ unitId: countyId, personName: '方毅' }],
    ...more,
  });
const view = (id: string, who: Caller = office) => who(meetings).meeting({ id });
const move = async (id: string, name: Parameters<ReturnType<typeof api>['move']>[0]['move'], rest = {}) =>
  api().move({ id, version: (await view(id)).version, move: name, ...rest });
const assembled = async (id: string) => api().assemble({ id, version: (await view(id)).version });

test('from the agenda to issued decisions, with which the next meeting opens', async () => {
  const { id } = await newMeeting('2021-09-26T01:00:00.000Z');
  expect(await assembled(id)).toMatchObject({ leftOut: { late: 0, warn: 0, overdue: 0, request: 0 } });
  let meeting = await view(id);
  expect(meeting).toMatchObject({ title: '2021年第1次工作调度会', state: 'planned', previous: null });
  expect(meeting.agenda.map((item) => [item.source, item.title, item.why[0]?.zh])).toEqual([
    ['late', '示例大道', '红灯，自 2021-09-26 起，欠时序 43.7 个百分点、0.44 亿元'],
  ]);
  const hand = await api().addItem({ id, version: meeting.version, title: '研究国庆值班安排' });
  await api().order({ id, version: hand.version, itemIds: [hand.itemId, meeting.agenda[0]!.id] });
  await expect(api().writeMinute({ id, itemId: hand.itemId, text: '早了', basedOn: 0 })).rejects.toMatchObject({
    code: 'not_now',
  });
  await move(id, 'fixAgenda');
  meeting = await view(id);
  expect(meeting.agenda.map((item) => item.title)).toEqual(['研究国庆值班安排', '示例大道']);
  const page = meeting.agenda[1]!;
  expect(page.figures).toMatchObject({
    kind: 'project',
    name: '示例大道',
    countyName: '示例甲县',
    planYuan: 100_000_000,
  });

  await api().writeMinute({ id, itemId: page.id, text: '示例甲县汇报了征拆情况。', basedOn: 0 });
  await expect(api().writeMinute({ id, itemId: page.id, text: '另一人', basedOn: 0 })).rejects.toMatchObject({
    code: 'moved',
    details: { text: '示例甲县汇报了征拆情况。', version: 1 },
  });
  const read = await api().decide({
    id,
    itemId: page.id,
    line: '1. 由示例甲县牵头，市自然资源局配合，10月15日前完成红线内征拆。',
  });
  expect(read).toMatchObject({
    no: 1,
    title: '由示例甲县牵头，市自然资源局配合，10月15日前完成红线内征拆。',
    leadUnit: { name: '示例甲县' },
    coUnits: [{ name: '市自然资源局' }],
    dueOn: '2021-10-15',
  });
  const open = await api().decide({ id, itemId: page.id, line: '由市发改委牵头，尽快完成可研批复' });
  expect(open).toMatchObject({
    leadUnit: null,
    unknown: ['市发改委'],
    dueOn: null,
    dueOpen: { zh: '说法不确定到某一天' },
  });
  const spare = await api().decide({ id, itemId: page.id, line: '示例甲县于年内完成验收' });
  await move(id, 'close');
  await expect(move(id, 'circulate')).rejects.toMatchObject({ code: 'lead_missing' });
  await api().editDecision({ id, decisionId: open.id, version: 1, leadUnitId: countyId });
  await api().editDecision({ id, decisionId: spare.id, version: 1, isDropped: true });
  await move(id, 'circulate');
  expect((await view(id)).objectionsUntil).toBe('2021-09-28T10:00:00.000Z');
  await expect(api().writeMinute({ id, itemId: page.id, text: '晚了', basedOn: 1 })).rejects.toMatchObject({
    code: 'not_now',
  });

  await county(meetings).object({ id, decisionId: read.id, text: '雨季影响，建议10月25日前完成' });
  await expect(move(id, 'issue')).rejects.toMatchObject({ code: 'objections_open' });
  meeting = await view(id);
  const changed = await api().editDecision({ id, decisionId: read.id, version: 1, dueOn: '2021-10-25' });
  expect(changed.dueOn).toBe('2021-10-25');
  await api().answer({ id, objectionId: meeting.objections[0]!.id, isAdopted: true, answer: '采纳' });
  await expect(move(id, 'issue')).rejects.toMatchObject({ code: 'circulation_open' });
  const clock = city.host.clock;
  city.host.clock = clockOf('2021-09-29');
  try {
    await move(id, 'issue');
    meeting = await view(id);
    expect(meeting).toMatchObject({ state: 'issued', documentNo: '会议纪要〔2021〕1号', issuedOn: '2021-09-29' });
    expect(meeting.decisionList.map((d) => [d.no, d.isDropped, d.matterNo])).toEqual([
      [1, false, '议〔2021〕1号'],
      [2, false, '议〔2021〕2号'],
      [3, true, null],
    ]);
    const matter = await county(ledger).matter({ id: meeting.decisionList[0]!.matterId! });
    expect(matter).toMatchObject({
      kind: 'decision',
      state: 'issued',
      dueOriginal: '2021-10-25',
      leadUnitId: countyId,
      verifierUnit: { id: officeId },
      projectId,
      source: { kind: 'meeting', title: '2021年第1次工作调度会', ref: '会议纪要〔2021〕1号' },
      details: { kind: 'decision', itemNo: 2, heldOn: '2021-09-26' },
    });
    // 会议纪要 20 日, from the day of issuing.
    const second = await county(ledger).matter({ id: meeting.decisionList[1]!.matterId! });
    expect(second.dueOriginal).toBe('2021-10-19');
    await expect(
      api().editDecision({ id, decisionId: read.id, version: 2, dueOn: '2022-01-01' }),
    ).rejects.toMatchObject({ code: 'not_now' });

    await county(ledger).sign({ ids: [matter.id] });
    const next = await newMeeting('2021-10-27T01:00:00.000Z');
    await assembled(next.id);
    city.host.clock = clockOf('2021-10-26');
    await move(next.id, 'fixAgenda');
    const following = await view(next.id);
    expect(following).toMatchObject({
      title: '2021年第2次工作调度会',
      previous: { id, title: '2021年第1次工作调度会' },
    });
    expect(following.agenda[0]).toMatchObject({
      source: 'followUp',
      title: '上次会议议定事项落实情况',
      figures: {
        kind: 'followUp',
        rows: [
          { no: '议〔2021〕1号', state: 'signed', light: 'red', dueOriginal: '2021-10-25', dueCurrent: '2021-10-25' },
          { no: '议〔2021〕2号', state: 'issued', light: 'red' },
        ],
      },
    });
    expect((await view(id)).next).toMatchObject({ id: next.id });
  } finally {
    city.host.clock = clock;
  }
});

test('who took part is told that minutes are circulated, once for each time, and nobody else', async () => {
  await city.system(async (scope) => {
    const hire = async (username: string, role: string, unitId: string) => {
      const { personId, postId } = await insertPerson(scope, {
        name: username,
        unitId,
        title: '科员',
        validFrom: from,
      });
      const grants = [{ postId, role, validFrom: from }];
      await insertAccountWithRoles(scope, { personId, username, password: 'guatu-2021', grants });
    };
    await hire('jia', 'responsibleUnit', countyId);
    await hire('yi', 'responsibleUnit', strangerId);
    await hire('zong', 'leader', officeId);
    await hire('zongjia', 'inspector', countyId);
  });
  const told = async () => {
    const { rows } = await city.system((scope) =>
      sql<{ username: string; title: { zh: string }; link: string }>`
        select a.username, n.title, n.link from notices.notice n
        join identity.account a on a.city_id = n.city_id and a.id = n.account_id
        where n.kind = 'minutes' order by n.at, a.username`.execute(scope.db),
    );
    return rows;
  };
  const { id, version } = await newMeeting(soon(-3));
  await api().addItem({ id, version, title: '研究防汛' });
  await move(id, 'fixAgenda');
  const itemId = (await view(id)).agenda[0]!.id;
  await api().decide({ id, itemId, line: '示例甲县于年内完成验收' });
  await move(id, 'close');
  expect(await told()).toEqual([]);
  await move(id, 'circulate', { until: '2021-09-28T10:00:00.000Z' });
  const first = await told();
  // The county's own, also one of its people whose right is the whole city; not the city's leader, not another county.
  expect(first.map((row) => row.username)).toEqual(['jia', 'zongjia']);
  expect(first[0]).toMatchObject({
    title: { zh: '会议纪要征求意见，2021-09-28 18:00 截止' },
    link: `/meetings/${id}`,
  });
  await move(id, 'recall');
  await move(id, 'circulate');
  expect(await told()).toHaveLength(4);
});

test('the figures of a page stay as they were when the agenda was fixed, and what changed since is said beside them', async () => {
  const { id } = await newMeeting(soon(50));
  await assembled(id);
  await move(id, 'fixAgenda');
  const before = (await view(id)).agenda.find((item) => item.projectId === projectId)!;
  expect(before.now?.light ?? 'late').toBe('late');
  await standing('normal', 77_000_000, 3.2);
  const after = (await view(id)).agenda.find((item) => item.projectId === projectId)!;
  expect(after.figures).toEqual(before.figures);
  expect(after.asOf).toBe(before.asOf);
  expect(after.now).toMatchObject({ light: 'normal', doneYuan: 77_000_000, gapPoints: 3.2 });
  await expect(api().removeItem({ id, version: (await view(id)).version, itemId: after.id })).rejects.toMatchObject({
    code: 'not_now',
  });
  await move(id, 'reopenAgenda');
  expect((await view(id)).agenda[0]!.figures).toBeNull();
  await standing('late', 30_000_000, -43.7);
});

test('who is at the door confirms with the code of this minute, once; an old picture of it does not help', async () => {
  const { id } = await newMeeting(soon(1));
  const { code } = await api().code({ id });
  const secret = await city.system(async (scope) => {
    const { rows } = await sql<{
      attendSecret: string;
    }>`select attend_secret from meetings.meeting where id = ${id}`.execute(scope.db);
    return rows[0]!.attendSecret;
  });
  const old = codeAt(secret, new Date(city.host.clock.now().getTime() - 150_000));
  await expect(county(meetings).attend({ id, code: old })).rejects.toMatchObject({ code: 'code_wrong' });
  await expect(stranger(meetings).attend({ id, code })).rejects.toMatchObject({ code: 'not_found' });
  await expect(county(meetings).code({ id })).rejects.toMatchObject({ code: 'forbidden' });
  const first = await county(meetings).attend({ id, code: code.toLowerCase() });
  expect(first).toMatchObject({ isLate: false, unitName: '示例甲县' });
  expect(await county(meetings).attend({ id, code })).toEqual(first);
  const meeting = await view(id, county);
  expect(meeting).toMatchObject({
    isHere: true,
    attended: 1,
    people: [{ presence: 'present', people: [{ name: '方毅' }] }],
  });
  expect(JSON.stringify(meeting)).not.toContain(secret);
  await expect(api().mark({ id, participantId: meeting.people[0]!.id, as: 'absent' })).rejects.toMatchObject({
    code: 'has_confirmed',
  });
});

test('who comes after the beginning is late; leave and deputies are recorded by hand', async () => {
  const { id } = await newMeeting(soon(-1), { participants: [{ unitId: countyId }, { unitId: strangerId }] });
  const { code } = await api().code({ id });
  expect(await county(meetings).attend({ id, code })).toMatchObject({ isLate: true });
  const other = (await view(id)).people[1]!;
  await api().mark({ id, participantId: other.id, as: 'excused', reason: '出差' });
  expect((await view(id)).people.map((p) => [p.presence, p.reason])).toEqual([
    ['late', null],
    ['excused', '出差'],
  ]);
  await expect(api().mark({ id, participantId: other.id, as: 'deputised' })).rejects.toMatchObject({ field: 'name' });
  await api().mark({ id, participantId: other.id, as: 'deputised', name: '王副局长' });
  expect((await view(id)).people[1]).toMatchObject({ presence: 'deputised', deputyName: '王副局长' });
});

test('a unit that takes no part sees nothing of a meeting, and who takes part changes nothing', async () => {
  const { id, version } = await newMeeting();
  await expect(view(id, stranger)).rejects.toMatchObject({ status: 404 });
  expect((await stranger(meetings).list({})).meetings.some((m) => m.id === id)).toBe(false);
  expect((await county(meetings).list({})).meetings.some((m) => m.id === id)).toBe(true);
  await expect(stranger(meetings).object({ id, text: '意见' })).rejects.toMatchObject({ status: 404 });
  const post = city.as({ role: 'commandPost', name: '指挥部', unitIds: [countyId] });
  expect((await view(id, post)).allowed).toEqual(['attend']);
  await expect(post(meetings).move({ id, version, move: 'cancel', reason: '不开了' })).rejects.toMatchObject({
    status: 404,
  });
  await expect(
    post(meetings).convene({
      kind: 'special',
      startsAt: soon(1),
      place: '甲',
      chairName: '甲',
      convenerUnitId: officeId,
    }),
  ).rejects.toMatchObject({ status: 404 });
});

test('a version that moved is refused, and an empty agenda is not fixed', async () => {
  const { id, version } = await newMeeting();
  await expect(api().move({ id, version, move: 'fixAgenda' })).rejects.toMatchObject({ code: 'agenda_empty' });
  await api().addItem({ id, version, title: '议题一' });
  await expect(api().move({ id, version, move: 'fixAgenda' })).rejects.toMatchObject({ code: 'moved' });
  await expect(move(id, 'issue')).rejects.toMatchObject({ code: 'not_now' });
});

test('minutes and agenda leave as Word and PDF', async () => {
  const { meetings: all } = await api().list({});
  const issued = all.find((m) => m.state === 'issued')!;
  for (const [path, head] of [
    ['minutes-file?format=docx', 'PK'],
    ['minutes-file?format=pdf', '%PDF'],
    ['agenda-file?format=docx', 'PK'],
  ]) {
    const answer = await office.request(`/api/meetings/${issued.id}/${path}`);
    expect(answer.status).toBe(200);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(new TextDecoder().decode(bytes.subarray(0, head!.length))).toBe(head);
  }
}, 60_000);

test('an observation: others score, one’s own project is left out, five trim, ties share, the result is published', async () => {
  const { id } = await api().convene({
    kind: 'observation',
    startsAt: soon(24),
    place: '全市',
    chairName: '李市长',
    convenerUnitId: officeId,
    participants: [{ unitId: countyId }, { unitId: strangerId }],
  });
  const other = await office(projects).create({ name: '示例学校', countyUnitId: strangerId });
  const third = await office(projects).create({ name: '示例医院' });
  const scheme = {
    scale: 'hundred' as const,
    criteria: [
      { code: 'progress', name: '形象进度', weight: 60 },
      { code: 'site', name: '现场管理', weight: 40 },
    ],
    stops: [projectId, other.id, third.id].map((one, i) => ({ projectId: one, plannedAt: soon(25 + i) })),
  };
  const criteria = scheme.criteria.map((c) => ({ ...c, weight: 10 }));
  await expect(api().setRoute({ id, version: 1, ...scheme, criteria })).rejects.toMatchObject({ code: 'weights' });
  const set = await api().setRoute({ id, version: 1, ...scheme });
  let seen = await county(meetings).observation({ id });
  expect(seen.stops.map((stop) => [stop.projectName, stop.isOwn])).toEqual([
    ['示例大道', true],
    ['示例学校', false],
    ['示例医院', false],
  ]);
  const [own, school, hospital] = seen.stops.map((stop) => stop.id);
  const give = (who: Caller, stopId: string, progress: number, site: number, comment: string | null = null) =>
    who(meetings).score({ id, stopId, points: { progress, site }, comment });
  await expect(give(county, school!, 90, 80)).rejects.toMatchObject({ code: 'not_now' });
  const opened = await api().moveObservation({ id, version: set.version, move: 'open' });
  await expect(give(county, own!, 90, 80)).rejects.toMatchObject({ code: 'own_project' });
  await expect(give(county, school!, 101, 80)).rejects.toMatchObject({ status: 400 });
  expect(await give(county, school!, 90, 80, '围挡整齐')).toMatchObject({ total: 8600 });
  await give(county, school!, 80, 80);
  const leaders = ['甲', '乙', '丙', '丁'].map((name) => city.as({ role: 'leader', name }));
  for (const [i, leader] of leaders.entries()) {
    await give(leader, school!, [80, 80, 80, 10][i]!, [80, 80, 80, 10][i]!);
    if (i < 2) await give(leader, hospital!, 80, 80);
    if (i < 3) await give(leader, own!, 70, 70);
  }
  seen = await county(meetings).observation({ id });
  expect(seen.ranking).toBeNull();
  expect(seen.stops[1]).toMatchObject({ score: { total: 8000 }, observers: 0, comments: [] });
  const closed = await api().moveObservation({ id, version: opened.version, move: 'close' });
  await expect(give(county, school!, 90, 80)).rejects.toMatchObject({ code: 'not_now' });
  await api().moveObservation({ id, version: closed.version, move: 'publish' });
  seen = await county(meetings).observation({ id });
  expect(seen.ranking!.map((row) => [row.projectName, row.rank, row.mean, row.isTrimmed, row.isFew])).toEqual([
    ['示例学校', 1, '80.00', true, false],
    ['示例医院', 1, '80.00', false, true],
    ['示例大道', 3, '70.00', false, false],
  ]);
  await expect(stranger(meetings).observation({ id })).resolves.toMatchObject({ state: 'published' });
});
