import type { Scope } from '#core/server/scope.ts';
import { addDays, endOfMonth } from '#core/shared/day.ts';
import { insertPastEdition } from '#modules/editions/server/public.ts';
import { snapshotsOf } from '#modules/snapshots/server/public.ts';

const office = '刘敏（示例）';
const months = ['2021-06', '2021-07', '2021-08'];

/**
 * The last three frozen months sealed and published as the office did it, June twice: its first edition, and the second
 * after the correction of July. Returns the number of editions.
 */
export async function sealHistory(scope: Scope): Promise<number> {
  let count = 0;
  for (const period of months) {
    const lastDay = endOfMonth(`${period}-01`);
    for (const { id, version, publicNote } of await snapshotsOf(scope, period)) {
      const day = version === 1 ? lastDay : addDays(lastDay, 16);
      await insertPastEdition(scope, {
        period,
        snapshotId: id,
        at: new Date(`${day}T18:30:00+08:00`),
        byName: office,
        note: version === 1 ? null : (publicNote ?? '按更正后的填报重新计算（示例）'),
      });
      count += 1;
    }
  }
  return count;
}
