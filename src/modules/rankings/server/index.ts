import { defineServerModule } from '#core/server/http.ts';
import { rankings } from '../contract.ts';
import { dayOf, rankingsOf } from './compute.ts';
import { listConsequences, raise, settle, waive } from './consequences.ts';
import { definitionsView, history, saveBoard, saveRanking, withdraw } from './definitions.ts';
import { checkPeriod, monthView } from './month.ts';
import { end, exempt, exemptions, externals, saveExternal } from './records.ts';
import { rankingTable } from './table.ts';

export default defineServerModule(rankings, {
  handlers: {
    month: monthView,
    table: rankingTable,
    settle: async (scope, { period, reason }) => {
      checkPeriod(scope, period);
      const result = await rankingsOf(scope, { period, day: dayOf(scope, period) });
      return { version: await settle(scope, result, reason) };
    },
    consequences: (scope, { period }) => {
      checkPeriod(scope, period);
      return listConsequences(scope, period);
    },
    raise,
    waive,
    externals,
    saveExternal,
    exemptions,
    exempt,
    endExemption: end,
    definitions: definitionsView,
    history,
    saveRanking,
    saveBoard,
    withdraw,
  },
});
