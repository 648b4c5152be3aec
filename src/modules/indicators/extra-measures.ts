import type { KnownMeasure } from './book.ts';

/** A hundred million yuan: the same for every project, so that amounts can be held against limits, as 总投资 ≥ 10 × 亿元. */
export const hundredMillion: KnownMeasure = {
  code: 'hundredMillion',
  words: { zh: '亿元', en: 'A hundred million yuan' },
  dimension: 'yuan',
};

/** What other modules know of a project and the rates do not: read from their views (server/facts.ts), counts and whole yuan. */
export const extraMeasures: readonly KnownMeasure[] = [
  { code: 'landNeeds', words: { zh: '用地需求', en: 'Needs of land' }, dimension: 'count' },
  { code: 'landSecured', words: { zh: '用地已保障', en: 'Needs of land secured' }, dimension: 'count' },
  { code: 'problemsIssued', words: { zh: '交办问题', en: 'Problems issued' }, dimension: 'count' },
  { code: 'problemsClosed', words: { zh: '已销号问题', en: 'Problems closed' }, dimension: 'count' },
  { code: 'bondAllotted', words: { zh: '专项债分配', en: 'Special bonds allotted' }, dimension: 'yuan' },
  { code: 'bondUsed', words: { zh: '专项债已用', en: 'Special bonds used' }, dimension: 'yuan' },
  hundredMillion,
];
