import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/core/server/embedded-postgres/start.ts';

/** Runs a benchmark on a database of its own, as durable as in use: fsync is part of what a command costs. */
export async function withDatabase(work: () => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guatu-bench-'));
  const server = await startEmbeddedPostgres({ dataDir });
  process.env.GUATU_TEST_ADMIN_URL = server.adminUrl;
  try {
    await work();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
