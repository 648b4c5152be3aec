import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** As printed on the key: 'A', '/', '?', 'Escape'. Letters work in either case. */
  key: string;
  label: string;
}

let shown: readonly Shortcut[] = [];
const listeners = new Set<() => void>();
const set = (next: readonly Shortcut[]) => {
  shown = next;
  for (const listener of listeners) listener();
};

/** True while a person types text: then letters are letters. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]'));

/**
 * One key of a page, while it is mounted and `isOn`; it appears in the keyboard help (`?`). Not called while text is
 * being typed, nor with Ctrl, Alt or Meta.
 */
export function useShortcut(key: string, label: string, onPress: () => void, isOn = true): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    if (!isOn) return;
    const entry = { key, label };
    set([...shown, entry]);
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      // A question on the screen is answered before the page behind it.
      if (event.target instanceof Element && event.target.closest('[role=dialog]')) return;
      if (event.key.toLowerCase() !== key.toLowerCase()) return;
      event.preventDefault();
      press();
    };
    document.addEventListener('keydown', listener);
    return () => {
      document.removeEventListener('keydown', listener);
      set(shown.filter((other) => other !== entry));
    };
  }, [key, label, isOn]);
}

export const useShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
    () => shown,
  );
