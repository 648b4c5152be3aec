import type { Scope } from '#core/server/scope.ts';
import { shanghaiDay, yearOf } from '#core/shared/day.ts';
import { calendarOf, type WorkCalendar } from '#modules/calendar/server/public.ts';
import type { Fault, Roster, Turn } from '../contract.ts';
import { rosterFaults } from '../roster.ts';
import { countTurns } from '../rotation.ts';
import { dayClassOf } from '../shifts.ts';
import { reachesUnit } from './reach.ts';
import { listTurns, type RosterRow, type TurnRow } from './roster-store.ts';

export const minuteOf = (moment: Date): number => Math.floor(moment.getTime() / 60_000);
export const momentOf = (minute: number): Date => new Date(minute * 60_000);

export const presentTurn = ({ fromAt, toAt, unitId: _, personId: __, ...turn }: TurnRow): Turn => ({
  ...turn,
  from: fromAt.toISOString(),
  to: toAt.toISOString(),
});

export function faultsOf(roster: Pick<RosterRow, 'fromAt' | 'toAt'>, turns: readonly TurnRow[]): Fault[] {
  const names = new Map(turns.map((turn) => [turn.id, turn.name]));
  const period = { from: minuteOf(roster.fromAt), to: minuteOf(roster.toAt) };
  return rosterFaults(
    period,
    turns.map(({ id, post, fromAt, toAt }) => ({ id, post, from: minuteOf(fromAt), to: minuteOf(toAt) })),
  ).map(({ kind, post, from, to, turnIds }) => ({
    kind,
    post,
    from: momentOf(from).toISOString(),
    to: momentOf(to).toISOString(),
    names: turnIds.map((id) => names.get(id)!),
  }));
}

/** The civil day on which a turn begins; a turn is counted as that day. */
export const dayOfTurn = ({ fromAt }: Pick<TurnRow, 'fromAt'>): string => shanghaiDay(fromAt);

function fairnessOf(turns: readonly TurnRow[], calendar: WorkCalendar): Roster['fairness'] {
  if (turns.some((turn) => !calendar.hasYear(yearOf(dayOfTurn(turn))))) return null;
  return [...Map.groupBy(turns, (turn) => turn.post)].flatMap(([post, own]) => {
    const names = new Map(own.map((turn) => [turn.memberId, turn.name]));
    const counts = countTurns(
      own.map((turn) => ({ memberId: turn.memberId, day: dayOfTurn(turn) })),
      (day) => dayClassOf(calendar.kindOf(day)),
    );
    return [...counts].map(([memberId, of]) => ({ memberId, name: names.get(memberId)!, post, counts: of }));
  });
}

export async function presentRosters(
  scope: Scope,
  rosters: readonly RosterRow[],
): Promise<{ rosters: Roster[]; turns: TurnRow[] }> {
  const turns = await listTurns(
    scope,
    rosters.map(({ id }) => id),
  );
  const calendar = await calendarOf(scope);
  const byRoster = Map.groupBy(turns, (turn) => turn.rosterId);
  return {
    turns,
    rosters: rosters.map(({ fromAt, toAt, changedAt, ...row }): Roster => {
      const own = byRoster.get(row.id) ?? [];
      const canEdit = reachesUnit(scope, 'duties.roster', row.unitId);
      return {
        ...row,
        from: fromAt.toISOString(),
        to: toAt.toISOString(),
        changedAt: changedAt.toISOString(),
        faults: faultsOf({ fromAt, toAt }, own),
        fairness: fairnessOf(own, calendar),
        allowed: !canEdit ? [] : row.version === 0 ? ['edit', 'publish', 'discard'] : toAt > scope.now ? ['swap'] : [],
      };
    }),
  };
}

export const presentRoster = async (scope: Scope, roster: RosterRow): Promise<Roster> =>
  (await presentRosters(scope, [roster])).rosters[0]!;
