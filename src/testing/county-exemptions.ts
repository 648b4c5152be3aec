import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { yearOf } from '#core/shared/day.ts';
import { dispatch } from '#modules/dispatch/contract.ts';

/** Exemptions of each state, decided by somebody else than who asked, and the county's planned growth. */
export async function layOutExemptions(
  city: TestCity,
  office: Caller,
  secret: string,
  { countyId, approvedId, endedId }: { countyId: string; approvedId: string; endedId: string },
): Promise<void> {
  const until = '2021-12-31';
  const other = city.as({ role: 'office', name: secret })(dispatch);
  const ask = (projectId: string, ruleCode: string | null) =>
    office(dispatch).exempt({ projectId, ruleCode, reason: secret, until });
  const approved = await ask(approvedId, null);
  await other.decideExemption({ id: approved.id, decision: 'approve', note: secret });
  const ended = await ask(endedId, 'progress');
  await other.decideExemption({ id: ended.id, decision: 'approve', note: null });
  await other.endExemption({ id: ended.id, reason: secret });
  const refused = await ask(endedId, 'start');
  await other.decideExemption({ id: refused.id, decision: 'refuse', note: secret });
  await ask(approvedId, 'progress');
  await other.setPlannedGrowth({ unitId: countyId, year: yearOf(until), percent: '8', source: secret });
}
