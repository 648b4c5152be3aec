import { pinyin } from 'pinyin-pro';

/**
 * First letters of a name's readings, so that “szxyy” finds 市中心医院. Letters and figures of the name stay.
 * Worked out once, when the name is written: doing it at search time would read every name on every key.
 */
export const initialsOf = (name: string): string =>
  pinyin(name.normalize('NFKC'), { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
