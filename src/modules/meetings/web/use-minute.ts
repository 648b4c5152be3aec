import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type Client, ProblemError } from '#core/web/client.ts';
import { useDraft } from '#core/web/ui/use-draft.ts';
import type { meetings } from '../contract.ts';
import type { AgendaItem } from '../shapes.ts';

interface Text {
  text: string;
  version: number;
}
export type SaveState =
  | { kind: 'saved' }
  | { kind: 'saving' }
  | { kind: 'waiting' }
  | { kind: 'conflict'; theirs: Text; sentence: string };

const pauseMs = 1200;
const retryMs = 5000;

/**
 * The text of one item: kept on this device with every key, on the server when the typing rests. A lost line loses nothing
 * and is tried again; what somebody else typed meanwhile is shown, never overwritten.
 */
export function useMinute(api: Client<typeof meetings>, meetingId: string, item: AgendaItem) {
  const server: Text = { text: item.minute?.text ?? '', version: item.minute?.version ?? 0 };
  /** What is typed and not yet on the server, with the version it goes back to; null when nothing waits. */
  const draft = useDraft<Text | null>(`meetings.minute.${item.id}`, null);
  const [sent, setSent] = useState(server);
  const base = server.version > sent.version ? server : sent;
  const [state, setState] = useState<SaveState>({ kind: 'saved' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isBusy = useRef(false);
  const typed = useRef(draft.value);
  typed.current = draft.value;

  const put = (next: Text | null) => {
    typed.current = next;
    draft.set(next);
  };
  const saveIn = (ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), ms);
  };
  const save = useEffectEvent(async () => {
    const wanted = typed.current;
    if (wanted === null || isBusy.current) return;
    isBusy.current = true;
    setState({ kind: 'saving' });
    try {
      const { text, version: basedOn } = wanted;
      const { version } = await api.writeMinute({ id: meetingId, itemId: item.id, text, basedOn });
      setSent({ text, version });
      const now = typed.current;
      put(now === null || now.text === text ? null : { text: now.text, version });
      setState({ kind: 'saved' });
      if (typed.current !== null) saveIn(pauseMs);
    } catch (error) {
      const theirs = error instanceof ProblemError && error.code === 'moved' ? textOf(error.details) : null;
      if (theirs) setState({ kind: 'conflict', theirs, sentence: (error as Error).message });
      else {
        setState({ kind: 'waiting' });
        saveIn(retryMs);
      }
    } finally {
      isBusy.current = false;
    }
  });
  useEffect(() => {
    // What an earlier visit could not send.
    void save();
    return () => {
      clearTimeout(timer.current);
      void save();
    };
  }, []);

  return {
    text: draft.value?.text ?? base.text,
    state,
    type(text: string) {
      put({ text, version: typed.current?.version ?? base.version });
      if (state.kind !== 'conflict') saveIn(pauseMs);
    },
    /** Both texts, theirs first: nothing of either is lost. */
    merge() {
      if (state.kind !== 'conflict') return;
      const { text, version } = state.theirs;
      put({ text: `${text.trimEnd()}\n${typed.current?.text ?? ''}`, version });
      setState({ kind: 'saving' });
      saveIn(0);
    },
    saveNow: () => saveIn(0),
  };
}

function textOf(details: unknown): Text | null {
  if (typeof details !== 'object' || details === null) return null;
  const { text, version } = details as Record<string, unknown>;
  return typeof text === 'string' && typeof version === 'number' ? { text, version } : null;
}
