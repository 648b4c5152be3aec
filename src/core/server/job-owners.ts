import type pg from 'pg';
import type { Host } from './host.ts';

type Log = Pick<Host['log'], 'warn'>;

const everyMs = 30_000;
const keyOf = `hashtextextended('guatu jobs ' || `;

/**
 * A running job carries the mark of its pool. A process that is killed leaves its marks behind, and the queue would wait
 * four hours before it gave those jobs to anybody else: lights would stand still that long. So every process holds an
 * advisory lock under its pool's name while its connection lives, and jobs under a name that nobody holds are free again.
 * A process that lost only its connection may then see a job of its own run twice: jobs bear that.
 */
export async function reclaimJobs(pool: pg.Pool): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(owner)) from (
       select locked_by as owner from (select distinct locked_by from graphile_worker.jobs where locked_by is not null offset 0) marks
       where pg_try_advisory_xact_lock(${keyOf}locked_by, 0))) dead having count(*) > 0`,
  );
}

/** Holds the name of this process's pool and looks now and then for jobs of those that are gone. */
export function ownJobs(pool: pg.Pool, name: string, log: Log): { stop(): Promise<void> } {
  let holder: pg.PoolClient | undefined;
  let isStopped = false;
  const hold = async (): Promise<void> => {
    const client = await pool.connect();
    client.once('error', () => {
      client.release(true);
      holder = undefined;
    });
    await client.query(`select pg_advisory_lock(${keyOf}$1::text, 0))`, [name]);
    if (isStopped) client.release(true);
    else holder = client;
  };
  const look = async (): Promise<void> => {
    try {
      if (!holder) await hold();
      await reclaimJobs(pool);
    } catch (error) {
      log.warn({ error }, 'jobs of processes that are gone were not looked for');
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = look();
  }, everyMs).unref();
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await looking;
      holder?.release(true);
    },
  };
}
