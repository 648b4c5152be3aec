import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { projects } from '#modules/projects/contract.ts';
import { updateProjects } from '#modules/projects/server/public.ts';
import { lifecycle } from '../contract.ts';

// One project rests over two quarters: the test's clock is set forward between its parts.

let city: TestCity;
let office: Caller;
beforeAll(async () => {
  city = await testCity({ today: '2021-03-10' });
  office = city.as({ role: 'office', name: '刘敏' });
});
afterAll(() => city.close());

const date = (day: string) => ({ day, precision: 'day' as const, text: null });
const create = (name: string) =>
  office(projects).create({ name, board: '基础设施', stage: 'building', startActual: date('2020-05-01') });
const setToday = (today: string) => {
  city.host.clock = clockOf(today);
};
const pause = (id: string, rest: object = {}) =>
  office(lifecycle).pause({
    id,
    kind: 'suspended',
    on: '2021-03-01',
    reasonCode: 'funds',
    reason: '银行贷款第二笔未放款',
    steps: '补充担保后续贷',
    resumeDue: '2021-06-30',
    documents: [],
    ...rest,
  });

test('a pause has a reason, steps and an estimate; it owes an update each quarter, keeps the first estimate, and ends with proof', async () => {
  const { id } = await create('东风湖路');
  await expect(pause(id, { resumeDue: '2021-03-09' })).rejects.toMatchObject({
    code: 'estimate_past',
    field: 'resumeDue',
  });
  await expect(pause(id, { on: '2020-04-30' })).rejects.toMatchObject({ code: 'before_former_gate' });
  const paused = await pause(id);
  expect(paused).toMatchObject({
    stage: 'suspended',
    pause: { reasonCode: 'funds', duty: { state: 'current', dueOn: '2021-06-30' } },
  });
  expect((await office(projects).get({ id })).stage).toBe('suspended');
  await expect(pause(id, { kind: 'delayed' })).rejects.toMatchObject({ code: 'paused' });
  await expect(office(lifecycle).move({ id, to: 'completed', on: '2021-03-10', documents: [] })).rejects.toMatchObject({
    code: 'paused',
  });

  setToday('2021-07-01');
  const late = await office(lifecycle).pauses({ show: 'overdue' });
  expect(late.rows).toMatchObject([
    { projectId: id, pause: { duty: { state: 'overdue', missed: 1, dueOn: '2021-06-30' } } },
  ]);
  const update = { id, situation: '担保已补充，银行审批中', steps: '催办放款', resumeDue: '2021-10-31' };
  await expect(office(lifecycle).updatePause(update)).rejects.toMatchObject({ code: 'reason_needed', field: 'reason' });
  const filer = city.as({ role: 'filer', name: '填报员' });
  const updated = await filer(lifecycle).updatePause({ ...update, reason: '银行额度三季度下达' });
  expect(updated.pause).toMatchObject({
    resumePlanned: '2021-06-30',
    resumeDue: '2021-10-31',
    duty: { state: 'current', dueOn: '2021-12-31' },
    updates: [{ quarter: '2021Q3', resumeBefore: '2021-06-30', resumeDue: '2021-10-31', actorName: '填报员' }],
  });
  expect((await office(lifecycle).pauses()).counts).toEqual({ open: 1, overdue: 0, over: 0 });
  await expect(filer(lifecycle).resume({ id, on: '2021-07-01', documents: [] })).rejects.toMatchObject({ status: 403 });

  setToday('2021-08-20');
  const proof = [{ kind: 'resumeProof', number: '复工令〔2021〕3号' }];
  await expect(office(lifecycle).resume({ id, on: '2021-08-16', documents: [] })).rejects.toMatchObject({
    code: 'documents_missing',
  });
  await expect(office(lifecycle).resume({ id, on: '2021-02-28', documents: proof })).rejects.toMatchObject({
    code: 'before_pause',
  });
  const resumed = await office(lifecycle).resume({ id, on: '2021-08-16', documents: proof });
  expect(resumed).toMatchObject({
    stage: 'building',
    pause: null,
    pauses: [{ resumedOn: '2021-08-16', days: 168, duty: null }],
  });
  expect(resumed.events.slice(0, 3).map((e) => e.kind)).toEqual(['resumed', 'updated', 'paused']);
  expect(await office(projects).get({ id })).toMatchObject({ stage: 'building' });
  await city.settle();
  expect((await office(lifecycle).life({ id })).pauses).toHaveLength(1);
});

test('a pause that a ledger brought has no reason; the next update must give one', async () => {
  const { id } = await create('南湖大道');
  await city.system((scope) => updateProjects(scope, [{ id, changes: { stage: 'delayed' } }], { kind: 'imported' }));
  await city.settle();
  const life = await office(lifecycle).life({ id });
  expect(life).toMatchObject({ stage: 'delayed', pause: { kind: 'delayed', reasonCode: null, resumePlanned: null } });
  const update = { id, situation: '规划调整', steps: '报批新方案', resumeDue: '2021-12-31' };
  await expect(office(lifecycle).updatePause(update)).rejects.toMatchObject({
    code: 'reason_code_needed',
    field: 'reasonCode',
  });
  const after = await office(lifecycle).updatePause({ ...update, reasonCode: 'planning' });
  expect(after.pause).toMatchObject({ reasonCode: 'planning', resumePlanned: '2021-12-31' });
});

test('a project that is terminated while it rests is over; its pause ends without having resumed', async () => {
  const { id } = await create('洞庭粮库');
  await pause(id, { on: '2021-08-01', resumeDue: '2021-12-31' });
  const ended = await office(lifecycle).end({
    id,
    to: 'terminated',
    on: '2021-08-15',
    reason: '业主破产',
    approver: '王建',
    documents: [{ kind: 'endDecision', number: '岳重办〔2021〕12号' }],
  });
  expect(ended).toMatchObject({
    stage: 'terminated',
    pause: null,
    pauses: [{ endedOn: '2021-08-15', resumedOn: null }],
  });
  expect((await office(lifecycle).revoke({ id, stage: 'terminated', reason: '债权人接手' })).stage).toBe('building');
});
