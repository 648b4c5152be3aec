import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';
import { CityForecast, ForecastRow, ProjectForecast } from './shapes.ts';

const told = z.object({ at: z.iso.datetime(), day: z.iso.date() });

export const forecasts = defineContract({
  name: 'forecasts',
  title: { zh: '预测', en: 'Forecasts' },
  uses: ['organization', 'projects', 'filings'],
  permissions: {
    'forecasts.read': {
      words: { zh: '查看预测', en: 'See forecasts' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'forecasts.compute': {
      words: { zh: '重新计算预测', en: 'Compute forecasts again' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    city: query({
      path: '/forecasts/city',
      summary: {
        zh: '全部可见项目的年底预测与回测',
        en: 'Year-end of all visible projects, with the hit rate of the past',
      },
      permission: 'forecasts.read',
      input: z.object({}),
      output: z.object({ city: CityForecast.nullable(), told: told.nullable() }),
    }),
    list: query({
      path: '/forecasts/projects',
      summary: { zh: '预计达不到计划的项目', en: 'Projects whose interval misses the plan' },
      permission: 'forecasts.read',
      input: z.object({
        /** short: not even the upper end reaches the plan. doubtful: the median does not. late: the median day is after the planned one. */
        which: z.enum(['short', 'doubtful', 'late', 'all']).default('short'),
        offset: z.coerce.number<unknown>().int().min(0).default(0),
        limit: z.coerce.number<unknown>().int().min(1).max(200).default(50),
      }),
      output: z.object({
        counts: z.object({ short: z.int(), doubtful: z.int(), late: z.int(), all: z.int(), untold: z.int() }),
        rows: z.array(ForecastRow),
      }),
    }),
    ofProject: query({
      path: '/forecasts/projects/:id',
      summary: { zh: '一个项目的预测', en: 'The forecast of one project' },
      permission: 'forecasts.read',
      input: z.object({ id: z.uuid() }),
      output: z.object({
        forecast: ProjectForecast.nullable(),
        told: told.nullable(),
        /** Of past forecasts of projects over as many months: how many, and how many held. */
        tested: z.int(),
        inside: z.int(),
        finishTested: z.int(),
        finishInside: z.int(),
      }),
    }),
    compute: command({
      path: '/forecasts/compute',
      summary: { zh: '重新计算预测', en: 'Compute all forecasts again' },
      permission: 'forecasts.compute',
      input: z.object({}),
      output: z.object({}),
    }),
  },
});
