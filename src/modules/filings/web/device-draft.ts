import type { FilingContent } from '../content.ts';
import { get, put, remove } from './device.ts';
import type { HeldPhoto } from './held-photos.ts';

/** What this device knows of a filing and the server does not. */
export interface DeviceDraft {
  filingId: string;
  content: FilingContent;
  /** The draft of the server that it began from; null when an earlier version of the pages left it. */
  base: FilingContent | null;
  draftVersion: number;
  held: readonly HeldPhoto[];
}

const place = (accountId: string, filingId: string): string => `${accountId} ${filingId}`;
/** Where drafts stood before there was a database on the device. */
const oldPlace = (accountId: string, filingId: string): string => `guatu.draft.${accountId}.filings.${filingId}`;

export const keepDraft = (accountId: string, draft: DeviceDraft): Promise<void> =>
  put('draft', place(accountId, draft.filingId), draft);
export const dropDraft = (accountId: string, filingId: string): Promise<void> =>
  remove('draft', place(accountId, filingId));

export async function findDraft(accountId: string, filingId: string): Promise<DeviceDraft | null> {
  const kept = await get<DeviceDraft>('draft', place(accountId, filingId));
  if (kept) return kept;
  const old = takeOld(accountId, filingId);
  if (old) await keepDraft(accountId, old);
  return old;
}

function takeOld(accountId: string, filingId: string): DeviceDraft | null {
  const from = oldPlace(accountId, filingId);
  try {
    const text = globalThis.localStorage?.getItem(from);
    if (!text) return null;
    const { value } = JSON.parse(text) as { value: Partial<DeviceDraft> | null };
    localStorage.removeItem(from);
    if (!value?.content) return null;
    return { base: null, draftVersion: 0, held: [], ...value, content: value.content, filingId };
  } catch {
    return null;
  }
}
