/** One sentence in the two languages of the product. Chinese is the source; English must say the same. */
export interface Words {
  zh: string;
  en: string;
}

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/**
 * The shape an English text object must have, given the Chinese one: the same keys, strings for strings and
 * functions with the same parameters. `const en = {…} satisfies Text<typeof zh>` fails to compile when a word is missing.
 */
export type Text<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : T[K] extends readonly string[]
        ? readonly string[]
        : Text<T[K]>;
};

/** The language a browser asks for: Chinese for any zh, else English; an explicit choice wins. */
export function languageFor(acceptLanguage: string | undefined, chosen?: string): Language {
  if (chosen === 'zh' || chosen === 'en') return chosen;
  const first = (acceptLanguage ?? 'zh').split(',')[0]!.trim().toLowerCase();
  return first === '' || first === '*' || first.startsWith('zh') ? 'zh' : 'en';
}
