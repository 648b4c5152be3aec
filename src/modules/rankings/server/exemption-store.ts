import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { ActiveExemption } from '../board.ts';
import { type ExemptionTable, signed, tables } from './tables.ts';

/** Those of units within reach, newest first. */
export async function listExemptions(scope: Scope): Promise<ExemptionTable[]> {
  const reach = scope.reach('rankings.read');
  return tables(scope)
    .selectFrom('rankings.exemption')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .$if(!reach.all, (q) => q.where('unitId', '=', sql<string>`any(${reach.all ? [] : [...reach.unitIds]}::uuid[])`))
    .orderBy('untilOn', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Those in force on a day: begun, not past their last day, not ended by then; as recorded at the moment `asOf`. */
export async function exemptionsOn(scope: Scope, day: Day, asOf: Date = scope.now): Promise<ActiveExemption[]> {
  const rows = await tables(scope)
    .selectFrom('rankings.exemption')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('at', '<=', asOf)
    .where('fromOn', '<=', day)
    .where('untilOn', '>=', day)
    .where((e) => e.or([e('endedOn', 'is', null), e('endedOn', '>', day)]))
    .orderBy('id')
    .execute();
  return rows.map(({ unitId, board, reason, approver, untilOn }) => ({
    unitId,
    board,
    reason,
    approver,
    until: untilOn,
  }));
}

export async function insertExemption(
  scope: Scope,
  row: Pick<ExemptionTable, 'unitId' | 'board' | 'kind' | 'reason' | 'approver' | 'document' | 'fromOn' | 'untilOn'> & {
    demo?: boolean;
  },
): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('rankings.exemption')
    .values({ cityId: scope.cityId, id, demo: false, ...row, endedOn: null, endReason: null, ...signed(scope) })
    .execute();
  return id;
}

/** Ends one that is not ended; false when there is none. */
export async function endExemption(scope: Scope, id: string, reason: string): Promise<boolean> {
  const ended = await tables(scope)
    .updateTable('rankings.exemption')
    .set({ endedOn: scope.today, endReason: reason })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('endedOn', 'is', null)
    .where('untilOn', '>=', scope.today)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}
