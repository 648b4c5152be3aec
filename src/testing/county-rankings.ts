import { sql } from 'kysely';
import type { TestCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { rankings } from '#modules/rankings/contract.ts';

/** An exemption of the county, and what was decided about it after a board. Months are settled for everybody to see. */
export async function layOutRankings(city: TestCity, secret: string, unitId: string): Promise<void> {
  await city
    .as({ role: 'office' })(rankings)
    .exempt({
      unitId,
      board: null,
      kind: 'justified',
      reason: `${secret}规划调整`,
      approver: secret,
      document: secret,
      fromOn: '2021-09-01',
      untilOn: '2021-12-31',
    });
  const words = JSON.stringify({ zh: secret, en: secret });
  await city.system((scope) =>
    sql`insert into rankings.consequence (city_id, id, period, board, pool, unit_id, code, board_name, text, why, streak, state,
        reason, actor_id, actor_name, at)
      values (${scope.cityId}, ${newId()}, '2021-08', 'mianyangBlack', 'localities', ${unitId}, 'statement', ${words}::jsonb,
        ${words}::jsonb, ${words}::jsonb, 1, 'waived', ${secret}, 'test', ${secret}, ${scope.now})`.execute(scope.db),
  );
}

export const ownRankings: Record<string, Record<string, unknown>> = {
  'rankings.month': { period: '2021-08' },
  'rankings.table': { period: '2021-08', ranking: 'invest', format: 'xlsx' },
  'rankings.consequences': { period: '2021-08' },
  'rankings.history': { kind: 'board', code: 'mianyangBlack' },
};
