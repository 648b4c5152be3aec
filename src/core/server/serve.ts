import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { sql } from 'kysely';
import { pino } from 'pino';
import { type Contract, inOrder } from '../shared/contract.ts';
import { clockOf } from './clock.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database.ts';
import { kyselyOver, openPool } from './db.ts';
import { docsRoutes } from './docs.ts';
import { walArchiveSettings } from './embedded-postgres/layout.ts';
import { healthRoutes } from './health.ts';
import type { Host } from './host.ts';
import { createApi } from './http.ts';
import { migrateJobs, startJobs } from './jobs.ts';
import { announcer, LiveHub, liveRoutes } from './live.ts';
import { listMigrations, migrate } from './migrate.ts';
import type { AnyServerModule } from './module.ts';
import { pageRoutes } from './pages.ts';
import { eachCity } from './system.ts';
import { upkeep } from './upkeep.ts';

export interface Running {
  url: string;
  host: Host;
  server: Server;
  hub: LiveHub;
  modules: readonly AnyServerModule[];
  stop(): Promise<void>;
}

export function subscribersOf(modules: readonly AnyServerModule[]): Map<string, string[]> {
  const subscribers = new Map<string, string[]>();
  for (const m of modules)
    for (const topic of Object.keys(m.on ?? {}))
      subscribers.set(topic, [...(subscribers.get(topic) ?? []), m.contract.name]);
  return subscribers;
}

/** Server modules in the order of `uses`, so that each starts after those it stands on. */
export const modulesInOrder = (modules: readonly AnyServerModule[]): AnyServerModule[] =>
  inOrder(modules.map((m) => m.contract as Contract)).map((contract) => modules.find((m) => m.contract === contract)!);

/**
 * The whole program in one process: database, migrations, jobs, live updates, API and pages.
 * `root` is the `src` folder. Resolves when requests are served; `say` prints one line of progress for a person.
 */
export async function serve(
  unordered: readonly AnyServerModule[],
  config: Config,
  root: URL,
  say: (line: string) => void,
): Promise<Running> {
  const modules = modulesInOrder(unordered);
  const log = pino({ level: config.logLevel });
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase(config, say, { settings: config.walArchive ? walArchiveSettings : {} });
  const closing: (() => Promise<unknown>)[] = [() => database.stop()];
  try {
    const pool = openPool(database.url, {
      max: 12,
      onError: ({ message }) => log.warn({ message }, 'a database connection was lost'),
    });
    const jobPool = openPool(database.url, {
      max: 7,
      onError: ({ message }) => log.warn({ message }, 'a job connection was lost'),
    });
    closing.unshift(
      () => pool.end(),
      () => jobPool.end(),
    );
    const db = kyselyOver(pool);
    const migrations = await listMigrations(
      modules.map((m) => m.contract.name),
      root,
    );
    await migrateJobs(jobPool);
    await migrate(db, migrations, (id) => say(`  ${id}`));
    if (
      (await sql<{ su: boolean }>`select rolsuper as su from pg_roles where rolname = current_user`.execute(db)).rows[0]
        ?.su
    )
      log.warn('The database user is a superuser: row-level security does not hold for it. Use an ordinary role.');

    const host: Host = {
      db,
      pool,
      config,
      clock: clockOf(config.today),
      log,
      subscribers: subscribersOf(modules),
      announce: () => {},
    };
    const hub = new LiveHub(host, database.url);
    host.announce = announcer(host, () => hub.wake());
    await hub.start();
    closing.unshift(() => hub.stop());

    const app = new Hono<{ Bindings: HttpBindings }>();
    app.route('/', healthRoutes(host, migrations));
    app.route('/api', docsRoutes(modules.map((m) => m.contract)));
    const api = createApi(modules, host);
    app.route('/api', liveRoutes(hub, modules, host));
    app.all('/api/*', (c) => {
      const url = new URL(c.req.url);
      url.pathname = url.pathname.slice('/api'.length);
      return api.fetch(new Request(url, c.req.raw), c.env);
    });
    app.route('/', pageRoutes(root, config));

    for (const module of modules)
      await module.start?.({ db, config, log, host, eachCity: (work) => eachCity(host, module.contract.name, work) });
    const jobs = await startJobs([upkeep, ...modules], host, jobPool);
    closing.unshift(() => jobs.stop());

    const server = createServer(getRequestListener(app.fetch));
    // Streams to wall screens stay open for days; a slow phone line may take long to send a photo.
    server.requestTimeout = 10 * 60_000;
    server.keepAliveTimeout = 65_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(config.port, config.host, () => resolve());
    });
    closing.unshift(() => closed(server));
    const { port } = server.address() as { port: number };
    const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
    let stopping: Promise<void> | undefined;
    const stop = () => (stopping ??= inTurn(closing));
    return { url, host, server, hub, modules, stop };
  } catch (error) {
    await inTurn(closing);
    throw error;
  }
}

async function inTurn(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps) await step().catch(() => {});
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
