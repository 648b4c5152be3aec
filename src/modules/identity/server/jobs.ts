import type { JobRun } from '#core/server/module.ts';
import { tidy } from './session-store.ts';

const day = 24 * 3_600_000;

/** Once a night: forgets failures of the day before, sign-ins that never came back, and sessions that ended a quarter ago. */
export async function tidyJob(run: JobRun): Promise<void> {
  const now = Date.now();
  await run.transaction((scope) =>
    tidy(scope, { failures: new Date(now - day), attempts: new Date(now), sessions: new Date(now - 90 * day) }),
  );
}
