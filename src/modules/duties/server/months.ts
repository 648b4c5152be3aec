import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { addDays, endOfMonth, yearOf } from '#core/shared/day.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { duties, Month } from '../contract.ts';
import { dutyDays } from '../shifts.ts';
import { handoversOf } from './handovers.ts';
import { listDutyUnits, reachesUnit } from './reach.ts';
import { presentRosters, presentTurn } from './roster-present.ts';
import { listMembers, listPublishedTurns, listRosters } from './roster-store.ts';
import { presentMember } from './rosters.ts';

/** One month of one unit: its days, rosters, who is on now and what waits to be handed over. */
export async function monthOf(
  scope: Scope,
  { unitId, month = scope.today.slice(0, 7) }: ParsedOf<(typeof duties)['endpoints']['month']>,
): Promise<Month> {
  const units = await listDutyUnits(scope, 'duties.read');
  if (unitId !== undefined && !reachesUnit(scope, 'duties.read', unitId)) throw notFound({ zh: '单位', en: 'unit' });
  const chosen = unitId ?? units[0]?.id;
  const name = chosen && (await unitNames(scope, [chosen])).get(chosen)?.name;
  if (unitId !== undefined && name === undefined) throw notFound({ zh: '单位', en: 'unit' });
  const calendar = await calendarOf(scope);
  const [first, last] = [`${month}-01`, endOfMonth(`${month}-01`)];
  // Whole weeks, so that the first and last days stand in their row with what is planned for them.
  const days = dutyDays(addDays(first, -6), addDays(last, 6));
  const missing = days.map(yearOf).find((year) => !calendar.hasYear(year)) ?? null;
  const base = {
    month,
    units,
    days: days.map((day) => ({
      day,
      kind: calendar.hasYear(yearOf(day)) ? calendar.kindOf(day) : null,
      name: calendar.nameOf(day),
    })),
    missingCalendar: missing,
    madeAt: scope.now.toISOString(),
  };
  if (chosen === undefined || name === undefined)
    return { ...base, unit: null, onNow: [], rosters: [], turns: [], members: [], handovers: [], allowed: [] };
  const canPlan = reachesUnit(scope, 'duties.roster', chosen);
  const rows = await listRosters(scope, chosen, days[0]!, days.at(-1)!, canPlan);
  const { rosters, turns } = await presentRosters(scope, rows);
  const onNow = await listPublishedTurns(scope, [chosen], scope.now, scope.now);
  const [from, to] = [
    Date.parse(`${days[0]}T00:00:00+08:00`),
    Date.parse(`${addDays(days.at(-1)!, 1)}T00:00:00+08:00`),
  ];
  const allowed: Month['allowed'] = [];
  if (canPlan) allowed.push('roster');
  if (reachesUnit(scope, 'duties.log', chosen)) allowed.push('log');
  return {
    ...base,
    unit: { id: chosen, name },
    onNow: onNow.map(presentTurn),
    rosters,
    turns: turns.filter((t) => t.fromAt.getTime() < to && t.toAt.getTime() > from).map(presentTurn),
    members: (await listMembers(scope, chosen)).map(presentMember),
    handovers: (await handoversOf(scope, chosen, 12)).filter(
      (one) => one.state !== 'signed' || isRecent(one.at, scope),
    ),
    allowed,
  };
}

const isRecent = (at: string, scope: Scope): boolean => scope.now.getTime() - Date.parse(at) < 48 * 3_600_000;
