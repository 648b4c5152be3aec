import { z } from 'zod';
import { defineContract, query } from '#core/shared/contract.ts';
import { schemeStates } from './course.ts';

export type { ExactPoints, ScoredItem, ScoredUnit, YearScores } from './year.ts';

const words = z.object({ zh: z.string(), en: z.string() });

export const scores = defineContract({
  name: 'scores',
  title: { zh: '考核', en: 'Scores' },
  uses: ['organization', 'calendar', 'projects', 'indicators'],
  permissions: {
    'scores.read': {
      words: { zh: '查看考核方案和结果', en: 'See schemes and results of scores' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'inspector'],
    },
    'scores.manage': {
      words: { zh: '编制考核方案、计算和公示', en: 'Keep schemes, compute and publish' },
      roles: ['office'],
      isCityWide: true,
    },
  },
  endpoints: {
    list: query({
      path: '/scores/schemes',
      summary: { zh: '考核方案', en: 'Schemes of scores' },
      permission: 'scores.read',
      input: z.object({ year: z.coerce.number<unknown>().int().min(2000).max(2100).optional() }),
      output: z.object({
        years: z.array(z.int()),
        schemes: z.array(
          z.object({
            id: z.uuid(),
            code: z.string(),
            year: z.int(),
            name: words,
            state: z.enum(schemeStates),
            version: z.int(),
          }),
        ),
      }),
    }),
  },
});
