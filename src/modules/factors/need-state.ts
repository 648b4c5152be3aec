import { type Day, daysBetween } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { Clearance } from './clearance.ts';

export const needStates = [
  'missing', // 未落实
  'partial', // 部分落实
  'secured', // 已落实
  'overdue', // 逾期
  'notNeeded', // 无需
] as const;
export type NeedState = (typeof needStates)[number];

export const needStateWords: Record<NeedState, Words> = {
  missing: { zh: '未落实', en: 'Missing' },
  partial: { zh: '部分落实', en: 'Partly' },
  secured: { zh: '已落实', en: 'Secured' },
  overdue: { zh: '逾期', en: 'Overdue' },
  notNeeded: { zh: '无需', en: 'Not needed' },
};

export interface NeedFacts {
  /** In units of the category's last decimal. */
  demand: number;
  supplied: number;
  promisedOn: Day | null;
  /** 征地拆迁 is done when households and area are: one of them may be nought from the start. */
  clearance?: Clearance | null;
}

const parts = ({ demand, supplied, clearance }: NeedFacts): [number, number][] =>
  clearance
    ? [
        [clearance.households.planned, clearance.households.vacated],
        [clearance.area.planned, clearance.area.vacated],
      ]
    : [[demand, supplied]];

export const isNeeded = (need: NeedFacts): boolean => parts(need).some(([wanted]) => wanted > 0);
export const isSecured = (need: NeedFacts): boolean =>
  isNeeded(need) && parts(need).every(([wanted, got]) => got >= wanted);

/** State on a day. A promise counts to the end of its day: one for the 26th is broken on the 27th. */
export function needState(need: NeedFacts, today: Day): NeedState {
  if (!isNeeded(need)) return 'notNeeded';
  if (isSecured(need)) return 'secured';
  if (need.promisedOn !== null && daysBetween(need.promisedOn, today) > 0) return 'overdue';
  return parts(need).some(([, got]) => got > 0) || need.supplied > 0 ? 'partial' : 'missing';
}
