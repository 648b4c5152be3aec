import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../embedded-postgres/start.ts';

/**
 * A test server that stays: `node src/core/server/testing/serve.ts FILE` writes its administrator's URL into FILE.
 * Put that into TEST_DATABASE_ADMIN_URL and every test run uses it instead of starting its own.
 */
const dataDir = mkdtempSync(join(tmpdir(), 'guatu-test-'));
const server = await startEmbeddedPostgres({ dataDir, testing: true, log: ({ en }) => console.log(en) });
const file = process.argv[2];
if (file) writeFileSync(file, server.adminUrl);
else console.log(server.adminUrl);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
    process.exit(0);
  });
}
setInterval(() => {}, 1 << 30);
