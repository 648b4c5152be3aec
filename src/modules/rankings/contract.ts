import { z } from 'zod';
import { defineContract, query } from '#core/shared/contract.ts';

export type {
  BoardRow,
  ExactFigure,
  ExternalRank,
  MonthBoard,
  MonthRanking,
  MonthRankings,
  RankedGroup,
  RankedRow,
} from './month.ts';

export const rankings = defineContract({
  name: 'rankings',
  title: { zh: '排名与红黑榜', en: 'Rankings and boards' },
  uses: ['organization', 'projects', 'filings', 'dispatch', 'indicators', 'ledger'],
  permissions: {
    'rankings.read': {
      words: { zh: '查看排名和红黑榜', en: 'See rankings and boards' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'rankings.record': {
      words: { zh: '登记外部位次和豁免', en: 'Record places given by others, and exemptions' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'rankings.settle': {
      words: { zh: '确定当月排名、落实上榜后果', en: 'Settle a month and raise what follows from a board' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'rankings.define': {
      words: { zh: '定义排名和红黑榜', en: 'Define rankings and boards' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    periods: query({
      path: '/rankings/months',
      summary: { zh: '已确定的月份', en: 'Months that are settled' },
      permission: 'rankings.read',
      input: z.object({}),
      output: z.array(z.object({ period: z.string(), version: z.int() })),
    }),
  },
});
