import { canonical } from '#core/server/audit.ts';
import { emit } from '#core/server/events.ts';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import type { EditionBody } from '../body.ts';
import { stepCount, workOut } from './collect.ts';
import { findRun, insertEdition, packed, type RunRow, readText, sealedAtOf, setRun, setTrial } from './store.ts';

/**
 * A run from the queue: tells its steps in transactions of their own while the reading goes on in one, and keeps what came
 * out. A run that is over does nothing, so a job that is repeated after a crash seals no second edition.
 */
export async function computeRun(job: JobRun, { runId }: { runId: string }): Promise<void> {
  const run = await job.transaction((scope) => findRun(scope, runId));
  if (!run || run.state === 'done' || run.state === 'failed') return;
  await job.transaction((scope) =>
    setRun(scope, runId, { state: 'running', startedAt: scope.now, step: null, stepsDone: 0 }),
  );
  let stepsDone = 0;
  try {
    await job.transaction(async (scope) => {
      const say = async (step: RunRow['step']): Promise<void> => {
        const done = stepsDone++;
        await job.transaction((other) => setRun(other, runId, { step, stepsDone: done }));
      };
      const kept = run.kind === 'replay' ? await readText(scope, run.editionId!) : null;
      const wanted = { period: run.period, snapshotId: run.snapshotId };
      if (kept === null) return keep(scope, run, await workOut(scope, wanted, say), null);
      const again = { ...wanted, beforeId: (JSON.parse(kept) as EditionBody).previous?.snapshotId ?? null };
      const asOf = await sealedAtOf(scope, run.editionId!);
      const body = await workOut(scope, { ...again, asOf }, say);
      // A month that was brought in from elsewhere may be older than the entry of the rules that it was made by.
      const isOlder = canonical(body) !== kept;
      const asNow = isOlder ? await workOut(scope, again, async () => {}) : body;
      await keep(scope, run, canonical(asNow) === kept ? asNow : body, kept);
    });
  } catch (error) {
    // Said to those who wait for it; the log has the rest.
    job.log.error({ err: error, runId }, 'a month could not be worked out');
    await job.transaction((scope) =>
      setRun(scope, runId, {
        state: 'failed',
        problem: error instanceof Error ? error.message.slice(0, 500) : 'unknown',
        endedAt: scope.now,
      }),
    );
  }
}

async function keep(scope: Scope, run: RunRow, body: EditionBody, kept: string | null): Promise<void> {
  const end = { state: 'done', stepsDone: stepCount, endedAt: scope.now } as const;
  const about = { period: run.period };
  if (run.kind === 'trial') {
    await setTrial(scope, run.period, run.id, body);
    await setRun(scope, run.id, end);
    await emit(scope, { topic: 'editions.computed', unitIds: [], data: about });
  } else if (run.kind === 'seal') {
    const line = await insertEdition(scope, run, body);
    await setRun(scope, run.id, end);
    await emit(scope, {
      topic: 'editions.frozen',
      unitIds: [],
      data: { ...about, editionId: line.id, version: line.version },
    });
  } else {
    const { hash } = await packed(body);
    const differing = differencesOf(JSON.parse(kept!), JSON.parse(canonical(body)));
    await setRun(scope, run.id, { ...end, result: { isEqual: canonical(body) === kept, hash, differing } });
  }
}

/** Where two bodies differ, as paths; the first fifty. */
export function differencesOf(before: unknown, after: unknown, path = ''): string[] {
  if (before === after) return [];
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (!isObject(before) || !isObject(after)) return [path === '' ? '/' : path];
  const found: string[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    found.push(...differencesOf(before[key], after[key], `${path}/${key}`));
    if (found.length >= 50) return found.slice(0, 50);
  }
  return found;
}
