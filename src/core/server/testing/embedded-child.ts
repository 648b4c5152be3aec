import { startEmbeddedPostgres } from '../embedded-postgres/start.ts';

/**
 * A program of its own around one embedded server, for tests that kill it: `node embedded-child.ts DATA_DIRECTORY`
 * prints one JSON line, then waits. A problem is printed as its code and words.
 */
try {
  const server = await startEmbeddedPostgres({ dataDir: process.argv[2]!, testing: true });
  console.log(JSON.stringify({ url: server.url, adminUrl: server.adminUrl }));
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  setInterval(() => {}, 1 << 30);
} catch (error) {
  const { code, words } = error as { code?: string; words?: unknown };
  console.log(JSON.stringify({ code, words }));
  process.exitCode = 1;
}
