import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '#core/web/client.ts';
import * as upload from '#core/web/upload.ts';
import type { FilingContent } from '../content.ts';
import type { Filing } from '../contract.ts';
import { copiedAt, keepCopy, readThrough } from './copies.ts';
import { forgetDevice, get, onStorageTrouble, put, storageTrouble } from './device.ts';
import { holdPhoto } from './held-photos.ts';
import { dropWaiting, enqueue, listOutbox, listWaiting, loadOutbox, sendWaiting, type Waiting } from './outbox.ts';
import { hospital, wan } from './testing.tsx';

const me = 'zhaolin';
const base = hospital.draft;
const content: FilingContent = { ...base, monthYuan: wan(7_200), cumulativeYuan: wan(54_300) };
const waitingFor = (more: Partial<Waiting> = {}): Waiting => ({
  key: 'key-00000001',
  filingId: hospital.id,
  projectId: hospital.projectId,
  projectName: hospital.projectName,
  period: '2021-09',
  draftVersion: 3,
  base,
  content,
  held: [],
  at: '2021-09-26T02:00:00.000Z',
  refused: null,
  clash: null,
  ...more,
});
const photo = (key: string) => ({ key, name: `${key}.jpg`, takenAt: null, lat: null, lon: null });
const offline = () => ProblemError.offline(undefined);
const refusal = (code: string, details: unknown = null) =>
  new ProblemError(409, { code, words: { zh: '被退回', en: 'refused' }, details });

type Submit = (
  input: { id: string; draftVersion: number; content: FilingContent },
  more?: { idempotencyKey?: string },
) => Promise<Filing>;
const server = (...answers: (Filing | Error)[]) => {
  const submit = vi.fn<Submit>(async () => {
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { submit: submit as never, calls: submit.mock.calls };
};
const done: Filing = { ...hospital, state: 'submitted', seq: 1 };
const uploaded = vi.spyOn(upload, 'uploadFile');

beforeEach(async () => {
  for (const one of listWaiting(me)) await dropWaiting(me, one.filingId);
  await forgetDevice();
  uploaded.mockReset();
  uploaded.mockImplementation(async (file) => ({
    id: file.name.charCodeAt(0).toString(16).padStart(64, '0'),
    name: file.name,
    type: file.type,
    size: 1,
  }));
});

test('photos go before their filing, and what arrived is not sent again when the line breaks in the middle', async () => {
  for (const key of ['a', 'b']) await holdPhoto(key, new Blob([key]));
  await enqueue(me, waitingFor({ held: [photo('a'), photo('b')] }));
  uploaded.mockImplementationOnce(async () => ({ id: 'a'.repeat(64), name: 'a', type: 'image/jpeg', size: 1 }));
  uploaded.mockImplementationOnce(async () => {
    throw offline();
  });
  const { submit, calls } = server(done);
  expect(await sendWaiting(me, { submit })).toMatchObject({ isStuck: true, arrived: [] });
  expect(calls).toHaveLength(0);
  expect(listWaiting(me)[0]).toMatchObject({ held: [{ key: 'b' }], content: { photos: [{ fileId: 'a'.repeat(64) }] } });
  expect(await get('photo', 'a')).toBeUndefined();

  expect(await sendWaiting(me, { submit })).toMatchObject({ isStuck: false, arrived: [done] });
  expect(uploaded).toHaveBeenCalledTimes(3);
  expect(calls[0]![0].content.photos).toHaveLength(2);
  expect(listOutbox(me)).toMatchObject({ waiting: [], delivered: [{ projectName: '市中心医院项目' }] });
});

test('a lost answer is asked for again under the same key and with the same content', async () => {
  await enqueue(me, waitingFor());
  const { submit, calls } = server(offline(), done);
  await sendWaiting(me, { submit });
  await sendWaiting(me, { submit });
  expect(calls.map(([, more]) => more?.idempotencyKey)).toEqual(['key-00000001', 'key-00000001']);
  expect(calls[0]![0]).toEqual(calls[1]![0]);
});

test.each([
  ['a server that restarts', new ProblemError(503)],
  ['a session that ended', new ProblemError(401)],
])('%s refuses nothing: the submission waits on', async (_, error) => {
  await enqueue(me, waitingFor());
  const { submit } = server(error);
  expect(await sendWaiting(me, { submit })).toMatchObject({ isStuck: true });
  expect(listWaiting(me)).toMatchObject([{ refused: null }]);
});

test('a draft that somebody saved meanwhile is taken in when it touches other fields, under a new key', async () => {
  await enqueue(me, waitingFor());
  const theirs = { ...base, problems: '塔吊年检到期' };
  const clash = refusal('draft_conflict', { yours: content, theirs, draftVersion: 4, by: '钱进', at: null });
  const { submit, calls } = server(clash, done);
  expect((await sendWaiting(me, { submit })).arrived).toHaveLength(1);
  expect(calls[1]![0]).toMatchObject({ draftVersion: 4, content: { monthYuan: wan(7_200), problems: '塔吊年检到期' } });
  expect(calls[1]![1]?.idempotencyKey).not.toBe('key-00000001');
});

test('the same field changed by both waits for a person, with both values, and is not sent again by itself', async () => {
  await enqueue(me, waitingFor());
  const theirs = { ...base, monthYuan: wan(6_900), cumulativeYuan: wan(54_000) };
  const clash = refusal('draft_conflict', { yours: content, theirs, draftVersion: 4, by: '钱进', at: null });
  const { submit, calls } = server(clash);
  await sendWaiting(me, { submit });
  expect(listWaiting(me)).toMatchObject([
    { content: { monthYuan: wan(7_200) }, clash: { theirs: { monthYuan: wan(6_900) } } },
  ]);
  expect(listWaiting(me)[0]!.refused?.zh).toContain('钱进也改了这份填报的同一栏');
  await sendWaiting(me, { submit });
  expect(calls).toHaveLength(1);
});

test('a photo whose bytes are gone stops the filing with a sentence; it is never left out in silence', async () => {
  await enqueue(me, waitingFor({ held: [photo('gone')] }));
  const { submit, calls } = server(done);
  await sendWaiting(me, { submit });
  expect(calls).toHaveLength(0);
  expect(listWaiting(me)[0]!.refused?.zh).toContain('照片 gone.jpg 已不在本机');
});

test('what waits survives the page: it is read from the device again, oldest first, and only its own account’s', async () => {
  await enqueue(me, waitingFor({ filingId: 'b', at: '2021-09-26T03:00:00.000Z' }));
  await enqueue(me, waitingFor({ filingId: 'a', at: '2021-09-26T02:00:00.000Z' }));
  await enqueue('qianjin', waitingFor({ filingId: 'c' }));
  expect((await loadOutbox(me)).map((w) => w.filingId)).toEqual(['a', 'b']);
  await dropWaiting('qianjin', 'c');
});

test('what waited in localStorage before there was a database goes out as well', async () => {
  const { base: _base, clash: _clash, ...old } = waitingFor();
  localStorage.setItem(`guatu.filings.outbox.${me}`, JSON.stringify([old]));
  const { submit, calls } = server(done);
  await sendWaiting(me, { submit });
  expect(calls[0]![1]).toEqual({ idempotencyKey: 'key-00000001' });
  expect(localStorage.getItem(`guatu.filings.outbox.${me}`)).toBeNull();
});

test('a full device says so, and what was written stays usable in the page', async () => {
  const heard = vi.fn();
  const stop = onStorageTrouble(heard);
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await put('draft', `${me} x`, { filingId: 'x' });
  expect([storageTrouble(), heard.mock.calls.length]).toEqual(['full', 1]);
  expect(await get('draft', `${me} x`)).toEqual({ filingId: 'x' });
  full.mockRestore();
  await put('draft', `${me} x`, { filingId: 'x' });
  expect(storageTrouble()).toBeNull();
  stop();
});

test('without an answer a page is read from the device; a refusal is never covered by an old copy', async () => {
  await keepCopy(me, 'mine newest', { filings: ['kept'] });
  const kept = await readThrough(me, 'mine newest', () => Promise.reject(offline()));
  expect(kept).toEqual({ filings: ['kept'] });
  expect(copiedAt(kept)).toMatch(/^\d{4}-/);
  await expect(readThrough(me, 'mine newest', () => Promise.reject(new ProblemError(403)))).rejects.toMatchObject({
    status: 403,
  });
  await expect(readThrough('qianjin', 'mine newest', () => Promise.reject(offline()))).rejects.toMatchObject({
    status: 0,
  });
  const fresh = await readThrough(me, 'mine newest', async () => ({ filings: ['new'] }));
  expect(copiedAt(fresh)).toBeNull();
});
