import { sql } from 'kysely';
import { initialsOf } from '#core/server/initials.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { UnitKind } from '../unit-kind.ts';
import { nameKey, tidyName } from '../unit-name.ts';

export interface UnitRow {
  cityId: string;
  id: string;
  version: number;
  name: string;
  nameKey: string;
  shortName: string | null;
  kind: UnitKind;
  parentId: string | null;
  regionCode: string | null;
  creditCode: string | null;
  creditCodeReason: string | null;
  position: number;
  note: string | null;
  validFrom: Day;
  validTo: Day | null;
  successorId: string | null;
  initials: string;
  changedAt: Date;
}

interface UnitVersionTable {
  cityId: string;
  unitId: string;
  version: number;
  effectiveFrom: Day;
  name: string;
  shortName: string | null;
  kind: UnitKind;
  parentId: string | null;
  regionCode: string | null;
  creditCode: string | null;
  position: number;
  recordedAt: Date;
  actorId: string;
  actorName: string;
  reason: string | null;
}

interface UnitAliasTable {
  cityId: string;
  unitId: string;
  aliasKey: string;
  alias: string;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{
    'organization.unit': UnitRow;
    'organization.unitVersion': UnitVersionTable;
    'organization.unitAlias': UnitAliasTable;
  }>();

/** One writer of the tree at a time in a city, till the end of the transaction: two moves at once could close a circle. */
export async function lockTree(scope: Scope): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`organization.tree:${scope.cityId}`}, 0))`.execute(
    scope.db,
  );
}

const units = (scope: Scope) =>
  tables(scope).selectFrom('organization.unit').selectAll().where('cityId', '=', scope.cityId);

export const findUnitRow = (scope: Scope, id: string): Promise<UnitRow | undefined> =>
  units(scope).where('id', '=', id).executeTakeFirst();

export const findUnitRows = (scope: Scope, ids: readonly string[]): Promise<UnitRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : units(scope)
        .where('id', 'in', [...ids])
        .execute();

export const lockUnit = (scope: Scope, id: string): Promise<UnitRow | undefined> =>
  units(scope).where('id', '=', id).forUpdate().executeTakeFirst();

export const findRoot = (scope: Scope): Promise<UnitRow | undefined> =>
  units(scope).where('parentId', 'is', null).orderBy('validFrom').limit(1).executeTakeFirst();

export const listUnits = (scope: Scope): Promise<UnitRow[]> =>
  units(scope).orderBy('position').orderBy('name').execute();

export const listChildrenOf = (scope: Scope, parentId: string): Promise<UnitRow[]> =>
  units(scope).where('parentId', '=', parentId).orderBy('position').orderBy('name').execute();

export const listPredecessorsOf = (scope: Scope, unitId: string): Promise<UnitRow[]> =>
  units(scope).where('successorId', '=', unitId).orderBy('validTo').execute();

export const listUnitsWithCreditCode = (scope: Scope, creditCode: string): Promise<UnitRow[]> =>
  units(scope).where('creditCode', '=', creditCode).execute();

/**
 * Units whose name, short name or alias is this text, whatever their validity. Three index look-ups joined: an `or` over
 * them would read every unit of the city for each cell of an import.
 */
export async function listUnitsNamed(scope: Scope, text: string): Promise<UnitRow[]> {
  const key = nameKey(text);
  const { rows } = await sql<UnitRow>`
    select u.* from organization.unit u
    where u.city_id = ${scope.cityId} and u.id in (
      select id from organization.unit where city_id = ${scope.cityId} and name_key = ${key}
      union select id from organization.unit where city_id = ${scope.cityId} and short_name = ${tidyName(text)}
      union select unit_id from organization.unit_alias where city_id = ${scope.cityId} and alias_key = ${key})
    order by u.valid_from desc`.execute(scope.db);
  return rows;
}

/** What a unit was on a day: the facts of the newest version that was true by then. */
export interface UnitOnDay {
  id: string;
  name: string;
  shortName: string | null;
  kind: UnitKind;
  parentId: string | null;
  regionCode: string | null;
  creditCode: string | null;
  position: number;
  initials: string;
  validFrom: Day;
  validTo: Day | null;
}

/**
 * Units with their facts as of `day`, in the order of the tree. A unit that begins later is given with its first facts:
 * the caller decides by its validity whether to show it.
 */
export async function listUnitsOn(scope: Scope, day: Day, ids?: readonly string[]): Promise<UnitOnDay[]> {
  const { rows } = await sql<UnitOnDay>`
    select u.id, v.name, v.short_name, v.kind, v.parent_id, v.region_code, v.credit_code, v.position, u.initials, u.valid_from, u.valid_to
    from organization.unit u
    join lateral (
      select * from organization.unit_version v
      where v.city_id = u.city_id and v.unit_id = u.id
      order by v.effective_from > ${day}::date,
        case when v.effective_from <= ${day}::date then v.effective_from end desc, v.effective_from, v.version desc
      limit 1) v on true
    where u.city_id = ${scope.cityId} and (${ids === undefined} or u.id = any(${ids ? [...ids] : []}::uuid[]))
    order by v.position, v.name, u.id`.execute(scope.db);
  return rows;
}

/** Those that ever stood directly below the unit; `listUnitsOn` then tells which of them did on a day. */
export async function listEverChildIds(scope: Scope, parentId: string): Promise<string[]> {
  const rows = await tables(scope)
    .selectFrom('organization.unitVersion')
    .select('unitId')
    .distinct()
    .where('cityId', '=', scope.cityId)
    .where('parentId', '=', parentId)
    .execute();
  return rows.map((row) => row.unitId);
}

/** The day from which the unit's current facts are true. */
export async function currentEffectiveFrom(scope: Scope, unitId: string): Promise<Day> {
  const row = await tables(scope)
    .selectFrom('organization.unitVersion')
    .select('effectiveFrom')
    .where('cityId', '=', scope.cityId)
    .where('unitId', '=', unitId)
    .orderBy('effectiveFrom', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.effectiveFrom;
}

export type UnitFacts = Omit<UnitRow, 'cityId' | 'version' | 'nameKey' | 'initials' | 'changedAt'>;

export interface VersionNote {
  effectiveFrom: Day;
  reason: string | null;
}

export async function insertUnitRow(
  scope: Scope,
  facts: UnitFacts,
  aliases: readonly string[],
  note: VersionNote,
): Promise<UnitRow> {
  const row: UnitRow = {
    ...facts,
    cityId: scope.cityId,
    version: 1,
    ...searchKeys(facts, aliases),
    changedAt: scope.now,
  };
  await tables(scope).insertInto('organization.unit').values(row).execute();
  await insertVersion(scope, row, note);
  await insertAliases(scope, row.id, aliases);
  return row;
}

/** Writes the new facts as the next version. The row must have been locked by the caller. */
export async function setUnitRow(
  scope: Scope,
  before: UnitRow,
  changes: Partial<UnitFacts>,
  aliases: readonly string[],
  note: VersionNote,
): Promise<UnitRow> {
  const facts = { ...before, ...changes };
  const row: UnitRow = { ...facts, version: before.version + 1, ...searchKeys(facts, aliases), changedAt: scope.now };
  const { cityId, id, ...rest } = row;
  await tables(scope)
    .updateTable('organization.unit')
    .set(rest)
    .where('cityId', '=', cityId)
    .where('id', '=', id)
    .execute();
  await insertVersion(scope, row, note);
  await setAliases(scope, id, aliases);
  return row;
}

const searchKeys = (facts: Pick<UnitFacts, 'name' | 'shortName'>, aliases: readonly string[]) => ({
  nameKey: nameKey(facts.name),
  initials: [...new Set([facts.name, facts.shortName ?? '', ...aliases].map(initialsOf))]
    .filter((text) => text !== '')
    .join(' '),
});

async function insertVersion(scope: Scope, row: UnitRow, { effectiveFrom, reason }: VersionNote): Promise<void> {
  const { name, shortName, kind, parentId, regionCode, creditCode, position, version } = row;
  await tables(scope)
    .insertInto('organization.unitVersion')
    .values({
      cityId: scope.cityId,
      unitId: row.id,
      version,
      effectiveFrom,
      name,
      shortName,
      kind,
      parentId,
      regionCode,
      creditCode,
      position,
      recordedAt: scope.now,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      reason,
    })
    .execute();
}

export async function listAliases(scope: Scope, unitIds?: readonly string[]): Promise<UnitAliasTable[]> {
  if (unitIds?.length === 0) return [];
  return tables(scope)
    .selectFrom('organization.unitAlias')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .$if(unitIds !== undefined, (q) => q.where('unitId', 'in', [...unitIds!]))
    .orderBy('alias')
    .execute();
}

async function setAliases(scope: Scope, unitId: string, aliases: readonly string[]): Promise<void> {
  await tables(scope)
    .deleteFrom('organization.unitAlias')
    .where('cityId', '=', scope.cityId)
    .where('unitId', '=', unitId)
    .execute();
  await insertAliases(scope, unitId, aliases);
}

async function insertAliases(scope: Scope, unitId: string, aliases: readonly string[]): Promise<void> {
  const byKey = new Map(
    aliases.map((alias) => [nameKey(alias), alias]).filter(([key]) => key !== '') as [string, string][],
  );
  if (byKey.size === 0) return;
  await tables(scope)
    .insertInto('organization.unitAlias')
    .values([...byKey].map(([aliasKey, alias]) => ({ cityId: scope.cityId, unitId, aliasKey, alias })))
    .execute();
}

/** Units on a day whose name, short name, alias or initials contain the text; the closest first. */
export async function searchUnitRows(
  scope: Scope,
  text: string,
  kind: UnitKind | undefined,
  day: Day,
  limit: number,
): Promise<UnitRow[]> {
  const key = nameKey(text);
  // Only signs and spaces: nothing is named like that.
  if (key === '' && text.trim() !== '') return [];
  const like = `%${key.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<UnitRow>`
    select u.* from organization.unit u
    where u.city_id = ${scope.cityId}
      and u.valid_from <= ${day}::date and (u.valid_to is null or u.valid_to >= ${day}::date)
      and (${kind ?? null}::text is null or u.kind = ${kind ?? null})
      and (${key} = '' or u.name_key like ${like} or u.short_name ilike ${like} or u.initials like ${like}
        or exists (select 1 from organization.unit_alias a where a.city_id = u.city_id and a.unit_id = u.id and a.alias_key like ${like}))
    order by u.name_key = ${key} desc, u.name_key like ${like.slice(1)} desc, u.initials like ${like.slice(1)} desc, length(u.name), u.position, u.name
    limit ${limit}`.execute(scope.db);
  return rows;
}
