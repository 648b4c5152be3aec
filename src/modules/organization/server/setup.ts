import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { RegionSeed } from '../region.ts';
import { addUnit, blankUnit } from './naming.ts';
import { saveRegionList } from './region-list.ts';
import { findRoot } from './unit-store.ts';

export interface NewCityOrganization {
  /** 岳阳市重点项目建设总指挥部 */
  headquartersName: string;
  /** 总指挥部办公室 when missing. */
  officeName?: string;
  validFrom: Day;
  regions?: readonly RegionSeed[];
  /** Makes one unit of kind county for each region directly below the city, named like the region. */
  withCountyUnits?: boolean;
}

export interface CityOrganization {
  headquartersId: string;
  officeId: string;
  /** Region code → the county's unit. */
  countyUnitIds: Map<string, string>;
}

/** The first units of a new city. A second call for a city that has a headquarters is an error of the program. */
export async function insertCityOrganization(scope: Scope, input: NewCityOrganization): Promise<CityOrganization> {
  if (await findRoot(scope)) throw new Error('The city has a headquarters already');
  const reason = '建立总指挥部';
  const regions = input.regions ?? [];
  if (regions.length > 0) await saveRegionList(scope, regions, reason);
  const city = regions.find((region) => region.parentCode === null);
  const { validFrom } = input;
  const headquarters = await addUnit(
    scope,
    {
      ...blankUnit({ name: input.headquartersName, kind: 'headquarters', parentId: null, validFrom }),
      shortName: '总指挥部',
      regionCode: city?.code ?? null,
    },
    [],
    reason,
  );
  const office = await addUnit(
    scope,
    {
      ...blankUnit({
        name: input.officeName ?? '总指挥部办公室',
        kind: 'office',
        parentId: headquarters.id,
        validFrom,
      }),
      shortName: '总指挥部办',
    },
    ['市重点办'],
    reason,
  );
  const countyUnitIds = new Map<string, string>();
  if (input.withCountyUnits)
    for (const [index, region] of regions.filter((r) => city && r.parentCode === city.code).entries()) {
      const county = await addUnit(
        scope,
        {
          ...blankUnit({ name: region.name, kind: 'county', parentId: headquarters.id, validFrom }),
          shortName: region.shortName,
          regionCode: region.code,
          position: 100 + index,
        },
        region.aliases,
        reason,
      );
      countyUnitIds.set(region.code, county.id);
    }
  return { headquartersId: headquarters.id, officeId: office.id, countyUnitIds };
}
