import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';

export const steps = ['organization', 'map', 'ledger', 'history', 'lights', 'done'] as const;
export type Step = (typeof steps)[number];

export const Loading = z.object({
  /** null: never asked for. */
  state: z.enum(['waiting', 'loading', 'loaded', 'failed']).nullable(),
  step: z.enum(steps).nullable(),
  problem: z.string().nullable(),
  /** True while the register is empty: only then may a demonstration be put into it. */
  isPossible: z.boolean(),
});
export type Loading = z.infer<typeof Loading>;

export const demonstration = defineContract({
  name: 'demonstration',
  title: { zh: '示例城市', en: 'Demonstration city' },
  uses: [
    'organization',
    'identity',
    'projects',
    'filings',
    'lifecycle',
    'funding',
    'dispatch',
    'wall',
    'factors',
    'enrolment',
    'permits',
    'schedules',
    'snapshots',
    'editions',
    'readings',
    'publications',
    'opendata',
    'meetings',
    'signals',
    'notices',
    'duties',
    'ledger',
    'indicators',
    'rankings',
    'explore',
    'forecasts',
    'decomposition',
    'supervision',
    'challenges',
    'scores',
  ],
  permissions: {
    'demonstration.load': {
      words: { zh: '装入示例城市', en: 'Load the demonstration city' },
      roles: ['admin'],
      isCityWide: true,
    },
  },
  endpoints: {
    status: query({
      path: '/demonstration',
      summary: { zh: '示例城市装入进度', en: 'How far the demonstration city is loaded' },
      permission: 'demonstration.load',
      input: z.object({}),
      output: Loading,
    }),
    load: command({
      path: '/demonstration/load',
      summary: { zh: '把示例城市装入空的台账', en: 'Load the demonstration city into an empty register' },
      permission: 'demonstration.load',
      input: z.object({}),
      output: Loading,
    }),
  },
});
