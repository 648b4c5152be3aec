import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Layout } from './layout.ts';

/** What a second program of ours (a backup, a check) needs to reach the running server. */
export interface Connection {
  port: number;
  adminPassword: string;
  appPassword: string;
  /** False until the cluster is complete; afterwards a missing cluster is a loss, never an invitation to make an empty one. */
  made: boolean;
}

export const newConnection = (): Connection => ({
  port: 0,
  adminPassword: randomBytes(24).toString('base64url'),
  appPassword: randomBytes(24).toString('base64url'),
  made: false,
});

export function findConnection(layout: Layout): Connection | undefined {
  try {
    const read = JSON.parse(readFileSync(layout.connectionFile, 'utf8')) as Partial<Connection>;
    if (typeof read.adminPassword !== 'string' || typeof read.appPassword !== 'string') return undefined;
    return {
      port: Number(read.port) || 0,
      adminPassword: read.adminPassword,
      appPassword: read.appPassword,
      made: read.made === true,
    };
  } catch {
    return undefined; // missing or torn: the passwords are then set anew
  }
}

/** Renamed into place, so that a full disk or a crash leaves the old file, not half a password. */
export function saveConnection(layout: Layout, connection: Connection): void {
  const temporary = `${layout.connectionFile}.new`;
  writeFileSync(temporary, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, layout.connectionFile);
}

export const appRole = 'guatu';
export const adminRole = 'postgres';
export const databaseName = 'guatu';

export const appUrl = (c: Connection): string => urlFor(c, appRole, c.appPassword, databaseName);
export const adminUrl = (c: Connection): string => urlFor(c, adminRole, c.adminPassword, databaseName);
export const maintenanceUrl = (c: Connection): string => urlFor(c, adminRole, c.adminPassword, 'postgres');

const urlFor = (c: Connection, role: string, password: string, database: string): string =>
  `postgres://${role}:${password}@127.0.0.1:${c.port}/${database}`;
