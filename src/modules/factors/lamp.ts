import { type Day, daysBetween } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import { type CategoryCode, categoryCodes } from './categories.ts';
import { isNeeded, isSecured, type NeedFacts, type NeedState, needState } from './need-state.ts';

export type LampLight = 'late' | 'warn' | 'normal' | 'idle';
export const lampLights = ['late', 'warn', 'normal', 'idle'] as const satisfies readonly LampLight[];

/** A promise this near is 黄, the day itself included. */
export const nearDays = 15;

/** Why a category has its colour, the worst first: a project shows its worst category. */
export const lampCauses = ['overdue', 'near', 'partial', 'unpromised', 'open', 'secured', 'notNeeded'] as const;
export type LampCause = (typeof lampCauses)[number];

const lightOfCause: Record<LampCause, LampLight> = {
  overdue: 'late',
  near: 'warn',
  partial: 'warn',
  unpromised: 'warn',
  open: 'warn',
  secured: 'normal',
  notNeeded: 'idle',
};

export const lampWords: Record<LampLight, Words> = {
  late: { zh: '逾期', en: 'Overdue' },
  warn: { zh: '待落实', en: 'Open' },
  normal: { zh: '已落实', en: 'Secured' },
  idle: { zh: '无需求', en: 'None needed' },
};

export const causeWords: Record<LampCause, Words> = {
  overdue: { zh: '未落实且已过承诺日期', en: 'not secured and the promised day is past' },
  near: { zh: `未落实且距承诺日期不足 ${nearDays} 天`, en: `not secured, promised within ${nearDays} days` },
  partial: { zh: '只落实了一部分', en: 'only partly secured' },
  unpromised: { zh: '未落实且没有承诺日期', en: 'not secured and no day is promised' },
  open: { zh: '未落实，尚在承诺期内', en: 'not secured yet, the promised day is still ahead' },
  secured: { zh: '已全部落实', en: 'all secured' },
  notNeeded: { zh: '无需该要素', en: 'not needed' },
};

export interface LampCheck {
  category: CategoryCode;
  state: NeedState;
  light: LampLight;
  cause: LampCause;
  promisedOn: Day | null;
  /** Days until the promise; negative when it is past; null without one or when secured. */
  daysLeft: number | null;
}

export interface Lamp {
  light: LampLight;
  cause: LampCause;
  /** The category that decided; null when nothing is needed. */
  category: CategoryCode | null;
  checks: LampCheck[];
}

export type NeedOfCategory = NeedFacts & { category: CategoryCode };

function causeOf(need: NeedFacts, today: Day): LampCause {
  if (!isNeeded(need)) return 'notNeeded';
  if (isSecured(need)) return 'secured';
  const left = need.promisedOn === null ? null : daysBetween(today, need.promisedOn);
  if (left !== null && left < 0) return 'overdue';
  if (left !== null && left <= nearDays) return 'near';
  if (needState(need, today) === 'partial') return 'partial';
  return left === null ? 'unpromised' : 'open';
}

/**
 * The factor lamp of a project: its worst category. 红: a promise is past and the need is not met; 绿 only when every
 * need is met; 灰 when nothing is needed; everything between is 黄. Handbook capability 31; the 15 days are ours.
 */
export function lampOf(needs: readonly NeedOfCategory[], today: Day): Lamp {
  const checks = needs
    .map((need): LampCheck => {
      const cause = causeOf(need, today);
      const isOpen = cause !== 'secured' && cause !== 'notNeeded' && need.promisedOn !== null;
      return {
        category: need.category,
        state: needState(need, today),
        light: lightOfCause[cause],
        cause,
        promisedOn: need.promisedOn,
        daysLeft: isOpen ? daysBetween(today, need.promisedOn!) : null,
      };
    })
    .sort((a, b) => categoryCodes.indexOf(a.category) - categoryCodes.indexOf(b.category));
  const worst = [...checks].sort(
    (a, b) => lampCauses.indexOf(a.cause) - lampCauses.indexOf(b.cause) || (a.daysLeft ?? 1e6) - (b.daysLeft ?? 1e6),
  )[0];
  if (!worst || worst.cause === 'notNeeded') return { light: 'idle', cause: 'notNeeded', category: null, checks };
  return { light: worst.light, cause: worst.cause, category: worst.category, checks };
}
