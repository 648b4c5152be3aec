import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type EnrolmentRules, shippedRules } from '../rules.ts';

export interface RulesVersion {
  version: number;
  rules: EnrolmentRules;
  reason: string;
  actorName: string;
  at: Date;
}

/** Every version, newest first; empty while the shipped rules count. */
export async function listRules(scope: Scope): Promise<RulesVersion[]> {
  const { rows } = await sql<RulesVersion>`select version, rules, reason, actor_name, at from enrolment.rules_version
    where city_id = ${scope.cityId} order by version desc`.execute(scope.db);
  return rows;
}

/** The rules that count now. */
export async function currentRules(scope: Scope): Promise<EnrolmentRules> {
  const { rows } = await sql<{ rules: EnrolmentRules }>`select rules from enrolment.rules_version
    where city_id = ${scope.cityId} order by version desc limit 1`.execute(scope.db);
  return rows[0]?.rules ?? shippedRules;
}

/** False when somebody else has just saved that version. */
export async function insertRules(
  scope: Scope,
  version: number,
  rules: EnrolmentRules,
  reason: string,
): Promise<boolean> {
  const { rows } =
    await sql`insert into enrolment.rules_version (city_id, version, rules, reason, actor_id, actor_name, at)
    values (${scope.cityId}, ${version}, ${JSON.stringify(rules)}::jsonb, ${reason}, ${scope.actor.id}, ${scope.actor.name}, ${scope.now})
    on conflict do nothing returning version`.execute(scope.db);
  return rows.length === 1;
}
