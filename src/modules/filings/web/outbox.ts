import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { type Client, ProblemError } from '#core/web/client.ts';
import type { FilingContent } from '../content.ts';
import { DraftConflict, type Filing, type filings } from '../contract.ts';
import { mergeDrafts } from '../merge.ts';
import { askToKeep, list, put, remove } from './device.ts';
import { type HeldPhoto, PhotoGone, sendHeldPhotos } from './held-photos.ts';

/** A submission that waits on this device with its key, so that sending it twice is one effect. */
export interface Waiting {
  key: string;
  filingId: string;
  projectId: string;
  projectName: string;
  period: string;
  draftVersion: number;
  /** The draft of the server that `content` began from; null when that is not known. */
  base: FilingContent | null;
  content: FilingContent;
  held: readonly HeldPhoto[];
  at: string;
  /** Why it is not sent again by itself: it waits for a person. */
  refused: Words | null;
  /** Somebody else changed the same fields meanwhile. */
  clash: DraftConflict | null;
}

/** Arrived since this page was opened. */
export interface Delivered {
  filingId: string;
  projectId: string;
  projectName: string;
  period: string;
  at: string;
}

export interface Outbox {
  waiting: readonly Waiting[];
  delivered: readonly Delivered[];
}

type Submit = Pick<Client<typeof filings>, 'submit'>;

const empty: Outbox = { waiting: [], delivered: [] };
const boxes = new Map<string, Outbox>();
const listeners = new Set<() => void>();
const place = (accountId: string, filingId: string): string => `${accountId} ${filingId}`;
/** Where submissions waited before there was a database on the device. */
const oldPlace = (accountId: string): string => `guatu.filings.outbox.${accountId}`;

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('guatu.filings.outbox');
// In a test's process an open channel would keep it from ending.
(channel as unknown as { unref?: () => void } | null)?.unref?.();
if (channel)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    // Another tab of the same browser has put something in, or has sent it.
    if (typeof data === 'string' && boxes.has(data)) void loadOutbox(data);
  };

function show(accountId: string, part: Partial<Outbox>): void {
  boxes.set(accountId, { ...listOutbox(accountId), ...part });
  for (const listener of listeners) listener();
}

/** What is known of the outbox now, the same object as long as nothing changed. `loadOutbox` reads it from the device. */
export const listOutbox = (accountId: string): Outbox => boxes.get(accountId) ?? empty;
export const listWaiting = (accountId: string): readonly Waiting[] => listOutbox(accountId).waiting;

export function onOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export async function loadOutbox(accountId: string): Promise<readonly Waiting[]> {
  await migrateOld(accountId);
  const waiting = await list<Waiting>('outbox', `${accountId} `);
  waiting.sort((a, b) => a.at.localeCompare(b.at));
  if (waiting.length > 0 || listWaiting(accountId).length > 0) show(accountId, { waiting });
  return waiting;
}

/** Takes over what an earlier version of the pages left in localStorage, once. */
async function migrateOld(accountId: string): Promise<void> {
  try {
    const text = globalThis.localStorage?.getItem(oldPlace(accountId));
    if (!text) return;
    for (const old of JSON.parse(text) as Partial<Waiting>[]) {
      if (!old.filingId || !old.content) continue;
      const waiting = { base: null, clash: null, refused: null, ...old } as Waiting;
      await put('outbox', place(accountId, waiting.filingId), waiting);
    }
    localStorage.removeItem(oldPlace(accountId));
  } catch {
    // storage is forbidden or broken: then nothing was kept in it
  }
}

/** Puts a submission in the queue; a newer one of the same filing takes the place of the older. */
export async function enqueue(accountId: string, waiting: Waiting): Promise<void> {
  askToKeep();
  await put('outbox', place(accountId, waiting.filingId), waiting);
  const others = listWaiting(accountId).filter((w) => w.filingId !== waiting.filingId);
  show(accountId, { waiting: [...others, waiting].sort((a, b) => a.at.localeCompare(b.at)) });
  channel?.postMessage(accountId);
}

export async function dropWaiting(accountId: string, filingId: string): Promise<void> {
  await remove('outbox', place(accountId, filingId));
  show(accountId, { waiting: listWaiting(accountId).filter((w) => w.filingId !== filingId) });
  channel?.postMessage(accountId);
}

export interface Sent {
  /** The filings as they stand now, for the pages that show them. */
  arrived: Filing[];
  /** The server could not be reached: try again later. */
  isStuck: boolean;
}

let sending: Promise<Sent> | null = null;

/**
 * Sends what waits, oldest first, photos before their filing. Stops at the first that finds no server; a refusal is kept
 * with its reason. Two callers at once share one run, and only one tab of a browser sends.
 */
export function sendWaiting(accountId: string, client: Submit): Promise<Sent> {
  sending ??= alone(() => sendAll(accountId, client)).finally(() => {
    sending = null;
  });
  return sending;
}

async function alone(work: () => Promise<Sent>): Promise<Sent> {
  if (!globalThis.navigator?.locks) return work();
  return navigator.locks.request('guatu.filings.outbox', { ifAvailable: true }, (lock) =>
    lock ? work() : { arrived: [], isStuck: true },
  );
}

async function sendAll(accountId: string, client: Submit): Promise<Sent> {
  const arrived: Filing[] = [];
  for (const one of await loadOutbox(accountId)) {
    if (one.refused) continue;
    try {
      const filing = await sendOne(accountId, client, one);
      if (filing) arrived.push(filing);
    } catch (error) {
      // No line, a restarting server, or nobody signed in any more: it waits, and so does the rest.
      if (!(error instanceof ProblemError) || isPassing(error)) return { arrived, isStuck: true };
      const now = listWaiting(accountId).find((w) => w.filingId === one.filingId);
      if (now) await enqueue(accountId, { ...now, refused: error.words });
    }
  }
  return { arrived, isStuck: false };
}

const isPassing = ({ status }: ProblemError): boolean =>
  status === 0 || status === 401 || status === 429 || status >= 500;

/** How often a colleague's newer drafts are taken in before a person is asked to look. */
const patience = 3;

async function sendOne(accountId: string, client: Submit, first: Waiting): Promise<Filing | null> {
  let waiting = first;
  for (let turn = 0; ; turn += 1) {
    try {
      waiting = await sendHeldPhotos(waiting, (rest) => replace(accountId, waiting.key, rest));
      const { filingId: id, draftVersion, content, key: idempotencyKey } = waiting;
      const filing = await client.submit({ id, draftVersion, content }, { idempotencyKey });
      // Changed meanwhile by hand: the newer one stays.
      if (listWaiting(accountId).some((w) => w.key === waiting.key)) {
        await dropWaiting(accountId, id);
        await remove('draft', place(accountId, id));
      }
      const { projectId, projectName, period } = waiting;
      const at = new Date().toISOString();
      const delivered = listOutbox(accountId).delivered.filter((d) => d.filingId !== id);
      show(accountId, { delivered: [...delivered, { filingId: id, projectId, projectName, period, at }] });
      return filing;
    } catch (error) {
      if (error instanceof PhotoGone) {
        await replace(accountId, waiting.key, { ...waiting, refused: photoGone(error.photo.name) });
        return null;
      }
      if (!(error instanceof ProblemError) || error.code !== 'draft_conflict' || turn >= patience) throw error;
      const theirs = DraftConflict.safeParse(error.details);
      if (!theirs.success) throw error;
      const conflict = { ...theirs.data, yours: waiting.content };
      const merged = mergeDrafts(waiting.base, waiting.content, conflict.theirs);
      const next: Waiting = {
        ...waiting,
        // Another content is another command.
        key: newId(),
        draftVersion: conflict.draftVersion,
        base: conflict.theirs,
        content: merged.content,
      };
      if (merged.clashes.length > 0) {
        await replace(accountId, waiting.key, { ...waiting, refused: bothChanged(conflict.by), clash: conflict });
        return null;
      }
      await replace(accountId, waiting.key, next);
      waiting = next;
    }
  }
}

/** Writes down how far a submission has come, unless it was taken out or replaced meanwhile. */
async function replace(accountId: string, key: string, next: Waiting): Promise<void> {
  if (listWaiting(accountId).some((w) => w.key === key)) await enqueue(accountId, next);
}

const bothChanged = (by: string | null): Words => ({
  zh: `${by ?? '他人'}也改了这份填报的同一栏，请打开比较后选用；您填的内容没有丢`,
  en: `${by ?? 'Somebody'} changed the same field of this filing: open it, compare and choose; what you typed is kept`,
});
const photoGone = (name: string): Words => ({
  zh: `照片 ${name} 已不在本机（可能清理过浏览器数据），请打开填报，移除或重拍后再提交`,
  en: `The photo ${name} is gone from this device. Open the filing, remove it or take it again, then submit`,
});
