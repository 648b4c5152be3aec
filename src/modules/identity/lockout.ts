/**
 * How long a user name has to wait after wrong passwords. Pure: the store keeps the state, the server asks.
 * The wait grows instead of ending in a closed account, so that a stranger cannot keep a clerk out for a day.
 */
export interface Failures {
  /** Wrong answers in a row. */
  count: number;
  lastAt: Date;
  /** Until then every attempt is refused unread. */
  waitUntil: Date | null;
}

const minute = 60_000;
/** Wait in minutes after the fifth failure in a row, the sixth, …; the last one is for all that follow. */
const waits = [1, 2, 5, 15, 30, 60];
const freeFailures = 4;
/** A day without a failure and the count starts anew. */
const forgottenAfter = 24 * 60 * minute;

/** Is the wait still running? The moment it ends is open again. */
export const isWaiting = (failures: Pick<Failures, 'waitUntil'> | undefined, now: Date): boolean =>
  failures?.waitUntil != null && failures.waitUntil > now;

export function afterFailure(before: Failures | undefined, now: Date): Failures {
  const isFresh = !before || now.getTime() - before.lastAt.getTime() >= forgottenAfter;
  const count = isFresh ? 1 : before.count + 1;
  const wait = count <= freeFailures ? null : waits[Math.min(count - freeFailures, waits.length) - 1]!;
  return { count, lastAt: now, waitUntil: wait === null ? null : new Date(now.getTime() + wait * minute) };
}

/**
 * One address may fail this often in a window before it has to wait for the rest of it. A government network
 * shows one address for a whole building, so the bound is far above what its people mistype.
 */
export const addressLimit = { failures: 60, windowMs: 10 * minute } as const;

export function afterAddressFailure(before: Failures | undefined, now: Date): Failures {
  const isFresh = !before || now.getTime() - before.lastAt.getTime() >= addressLimit.windowMs;
  // `lastAt` stays the start of the window here, so that a steady trickle cannot stretch it.
  const lastAt = isFresh ? now : before.lastAt;
  const count = isFresh ? 1 : before.count + 1;
  const waitUntil = count < addressLimit.failures ? null : new Date(lastAt.getTime() + addressLimit.windowMs);
  return { count, lastAt, waitUntil };
}
