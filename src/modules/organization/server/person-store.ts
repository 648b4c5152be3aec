import { sql } from 'kysely';
import { personInitialsOf } from '#core/server/initials.ts';
import type { Reach, Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';

export interface PersonRow {
  cityId: string;
  id: string;
  version: number;
  name: string;
  initials: string;
  note: string | null;
  validFrom: Day;
  validTo: Day | null;
  changedAt: Date;
}

export interface PostRow {
  cityId: string;
  id: string;
  personId: string;
  unitId: string;
  title: string;
  leaderOrder: number | null;
  duties: string | null;
  validFrom: Day;
  validTo: Day | null;
}

/** A post with the names that every page shows beside it. */
export interface NamedPost extends PostRow {
  personName: string;
  unitName: string;
}

interface PersonContactTable {
  cityId: string;
  personId: string;
  phone: string;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{
    'organization.person': PersonRow;
    'organization.post': PostRow;
    'organization.personContact': PersonContactTable;
    'organization.unit': { cityId: string; id: string; name: string };
  }>();

export const findPersonRow = (scope: Scope, id: string): Promise<PersonRow | undefined> =>
  tables(scope)
    .selectFrom('organization.person')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();

export const lockPerson = (scope: Scope, id: string): Promise<PersonRow | undefined> =>
  tables(scope)
    .selectFrom('organization.person')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const listPersonsNamed = (scope: Scope, name: string): Promise<PersonRow[]> =>
  tables(scope)
    .selectFrom('organization.person')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('name', '=', name)
    .execute();

export const findPersonRows = (scope: Scope, ids: readonly string[]): Promise<PersonRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tables(scope)
        .selectFrom('organization.person')
        .selectAll()
        .where('cityId', '=', scope.cityId)
        .where('id', 'in', [...ids])
        .execute();

export async function insertPersonRow(
  scope: Scope,
  facts: Pick<PersonRow, 'id' | 'name' | 'note' | 'validFrom' | 'validTo'>,
): Promise<PersonRow> {
  const row: PersonRow = {
    ...facts,
    cityId: scope.cityId,
    version: 1,
    initials: personInitialsOf(facts.name),
    changedAt: scope.now,
  };
  await tables(scope).insertInto('organization.person').values(row).execute();
  return row;
}

export async function setPersonRow(
  scope: Scope,
  before: PersonRow,
  changes: Partial<Pick<PersonRow, 'name' | 'note' | 'validTo'>>,
): Promise<PersonRow> {
  const facts = { ...before, ...changes };
  const row: PersonRow = {
    ...facts,
    version: before.version + 1,
    initials: personInitialsOf(facts.name),
    changedAt: scope.now,
  };
  const { cityId, id, ...rest } = row;
  await tables(scope)
    .updateTable('organization.person')
    .set(rest)
    .where('cityId', '=', cityId)
    .where('id', '=', id)
    .execute();
  return row;
}

/** Persons of the posts, one page in the order of their names; those without any post only for a reach of the whole city. */
export async function searchPersonRows(
  scope: Scope,
  reach: Reach,
  {
    text,
    unitId,
    day,
    showEnded,
    limit,
  }: { text: string; unitId: string | undefined; day: Day; showEnded: boolean; limit: number },
): Promise<PersonRow[]> {
  const like = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const unitIds = reach.all ? null : [...reach.unitIds];
  const { rows } = await sql<PersonRow>`
    select p.* from organization.person p
    where p.city_id = ${scope.cityId}
      and (${text} = '' or p.name ilike ${like} or p.initials like ${like})
      and (${showEnded} or p.valid_to is null or p.valid_to >= ${day}::date)
      and ((${unitId ?? null}::uuid is null and ${unitIds === null}) or exists (
        select 1 from organization.post o
        where o.city_id = p.city_id and o.person_id = p.id
          and (${unitId ?? null}::uuid is null or o.unit_id = ${unitId ?? null}::uuid)
          and (${unitIds === null} or o.unit_id = any(${unitIds ?? []}::uuid[]))))
    order by p.initials, p.name, p.id
    limit ${limit}`.execute(scope.db);
  return rows;
}

const posts = (scope: Scope) =>
  tables(scope)
    .selectFrom('organization.post as o')
    .innerJoin('organization.person as p', (on) =>
      on.onRef('p.cityId', '=', 'o.cityId').onRef('p.id', '=', 'o.personId'),
    )
    .innerJoin('organization.unit as u', (on) => on.onRef('u.cityId', '=', 'o.cityId').onRef('u.id', '=', 'o.unitId'))
    .selectAll('o')
    .select(['p.name as personName', 'u.name as unitName'])
    .where('o.cityId', '=', scope.cityId)
    .orderBy('o.leaderOrder')
    .orderBy('o.validFrom')
    .orderBy('o.id');

export const listPostsOfUnit = (scope: Scope, unitId: string): Promise<NamedPost[]> =>
  posts(scope).where('o.unitId', '=', unitId).execute();

export const listPostsOfPersons = (scope: Scope, personIds: readonly string[]): Promise<NamedPost[]> =>
  personIds.length === 0
    ? Promise.resolve([])
    : posts(scope)
        .where('o.personId', 'in', [...personIds])
        .execute();

export const findPost = (scope: Scope, id: string): Promise<NamedPost | undefined> =>
  posts(scope).where('o.id', '=', id).executeTakeFirst();

export const lockPost = (scope: Scope, id: string): Promise<NamedPost | undefined> =>
  posts(scope).where('o.id', '=', id).forUpdate('o').executeTakeFirst();

export async function insertPostRow(scope: Scope, row: Omit<PostRow, 'cityId'>): Promise<void> {
  await tables(scope)
    .insertInto('organization.post')
    .values({ cityId: scope.cityId, ...row })
    .execute();
}

export async function setPostRow(
  scope: Scope,
  id: string,
  changes: Partial<Omit<PostRow, 'cityId' | 'id' | 'personId' | 'unitId'>>,
): Promise<void> {
  await tables(scope)
    .updateTable('organization.post')
    .set(changes)
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

/** Phones of the persons. The caller has checked organization.readContacts for each of them. */
export async function phonesOf(scope: Scope, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await tables(scope)
    .selectFrom('organization.personContact')
    .select(['personId', 'phone'])
    .where('cityId', '=', scope.cityId)
    .where('personId', 'in', [...personIds])
    .execute();
  return new Map(rows.map((row) => [row.personId, row.phone]));
}

/** The one place where a value is replaced without a trace of the old one: a person's number is theirs to take back. */
export async function setPhone(scope: Scope, personId: string, phone: string | null): Promise<void> {
  const contacts = tables(scope);
  if (phone === null || phone === '') {
    await contacts
      .deleteFrom('organization.personContact')
      .where('cityId', '=', scope.cityId)
      .where('personId', '=', personId)
      .execute();
    return;
  }
  await contacts
    .insertInto('organization.personContact')
    .values({ cityId: scope.cityId, personId, phone })
    .onConflict((on) => on.columns(['cityId', 'personId']).doUpdateSet({ phone }))
    .execute();
}
