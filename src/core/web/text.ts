import { useEffect, useSyncExternalStore } from 'react';
import type { Language, Text, Words } from '../shared/words.ts';
import { currentLanguage, onLanguage } from './language.ts';

export type { Text } from '../shared/words.ts';
export { chooseLanguage, currentLanguage } from './language.ts';

export const useLanguage = (): Language => useSyncExternalStore(onLanguage, currentLanguage, currentLanguage);

/** The texts of a module in the page's language: `const text = useText({ zh, en })`. Chinese is the source of the keys. */
export function useText<T extends object>(texts: { zh: T; en: Text<NoInfer<T>> }): Text<T> {
  return useLanguage() === 'zh' ? (texts.zh as Text<T>) : texts.en;
}

/** Chooses from `{ zh, en }` pairs that arrive as data (permissions, problems, nav labels). */
export function useWords(): (words: Words) => string {
  const language = useLanguage();
  return (words) => words[language];
}

export const productName: Words = { zh: '挂图', en: 'Guatu' };

/** Sets the browser tab's title while the page is shown: `项目 · 挂图`. */
export function usePageTitle(title: string | undefined): void {
  const language = useLanguage();
  useEffect(() => {
    document.title = title ? `${title} · ${productName[language]}` : productName[language];
  }, [title, language]);
}
