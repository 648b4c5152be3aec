import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimFile, findFile, keepStream, openThumbnail, readFileBytes } from './files.ts';
import { mintScope, type Scope } from './scope.ts';
import { type Caller, type TestCity, testCity } from './testing/test-city.ts';

let city: TestCity;
let office: Caller;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office' });
});
afterAll(() => city.close());

const picture = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: '#cc5500' } })
    .jpeg()
    .toBuffer();
const within = <T>(who: Caller, work: (scope: Scope) => Promise<T>) =>
  city.system((scope) => work(mintScope({ ...scope, db: scope.db, actor: who.actor, effects: scope.effects })));

test('a file is kept under the hash of its content, whatever its name says', async () => {
  const bytes = await picture();
  const file = await office.upload('现场.png', bytes);
  expect(file).toMatchObject({
    id: createHash('sha256').update(bytes).digest('hex'),
    name: '现场.png',
    type: 'image/jpeg',
    size: bytes.length,
  });
  expect(Buffer.from(await city.system((scope) => readFileBytes(scope, file.id)))).toEqual(bytes);
});

test('the same content twice is one file', async () => {
  const bytes = new TextEncoder().encode('序号,项目名称\n1,示例');
  expect((await office.upload('a.csv', bytes)).id).toBe((await office.upload('b.csv', bytes)).id);
});

test('only who brought a file may attach it', async () => {
  const { id } = await office.upload('mine.csv', new TextEncoder().encode('only mine'));
  const other = city.as({ role: 'office' });
  expect(await within(office, (scope) => claimFile(scope, id))).toMatchObject({ name: 'mine.csv' });
  await expect(within(other, (scope) => claimFile(scope, id))).rejects.toMatchObject({ status: 404 });
});

test.each([
  ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600, 3)]), 415, 'file_type'],
  ['bytes of no known kind', Buffer.from([0, 1, 2, 3, 255, 254]), 415, 'file_type'],
  ['nothing at all', Buffer.alloc(0), 422, 'file_empty'],
])('%s is refused with a sentence', async (_what, bytes, status, code) => {
  const response = await office.request('/api/files?name=x.xlsx', {
    method: 'POST',
    headers: { 'x-guatu': '1' },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  expect(response.status).toBe(status);
  expect((await response.json()).code).toContain(code);
});

test('a file over the limit is refused while it flows, and leaves nothing behind', async () => {
  const flood = (async function* () {
    for (let i = 0; i < 100; i++) yield new Uint8Array(1024);
  })();
  await expect(keepStream(city.host, flood, 10_000)).rejects.toMatchObject({ status: 413, code: 'file_too_large' });
});

test('nobody without an account may bring a file', async () => {
  const response = await city.anyone.request('/api/files?name=x', {
    method: 'POST',
    headers: { 'x-guatu': '1' },
    body: 'x',
  });
  expect(response.status).toBe(401);
});

test('a thumbnail is re-encoded and small', async () => {
  const { id } = await office.upload('p.jpg', await picture());
  const reply = await city.system((scope) => openThumbnail(scope, id, 160));
  const { width, height, format } = await sharp(reply.body as Uint8Array).metadata();
  expect({ width, height, format }).toEqual({ width: 160, height: 107, format: 'webp' });
});

test('a hash that was never stored is not found', async () => {
  await expect(city.system((scope) => findFile(scope, 'f'.repeat(64)))).rejects.toMatchObject({ status: 404 });
});
