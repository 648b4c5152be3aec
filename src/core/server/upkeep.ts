import { sql } from 'kysely';
import { defineContract } from '../shared/contract.ts';
import { sealAudit } from './audit-chain.ts';
import { type AnyServerModule, defineServerModule } from './module.ts';

const contract = defineContract({ name: 'core', title: { zh: '核心', en: 'Core' }, permissions: {}, endpoints: {} });

/** What the core itself does again and again: sealing the audit log, and clearing what has served its time. */
export const upkeep: AnyServerModule = defineServerModule(contract, {
  handlers: {},
  jobs: {
    seal: async ({ host }) => {
      while ((await sealAudit(host.db)) > 0);
    },
    clear: async ({ host }) => {
      // Browsers resume within minutes and retries within a day; the record of what happened is the audit log.
      await sql`delete from core.outbox where at < now() - interval '14 days' and xact < pg_snapshot_xmin(pg_current_snapshot())`.execute(
        host.db,
      );
      await sql`delete from core.idempotency where at < now() - interval '7 days'`.execute(host.db);
    },
  },
  cron: { seal: '* * * * *', clear: '20 19 * * *' },
});
