import { z } from 'zod';
import { defineContract, query } from '#core/shared/contract.ts';

export type { ChallengeStanding } from './month.ts';

export const challenges = defineContract({
  name: 'challenges',
  title: { zh: '揭榜挂帅', en: 'Challenges' },
  uses: ['organization', 'projects', 'filings', 'snapshots', 'indicators', 'ledger'],
  permissions: {
    'challenges.read': {
      words: {
        zh: '查看榜单；本单位发榜、揭榜、核验的看全过程',
        en: 'See published challenges, and the whole course of one’s own',
      },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
  },
  endpoints: {
    list: query({
      path: '/challenges',
      summary: { zh: '榜单', en: 'Challenges' },
      permission: 'challenges.read',
      input: z.object({}),
      output: z.object({ cards: z.array(z.object({ id: z.uuid() })) }),
    }),
  },
});
