import type { Selectable } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { type RuleSet, readRuleSet } from '../light-rule.ts';
import { gapsOf, type RuleGap } from '../rule-gaps.ts';
import { defaultRuleSetCode, shippedRuleSets } from '../rule-sets.ts';

interface RuleSetVersionTable {
  cityId: string;
  code: string;
  version: number;
  /** As it was saved, maybe by an earlier version of the product: read it with readRuleSet. */
  body: RuleSet;
  gaps: RuleGap[];
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}
interface RuleChoiceTable {
  cityId: string;
  id: string;
  code: string;
  version: number;
  effectiveOn: Day;
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}
export type StoredVersion = Selectable<RuleSetVersionTable>;
export type ChoiceRow = Selectable<RuleChoiceTable>;
export interface VersionedSet {
  set: RuleSet;
  version: number;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{ 'dispatch.ruleSetVersion': RuleSetVersionTable; 'dispatch.ruleChoice': RuleChoiceTable }>();

// pg would send an array as a PostgreSQL array, not as jsonb.
const jsonb = <T>(value: T): T => JSON.stringify(value) as unknown as T;

/** Newest version of every set, the shipped ones included; shipped order first, then by code. */
export async function listRuleSets(scope: Scope): Promise<VersionedSet[]> {
  const rows = await tables(scope)
    .selectFrom('dispatch.ruleSetVersion')
    .distinctOn('code')
    .select(['code', 'version', 'body'])
    .where('cityId', '=', scope.cityId)
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();
  const stored = new Map(rows.map((row) => [row.code, { set: readRuleSet(row.body), version: row.version }]));
  const shipped = shippedRuleSets.map((set) => stored.get(set.code) ?? { set, version: 0 });
  return [...shipped, ...[...stored.values()].filter(({ set }) => !shippedRuleSets.some((s) => s.code === set.code))];
}

/** One version of a set (the newest without `version`); undefined when there is none. */
export async function findRuleSet(scope: Scope, code: string, version?: number): Promise<VersionedSet | undefined> {
  const shipped = shippedRuleSets.find((set) => set.code === code);
  if (version === 0) return shipped && { set: shipped, version: 0 };
  let query = tables(scope)
    .selectFrom('dispatch.ruleSetVersion')
    .select(['version', 'body'])
    .where('cityId', '=', scope.cityId)
    .where('code', '=', code);
  if (version !== undefined) query = query.where('version', '=', version);
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
  if (row) return { set: readRuleSet(row.body), version: row.version };
  return version === undefined && shipped ? { set: shipped, version: 0 } : undefined;
}

/** Newest first. */
export const listSavedVersions = (scope: Scope, code: string): Promise<StoredVersion[]> =>
  tables(scope)
    .selectFrom('dispatch.ruleSetVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .execute();

/** False when somebody saved the same version a moment before. */
export async function insertRuleSetVersion(
  scope: Scope,
  set: RuleSet,
  version: number,
  reason: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('dispatch.ruleSetVersion')
    .values({
      cityId: scope.cityId,
      code: set.code,
      version,
      body: jsonb(set),
      gaps: jsonb(gapsOf(set)),
      reason,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .onConflict((c) => c.columns(['cityId', 'code', 'version']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Newest first: by the day it counts from, then by when it was chosen. */
export const listChoices = (scope: Scope): Promise<ChoiceRow[]> =>
  tables(scope)
    .selectFrom('dispatch.ruleChoice')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('effectiveOn', 'desc')
    .orderBy('id', 'desc')
    .execute();

export async function insertChoice(
  scope: Scope,
  choice: Pick<ChoiceRow, 'code' | 'version' | 'effectiveOn' | 'reason'>,
): Promise<ChoiceRow> {
  return tables(scope)
    .insertInto('dispatch.ruleChoice')
    .values({
      ...choice,
      cityId: scope.cityId,
      id: newId(),
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What counts on a day: the newest choice that has begun, else the shipped default. */
export async function getActive(scope: Scope, day: Day): Promise<VersionedSet & { choice: ChoiceRow | null }> {
  const choice = (await listChoices(scope)).find((c) => c.effectiveOn <= day) ?? null;
  const found = choice && (await findRuleSet(scope, choice.code, choice.version));
  if (found) return { ...found, choice };
  return { set: shippedRuleSets.find((s) => s.code === defaultRuleSetCode)!, version: 0, choice: null };
}

/** Versions saved between two moments, oldest first. */
export const listVersionsBetween = (scope: Scope, from: Date, to: Date): Promise<StoredVersion[]> =>
  tables(scope)
    .selectFrom('dispatch.ruleSetVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute();
