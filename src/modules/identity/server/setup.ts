import { timingSafeEqual } from 'node:crypto';
import { audited } from '#core/server/audit.ts';
import { listCities } from '#core/server/cities.ts';
import { conflict, Problem } from '#core/server/errors.ts';
import { refuse } from '#core/server/http.ts';
import type { StartContext } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { foundCity } from '#core/server/system.ts';
import { newId } from '#core/shared/id.ts';
import { insertCityOrganization, insertPerson, yueyangRegions } from '#modules/organization/server/public.ts';
import { afterFailure, isWaiting } from '../lockout.ts';
import { insertAccount, setPassword } from './account-store.ts';
import { giveRole } from './grants.ts';
import { requireGoodPassword } from './own-account.ts';
import { hashPassword } from './password-hash.ts';
import { hashOfSecret, newSetupCode, plainSecret } from './secret.ts';
import { isSetupOpen, lockSetup, setSetupCode, setSetupFailures } from './setup-store.ts';
import { openSession } from './sign-in.ts';
import { visitorOf } from './visitor.ts';

/**
 * A demonstration may set the clock to any year, and the first administrator must be one on every day of it.
 * Units and posts of the city itself begin on this day too; later changes have their own days.
 */
const ever = '2000-01-01';

interface SetUp {
  setupCode: string;
  cityName: string;
  regionCode: string;
  hqName: string;
  personName: string;
  username: string;
  password: string;
}

/** Makes the city, its first units and the first administrator, who is signed in by it. Once in the life of an installation. */
export async function setUp(scope: Scope, input: SetUp): Promise<Record<string, never>> {
  const row = await lockSetup(scope.db);
  if (!row || row.closedAt || !row.codeHash)
    throw conflict('setup_closed', {
      zh: '本系统已完成首次设置，请直接登录',
      en: 'This installation is set up already: sign in',
    });
  const now = new Date();
  const failures =
    row.failedAt === null ? undefined : { count: row.failures, lastAt: row.failedAt, waitUntil: row.waitUntil };
  const waiting = () =>
    new Problem(423, 'wait', {
      zh: '设置码输错次数过多，请稍后再试，或重新启动程序换一个设置码',
      en: 'Too many wrong codes: wait, or restart the program for a new one',
    });
  if (isWaiting(failures, now)) throw waiting();
  if (!timingSafeEqual(row.codeHash, hashOfSecret(plainSecret(input.setupCode)))) {
    const after = afterFailure(failures, now);
    await setSetupFailures(scope.db, after);
    return refuse(
      scope,
      after.waitUntil
        ? waiting()
        : new Problem(
            403,
            'wrong_setup_code',
            {
              zh: '设置码不正确。请查看启动本程序的窗口，输入最新显示的设置码',
              en: 'The set-up code is not right. Enter the newest one shown where the program was started',
            },
            { field: 'setupCode' },
          ),
    );
  }
  await requireGoodPassword(input.password, input.username, input.personName, 'password');

  if ((await listCities(scope.db)).some(({ code }) => code === input.regionCode))
    throw conflict('city_exists', {
      zh: '该区划代码的城市已存在，请核对区划代码',
      en: 'A city of this region code exists: check the code',
    });
  const city = await foundCity(
    scope,
    { code: input.regionCode, name: input.cityName, hqName: input.hqName },
    'identity.setUp',
  );
  const { headquartersId } = await insertCityOrganization(city, {
    headquartersName: input.hqName,
    validFrom: ever,
    // Only this city's own list of regions ships; any other is entered or uploaded on the page of regions.
    ...(input.regionCode === '430600' && { regions: yueyangRegions, withCountyUnits: true }),
  });
  const person = await insertPerson(city, {
    name: input.personName,
    unitId: headquartersId,
    title: '系统管理员',
    validFrom: ever,
  });
  const account = await insertAccount(city, {
    id: newId(),
    personId: person.personId,
    username: input.username,
    language: null,
    isLocked: false,
    mustChangePassword: false,
    createdAt: now,
  });
  await setPassword(city, account.id, await hashPassword(input.password), now);
  // Giving the administrator's role closes set-up for ever, whoever gives it.
  await giveRole(city, { role: 'admin', validFrom: ever }, { id: account.id, personId: person.personId });
  await openSession(city, city, visitorOf(scope), account, 'password', now);
  audited(scope, { subject: 'core.city', id: city.cityId, after: { name: input.cityName, code: input.regionCode } });
  return {};
}

/** While nobody has set the installation up, every start makes a new code and shows it where the program was started. */
export async function announceSetup(
  { db, config, log }: Pick<StartContext, 'db' | 'config' | 'log'>,
  say = writeLine,
): Promise<void> {
  // The demonstration makes its own city and administrator right after this.
  if (config.demo || !(await isSetupOpen(db))) return;
  const code = newSetupCode();
  await setSetupCode(db, hashOfSecret(plainSecret(code)));
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = `${config.publicUrl ?? `http://${host}:${config.port}`}/setup`;
  log.info('waiting for first set-up');
  say(`
  首次设置：请在浏览器打开 ${url}
  设置码（只能用一次）：${code}

  First set-up: open ${url}
  Set-up code (works once): ${code}
`);
}

const writeLine = (text: string): void => void process.stdout.write(`${text}\n`);
