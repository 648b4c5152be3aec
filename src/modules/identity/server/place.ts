import type { Db } from '#core/server/db.ts';

/**
 * A city inside a transaction. Identity's stores take this instead of a Scope, because they answer the question from
 * which a Scope is minted; any Scope is one.
 */
export interface Place {
  readonly db: Db;
  readonly cityId: string;
}
