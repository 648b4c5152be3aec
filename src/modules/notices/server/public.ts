import { enqueue } from '#core/server/jobs.ts';
import type { Scope } from '#core/server/scope.ts';
import { insertNotices, type NewNotice } from './notice-store.ts';
import { remindOfFilings, remindOfPromises, remindReviewers } from './remind.ts';

export type { NewNotice } from './notice-store.ts';
export { listenersOf } from './remind.ts';

/** Tells people something, in their inbox and as they want to be told. The same key for the same account is told once. */
export async function notify(scope: Scope, wanted: readonly NewNotice[]): Promise<void> {
  if ((await insertNotices(scope, wanted)).length > 0)
    await enqueue(scope, 'notices.send', {}, { key: `notices ${scope.cityId}` });
}

/** What the hourly job does, now: for set-up and the demonstration. */
export async function remindNow(scope: Scope): Promise<void> {
  await remindOfFilings(scope);
  await remindReviewers(scope);
  await remindOfPromises(scope);
}
