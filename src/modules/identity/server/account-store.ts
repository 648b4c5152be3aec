import { sql } from 'kysely';
import type { Language } from '#core/shared/words.ts';
import type { PasswordHash } from './password-hash.ts';
import type { Place } from './place.ts';

interface AccountTable {
  cityId: string;
  id: string;
  personId: string;
  username: string;
  language: Language | null;
  isLocked: boolean;
  mustChangePassword: boolean;
  createdAt: Date;
}
interface PasswordTable extends PasswordHash {
  cityId: string;
  accountId: string;
  setAt: Date;
}
interface TotpTable {
  cityId: string;
  accountId: string;
  secret: string;
  confirmedAt: Date | null;
  lastStep: number;
}
interface BackupCodeTable {
  cityId: string;
  id: string;
  accountId: string;
  hash: Buffer;
  usedAt: Date | null;
}
interface ExternalLoginTable {
  cityId: string;
  id: string;
  accountId: string;
  issuer: string;
  subject: string;
  linkedAt: Date;
  linkedBy: string;
}
export type AccountTableRow = AccountTable;

const tables = (place: Place) =>
  place.db.withTables<{
    'identity.account': AccountTable;
    'identity.password': PasswordTable;
    'identity.totp': TotpTable;
    'identity.backupCode': BackupCodeTable;
    'identity.externalLogin': ExternalLoginTable;
  }>();

export const findAccount = (place: Place, id: string): Promise<AccountTable | undefined> =>
  tables(place)
    .selectFrom('identity.account')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('id', '=', id)
    .executeTakeFirst();

export const findAccountByUsername = (place: Place, username: string): Promise<AccountTable | undefined> =>
  tables(place)
    .selectFrom('identity.account')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('username', '=', username)
    .executeTakeFirst();

export const findAccountOfPerson = (place: Place, personId: string): Promise<AccountTable | undefined> =>
  tables(place)
    .selectFrom('identity.account')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('personId', '=', personId)
    .executeTakeFirst();

export const insertAccount = (place: Place, row: Omit<AccountTable, 'cityId'>): Promise<AccountTable> =>
  tables(place)
    .insertInto('identity.account')
    .values({ ...row, cityId: place.cityId })
    .returningAll()
    .executeTakeFirstOrThrow();

export async function setAccount(
  place: Place,
  id: string,
  change: Partial<Pick<AccountTable, 'language' | 'isLocked' | 'mustChangePassword'>>,
): Promise<void> {
  await tables(place)
    .updateTable('identity.account')
    .set(change)
    .where('cityId', '=', place.cityId)
    .where('id', '=', id)
    .execute();
}

export const findPassword = (place: Place, accountId: string): Promise<PasswordTable | undefined> =>
  tables(place)
    .selectFrom('identity.password')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .executeTakeFirst();

export async function setPassword(place: Place, accountId: string, hash: PasswordHash, now: Date): Promise<void> {
  const row = { ...hash, setAt: now };
  await tables(place)
    .insertInto('identity.password')
    .values({ cityId: place.cityId, accountId, ...row })
    .onConflict((conflict) => conflict.columns(['cityId', 'accountId']).doUpdateSet(row))
    .execute();
}

/** Locked until the commit, so that two browsers cannot use one code. */
export const lockTotp = (place: Place, accountId: string): Promise<TotpTable | undefined> =>
  tables(place)
    .selectFrom('identity.totp')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .forUpdate()
    .executeTakeFirst();

export const findTotp = (place: Place, accountId: string): Promise<TotpTable | undefined> =>
  tables(place)
    .selectFrom('identity.totp')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .executeTakeFirst();

export async function setTotp(place: Place, row: Omit<TotpTable, 'cityId'>): Promise<void> {
  await tables(place)
    .insertInto('identity.totp')
    .values({ cityId: place.cityId, ...row })
    .onConflict((conflict) => conflict.columns(['cityId', 'accountId']).doUpdateSet(row))
    .execute();
}

export async function removeTotp(place: Place, accountId: string): Promise<void> {
  for (const table of ['identity.totp', 'identity.backupCode'] as const)
    await tables(place)
      .deleteFrom(table)
      .where('cityId', '=', place.cityId)
      .where('accountId', '=', accountId)
      .execute();
}

/** New codes take the place of all old ones. */
export async function setBackupCodes(
  place: Place,
  accountId: string,
  rows: readonly { id: string; hash: Buffer }[],
): Promise<void> {
  await tables(place)
    .deleteFrom('identity.backupCode')
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .execute();
  await tables(place)
    .insertInto('identity.backupCode')
    .values(rows.map((row) => ({ ...row, cityId: place.cityId, accountId, usedAt: null })))
    .execute();
}

/** True when there was such an unused code; it is used now. */
export async function spendBackupCode(place: Place, accountId: string, hash: Buffer, now: Date): Promise<boolean> {
  const used = await tables(place)
    .updateTable('identity.backupCode')
    .set({ usedAt: now })
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .where('hash', '=', hash)
    .where('usedAt', 'is', null)
    .returning('id')
    .execute();
  return used.length > 0;
}

export async function countBackupCodes(place: Place, accountId: string): Promise<number> {
  const { left } = await tables(place)
    .selectFrom('identity.backupCode')
    .select(sql<number>`count(*)`.as('left'))
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return left;
}

export const listExternalLogins = (place: Place, accountId: string): Promise<ExternalLoginTable[]> =>
  tables(place)
    .selectFrom('identity.externalLogin')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .orderBy('linkedAt')
    .execute();

export const findExternalLogin = (
  place: Place,
  issuer: string,
  subject: string,
): Promise<ExternalLoginTable | undefined> =>
  tables(place)
    .selectFrom('identity.externalLogin')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();

export async function insertExternalLogin(place: Place, row: Omit<ExternalLoginTable, 'cityId'>): Promise<void> {
  await tables(place)
    .insertInto('identity.externalLogin')
    .values({ ...row, cityId: place.cityId })
    .execute();
}

export async function deleteExternalLogin(
  place: Place,
  accountId: string,
  id: string,
): Promise<ExternalLoginTable | undefined> {
  return tables(place)
    .deleteFrom('identity.externalLogin')
    .where('cityId', '=', place.cityId)
    .where('accountId', '=', accountId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}
