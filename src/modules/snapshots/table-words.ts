import type { Language, Words } from '#core/shared/words.ts';

/**
 * The words of a frozen table. They are this module's own and are not changed: the month that was frozen in January has to
 * come out the same when the register's words have moved on.
 */
export const lightWords: Record<string, Words> = {
  normal: { zh: '绿●正常', en: '● Normal' },
  warn: { zh: '黄▲预警', en: '▲ Warning' },
  late: { zh: '红■滞后', en: '■ Late' },
  idle: { zh: '灰○未开工', en: '○ Not begun' },
  ahead: { zh: '蓝◆提前', en: '◆ Ahead' },
};
export const planKindWords: Record<string, Words> = {
  new: { zh: '新开工', en: 'New start' },
  carried: { zh: '续建', en: 'Carried over' },
  finishing: { zh: '竣工', en: 'Finishing' },
  reserve: { zh: '预备', en: 'Reserve' },
};
export const filingWords: Record<string, Words> = {
  accepted: { zh: '已审', en: 'Accepted' },
  exempt: { zh: '免报', en: 'Exempt' },
  missing: { zh: '缺报', en: 'Missing' },
};
export const inLanguage = (words: Record<string, Words>, code: unknown, language: Language): string | null =>
  typeof code === 'string' ? (words[code]?.[language] ?? code) : null;
