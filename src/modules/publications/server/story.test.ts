import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '#core/server/testing/test-city.ts';
import { editions } from '#modules/editions/contract.ts';
import { filings } from '#modules/filings/contract.ts';
import { type Story, tellStory, wan } from '#modules/filings/server/story.ts';
import { publications } from '../contract.ts';
import { type Content, typedNumbers } from '../draft.ts';
import { products } from '../shapes.ts';

let story: Story;
let hospital: string;
let id: string;
const month = '2021-08';

beforeAll(async () => {
  story = await tellStory();
  hospital = await story.hospital('市中心医院');
  await story.hospital('湘雅分院');
  await story.office(editions).freeze({ period: month });
  await story.city.settle();
});
afterAll(() => story.city.close());

const digest = async (who: Caller, publication: string, product: string): Promise<string> => {
  const reply = await who.request(`/api/publications/${publication}/files/${product}`);
  expect(reply.status).toBe(200);
  return createHash('sha256')
    .update(new Uint8Array(await reply.arrayBuffer()))
    .digest('hex');
};
const wordsIn = (content: Content, answers: Record<string, string | null>): string =>
  content.blocks
    .flatMap((block) => (block.kind === 'table' ? [] : block.sentences.flatMap((one) => one.runs)))
    .map((run) => (run.kind === 'text' ? run.text : Object.values(answers).includes(null) ? '?' : ''))
    .join('');
/** The content with one more sentence in its second block. */
const withSentence = (content: Content, text: string): Content => ({
  ...content,
  blocks: content.blocks.map((block, i) =>
    i === 0 && block.kind === 'paragraph'
      ? {
          ...block,
          sentences: [...block.sentences, { id: `own${text.length}`, from: null, runs: [{ kind: 'text', text }] }],
        }
      : block,
  ),
});

test('the office drafts the monthly bulletin of a sealed month; its figures are references', async () => {
  const { periods, allowed } = await story.office(publications).list({});
  expect(periods).toEqual([{ period: month, version: 1 }]);
  expect(allowed).toEqual(['create', 'configure']);
  ({ id } = await story.office(publications).create({ template: 'month', period: month }));
  const draft = await story.office(publications).get({ id });
  expect(draft).toMatchObject({ state: 'draft', issue: 1, editionVersion: 1, draftVersion: 1, warnings: [] });
  expect(draft.title).toBe('关于2021年1—8月全市重点项目建设推进情况的通报');
  expect(Object.values(draft.answers)).toContain('1.60亿元');
  expect(wordsIn(draft.content, draft.answers)).not.toMatch(/\d/);
  await expect(story.office(publications).create({ template: 'month', period: month })).rejects.toMatchObject({
    status: 409,
    code: 'draft_exists',
  });
  await expect(story.office(publications).create({ template: 'month', period: '2021-07' })).rejects.toMatchObject({
    status: 404,
  });
});

test('a draft is nobody else’s: a unit gets 404, and no files', async () => {
  for (const who of [story.filer, story.stranger]) {
    await expect(who(publications).get({ id })).rejects.toMatchObject({ status: 404 });
    await expect(who(publications).phone({ id })).rejects.toMatchObject({ status: 404 });
    expect((await who.request(`/api/publications/${id}/files/word`)).status).toBe(404);
    expect((await who(publications).list({})).rows).toEqual([]);
    await expect(who(publications).create({ template: 'month', period: month })).rejects.toMatchObject({ status: 403 });
  }
});

test('a figure tells its query, its edition and the rows behind it', async () => {
  const done = { get: 'rate', rows: { list: 'total' }, part: 'doneYuan', whole: 'planYuan' } as const;
  const told = await story.office(publications).reference({ id, query: done, format: { as: '%', decimals: 1 } });
  expect(told).toMatchObject({
    text: '66.7%',
    sum: '16000.00万元 ÷ 24000.00万元',
    period: month,
    editionVersion: 1,
    day: '2021-08-31',
    total: 1,
  });
  expect(told.says.zh).toContain('先求和再相除');
  const late = { get: 'count', rows: { list: 'projects' } } as const;
  const rows = await story.office(publications).reference({ id, query: late, format: { as: '个' } });
  expect(rows.rows.map((row) => row.name).sort()).toEqual(['市中心医院', '湘雅分院']);
});

test('sentences are added and numbers typed are warned of; on top of another’s change nothing is lost or overwritten', async () => {
  const first = await story.office(publications).get({ id });
  const content = withSentence(first.content, '其中有3个项目由领导包联。');
  const saved = await story
    .office(publications)
    .save({ id, draftVersion: 1, content, number: '岳项指办〔2021〕9号', note: null });
  expect(saved.draftVersion).toBe(2);
  expect(saved.warnings).toMatchObject([{ kind: 'typed', text: '3个' }]);
  expect(typedNumbers([{ kind: 'text', text: '按岳项指办〔2021〕9号执行' }])).toEqual([]);
  await expect(
    story.colleague(publications).save({ id, draftVersion: 1, content: first.content, number: null, note: null }),
  ).rejects.toMatchObject({ status: 409, code: 'changed_meanwhile' });
  const kept = await story.colleague(publications).get({ id });
  expect(kept.number).toBe('岳项指办〔2021〕9号');
  const clean = withSentence(first.content, '各单位要再接再厉。');
  await story.office(publications).save({ id, draftVersion: 2, content: clean, number: kept.number, note: null });
});

let firstFiles: Record<string, string>;
test('released, all files are kept, the edition is published, and everybody reads it', async () => {
  const { draftVersion } = await story.office(publications).get({ id });
  expect(await story.office(publications).release({ id, draftVersion })).toMatchObject({ state: 'releasing' });
  await story.city.settle();
  const done = await story.office(publications).get({ id });
  expect(done).toMatchObject({ state: 'released', problem: null, releasedByName: '刘敏', allowed: [] });
  expect(done.files.map((file) => file.product).sort()).toEqual([...products].sort());
  firstFiles = {};
  for (const product of products) firstFiles[product] = await digest(story.filer, id, product);
  for (const file of done.files) expect(firstFiles[file.product]).toBe(file.id);
  const { months } = await story.filer(editions).months({ year: 2021 });
  expect(months).toMatchObject([{ period: month, state: 'published' }]);
  await expect(
    story
      .office(publications)
      .save({ id, draftVersion: done.draftVersion, content: done.content, number: null, note: null }),
  ).rejects.toMatchObject({ code: 'not_a_draft' });
  const phone = await story.filer(publications).phone({ id });
  expect(phone.figures.find((figure) => figure.code === 'done')!.text).toBe('1.60亿元');
  // A unit reads the bulletin; the list of others' projects behind a figure stays with the office.
  const rows = await story
    .filer(publications)
    .reference({ id, query: { get: 'count', rows: { list: 'projects' } }, format: { as: '个' } });
  expect([rows.total, rows.rows]).toEqual([2, []]);
});

test('previewed from the frozen parts, a released bulletin is the same bytes as its kept files', async () => {
  for (const product of products) {
    const reply = await story.office.request(`/api/publications/${id}/preview/${product}`);
    const again = createHash('sha256')
      .update(new Uint8Array(await reply.arrayBuffer()))
      .digest('hex');
    expect([product, again]).toEqual([product, firstFiles[product]]);
  }
});

test('a feed tells the released ones by its address alone, until it ends', async () => {
  const { rss, json } = await story.filer(publications).makeFeed({});
  // The people of these stories have no accounts, so nobody stands behind the address.
  expect((await story.city.anyone.request(rss)).status).toBe(404);
  expect(json).toMatch(/\.json$/);
  await story.filer(publications).endFeed({});
  expect(await story.filer(publications).feed({})).toEqual({ madeAt: null });
});

test('after a correction a second issue says what changed, and the first stays byte for byte', async () => {
  await expect(story.office(publications).create({ template: 'month', period: month })).rejects.toMatchObject({
    code: 'already_released',
  });
  const august = await story.filer(filings).find({ projectId: hospital, period: month });
  const asked = await story.filer(filings).requestCorrection({
    id: august.id,
    cause: 'ERROR',
    reason: '八月进度款中有一笔重复计入',
    documentNo: '岳审〔2021〕31号',
  });
  await story.office(filings).decideCorrection({ id: asked.id, decision: 'approved', note: '属实，同意' });
  const open = await story.filer(filings).find({ projectId: hospital, period: month });
  const content = { ...open.draft, monthYuan: wan(900), cumulativeYuan: wan(7_900) };
  await story.filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content });
  const sent = await story.office(filings).get({ id: open.id });
  await story.office(filings).accept({ id: open.id, seq: sent.seq! });
  const note = '一个项目八月完成投资重复计入进度款，经审计核减';
  await story.office(editions).freeze({
    period: month,
    note,
    restatement: { cause: 'ERROR', document: '岳审〔2021〕31号' },
  });
  await story.city.settle();

  expect((await story.office(publications).get({ id })).allowed).toContain('restate');
  const second = (await story.office(publications).create({ template: 'month', period: month, keepsText: true })).id;
  const draft = await story.office(publications).get({ id: second });
  expect(draft).toMatchObject({ issue: 2, editionVersion: 2, replacesId: id, note });
  expect(draft.content.blocks).toEqual((await story.office(publications).get({ id })).content.blocks);
  expect(Object.values(draft.answers)).toContain('1.59亿元');
  expect(draft.changes).toContainEqual({
    place: '全市',
    field: '本年累计',
    old: '16,000.00万元',
    new: '15,900.00万元',
  });
  const leader = story.city.as({ role: 'leader', name: '市领导' });
  await leader(publications).release({ id: second, draftVersion: draft.draftVersion });
  await story.city.settle();
  expect(await story.filer(publications).get({ id: second })).toMatchObject({
    state: 'released',
    releasedByName: '市领导',
  });

  expect(await digest(story.filer, second, 'pdf')).not.toBe(firstFiles.pdf);
  for (const product of products) expect(await digest(story.filer, id, product)).toBe(firstFiles[product]);
  const first = await story.filer(publications).get({ id });
  expect(first).toMatchObject({ replacedById: second, allowed: [] });
  expect(Object.values(first.answers)).toContain('1.60亿元');
});

test('a city changes a template; a reference that does not exist is refused by its name', async () => {
  const { rows } = await story.office(publications).templates({});
  const month = rows.find((row) => row.code === 'month')!;
  const template = { ...month.template, recipients: ['各县区'] };
  const wrong = { ...template, title: '关于{nothing}的通报' };
  await expect(
    story.office(publications).saveTemplate({ basedOn: 0, template: wrong, reason: '改标题' + '样式' }),
  ).rejects.toMatchObject({ code: 'unknown_reference' });
  expect(await story.office(publications).saveTemplate({ basedOn: 0, template, reason: '主送机关简化' })).toEqual({
    version: 1,
  });
  await expect(
    story.colleague(publications).saveTemplate({ basedOn: 0, template, reason: '主送机关简化' }),
  ).rejects.toMatchObject({ code: 'changed_meanwhile' });
});
