import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerExportMark } from '#core/server/export-mark.ts';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { cellText } from '#core/shared/sheet.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { schedules } from '../contract.ts';
import { readMspdi } from '../mspdi-read.ts';
import type { Content } from '../shapes.ts';
import { tasksOf, templates } from '../templates.ts';
import { backward, forward, task } from '../testing/example.ts';

let city: TestCity;
let office: Caller;
let county: string;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office', name: '刘敏' });
  county = await city.system(async (scope) => (await ensureUnit(scope, { name: '云溪区', kind: 'county' })).id);
});
afterAll(() => city.close());

const newProject = async (name = '示例厂房') => (await office(projects).create({ name, countyUnitId: county })).id;
const house: Content = backward('2021-12-31', [
  task(1, 0, [], { name: '开工' }),
  task(2, 20, [1], { name: '基础' }),
  task(3, 40, [2], { name: '主体' }),
  task(4, 0, [3], { name: '封顶' }),
]);
const fixed = async (content = house) => {
  const id = await newProject();
  await office(schedules).saveDraft({ id, draftVersion: 0, content });
  return office(schedules).fix({ id, draftVersion: 1, reason: '总指挥部会议定事项', approver: '王指挥长' });
};

test('a project without a schedule answers with an empty one, the calendar and what may be done', async () => {
  const id = await newProject();
  expect(await office(schedules).get({ id })).toMatchObject({
    draft: null,
    draftVersion: 0,
    versions: [],
    current: null,
    nextUid: 1,
    allowed: ['edit', 'progress', 'fix'],
  });
  const { city: days } = await office(schedules).get({ id });
  expect(days.years).toContain(2021);
  expect(days.work).toContain('2021-09-26');
});

test('a draft is fixed as version 1 with reason and approver, and the dates are frozen with it', async () => {
  const schedule = await fixed();
  expect(schedule).toMatchObject({ draft: null, versions: [{ seq: 1, approver: '王指挥长', actorName: '刘敏' }] });
  expect(schedule.current).toMatchObject({ finish: '2021-12-31', promised: '2021-12-31', start: '2021-10-11' });
  expect(schedule.current!.dates.map((d) => [d.uid, d.start, d.finish])).toEqual([
    [1, '2021-10-11', '2021-10-11'],
    [2, '2021-10-11', '2021-11-05'],
    [3, '2021-11-08', '2021-12-31'],
    [4, '2021-12-31', '2021-12-31'],
  ]);
});

test('without reason or approver nothing is fixed, nor without a draft', async () => {
  const id = await newProject();
  await office(schedules).saveDraft({ id, draftVersion: 0, content: house });
  const fix = (reason: string, approver: string, draftVersion = 1) =>
    office(schedules).fix({ id, draftVersion, reason, approver });
  await expect(fix('', '王')).rejects.toMatchObject({ status: 400, field: 'reason' });
  await expect(fix('调整', '')).rejects.toMatchObject({ status: 400, field: 'approver' });
  await fix('调整', '王指挥长');
  await expect(fix('再来', '王指挥长', 2)).rejects.toMatchObject({ code: 'no_draft' });
});

test('a second version leaves the first readable as it was, and the baseline stays the first', async () => {
  const { project, draftVersion } = await fixed();
  const id = project.id;
  const later = { ...house, promised: '2022-01-31' };
  const saved = await office(schedules).saveDraft({ id, draftVersion, content: later });
  expect(saved.draft).toMatchObject({ promised: '2022-01-31' });
  const after = await office(schedules).fix({
    id,
    draftVersion: saved.draftVersion,
    reason: '征拆滞后',
    approver: '王指挥长',
  });
  expect(after.versions.map((v) => [v.seq, v.finish])).toEqual([
    [2, '2022-01-30'],
    [1, '2021-12-31'],
  ]);
  expect(after.baseline).toMatchObject({ seq: 1, finish: '2021-12-31' });
  expect(await office(schedules).version({ id, seq: 1 })).toMatchObject({
    content: house,
    reason: '总指挥部会议定事项',
  });
  await expect(office(schedules).version({ id, seq: 3 })).rejects.toMatchObject({ status: 404 });
});

test('a frozen version does not move when the calendar is edited afterwards', async () => {
  const { project } = await fixed();
  const { calendar } = await import('#modules/calendar/contract.ts');
  await office(calendar).editDay({ day: '2021-11-10', mark: 'off', name: '市庆日', reason: '市政府放假通知（示例）' });
  const again = await office(schedules).get({ id: project.id });
  expect(again.city.off).toContain('2021-11-10');
  expect(again.current!.start).toBe('2021-10-11');
  await office(calendar).editDay({ day: '2021-11-10', mark: 'plain', reason: '撤回' });
});

test('a circle is refused with the names of its tasks, and the draft before it stays', async () => {
  const id = await newProject();
  await office(schedules).saveDraft({ id, draftVersion: 0, content: house });
  const looped = { ...house, tasks: house.tasks.map((t) => (t.uid === 2 ? task(2, 20, [4], { name: '基础' }) : t)) };
  await expect(office(schedules).saveDraft({ id, draftVersion: 1, content: looped })).rejects.toMatchObject({
    status: 422,
    code: 'schedule_loop',
    words: {
      zh: expect.stringMatching(
        /“3 主体” → “4 封顶” → “2 基础”|“2 基础” → “3 主体” → “4 封顶”|“4 封顶” → “2 基础” → “3 主体”/,
      ),
    },
  });
  expect(await office(schedules).get({ id })).toMatchObject({ draftVersion: 1, draft: house });
});

test('a plan that reaches a year without a calendar can be kept, not fixed; in calendar days it can', async () => {
  const id = await newProject();
  const far = forward('2030-01-01', house.tasks);
  await office(schedules).saveDraft({ id, draftVersion: 0, content: far });
  const fix = (draftVersion: number) =>
    office(schedules).fix({ id, draftVersion, reason: '远期计划', approver: '王指挥长' });
  await expect(fix(1)).rejects.toMatchObject({
    code: 'schedule_calendar',
    words: { zh: expect.stringContaining('排到了 2030 年，该年的放假安排尚未发布') },
  });
  await office(schedules).saveDraft({ id, draftVersion: 1, content: { ...far, calendar: 'everyDay' } });
  expect((await fix(2)).current).toMatchObject({ start: '2030-01-01', finish: '2030-03-01' });
});

test('two people who edit the same draft: the second is told, and nothing of the first is lost', async () => {
  const id = await newProject();
  await office(schedules).saveDraft({ id, draftVersion: 0, content: house });
  const clerk = city.as({ role: 'filer', name: '张科', unitIds: [county] });
  const later = { ...house, promised: '2022-03-31' };
  await clerk(schedules).saveDraft({ id, draftVersion: 1, content: later });
  await expect(office(schedules).saveDraft({ id, draftVersion: 1, content: house })).rejects.toMatchObject({
    status: 409,
    code: 'stale_draft',
    words: { zh: expect.stringContaining('张科') },
  });
  expect((await office(schedules).get({ id })).draft!.promised).toBe('2022-03-31');
});

test('actual dates are kept apart from versions, each change with who and what stood before', async () => {
  const { project } = await fixed();
  const id = project.id;
  const clerk = city.as({ role: 'filer', name: '张科', unitIds: [county] });
  const running = { uid: 2, actualStart: '2021-09-20', actualFinish: null, percent: 40 };
  await clerk(schedules).setProgress({ id, progress: [running], note: '土方外运受阻' });
  await clerk(schedules).setProgress({ id, progress: [running] });
  const done = { uid: 2, actualStart: '2021-09-20', actualFinish: '2021-09-25', percent: 100 };
  expect((await clerk(schedules).setProgress({ id, progress: [done] })).progress).toEqual([done]);
  const history = await office(schedules).progressHistory({ id });
  expect(history).toMatchObject([
    {
      taskName: '基础',
      actorName: '张科',
      before: { percent: 40 },
      after: { percent: 100, actualFinish: '2021-09-25' },
    },
    { before: null, after: { percent: 40 }, note: '土方外运受阻' },
  ]);
  const rows = await city.system((scope) =>
    sql<{ name: string; percent: number; actual_finish: string }>`
      select name, percent, actual_finish::text from schedules.pub_task where project_id = ${id} and percent > 0`.execute(
      scope.db,
    ),
  );
  expect(rows.rows).toMatchObject([{ name: '基础', percent: 100 }]);
});

test.each([
  ['in_the_future', { actualStart: '2021-09-27', actualFinish: null, percent: 10 }],
  ['start_missing', { actualStart: null, actualFinish: '2021-09-20', percent: 100 }],
  ['start_missing', { actualStart: null, actualFinish: null, percent: 10 }],
  ['finish_before_start', { actualStart: '2021-09-20', actualFinish: '2021-09-10', percent: 100 }],
  ['percent_open', { actualStart: '2021-09-01', actualFinish: '2021-09-10', percent: 80 }],
  ['finish_missing', { actualStart: '2021-09-01', actualFinish: null, percent: 100 }],
])('progress that contradicts itself is refused: %s', async (code, rest) => {
  const { project } = await fixed();
  const refused = office(schedules).setProgress({ id: project.id, progress: [{ uid: 2, ...rest }] });
  await expect(refused).rejects.toMatchObject({ status: 422, code });
});

test('a unit sees and drafts its own schedules, but does not fix them; another unit finds nothing', async () => {
  const { project } = await fixed();
  const clerk = city.as({ role: 'filer', unitIds: [county] });
  expect((await clerk(schedules).get({ id: project.id })).allowed).toEqual(['edit', 'progress']);
  const fix = clerk(schedules).fix({ id: project.id, draftVersion: 2, reason: '自行调整', approver: '自己' });
  await expect(fix).rejects.toMatchObject({ status: 403 });
  const stranger = city.as({ role: 'filer', unitIds: [] });
  await expect(stranger(schedules).get({ id: project.id })).rejects.toMatchObject({ status: 404 });
  const inspector = city.as({ role: 'inspector' });
  expect((await inspector(schedules).get({ id: project.id })).allowed).toEqual([]);
});

test('a uid that was used is not given again after its task is gone', async () => {
  const { project, draftVersion } = await fixed();
  const shorter = { ...house, tasks: house.tasks.slice(0, 2) };
  const saved = await office(schedules).saveDraft({ id: project.id, draftVersion, content: shorter });
  expect(saved.nextUid).toBe(5);
});

test('the Excel has the tasks, a column for each month, and flags where work is done or overdue', async () => {
  const overdue = forward('2021-08-02', house.tasks);
  const { project } = await fixed(overdue);
  const done = { uid: 1, actualStart: '2021-08-02', actualFinish: '2021-08-02', percent: 100 };
  await office(schedules).setProgress({ id: project.id, progress: [done] });
  registerExportMark('test', async (_scope, period) => ({ zh: `示例快照 ${period}`, en: `sample snapshot ${period}` }));
  const blob = await office(schedules).exportTable({ id: project.id });
  const { sheets } = await readWorkbook(new Uint8Array(await blob.arrayBuffer()));
  const rows = sheets[0]!.rows.map((row) => row.map(cellText));
  expect(rows[0]![0]).toBe('示例厂房倒排工期表');
  expect(rows[2]!.slice(12)).toEqual(['2021年']);
  expect(rows[3]!.slice(12)).toEqual(['8月', '9月', '10月']);
  const byName = new Map(rows.slice(4).map((row) => [row[1]?.trim(), row]));
  expect(byName.get('开工')!.slice(12)).toEqual(['◆ 红旗']);
  expect(byName.get('基础')!.slice(5, 7)).toEqual(['2021-08-02', '2021-08-27']);
  expect(byName.get('基础')!.slice(12)).toEqual(['■ 黑旗']);
  // Like every sheet it says which frozen month stood when it was printed.
  expect(rows.at(-1)![0]).toBe('示例快照 2021-09');
});

test('the XML of MS Project reads back to the schedule, with actual dates', async () => {
  const content = backward('2022-12-31', tasksOf(templates[0]!));
  const { project } = await fixed(content);
  const done = { uid: 2, actualStart: '2021-09-01', actualFinish: null, percent: 50 };
  await office(schedules).setProgress({ id: project.id, progress: [done] });
  const xml = await (await office(schedules).exportProject({ id: project.id })).text();
  const back = readMspdi(xml);
  expect(back.content.tasks).toEqual(content.tasks);
  expect(back.content).toMatchObject({ direction: 'backward', promised: '2022-12-31' });
  expect(back.progress).toEqual([done]);
});

test('fixing and progress are told to those who may see the project', async () => {
  const { project } = await fixed();
  const { rows } = await city.system((scope) =>
    sql<{ topic: string; data: { seq: number } }>`
      select topic, data from core.outbox where project_id = ${project.id} and topic like 'schedules.%'`.execute(
      scope.db,
    ),
  );
  expect(rows).toEqual([{ topic: 'schedules.fixed', data: { seq: 1, finish: '2021-12-31' } }]);
});
