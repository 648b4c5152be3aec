import { type IDBPDatabase, openDB } from 'idb';

/**
 * What this device keeps of filings, in IndexedDB: `draft` what was typed and not saved on the server, `outbox`
 * submissions that wait for a line, `photo` bytes of photos not sent, `copy` what the server said, for reading without a
 * network. Keys begin with the account: nobody reads what another kept on the same phone.
 */
export type Store = 'draft' | 'outbox' | 'photo' | 'copy';
const stores: readonly Store[] = ['draft', 'outbox', 'photo', 'copy'];

/** Why something is kept in this page's memory only: the browser forbids storage (private window), or it is full. */
export type Trouble = 'forbidden' | 'full';

let database: Promise<IDBPDatabase | null> | undefined;
/** What could not be stored lives as long as the page; the person is told. */
const memory = new Map<string, unknown>();
const inMemory = (store: Store, key: string): string => `${store} ${key}`;

let trouble: Trouble | null = null;
const listeners = new Set<() => void>();

function say(next: Trouble | null): void {
  if (trouble === next) return;
  trouble = next;
  for (const listener of listeners) listener();
}
export const storageTrouble = (): Trouble | null => trouble;
export function onStorageTrouble(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function open(): Promise<IDBPDatabase | null> {
  database ??= openDB('guatu.filings', 2, {
    upgrade(db) {
      for (const store of stores) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store);
    },
    // Another tab has a newer version of the page: make way for it, and open anew when something is needed.
    blocking(_old, _new, event) {
      (event.target as IDBDatabase | null)?.close();
      database = undefined;
    },
    terminated() {
      database = undefined;
    },
  }).catch(() => {
    say('forbidden');
    return null;
  });
  return database;
}

/** Stores a value. When the device refuses, it is kept in memory and `storageTrouble` says so; it never throws. */
export async function put(store: Store, key: string, value: unknown): Promise<void> {
  const db = await open();
  const place = inMemory(store, key);
  if (!db) return void memory.set(place, value);
  try {
    await db.put(store, value, key);
    memory.delete(place);
    if (memory.size === 0) say(null);
  } catch {
    // A copy can be read again from the server; it is not worth a warning.
    if (store === 'copy') return;
    memory.set(place, value);
    say('full');
  }
}

export async function get<T>(store: Store, key: string): Promise<T | undefined> {
  const held = memory.get(inMemory(store, key));
  if (held !== undefined) return held as T;
  const db = await open();
  return (await db?.get(store, key)) as T | undefined;
}

export async function remove(store: Store, key: string): Promise<void> {
  memory.delete(inMemory(store, key));
  const db = await open();
  await db?.delete(store, key).catch(() => {});
  if (db && memory.size === 0) say(null);
}

/** All values whose key begins with the prefix, in the order of their keys. */
export async function list<T>(store: Store, prefix: string): Promise<T[]> {
  const db = await open();
  const range = IDBKeyRangeOf(prefix);
  const kept = db ? await db.getAllKeys(store, range) : [];
  const keys = new Set(kept.map(String));
  const place = inMemory(store, prefix);
  for (const key of memory.keys()) if (key.startsWith(place)) keys.add(key.slice(store.length + 1));
  const values = await Promise.all([...keys].sort().map((key) => get<T>(store, key)));
  return values.filter((value): value is Awaited<T> & T => value !== undefined);
}

const IDBKeyRangeOf = (prefix: string): IDBKeyRange | undefined =>
  typeof IDBKeyRange === 'undefined' ? undefined : IDBKeyRange.bound(prefix, `${prefix}\uffff`);

export async function clear(store: Store): Promise<void> {
  for (const key of memory.keys()) if (key.startsWith(`${store} `)) memory.delete(key);
  const db = await open();
  await db?.clear(store).catch(() => {});
}

/** Asks the browser not to throw away what waits when the disk runs low; it may decline. */
export function askToKeep(): void {
  void globalThis.navigator?.storage?.persist?.().catch(() => {});
}

/** Tests begin with an empty device. */
export async function forgetDevice(): Promise<void> {
  memory.clear();
  const db = await open();
  for (const store of stores) await db?.clear(store);
  trouble = null;
}
