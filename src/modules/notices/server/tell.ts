import type { OutboxEvent } from '#core/server/events.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { Scope } from '#core/server/scope.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { insertNotices, type NewNotice } from './notice-store.ts';

/** Tells people something, in their inbox and as they want to be told. The same key for the same account is told once. */
export async function notify(scope: Scope, wanted: readonly NewNotice[]): Promise<void> {
  if ((await insertNotices(scope, wanted)).length > 0)
    await enqueue(scope, 'notices.send', {}, { key: `notices ${scope.cityId}` });
}

/** Accounts that hold a permission for the whole city. */
export const accountsOfCity = async (scope: Scope, permission: string): Promise<string[]> =>
  (await (await holdersOf(scope, permission))({ unitId: null, projectId: '' })).map((holder) => holder.accountId);

/**
 * Accounts that hold a permission for one of the units. Who holds it for the whole city looks after everybody and is not told
 * for each unit.
 */
export async function accountsOfUnits(
  scope: Scope,
  permission: string,
  unitIds: readonly (string | null)[],
): Promise<string[]> {
  const holders = await holdersOf(scope, permission);
  const wide = new Set((await holders({ unitId: null, projectId: '' })).map((holder) => holder.accountId));
  const wanted = [...new Set(unitIds.filter((unitId) => unitId !== null))];
  const found = await Promise.all(wanted.map((unitId) => holders({ unitId, projectId: '' })));
  return [...new Set(found.flat().map((holder) => holder.accountId))].filter((accountId) => !wide.has(accountId));
}

/** One notice for each account and event, or for each account and `key`; none to who did it. */
export const tellOf = (
  scope: Scope,
  event: OutboxEvent,
  accounts: readonly string[],
  { key = `event ${event.id}`, ...note }: Omit<NewNotice, 'accountId' | 'key'> & { key?: string },
): Promise<void> =>
  notify(
    scope,
    [...new Set(accounts)]
      .filter((accountId) => accountId !== event.actorId)
      .map((accountId) => ({ accountId, key, ...note })),
  );
