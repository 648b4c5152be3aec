import { useCallback, useEffect, useRef, useState } from 'react';
import { useMaybeSession } from '../session.tsx';

export interface Draft<T> {
  value: T;
  set: (next: T | ((now: T) => T)) => void;
  /** When the shown value came from storage: the moment it was saved (ISO). Null for a fresh form. */
  restoredAt: string | null;
  /** After a successful submit, or when the person throws the draft away: back to `initial`. */
  clear: () => void;
}

/**
 * The value of a form, kept in localStorage per account while it is being filled, so that a closed tab, a dead battery or
 * a lost line loses nothing. `key` names the form and its subject: `filings.${projectId}.2021-09`.
 */
export function useDraft<T>(key: string, initial: T): Draft<T> {
  const session = useMaybeSession();
  const place = `guatu.draft.${session?.account.id ?? 'nobody'}.${key}`;
  const [held, setHeld] = useState(() => ({ place, ...read<T>(place, initial) }));
  // Another subject's form under the same component starts from its own draft, never from the last one's.
  const current = held.place === place ? held : { place, ...read<T>(place, initial) };
  if (current !== held) setHeld(current);
  const start = useRef(initial);
  start.current = initial;
  /** What is typed but not yet stored; null again after `clear`, so that no late write brings the draft back. */
  const unsaved = useRef<{ place: string; value: T } | null>(null);

  useEffect(() => {
    const save = () => {
      if (unsaved.current) write(unsaved.current.place, unsaved.current.value);
      unsaved.current = null;
    };
    if (current.touched) unsaved.current = { place, value: current.value };
    const timer = setTimeout(save, 300);
    addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', save);
      save();
    };
  }, [place, current]);

  const set = useCallback((next: T | ((now: T) => T)) => {
    setHeld((now) => ({
      ...now,
      value: typeof next === 'function' ? (next as (now: T) => T)(now.value) : next,
      touched: true,
    }));
  }, []);
  const clear = useCallback(() => {
    unsaved.current = null;
    forget(place);
    setHeld((now) => ({ ...now, value: start.current, touched: false, restoredAt: null }));
  }, [place]);
  return { value: current.value, set, restoredAt: current.restoredAt, clear };
}

function read<T>(place: string, initial: T): { value: T; restoredAt: string | null; touched: boolean } {
  try {
    const text = localStorage.getItem(place);
    if (text !== null) {
      const kept = JSON.parse(text) as { savedAt: string; value: T };
      return { value: kept.value, restoredAt: kept.savedAt, touched: false };
    }
  } catch {
    // a broken draft is no draft
  }
  return { value: initial, restoredAt: null, touched: false };
}

function write<T>(place: string, value: T): void {
  try {
    localStorage.setItem(place, JSON.stringify({ savedAt: new Date().toISOString(), value }));
  } catch {
    // storage full or forbidden: the form still works, it is only not kept
  }
}

function forget(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // nothing was kept
  }
}
