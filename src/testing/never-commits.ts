import type pg from 'pg';
import { type Db, kyselyOver } from '#core/server/db.ts';

/**
 * The same database, in which every transaction is rolled back where it would be committed: a command runs whole and
 * answers as it would, and the next one meets the same rows.
 */
export function neverCommits(pool: pg.Pool): Db {
  const connect = async () => {
    const client = await pool.connect();
    return new Proxy(client, {
      get(target, key) {
        if (key === 'query')
          return async (text: unknown, ...rest: unknown[]) => {
            const query = target.query.bind(target) as (...all: unknown[]) => Promise<pg.QueryResult>;
            if (text !== 'commit') return query(text, ...rest);
            // Kysely looks at what the server says it did.
            return { ...(await query('rollback')), command: 'COMMIT' };
          };
        const value = Reflect.get(target, key) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  return kyselyOver({ connect, end: async () => {} } as unknown as pg.Pool);
}
