import { sql } from 'kysely';
import webPush from 'web-push';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { ownerOf } from './notice-store.ts';

export interface DeviceRow {
  id: string;
  name: string;
  addedAt: Date;
}

export async function listDevices(scope: Scope): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`select id, name, added_at from notices.device
    where city_id = ${scope.cityId} and account_id = ${ownerOf(scope)} order by added_at desc`.execute(scope.db);
  return rows;
}

/** The same browser again is the same device; it now belongs to whoever is signed in there. */
export async function insertDevice(
  scope: Scope,
  { endpoint, p256dh, auth, name }: { endpoint: string; p256dh: string; auth: string; name: string },
): Promise<DeviceRow> {
  const { rows } =
    await sql<DeviceRow>`insert into notices.device (city_id, id, account_id, endpoint, p256dh, auth, name, added_at)
    values (${scope.cityId}, ${newId()}, ${ownerOf(scope)}, ${endpoint}, ${p256dh}, ${auth}, ${name}, ${scope.now})
    on conflict (city_id, endpoint) do update set account_id = excluded.account_id, p256dh = excluded.p256dh, auth = excluded.auth,
      name = excluded.name
    returning id, name, added_at`.execute(scope.db);
  return rows[0]!;
}

/** True when the caller had such a device. */
export async function removeDevice(scope: Scope, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`delete from notices.device
    where city_id = ${scope.cityId} and account_id = ${ownerOf(scope)} and id = ${id} returning id`.execute(scope.db);
  return rows.length > 0;
}

/** The installation's key pair for Web Push; made when the module starts, so that reading never writes. */
export async function findPushKey(scope: Scope): Promise<{ publicKey: string; privateKey: string } | undefined> {
  const { rows } = await sql<{ publicKey: string; privateKey: string }>`
    select public_key, private_key from notices.push_key where city_id = ${scope.cityId}`.execute(scope.db);
  return rows[0];
}

export async function ensurePushKey(scope: Scope): Promise<{ publicKey: string; privateKey: string }> {
  const known = await findPushKey(scope);
  if (known) return known;
  const made = webPush.generateVAPIDKeys();
  await sql`insert into notices.push_key (city_id, public_key, private_key)
    values (${scope.cityId}, ${made.publicKey}, ${made.privateKey}) on conflict do nothing`.execute(scope.db);
  return (await findPushKey(scope))!;
}
