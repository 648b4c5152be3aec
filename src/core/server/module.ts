import type { Logger } from 'pino';
import type { Contract, OutputOf, ParsedOf } from '../shared/contract.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import type { OutboxEvent } from './events.ts';
import type { FileReply } from './files.ts';
import type { Host } from './host.ts';
import type { Actor, Scope } from './scope.ts';

type Endpoints<C extends Contract> = C['endpoints'];

export type Handlers<C extends Contract> = {
  [K in keyof Endpoints<C>]: (
    scope: Scope,
    input: ParsedOf<Endpoints<C>[K]>,
  ) => Endpoints<C>[K] extends { kind: 'download' } ? Promise<FileReply> : Promise<OutputOf<Endpoints<C>[K]>>;
};

/** A job that runs longer than a request: its own transactions, one after another, so that progress is seen. */
export interface JobRun {
  cityId: string;
  /** Runs `work` in one transaction with a system Scope of the job's city. */
  transaction<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  log: Logger;
  /** Aborted when the server stops: finish the piece in hand and return. */
  signal: AbortSignal;
  host: Host;
}

export interface StartContext {
  db: Db;
  config: Config;
  log: Logger;
  host: Host;
  /** One transaction with a system Scope for each city. */
  eachCity(work: (scope: Scope) => Promise<void>): Promise<void>;
}

export interface ServerModule<C extends Contract = Contract> {
  contract: C;
  handlers: Handlers<C>;
  /** Topic → what this module does when it happened. At least once, right after the commit: must be idempotent. */
  on?: Record<string, (scope: Scope, event: OutboxEvent) => Promise<void>>;
  /** Name (without the module) → a job put in the queue by `enqueue(scope, '<module>.<name>', payload)`. */
  jobs?: Record<string, (run: JobRun, payload: never) => Promise<void>>;
  /** Recurring jobs: name of a job above → crontab pattern in UTC; runs once for each city. */
  cron?: Record<string, string>;
  /** Called once per process, after the migrations and before the first request. */
  start?: (context: StartContext) => Promise<void>;
  /**
   * Tells who asks. Exactly one module provides it. Runs inside the request's transaction, which is read-only for a
   * query: it must not write.
   */
  authenticate?: (tx: Db, request: Request, host: Host) => Promise<{ cityId: string; actor: Actor } | null>;
}

/** Ties a contract to its handlers; a missing or misspelt handler is a type error. */
export const defineServerModule = <const C extends Contract>(
  contract: C,
  rest: Omit<ServerModule<C>, 'contract'>,
): ServerModule<C> => ({
  contract,
  ...rest,
});

/** Modules as the router and the runner see them, whatever their contracts. */
// biome-ignore lint/suspicious/noExplicitAny: handlers of different contracts share no input type; the router parses each by its own schema
export type AnyServerModule = ServerModule<any>;
