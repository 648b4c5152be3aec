import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { issueMatters, listMattersByOrigin, raiseMatters } from '#modules/ledger/server/public.ts';
import { findHeadquarters, unitNames } from '#modules/organization/server/public.ts';
import type { ConsequenceView } from '../contract.ts';
import type { MonthBoard, MonthRankings } from '../month.ts';
import { dayOf, rankingsOf } from './compute.ts';
import { findMonth } from './month.ts';
import { findSettled, insertSettled } from './month-store.ts';
import { type ConsequenceTable, jsonb, signed, tables } from './tables.ts';

interface Key {
  board: string;
  pool: string;
  unitId: string;
  code: string;
}
export interface Wanted extends Key {
  boardName: Words;
  unitName: string;
  text: Words;
  why: Words;
  streak: number;
  raisesMatter: boolean;
}
export const keyOf = ({ board, pool, unitId, code }: Key): string => [board, pool, unitId, code].join(' ');

export const consequencesOf = (boards: readonly MonthBoard[]): Wanted[] =>
  boards.flatMap(({ code: board, group: pool, name: boardName, rows }) =>
    rows.flatMap(({ unitId, name: unitName, why, streak, consequences }) =>
      consequences.map((one) => ({ board, pool, boardName, unitId, unitName, why, streak, ...one })),
    ),
  );

const listDecided = (scope: Scope, period: string): Promise<ConsequenceTable[]> =>
  tables(scope)
    .selectFrom('rankings.consequence')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('period', '=', period)
    .orderBy('id')
    .execute();

/** One decision at a time over a month: two who confirm together must not raise a matter twice. */
const lockMonth = (scope: Scope, period: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`rankings ${scope.cityId} ${period}`}, 0))`.execute(scope.db);

const monthWords = (period: string): string => `${Number(period.slice(0, 4))}年${Number(period.slice(5))}月`;

const insertDecided = (
  scope: Scope,
  period: string,
  rows: readonly (Wanted & Pick<ConsequenceTable, 'id' | 'state' | 'matterId' | 'reason'>)[],
) =>
  tables(scope)
    .insertInto('rankings.consequence')
    .values(
      rows.map(({ id, board, pool, unitId, code, boardName, text, why, streak, state, matterId, reason }) => ({
        cityId: scope.cityId,
        id,
        period,
        board,
        pool,
        unitId,
        code,
        boardName: jsonb(boardName),
        text: jsonb(text),
        why: jsonb(why),
        streak,
        state,
        matterId,
        reason,
        ...signed(scope),
      })),
    )
    .execute();

/**
 * Matters of the ledger for those consequences that ask for one and are not decided yet, each once for a month, board, unit and
 * consequence. Issued where the unit has a leader who answers for it, else left as a draft for the office. How many there are.
 */
async function raiseAll(
  scope: Scope,
  period: string,
  day: Day,
  wanted: readonly Wanted[],
  demo: boolean,
): Promise<number> {
  await lockMonth(scope, period);
  const decided = new Set((await listDecided(scope, period)).map(keyOf));
  const fresh = wanted
    .filter((one) => one.raisesMatter && !decided.has(keyOf(one)))
    .map((one) => ({ ...one, id: newId() }));
  if (fresh.length === 0) return 0;
  const verifier = (await findHeadquarters(scope))?.id ?? null;
  const made = await raiseMatters(
    scope,
    fresh.map(({ id, unitId, unitName, boardName, text, why }) => ({
      kind: 'task',
      title: `${monthWords(period)}${boardName.zh}：${unitName} ${text.zh}`.slice(0, 200),
      body: why.zh,
      source: { kind: 'platform', title: `${monthWords(period)}${boardName.zh}`, on: day },
      leadUnitId: unitId,
      verifierUnitId: verifier === unitId ? null : verifier,
      origin: { module: 'rankings', id },
      demo,
    })),
  );
  await insertDecided(
    scope,
    period,
    fresh.map((one, i) => ({ ...one, state: 'raised' as const, matterId: made[i]!.id, reason: null })),
  );
  if (scope.can('ledger.issue'))
    await issueMatters(
      scope,
      made.map(({ id }) => id),
    );
  await emit(scope, {
    topic: 'rankings.raised',
    unitIds: [...new Set(fresh.map(({ unitId }) => unitId))],
    data: { period, count: fresh.length },
  });
  return fresh.length;
}

/** Keeps a month as published, and tells every unit that stands in it. Equal to what is kept already, nothing happens. */
export async function settle(scope: Scope, result: MonthRankings, reason: string | null): Promise<number> {
  await lockMonth(scope, result.period);
  const { version, isNew } = await insertSettled(scope, result, reason);
  if (!isNew) return version;
  audited(scope, { subject: 'rankings.month', id: result.period, after: { version, day: result.day, reason } });
  const units = result.rankings.flatMap((r) => r.groups.flatMap((g) => g.rows.map((row) => row.unitId)));
  await emit(scope, {
    topic: 'rankings.settled',
    unitIds: [...new Set(units)],
    data: { period: result.period, version },
  });
  return version;
}

/** See public.ts. */
export async function raiseFor(
  scope: Scope,
  {
    period,
    boards,
    rankings,
    day = dayOf(scope, period),
  }: {
    period: string;
    boards: readonly MonthBoard[];
    rankings?: MonthRankings['rankings'];
    day?: Day;
  },
  demo = false,
): Promise<number> {
  if (rankings) await settle(scope, { period, day, rankings, boards: [...boards] }, null);
  else if (!isDeepStrictEqual((await findSettled(scope, period))?.result.boards, JSON.parse(JSON.stringify(boards))))
    await settle(scope, { ...(await rankingsOf(scope, { period, day })), boards: [...boards] }, null);
  return raiseAll(scope, period, day, consequencesOf(boards), demo);
}

/** Confirms consequences by hand. A month that was not settled is settled by it: what is held against a unit must not move. */
export async function raise(
  scope: Scope,
  { period, items }: { period: string; items?: readonly Key[] | undefined },
): Promise<{ raised: number }> {
  const found = await findMonth(scope, { period, live: false });
  if (!found.settled) await settle(scope, found.result, null);
  const all = consequencesOf(found.result.boards);
  const asked = items && new Set(items.map(keyOf));
  const wanted = asked ? all.filter((one) => asked.has(keyOf(one))) : all;
  if (asked && wanted.length < asked.size) throw notFound({ zh: '上榜后果', en: 'consequence' });
  const raised = await raiseAll(scope, period, found.result.day, wanted, false);
  audited(scope, { subject: 'rankings.month', id: period, after: { raised } });
  return { raised };
}

/** Lets one go, with the reason; what was raised already is voided in the ledger, not here. */
export async function waive(
  scope: Scope,
  { period, reason, ...key }: Key & { period: string; reason: string },
): Promise<{ code: string }> {
  const found = await findMonth(scope, { period, live: false });
  if (!found.settled) await settle(scope, found.result, null);
  await lockMonth(scope, period);
  const one = consequencesOf(found.result.boards).find((w) => keyOf(w) === keyOf(key));
  if (!one) throw notFound({ zh: '上榜后果', en: 'consequence' });
  if ((await listDecided(scope, period)).some((d) => keyOf(d) === keyOf(key)))
    throw conflict('decided', {
      zh: '这一项已经处理，请刷新；已转入台账的在台账中作废',
      en: 'This one is decided: reload; what is in the ledger is voided there',
    });
  await insertDecided(scope, period, [{ ...one, id: newId(), state: 'waived', matterId: null, reason }]);
  audited(scope, { subject: 'rankings.consequence', id: `${period} ${keyOf(key)}`, after: { reason } });
  await emit(scope, { topic: 'rankings.raised', unitIds: [key.unitId], data: { period, count: 0 } });
  return { code: key.code };
}

/** What follows from a month: for the whole city all of it; for others what was decided about their own units. */
export async function listConsequences(scope: Scope, period: string): Promise<ConsequenceView[]> {
  const reach = scope.reach('rankings.read');
  const decided = (await listDecided(scope, period)).filter((one) => reach.all || reach.unitIds.includes(one.unitId));
  const raised = decided.filter((one) => one.matterId !== null);
  const matters = new Map(
    (scope.can('ledger.read') && raised.length > 0
      ? await listMattersByOrigin(
          scope,
          'rankings',
          raised.map((one) => one.id),
        )
      : []
    ).map((matter) => [matter.originId, matter]),
  );
  const names = await unitNames(
    scope,
    decided.map((one) => one.unitId),
  );
  const views = decided.map((one): ConsequenceView => {
    const matter = matters.get(one.id);
    const { board, pool, unitId, code, boardName, text, why, streak, state, reason, actorName, at } = one;
    const name = names.get(unitId);
    return {
      ...{ board, pool, unitId, code, boardName, text, why, streak, state, reason, actorName },
      unitName: name?.shortName ?? name?.name ?? '',
      raisesMatter: state === 'raised',
      at: at.toISOString(),
      matter: matter ? { id: matter.id, no: matter.no, state: matter.state, dueOn: matter.dueCurrent } : null,
    };
  });
  if (!reach.all) return views;
  const known = new Set(decided.map(keyOf));
  const { result } = await findMonth(scope, { period, live: false });
  const open = consequencesOf(result.boards).filter((one) => !known.has(keyOf(one)));
  return [
    ...open.map((one) => ({
      ...one,
      state: 'proposed' as const,
      reason: null,
      actorName: null,
      at: null,
      matter: null,
    })),
    ...views,
  ];
}
