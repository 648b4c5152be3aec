import { registerPrivateStore } from '#core/web/offline/private-data.ts';
import { ProblemError } from '#core/web/problem.ts';
import { clear, get, list, put } from './device.ts';

interface Copy {
  value: unknown;
  at: string;
}

/** A line that gives no answer for so long: the copy of this device is shown, and replaced when the answer comes. */
const patienceMs = 4_000;
const datesOf = new WeakMap<object, string>();

/** Names of what is kept for reading without a network. */
export const copyNames = {
  mine: (period: string | undefined): string => `mine ${period ?? 'newest'}`,
  of: (projectId: string, period: string): string => `of ${projectId} ${period}`,
};

const place = (accountId: string, name: string): string => `${accountId} ${name}`;

export const keepCopy = (accountId: string, name: string, value: unknown): Promise<void> =>
  put('copy', place(accountId, name), { value, at: new Date().toISOString() } satisfies Copy);

async function findCopy<T extends object>(accountId: string, name: string): Promise<T | undefined> {
  const kept = await get<Copy>('copy', place(accountId, name)).catch(() => undefined);
  if (!kept) return undefined;
  datesOf.set(kept.value as T, kept.at);
  return kept.value as T;
}

/** When the server said this, if it was read from the device and not from the server just now. */
export const copiedAt = (value: object | undefined): string | null => (value && datesOf.get(value)) ?? null;

/**
 * What the server says, kept on the device for when it cannot be reached; without an answer, what it said last.
 * `onLate` gets an answer that comes after the copy was given out. Refusals are the server's word and stay refusals.
 */
export async function readThrough<T extends object>(
  accountId: string,
  name: string,
  ask: () => Promise<T>,
  onLate: (value: T) => void = () => {},
): Promise<T> {
  const asked = ask().then((value) => {
    void keepCopy(accountId, name, value);
    return value;
  });
  const silent = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
  try {
    const answer = await Promise.race([asked, silent]);
    if (answer !== null) return answer;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 0) throw error;
    const copy = await findCopy<T>(accountId, name);
    if (copy) return copy;
    throw error;
  }
  const copy = await findCopy<T>(accountId, name);
  if (!copy) return asked;
  asked.then(onLate, () => {});
  return copy;
}

registerPrivateStore({
  countUnsent: async (accountId) => {
    const [drafts, waiting] = await Promise.all([
      list<{ filingId: string }>('draft', `${accountId} `),
      list<{ filingId: string }>('outbox', `${accountId} `),
    ]);
    return new Set([...drafts, ...waiting].map((one) => one.filingId)).size;
  },
  forgetCopies: () => clear('copy'),
});
