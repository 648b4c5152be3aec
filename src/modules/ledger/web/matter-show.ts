import { type Day, daysBetween } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import { missingEvidence } from '../evidence.ts';
import { isClaimed, isEnded } from '../flow.ts';
import type { Evidence, MatterRow, MatterView } from '../shapes.ts';

/** The day up to which a matter's clock ran: today, or the day of the claim while somebody looks at it. */
export const clockDay = (matter: Pick<MatterRow, 'state' | 'claimedOn'>, today: Day): Day =>
  isClaimed(matter.state) && matter.claimedOn !== null && matter.claimedOn < today ? matter.claimedOn : today;

/** Days past the present limit (positive) or until it (negative); null without a running limit. */
export function daysPast(matter: Pick<MatterRow, 'state' | 'claimedOn' | 'dueCurrent'>, today: Day): number | null {
  if (matter.dueCurrent === null || isEnded(matter.state) || matter.state === 'suspended' || matter.state === 'draft')
    return null;
  return daysBetween(matter.dueCurrent, clockDay(matter, today));
}

/** The word of a lamp with its days: “逾期 47 天”, “预警 · 剩 2 天”; undefined where the plain word says it all. */
export function lampSay(
  matter: Pick<MatterRow, 'state' | 'claimedOn' | 'dueCurrent' | 'light'>,
  today: Day,
  t: { overdue: (n: number) => string; left: (word: string, n: number) => string },
  word: string,
  voidWord: string,
): string | undefined {
  if (matter.state === 'void') return voidWord;
  const past = daysPast(matter, today);
  if (past === null) return undefined;
  if (past > 0) return t.overdue(past);
  // While somebody looks at the claim no day comes nearer.
  if (isClaimed(matter.state)) return undefined;
  return matter.light === 'normal' ? undefined : t.left(word, -past);
}

/** Evidence counts for the round it was brought in: a return or a reopening begins a new one. */
export const roundOf = (matter: Pick<MatterRow, 'returns' | 'reopens'>): number => matter.returns + matter.reopens + 1;

export const evidenceNow = (matter: MatterView): Evidence[] =>
  matter.evidence.filter((one) => one.round === roundOf(matter));

/** What still lacks to close when `given` is added to what this round holds already. */
export const missingWith = (matter: MatterView, given: readonly { kind: Evidence['kind'] }[]): Words | null =>
  missingEvidence(
    matter.kind,
    matter.track,
    [...evidenceNow(matter), ...given].map((one) => one.kind),
  );

/** The newest claim, in words: what a verifier reads first. */
export const newestClaim = (matter: MatterView) => matter.events.findLast((event) => event.act === 'claim');
export const newestReturn = (matter: MatterView) => matter.events.findLast((event) => event.act === 'return');

/** The short address printed as QR code; `origin` is the page's own. */
export const phoneAddress = (origin: string, id: string): string => `${origin}/m/${id}`;
