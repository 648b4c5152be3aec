import { type Language, languageFor, languages } from '../shared/words.ts';

/**
 * The page's language, outside React: formats, problems and hooks read one place, and a client used by a server
 * test (no `document`, no `localStorage`) still works.
 */
const storageKey = 'guatu.language';
const listeners = new Set<() => void>();

function stored(): string | undefined {
  try {
    return globalThis.localStorage?.getItem(storageKey) ?? undefined;
  } catch {
    return undefined; // storage may be forbidden; the browser's own language then decides
  }
}

let language: Language = languageFor(globalThis.navigator?.language, stored());

/** True when somebody chose on this browser; until then the account's own language may decide. */
export const isLanguageChosen = (): boolean => stored() !== undefined;

export const currentLanguage = (): Language => language;

/** Chooses a language for this browser and remembers it. */
export function chooseLanguage(next: Language): void {
  if (!languages.includes(next)) return;
  language = next;
  try {
    globalThis.localStorage?.setItem(storageKey, next);
  } catch {
    // not remembered, still shown
  }
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
