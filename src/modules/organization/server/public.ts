import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { nameKey, tidyName } from '../unit-name.ts';
import { isValidOn } from '../validity.ts';
import { insertChange } from './change-store.ts';
import { listSubtreeIds } from './closure-store.ts';
import { findOrAddUnit, type WantedUnit } from './naming.ts';
import {
  findPersonRow,
  findPersonRows,
  insertPersonRow,
  insertPostRow,
  listPersonsNamed,
  listPostsOfPersons,
  type NamedPost,
  setPhone,
} from './person-store.ts';
import { listRegionRows, type RegionRow } from './region-store.ts';
import { findRoot, findUnitRow, findUnitRows, listAliases, listUnits, type UnitRow } from './unit-store.ts';

export { checkCreditCode, normalCreditCode } from '../credit-code.ts';
export { yueyangRegions } from '../yueyang-regions.ts';
export type { WantedUnit } from './naming.ts';
export { type CityOrganization, insertCityOrganization, type NewCityOrganization } from './setup.ts';

/**
 * What other modules may call. None of these checks the caller's permission or reach: the calling command has its own
 * permission, and names of units are common reference data.
 */
export type UnitRef = Pick<
  UnitRow,
  'id' | 'name' | 'shortName' | 'kind' | 'parentId' | 'regionCode' | 'validFrom' | 'validTo'
>;

const refOf = ({ id, name, shortName, kind, parentId, regionCode, validFrom, validTo }: UnitRow): UnitRef => ({
  id,
  name,
  shortName,
  kind,
  parentId,
  regionCode,
  validFrom,
  validTo,
});

export const findUnit = async (scope: Scope, id: string): Promise<UnitRef | undefined> => {
  const row = await findUnitRow(scope, id);
  return row && refOf(row);
};

/** Names for lists; an unknown id is left out. */
export async function unitNames(
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, { name: string; shortName: string | null }>> {
  const rows = await findUnitRows(scope, [...new Set(ids)]);
  return new Map(rows.map(({ id, name, shortName }) => [id, { name, shortName }]));
}

export interface UnitNames {
  /** Units of that name, short name or alias; those valid today first. More than one: the name does not decide. */
  find(text: string): readonly UnitRef[];
  all: readonly UnitRef[];
}

/** Every unit by every name, read once: for an import that looks up thousands of cells. */
export async function unitsByName(scope: Scope): Promise<UnitNames> {
  const units = await listUnits(scope);
  const byId = new Map(units.map((unit) => [unit.id, refOf(unit)]));
  const byKey = new Map<string, Set<UnitRef>>();
  const add = (name: string | null, unit: UnitRef | undefined): void => {
    const key = nameKey(name ?? '');
    if (key !== '' && unit) byKey.set(key, (byKey.get(key) ?? new Set()).add(unit));
  };
  for (const unit of units) {
    add(unit.name, byId.get(unit.id));
    add(unit.shortName, byId.get(unit.id));
  }
  for (const { unitId, alias } of await listAliases(scope)) add(alias, byId.get(unitId));
  const rank = (unit: UnitRef) => (isValidOn(scope.today, unit) ? 0 : 1);
  return {
    find: (text) => [...(byKey.get(nameKey(text)) ?? [])].toSorted((a, b) => rank(a) - rank(b)),
    all: [...byId.values()],
  };
}

/** Finds the unit by name or alias, else creates it (history and audit included). See `WantedUnit` for what decides. */
export const ensureUnit = async (scope: Scope, wanted: WantedUnit): Promise<UnitRef & { isNew: boolean }> => {
  const { unit, isNew } = await findOrAddUnit(scope, wanted);
  return { ...refOf(unit), isNew };
};

/** The 总指挥部 of the city: parent of all. Undefined before set-up. */
export const findHeadquarters = async (scope: Scope): Promise<UnitRef | undefined> => {
  const row = await findRoot(scope);
  return row && refOf(row);
};

/** The units and everything below them on that day (retired units and merged predecessors included): a reach, closed downwards. */
export const subtreeIds = (scope: Scope, unitIds: readonly string[], day: Day = scope.today): Promise<string[]> =>
  listSubtreeIds(scope, unitIds, day);

/** The county unit of a region code, valid today if there is one; undefined when no county unit has the code. */
export async function findCountyUnit(scope: Scope, regionCode: string): Promise<UnitRef | undefined> {
  const counties = (await listUnits(scope)).filter((unit) => unit.kind === 'county' && unit.regionCode === regionCode);
  const row = counties.find((unit) => isValidOn(scope.today, unit)) ?? counties[0];
  return row && refOf(row);
}

export type RegionRef = Omit<RegionRow, 'cityId' | 'initials'>;

/** Regions in force, in the city's order; the city itself is the one without a parent. */
export async function listRegions(scope: Scope): Promise<RegionRef[]> {
  const rows = await listRegionRows(scope);
  return rows
    .filter((row) => row.validTo === null || row.validTo >= scope.today)
    .map(({ cityId: _, initials: __, ...region }) => region);
}

/** Posts that the person holds on that day. */
export async function postsOf(
  scope: Scope,
  personId: string,
  day: Day = scope.today,
): Promise<Omit<NamedPost, 'cityId'>[]> {
  const posts = await listPostsOfPersons(scope, [personId]);
  return posts.filter((post) => isValidOn(day, post)).map(({ cityId: _, ...post }) => post);
}

export const personName = async (scope: Scope, id: string): Promise<string | undefined> =>
  (await findPersonRow(scope, id))?.name;

export async function personNames(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await findPersonRows(scope, [...new Set(ids)])).map(({ id, name }) => [id, name]));
}

export interface WantedPerson {
  name: string;
  unitId: string;
  title: string;
  leaderOrder?: number | undefined;
  duties?: string | undefined;
  phone?: string | undefined;
  validFrom?: Day | undefined;
  reason?: string | undefined;
}

/** A new person with a first post. Throws 422 `person_name` when the name is empty. */
export async function insertPerson(scope: Scope, wanted: WantedPerson): Promise<{ personId: string; postId: string }> {
  const name = tidyName(wanted.name);
  if (name === '') throw invalid('person_name', { zh: '请填写姓名', en: 'Give the name' }, 'name');
  const validFrom = wanted.validFrom ?? scope.today;
  const person = await insertPersonRow(scope, { id: newId(), name, note: null, validFrom, validTo: null });
  if (wanted.phone) await setPhone(scope, person.id, wanted.phone);
  await insertChange(scope, {
    subject: 'person',
    subjectId: person.id,
    action: 'registered',
    onDay: validFrom,
    reason: wanted.reason,
    after: { name },
  });
  return { personId: person.id, postId: await insertPost(scope, { ...wanted, personId: person.id, validFrom }) };
}

/** Finds a person of that name who holds or held a post in the unit, else makes one: for leaders and clerks named in a ledger. */
export async function ensurePerson(scope: Scope, wanted: WantedPerson): Promise<{ personId: string; isNew: boolean }> {
  const named = await listPersonsNamed(scope, tidyName(wanted.name));
  const posts = await listPostsOfPersons(
    scope,
    named.map((person) => person.id),
  );
  const found = posts.find((post) => post.unitId === wanted.unitId);
  if (found) return { personId: found.personId, isNew: false };
  return { personId: (await insertPerson(scope, wanted)).personId, isNew: true };
}

/** Gives the person one more post and returns its id. The caller has checked that person and unit are in reach. */
export async function insertPost(
  scope: Scope,
  wanted: Omit<WantedPerson, 'name' | 'phone'> & { personId: string; validTo?: Day | null },
): Promise<string> {
  const post = {
    id: newId(),
    personId: wanted.personId,
    unitId: wanted.unitId,
    title: wanted.title,
    leaderOrder: wanted.leaderOrder ?? null,
    duties: wanted.duties ?? null,
    validFrom: wanted.validFrom ?? scope.today,
    validTo: wanted.validTo ?? null,
  };
  await insertPostRow(scope, post);
  const unit = await findUnitRow(scope, wanted.unitId);
  const { title, leaderOrder, duties, validFrom, validTo } = post;
  await insertChange(scope, {
    subject: 'person',
    subjectId: wanted.personId,
    action: 'postGiven',
    onDay: validFrom,
    reason: wanted.reason,
    after: { unitId: wanted.unitId, unitName: unit?.name ?? null, title, leaderOrder, duties, validTo },
  });
  return post.id;
}
