import { addDays, type Day, daysBetween } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';

export const conclusionKinds = ['verification', 'sheet', 'void', 'mark'] as const;
export type ConclusionKind = (typeof conclusionKinds)[number];
export const conclusionWords: Record<ConclusionKind, Words> = {
  verification: { zh: '复核退回', en: 'Returned claim' },
  sheet: { zh: '督查单', en: 'Sheet' },
  void: { zh: '作废', en: 'Voided matter' },
  mark: { zh: '反馈评定', en: 'Mark of a report' },
};

export const objectionStates = ['filed', 'upheld', 'changed'] as const;
export type ObjectionState = (typeof objectionStates)[number];
export const objectionWords: Record<ObjectionState, Words> = {
  filed: { zh: '复核中', en: 'Under review' },
  upheld: { zh: '维持', en: 'Upheld' },
  changed: { zh: '变更', en: 'Changed' },
};

/** 政府督查工作条例 art. 17: within 30 days of receiving the conclusion, decided within 30 days of the objection. */
export const daysToObject = 30;
export const daysToDecide = 30;

/** The last day on which it may still be objected to; the day of the conclusion itself is not counted. */
export const lastDayToObject = (concludedOn: Day): Day => addDays(concludedOn, daysToObject);
export const decideBy = (filedOn: Day): Day => addDays(filedOn, daysToDecide);

/** Days left until a decision is due; negative when it is late. */
export const daysLeft = (dueOn: Day, today: Day): number => daysBetween(today, dueOn);

export interface TookPart {
  /** Accounts and people who took part in the conclusion: the one who made it, and who approved it. */
  accountIds: readonly string[];
  personIds: readonly string[];
}

/**
 * Recusal (art. 17: 参与作出督查结论的工作人员应当回避): nobody decides on an objection to what he took part in, nor one raised by
 * his own unit or by himself. Null when the person may decide.
 */
export function recusalFault(
  decider: { accountId: string; personId: string | null; unitIds: readonly string[] },
  tookPart: TookPart,
  /** The objecting unit and what is below it. */
  objecting: { unitIds: readonly string[]; accountId: string },
): { code: string; words: Words } | null {
  if (
    tookPart.accountIds.includes(decider.accountId) ||
    (decider.personId !== null && tookPart.personIds.includes(decider.personId))
  )
    return {
      code: 'must_recuse',
      words: {
        zh: '参与作出该结论的人员应当回避，请由他人复核（政府督查工作条例第十七条）',
        en: 'Who took part in the conclusion stands aside: somebody else decides (art. 17)',
      },
    };
  if (decider.accountId === objecting.accountId || decider.unitIds.some((id) => objecting.unitIds.includes(id)))
    return {
      code: 'own_objection',
      words: {
        zh: '提出异议的单位不能复核自己的异议',
        en: 'The unit that objects does not decide on its own objection',
      },
    };
  return null;
}
