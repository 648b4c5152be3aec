// One event to 2,000 open streams against a node:http loop that writes the same bytes to the same number of streams.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'kysely';
import { emit } from '../src/core/server/events.ts';
import { LiveHub, liveRoutes } from '../src/core/server/live.ts';
import { parcelModule } from '../src/core/server/testing/parcel-module.ts';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { withDatabase } from './database.ts';
import { compare, print } from './ratio.ts';

const screens = 2_000;

const listening = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, '127.0.0.1', 4_096, () => done((server.address() as { port: number }).port)));

/** Opens the streams and counts the events that all of them receive together. */
async function audience(port: number) {
  let heard = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let done = () => {};
  const streams: IncomingMessage[] = [];
  for (let i = 0; i < screens; i += 100)
    await Promise.all(
      Array.from(
        { length: 100 },
        () =>
          new Promise<void>((open, fail) => {
            request({ port, path: '/events', agent: false }, (response) => {
              streams.push(response);
              response.setEncoding('utf8');
              response.on('data', (text: string) => {
                heard += text.split('event: happened').length - 1;
                if (heard >= wanted) done();
              });
              response.on('error', () => {});
              open();
            })
              .on('error', fail)
              .end();
          }),
      ),
    );
  return {
    /** Resolves when every stream has heard one more event. */
    next: () =>
      new Promise<void>((resolve) => {
        wanted = heard + screens;
        done = resolve;
      }),
    close: () => {
      for (const stream of streams) stream.destroy();
    },
  };
}

await withDatabase(async () => {
  const city = await testCity({ extra: [parcelModule] });
  const actor = city.as({ role: 'office' }).actor;
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(city.host.db);
  const url = new URL(process.env.GUATU_TEST_ADMIN_URL!);
  url.pathname = `/${rows[0]!.name}`;
  const hub = new LiveHub(city.host, url.href);
  await hub.start();
  const door = {
    contract: { name: 'door', title: { zh: '', en: '' }, permissions: {}, endpoints: {} },
    handlers: {},
    authenticate: async () => ({ cityId: city.cityId, actor }),
  };
  const ourServer = createServer(getRequestListener(liveRoutes(hub, [door], city.host).fetch));
  const ours = await audience(await listening(ourServer));

  const outgoing: ServerResponse[] = [];
  const bareServer = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    outgoing.push(response);
  });
  const bare = await audience(await listening(bareServer));
  const frame = `id: 1234567\nevent: happened\ndata: ${JSON.stringify({ topic: 'parcels.sent', projectId: null, data: { label: 'x' }, at: new Date() })}\n\n`;

  const result = await compare(
    `live: one event to ${screens} screens`,
    'a bare node:http loop',
    async () => {
      const all = ours.next();
      await city.system((scope) => emit(scope, { topic: 'parcels.sent', unitIds: [], data: { label: 'x' } }));
      hub.wake();
      await all;
    },
    async () => {
      const all = bare.next();
      for (const response of outgoing) response.write(frame);
      await all;
    },
    15,
  );
  print(result);
  ours.close();
  bare.close();
  await hub.stop();
  for (const server of [ourServer, bareServer]) {
    server.closeAllConnections();
    server.close();
  }
  await city.close();
});
