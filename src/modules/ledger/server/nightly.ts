import { sql } from 'kysely';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { limitsOf } from './limits.ts';
import { keepLights, turnsOf } from './settle.ts';
import { listNodes, type MatterRecord } from './store.ts';
import { tables } from './tables.ts';

/**
 * Every night: days of colours that could not be worked out because a year had no calendar yet are tried again, and the
 * colours that changed overnight are written into history. What a page shows needs neither: it follows from the days.
 */
export async function runNight(run: JobRun): Promise<void> {
  const filled = await run.transaction(fillTurns);
  const changed = await run.transaction((scope) => keepLights(scope, 'open'));
  run.log.info({ city: run.cityId, filled, changed }, 'colours of matters kept');
}

/** Issued, open, and with no blue or yellow day at all: few, and mostly waiting for a calendar. */
async function fillTurns(scope: Scope): Promise<number> {
  const waiting: MatterRecord[] = await tables(scope)
    .selectFrom('ledger.matter')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('state', 'not in', ['draft', 'closed', 'void'])
    .where((eb) => eb.or([eb('blueOn', 'is', null), eb('yellowOn', 'is', null)]))
    .where(sql<boolean>`due_current > ${scope.today}::date`)
    .limit(5000)
    .execute();
  if (waiting.length === 0) return 0;
  const limits = await limitsOf(scope);
  const nodes = Map.groupBy(
    await listNodes(
      scope,
      waiting.map((m) => m.id),
    ),
    (node) => node.matterId,
  );
  let filled = 0;
  for (const matter of waiting) {
    const turns = turnsOf(limits, matter, nodes.get(matter.id) ?? []);
    if (turns.blueOn === matter.blueOn && turns.yellowOn === matter.yellowOn && turns.redOn === matter.redOn) continue;
    filled++;
    await tables(scope)
      .updateTable('ledger.matter')
      .set(turns)
      .where('cityId', '=', scope.cityId)
      .where('id', '=', matter.id)
      .execute();
  }
  return filled;
}
