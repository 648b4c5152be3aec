import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { updateProjects } from '#modules/projects/server/public.ts';
import { lifecycle } from '../contract.ts';
import type { GateStage } from '../gates.ts';
import { gates } from '../gates.ts';

let city: TestCity;
let office: Caller;
let county: string;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office', name: '刘敏' });
  county = await city.system(async (scope) => (await ensureUnit(scope, { name: '云溪区', kind: 'county' })).id);
});
afterAll(() => city.close());

const date = (day: string) => ({ day, precision: 'day' as const, text: null });
const create = (fields: object = {}) =>
  office(projects).create({
    name: '云溪化工新材料项目',
    board: '产业',
    countyUnitId: county,
    totalYuan: 900_000_000,
    ...fields,
  });
const papers = (to: GateStage) =>
  gates[to].documents.filter((d) => d.isCompulsory).map((d) => ({ kind: d.code, number: `岳文〔2021〕${d.code}` }));
const pass = (id: string, to: GateStage, on: string) => office(lifecycle).move({ id, to, on, documents: papers(to) });
const standing = async (id: string) =>
  (await office(lifecycle).life({ id })).gates.filter((g) => g.state === 'passed').map((g) => [g.stage, g.on]);

test('a project goes from the reserve to full capacity, gate by gate, and the register follows', async () => {
  const { id } = await create();
  const days: [GateStage, string][] = [
    ['signed', '2019-02-01'],
    ['preparation', '2019-04-01'],
    ['started', '2019-06-01'],
    ['building', '2019-08-01'],
    ['enrolled', '2019-06-20'],
    ['completed', '2020-12-01'],
    ['producing', '2021-02-01'],
    ['fullCapacity', '2021-09-01'],
  ];
  for (const [to, on] of days) await pass(id, to, on);
  const life = await office(lifecycle).life({ id });
  expect(life.stage).toBe('fullCapacity');
  expect(life.gates.map((g) => [g.stage, g.days])).toEqual([
    ['reserve', null],
    ['signed', null],
    ['preparation', 59],
    ['started', 61],
    ['enrolled', 19],
    ['building', 61],
    ['completed', 488],
    ['producing', 62],
    ['fullCapacity', 212],
  ]);
  expect(life.events[0]).toMatchObject({ stage: 'fullCapacity', kind: 'passed', actorName: '刘敏', on: '2021-09-01' });
  const project = await office(projects).get({ id });
  expect(project).toMatchObject({
    stage: 'fullCapacity',
    startActual: { day: '2019-06-01' },
    finishActual: { day: '2020-12-01' },
    enrolled: true,
    enrolledOn: '2019-06-20',
    stageDates: { signed: '2019-02-01', fullCapacity: '2021-09-01' },
  });
  await city.settle();
  expect((await office(lifecycle).life({ id })).events).toHaveLength(9);
});

test('a jump is refused, naming the gates that are missing', async () => {
  const { id } = await create();
  await expect(pass(id, 'started', '2021-09-01')).rejects.toMatchObject({
    status: 422,
    code: 'gate_missing',
    details: { missing: ['signed', 'preparation'] },
    words: { zh: '不能直接办理开工，缺少关口：签约、前期' },
  });
  await pass(id, 'signed', '2021-03-01');
  await expect(pass(id, 'preparation', '2021-02-28')).rejects.toMatchObject({
    code: 'before_former_gate',
    field: 'on',
  });
  await expect(pass(id, 'preparation', '2021-09-27')).rejects.toMatchObject({ code: 'in_the_future', field: 'on' });
  await expect(
    office(lifecycle).move({ id, to: 'preparation', on: '2021-04-01', documents: [] }),
  ).rejects.toMatchObject({
    code: 'documents_missing',
    words: { zh: '缺少资料：立项文件（审批、核准或备案）' },
  });
  expect((await office(projects).get({ id })).stage).toBe('signed');
});

test('a government project has no signing, and people may say that it has', async () => {
  const { id } = await create({ name: '环线公路', board: '基础设施' });
  const life = await office(lifecycle).life({ id });
  expect([life.path, life.gates.map((g) => g.stage).includes('signed')]).toEqual(['government', false]);
  const after = await office(lifecycle).setPath({ id, path: 'investment', reason: '社会资本投资' });
  expect(after).toMatchObject({ path: 'investment', isPathChosen: true });
  await city.settle();
  expect((await office(lifecycle).life({ id })).path).toBe('investment');
});

test('a wrong gate is taken back with a reason, from the end, and its history stays', async () => {
  const { id } = await create({ board: '基础设施' });
  await pass(id, 'preparation', '2021-03-01');
  await pass(id, 'started', '2021-05-01');
  await expect(office(lifecycle).revoke({ id, stage: 'preparation', reason: '办错了' })).rejects.toMatchObject({
    code: 'later_gates',
    details: { missing: ['started'] },
  });
  const life = await office(lifecycle).revoke({ id, stage: 'started', reason: '只是平整场地，未打桩' });
  expect(life.stage).toBe('preparation');
  expect(life.events.slice(0, 2)).toMatchObject([
    { stage: 'started', kind: 'revoked', reason: '只是平整场地，未打桩' },
    { stage: 'started', kind: 'passed', on: '2021-05-01' },
  ]);
  expect(await office(projects).get({ id })).toMatchObject({ stage: 'preparation', startActual: null });
  const again = await pass(id, 'started', '2021-06-01');
  expect(again.gates.find((g) => g.stage === 'started')).toMatchObject({ on: '2021-06-01', documents: { length: 2 } });
});

describe('documents', () => {
  test('a file is attached by the one who brought it and read by whoever sees the project', async () => {
    const { id } = await create({ board: '基础设施' });
    const file = await office.upload('立项批复.txt', new TextEncoder().encode('岳发改〔2021〕1号'));
    const stranger = city.as({ role: 'office', name: '他人' });
    const input = {
      id,
      to: 'preparation' as const,
      on: '2021-03-01',
      documents: [{ kind: 'approval', fileId: file.id }],
    };
    await expect(stranger(lifecycle).move(input)).rejects.toMatchObject({ status: 404 });
    const life = await office(lifecycle).move(input);
    expect(life.gates.find((g) => g.stage === 'preparation')!.documents).toMatchObject([
      { name: '立项批复.txt', fileId: file.id },
    ]);
    const blob = await stranger(lifecycle).document({ id, fileId: file.id });
    expect(await blob.text()).toBe('岳发改〔2021〕1号');
    const other = await create();
    await expect(office(lifecycle).document({ id: other.id, fileId: file.id })).rejects.toMatchObject({ status: 404 });
  });
  test('those owed after an import are named, and handed in later', async () => {
    const { id } = await create({ board: '基础设施', stage: 'started', startActual: date('2021-05-01') });
    const gateOf = async () => (await office(lifecycle).life({ id })).gates.find((g) => g.stage === 'started')!;
    expect(await gateOf()).toMatchObject({ source: 'register', owed: ['startProof', 'startPhoto'] });
    await office(lifecycle).amend({
      id,
      stage: 'started',
      documents: [{ kind: 'startProof', number: '4306…01' }],
      reason: '补交',
    });
    expect((await gateOf()).owed).toEqual(['startPhoto']);
  });
});

describe('the register', () => {
  test('a project entered as building stands at its gates, also before the job has run; days are recorded later', async () => {
    const { id } = await create({
      stage: 'building',
      startActual: date('2019-11-18'),
      stageDates: { signed: '2019-01-10' },
    });
    const expected = [
      ['reserve', null],
      ['signed', '2019-01-10'],
      ['preparation', null],
      ['started', '2019-11-18'],
      ['building', null],
    ];
    expect(await standing(id)).toEqual(expected);
    await city.settle();
    expect(await standing(id)).toEqual(expected);
    const life = await office(lifecycle).life({ id });
    expect(life.gates.map((g) => g.source)).toEqual([
      'implied',
      'register',
      'implied',
      'register',
      null,
      'register',
      null,
      null,
      null,
    ]);
    await expect(
      office(lifecycle).amend({ id, stage: 'preparation', on: '2019-01-09', documents: [], reason: '补登' }),
    ).rejects.toMatchObject({ code: 'before_former_gate' });
    await expect(
      office(lifecycle).amend({ id, stage: 'preparation', on: '2019-11-19', documents: [], reason: '补登' }),
    ).rejects.toMatchObject({ code: 'after_later_gate' });
    const after = await office(lifecycle).amend({
      id,
      stage: 'preparation',
      on: '2019-05-20',
      documents: [],
      reason: '补登',
    });
    expect(after.gates.find((g) => g.stage === 'preparation')).toMatchObject({
      on: '2019-05-20',
      source: 'gate',
      days: 130,
    });
  });

  test('an import that moves the stage is followed, with its gates taken back or added', async () => {
    const { id } = await create({ board: '基础设施', stage: 'building', startActual: date('2020-01-10') });
    await city.settle();
    await city.system((scope) =>
      updateProjects(scope, [{ id, changes: { stage: 'completed', finishActual: date('2021-08-01') } }], {
        kind: 'imported',
      }),
    );
    await city.settle();
    expect((await standing(id)).at(-1)).toEqual(['completed', '2021-08-01']);
    await city.system((scope) =>
      updateProjects(scope, [{ id, changes: { stage: 'building', finishActual: null } }], { kind: 'imported' }),
    );
    await city.settle();
    const life = await office(lifecycle).life({ id });
    expect(life).toMatchObject({
      stage: 'building',
      events: [{ stage: 'completed', kind: 'revoked', source: 'register' }, {}, {}, {}, {}, {}],
    });
  });

  test('an actual start that a filing brings carries the project past its gate', async () => {
    const { id } = await create({ board: '基础设施', stage: 'preparation' });
    await city.settle();
    await city.system((scope) =>
      updateProjects(scope, [{ id, changes: { startActual: date('2021-09-01') } }], { kind: 'changed' }),
    );
    await city.settle();
    expect((await office(projects).get({ id })).stage).toBe('started');
    expect((await standing(id)).at(-1)).toEqual(['started', '2021-09-01']);
  });

  test('settling twice writes nothing more', async () => {
    const { id } = await create({
      stage: 'completed',
      finishActual: date('2021-08-01'),
      startActual: date('2020-01-01'),
    });
    await city.settle();
    const count = () =>
      city.system(
        async (scope) =>
          (await sql<{ n: number }>`select count(*)::int as n from lifecycle.gate_event`.execute(scope.db)).rows[0]!.n,
      );
    const before = await count();
    await city.system((scope) => updateProjects(scope, [{ id, changes: { remark: '备注' } }], { kind: 'changed' }));
    await city.settle();
    expect(await count()).toBe(before);
  });
});

describe('ending', () => {
  const decision = [{ kind: 'endDecision', number: '岳重办〔2021〕9号' }];
  test('what has not begun is withdrawn with approver and document; taking it back brings the stage back', async () => {
    const { id } = await create({ board: '基础设施', stage: 'preparation' });
    const input = { id, to: 'withdrawn' as const, on: '2021-09-20', reason: '不再建设', approver: '王建' };
    await expect(office(lifecycle).end({ ...input, documents: [] })).rejects.toMatchObject({
      code: 'documents_missing',
    });
    const ended = await office(lifecycle).end({ ...input, documents: decision });
    expect(ended).toMatchObject({
      stage: 'withdrawn',
      ended: { stage: 'withdrawn', approver: '王建', reason: '不再建设' },
    });
    expect(ended.allowed).not.toContain('move');
    expect((await office(projects).get({ id })).stage).toBe('withdrawn');
    await expect(pass(id, 'started', '2021-09-21')).rejects.toMatchObject({ code: 'ended' });
    const back = await office(lifecycle).revoke({ id, stage: 'withdrawn', reason: '恢复推进' });
    expect(back).toMatchObject({ stage: 'preparation', ended: null });
  });
  test('what has begun is terminated, not withdrawn', async () => {
    const { id } = await create({ stage: 'started', startActual: date('2021-01-01') });
    const input = { id, on: '2021-09-20', reason: '市场变化', approver: '王建', documents: decision };
    await expect(office(lifecycle).end({ ...input, to: 'withdrawn' })).rejects.toMatchObject({
      code: 'already_started',
    });
    expect((await office(lifecycle).end({ ...input, to: 'terminated' })).stage).toBe('terminated');
  });
});

test('whoever sees a project but may not move it gets the answer of a missing one; a filer is offered no button', async () => {
  const { id } = await create();
  const filer = city.as({ role: 'filer', unitIds: [county] });
  expect((await filer(lifecycle).life({ id })).allowed).toEqual([]);
  await expect(
    filer(lifecycle).move({ id, to: 'signed', on: '2021-01-01', documents: papers('signed') }),
  ).rejects.toMatchObject({ status: 403 });
  const elsewhere = city.as({ role: 'responsibleUnit', unitIds: [] });
  await expect(elsewhere(lifecycle).life({ id })).rejects.toMatchObject({ status: 404 });
  await expect(
    elsewhere(lifecycle).move({ id, to: 'signed', on: '2021-01-01', documents: papers('signed') }),
  ).rejects.toMatchObject({ status: 404 });
});

test('two people who pass the same gate: the second is told that it is passed', async () => {
  const { id } = await create({ board: '基础设施' });
  const results = await Promise.allSettled([
    pass(id, 'preparation', '2021-03-01'),
    pass(id, 'preparation', '2021-03-02'),
  ]);
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((r) => r.status === 'rejected')).toMatchObject({ reason: { code: 'already_passed' } });
});
