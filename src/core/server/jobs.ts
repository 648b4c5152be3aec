import { EventEmitter } from 'node:events';
import {
  Logger,
  makeWorkerUtils,
  type ParsedCronItem,
  parseCronItems,
  type Runner,
  run,
  runOnce,
  type Task,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import type { OutboxEvent } from './events.ts';
import type { Host } from './host.ts';
import { ownJobs, reclaimJobs } from './job-owners.ts';
import type { AnyServerModule, JobRun } from './module.ts';
import type { Scope } from './scope.ts';
import { asSystem } from './system.ts';

export interface JobOptions {
  /** Not before this moment. */
  runAt?: Date;
  /** One job per key waits at most; a second replaces the first. */
  key?: string;
  tries?: number;
}

/** Puts a job in the queue in the caller's transaction: no commit, no job. `name` is `<module>.<job>`. */
export async function enqueue(
  scope: Scope,
  name: string,
  payload: Record<string, unknown> = {},
  options: JobOptions = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(${name}, ${JSON.stringify({ cityId: scope.cityId, payload })}::json,
    run_at => ${options.runAt ?? null}, max_attempts => ${options.tries ?? 5}, job_key => ${options.key ?? null})`.execute(
    scope.db,
  );
}

/** The tables of the queue are the library's own; it migrates them. */
export async function migrateJobs(pool: pg.Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: pool });
  await utils.migrate();
  await utils.release();
}

function tasksOf(modules: readonly AnyServerModule[], host: Host, signal: AbortSignal): TaskList {
  const byName = new Map(modules.map((m) => [m.contract.name as string, m]));
  const tasks: TaskList = {
    event: async (payload) => {
      const { cityId, eventId, module } = payload as { cityId: string; eventId: number; module: string };
      await asSystem(host, cityId, `${module}.on`, async (scope) => {
        const { rows } = await sql<OutboxEvent>`
          select id, topic, project_id, unit_ids, data, actor_id, at from core.outbox where id = ${eventId}`.execute(
          scope.db,
        );
        const event = rows[0];
        if (event) await byName.get(module)?.on?.[event.topic]?.(scope, event);
      });
    },
  };
  for (const module of modules)
    for (const [name, job] of Object.entries(module.jobs ?? {})) {
      const action = `${module.contract.name}.${name}`;
      const runFor = (cityId: string, payload: unknown) =>
        (job as (run: JobRun, payload: unknown) => Promise<void>)(
          { cityId, host, signal, log: host.log, transaction: (work) => asSystem(host, cityId, action, work) },
          payload,
        );
      const task: Task = async (body) => {
        const { cityId, payload } = body as { cityId?: string; payload?: unknown };
        if (cityId !== undefined) return runFor(cityId, payload ?? {});
        // A recurring job carries no city: it runs for each.
        const { rows } = await sql<{ id: string }>`select id from core.city`.execute(host.db);
        for (const { id } of rows) await runFor(id, {});
      };
      tasks[action] = task;
    }
  return tasks;
}

/** Given as data, because the text form of a crontab allows no dot in a task's name. */
const cronOf = (modules: readonly AnyServerModule[]): ParsedCronItem[] =>
  parseCronItems(
    modules.flatMap((m) =>
      Object.entries(m.cron ?? {}).map(([name, match]) => ({ task: `${m.contract.name}.${name}`, match })),
    ),
  );

/** Runs the queue in this process until stopped. */
export async function startJobs(
  modules: readonly AnyServerModule[],
  host: Host,
  pool: pg.Pool,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  await reclaimJobs(pool);
  let owned: { stop(): Promise<void> } | undefined;
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    owned = ownJobs(pool, workerPool.id, host.log);
  });
  const runner: Runner = await run({
    pgPool: pool,
    taskList: tasksOf(modules, host, stopping.signal),
    parsedCronItems: cronOf(modules),
    concurrency: 4,
    noHandleSignals: true,
    events,
    pollInterval: 2000,
    logger: quietLogger(host),
  });
  return {
    async stop() {
      stopping.abort();
      await runner.stop().catch(() => {});
      await owned?.stop();
    },
  };
}

/** Runs every job that is due now, then returns: for tests and for commands. Jobs that those jobs add run as well. */
export async function settleJobs(modules: readonly AnyServerModule[], host: Host, pool: pg.Pool): Promise<void> {
  const options = {
    pgPool: pool,
    taskList: tasksOf(modules, host, new AbortController().signal),
    noHandleSignals: true,
    logger: quietLogger(host),
  };
  for (let round = 0; round < 20; round++) {
    await runOnce(options);
    const { rows } =
      await sql`select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts and locked_at is null limit 1`.execute(
        host.db,
      );
    if (rows.length === 0) return;
  }
}

const quietLogger = (host: Host): Logger =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error')
      host.log.error(
        { job: (meta as { job?: unknown } | undefined)?.job, error: (meta as { error?: unknown } | undefined)?.error },
        message,
      );
    else if (level === 'warning') host.log.warn(message);
    else host.log.trace(message);
  });
