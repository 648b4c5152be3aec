import { sql } from 'kysely';
import type { TestCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { identity } from '#modules/identity/contract.ts';
import { browser } from '#modules/identity/server/testing/browser.ts';

const from = '2020-01-01';

type Someone = { id: string; posts: { id: string }[] };

/** Two accounts: one in use with every means of signing in, one locked. */
export async function openAccounts(
  city: TestCity,
  secret: string,
  clerk: Someone,
  leader: Someone,
  countyId: string,
): Promise<string> {
  const admin = city.as({ role: 'admin', name: '管理员' })(identity);
  const { id, firstPassword } = await admin.createAccount({ personId: clerk.id, username: `${secret}科员` });
  const locked = await admin.createAccount({ personId: leader.id, username: `${secret}县长` });
  await admin.grant({ accountId: id, postId: clerk.posts[0]!.id, role: 'filer', validFrom: from });
  await admin.grant({ accountId: id, role: 'inspector', reach: 'unit', unitId: countyId, validFrom: from });
  await browser(city).identity.signIn({ username: `${secret}科员`, password: firstPassword });
  await admin.lockAccount({ id: locked.id, reason: secret });
  // What an account only comes to by an authenticator app, an outside issuer or mistakes.
  await city.system(async (scope) => {
    const row = sql`city_id, account_id`;
    const of = sql`${scope.cityId}, ${id}`;
    await sql`insert into identity.totp (${row}, secret) values (${of}, ${secret})`.execute(scope.db);
    await sql`insert into identity.backup_code (${row}, id, hash) values (${of}, ${newId()}, '\\x01')`.execute(
      scope.db,
    );
    await sql`insert into identity.external_login (${row}, id, issuer, subject, linked_at, linked_by)
      values (${of}, ${newId()}, ${secret}, ${secret}, ${scope.now}, ${secret})`.execute(scope.db);
    await sql`insert into identity.failure (city_id, kind, name, count, last_at)
      values (${scope.cityId}, 'username', ${`${secret}谁`}, 3, ${scope.now})`.execute(scope.db);
  });
  return id;
}
