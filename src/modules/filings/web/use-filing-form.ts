import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { newId } from '#core/shared/id.ts';
import { ProblemError, useClient } from '#core/web/client.ts';
import type { FilingContent } from '../content.ts';
import { DraftConflict, type Filing, filings } from '../contract.ts';
import { decided, type Merged, mergeDrafts } from '../merge.ts';
import { copyNames, keepCopy } from './copies.ts';
import { type DeviceDraft, dropDraft, keepDraft } from './device-draft.ts';
import { forgetPhoto, type HeldPhoto, PhotoGone, sendHeldPhotos } from './held-photos.ts';
import { keys } from './keys.ts';
import { dropWaiting, enqueue } from './outbox.ts';
import { useAccountId, useWaiting } from './use-outbox.ts';

export type Saving = 'none' | 'local' | 'saving' | 'saved' | 'offline' | 'conflict';

/** Two people changed the same fields: what is decided already, and what each of them wrote. */
export interface OpenConflict {
  theirs: DraftConflict;
  merged: Merged;
  /** What the person had when the other draft was met. */
  mine: FilingContent;
}

export interface FilingForm {
  content: FilingContent;
  held: readonly HeldPhoto[];
  change: (part: Partial<FilingContent>) => void;
  setHeld: (next: (held: readonly HeldPhoto[]) => readonly HeldPhoto[]) => void;
  saving: Saving;
  savedAt: string | null;
  conflict: OpenConflict | null;
  /** Goes on after a conflict; `theirs` names the fields for which the other's value is used. */
  resolve: (theirs: ReadonlySet<keyof FilingContent>) => void;
  /** What a colleague wrote meanwhile and this form took in by itself. */
  takenIn: { by: string | null; keys: readonly (keyof FilingContent)[] } | null;
  submit: (content?: FilingContent) => Promise<void>;
  /** Saves what is unsaved now: somebody else has saved meanwhile, better to know at once. */
  saveSoon: () => void;
  isSubmitting: boolean;
  /** The refusal of the last save or submission. */
  problem: unknown;
  /** The submission waits on this device for a line. */
  isQueued: boolean;
}

const quietMs = 1_200;
const isOffline = (error: unknown): boolean => error instanceof ProblemError && error.status === 0;

/**
 * A filing being written. Each change is kept on the device at once and on the server a moment later; a save names the
 * draft it started from. When a colleague has saved meanwhile, the two are merged field by field, and only a field that
 * both changed is asked. Submitting without a line puts the filing in the outbox. `found` is what the device held when the
 * form was opened.
 */
export function useFilingForm(filing: Filing, found: DeviceDraft | null): FilingForm {
  const accountId = useAccountId();
  const call = useClient(filings);
  const cache = useQueryClient();
  const waiting = useWaiting().find((w) => w.filingId === filing.id);
  const [unsaved, setUnsaved] = useState<DeviceDraft | null>(found);
  const asOnServer = (): DeviceDraft => ({
    filingId: filing.id,
    content: filing.draft,
    base: filing.draft,
    draftVersion: filing.draftVersion,
    held: [],
  });
  const now = unsaved ?? asOnServer();

  const [saving, setSaving] = useState<Saving>(found ? 'local' : 'none');
  const [conflict, setConflict] = useState<OpenConflict | null>(null);
  const [takenIn, setTakenIn] = useState<FilingForm['takenIn']>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isSubmitting, setSubmitting] = useState(false);
  /** Counts the person's changes: each restarts the pause before a save. What was found on the device is saved too. */
  const [turn, setTurn] = useState(found ? 1 : 0);
  const latest = useRef(now);
  latest.current = now;
  const running = useRef<Promise<void> | null>(null);
  const key = keys.of(filing.projectId, filing.period);

  const put = (part: Partial<DeviceDraft>) => {
    latest.current = { ...latest.current, ...part };
    setUnsaved(latest.current);
    void keepDraft(accountId, latest.current);
  };
  const settle = () => {
    setUnsaved(null);
    void dropDraft(accountId, filing.id);
  };
  const touch = () => {
    setSaving('local');
    setProblem(null);
    setTurn((n) => n + 1);
    if (waiting) void dropWaiting(accountId, filing.id);
  };
  const keepAnswer = (filing: Filing) => {
    cache.setQueryData<Filing>(key, filing);
    void keepCopy(accountId, copyNames.of(filing.projectId, filing.period), filing);
  };

  /** True when the two drafts became one without asking; then the save or submission goes on from there. */
  const takeIn = (theirs: DraftConflict): boolean => {
    const { content, base } = latest.current;
    const merged = mergeDrafts(base, content, theirs.theirs);
    if (merged.clashes.length > 0) {
      setConflict({ theirs, merged, mine: content });
      setSaving('conflict');
      return false;
    }
    put({ content: merged.content, base: theirs.theirs, draftVersion: theirs.draftVersion });
    if (merged.taken.length > 0) setTakenIn({ by: theirs.by, keys: merged.taken });
    return true;
  };
  const conflictIn = (error: unknown): DraftConflict | null => {
    if (!(error instanceof ProblemError) || error.code !== 'draft_conflict') return null;
    const read = DraftConflict.safeParse(error.details);
    return read.success ? read.data : null;
  };
  const refused = (error: unknown) => {
    if (isOffline(error)) return setSaving('offline');
    setSaving('local');
    setProblem(error);
    if (error instanceof ProblemError && error.code === 'wrong_state') void cache.invalidateQueries({ queryKey: key });
  };

  /** Photos that arrived are named in the content at once, whatever happens to the rest. */
  const sendPhotos = () =>
    sendHeldPhotos(latest.current, async (rest) => {
      const arrived = rest.content.photos.filter(
        (p) => !latest.current.content.photos.some((q) => q.fileId === p.fileId),
      );
      const isHeld = (photo: HeldPhoto) => !latest.current.held.includes(photo) || rest.held.includes(photo);
      const { content } = latest.current;
      put({
        content: arrived.length === 0 ? content : { ...content, photos: [...content.photos, ...arrived] },
        held: latest.current.held.filter(isHeld),
      });
    });

  const saveNow = async () => {
    if (!navigator.onLine) return setSaving('offline');
    setSaving('saving');
    try {
      await sendPhotos();
      const { content, held, draftVersion } = latest.current;
      const saved = await call.saveDraft({ id: filing.id, draftVersion, content });
      const known = cache.getQueryData<Filing>(key) ?? filing;
      keepAnswer({ ...known, ...saved, draft: content });
      if (latest.current.content === content && latest.current.held === held) {
        settle();
        setSaving('saved');
      } else {
        // Typed on while the save was under way: that is saved next, on top of this one.
        put({ draftVersion: saved.draftVersion, base: content });
        setTurn((n) => n + 1);
      }
    } catch (error) {
      const theirs = conflictIn(error);
      if (!theirs) refused(error instanceof PhotoGone ? gone(error) : error);
      else if (takeIn(theirs)) setTurn((n) => n + 1);
    }
  };

  const save = useEffectEvent(() => {
    if (!unsaved || running.current || conflict || isSubmitting || waiting) return;
    running.current = saveNow().finally(() => {
      running.current = null;
    });
  });
  useEffect(() => {
    if (turn === 0) return;
    const timer = setTimeout(() => save(), quietMs);
    return () => clearTimeout(timer);
  }, [turn]);
  useEffect(() => {
    const again = () => save();
    globalThis.addEventListener('online', again);
    return () => globalThis.removeEventListener('online', again);
  }, []);
  // What the outbox could not send because both changed the same field is asked here.
  const clash = waiting?.clash ?? null;
  const askClash = useEffectEvent((theirs: DraftConflict) => {
    if (conflict) return;
    const { content, base, draftVersion, held } = waiting!;
    latest.current = { filingId: filing.id, content, base, draftVersion, held };
    setUnsaved(latest.current);
    takeIn(theirs);
  });
  useEffect(() => {
    if (clash) askClash(clash);
  }, [clash]);

  const queue = async (idempotencyKey: string) => {
    const { id: filingId, projectId, projectName, period } = filing;
    const { content, base, draftVersion, held } = latest.current;
    put({});
    const at = new Date().toISOString();
    const where = { key: idempotencyKey, filingId, projectId, projectName, period, at };
    await enqueue(accountId, { ...where, draftVersion, base, content, held: [...held], refused: null, clash: null });
    setSaving('offline');
  };

  const submit = async (final?: FilingContent) => {
    setSubmitting(true);
    setProblem(null);
    // A save under way moves the draft's number; the submission starts from where it ends.
    await running.current;
    if (final) put({ content: final });
    let idempotencyKey = newId();
    try {
      for (let tries = 0; ; tries += 1) {
        if (!navigator.onLine) return await queue(idempotencyKey);
        try {
          await sendPhotos();
          const { content, draftVersion } = latest.current;
          const done = await call.submit({ id: filing.id, draftVersion, content }, { idempotencyKey });
          await dropWaiting(accountId, filing.id);
          settle();
          keepAnswer(done);
          void cache.invalidateQueries({ queryKey: keys.lists });
          return;
        } catch (error) {
          if (isOffline(error)) return await queue(idempotencyKey);
          const theirs = conflictIn(error);
          if (!theirs) return refused(error instanceof PhotoGone ? gone(error) : error);
          if (!takeIn(theirs) || tries > 2) return;
          idempotencyKey = newId();
        }
      }
    } finally {
      setSubmitting(false);
    }
  };

  return {
    content: now.content,
    held: now.held,
    change: (part) => {
      put({ content: { ...latest.current.content, ...part } });
      touch();
    },
    setHeld: (next) => {
      const held = next(latest.current.held);
      for (const photo of latest.current.held) if (!held.includes(photo)) void forgetPhoto(photo.key);
      put({ held });
      touch();
    },
    saving,
    savedAt: filing.draftAt,
    conflict,
    resolve: (chosen) => {
      if (!conflict) return;
      const { merged, theirs } = conflict;
      put({
        content: decided(merged, theirs.theirs, chosen),
        base: theirs.theirs,
        draftVersion: theirs.draftVersion,
      });
      setConflict(null);
      touch();
    },
    takenIn,
    submit,
    saveSoon: () => save(),
    isSubmitting,
    problem:
      problem ??
      (waiting?.refused && !waiting.clash
        ? new ProblemError(409, { code: 'refused', words: waiting.refused, details: null })
        : null),
    isQueued: waiting !== undefined && !waiting.refused,
  };
}

const gone = ({ photo }: PhotoGone): ProblemError =>
  new ProblemError(409, {
    code: 'photo_gone',
    words: {
      zh: `照片 ${photo.name} 已不在本机，请移除或重拍`,
      en: `The photo ${photo.name} is gone from this device. Remove it or take it again`,
    },
  });
