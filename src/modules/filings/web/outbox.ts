import { type Client, ProblemError } from '#core/web/client.ts';
import type { FilingContent } from '../content.ts';
import type { filings } from '../contract.ts';
import { type HeldPhoto, sendHeldPhotos } from './held-photos.ts';

/** A submission that could not be sent: it waits on this device with its key, so that sending it twice is one effect. */
export interface Waiting {
  key: string;
  filingId: string;
  projectId: string;
  projectName: string;
  period: string;
  draftVersion: number;
  content: FilingContent;
  held: HeldPhoto[];
  at: string;
  /** The server's refusal, in both languages; it waits for a person then and is not sent again. */
  refused: { zh: string; en: string } | null;
}

const placeOf = (accountId: string): string => `guatu.filings.outbox.${accountId}`;
const listeners = new Set<() => void>();
const none: readonly Waiting[] = [];
let shown: { text: string | null; list: readonly Waiting[] } = { text: null, list: none };

/** What waits for this account. The same array as long as nothing changed, for `useSyncExternalStore`. */
export function listWaiting(accountId: string): readonly Waiting[] {
  const text = read(accountId);
  if (text !== shown.text) shown = { text, list: text === null ? none : (JSON.parse(text) as Waiting[]) };
  return shown.list;
}

function read(accountId: string): string | null {
  try {
    return localStorage.getItem(placeOf(accountId));
  } catch {
    return null;
  }
}

function write(accountId: string, list: readonly Waiting[]): void {
  if (list.length === 0) localStorage.removeItem(placeOf(accountId));
  else localStorage.setItem(placeOf(accountId), JSON.stringify(list));
  for (const listener of listeners) listener();
}

export function onOutbox(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the same browser may have sent it.
  globalThis.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener('storage', listener);
  };
}

/** Puts a submission in the queue; a newer one of the same filing takes the place of the older. Throws when storage is full. */
export const enqueue = (accountId: string, waiting: Waiting): void =>
  write(accountId, [...listWaiting(accountId).filter((w) => w.filingId !== waiting.filingId), waiting]);

export const dropWaiting = (accountId: string, filingId: string): void =>
  write(
    accountId,
    listWaiting(accountId).filter((w) => w.filingId !== filingId),
  );

let sending: Promise<number> | null = null;

/**
 * Sends what waits, oldest first. Stops at the first that finds no server; a refusal is kept with its reason.
 * Returns how many arrived. Two callers at once share one run.
 */
export function sendWaiting(accountId: string, client: Pick<Client<typeof filings>, 'submit'>): Promise<number> {
  sending ??= sendAll(accountId, client).finally(() => {
    sending = null;
  });
  return sending;
}

async function sendAll(accountId: string, client: Pick<Client<typeof filings>, 'submit'>): Promise<number> {
  let sent = 0;
  for (const waiting of listWaiting(accountId)) {
    if (waiting.refused) continue;
    try {
      const content = await sendHeldPhotos(waiting.content, waiting.held);
      const { filingId: id, draftVersion, key: idempotencyKey } = waiting;
      await client.submit({ id, draftVersion, content }, { idempotencyKey });
      // Changed meanwhile by hand: the newer one stays.
      if (listWaiting(accountId).some((w) => w.key === waiting.key)) dropWaiting(accountId, id);
      sent += 1;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status === 0 || error.status === 401) break;
      enqueue(accountId, { ...waiting, refused: error.words });
    }
  }
  return sent;
}
