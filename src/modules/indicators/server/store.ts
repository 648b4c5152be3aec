import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Definition } from '../definition.ts';
import { shippedDefinitions } from '../shipped.ts';

export interface VersionTable {
  cityId: string;
  code: string;
  version: number;
  definition: Definition | null;
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}

const tables = (scope: Scope) => scope.db.withTables<{ 'indicators.definitionVersion': VersionTable }>();
const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;

export interface Current {
  definition: Definition;
  /** 0: as it ships. */
  version: number;
}

/**
 * The definitions in force: those that ship, each in the city's newest version if it has one, then the city's own; with `asOf`
 * as they stood at that moment.
 */
export async function listDefinitions(scope: Scope, asOf?: Date): Promise<Current[]> {
  const rows = await tables(scope)
    .selectFrom('indicators.definitionVersion')
    .distinctOn('code')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .$if(asOf !== undefined, (q) => q.where('at', '<=', asOf!))
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();
  const own = new Map(rows.map((row) => [row.code, row]));
  const shipped = shippedDefinitions.map((definition) => {
    const row = own.get(definition.code);
    own.delete(definition.code);
    return { definition: row?.definition ?? definition, version: row?.definition ? row.version : 0 };
  });
  const others = [...own.values()].flatMap(({ definition, version }) => (definition ? [{ definition, version }] : []));
  return [...shipped, ...others];
}

export const listVersions = (scope: Scope, code: string): Promise<VersionTable[]> =>
  tables(scope)
    .selectFrom('indicators.definitionVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .execute();

/** Null: withdrawn. Returns the version. Two who save at once: the second one's key is taken and it is told so. */
export async function insertVersion(
  scope: Scope,
  code: string,
  definition: Definition | null,
  reason: string,
): Promise<number | undefined> {
  const version = ((await listVersions(scope, code))[0]?.version ?? 0) + 1;
  const made = await tables(scope)
    .insertInto('indicators.definitionVersion')
    .values({
      cityId: scope.cityId,
      code,
      version,
      definition: definition === null ? null : jsonb(definition),
      reason,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .onConflict((c) => c.columns(['cityId', 'code', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  return made?.version;
}

/** Versions saved between two moments, oldest first; a withdrawn one has no name. */
export async function listChanges(scope: Scope, from: Date, to: Date) {
  const rows = await tables(scope)
    .selectFrom('indicators.definitionVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute();
  return rows.map(({ code, version, definition, reason, actorName, at }) => ({
    code,
    version,
    name: definition?.name.zh ?? null,
    reason,
    actorName,
    at,
  }));
}
