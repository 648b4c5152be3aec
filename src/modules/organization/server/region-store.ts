import { initialsOf } from '#core/server/initials.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { RegionKind } from '../region.ts';

export interface RegionRow {
  cityId: string;
  code: string;
  name: string;
  shortName: string | null;
  aliases: string[];
  kind: RegionKind;
  parentCode: string | null;
  editionYear: number;
  source: string | null;
  position: number;
  validTo: Day | null;
  initials: string;
}
export type RegionValues = Omit<RegionRow, 'cityId' | 'initials'>;

const tables = (scope: Scope) => scope.db.withTables<{ 'organization.region': RegionRow }>();

/** In the order of the list; ended ones last. */
export const listRegionRows = (scope: Scope): Promise<RegionRow[]> =>
  tables(scope)
    .selectFrom('organization.region')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('validTo', (o) => o.desc().nullsFirst())
    .orderBy('position')
    .orderBy('code')
    .execute();

export const findRegionRow = (scope: Scope, code: string): Promise<RegionRow | undefined> =>
  tables(scope)
    .selectFrom('organization.region')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('code', '=', code)
    .executeTakeFirst();

export async function putRegion(scope: Scope, values: RegionValues): Promise<void> {
  const names = [values.name, values.shortName ?? '', ...values.aliases].map(initialsOf).filter((text) => text !== '');
  const row: RegionRow = { ...values, cityId: scope.cityId, initials: [...new Set(names)].join(' ') };
  const { cityId: _, code: __, ...rest } = row;
  await tables(scope)
    .insertInto('organization.region')
    .values(row)
    .onConflict((on) => on.columns(['cityId', 'code']).doUpdateSet(rest))
    .execute();
}
