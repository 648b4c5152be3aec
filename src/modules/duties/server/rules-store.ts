import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type IncidentRules, shippedRules } from '../incident-rules.ts';

export interface RulesRow {
  version: number;
  rules: IncidentRules;
  reason: string | null;
  actorName: string | null;
  at: Date | null;
}
const shipped: RulesRow = { version: 0, rules: shippedRules, reason: null, actorName: null, at: null };

/** Newest first; the shipped rules are version 0. */
export async function listRules(scope: Scope): Promise<RulesRow[]> {
  const { rows } = await sql<RulesRow>`select version, rules, reason, actor_name, at from duties.rules_version
    where city_id = ${scope.cityId} order by version desc`.execute(scope.db);
  return [...rows, shipped];
}
export const getRules = async (scope: Scope): Promise<RulesRow> => (await listRules(scope))[0]!;

/** False when somebody else has just made that version. */
export async function insertRules(
  scope: Scope,
  version: number,
  rules: IncidentRules,
  reason: string,
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into duties.rules_version (city_id, version, rules, reason, actor_id, actor_name, at)
    values (${scope.cityId}, ${version}, ${JSON.stringify(rules)}::jsonb, ${reason}, ${scope.actor.id}, ${scope.actor.name}, ${scope.now})
    on conflict (city_id, version) do nothing`.execute(scope.db);
  return numAffectedRows === 1n;
}

/** The rules under which an incident was raised: a later version changes nothing for one that is under way. */
export async function rulesOf(scope: Scope, { rulesVersion }: { rulesVersion: number }): Promise<IncidentRules> {
  const all = await listRules(scope);
  return (all.find((one) => one.version === rulesVersion) ?? all.at(-1)!).rules;
}
