import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#core/shared/id.ts';
import { projects } from '#modules/projects/contract.ts';
import type { FilingContent } from '../content.ts';
import { type DraftConflict, filings } from '../contract.ts';
import { openCycle } from './public.ts';
import { type Story, statement, tellStory, wan } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await tellStory();
});
afterAll(() => story.city.close());

test('a month is filed: everything known is filled in, drafted, submitted, returned with marked cells, mended and accepted', async () => {
  const projectId = await story.hospital('市中心医院');
  const opened = await story.september(projectId);
  expect(opened).toMatchObject({
    state: 'opened',
    allowed: ['save', 'check', 'submit'],
    draft: { monthYuan: null, imageProgress: '第 8 层完成' },
    facts: { lastCumulativeYuan: wan(8_000), planMonthYuan: wan(1_000), beforeYearYuan: wan(6_000) },
    last: { period: '2021-08', content: { monthYuan: wan(1_000) } },
    dueAt: '2021-09-26T10:00:00.000Z',
  });

  const saved = await story.filer(filings).saveDraft({ id: opened.id, draftVersion: 0, content: statement() });
  expect(saved).toMatchObject({ state: 'draft', draftVersion: 1 });
  const submitted = await story.filer(filings).submit({ id: opened.id, draftVersion: 1, content: statement() });
  expect(submitted).toMatchObject({ state: 'submitted', seq: 1, latenessSeconds: 0, allowed: ['withdraw'] });

  const queue = await story.office(filings).review({});
  const waiting = queue.filings.find((f) => f.projectId === projectId)!;
  expect(waiting).toMatchObject({ monthYuan: wan(1_200), allowed: ['withdraw', 'return', 'accept'] });
  const returned = await story.office(filings).sendBack({
    id: opened.id,
    seq: 1,
    reason: '本月完成与监理计量单不符，请核对',
    cells: ['monthYuan', 'photos'],
  });
  expect(returned).toMatchObject({ state: 'returned' });

  const seen = await story.september(projectId);
  expect(seen.returned).toMatchObject({
    reason: '本月完成与监理计量单不符，请核对',
    cells: ['monthYuan', 'photos'],
    by: '刘敏',
  });
  expect(seen.draft.monthYuan).toBe(wan(1_200));
  const mended = statement({ monthYuan: wan(1_100), cumulativeYuan: wan(9_100) });
  await story.filer(filings).submit({ id: opened.id, draftVersion: seen.draftVersion, content: mended });
  const accepted = await story.office(filings).accept({ id: opened.id, seq: 2 });
  expect(accepted).toMatchObject({ state: 'accepted', returned: null, allowed: ['correct'] });
  expect(accepted.versions.map((v) => [v.seq, v.monthYuan, v.counts])).toEqual([
    [2, wan(1_100), true],
    [1, wan(1_200), false],
  ]);
  expect(accepted.acts.map((a) => a.event)).toEqual(['open', 'begin', 'submit', 'return', 'submit', 'accept']);

  const told = await story.told(projectId);
  expect(told.map((e) => e.topic)).toEqual([
    'filings.submitted',
    'filings.returned',
    'filings.submitted',
    'filings.accepted',
  ]);
  expect(told.at(-1)).toMatchObject({
    unitIds: [story.countyA],
    data: { period: '2021-09', monthYuan: wan(1_100), cumulativeYuan: wan(9_100), projectName: '市中心医院' },
  });
  const history = await story.filer(filings).history({ projectId });
  expect(history).toHaveLength(9);
  expect(history[0]).toMatchObject({ period: '2021-09', monthYuan: wan(1_100), acceptedBy: '刘敏' });
});

test('a filing that breaks the identity is refused with a sentence that says by how much, and nothing is written', async () => {
  const projectId = await story.hospital('城北水厂');
  const { id } = await story.september(projectId);
  const wrong = statement({ cumulativeYuan: wan(9_300) });
  await expect(story.filer(filings).submit({ id, draftVersion: 0, content: wrong })).rejects.toMatchObject({
    status: 422,
    code: 'hits_block',
    field: 'cumulativeYuan',
    words: { zh: '本年累计 ≠ 上月累计 + 本月完成：应为 9,200 万元，差 100 万元' },
  });
  expect(await story.september(projectId)).toMatchObject({ state: 'opened', versions: [] });
});

test('a jump is submitted with a real explanation only, and money before the start only with the day of the start', async () => {
  const projectId = await story.hospital('港口二期', { start: null });
  const { id } = await story.september(projectId);
  const jump = statement({ monthYuan: wan(3_500), cumulativeYuan: wan(11_500) });
  const send = (content: FilingContent) => story.filer(filings).submit({ id, draftVersion: 0, content });
  await expect(send(jump)).rejects.toMatchObject({ field: 'startedOn' });
  const started = { ...jump, startedOn: '2021-02-18' };
  await expect(send(started)).rejects.toMatchObject({ field: 'monthYuan' });
  await expect(send({ ...started, explanations: { jump: '核实无误' } })).rejects.toMatchObject({ field: 'monthYuan' });
  const words = { jump: '岸桥设备集中到货，附到货签收单' };
  await expect(send({ ...started, explanations: words })).rejects.toMatchObject({ field: 'monthYuan' });
  const told = await send({
    ...started,
    explanations: { ...words, 'jump.cause': 'delivery', 'jump.document': '到货签收单2021-09号' },
  });
  expect(told.hits).toMatchObject([
    { rule: 'jump', explanation: '设备材料集中到货：岸桥设备集中到货，附到货签收单（依据：到货签收单2021-09号）' },
    { rule: 'noPhoto' },
  ]);
  await story.office(filings).accept({ id, seq: 1 });
  expect(await story.office(projects).get({ id: projectId })).toMatchObject({
    startActual: { day: '2021-02-18', precision: 'day' },
  });
});

test('a submission after the due moment is late by the second, and a return does not restart the clock', async () => {
  const projectId = await story.hospital('环湖公路');
  const { id } = await story.september(projectId);
  await story.filer(filings).submit({ id, draftVersion: 0, content: statement() });
  // The month was due three days ago, as seen from now.
  const due = new Date(story.city.host.clock.now().getTime() - 3 * 86_400_000);
  await story.city.system((scope) =>
    sql`update filings.cycle set due_at = ${due} where city_id = ${scope.cityId} and period = '2021-09'`.execute(
      scope.db,
    ),
  );
  try {
    await story.office(filings).sendBack({ id, seq: 1, reason: '形象进度请写清桩号' });
    const seen = await story.september(projectId);
    expect(seen.dueAt).toBe(due.toISOString());
    const again = await story.filer(filings).submit({
      id,
      draftVersion: seen.draftVersion,
      content: statement({ imageProgress: 'K0 至 K3 路基完成' }),
    });
    expect(again.versions.map((v) => v.latenessSeconds > 0)).toEqual([true, false]);
    expect(again.latenessSeconds).toBeGreaterThanOrEqual(3 * 86_400);
    expect(again.latenessSeconds).toBeLessThan(3 * 86_400 + 60);
  } finally {
    await story.city.system((scope) =>
      sql`update filings.cycle set due_at = '2021-09-26T10:00:00Z' where city_id = ${scope.cityId} and period = '2021-09'`.execute(
        scope.db,
      ),
    );
  }
});

test('two people on one draft: the second is shown both contents and nothing is lost', async () => {
  const projectId = await story.hospital('智慧公积金');
  const colleague = story.city.as({ role: 'filer', name: '钱进', unitIds: [story.countyA] });
  const { id } = await story.september(projectId);
  await story.filer(filings).saveDraft({ id, draftVersion: 0, content: statement() });
  const other = statement({ monthYuan: wan(900), cumulativeYuan: wan(8_900) });
  const clash = await colleague(filings)
    .saveDraft({ id, draftVersion: 0, content: other })
    .catch((e) => e);
  expect(clash).toMatchObject({ status: 409, code: 'draft_conflict' });
  const both = clash.details as DraftConflict;
  expect([both.yours.monthYuan, both.theirs.monthYuan, both.by]).toEqual([wan(900), wan(1_200), '赵琳']);
  // Having compared, the second saves on top of what is there.
  await colleague(filings).saveDraft({ id, draftVersion: both.draftVersion, content: other });
  expect((await story.september(projectId)).draft.monthYuan).toBe(wan(900));
});

test('the same save sent again after a lost answer is no conflict', async () => {
  const projectId = await story.hospital('湘阴虞公港');
  const { id } = await story.september(projectId);
  await story.filer(filings).saveDraft({ id, draftVersion: 0, content: statement() });
  expect(await story.filer(filings).saveDraft({ id, draftVersion: 0, content: statement() })).toMatchObject({
    draftVersion: 1,
  });
});

test('a submission sent twice with one key is one version', async () => {
  const projectId = await story.hospital('平江抽水蓄能');
  const { id } = await story.september(projectId);
  const idempotencyKey = newId();
  const send = () => story.filer(filings).submit({ id, draftVersion: 0, content: statement() }, { idempotencyKey });
  const answers = await Promise.all([send(), send()]);
  await send();
  expect(answers.map((a) => a.seq)).toEqual([1, 1]);
  expect((await story.september(projectId)).versions).toHaveLength(1);
});

test('another unit finds nothing: not in a list, not by id, not by a guessed photo', async () => {
  const projectId = await story.hospital('南湖游客中心');
  const { id } = await story.september(projectId);
  const missing = { status: 404 };
  expect((await story.stranger(filings).mine({})).filings).toEqual([]);
  await expect(story.stranger(filings).get({ id })).rejects.toMatchObject(missing);
  await expect(story.stranger(filings).find({ projectId, period: '2021-09' })).rejects.toMatchObject(missing);
  await expect(story.stranger(filings).history({ projectId })).rejects.toMatchObject(missing);
  await expect(story.stranger(filings).check({ id })).rejects.toMatchObject(missing);
  await expect(story.stranger(filings).saveDraft({ id, draftVersion: 0, content: statement() })).rejects.toMatchObject(
    missing,
  );
  await expect(story.stranger(filings).submit({ id, draftVersion: 0, content: statement() })).rejects.toMatchObject(
    missing,
  );
  await expect(story.stranger(filings).photo({ id, fileId: 'a'.repeat(64) })).rejects.toMatchObject(missing);
  const cycle = (await story.stranger(filings).cycles({})).find((c) => c.period === '2021-09');
  expect(cycle?.counts.total).toBe(0);
});

test('a filer cannot accept, and nobody accepts what they filed', async () => {
  const projectId = await story.hospital('防疫物资仓库');
  const { id } = await story.september(projectId);
  await story.colleague(filings).submit({ id, draftVersion: 0, content: statement() });
  await expect(story.filer(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ status: 403 });
  expect((await story.september(projectId, story.colleague)).acceptRefusal?.zh).toBe('本人提交的填报须由他人审核');
  await expect(story.colleague(filings).accept({ id, seq: 1 })).rejects.toMatchObject({
    status: 409,
    code: 'own_filing',
  });
  await story.office(filings).accept({ id, seq: 1 });
});

test('the reviewer accepts the version that was on the screen, and two reviewers cannot both decide', async () => {
  const projectId = await story.hospital('三荷机场管廊');
  const { id } = await story.september(projectId);
  await story.filer(filings).submit({ id, draftVersion: 0, content: statement() });
  await story.filer(filings).withdraw({ id, seq: 1 });
  const seen = await story.september(projectId);
  await story.filer(filings).submit({
    id,
    draftVersion: seen.draftVersion,
    content: statement({ monthYuan: wan(1_300), cumulativeYuan: wan(9_300) }),
  });
  await expect(story.office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ code: 'newer_version' });
  const both = await Promise.allSettled([
    story.office(filings).accept({ id, seq: 2 }),
    story.colleague(filings).sendBack({ id, seq: 2, reason: '请补现场照片' }),
  ]);
  expect(both.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a 准强制 hit is let pass by its name or not at all', async () => {
  const projectId = await story.hospital('己内酰胺搬迁');
  const { id } = await story.september(projectId);
  await story.city.system((scope) =>
    sql`update projects.project set total_yuan = ${wan(13_000)} where city_id = ${scope.cityId} and id = ${projectId}`.execute(
      scope.db,
    ),
  );
  const over = statement({ explanations: { overTotal: '总投资调整已报批，批复在办理中' } });
  await story.filer(filings).submit({ id, draftVersion: 0, content: over });
  await expect(story.office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ code: 'waiver_needed' });
  const accepted = await story.office(filings).accept({ id, seq: 1, waived: ['overTotal'] });
  expect(accepted.acts.at(-1)).toMatchObject({ event: 'accept', waived: ['overTotal'], actorName: '刘敏' });
});

test('a filing whose last month changed under it is not accepted any more', async () => {
  const projectId = await story.hospital('大数据物流平台', { months: 7 });
  const august = await story.city
    .system((scope) => openCycle(scope, '2021-08'))
    .then(() => story.filer(filings).find({ projectId, period: '2021-08' }));
  await story.filer(filings).submit({
    id: august.id,
    draftVersion: 0,
    content: statement({ monthYuan: wan(1_000), cumulativeYuan: wan(8_000) }),
  });
  const { id } = await story.september(projectId);
  await story.filer(filings).submit({ id, draftVersion: 0, content: statement() });
  await story.office(filings).sendBack({ id: august.id, seq: 1, reason: '监理计量单为 900 万元' });
  await expect(story.office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ code: 'hits_remain' });
});
