import { sql } from 'kysely';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { escalateMatter } from '#modules/ledger/server/public.ts';
import { escalationDue, type Level, type StandingStill } from '../escalation.ts';
import { getSettings } from './settings-store.ts';

const levelNames: Record<Level, string> = {
  project: '项目',
  county: '县区',
  command: '协调指挥部',
  headquarters: '总指挥部',
};

/**
 * 提级研究 by time, one piece: every matter that has stood still for as long as the rule of its level says goes up one level.
 * The new level begins its own count, so a second run on the same day finds nothing. Answers how many rose.
 */
export async function escalateDue(scope: Scope, atMost = 200): Promise<number> {
  // Two runs at once would raise the same matter twice.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`supervision.escalate ${scope.cityId}`}, 0))`.execute(
    scope.db,
  );
  const { version, settings } = await getSettings(scope);
  const { escalateAfter: after } = settings;
  const shortest = Math.min(...Object.values(after).map((n) => n ?? Number.MAX_SAFE_INTEGER));
  if (shortest === Number.MAX_SAFE_INTEGER) return 0;
  const calendar = await calendarOf(scope);
  const { rows } = await sql<StandingStill & { id: string }>`
    select id, state, level, level_since, issued_on, progress_on from ledger.pub_matter
    where city_id = ${scope.cityId} and state in ('issued', 'signed', 'working', 'returned', 'reopened') and level <> 'headquarters'
      and greatest(issued_on, level_since, progress_on) <= ${scope.today}::date - ${shortest}::int
    order by greatest(issued_on, level_since, progress_on), id`.execute(scope.db);
  let risen = 0;
  for (const m of rows) {
    const due = escalationDue(m, after, scope.today, calendar);
    if (due === null) continue;
    await escalateMatter(scope, m.id, {
      reason: `自 ${due.since} 起连续 ${due.workdays} 个工作日无进展，${levelNames[m.level]}层面满 ${due.after} 个工作日，按规则提级研究`,
      payload: { rule: 'noProgress', ...due, settings: version },
    });
    if (++risen >= atMost) break;
  }
  return risen;
}

/** Every night, in pieces, so that one failure costs one piece. */
export async function escalateAll(run: JobRun): Promise<void> {
  let total = 0;
  for (let round = 0; round < 500 && !run.signal.aborted; round++) {
    const risen = await run.transaction((scope) => escalateDue(scope));
    total += risen;
    if (risen < 200) break;
  }
  if (total > 0) run.log.info({ city: run.cityId, total }, 'matters raised a level for standing still');
}
