import type { Scope } from '#core/server/scope.ts';
import { remindOfFilings, remindOfPromises, remindReviewers } from './remind.ts';

export type { NewNotice } from './notice-store.ts';
export { listenersOf } from './remind.ts';
export { accountsOfCity, accountsOfUnits, notify, tellOf } from './tell.ts';

/** What the hourly job does, now: for set-up and the demonstration. */
export async function remindNow(scope: Scope): Promise<void> {
  await remindOfFilings(scope);
  await remindReviewers(scope);
  await remindOfPromises(scope);
}
