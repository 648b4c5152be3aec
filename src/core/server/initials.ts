import { pinyin } from 'pinyin-pro';

/**
 * First letters of the pinyin, small: 岳阳市交投集团 → yysjtjt. Letters and digits stay, all else goes.
 * Kept in a column when the name is written: the dictionary is too big for a browser and too slow for every search.
 */
export const initialsOf = (text: string): string =>
  letters(pinyin(text, { pattern: 'first', toneType: 'none', separator: '' }));

/** The same for a person's name, whose first character is read as a surname: 仇和 → qh, 单勇 → sy. */
export const personInitialsOf = (name: string): string =>
  letters(pinyin(name, { pattern: 'first', toneType: 'none', separator: '', surname: 'head' }));

const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
