import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filings } from '../contract.ts';
import { type Story, statement, tellStory } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await tellStory();
});
afterAll(() => story.city.close());

const countOf = (table: 'core.audit' | 'core.idempotency' | 'core.outbox') =>
  story.city.system(async (scope) => {
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ${sql.table(table)}`.execute(scope.db);
    return rows[0]!.n;
  });

test('two people in one filing see each other, and see at once that the draft has moved', async () => {
  const { id } = await story.september(await story.hospital('市中心医院'));
  const wangFang = story.city.as({ role: 'filer', name: '王芳', unitIds: [story.countyA] });
  expect(await story.filer(filings).showPresence({ id, isWriting: false })).toMatchObject({
    others: [],
    draftVersion: 0,
  });
  expect(await wangFang(filings).showPresence({ id, isWriting: true })).toMatchObject({
    others: [{ name: '赵琳', isWriting: false }],
  });
  await wangFang(filings).saveDraft({ id, draftVersion: 0, content: statement() });
  expect(await story.filer(filings).showPresence({ id, isWriting: true })).toMatchObject({
    others: [{ name: '王芳', isWriting: true }],
    draftVersion: 1,
    draftBy: '王芳',
  });
  await wangFang(filings).showPresence({ id, isWriting: false, isLeaving: true });
  expect(await story.filer(filings).showPresence({ id, isWriting: true })).toMatchObject({ others: [] });
});

test('who was not heard for a while has gone', async () => {
  const { id } = await story.september(await story.hospital('城北水厂'));
  await story.colleague(filings).showPresence({ id, isWriting: true });
  await story.city.system((scope) =>
    sql`update filings.presence set seen_at = seen_at - interval '1 minute' where city_id = ${scope.cityId}`.execute(
      scope.db,
    ),
  );
  expect((await story.filer(filings).showPresence({ id, isWriting: true })).others).toEqual([]);
});

test('a sign of life leaves no trace in the audit log, and tells strangers nothing', async () => {
  const { id } = await story.september(await story.hospital('港口二期'));
  const before = [await countOf('core.audit'), await countOf('core.idempotency'), await countOf('core.outbox')];
  await story.filer(filings).showPresence({ id, isWriting: true }, { idempotencyKey: 'same-key-1' });
  await story.filer(filings).showPresence({ id, isWriting: false }, { idempotencyKey: 'same-key-1' });
  expect([await countOf('core.audit'), await countOf('core.idempotency'), await countOf('core.outbox')]).toEqual(
    before,
  );
  await expect(story.stranger(filings).showPresence({ id, isWriting: true })).rejects.toMatchObject({ status: 404 });
});

test('a phone takes along the open filings of the month, whole, and only its own', async () => {
  const projectId = await story.hospital('环湖公路');
  const { id } = await story.september(projectId);
  const whole = await story.filer(filings).mineWhole({});
  expect(whole.find((filing) => filing.id === id)).toMatchObject({
    facts: { lastCumulativeYuan: 80_000_000 },
    last: { period: '2021-08' },
    draftVersion: 0,
  });
  await story.filer(filings).submit({ id, draftVersion: 0, content: statement() });
  expect((await story.filer(filings).mineWhole({ period: '2021-09' })).map((f) => f.id)).not.toContain(id);
  expect(await story.stranger(filings).mineWhole({})).toEqual([]);
});
