import { type Selectable, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { RuleInForce, Severity } from '../validation-rule.ts';
import { jsonb } from './tables.ts';

interface RuleVersionTable {
  cityId: string;
  code: string;
  version: number;
  isActive: boolean;
  severity: Severity;
  params: Record<string, number>;
  phrases: string[] | null;
  words: Words | null;
  validFrom: Day;
  validUntil: Day | null;
  reason: string;
  document: string | null;
  actorId: string;
  actorName: string;
  at: Date;
}
export type RuleVersionRow = Selectable<RuleVersionTable>;

const tables = (scope: Scope) => scope.db.withTables<{ 'filings.ruleVersion': RuleVersionTable }>();

/** Every version of every rule the city has changed, newest first. */
export const listRuleVersions = (scope: Scope): Promise<RuleVersionRow[]> =>
  tables(scope)
    .selectFrom('filings.ruleVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();

/**
 * The city's own rules in force on a day: of each the newest version whose days hold it. A rule that is not among them
 * stands as it ships; a version whose last day has passed gives way to the one before it.
 */
export async function listRulesInForce(scope: Scope, day: Day): Promise<RuleInForce[]> {
  const { rows } = await sql<RuleInForce>`
    select distinct on (code) code, version, is_active, severity, params, phrases, words from filings.rule_version
    where city_id = ${scope.cityId} and valid_from <= ${day}::date and (valid_until is null or valid_until >= ${day}::date)
    order by code, version desc`.execute(scope.db);
  return rows;
}

/** False when somebody else wrote this version meanwhile. */
export async function insertRuleVersion(
  scope: Scope,
  row: Omit<RuleVersionRow, 'cityId' | 'actorId' | 'actorName' | 'at'>,
): Promise<boolean> {
  const { params, phrases, words, ...plain } = row;
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('filings.ruleVersion')
    .values({
      ...plain,
      cityId: scope.cityId,
      params: jsonb(params),
      phrases: phrases && jsonb(phrases),
      words: words && jsonb(words),
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
