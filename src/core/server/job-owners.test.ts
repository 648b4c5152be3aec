import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownJobs, reclaimJobs } from './job-owners.ts';
import { enqueue } from './jobs.ts';
import { type TestCity, testCity } from './testing/test-city.ts';

let city: TestCity;
beforeAll(async () => {
  city = await testCity();
});
afterAll(() => city.close());

/** A job as a pool leaves it that was killed in the middle. */
async function markedJob(owner: string): Promise<() => Promise<string | null>> {
  await city.system((scope) => enqueue(scope, `testing.${owner}`));
  await sql`update graphile_worker._private_jobs set locked_by = ${owner}, locked_at = now()
    where task_id = (select id from graphile_worker._private_tasks where identifier = ${`testing.${owner}`})`.execute(
    city.host.db,
  );
  return async () => {
    const { rows } = await sql<{ lockedBy: string | null }>`select locked_by from graphile_worker.jobs
      where task_identifier = ${`testing.${owner}`}`.execute(city.host.db);
    return rows[0]!.lockedBy;
  };
}

test('a job of a process that was killed is free at once, one of a process that lives is left to it', async () => {
  const ofDead = await markedJob('pool-dead');
  const ofLiving = await markedJob('pool-living');
  const living = ownJobs(city.host.pool, 'pool-living', city.host.log);
  await expect.poll(ofDead).toBe(null);
  await reclaimJobs(city.host.pool);
  expect(await ofLiving()).toBe('pool-living');
  await living.stop();
  // PostgreSQL frees what a connection held when it notices that it is closed: a moment later on a busy machine.
  const reclaimed = async () => {
    await reclaimJobs(city.host.pool);
    return ofLiving();
  };
  await expect.poll(reclaimed).toBe(null);
});
