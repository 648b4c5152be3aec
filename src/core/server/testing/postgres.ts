import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../embedded-postgres/start.ts';

/**
 * Once per test run: a PostgreSQL for every test file, told to them as GUATU_TEST_ADMIN_URL. TEST_DATABASE_ADMIN_URL
 * names one that runs already (a superuser's URL), which saves the start.
 */
export default async function setup(): Promise<() => Promise<void>> {
  // `npm run check` runs one test, and that one reads files only.
  if (process.env.GUATU_TEST_DATABASE === 'none') return () => Promise.resolve();
  const given = process.env.TEST_DATABASE_ADMIN_URL;
  if (given) {
    process.env.GUATU_TEST_ADMIN_URL = given;
    return () => Promise.resolve();
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'guatu-test-'));
  const server = await startEmbeddedPostgres({ dataDir, testing: true });
  process.env.GUATU_TEST_ADMIN_URL = server.adminUrl;
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Where a test file finds the server: the superuser's URL. */
export function postgresForTests(): { adminUrl: string } {
  const adminUrl = process.env.GUATU_TEST_ADMIN_URL;
  if (!adminUrl) throw new Error('No test database: run through vitest, whose globalSetup starts one');
  return { adminUrl };
}
