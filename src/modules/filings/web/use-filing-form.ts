import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { newId } from '#core/shared/id.ts';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import type { FilingContent } from '../content.ts';
import { DraftConflict, type Filing, filings } from '../contract.ts';
import { forgetPhoto, type HeldPhoto, sendHeldPhotos } from './held-photos.ts';
import { keys } from './keys.ts';
import { dropWaiting, enqueue } from './outbox.ts';
import { useWaiting } from './use-outbox.ts';

/** What this device knows and the server does not: changed content, photos not sent, and the draft it started from. */
interface Unsaved {
  content: FilingContent;
  held: readonly HeldPhoto[];
  draftVersion: number;
}

export type Saving = 'none' | 'local' | 'saving' | 'saved' | 'offline' | 'conflict';

export interface FilingForm {
  content: FilingContent;
  held: readonly HeldPhoto[];
  change: (part: Partial<FilingContent>) => void;
  setHeld: (next: (held: readonly HeldPhoto[]) => readonly HeldPhoto[]) => void;
  saving: Saving;
  savedAt: string | null;
  conflict: DraftConflict | null;
  /** Goes on with one of the two contents of a conflict. */
  resolve: (content: FilingContent) => void;
  submit: (content?: FilingContent) => Promise<void>;
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
 * draft it started from, so a colleague's change is met as a conflict with both contents. Submitting without a line puts
 * the filing in the outbox.
 */
export function useFilingForm(filing: Filing): FilingForm {
  const { account } = useSession();
  const call = useClient(filings);
  const cache = useQueryClient();
  const waiting = useWaiting().find((w) => w.filingId === filing.id);
  const draft = useDraft<Unsaved | null>(`filings.${filing.id}`, null);
  const unsaved = draft.value;
  const { content, held, draftVersion } = unsaved ?? {
    content: filing.draft,
    held: [],
    draftVersion: filing.draftVersion,
  };

  const [saving, setSaving] = useState<Saving>('none');
  const [conflict, setConflict] = useState<DraftConflict | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isSubmitting, setSubmitting] = useState(false);
  /** Counts the person's changes: each restarts the pause before a save. */
  const [turn, setTurn] = useState(0);
  const latest = useRef<Unsaved>({ content, held, draftVersion });
  latest.current = { content, held, draftVersion };
  const running = useRef<Promise<void> | null>(null);
  const key = keys.of(filing.projectId, filing.period);

  const put = (part: Partial<Unsaved>) => {
    latest.current = { ...latest.current, ...part };
    draft.set(latest.current);
  };
  const touch = () => {
    setSaving('local');
    setProblem(null);
    setTurn((n) => n + 1);
    if (waiting) dropWaiting(account.id, filing.id);
  };

  const refused = (error: unknown) => {
    const clash =
      error instanceof ProblemError && error.code === 'draft_conflict'
        ? DraftConflict.safeParse(error.details)
        : undefined;
    if (clash?.success) {
      setConflict(clash.data);
      setSaving('conflict');
    } else if (isOffline(error)) setSaving('offline');
    else {
      setSaving('local');
      setProblem(error);
      if (error instanceof ProblemError && error.code === 'wrong_state')
        void cache.invalidateQueries({ queryKey: key });
    }
  };

  const saveNow = async () => {
    const { content: typed, held: photos, draftVersion: base } = latest.current;
    if (!navigator.onLine) return setSaving('offline');
    setSaving('saving');
    try {
      const whole = await sendHeldPhotos(typed, photos);
      const saved = await call.saveDraft({ id: filing.id, draftVersion: base, content: whole });
      for (const photo of photos) void forgetPhoto(photo.key);
      cache.setQueryData<Filing>(key, (now) => now && { ...now, ...saved, draft: whole });
      if (latest.current.content === typed && latest.current.held === photos) {
        draft.clear();
        setSaving('saved');
      } else {
        // Typed on while the save was under way: that is saved next, on top of this one.
        const rest = latest.current.held.filter((p) => !photos.includes(p));
        const added = whole.photos.filter((p) => !latest.current.content.photos.some((q) => q.fileId === p.fileId));
        put({
          draftVersion: saved.draftVersion,
          held: rest,
          content: { ...latest.current.content, photos: [...latest.current.content.photos, ...added] },
        });
        setTurn((n) => n + 1);
      }
    } catch (error) {
      refused(error);
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

  const submit = async (final?: FilingContent) => {
    setSubmitting(true);
    setProblem(null);
    // A save under way moves the draft's number; the submission starts from where it ends.
    await running.current;
    if (final) put({ content: final });
    const now = latest.current;
    const idempotencyKey = newId();
    const queue = () => {
      const { id: filingId, projectId, projectName, period } = filing;
      put({});
      enqueue(account.id, {
        key: idempotencyKey,
        filingId,
        projectId,
        projectName,
        period,
        draftVersion: now.draftVersion,
        content: now.content,
        held: [...now.held],
        at: new Date().toISOString(),
        refused: null,
      });
      setSaving('offline');
    };
    try {
      if (!navigator.onLine) return queue();
      const whole = await sendHeldPhotos(now.content, now.held);
      const done = await call.submit(
        { id: filing.id, draftVersion: now.draftVersion, content: whole },
        { idempotencyKey },
      );
      for (const photo of now.held) void forgetPhoto(photo.key);
      dropWaiting(account.id, filing.id);
      draft.clear();
      cache.setQueryData(key, done);
      void cache.invalidateQueries({ queryKey: keys.lists });
    } catch (error) {
      if (isOffline(error)) queue();
      else refused(error);
    } finally {
      setSubmitting(false);
    }
  };

  return {
    content,
    held,
    change: (part) => {
      put({ content: { ...latest.current.content, ...part } });
      touch();
    },
    setHeld: (next) => {
      put({ held: next(latest.current.held) });
      touch();
    },
    saving,
    savedAt: filing.draftAt,
    conflict,
    resolve: (chosen) => {
      if (!conflict) return;
      put({ content: chosen, draftVersion: conflict.draftVersion });
      setConflict(null);
      touch();
    },
    submit,
    isSubmitting,
    problem:
      problem ??
      (waiting?.refused ? new ProblemError(409, { code: 'refused', words: waiting.refused, details: null }) : null),
    isQueued: waiting !== undefined && !waiting.refused,
  };
}
