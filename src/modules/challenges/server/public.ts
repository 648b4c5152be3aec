import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { ChallengeStanding } from '../month.ts';

/** Published challenges within the caller's reach of `challenges.read`, as they stood at the end of that day. */
export async function challengesAt(_scope: Scope, _day: Day): Promise<ChallengeStanding[]> {
  return [];
}
