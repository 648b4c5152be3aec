import { defineServerModule } from '#core/server/http.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { JobRun } from '#core/server/module.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { forecasts } from '../contract.ts';
import { computeForecasts, forecastAt } from './public.ts';
import { findForecast, listForecasts, newestRun } from './store.ts';

async function compute(run: JobRun): Promise<void> {
  const projects = await run.transaction((scope) => computeForecasts(scope));
  run.log.info({ city: run.cityId, projects }, 'forecasts computed');
}

const toldBy = (run: { at: Date; day: string } | undefined) =>
  run ? { at: run.at.toISOString(), day: run.day } : null;

export default defineServerModule(forecasts, {
  handlers: {
    city: async (scope) => {
      // Of a part of the city there is nothing kept: it is worked out from that part alone.
      if (!scope.reach('forecasts.read').all) return { city: (await forecastAt(scope)).city, told: null };
      const run = await newestRun(scope);
      return { city: run?.body ?? null, told: toldBy(run) };
    },
    list: (scope, input) => listForecasts(scope, input),
    ofProject: async (scope, { id }) => {
      await getProject(scope, id, 'forecasts.read');
      const [run, forecast] = [await newestRun(scope), await findForecast(scope, id)];
      const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
      const months = run?.body.tests.projects.months ?? [];
      const finish = run?.body.tests.finish ?? [];
      return {
        forecast: forecast ?? null,
        told: toldBy(run),
        tested: sum(months, (m) => m.tested),
        inside: sum(months, (m) => m.inside),
        finishTested: sum(finish, (m) => m.tested),
        finishInside: sum(finish, (m) => m.inside),
      };
    },
    compute: async (scope) => {
      await enqueue(scope, 'forecasts.compute', {});
      return {};
    },
  },
  jobs: { compute },
  // A quarter to one at night, when the day has changed.
  cron: { compute: '46 16 * * *' },
});
