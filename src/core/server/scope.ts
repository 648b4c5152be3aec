import type { Db } from './db.ts';
import type { Effects } from './host.ts';

/**
 * Whose data a permission opens: the whole city, or only what the named units and projects own.
 * `unitIds` is already closed downwards: a unit's whole subtree is in it.
 */
export type Reach = { all: true } | { all: false; unitIds: readonly string[]; projectIds: readonly string[] };

export interface Actor {
  kind: 'account' | 'public' | 'system';
  /** Account id, or 'public', or the name of the job that acts. Written into the audit log as it stands. */
  id: string;
  personId: string | null;
  /** The name shown beside what this actor did. */
  name: string;
  /** Units in which the actor holds a post now. */
  unitIds: readonly string[];
  /** The account must change its first password before anything else. */
  mustChangePassword?: boolean;
  /** Permission → how far it reaches. A permission that is not a key is not held. */
  grants: ReadonlyMap<string, Reach>;
}

const minted = Symbol('minted');

export interface ScopeInit {
  db: Db;
  cityId: string;
  actor: Actor;
  now: Date;
  today: string;
  requestId: string;
  effects: Effects;
}

/**
 * One request's right to touch data: the city, the actor, and the only transaction there is.
 * Every store function takes it first. Only `mintScope` makes one, and only the router, the job runner and
 * set-up call that (the architecture test holds them to it), so there is no other way to reach a row.
 */
export class Scope {
  readonly db: Db;
  readonly cityId: string;
  readonly actor: Actor;
  /** The moment of the request on the product's clock (a demonstration may set that clock). */
  readonly now: Date;
  /** The civil day of `now` in Asia/Shanghai, as YYYY-MM-DD. */
  readonly today: string;
  readonly requestId: string;
  /** For the core's own functions (`emit`, `audited`, `replyHeaders`); modules call those. */
  readonly effects: Effects;

  constructor(key: typeof minted, init: ScopeInit) {
    if (key !== minted) throw new Error('A Scope is minted by the router, never made by hand');
    this.db = init.db;
    this.cityId = init.cityId;
    this.actor = init.actor;
    this.now = init.now;
    this.today = init.today;
    this.requestId = init.requestId;
    this.effects = init.effects;
  }

  can(permission: string): boolean {
    return this.actor.kind === 'system' || this.actor.grants.has(permission);
  }

  /** How far a permission reaches; nothing at all when the actor does not hold it. */
  reach(permission: string): Reach {
    if (this.actor.kind === 'system') return { all: true };
    return this.actor.grants.get(permission) ?? { all: false, unitIds: [], projectIds: [] };
  }
}

export const mintScope = (init: ScopeInit): Scope => new Scope(minted, init);
