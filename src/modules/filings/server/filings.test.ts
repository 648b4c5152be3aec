import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { emptyContent, type FilingContent } from '../content.ts';
import { type DraftConflict, filings } from '../contract.ts';
import { insertAcceptedFilings, openCycle } from './public.ts';

const wan = (n: number): number => n * 10_000;
const countyA = newId();
const countyB = newId();

let city: TestCity;
let office: Caller;
let filer: Caller;
let stranger: Caller;
let clerkInOffice: Caller;

beforeAll(async () => {
  city = await testCity({ today: '2021-09-24' });
  office = city.as({ role: 'office', name: '刘敏' });
  clerkInOffice = city.as({ role: 'office', name: '陈立' });
  filer = city.as({ role: 'filer', name: '赵琳', unitIds: [countyA] });
  stranger = city.as({ role: 'filer', name: '沈涛', unitIds: [countyB] });
  // July must exist before the projects of the tests, so that nothing waits in it.
  await city.system((scope) => openCycle(scope, '2021-07', { isPast: true }));
});
afterAll(() => city.close());

/** A hospital with a plan of 12,000 万元 and eight accepted months of 1,000 each; September is open. */
async function hospital(name: string, more: { start?: string | null; months?: number } = {}) {
  const { start = '2020-05-01', months = 8 } = more;
  return city.system(async (scope) => {
    const [project] = await insertProjects(
      scope,
      [
        {
          name,
          ownerUnitId: countyA,
          totalYuan: wan(50_000),
          doneBeforeYuan: wan(6_000),
          stage: 'building',
          startActual: start === null ? null : { day: start, precision: 'day', text: null },
        },
      ],
      { kind: 'created' },
    );
    const projectId = project!.id;
    await setPlans(scope, [{ projectId, year: 2021, planYuan: wan(12_000), goal: null, curve: null }]);
    await insertAcceptedFilings(
      scope,
      Array.from({ length: months }, (_, i) => ({
        projectId,
        period: `2021-0${i + 1}`,
        monthYuan: wan(1_000),
        cumulativeYuan: wan(1_000 * (i + 1)),
        submittedAt: new Date(`2021-0${i + 1}-24T02:00:00Z`),
        submittedByName: '赵琳',
        acceptedAt: new Date(`2021-0${i + 1}-25T02:00:00Z`),
        acceptedByName: '刘敏',
        content: { imageProgress: `第 ${i + 1} 层完成` },
      })),
    );
    await openCycle(scope, '2021-09');
    return projectId;
  });
}

const september = (content: Partial<FilingContent> = {}): FilingContent => ({
  ...emptyContent,
  monthYuan: wan(1_200),
  cumulativeYuan: wan(9_200),
  imageProgress: '九层完成',
  ...content,
});
const filingOf = (projectId: string, who = filer) => who(filings).find({ projectId, period: '2021-09' });
const topicsOf = (projectId: string) =>
  city.system(async (scope) => {
    const { rows } = await sql<{ topic: string; unitIds: string[]; data: Record<string, unknown> }>`
      select topic, unit_ids, data from core.outbox where project_id = ${projectId} and topic like 'filings.%' order by id`.execute(
      scope.db,
    );
    return rows;
  });

test('a month is filed: everything known is filled in, drafted, submitted, returned with marked cells, mended and accepted', async () => {
  const projectId = await hospital('市中心医院');
  const opened = await filingOf(projectId);
  expect(opened).toMatchObject({
    state: 'opened',
    allowed: ['save', 'submit'],
    draft: { monthYuan: null, imageProgress: '第 8 层完成' },
    facts: { lastCumulativeYuan: wan(8_000), planMonthYuan: wan(1_000), beforeYearYuan: wan(6_000) },
    last: { period: '2021-08', content: { monthYuan: wan(1_000) } },
    dueAt: '2021-09-26T10:00:00.000Z',
  });

  const saved = await filer(filings).saveDraft({ id: opened.id, draftVersion: 0, content: september() });
  expect(saved).toMatchObject({ state: 'draft', draftVersion: 1 });
  const submitted = await filer(filings).submit({ id: opened.id, draftVersion: 1, content: september() });
  expect(submitted).toMatchObject({ state: 'submitted', seq: 1, latenessSeconds: 0, allowed: ['withdraw'] });

  const queue = await office(filings).review({});
  const waiting = queue.filings.find((f) => f.projectId === projectId)!;
  expect(waiting).toMatchObject({ monthYuan: wan(1_200), allowed: ['withdraw', 'return', 'accept'] });
  const returned = await office(filings).sendBack({
    id: opened.id,
    seq: 1,
    reason: '本月完成与监理计量单不符，请核对',
    cells: ['monthYuan', 'photos'],
  });
  expect(returned).toMatchObject({ state: 'returned' });

  const seen = await filingOf(projectId);
  expect(seen.returned).toMatchObject({
    reason: '本月完成与监理计量单不符，请核对',
    cells: ['monthYuan', 'photos'],
    by: '刘敏',
  });
  expect(seen.draft.monthYuan).toBe(wan(1_200));
  const mended = september({ monthYuan: wan(1_100), cumulativeYuan: wan(9_100) });
  await filer(filings).submit({ id: opened.id, draftVersion: seen.draftVersion, content: mended });
  const accepted = await office(filings).accept({ id: opened.id, seq: 2 });
  expect(accepted).toMatchObject({ state: 'accepted', returned: null, allowed: ['correct'] });
  expect(accepted.versions.map((v) => [v.seq, v.monthYuan, v.counts])).toEqual([
    [2, wan(1_100), true],
    [1, wan(1_200), false],
  ]);
  expect(accepted.acts.map((a) => a.event)).toEqual(['open', 'begin', 'submit', 'return', 'submit', 'accept']);

  const told = await topicsOf(projectId);
  expect(told.map((e) => e.topic)).toEqual([
    'filings.submitted',
    'filings.returned',
    'filings.submitted',
    'filings.accepted',
  ]);
  expect(told.at(-1)).toMatchObject({
    unitIds: [countyA],
    data: { period: '2021-09', monthYuan: wan(1_100), cumulativeYuan: wan(9_100), projectName: '市中心医院' },
  });
  const history = await filer(filings).history({ projectId });
  expect(history).toHaveLength(9);
  expect(history[0]).toMatchObject({ period: '2021-09', monthYuan: wan(1_100), acceptedBy: '刘敏' });
});

test('a filing that breaks the identity is refused with a sentence that says by how much, and nothing is written', async () => {
  const projectId = await hospital('城北水厂');
  const { id } = await filingOf(projectId);
  const wrong = september({ cumulativeYuan: wan(9_300) });
  await expect(filer(filings).submit({ id, draftVersion: 0, content: wrong })).rejects.toMatchObject({
    status: 422,
    code: 'hits_block',
    field: 'cumulativeYuan',
    words: { zh: '本年累计 ≠ 上月累计 + 本月完成：应为 9,200 万元，差 100 万元' },
  });
  expect(await filingOf(projectId)).toMatchObject({ state: 'opened', versions: [] });
});

test('a jump is submitted with a real explanation only, and money before the start only with the day of the start', async () => {
  const projectId = await hospital('港口二期', { start: null });
  const { id } = await filingOf(projectId);
  const jump = september({ monthYuan: wan(3_500), cumulativeYuan: wan(11_500) });
  const send = (content: FilingContent) => filer(filings).submit({ id, draftVersion: 0, content });
  await expect(send(jump)).rejects.toMatchObject({ field: 'startedOn' });
  const started = { ...jump, startedOn: '2021-02-18' };
  await expect(send(started)).rejects.toMatchObject({ field: 'monthYuan' });
  await expect(send({ ...started, explanations: { jump: '核实无误' } })).rejects.toMatchObject({ field: 'monthYuan' });
  const told = await send({ ...started, explanations: { jump: '岸桥设备集中到货，附到货签收单' } });
  expect(told.hits).toMatchObject([
    { rule: 'jump', explanation: '岸桥设备集中到货，附到货签收单' },
    { rule: 'noPhoto' },
  ]);
  await office(filings).accept({ id, seq: 1 });
  expect(await office(projects).get({ id: projectId })).toMatchObject({
    startActual: { day: '2021-02-18', precision: 'day' },
  });
});

test('a submission after the due moment is late by the second, and a return does not restart the clock', async () => {
  const projectId = await hospital('环湖公路');
  const { id } = await filingOf(projectId);
  await filer(filings).submit({ id, draftVersion: 0, content: september() });
  // The month was due three days ago, as seen from now.
  const due = new Date(city.host.clock.now().getTime() - 3 * 86_400_000);
  await city.system((scope) =>
    sql`update filings.cycle set due_at = ${due} where city_id = ${scope.cityId} and period = '2021-09'`.execute(
      scope.db,
    ),
  );
  try {
    await office(filings).sendBack({ id, seq: 1, reason: '形象进度请写清桩号' });
    const seen = await filingOf(projectId);
    expect(seen.dueAt).toBe(due.toISOString());
    const again = await filer(filings).submit({
      id,
      draftVersion: seen.draftVersion,
      content: september({ imageProgress: 'K0 至 K3 路基完成' }),
    });
    expect(again.versions.map((v) => v.latenessSeconds > 0)).toEqual([true, false]);
    expect(again.latenessSeconds).toBeGreaterThanOrEqual(3 * 86_400);
    expect(again.latenessSeconds).toBeLessThan(3 * 86_400 + 60);
  } finally {
    await city.system((scope) =>
      sql`update filings.cycle set due_at = '2021-09-26T10:00:00Z' where city_id = ${scope.cityId} and period = '2021-09'`.execute(
        scope.db,
      ),
    );
  }
});

test('two people on one draft: the second is shown both contents and nothing is lost', async () => {
  const projectId = await hospital('智慧公积金');
  const colleague = city.as({ role: 'filer', name: '钱进', unitIds: [countyA] });
  const { id } = await filingOf(projectId);
  await filer(filings).saveDraft({ id, draftVersion: 0, content: september() });
  const other = september({ monthYuan: wan(900), cumulativeYuan: wan(8_900) });
  const clash = await colleague(filings)
    .saveDraft({ id, draftVersion: 0, content: other })
    .catch((e) => e);
  expect(clash).toMatchObject({ status: 409, code: 'draft_conflict' });
  const both = clash.details as DraftConflict;
  expect([both.yours.monthYuan, both.theirs.monthYuan, both.by]).toEqual([wan(900), wan(1_200), '赵琳']);
  // Having compared, the second saves on top of what is there.
  await colleague(filings).saveDraft({ id, draftVersion: both.draftVersion, content: other });
  expect((await filingOf(projectId)).draft.monthYuan).toBe(wan(900));
});

test('the same save sent again after a lost answer is no conflict', async () => {
  const projectId = await hospital('湘阴虞公港');
  const { id } = await filingOf(projectId);
  await filer(filings).saveDraft({ id, draftVersion: 0, content: september() });
  expect(await filer(filings).saveDraft({ id, draftVersion: 0, content: september() })).toMatchObject({
    draftVersion: 1,
  });
});

test('a submission sent twice with one key is one version', async () => {
  const projectId = await hospital('平江抽水蓄能');
  const { id } = await filingOf(projectId);
  const idempotencyKey = newId();
  const send = () => filer(filings).submit({ id, draftVersion: 0, content: september() }, { idempotencyKey });
  const answers = await Promise.all([send(), send()]);
  await send();
  expect(answers.map((a) => a.seq)).toEqual([1, 1]);
  expect((await filingOf(projectId)).versions).toHaveLength(1);
});

test('another unit finds nothing: not in a list, not by id, not by a guessed photo', async () => {
  const projectId = await hospital('南湖游客中心');
  const { id } = await filingOf(projectId);
  const missing = { status: 404 };
  expect((await stranger(filings).mine({})).filings).toEqual([]);
  await expect(stranger(filings).get({ id })).rejects.toMatchObject(missing);
  await expect(stranger(filings).find({ projectId, period: '2021-09' })).rejects.toMatchObject(missing);
  await expect(stranger(filings).history({ projectId })).rejects.toMatchObject(missing);
  await expect(stranger(filings).check({ id })).rejects.toMatchObject(missing);
  await expect(stranger(filings).saveDraft({ id, draftVersion: 0, content: september() })).rejects.toMatchObject(
    missing,
  );
  await expect(stranger(filings).submit({ id, draftVersion: 0, content: september() })).rejects.toMatchObject(missing);
  await expect(stranger(filings).photo({ id, fileId: 'a'.repeat(64) })).rejects.toMatchObject(missing);
  const cycle = (await stranger(filings).cycles({})).find((c) => c.period === '2021-09');
  expect(cycle?.counts.total).toBe(0);
});

test('a filer cannot accept, and nobody accepts what they filed', async () => {
  const projectId = await hospital('防疫物资仓库');
  const { id } = await filingOf(projectId);
  await clerkInOffice(filings).submit({ id, draftVersion: 0, content: september() });
  await expect(filer(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ status: 403 });
  expect((await filingOf(projectId, clerkInOffice)).acceptRefusal?.zh).toBe('本人提交的填报须由他人审核');
  await expect(clerkInOffice(filings).accept({ id, seq: 1 })).rejects.toMatchObject({
    status: 409,
    code: 'own_filing',
  });
  await office(filings).accept({ id, seq: 1 });
});

test('the reviewer accepts the version that was on the screen, and two reviewers cannot both decide', async () => {
  const projectId = await hospital('三荷机场管廊');
  const { id } = await filingOf(projectId);
  await filer(filings).submit({ id, draftVersion: 0, content: september() });
  await filer(filings).withdraw({ id, seq: 1 });
  const seen = await filingOf(projectId);
  await filer(filings).submit({
    id,
    draftVersion: seen.draftVersion,
    content: september({ monthYuan: wan(1_300), cumulativeYuan: wan(9_300) }),
  });
  await expect(office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ code: 'newer_version' });
  const both = await Promise.allSettled([
    office(filings).accept({ id, seq: 2 }),
    clerkInOffice(filings).sendBack({ id, seq: 2, reason: '请补现场照片' }),
  ]);
  expect(both.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a 准强制 hit is let pass by its name or not at all', async () => {
  const projectId = await hospital('己内酰胺搬迁');
  const { id } = await filingOf(projectId);
  await city.system((scope) =>
    sql`update projects.project set total_yuan = ${wan(13_000)} where city_id = ${scope.cityId} and id = ${projectId}`.execute(
      scope.db,
    ),
  );
  const over = september({ explanations: { overTotal: '总投资调整已报批，批复在办理中' } });
  await filer(filings).submit({ id, draftVersion: 0, content: over });
  await expect(office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ code: 'waiver_needed' });
  const accepted = await office(filings).accept({ id, seq: 1, waived: ['overTotal'] });
  expect(accepted.acts.at(-1)).toMatchObject({ event: 'accept', waived: ['overTotal'], actorName: '刘敏' });
});

test('a filing whose last month changed under it is not accepted any more', async () => {
  const projectId = await hospital('大数据物流平台', { months: 7 });
  const august = await city
    .system((scope) => openCycle(scope, '2021-08'))
    .then(() => filer(filings).find({ projectId, period: '2021-08' }));
  await filer(filings).submit({
    id: august.id,
    draftVersion: 0,
    content: september({ monthYuan: wan(1_000), cumulativeYuan: wan(8_000) }),
  });
  const { id } = await filingOf(projectId);
  await filer(filings).submit({ id, draftVersion: 0, content: september() });
  await office(filings).sendBack({ id: august.id, seq: 1, reason: '监理计量单为 900 万元' });
  await expect(office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ code: 'hits_remain' });
});

test('a correction keeps both values with reason and approver, and the later months of the year follow', async () => {
  const projectId = await hospital('标准化厂房三期');
  const august = await office(filings).find({ projectId, period: '2021-08' });
  await expect(filer(filings).correct({ id: august.id, reason: '填错' })).rejects.toMatchObject({ status: 403 });
  const { id } = await filingOf(projectId);
  await filer(filings).submit({ id, draftVersion: 0, content: september() });
  await office(filings).accept({ id, seq: 1 });

  await office(filings).correct({ id: august.id, reason: '重复计入设备款 200 万元', cells: ['monthYuan'] });
  const open = await filer(filings).find({ projectId, period: '2021-08' });
  expect(open).toMatchObject({ state: 'returned', isCorrection: true, draft: { monthYuan: wan(1_000) } });
  expect((await filer(filings).history({ projectId }))[1]).toMatchObject({
    period: '2021-08',
    monthYuan: wan(1_000),
    isCorrection: true,
  });
  const right = { ...open.draft, monthYuan: wan(800), cumulativeYuan: wan(7_800) };
  await filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content: right });
  const done = await office(filings).accept({ id: open.id, seq: 2 });
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

  const later = await filingOf(projectId);
  expect(later).toMatchObject({ state: 'accepted', seq: 2, cumulativeYuan: wan(9_000), monthYuan: wan(1_200) });
  expect(later.versions).toMatchObject([
    { source: 'restated', cumulativeYuan: wan(9_000), counts: true },
    { source: 'filed', cumulativeYuan: wan(9_200), counts: false },
  ]);
  const counted = await city.system(
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
  const corrected = (await topicsOf(projectId)).filter((e) => e.topic === 'filings.corrected');
  expect(
    corrected.map((e) => [e.data.period, e.data.oldCumulativeYuan, e.data.cumulativeYuan, e.data.restated]),
  ).toEqual([
    ['2021-08', wan(8_000), wan(7_800), false],
    ['2021-09', wan(9_200), wan(9_000), true],
  ]);
});

test('several filings without a hit are accepted at once; one with a hit is left for a look', async () => {
  const [clean, remarked] = [await hospital('防洪工程'), await hospital('污水管网')];
  const picture = await filer.upload('site.png', onePixel);
  const photos = [{ fileId: picture.id, name: 'site.png', takenAt: '2021-09-20T02:00:00Z', lat: 29.37, lon: 113.13 }];
  const ids: string[] = [];
  for (const projectId of [clean, remarked]) {
    const { id } = await filingOf(projectId);
    ids.push(id);
    await filer(filings).submit({ id, draftVersion: 0, content: september(projectId === clean ? { photos } : {}) });
  }
  const result = await office(filings).acceptMany({ filings: ids.map((id) => ({ id, seq: 1 })) });
  expect(result.accepted).toEqual([ids[0]]);
  expect(result.refused).toMatchObject([{ id: ids[1], code: 'has_hits' }]);
  const photo = await office(filings).photo({ id: ids[0]!, fileId: picture.id, size: '160' });
  expect(photo.type).toBe('image/webp');
});

test('a file that somebody else brought cannot be attached', async () => {
  const projectId = await hospital('胥家桥物流园');
  const theirs = await stranger.upload('theirs.png', Uint8Array.of(...onePixel, 0));
  const { id } = await filingOf(projectId);
  const photos = [{ fileId: theirs.id.replace(/^./, (c) => (c === '0' ? '1' : '0')), name: 'x.png' }];
  await expect(
    filer(filings).saveDraft({ id, draftVersion: 0, content: { ...september(), photos } }),
  ).rejects.toMatchObject({ status: 404 });
});

test('ticked milestones reach the register when the filing is accepted, not before', async () => {
  const projectId = await hospital('高标准农田');
  const withMilestone = await office(projects).setMilestones({
    id: projectId,
    milestones: [{ name: '结构封顶', due: { day: '2021-09-30', precision: 'day', text: null }, actual: null }],
  });
  const milestoneId = withMilestone.milestones[0]!.id;
  const { id, milestones } = await filingOf(projectId);
  expect(milestones).toMatchObject([{ id: milestoneId, name: '结构封顶', dueOn: '2021-09-30', doneOn: null }]);
  await filer(filings).submit({
    id,
    draftVersion: 0,
    content: september({ milestones: [{ milestoneId, doneOn: '2021-09-22' }] }),
  });
  const before = await office(projects).get({ id: projectId });
  expect(before.milestones[0]!.actual).toBeNull();
  await office(filings).accept({ id, seq: 1 });
  const after = await office(projects).get({ id: projectId });
  expect(after.milestones[0]!.actual).toMatchObject({ day: '2021-09-22' });
});

test('opening a month again keeps its due moment and only takes in projects that came later', async () => {
  const before =
    (await office(filings).cycles({})).find((c) => c.period === '2021-10') ??
    (await office(filings).openCycle({ period: '2021-10' }));
  expect(before).toMatchObject({ dueRule: 'filing-monthly-25', dueAt: '2021-10-25T10:00:00.000Z' });
  const late = await hospital('后来的项目');
  const again = await office(filings).openCycle({
    period: '2021-10',
    exempt: [{ projectId: late, reason: '已完工，市政府专题会议免报' }],
  });
  expect([again.id, again.dueAt, again.counts.exempt]).toEqual([before.id, before.dueAt, before.counts.exempt + 1]);
  expect(again.counts.total).toBe(before.counts.total);
  const exempt = await filer(filings).find({ projectId: late, period: '2021-10' });
  expect(exempt).toMatchObject({ state: 'exempt', exemptReason: '已完工，市政府专题会议免报', allowed: [] });
  await expect(filer(filings).openCycle({ period: '2021-11' })).rejects.toMatchObject({ status: 403 });
});

test('a year without a published calendar has no due moment for a month to come', async () => {
  await expect(office(filings).openCycle({ period: '2031-01' })).rejects.toMatchObject({
    status: 422,
    code: 'CALENDAR_NOT_PUBLISHED',
  });
});

test('past months come in by the thousand once: the same rows again change nothing', async () => {
  const projectId = await hospital('老项目', { months: 0 });
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
  expect(await city.system((scope) => insertAcceptedFilings(scope, rows, '示例'))).toBe(2);
  expect(await city.system((scope) => insertAcceptedFilings(scope, rows, '示例'))).toBe(0);
  const december = await filer(filings).find({ projectId, period: '2020-12' });
  expect(december).toMatchObject({ state: 'accepted', versions: [{ source: '示例', counts: true }] });
  expect(december.latenessSeconds).toBeGreaterThan(0);
  // What was done in 2020 counts towards the total when 2021 is filed, and not towards the year.
  expect((await filingOf(projectId)).facts).toMatchObject({ beforeYearYuan: wan(6_200), lastCumulativeYuan: 0 });
});

const onePixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (c) => c.charCodeAt(0),
);
