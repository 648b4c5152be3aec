import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { pino } from 'pino';
import * as registry from '../../../registry.ts';
import { type Contract, inOrder, type ShippedRole } from '../../shared/contract.ts';
import { newId } from '../../shared/id.ts';
import { type Client, client } from '../../web/client.ts';
import { type Clock, clockOf } from '../clock.ts';
import type { Config } from '../config.ts';
import { kyselyOver, openPool } from '../db.ts';
import type { Host } from '../host.ts';
import { createApi } from '../http.ts';
import { settleJobs } from '../jobs.ts';
import { type AnyServerModule, defineServerModule } from '../module.ts';
import type { Actor, Reach, Scope } from '../scope.ts';
import { subscribersOf } from '../serve.ts';
import { asSystem } from '../system.ts';
import { testDatabase } from './test-db.ts';

export interface ActorInit {
  role: ShippedRole;
  name?: string;
  /** Units whose data the role reaches (closed downwards already). Left out with no projectIds: the whole city. */
  unitIds?: readonly string[];
  projectIds?: readonly string[];
  personId?: string;
}

/** A typed client of any contract, speaking as one actor. */
export type Caller = {
  <C extends Contract>(contract: C): Client<C>;
  actor: Actor;
  /** The bare request, for what the typed client cannot say (a wrong input, a missing header). */
  request(path: string, init?: RequestInit): Promise<Response>;
  upload(name: string, bytes: Uint8Array): Promise<{ id: string; name: string; type: string; size: number }>;
};

export interface TestCity {
  cityId: string;
  host: Host;
  modules: readonly AnyServerModule[];
  as(init: ActorInit): Caller;
  /** Nobody is signed in. */
  anyone: Caller;
  /** Runs the jobs and listeners that are due. */
  settle(): Promise<void>;
  /** One transaction with every right in the city: to lay out what a test needs. */
  system<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const loaded = inOrder(Object.values(registry) as Contract[]).map(
  async ({ name }) => (await import(`../../../modules/${name}/server/index.ts`)).default as AnyServerModule,
);

function clockFrom(today: string, startsAt: string): Clock {
  const shift = Date.parse(`${today}T${startsAt}:00+08:00`) - Date.now();
  return { now: () => new Date(Date.now() + shift), today: () => today, isDemo: true };
}

/**
 * The whole program over a fresh database with one city, without a socket: the real router, the real modules, the real
 * typed client. Who asks is told by a test header instead of a cookie; everything after that is as in use.
 */
export async function testCity({
  today = '2021-09-26',
  code = '430600',
  name = '岳阳市',
  extra = [],
  startsAt,
}: {
  today?: string;
  /** HH:MM in Shanghai at which the clock starts; left out, the real time of day: for answers that tell how late something is. */
  startsAt?: string;
  code?: string;
  name?: string;
  extra?: readonly AnyServerModule[];
} = {}): Promise<TestCity> {
  const database = await testDatabase();
  const pool = openPool(database.url, { max: 8 });
  const dataDir = await mkdtemp(join(tmpdir(), 'guatu-test-'));
  const modules = [...(await Promise.all(loaded)), ...extra];
  const cityId = newId();
  const actors = new Map<string, Actor>();
  const host: Host = {
    db: kyselyOver(pool),
    pool,
    config: { port: 0, host: '127.0.0.1', dataDir, logLevel: 'silent' } as Config,
    clock: startsAt === undefined ? clockOf(today) : clockFrom(today, startsAt),
    log: pino({ level: process.env.GUATU_TEST_LOG ?? 'silent' }),
    subscribers: subscribersOf(modules),
    announce: () => {},
  };
  await sql`insert into core.city (id, code, name, hq_name) values (${cityId}, ${code}, ${name}, ${`${name}重点项目建设总指挥部`})`.execute(
    host.db,
  );

  const real = modules.find((m) => m.authenticate)?.authenticate;
  const doorkeeper = defineServerModule(
    { name: 'testing', title: { zh: '', en: '' }, permissions: {}, endpoints: {} },
    {
      handlers: {},
      async authenticate(tx, request, forHost) {
        const id = request.headers.get('x-test-actor');
        if (id === null) return (await real?.(tx, request, forHost)) ?? null;
        await sql`select set_config('guatu.city', ${cityId}, true)`.execute(tx);
        return { cityId, actor: actors.get(id)! };
      },
    },
  ) as AnyServerModule;
  const api: Hono = createApi([doorkeeper, ...modules], host);

  const caller = (actor: Actor, isSignedIn: boolean): Caller => {
    const request = (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (isSignedIn) headers.set('x-test-actor', actor.id);
      return Promise.resolve(api.request(path.replace(/^\/api/, ''), { ...init, headers }));
    };
    const send = ((url: string, init?: RequestInit) => request(url, init)) as typeof fetch;
    const call = <C extends Contract>(contract: C) => client(contract, send);
    return Object.assign(call, {
      actor,
      request,
      upload: async (fileName: string, bytes: Uint8Array) => {
        const response = await request(`/api/files?name=${encodeURIComponent(fileName)}`, {
          method: 'POST',
          headers: { 'x-guatu': '1', 'content-type': 'application/octet-stream' },
          body: bytes as Uint8Array<ArrayBuffer>,
        });
        if (!response.ok) throw Object.assign(new Error(await response.text()), { status: response.status });
        return response.json();
      },
    });
  };

  return {
    cityId,
    host,
    modules,
    as({ role, name: actorName = role, unitIds, projectIds, personId }) {
      const reach: Reach =
        unitIds || projectIds ? { all: false, unitIds: unitIds ?? [], projectIds: projectIds ?? [] } : { all: true };
      const held = modules.flatMap((m) =>
        Object.entries(m.contract.permissions as Contract['permissions']).filter(([, p]) => p.roles.includes(role)),
      );
      const actor: Actor = {
        kind: 'account',
        id: newId(),
        personId: personId ?? null,
        name: actorName,
        unitIds: unitIds ?? [],
        grants: new Map(held.map(([permission]) => [permission, reach])),
      };
      actors.set(actor.id, actor);
      return caller(actor, true);
    },
    anyone: caller(
      { kind: 'public', id: 'public', personId: null, name: '公众', unitIds: [], grants: new Map() },
      false,
    ),
    settle: () => settleJobs(modules, host, pool),
    system: (work) => asSystem(host, cityId, 'test', work),
    async close() {
      await host.db.destroy();
      await rm(dataDir, { recursive: true, force: true });
      await database.drop();
    },
  };
}
