import type { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { sql } from 'kysely';
import pg from 'pg';
import { inTransaction } from './db.ts';
import { Problem } from './errors.ts';
import type { OutboxEvent } from './events.ts';
import type { Host } from './host.ts';
import { answerProblem } from './http.ts';
import type { AnyServerModule } from './module.ts';
import type { Actor, Reach } from './scope.ts';

interface Viewer {
  cityId: string;
  actor: Actor;
  request: Request;
  response: Pick<ServerResponse, 'write' | 'end'>;
}

interface Row extends OutboxEvent {
  cityId: string;
  /** The transaction that wrote it. */
  xact: number;
}

export const channel = 'guatu_outbox';
const heartbeatMs = 15_000;
const recheckMs = 60_000;
/** Beyond this many missed events a browser is told to fetch everything anew. */
const replayLimit = 500;
const readLimit = 5_000;

/** May this actor know of this event? By the topic's own module's `.read`, and by the parties it names. */
export function mayHear(actor: Actor, event: Pick<OutboxEvent, 'topic' | 'unitIds' | 'projectId'>): boolean {
  const permission = `${event.topic.slice(0, event.topic.indexOf('.'))}.read`;
  const reach: Reach | undefined = actor.kind === 'system' ? { all: true } : actor.grants.get(permission);
  if (!reach) return false;
  if (reach.all) return true;
  if (event.projectId !== null && reach.projectIds.includes(event.projectId)) return true;
  return event.unitIds.some((id) => reach.unitIds.includes(id));
}

const frameOf = (mark: number, event: Row): string =>
  `id: ${mark}\nevent: happened\ndata: ${JSON.stringify({ topic: event.topic, projectId: event.projectId, data: event.data, at: event.at })}\n\n`;

/**
 * Tells browsers what happened. One LISTEN connection per process wakes it; rows come from the outbox.
 * Neither ids nor times are in the order of commits, so the place in the stream is the mark: the oldest transaction
 * still running. Nothing written before it can still appear. Events after it are sent at once and remembered; a browser
 * resumes from the mark, so it may hear a hint twice, but never misses one.
 */
export class LiveHub {
  readonly #host: Host;
  readonly #databaseUrl: string;
  readonly #viewers = new Set<Viewer>();
  /** Sent already, id → writing transaction; only those at or after the mark. */
  readonly #sent = new Map<number, number>();
  #mark = 0;
  #reading: Promise<void> | undefined;
  #again = false;
  #listener: pg.Client | undefined;
  #timers: NodeJS.Timeout[] = [];
  #stopped = false;

  constructor(host: Host, databaseUrl: string) {
    this.#host = host;
    this.#databaseUrl = databaseUrl;
  }

  get size(): number {
    return this.#viewers.size;
  }

  async start(): Promise<void> {
    this.#mark = await this.#runningSince();
    await this.#listen();
    this.#timers.push(
      // A lost NOTIFY must not leave the wall standing: look by oneself now and then.
      setInterval(() => this.wake(), 2_000).unref(),
      setInterval(() => this.#heartbeat(), heartbeatMs).unref(),
      setInterval(() => void this.#recheck(), recheckMs).unref(),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const viewer of this.#viewers) viewer.response.end();
    this.#viewers.clear();
    await this.#listener?.end().catch(() => {});
    await this.#reading;
  }

  /** Reads what is new and sends it. Calls that come while one runs are joined into one more. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#read()
      .catch((error) => this.#host.log.warn({ error }, 'live events not read'))
      .finally(() => {
        this.#reading = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  async add(viewer: Viewer, lastEventId: string | undefined): Promise<() => void> {
    viewer.response.write(`retry: 2000\nid: ${this.#mark}\nevent: hello\ndata: {}\n\n`);
    this.#viewers.add(viewer);
    const from = Number(lastEventId);
    if (lastEventId !== undefined && Number.isSafeInteger(from)) {
      const missed = await this.#since(from, replayLimit + 1);
      // A mark from the future is another database's: after a restore the screen must not trust what it shows.
      const isForeign = from > (await this.#runningSince());
      if (missed.length > replayLimit || isForeign)
        viewer.response.write(`id: ${this.#mark}\nevent: missed\ndata: {}\n\n`);
      else for (const event of missed) this.#send(viewer, event, frameOf(from, event));
    }
    return () => void this.#viewers.delete(viewer);
  }

  async #read(): Promise<void> {
    const running = await this.#runningSince();
    const rows = await this.#since(this.#mark, readLimit);
    for (const row of rows) {
      if (this.#sent.has(row.id)) continue;
      this.#sent.set(row.id, row.xact);
      // One frame for all: two thousand screens cost two thousand writes, not two thousand serialisations.
      const frame = frameOf(this.#mark, row);
      for (const viewer of this.#viewers) this.#send(viewer, row, frame);
    }
    if (rows.length < readLimit) this.#mark = Math.max(this.#mark, running);
    else {
      this.#mark = rows.at(-1)!.xact;
      this.#again = true;
    }
    for (const [id, xact] of this.#sent) if (xact < this.#mark) this.#sent.delete(id);
  }

  #send(viewer: Viewer, event: Row, frame: string): void {
    if (viewer.cityId === event.cityId && mayHear(viewer.actor, event)) viewer.response.write(frame);
  }

  /** Rows written by transactions from `mark` on, in that order. */
  async #since(mark: number, limit: number): Promise<Row[]> {
    const { rows } =
      await sql<Row>`select id, city_id, topic, project_id, unit_ids, data, actor_id, at, xact::text::bigint as xact
      from core.outbox where xact >= ${String(mark)}::xid8 order by outbox.xact, id limit ${limit}`.execute(
        this.#host.db,
      );
    return rows;
  }

  async #runningSince(): Promise<number> {
    const { rows } = await sql<{
      xmin: number;
    }>`select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin`.execute(this.#host.db);
    return rows[0]!.xmin;
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#databaseUrl, application_name: 'guatu live' });
    client.on('error', () => this.#relisten());
    client.on('notification', () => this.wake());
    await client.connect();
    await client.query(`listen ${channel}`);
    this.#listener = client;
  }

  #relisten(): void {
    if (this.#stopped) return;
    this.#listener = undefined;
    setTimeout(() => void this.#listen().catch(() => this.#relisten()), 1_000).unref();
  }

  #heartbeat(): void {
    // The clock goes with it, so that a screen knows the age of what it shows even when nothing happens.
    const frame = `event: beat\ndata: ${JSON.stringify({ at: this.#host.clock.now() })}\n\n`;
    for (const viewer of this.#viewers) viewer.response.write(frame);
  }

  /** A session that was revoked, or a post that ended, must not go on hearing. */
  async #recheck(): Promise<void> {
    for (const viewer of [...this.#viewers]) {
      const who = await this.authenticate(viewer.request).catch(() => undefined);
      if (who === null) {
        viewer.response.end();
        this.#viewers.delete(viewer);
      } else if (who) viewer.actor = who.actor;
    }
  }

  authenticate: (request: Request) => Promise<{ cityId: string; actor: Actor } | null> = async () => null;
}

/** GET /events: the stream itself. Written to the raw response, because a web stream per screen costs several times more. */
export function liveRoutes(
  hub: LiveHub,
  modules: readonly AnyServerModule[],
  host: Host,
): Hono<{ Bindings: HttpBindings }> {
  const authenticate = modules.find((m) => m.authenticate)?.authenticate ?? (async () => null);
  hub.authenticate = (request) => inTransaction(host.db, (tx) => authenticate(tx, request, host), { readOnly: true });
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.onError(answerProblem(host));
  routes.get('/events', async (c) => {
    const who = await hub.authenticate(c.req.raw);
    if (!who) throw new Problem(401, 'sign_in_needed', { zh: '请先登录', en: 'Sign in first' });
    const { outgoing } = c.env;
    outgoing.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    outgoing.flushHeaders();
    // Only what authentication reads again later: holding the whole request would hold its body.
    const request = new Request(c.req.url, { headers: c.req.raw.headers });
    const remove = await hub.add({ ...who, request, response: outgoing }, c.req.header('last-event-id'));
    outgoing.on('close', remove);
    return RESPONSE_ALREADY_SENT;
  });
  return routes;
}

/** Says "look at the outbox" to every process, at most once per 20 ms: a NOTIFY for each commit would queue them all on one lock. */
export function announcer(host: Pick<Host, 'db' | 'log'>, local: () => void): () => void {
  let waiting = false;
  return () => {
    local();
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      sql`select pg_notify(${channel}, '')`
        .execute(host.db)
        .catch((error) => host.log.warn({ error }, 'notify failed'));
    }, 20).unref();
  };
}
