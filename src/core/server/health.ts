import { statfs } from 'node:fs/promises';
import { Hono } from 'hono';
import type { Host } from './host.ts';
import { type Migration, pendingMigrations } from './migrate.ts';

const leastFreeBytes = 200 * 1024 * 1024;

/** /healthz: the process answers. /readyz: it can serve (database, migrations, disk); 503 with the names of what fails. */
export function healthRoutes(host: Host, migrations: readonly Migration[]): Hono {
  const routes = new Hono();
  routes.get('/healthz', (c) => c.json({ ok: true }));
  routes.get('/readyz', async (c) => {
    const checks = {
      database: await pendingMigrations(host.db, migrations).then(
        (pending) => (pending.length === 0 ? 'ok' : `${pending.length} migrations pending`),
        () => 'no answer',
      ),
      disk: await statfs(host.config.dataDir).then(
        ({ bavail, bsize }) =>
          bavail * bsize >= leastFreeBytes ? 'ok' : `only ${Math.floor((bavail * bsize) / 2 ** 20)} MB free`,
        () => 'data directory not readable',
      ),
    };
    const ok = Object.values(checks).every((said) => said === 'ok');
    return c.json({ ok, ...checks }, ok ? 200 : 503);
  });
  return routes;
}
