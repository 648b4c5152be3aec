import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit, insertCityOrganization } from '#modules/organization/server/public.ts';
import { type Browser, browser, goodPassword, newClerk } from './browser.ts';

type Clerk = Parameters<typeof newClerk>[1];

/** A city with two counties, a project unit below the first, and an administrator who is signed in. */
export interface Stage {
  city: TestCity;
  unit: { headquarters: string; county: string; town: string; other: string };
  admin: Browser;
  adminAccount: Awaited<ReturnType<typeof newClerk>>;
  signedIn(username: string, password?: string): Promise<Browser>;
  /** A new clerk of the unit with an account of their own. */
  clerk(unitId: string, more?: Partial<Clerk>): Promise<{ username: string } & Awaited<ReturnType<typeof newClerk>>>;
}

export async function layStage(): Promise<Stage> {
  const city = await testCity();
  const unit = await city.system(async (scope) => {
    const { headquartersId } = await insertCityOrganization(scope, {
      headquartersName: '岳阳市重点项目建设总指挥部',
      validFrom: '2020-01-01',
    });
    const add = async (name: string, kind: 'county' | 'projectUnit', parentId: string) =>
      (await ensureUnit(scope, { name, kind, parentId, validFrom: '2020-01-01' })).id;
    const county = await add('平江县', 'county', headquartersId);
    const town = await add('平江抽水蓄能公司', 'projectUnit', county);
    return { headquarters: headquartersId, county, town, other: await add('华容县', 'county', headquartersId) };
  });
  const admin = { name: '系统管理员', username: 'admin', unitId: unit.headquarters, grants: [{ role: 'admin' }] };
  const adminAccount = await newClerk(city, admin);
  const signedIn = async (username: string, password = goodPassword) => {
    const here = browser(city);
    await here.identity.signIn({ username, password });
    return here;
  };
  let count = 0;
  const clerk: Stage['clerk'] = async (unitId, more = {}) => {
    const username = `clerk${++count}`;
    return { username, ...(await newClerk(city, { name: '王芳', username, unitId, ...more })) };
  };
  return { city, unit, admin: await signedIn('admin'), adminAccount, signedIn, clerk };
}
