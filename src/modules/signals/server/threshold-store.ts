import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { shippedThresholds, Thresholds } from '../thresholds.ts';

export interface ThresholdRow {
  version: number;
  thresholds: Thresholds;
  reason: string | null;
  actorName: string | null;
  at: Date | null;
}

const shipped: ThresholdRow = { version: 0, thresholds: shippedThresholds, reason: null, actorName: null, at: null };

/** Newest first; the shipped ones are the oldest. A threshold added later has its shipped value in older versions. */
export async function listThresholds(scope: Scope): Promise<ThresholdRow[]> {
  const { rows } =
    await sql<ThresholdRow>`select version, thresholds, reason, actor_name, at from signals.threshold_version
    where city_id = ${scope.cityId} order by version desc`.execute(scope.db);
  return [
    ...rows.map((row) => ({ ...row, thresholds: Thresholds.parse({ ...shippedThresholds, ...row.thresholds }) })),
    shipped,
  ];
}

export const getThresholds = async (scope: Scope): Promise<ThresholdRow> => (await listThresholds(scope))[0]!;

export async function insertThresholds(
  scope: Scope,
  version: number,
  thresholds: Thresholds,
  reason: string,
): Promise<void> {
  await sql`insert into signals.threshold_version (city_id, version, thresholds, reason, actor_id, actor_name, at)
    values (${scope.cityId}, ${version}, ${JSON.stringify(thresholds)}::jsonb, ${reason}, ${scope.actor.id}, ${scope.actor.name}, ${scope.now})`.execute(
    scope.db,
  );
}
