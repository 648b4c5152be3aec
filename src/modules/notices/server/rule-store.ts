import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { ReminderRules, shippedRules } from '../rules.ts';

export interface RuleRow {
  version: number;
  rules: ReminderRules;
  reason: string | null;
  actorName: string | null;
  at: Date | null;
}

/** Newest first; the shipped rules are version 0. */
export async function listRules(scope: Scope): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`select version, rules, reason, actor_name, at from notices.rule_version
    where city_id = ${scope.cityId} order by version desc`.execute(scope.db);
  return [
    ...rows.map((row) => ({ ...row, rules: ReminderRules.parse(row.rules) })),
    { version: 0, rules: shippedRules, reason: null, actorName: null, at: null },
  ];
}
export const getRules = async (scope: Scope): Promise<RuleRow> => (await listRules(scope))[0]!;

export async function insertRules(scope: Scope, version: number, rules: ReminderRules, reason: string): Promise<void> {
  await sql`insert into notices.rule_version (city_id, version, rules, reason, actor_id, actor_name, at)
    values (${scope.cityId}, ${version}, ${JSON.stringify(rules)}::jsonb, ${reason}, ${scope.actor.id}, ${scope.actor.name}, ${scope.now})`.execute(
    scope.db,
  );
}
