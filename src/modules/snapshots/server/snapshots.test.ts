import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '#core/server/testing/test-city.ts';
import { filings } from '#modules/filings/contract.ts';
import { acceptedAsOf } from '#modules/filings/server/public.ts';
import { type Story, tellStory, wan } from '#modules/filings/server/story.ts';
import { snapshots } from '../contract.ts';

let story: Story;
let projectId: string;
beforeAll(async () => {
  story = await tellStory();
  projectId = await story.hospital('市中心医院');
  await story.hospital('湘雅分院');
});
afterAll(() => story.city.close());

const bytesOf = async (who: Caller, path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await who.request(`/api${path}`)).arrayBuffer());
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What the filer of the county does when a correction was approved, up to its acceptance. */
async function correctTo(period: string, monthYuan: number, cumulativeYuan: number): Promise<void> {
  const open = await story.filer(filings).find({ projectId, period });
  const content = { ...open.draft, monthYuan, cumulativeYuan };
  await story.filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content });
  const sent = await story.office(filings).get({ id: open.id });
  await story.office(filings).accept({ id: open.id, seq: sent.seq! });
}

test('January is frozen; corrected in September and rendered again, its table is the same bytes', async () => {
  const frozen = await story.office(snapshots).freeze({ period: '2021-01' });
  expect(frozen).toMatchObject({ version: 1, position: 1, prevHash: '0'.repeat(64), filedCount: 2, missingCount: 0 });
  const january = await story.filer(filings).find({ projectId, period: '2021-01' });
  expect([january.state, january.acts.at(-1)!.event]).toEqual(['frozen', 'freeze']);
  const path = (id: string, format: string) => `/snapshots/${id}/table?format=${format}`;
  const [sheet, csv] = [
    await bytesOf(story.office, path(frozen.id, 'xlsx')),
    await bytesOf(story.office, path(frozen.id, 'csv')),
  ];
  const text = new TextDecoder().decode(csv);
  expect(text).toContain(`快照 ${frozen.id}　第 1 版　哈希 ${frozen.hash.slice(0, 12)}`);
  expect(text).toContain('市中心医院');
  expect(text).toContain('1000.00');

  await expect(story.office(filings).correct({ id: january.id, reason: '改一改' })).rejects.toMatchObject({
    code: 'frozen',
  });
  const request = {
    id: january.id,
    cause: 'ERROR' as const,
    reason: '设备款 200 万元重复计入一月',
    documentNo: '岳审〔2021〕12号',
  };
  const asked = await story.filer(filings).requestCorrection(request);
  expect(asked).toMatchObject({ state: 'requested', wasFrozen: true, allowed: [], oldMonthYuan: wan(1_000) });
  await expect(story.filer(filings).requestCorrection(request)).rejects.toMatchObject({ code: 'already_requested' });
  const waiting = await story.office(filings).corrections({ state: 'requested' });
  expect(waiting.corrections).toMatchObject([{ id: asked.id, allowed: ['approve', 'reject'] }]);
  await story.office(filings).decideCorrection({ id: asked.id, decision: 'approved', note: '审计已核定，同意' });
  await expect(
    story.colleague(filings).decideCorrection({ id: asked.id, decision: 'rejected', note: '不同意' }),
  ).rejects.toMatchObject({ status: 409 });
  await correctTo('2021-01', wan(800), wan(800));

  const [done] = (await story.filer(filings).corrections({ projectId })).corrections;
  expect(done).toMatchObject({
    state: 'done',
    requestedBy: '赵琳',
    decidedBy: '刘敏',
    documentNo: '岳审〔2021〕12号',
    oldMonthYuan: wan(1_000),
    newMonthYuan: wan(800),
  });
  expect(done!.restated.map((r) => [r.period, r.oldCumulativeYuan, r.newCumulativeYuan])).toEqual(
    [2, 3, 4, 5, 6, 7, 8].map((m) => [`2021-0${m}`, wan(1_000 * m), wan(1_000 * m - 200)]),
  );

  expect(digest(await bytesOf(story.office, path(frozen.id, 'xlsx')))).toBe(digest(sheet));
  expect(digest(await bytesOf(story.office, path(frozen.id, 'csv')))).toBe(digest(csv));

  const [open] = (await story.office(snapshots).months({ year: 2021 })).months;
  expect(open).toMatchObject({ period: '2021-01', changedSince: 1, allowed: ['restate', 'publish'] });
  const restated = await story.office(snapshots).restate({
    period: '2021-01',
    cause: 'ERROR',
    publicNote: '一月设备款重复计入，核减 200 万元',
    document: '岳审〔2021〕12号',
  });
  expect(restated).toMatchObject({ version: 2, prevHash: frozen.hash, replacedById: null });
  expect(restated.bodyHash).not.toBe(frozen.bodyHash);
  const page = await story.office(snapshots).month({ period: '2021-01' });
  expect(page.snapshots.map((s) => [s.version, s.replacedById])).toEqual([
    [2, null],
    [1, restated.id],
  ]);
  expect(page.restatements).toMatchObject([
    { cause: 'ERROR', oldVersion: 1, newVersion: 2, correctionIds: [done!.id], approvedBy: '刘敏' },
  ]);
  const money = page.restatements[0]!.changed.find((c) => c.field === 'monthYuan');
  expect(money).toMatchObject({ projectId, old: wan(1_000), new: wan(800) });
  expect(digest(await bytesOf(story.office, path(frozen.id, 'xlsx')))).toBe(digest(sheet));
  expect(digest(await bytesOf(story.office, path(restated.id, 'xlsx')))).not.toBe(digest(sheet));
  await expect(
    story.office(snapshots).restate({
      period: '2021-01',
      cause: 'ROUTINE',
      publicNote: '再核一遍，各项数字没有变化',
      document: '无文号说明',
    }),
  ).rejects.toMatchObject({ code: 'nothing_changed' });
});

test('what was accepted as of a moment is the value of the time, also where it was corrected since', async () => {
  const accepted = (at: string) =>
    story.city.system(async (scope) =>
      (await acceptedAsOf(scope, { from: '2021-01', to: '2021-03' }, new Date(at)))
        .filter((row) => row.projectId === projectId)
        .map((row) => [row.period, row.monthYuan, row.cumulativeYuan]),
    );
  expect(await accepted('2021-01-24T00:00:00Z')).toEqual([]);
  expect(await accepted('2021-03-01T00:00:00Z')).toEqual([
    ['2021-01', wan(1_000), wan(1_000)],
    ['2021-02', wan(1_000), wan(2_000)],
  ]);
  expect(await accepted('2021-12-31T00:00:00Z')).toEqual([
    ['2021-01', wan(800), wan(800)],
    ['2021-02', wan(1_000), wan(1_800)],
    ['2021-03', wan(1_000), wan(2_800)],
  ]);
  const before = await story.office(snapshots).asOf({ period: '2021-02', moment: '2021-06-01T00:00:00.000Z' });
  const after = await story.office(snapshots).asOf({ period: '2021-02', moment: (await now()).toISOString() });
  expect([before, after].map((t) => t.rows.find((r) => r.id === projectId)!.yearDoneYuan)).toEqual([
    wan(2_000),
    wan(1_800),
  ]);
  expect(before.snapshotId).toBeNull();
  await expect(
    story.office(snapshots).asOf({ period: '2021-02', moment: '2031-01-01T00:00:00.000Z' }),
  ).rejects.toMatchObject({ code: 'future_moment' });
});

const now = () => story.city.system((scope) => Promise.resolve(scope.now));

test('a month with filings missing is frozen only with a reason, and the list stays in the snapshot', async () => {
  await expect(story.office(snapshots).freeze({ period: '2021-09' })).rejects.toMatchObject({
    code: 'missing_filings',
  });
  const { id } = await story.september(projectId);
  const content = {
    ...(await story.september(projectId)).draft,
    monthYuan: wan(1_200),
    cumulativeYuan: wan(9_000),
    imageProgress: '九层完成',
  };
  await story.filer(filings).submit({ id, draftVersion: 0, content });
  await story.office(filings).accept({ id, seq: 1 });
  await expect(story.office(snapshots).freeze({ period: '2021-10' })).rejects.toMatchObject({ code: 'future_month' });
  const missingReason = '湘雅分院施工单位更换，经主任办公会同意下月补报';
  const frozen = await story.office(snapshots).freeze({ period: '2021-09', missingReason });
  expect(frozen).toMatchObject({ filedCount: 1, missingCount: 1, missingReason });
  expect(frozen.missing).toMatchObject([{ projectName: '湘雅分院', state: 'opened' }]);
  await expect(story.office(snapshots).freeze({ period: '2021-09' })).rejects.toMatchObject({ code: 'already_frozen' });
  await expect(story.filer(snapshots).freeze({ period: '2021-08' })).rejects.toMatchObject({ status: 403 });
});

test('a snapshot is published once, with a comment, and stays the same snapshot', async () => {
  const [august] = [await story.office(snapshots).freeze({ period: '2021-08' })];
  const published = await story.office(snapshots).publish({ id: august!.id, comment: '八月通报所用' });
  expect(published).toMatchObject({ kind: 'PUBLISHED', comment: '八月通报所用', hash: august!.hash });
  await expect(story.office(snapshots).publish({ id: august!.id })).rejects.toMatchObject({ code: 'published' });
});

test('a rejected request changes nothing, and nobody decides on a request of one’s own', async () => {
  const february = await story.filer(filings).find({ projectId, period: '2021-02' });
  const request = {
    id: february.id,
    cause: 'ROUTINE' as const,
    reason: '监理复核后调整二月完成数',
    documentNo: '监理复核单第2期',
  };
  const own = await story.office(filings).requestCorrection(request);
  const decide = { id: own.id, decision: 'approved' as const, note: '同意更正' };
  await expect(story.office(filings).decideCorrection(decide)).rejects.toMatchObject({ code: 'own_request' });
  await expect(story.filer(filings).decideCorrection(decide)).rejects.toMatchObject({ status: 403 });
  const rejected = await story.colleague(filings).decideCorrection({ ...decide, decision: 'rejected' });
  expect(rejected).toMatchObject({ state: 'rejected', decidedBy: '陈立', newMonthYuan: null });
  expect(await story.filer(filings).find({ projectId, period: '2021-02' })).toMatchObject({ state: 'accepted' });
});

test('the chain is recomputed from its beginning and the first break is named', async () => {
  const verify = () => story.office(snapshots).verify({});
  expect(await verify()).toEqual({ count: 4, broken: null, otherTables: [] });
  const tamper = (change: ReturnType<typeof sql>) => story.city.system((scope) => change.execute(scope.db));
  await tamper(sql`update snapshots.snapshot set note = note, missing_reason = '无' where position = 3`);
  expect((await verify()).broken).toMatchObject({ position: 3, period: '2021-09', what: 'head' });
  await tamper(sql`update snapshots.snapshot set body = '\\x00'::bytea where position = 2`);
  expect((await verify()).broken).toMatchObject({ position: 2, period: '2021-01', version: 2, what: 'body' });
});
