import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from 'vitest';
import { z } from 'zod';
import { command, defineContract, download, query } from '../shared/contract.ts';
import { client, onSignedOut, ProblemError, type Send, urlOf } from './client.ts';
import { chooseLanguage } from './language.ts';

const Project = z.object({
  id: z.string(),
  name: z.string(),
  at: z.iso.datetime().transform((text) => new Date(text)),
});
const words = { zh: '', en: '' };
const contract = defineContract({
  name: 'things',
  title: words,
  permissions: {},
  endpoints: {
    all: query({
      path: '/things',
      summary: words,
      permission: 'signedIn',
      input: z.object({}),
      output: z.array(Project),
    }),
    list: query({
      path: '/things/:unit/list',
      summary: words,
      permission: 'signedIn',
      input: z.object({
        unit: z.string(),
        lights: z.array(z.string()).optional(),
        from: z.number().optional(),
        open: z.boolean().optional(),
        q: z.string().default(''),
      }),
      output: z.array(Project),
    }),
    move: command({
      path: '/things/:id/move',
      summary: words,
      permission: 'signedIn',
      input: z.object({ id: z.string(), to: z.enum(['a', 'b']) }),
      output: z.object({ ok: z.boolean() }),
    }),
    sheet: download({
      path: '/things/sheet',
      summary: words,
      permission: 'signedIn',
      input: z.object({ year: z.number() }),
      output: z.any(),
    }),
  },
});

const sent: { url: string; init: RequestInit }[] = [];
const answering = (...answers: (() => Response)[]): Send => {
  let turn = 0;
  return async (url, init = {}) => {
    sent.push({ url, init });
    return answers[Math.min(turn++, answers.length - 1)]!();
  };
};
const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });
const broken = () => {
  throw new TypeError('Failed to fetch');
};
const header = (index: number, name: string) => new Headers(sent[index]?.init.headers).get(name);

beforeEach(() => {
  sent.length = 0;
  chooseLanguage('zh');
});
afterEach(() => {
  vi.useRealTimers();
});

test('a query goes as GET: path parts filled, lists as JSON, numbers and booleans as text, undefined left out', async () => {
  const api = client(contract, answering(json([])));
  await api.list({ unit: '市/办', lights: ['warn', 'late'], from: 3, open: true });
  const url = new URL(sent[0]!.url, 'http://x');
  expect(url.pathname).toBe('/api/things/%E5%B8%82%2F%E5%8A%9E/list');
  expect(Object.fromEntries(url.searchParams)).toEqual({ lights: '["warn","late"]', from: '3', open: 'true' });
  expect(sent[0]!.init.method).toBeUndefined();
});

test('types are exact: input as sent, output as parsed, no input where none is needed, a Blob for a file', () => {
  const api = client(contract, answering(json([])));
  expectTypeOf(api.list).parameter(0).toEqualTypeOf<{
    unit: string;
    lights?: string[] | undefined;
    from?: number | undefined;
    open?: boolean | undefined;
    q?: string | undefined;
  }>();
  expectTypeOf(api.all).returns.resolves.toEqualTypeOf<{ id: string; name: string; at: Date }[]>();
  expectTypeOf(api.move).parameter(0).toEqualTypeOf<{ id: string; to: 'a' | 'b' }>();
  expectTypeOf(api.sheet).returns.resolves.toEqualTypeOf<Blob>();
  expectTypeOf(api.all).toBeCallableWith();
  // @ts-expect-error a required input cannot be left out
  expectTypeOf(api.move).toBeCallableWith();
});

test('answers are parsed by the contract', async () => {
  const api = client(contract, answering(json([{ id: '1', name: '甲', at: '2021-09-26T01:00:00Z' }])));
  const [first] = await api.all();
  expect(first?.at).toEqual(new Date('2021-09-26T01:00:00Z'));
});

test('a command posts its fields with a fresh key and the mark of our own page', async () => {
  const api = client(contract, answering(json({ ok: true })));
  await api.move({ id: '7', to: 'a' });
  await api.move({ id: '7', to: 'a' });
  await api.move({ id: '7', to: 'b' }, { idempotencyKey: 'given-by-hand' });
  expect(sent[0]).toMatchObject({ url: '/api/things/7/move', init: { method: 'POST', body: '{"to":"a"}' } });
  expect(header(0, 'x-guatu')).toBe('1');
  expect(header(0, 'idempotency-key')).toMatch(/^[\w-]{36}$/);
  expect(header(1, 'idempotency-key')).not.toBe(header(0, 'idempotency-key'));
  expect(header(2, 'idempotency-key')).toBe('given-by-hand');
});

test('a command that meets a lost line is sent again with the same key, so it happens once', async () => {
  vi.useFakeTimers();
  const api = client(contract, answering(broken, json({}, 503), json({ ok: true })));
  const answer = api.move({ id: '7', to: 'a' });
  await vi.runAllTimersAsync();
  expect(await answer).toEqual({ ok: true });
  expect(sent).toHaveLength(3);
  expect(new Set([0, 1, 2].map((index) => header(index, 'idempotency-key'))).size).toBe(1);
});

test('after three more attempts the person is told that the server cannot be reached', async () => {
  vi.useFakeTimers();
  const answer = client(contract, answering(broken))
    .move({ id: '7', to: 'a' })
    .catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  expect(await answer).toMatchObject({ status: 0, code: 'offline' });
  expect(sent).toHaveLength(4);
});

test('a refusal is never sent again', async () => {
  const refusal = {
    code: 'locked',
    words: { zh: '该月已锁定，请申请更正', en: 'The month is locked: ask for a correction' },
    field: 'to',
    requestId: 'r-1',
  };
  const api = client(contract, answering(json(refusal, 409)));
  const error = await api.move({ id: '7', to: 'a' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({
    status: 409,
    code: 'locked',
    field: 'to',
    requestId: 'r-1',
    message: '该月已锁定，请申请更正',
  });
  expect(sent).toHaveLength(1);
});

test('a problem speaks the page language, and a proxy’s page still becomes a sentence', async () => {
  chooseLanguage('en');
  const refused = client(contract, answering(json({ code: 'x', words: { zh: '不', en: 'No' } }, 403))).all();
  await expect(refused).rejects.toThrow('No');
  const proxy = client(
    contract,
    answering(() => new Response('<html>Bad gateway', { status: 500 })),
  ).all();
  await expect(proxy).rejects.toThrow('The server gave no reason (500)');
});

test('when nobody is signed in the shell is told; a wrong password is not that', async () => {
  const heard = vi.fn();
  const stop = onSignedOut(heard);
  const api = (code: string) => client(contract, answering(json({ code, words }, 401)));
  await api('wrong_password')
    .all()
    .catch(() => {});
  expect(heard).not.toHaveBeenCalled();
  await api('sign_in_needed')
    .all()
    .catch(() => {});
  expect(heard).toHaveBeenCalledTimes(1);
  stop();
});

test('a download gives its bytes, or an address for a link', async () => {
  const api = client(
    contract,
    answering(() => new Response('sheet')),
  );
  expect(await (await api.sheet({ year: 2021 })).text()).toBe('sheet');
  expect(urlOf(contract, 'sheet', { year: 2021 })).toBe('/api/things/sheet?year=2021');
});

test('a missing path part is an error here, not a request to another address', async () => {
  const api = client(contract, answering(json({ ok: true })));
  await expect(api.move({ id: '', to: 'a' })).rejects.toThrow('needs id');
  expect(sent).toHaveLength(0);
});
