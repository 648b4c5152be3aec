import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { explore } from '#modules/explore/contract.ts';
import { computeForecasts } from '#modules/forecasts/server/public.ts';

/** A view that the county's people share among themselves (its name and its filters are theirs), and what is forecast. */
export async function layOutExplore(city: TestCity, unit: Caller, secret: string, countyId: string): Promise<void> {
  await unit(explore).saveView({
    name: `${secret}分析`,
    pivot: {
      measures: ['yearDone'],
      rows: ['owner'],
      conditions: [
        { dimension: 'county', values: [countyId] },
        { dimension: 'board', values: [`${secret}板块`] },
      ],
    },
    isShared: true,
  });
  await city.system(computeForecasts);
}

/** What is asked of one project of the county. */
export const ownAnalyses = (projectId: string): Record<string, Record<string, unknown>> => ({
  'forecasts.ofProject': { id: projectId },
  'explore.filings': {
    projectId,
    cell: {
      pivot: { measures: ['yearDone'], rows: ['county'], columns: [] },
      row: [],
      column: [],
      measure: 'yearDone',
    },
  },
});
