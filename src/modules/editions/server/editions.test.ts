import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '#core/server/testing/test-city.ts';
import { filings } from '#modules/filings/contract.ts';
import { type Story, tellStory, wan } from '#modules/filings/server/story.ts';
import { indicators } from '#modules/indicators/contract.ts';
import { snapshots } from '#modules/snapshots/contract.ts';
import { editions } from '../contract.ts';
import { findEdition, publishEdition } from './public.ts';

let story: Story;
let first: string;
let second: string;
beforeAll(async () => {
  story = await tellStory();
  first = await story.hospital('市中心医院');
  second = await story.hospital('湘雅分院');
});
afterAll(() => story.city.close());

const month = '2021-08';
const textOf = async (who: Caller, version: number): Promise<Response> =>
  who.request(`/api/editions/${month}/${version}/text`);
const digest = async (reply: Response) =>
  createHash('sha256')
    .update(new Uint8Array(await reply.arrayBuffer()))
    .digest('hex');
const publish = (version: number) =>
  story.city.system(async (scope) => {
    const found = await findEdition(scope, { period: month, version });
    await publishEdition(scope, found!.id, '八月通报');
  });

test('two trials of the same figures are the same bytes, and the steps are told', async () => {
  const asked = await story.office(editions).compute({ period: month });
  expect(asked).toMatchObject({ kind: 'trial', state: 'queued' });
  await expect(story.office(editions).compute({ period: month })).rejects.toMatchObject({
    status: 409,
    code: 'running',
  });
  await story.city.settle();
  const { trial, run, editions: none } = await story.office(editions).month({ period: month });
  expect(run).toMatchObject({ state: 'done', stepsDone: 8, stepsTotal: 8, problem: null });
  expect(none).toEqual([]);
  expect(trial).toMatchObject({ turn: 1, body: { period: month, snapshot: { version: 0, id: '' } } });
  expect(trial!.body.total).toMatchObject({ projects: 2, doneYuan: wan(16_000) });

  await story.office(editions).compute({ period: month });
  await story.city.settle();
  const again = (await story.office(editions).month({ period: month })).trial!;
  expect(again.turn).toBe(2);
  expect(again.bodyHash).toBe(trial!.bodyHash);
});

test('a month to come is not worked out', async () => {
  await expect(story.office(editions).compute({ period: '2021-10' })).rejects.toMatchObject({ code: 'future_month' });
  await expect(story.office(editions).freeze({ period: '2021-10' })).rejects.toMatchObject({ code: 'future_month' });
});

test('freezing seals an edition on a snapshot; nobody outside the office sees it before it is published', async () => {
  await story.office(editions).freeze({ period: month });
  await story.city.settle();
  const page = await story.office(editions).month({ period: month });
  expect(page.trial).toBeNull();
  expect(page.editions).toMatchObject([{ version: 1, note: null, publishedAt: null }]);
  expect(page.checks.find((c) => c.code === 'completeness')).toMatchObject({ state: 'done', count: 0 });
  const { head, body } = await story.office(editions).edition({ period: month, version: 1 });
  const frozen = (await story.office(snapshots).month({ period: month })).snapshots[0]!;
  expect(head.snapshotId).toBe(frozen.id);
  expect(body.snapshot).toMatchObject({ id: frozen.id, version: 1, hash: frozen.hash });
  expect(body.counties.reduce((sum, g) => sum + g.doneYuan, 0)).toBe(body.total.doneYuan);
  expect(body.indicators.find((i) => i.code === 'invest')!.figures.city).toEqual(
    await investRate(body.total.doneYuan, body.total.planYuan),
  );

  await expect(story.filer(editions).edition({ period: month, version: 1 })).rejects.toMatchObject({ status: 404 });
  await expect(story.filer(editions).month({ period: month })).rejects.toMatchObject({ status: 403 });
  expect((await textOf(story.filer, 1)).status).toBe(403);
  expect((await story.filer(editions).months({ year: 2021 })).months).toEqual([]);
});

async function investRate(done: number, plan: number) {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  const common = gcd(done, plan);
  return { n: `${done / common}`, d: `${plan / common}` };
}

test('published, everybody reads the tables, and a unit its own projects only', async () => {
  await publish(1);
  await publish(1);
  const { months } = await story.filer(editions).months({ year: 2021 });
  expect(months).toMatchObject([{ period: month, state: 'published', editions: 1 }]);
  const seen = await story.filer(editions).edition({ period: month, version: 1 });
  expect(seen.body.total.doneYuan).toBe(wan(16_000));
  const own = await story.filer(editions).projects({ period: month, version: 1 });
  const all = await story.office(editions).projects({ period: month, version: 1 });
  expect(all.rows.map((p) => p.id).sort()).toEqual([first, second].sort());
  expect(own.total).toBeGreaterThan(0);
  const stranger = story.city.as({ role: 'responsibleUnit', unitIds: [] });
  expect(await stranger(editions).projects({ period: month, version: 1 })).toEqual({ total: 0, rows: [] });
  const snapshot = (await story.office(snapshots).month({ period: month })).snapshots[0]!;
  expect(snapshot).toMatchObject({ kind: 'PUBLISHED', comment: '八月通报' });
});

test('after a correction a second edition comes beside the first, which stays byte for byte', async () => {
  const kept = await digest(await textOf(story.office, 1));
  await expect(story.office(editions).freeze({ period: month })).rejects.toMatchObject({ code: 'note_needed' });

  const august = await story.filer(filings).find({ projectId: first, period: month });
  const asked = await story.filer(filings).requestCorrection({
    id: august.id,
    cause: 'ERROR',
    reason: '八月进度款中有一笔重复计入',
    documentNo: '岳审〔2021〕31号',
  });
  await story.office(filings).decideCorrection({ id: asked.id, decision: 'approved', note: '属实，同意' });
  const open = await story.filer(filings).find({ projectId: first, period: month });
  const content = { ...open.draft, monthYuan: wan(900), cumulativeYuan: wan(7_900) };
  await story.filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content });
  const sent = await story.office(filings).get({ id: open.id });
  await story.office(filings).accept({ id: open.id, seq: sent.seq! });

  const before = await story.office(editions).month({ period: month });
  expect(before).toMatchObject({ changedSince: 1, needs: { restatement: true } });
  const note = '一个项目八月完成投资重复计入进度款，经审计核减';
  await expect(story.office(editions).freeze({ period: month, note })).rejects.toMatchObject({
    code: 'restatement_needed',
  });
  await story.office(editions).freeze({
    period: month,
    note,
    restatement: { cause: 'ERROR', document: '岳审〔2021〕31号' },
  });
  await story.city.settle();
  await publish(2);

  const { head, body, changes, newest } = await story.office(editions).edition({ period: month, version: 2 });
  expect([head.version, head.note, newest]).toEqual([2, note, 2]);
  expect(body.total.doneYuan).toBe(wan(15_900));
  expect(changes).toContainEqual({
    place: { zh: '全市', en: 'City' },
    field: { zh: '本年累计', en: 'done this year' },
    old: { zh: '16,000.00万元', en: 'CNY 160,000,000' },
    new: { zh: '15,900.00万元', en: 'CNY 159,000,000' },
  });
  expect(changes.some((c) => c.place.zh === '项目 市中心医院')).toBe(true);

  expect(await digest(await textOf(story.office, 1))).toBe(kept);
  expect((await story.office(editions).edition({ period: month, version: 1 })).body.total.doneYuan).toBe(wan(16_000));
  expect(await story.office(editions).verify({})).toEqual({ count: 2, broken: null });
});

test('an edition worked out again from its snapshot is equal, whatever rules have been changed since; what was changed behind them is named', async () => {
  await story.office(editions).replay({ period: month, version: 2 });
  await story.city.settle();
  expect((await story.office(editions).month({ period: month })).run).toMatchObject({
    kind: 'replay',
    state: 'done',
    result: { isEqual: true, differing: [] },
  });
  const { indicators: all } = await story.office(indicators).list({ day: '2021-08-31' });
  const invest = all.find((i) => i.definition.code === 'invest')!;
  await story.office(indicators).save({
    definition: { ...invest.definition, decimals: 3 },
    version: invest.version,
    reason: '改为三位小数',
  });
  const replayed = async () => {
    await story.office(editions).replay({ period: month, version: 2 });
    await story.city.settle();
    return (await story.office(editions).month({ period: month })).run;
  };
  expect((await replayed())!.result).toMatchObject({ isEqual: true, differing: [] });

  // As if the formula had been another one all the time.
  await story.city.system((scope) =>
    sql`update indicators.definition_version set at = '2021-01-01' where city_id = ${scope.cityId}`.execute(scope.db),
  );
  const run = await replayed();
  expect(run!.result).toMatchObject({ isEqual: false });
  // The ranking by this indicator shows as many decimals.
  expect(run!.result!.differing.every((path) => /^\/(indicators|rankings)\//.test(path))).toBe(true);
});

test('an edition that somebody changed in the database is found out', async () => {
  const spoil = (statement: ReturnType<typeof sql>) =>
    story.city.system((scope) => sql`${statement} and city_id = ${scope.cityId}`.execute(scope.db));
  await spoil(sql`update editions.edition set note = '另有说明' where version = 2`);
  expect((await story.office(editions).verify({})).broken).toEqual({ period: month, version: 2, what: 'link' });
  await spoil(sql`update editions.edition set body = '\\x00' where version = 1`);
  expect((await story.office(editions).verify({})).broken).toEqual({ period: month, version: 1, what: 'body' });
});
