import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../shared/id.ts';
import { emit } from './events.ts';
import { announcer, LiveHub, liveRoutes, mayHear } from './live.ts';
import type { AnyServerModule } from './module.ts';
import type { Actor } from './scope.ts';
import { parcelModule } from './testing/parcel-module.ts';
import { type TestCity, testCity } from './testing/test-city.ts';

let city: TestCity;
let hub: LiveHub;
let server: Server;
let base: string;
const county = newId();
const elsewhere = newId();
const actors: Record<string, Actor | undefined> = {};

beforeAll(async () => {
  city = await testCity({ extra: [parcelModule] });
  actors.office = city.as({ role: 'office' }).actor;
  actors.county = city.as({ role: 'filer', unitIds: [county] }).actor;
  const doorkeeper = {
    contract: { name: 'door', title: { zh: '', en: '' }, permissions: {}, endpoints: {} },
    handlers: {},
    authenticate: async (_tx, request) => {
      const actor = actors[request.headers.get('x-as') ?? ''];
      return actor ? { cityId: city.cityId, actor } : null;
    },
  } satisfies AnyServerModule;
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(city.host.db);
  const url = new URL(process.env.GUATU_TEST_ADMIN_URL!);
  url.pathname = `/${rows[0]!.name}`;
  hub = new LiveHub(city.host, url.href);
  city.host.announce = announcer(city.host, () => hub.wake());
  await hub.start();
  server = createServer(getRequestListener(liveRoutes(hub, [doorkeeper], city.host).fetch));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(async () => {
  await hub.stop();
  server.closeAllConnections();
  server.close();
  await city.close();
});

interface Heard {
  id: string;
  label: string;
}

/** Opens the stream; `until(n)` waits for n events of parcels. */
async function listen(as: string, lastEventId?: string) {
  const stop = new AbortController();
  const response = await fetch(`${base}/events`, {
    headers: { 'x-as': as, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: stop.signal,
  });
  const heard: Heard[] = [];
  const kinds: string[] = [];
  void (async () => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const frames = text.split('\n\n');
      text = frames.pop()!;
      for (const frame of frames) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1] ?? '';
        kinds.push(field('event'));
        if (field('event') === 'happened') heard.push({ id: field('id'), label: JSON.parse(field('data')).data.label });
      }
    }
  })().catch(() => {});
  const until = async (n: number) => {
    for (let i = 0; i < 200 && heard.length < n; i++) await new Promise((done) => setTimeout(done, 10));
    return heard.map((h) => h.label);
  };
  return { status: response.status, heard, kinds, until, stop: () => stop.abort() };
}

const happen = (label: string, unitIds: string[]) =>
  city.system((scope) => emit(scope, { topic: 'parcels.sent', unitIds, data: { label } }));

test('nobody without an account hears anything', async () => {
  const response = await fetch(`${base}/events`, { headers: { 'x-as': 'stranger' } });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ code: 'sign_in_needed' });
});

test('what happened reaches those whose reach it touches, and nobody else', async () => {
  const office = await listen('office');
  const ours = await listen('county');
  await happen('theirs', [elsewhere]);
  await happen('shared', [elsewhere, county]);
  expect(await office.until(2)).toEqual(['theirs', 'shared']);
  expect(await ours.until(1)).toEqual(['shared']);
  office.stop();
  ours.stop();
});

test('a browser that comes back hears what it missed', async () => {
  const first = await listen('office');
  await happen('before', [county]);
  await first.until(1);
  first.stop();
  await happen('while away', [county]);
  const second = await listen('office', first.heard[0]!.id);
  expect(await second.until(1)).toContain('while away');
  second.stop();
});

test('an event of a transaction that commits late is not lost behind newer ones', async () => {
  const office = await listen('office');
  const slow = await city.host.db.startTransaction().execute();
  await sql`insert into core.outbox (city_id, topic, data, actor_id) values (${city.cityId}, 'parcels.sent', '{"label":"slow"}', 'x')`.execute(
    slow,
  );
  await happen('fast', []);
  expect(await office.until(1)).toEqual(['fast']);
  const resumeFrom = office.heard[0]!.id;
  await slow.commit().execute();
  hub.wake();
  expect(await office.until(2)).toEqual(['fast', 'slow']);
  office.stop();
  const back = await listen('office', resumeFrom);
  expect(await back.until(1)).toContain('slow');
  back.stop();
});

test('a browser that resumes a stream of another database is told to fetch anew', async () => {
  const office = await listen('office', String(Number.MAX_SAFE_INTEGER));
  for (let i = 0; i < 100 && !office.kinds.includes('missed'); i++) await new Promise((done) => setTimeout(done, 10));
  expect(office.kinds).toContain('missed');
  office.stop();
});

test('an event without a party is for those who see the whole city', () => {
  const event = { topic: 'parcels.sent', unitIds: [], projectId: null };
  expect(mayHear(actors.office!, event)).toBe(true);
  expect(mayHear(actors.county!, event)).toBe(false);
  expect(mayHear(actors.office!, { ...event, topic: 'secrets.told' })).toBe(false);
});
