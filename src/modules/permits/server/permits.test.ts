import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { type Plan, permits } from '../contract.ts';
import { insertPermitPlans } from './public.ts';

let city: TestCity;
let unitId: string;
beforeAll(async () => {
  city = await testCity();
  ({ headquartersId: unitId } = await city.system((scope) =>
    insertCityOrganization(scope, { headquartersName: '总指挥部', validFrom: '2020-01-01', regions: yueyangRegions }),
  ));
});
afterAll(() => city?.close());

const office = () => city.as({ role: 'office', name: '刘敏' });
const api = () => office()(permits);
const newProject = async (name: string) => (await office()(projects).create({ name })).id;
const planned = async (name: string, template = 'approved-building') =>
  api().makePlan({ projectId: await newProject(name), template });
const find = (plan: Plan, code: string) => plan.steps.find((step) => step.code === code)!;
const move = (plan: Plan, code: string, event: Parameters<ReturnType<typeof api>['move']>[0]['event'], rest = {}) =>
  api().move({ id: find(plan, code).id, version: find(plan, code).version, event, ...rest });

test('a plan begins with what can be accepted, and says what waits for what', async () => {
  const plan = await planned('示例学校');
  expect(plan.template).toMatchObject({ name: { zh: '审批制 · 房建' }, version: 0 });
  expect(find(plan, 'siteReview')).toMatchObject({ state: 'ready', blocks: ['approval', 'forest'], isReference: true });
  expect(find(plan, 'landUse')).toMatchObject({ state: 'blocked', blockedBy: ['approval'], light: 'idle' });
  expect(plan.earliest!.chain.map((link) => link.code)).toEqual([
    'siteReview',
    'approval',
    'landUse',
    'planning',
    'drawings',
    'bidding',
    'supervision',
    'constructionPermit',
  ]);
});

test('a step is accepted, suspended, resumed and done; days and due day follow', async () => {
  let plan = await planned('示例医院');
  plan = await move(plan, 'siteReview', 'accept', { on: '2021-09-06', documentNo: '受理〔2021〕1号' });
  expect(find(plan, 'siteReview')).toMatchObject({ state: 'running', usedDays: 14, leftDays: 6, dueOn: '2021-10-09' });
  await expect(move(plan, 'siteReview', 'suspend')).rejects.toMatchObject({ code: 'reason_missing' });
  plan = await move(plan, 'siteReview', 'suspend', { on: '2021-09-13', reason: '补充占用耕地说明' });
  expect(find(plan, 'siteReview')).toMatchObject({ state: 'suspended', dueOn: null, light: 'warn', usedDays: 5 });
  await expect(move(plan, 'siteReview', 'resume', { on: '2021-09-10' })).rejects.toMatchObject({
    code: 'before_earlier',
  });
  plan = await move(plan, 'siteReview', 'resume', { on: '2021-09-24' });
  expect(find(plan, 'siteReview')).toMatchObject({ state: 'running', usedDays: 6, leftDays: 14 });
  plan = await move(plan, 'siteReview', 'finish', { on: '2021-09-26', documentNo: '岳自然资预审〔2021〕示例8号' });
  expect(find(plan, 'siteReview')).toMatchObject({ state: 'done', usedDays: 6, doneOn: '2021-09-26' });
  expect(find(plan, 'approval')).toMatchObject({ state: 'ready', blockedBy: [] });
  const history = await api().history({ projectId: plan.projectId });
  expect(history.map((event) => event.event)).toEqual(['finish', 'resume', 'suspend', 'accept']);
});

test('finishing needs the document, accepting ahead of the prerequisites a ground, and days stay in order', async () => {
  let plan = await planned('示例道路', 'approved-linear');
  await expect(move(plan, 'landUse', 'accept')).rejects.toMatchObject({
    code: 'blocked',
    words: { zh: '前置手续尚未办结：可研批复。确属容缺受理的，请写明依据' },
  });
  plan = await move(plan, 'landUse', 'accept', { on: '2021-09-01', reason: '容缺受理通知书〔2021〕示例3号' });
  expect(find(plan, 'landUse')).toMatchObject({ state: 'running', note: '容缺受理通知书〔2021〕示例3号' });
  await expect(move(plan, 'landUse', 'finish')).rejects.toMatchObject({ code: 'evidence_missing' });
  await expect(move(plan, 'landUse', 'finish', { on: '2021-08-31', documentNo: 'x' })).rejects.toMatchObject({
    code: 'before_earlier',
  });
  await expect(move(plan, 'landUse', 'finish', { on: '2021-09-27', documentNo: 'x' })).rejects.toMatchObject({
    code: 'future_day',
  });
  const clerk = office();
  const file = await clerk.upload('用地规划许可证.txt', new TextEncoder().encode('许可证'));
  plan = await clerk(permits).move({
    id: find(plan, 'landUse').id,
    version: 2,
    event: 'finish',
    file: { fileId: file.id, name: file.name },
  });
  expect(find(plan, 'landUse').file).toEqual({ fileId: file.id, name: '用地规划许可证.txt' });
  const answer = await clerk.request(`/api/permits/projects/${plan.projectId}/files/${file.id}`);
  expect(await answer.text()).toBe('许可证');
  await expect(move(plan, 'landUse', 'suspend', { reason: '试试' })).rejects.toMatchObject({ code: 'not_now' });
});

test('a correction keeps both values and its reason; a stale screen is told', async () => {
  const first = await planned('示例厂房', 'filed-industrial');
  const accepted = await move(first, 'approval', 'accept', { on: '2021-09-20' });
  await expect(move(first, 'approval', 'accept')).rejects.toMatchObject({ code: 'changed_meanwhile' });
  await expect(move(accepted, 'approval', 'correct', { on: '2021-09-10' })).rejects.toMatchObject({
    code: 'reason_missing',
  });
  const corrected = await move(accepted, 'approval', 'correct', { on: '2021-09-10', reason: '回执日期登记错误' });
  expect(find(corrected, 'approval')).toMatchObject({ acceptedOn: '2021-09-10', state: 'overdue', light: 'late' });
  const [event] = await api().history({ projectId: first.projectId });
  expect(event).toMatchObject({
    event: 'correct',
    reason: '回执日期登记错误',
    changes: [{ field: 'acceptedOn', before: '2021-09-20', after: '2021-09-10' }],
  });
});

test('a limit that is changed names its ground and is no 参考 any more; what is not needed lets the next begin', async () => {
  let plan = await planned('示例水厂');
  await expect(move(plan, 'siteReview', 'assign', { limitDays: 5 })).rejects.toMatchObject({ code: 'reason_missing' });
  plan = await move(plan, 'siteReview', 'assign', { limitDays: 5, unitId, reason: '岳阳市承诺时限（示例）' });
  expect(find(plan, 'siteReview')).toMatchObject({
    limitDays: 5,
    isReference: false,
    basis: '岳阳市承诺时限（示例）',
    unit: { id: unitId, name: '总指挥部' },
  });
  plan = await move(plan, 'siteReview', 'skip', { reason: '不新增用地' });
  expect(find(plan, 'approval').state).toBe('ready');
  plan = await move(plan, 'siteReview', 'include', { reason: '需新增用地' });
  expect(find(plan, 'approval').state).toBe('blocked');
});

test('a plan is made anew only while nothing is on record', async () => {
  const plan = await planned('示例改版项目');
  const other = await api().makePlan({ projectId: plan.projectId, template: 'filed-building' });
  expect(other.steps.map((step) => step.code)).not.toContain('siteReview');
  await move(other, 'approval', 'accept');
  await expect(api().makePlan({ projectId: plan.projectId, template: 'approved-building' })).rejects.toMatchObject({
    code: 'plan_begun',
  });
});

test('a city changes a template: plans made before keep their limits, a circle is refused', async () => {
  const before = await planned('示例旧计划', 'verified-industrial');
  const { templates } = await api().templates({});
  const template = templates.find((t) => t.code === 'verified-industrial')!;
  const steps = template.steps.map((step) =>
    step.code === 'approval' ? { ...step, limitDays: 8, basis: '岳政办发〔2021〕示例5号' } : step,
  );
  const circle = steps.map((step) => (step.code === 'siteReview' ? { ...step, after: ['approval'] } : step));
  const save = { code: template.code, version: 0, reason: '压缩审批时限' };
  await expect(api().saveTemplate({ ...save, steps: circle })).rejects.toMatchObject({ code: 'circle' });
  const saved = await api().saveTemplate({ ...save, steps });
  expect(saved).toMatchObject({ version: 1, actorName: '刘敏' });
  expect(saved.steps.filter((step) => !step.isReference).map((step) => step.code)).toEqual(['approval']);
  await expect(api().saveTemplate({ ...save, steps })).rejects.toMatchObject({ code: 'changed_meanwhile' });
  expect(find(await api().plan({ projectId: before.projectId }), 'approval').limitDays).toBe(20);
  expect(find(await planned('示例新计划', 'verified-industrial'), 'approval').limitDays).toBe(8);
});

test('loaded plans, the list of late steps and the view tell the same', async () => {
  const [late, fine] = [await newProject('示例超期项目'), await newProject('示例按期项目')];
  const count = await city.system((scope) =>
    insertPermitPlans(scope, [
      {
        projectId: late,
        template: 'filed-industrial',
        steps: {
          approval: { phase: 'done', acceptedOn: '2021-05-06', doneOn: '2021-05-07', documentNo: '示例1' },
          landUse: { phase: 'running', acceptedOn: '2021-08-02', unitId },
        },
      },
      {
        projectId: fine,
        template: 'filed-industrial',
        steps: {
          approval: { phase: 'done', acceptedOn: '2021-05-06', doneOn: '2021-05-20', documentNo: '示例2', unitId },
          landUse: {
            phase: 'running',
            acceptedOn: '2021-08-02',
            suspensions: [{ fromOn: '2021-08-03', resumedOn: '2021-09-24', reason: '补充图件' }],
          },
        },
      },
    ]),
  );
  expect(count).toBe(2);
  const found = await api().owners({});
  const own = found.owners.find((owner) => owner.unit?.id === unitId)!;
  expect(own).toMatchObject({ name: '总指挥部', running: 1, finished: 1, finishedInTime: 0 });
  expect(own.overdue).toMatchObject([
    { projectId: late, name: { zh: '建设用地规划许可证' }, state: 'overdue', dueOn: '2021-08-30' },
  ]);
  expect(own.overdue[0]!.leftDays).toBe(own.overdue[0]!.limitDays - own.overdue[0]!.usedDays);
  expect(found.states.overdue).toBeGreaterThanOrEqual(1);
  const { rows } = await city.system((scope) =>
    sql`select step, state, due_on from permits.pub_step where project_id = ${late} and state <> 'blocked' and state <> 'ready' order by step`.execute(
      scope.db,
    ),
  );
  expect(rows).toEqual([
    { step: 'approval', state: 'done', dueOn: '2021-05-07' },
    { step: 'landUse', state: 'overdue', dueOn: '2021-08-30' },
  ]);
});

test('a filer records what happens to its own project and no other', async () => {
  const plan = await planned('示例填报项目');
  const other = await planned('示例他人项目');
  const filer = city.as({ role: 'filer', projectIds: [plan.projectId] })(permits);
  const id = find(plan, 'siteReview').id;
  expect(find(await filer.move({ id, version: 1, event: 'accept' }), 'siteReview').state).toBe('running');
  const foreign = { id: find(other, 'siteReview').id, version: 1, event: 'accept' as const };
  await expect(filer.move(foreign)).rejects.toMatchObject({ status: 404, code: 'not_found' });
  await expect(filer.saveTemplate({ code: 'x', version: 0, steps: [], reason: '试试' })).rejects.toMatchObject({
    status: 403,
  });
  const leader = city.as({ role: 'leader' })(permits);
  expect((await leader.plan({ projectId: plan.projectId })).steps.flatMap((step) => step.allowed)).toEqual([]);
});
