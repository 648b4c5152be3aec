import type pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import type { Problem } from './errors.ts';

/** What one server process has and every request shares. Made once at the start; holds no request's data. */
export interface Host {
  db: Db;
  pool: pg.Pool;
  config: Config;
  clock: Clock;
  log: Logger;
  /** Topic → modules that listen to it. */
  subscribers: ReadonlyMap<string, readonly string[]>;
  /** Called after a commit that wrote outbox rows. */
  announce(): void;
}

/** What a request gathers on its way and the router carries out at the end. */
export interface Effects {
  host: Host;
  headers: Headers;
  status: number | undefined;
  emitted: boolean;
  audit: { subject: string; id: string; before?: unknown; after?: unknown }[];
  /** The answer after the commit, in place of the handler's: see `refuse`. */
  refusal?: Problem;
  /** The call itself, for cookies and the caller's address. Jobs and listeners have none. */
  call?: { request: Request; socketAddress: string | undefined };
}
