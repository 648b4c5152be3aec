import { sql } from 'kysely';
import { emit, type OutboxEvent } from '#core/server/events.ts';
import { defineServerModule, type JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { dispatch } from '../contract.ts';
import { countyLamps, setPlannedGrowth } from './counties.ts';
import { listExemptions } from './exemption-store.ts';
import { decideExemption, endExemption, presentExemption, requestExemption } from './exemptions.ts';
import { explain, tryOut } from './explain.ts';
import { exportRateMembers, rateMembers, rateTable } from './rates.ts';
import { activate, enqueueRecompute, getVersion, listHeads, saveRuleSet } from './rules.ts';
import { recomputePiece, recomputeProjects } from './standing.ts';
import { summaryDay, summaryOf } from './summary.ts';

/** One project by name: at once. Many, or none named: the whole, in pieces, once. */
const follow = async (scope: Scope, event: OutboxEvent): Promise<void> => {
  if (event.projectId !== null) await recomputeProjects(scope, [event.projectId]);
  else await enqueueRecompute(scope);
};

/** Every light of the city for today, a transaction for each piece; the wall and the pages are told once at the end. */
async function recompute(run: JobRun): Promise<void> {
  const started = performance.now();
  const unitIds = new Set<string>();
  let after: string | null = null;
  let changed = 0;
  do {
    const from: string | null = after;
    const piece: Awaited<ReturnType<typeof recomputePiece>> = await run.transaction((scope) =>
      recomputePiece(scope, from),
    );
    for (const id of piece.unitIds) unitIds.add(id);
    changed += piece.changed;
    after = piece.last;
  } while (after !== null && !run.signal.aborted);
  await run.transaction((scope) =>
    emit(scope, { topic: 'dispatch.standingChanged', unitIds: [...unitIds], data: { changed, day: scope.today } }),
  );
  run.log.info({ city: run.cityId, changed, ms: Math.round(performance.now() - started) }, 'lights worked out');
}

export default defineServerModule(dispatch, {
  handlers: {
    rates: rateTable,
    rateMembers,
    exportRateMembers,
    summary: (scope, { year, day }) => summaryOf(scope, summaryDay(scope, year, day)),
    explain: (scope, { projectId, day }) => explain(scope, projectId, day),
    ruleSets: (scope) => listHeads(scope),
    ruleSet: (scope, { code, version }) => getVersion(scope, code, version),
    saveRuleSet,
    activate,
    tryOut,
    exemptions: async (scope, { projectId }) =>
      (await listExemptions(scope, projectId)).map((e) => presentExemption(scope, e)),

    exempt: requestExemption,
    decideExemption,
    endExemption,
    counties: countyLamps,
    setPlannedGrowth,

    recompute: async (scope) => {
      await enqueueRecompute(scope);
      return { queued: true };
    },
  },

  on: {
    'filings.opened': follow,
    'filings.submitted': follow,
    'filings.withdrawn': follow,
    'filings.returned': follow,
    'filings.accepted': follow,
    'filings.corrected': follow,
    'funding.changed': follow,
    'projects.created': follow,
    'projects.changed': follow,
    'projects.planChanged': follow,
    'projects.imported': follow,
  },

  jobs: { recompute },
  // 00:03 in Shanghai: the clock has moved, planned days have passed, exemptions have lapsed.
  cron: { recompute: '3 16 * * *' },

  /** A server that was off at midnight, or a demonstration with a clock of its own, catches up at the start. */
  start: ({ eachCity }) =>
    eachCity(async (scope) => {
      const { rows } = await sql<{ isStale: boolean }>`select exists (
          select 1 from projects.pub_project p
          left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${yearOf(scope.today)}
          where p.city_id = ${scope.cityId} and s.as_of is distinct from ${scope.today}::date) as is_stale`.execute(
        scope.db,
      );
      if (rows[0]?.isStale) await enqueueRecompute(scope);
    }),
});
