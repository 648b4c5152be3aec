import { sql } from 'kysely';
import type { Db } from '#core/server/db.ts';

/** The one row about setting the installation up. It belongs to no city, so these take the bare transaction. */
export interface SetupRow {
  codeHash: Buffer | null;
  failures: number;
  failedAt: Date | null;
  waitUntil: Date | null;
  closedAt: Date | null;
}

export async function isSetupOpen(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from identity.setup where closed_at is not null`.execute(db);
  return rows.length === 0;
}

export async function lockSetup(db: Db): Promise<SetupRow | undefined> {
  const { rows } = await sql<SetupRow>`
    select code_hash, failures, failed_at, wait_until, closed_at from identity.setup where id = 1 for update`.execute(
    db,
  );
  return rows[0];
}

/** The newest code counts; wrong attempts at an older one are forgotten with it. Does nothing once set-up is closed. */
export async function setSetupCode(db: Db, codeHash: Buffer): Promise<void> {
  await sql`insert into identity.setup (id, code_hash) values (1, ${codeHash})
    on conflict (id) do update set code_hash = excluded.code_hash where identity.setup.closed_at is null`.execute(db);
}

export async function setSetupFailures(
  db: Db,
  failures: { count: number; lastAt: Date; waitUntil: Date | null },
): Promise<void> {
  await sql`update identity.setup set failures = ${failures.count}, failed_at = ${failures.lastAt}, wait_until = ${failures.waitUntil}
    where id = 1`.execute(db);
}

/** For ever: nothing opens it again. */
export async function closeSetup(db: Db, now = new Date()): Promise<void> {
  await sql`insert into identity.setup (id, closed_at) values (1, ${now})
    on conflict (id) do update set code_hash = null, closed_at = coalesce(identity.setup.closed_at, excluded.closed_at)`.execute(
    db,
  );
}
