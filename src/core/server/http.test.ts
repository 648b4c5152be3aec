import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../shared/id.ts';
import { listMigrations, migrate } from './migrate.ts';
import { parcelModule, parcels, parcelTable } from './testing/parcel-module.ts';
import { type Caller, type TestCity, testCity } from './testing/test-city.ts';

let city: TestCity;
let office: Caller;
let filer: Caller;

beforeAll(async () => {
  city = await testCity({ extra: [parcelModule] });
  for (const statement of parcelTable) await sql.raw(statement).execute(city.host.db);
  // Secures the new table by city, as it would any module's.
  await migrate(city.host.db, await listMigrations([], new URL('../../', import.meta.url)));
  office = city.as({ role: 'office', name: '刘敏' });
  filer = city.as({ role: 'filer' });
});
afterAll(() => city.close());

const headers = { 'x-guatu': '1', 'content-type': 'application/json' };
const post = (as: Caller, body: unknown, more: Record<string, string> = {}) =>
  as.request('/api/parcels', { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
const auditOf = async (label: string) =>
  (
    await sql<{ action: string; actorName: string; subject: string; input: unknown }>`
    select a.action, a.actor_name, a.subject, p.input from core.audit a join core.audit_payload p on p.audit_id = a.id
    where p.input->>'label' = ${label}`.execute(city.host.db)
  ).rows;
const parcelsNamed = async (label: string) =>
  (await city.system((scope) => sql`select id from parcels.parcel where label = ${label}`.execute(scope.db))).rows
    .length;

describe('who may', () => {
  test('nobody without an account reaches an endpoint that needs a permission', async () => {
    const response = await city.anyone.request('/api/parcels');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      code: 'sign_in_needed',
      words: { zh: '请先登录', en: 'Sign in first' },
    });
  });

  test('an endpoint for anyone answers anyone', async () => {
    expect(await city.anyone(parcels).hello({})).toEqual({ who: '公众' });
  });

  test('an account without the permission is refused', async () => {
    await expect(filer(parcels).send({ label: 'x' })).rejects.toMatchObject({ status: 403, code: 'forbidden' });
    expect(await parcelsNamed('x')).toBe(0);
  });

  test('an account that must change its password can do nothing else', async () => {
    const fresh = city.as({ role: 'office' });
    fresh.actor.mustChangePassword = true;
    await expect(fresh(parcels).list({})).rejects.toMatchObject({ code: 'password_change_needed' });
  });

  test('a command without the header of our own pages is refused, and so is one sent from another site', async () => {
    const bare = await office.request('/api/parcels', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"label":"forged"}',
    });
    expect(bare.status).toBe(403);
    expect((await post(office, { label: 'forged' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await parcelsNamed('forged')).toBe(0);
  });
});

describe('what is sent', () => {
  test('numbers and lists of a query are read by its schema', async () => {
    await office(parcels).send({ label: 'left' });
    await office(parcels).send({ label: 'right' });
    expect((await office(parcels).list({ limit: 5, labels: ['left'] })).map((p) => p.label)).toEqual(['left']);
  });

  test('wrong input is told by field, in both languages, and is never a 500', async () => {
    const response = await post(office, { label: '' });
    expect(response.status).toBe(400);
    const body = await response.json();
    expect(body).toMatchObject({ code: 'invalid_input', field: 'label' });
    expect(body.words.zh).toMatch(/label/);
    expect(body.fields[0].words.zh).not.toBe(body.fields[0].words.en);
  });

  test.each(['not json', '[]', 'null', ''])('the body %j is refused with a sentence', async (body) => {
    const response = await office.request('/api/parcels', { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad_json' });
  });

  test('a body over the limit is refused', async () => {
    expect((await post(office, { label: 'x'.repeat(3_000_000) })).status).toBe(413);
  });

  test('an id that is no id is bad input, and an address that is no endpoint says so', async () => {
    expect((await office.request('/api/parcels/7')).status).toBe(400);
    expect(await (await office.request('/api/nothing/here')).json()).toMatchObject({ code: 'no_endpoint' });
  });

  test('the message follows the language of the browser', async () => {
    const response = await city.anyone.request('/api/parcels', { headers: { 'accept-language': 'en-GB,en' } });
    expect((await response.json()).message).toBe('Sign in first');
  });
});

describe('one transaction', () => {
  test('a query cannot write', async () => {
    await office(parcels).send({ label: 'kept' });
    expect((await office.request('/api/parcels-slip')).status).toBeGreaterThanOrEqual(500);
    expect(await parcelsNamed('kept')).toBe(1);
  });

  test('a command leaves one audit row that names actor, action and subject, without its secrets', async () => {
    await office(parcels).send({ label: 'audited', password: 'hunter2hunter2' });
    expect(await auditOf('audited')).toEqual([
      {
        action: 'parcels.send',
        actorName: '刘敏',
        subject: 'parcels.parcel',
        input: { label: 'audited', password: '…' },
      },
    ]);
  });

  test('a command that fails leaves no row, no audit, no event, no job and no cookie', async () => {
    const response = await post(office, { label: 'doomed', fail: true });
    expect(response.status).toBe(409);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await parcelsNamed('doomed')).toBe(0);
    expect(await auditOf('doomed')).toEqual([]);
    const { rows } = await sql`select 1 from core.outbox where data->>'label' = 'doomed'`.execute(city.host.db);
    expect(rows).toEqual([]);
  });

  test('headers that a handler sets go out with the answer', async () => {
    expect((await post(office, { label: 'cookie' })).headers.get('set-cookie')).toBe('last=1; Path=/');
  });

  test('listeners and jobs run after the commit', async () => {
    const { id } = await office(parcels).send({ label: 'heard' });
    await city.settle();
    const { rows } = await city.system((scope) =>
      sql`select heard from parcels.parcel where id = ${id}`.execute(scope.db),
    );
    expect(rows).toEqual([{ heard: 101 }]);
  });
});

describe('the same key twice is one effect', () => {
  test('one after the other: the second gets the first one’s answer', async () => {
    const key = newId();
    const first = await (await post(office, { label: 'twice' }, { 'idempotency-key': key })).json();
    const second = await (await post(office, { label: 'twice' }, { 'idempotency-key': key })).json();
    expect(second).toEqual(first);
    expect(await parcelsNamed('twice')).toBe(1);
    expect(await auditOf('twice')).toHaveLength(1);
  });

  test('at the same moment: still one', async () => {
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(office, { label: 'burst' }, { 'idempotency-key': key })),
    );
    expect(new Set(await Promise.all(answers.map(async (a) => (await a.json()).id))).size).toBe(1);
    expect(await parcelsNamed('burst')).toBe(1);
  });

  test('a key used for something else is refused', async () => {
    const key = newId();
    await post(office, { label: 'one' }, { 'idempotency-key': key });
    const other = await post(office, { label: 'two' }, { 'idempotency-key': key });
    expect(await other.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });

  test('a failed call frees its key', async () => {
    const key = newId();
    await post(office, { label: 'again', fail: true }, { 'idempotency-key': key });
    expect((await post(office, { label: 'again', fail: true }, { 'idempotency-key': key })).status).toBe(409);
  });
});

test('a row of another city is not there, even when a store forgets to ask for the city', async () => {
  const { id } = await office(parcels).send({ label: 'ours' });
  const other = newId();
  await sql`insert into core.city (id, code, name, hq_name) values (${other}, '430300', '湘潭市', '湘潭总指挥部')`.execute(
    city.host.db,
  );
  await city.host.db.transaction().execute(async (tx) => {
    await sql`select set_config('guatu.city', ${other}, true)`.execute(tx);
    await sql`insert into parcels.parcel values (${other}, ${other}, 'theirs', 0)`.execute(tx);
  });
  expect(await office(parcels).get({ id })).toMatchObject({ label: 'ours' });
  await expect(office(parcels).get({ id: other })).rejects.toMatchObject({ status: 404 });
});

test('a download is an attachment under its own name', async () => {
  const response = await office.request(`/api/parcels/${newId()}/label`);
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%E6%A0%87%E7%AD%BE/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});
