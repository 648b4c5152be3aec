import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projects } from '#modules/projects/contract.ts';
import { updateProjects } from '#modules/projects/server/public.ts';
import { filings } from '../contract.ts';
import { insertAcceptedFilings } from './public.ts';
import { onePixel, type Story, statement, tellStory, wan } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await tellStory();
});
afterAll(() => story.city.close());

test('a correction keeps both values with reason and approver, and the later months of the year follow', async () => {
  const projectId = await story.hospital('标准化厂房三期');
  const august = await story.office(filings).find({ projectId, period: '2021-08' });
  await expect(story.filer(filings).correct({ id: august.id, reason: '填错' })).rejects.toMatchObject({ status: 403 });
  const { id } = await story.september(projectId);
  await story.filer(filings).submit({ id, draftVersion: 0, content: statement() });
  await story.office(filings).accept({ id, seq: 1 });

  await story.office(filings).correct({ id: august.id, reason: '重复计入设备款 200 万元', cells: ['monthYuan'] });
  const open = await story.filer(filings).find({ projectId, period: '2021-08' });
  expect(open).toMatchObject({ state: 'returned', isCorrection: true, draft: { monthYuan: wan(1_000) } });
  expect((await story.filer(filings).history({ projectId }))[1]).toMatchObject({
    period: '2021-08',
    monthYuan: wan(1_000),
    isCorrection: true,
  });
  const right = { ...open.draft, monthYuan: wan(800), cumulativeYuan: wan(7_800) };
  await story.filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content: right });
  const done = await story.office(filings).accept({ id: open.id, seq: 2 });
  expect(done.corrections).toMatchObject([
    {
      reason: '重复计入设备款 200 万元',
      requestedBy: '刘敏',
      approvedBy: '刘敏',
      oldMonthYuan: wan(1_000),
      newMonthYuan: wan(800),
    },
  ]);
  expect(done.versions.map((v) => v.counts)).toEqual([true, false]);

  const later = await story.september(projectId);
  expect(later).toMatchObject({ state: 'accepted', seq: 2, cumulativeYuan: wan(9_000), monthYuan: wan(1_200) });
  expect(later.versions).toMatchObject([
    { source: 'restated', cumulativeYuan: wan(9_000), counts: true },
    { source: 'filed', cumulativeYuan: wan(9_200), counts: false },
  ]);
  const counted = await story.city.system(
    async (scope) =>
      (
        await sql<{ period: string; cumulativeYuan: number }>`select period, cumulative_yuan from filings.pub_accepted
        where city_id = ${scope.cityId} and project_id = ${projectId} and period >= '2021-08' order by period`.execute(
          scope.db,
        )
      ).rows,
  );
  expect(counted).toEqual([
    { period: '2021-08', cumulativeYuan: wan(7_800) },
    { period: '2021-09', cumulativeYuan: wan(9_000) },
  ]);
  const corrected = (await story.told(projectId)).filter((e) => e.topic === 'filings.corrected');
  expect(
    corrected.map((e) => [e.data.period, e.data.oldCumulativeYuan, e.data.cumulativeYuan, e.data.restated]),
  ).toEqual([
    ['2021-08', wan(8_000), wan(7_800), false],
    ['2021-09', wan(9_200), wan(9_000), true],
  ]);
});

test('several filings without a hit are accepted at once; one with a hit is left for a look', async () => {
  const [clean, remarked] = [await story.hospital('防洪工程'), await story.hospital('污水管网')];
  const picture = await story.filer.upload('site.png', onePixel);
  const photos = [{ fileId: picture.id, name: 'site.png', takenAt: '2021-09-20T02:00:00Z', lat: 29.37, lon: 113.13 }];
  const ids: string[] = [];
  for (const projectId of [clean, remarked]) {
    const { id } = await story.september(projectId);
    ids.push(id);
    await story
      .filer(filings)
      .submit({ id, draftVersion: 0, content: statement(projectId === clean ? { photos } : {}) });
  }
  const result = await story.office(filings).acceptMany({ filings: ids.map((id) => ({ id, seq: 1 })) });
  expect(result.accepted).toEqual([ids[0]]);
  expect(result.refused).toMatchObject([{ id: ids[1], code: 'has_hits' }]);
  const photo = await story.office(filings).photo({ id: ids[0]!, fileId: picture.id, size: '160' });
  expect(photo.type).toBe('image/webp');
});

test('a file that somebody else brought cannot be attached', async () => {
  const projectId = await story.hospital('胥家桥物流园');
  const theirs = await story.stranger.upload('theirs.png', Uint8Array.of(...onePixel, 0));
  const { id } = await story.september(projectId);
  const photos = [{ fileId: theirs.id.replace(/^./, (c) => (c === '0' ? '1' : '0')), name: 'x.png' }];
  await expect(
    story.filer(filings).saveDraft({ id, draftVersion: 0, content: { ...statement(), photos } }),
  ).rejects.toMatchObject({ status: 404 });
});

test('ticked milestones reach the register when the filing is accepted, not before', async () => {
  const projectId = await story.hospital('高标准农田');
  const withMilestone = await story.office(projects).setMilestones({
    id: projectId,
    milestones: [{ name: '结构封顶', due: { day: '2021-09-30', precision: 'day', text: null }, actual: null }],
  });
  const milestoneId = withMilestone.milestones[0]!.id;
  const { id, milestones } = await story.september(projectId);
  expect(milestones).toMatchObject([{ id: milestoneId, name: '结构封顶', dueOn: '2021-09-30', doneOn: null }]);
  await story.filer(filings).submit({
    id,
    draftVersion: 0,
    content: statement({ milestones: [{ milestoneId, doneOn: '2021-09-22' }] }),
  });
  const before = await story.office(projects).get({ id: projectId });
  expect(before.milestones[0]!.actual).toBeNull();
  await story.office(filings).accept({ id, seq: 1 });
  const after = await story.office(projects).get({ id: projectId });
  expect(after.milestones[0]!.actual).toMatchObject({ day: '2021-09-22' });
});

test('opening a month again keeps its due moment and only takes in projects that came later', async () => {
  const before =
    (await story.office(filings).cycles({})).find((c) => c.period === '2021-10') ??
    (await story.office(filings).openCycle({ period: '2021-10' }));
  expect(before).toMatchObject({ dueRule: 'filing-monthly-25', dueAt: '2021-10-25T10:00:00.000Z' });
  const late = await story.hospital('后来的项目');
  const again = await story.office(filings).openCycle({
    period: '2021-10',
    exempt: [{ projectId: late, reason: '已完工，市政府专题会议免报' }],
  });
  expect([again.id, again.dueAt, again.counts.exempt]).toEqual([before.id, before.dueAt, before.counts.exempt + 1]);
  expect(again.counts.total).toBe(before.counts.total);
  const exempt = await story.filer(filings).find({ projectId: late, period: '2021-10' });
  const told = await story.city.system(
    async (scope) =>
      (
        await sql<{ unitIds: string[]; data: object }>`select unit_ids, data from core.outbox
          where topic = 'filings.opened' and data ->> 'period' = '2021-10' order by id`.execute(scope.db)
      ).rows,
  );
  expect(told.at(-1)).toMatchObject({ unitIds: [story.countyA], data: { added: 1 } });
  expect(exempt).toMatchObject({ state: 'exempt', exemptReason: '已完工，市政府专题会议免报', allowed: [] });
  await expect(story.filer(filings).openCycle({ period: '2021-11' })).rejects.toMatchObject({ status: 403 });
});

test('a year without a published calendar has no due moment for a month to come', async () => {
  await expect(story.office(filings).openCycle({ period: '2031-01' })).rejects.toMatchObject({
    status: 422,
    code: 'CALENDAR_NOT_PUBLISHED',
  });
});

test('past months come in by the thousand once: the same rows again change nothing', async () => {
  const projectId = await story.hospital('老项目', { months: 0 });
  const rows = ['2020-11', '2020-12'].map((period, i) => ({
    projectId,
    period,
    monthYuan: wan(100),
    cumulativeYuan: wan(100 * (i + 1)),
    submittedAt: new Date(`${period}-27T02:00:00Z`),
    submittedByName: '赵琳',
    acceptedAt: new Date(`${period}-28T02:00:00Z`),
    acceptedByName: '刘敏',
  }));
  expect(await story.city.system((scope) => insertAcceptedFilings(scope, rows, '示例'))).toBe(2);
  expect(await story.city.system((scope) => insertAcceptedFilings(scope, rows, '示例'))).toBe(0);
  const december = await story.filer(filings).find({ projectId, period: '2020-12' });
  expect(december).toMatchObject({ state: 'accepted', versions: [{ source: '示例', counts: true }] });
  expect(december.latenessSeconds).toBeGreaterThan(0);
  // 至上年底累计 was stated in 2021, so the months of 2020 are in it already; none of them counts towards this year.
  expect((await story.september(projectId)).facts).toMatchObject({ beforeYearYuan: wan(6_000), lastCumulativeYuan: 0 });
  await story.city.system((scope) =>
    updateProjects(scope, [{ id: projectId, changes: { doneBeforeYuan: null } }], {
      kind: 'changed',
      reason: '未统计',
    }),
  );
  expect((await story.september(projectId)).facts).toMatchObject({ beforeYearYuan: wan(200) });
});
