import type { Scope } from '#core/server/scope.ts';
import type { Board, Ranking } from '../definition.ts';
import { shippedBoards, shippedRankings } from '../shipped.ts';
import { type DefinitionVersion, jsonb, signed, tables } from './tables.ts';

export type Kind = DefinitionVersion['kind'];
export interface Current<T> {
  definition: T;
  /** 0: as it ships. */
  version: number;
}

const shipped = { ranking: shippedRankings, board: shippedBoards };
export const shippedOne = (kind: Kind, code: string): Ranking | Board | undefined =>
  shipped[kind].find((one) => one.code === code);

/**
 * Rankings and boards in force: those that ship, each in the city's newest version if it has one, then the city's own; as they
 * stood at the moment `asOf`.
 */
export async function listCurrent(
  scope: Scope,
  asOf: Date = scope.now,
): Promise<{ rankings: Current<Ranking>[]; boards: Current<Board>[] }> {
  const rows = await tables(scope)
    .selectFrom('rankings.definitionVersion')
    .distinctOn(['kind', 'code'])
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('at', '<=', asOf)
    .orderBy('kind')
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();
  const currentOf = <T extends Ranking | Board>(kind: Kind, ships: readonly T[]): Current<T>[] => {
    const own = new Map(rows.filter((row) => row.kind === kind).map((row) => [row.code, row]));
    const known = ships.map((definition) => {
      const row = own.get(definition.code);
      own.delete(definition.code);
      return row?.definition ? { definition: row.definition as T, version: row.version } : { definition, version: 0 };
    });
    const others = [...own.values()].flatMap(({ definition, version }) =>
      definition ? [{ definition: definition as T, version }] : [],
    );
    return [...known, ...others];
  };
  return { rankings: currentOf('ranking', shippedRankings), boards: currentOf('board', shippedBoards) };
}

export const listVersions = (scope: Scope, kind: Kind, code: string): Promise<DefinitionVersion[]> =>
  tables(scope)
    .selectFrom('rankings.definitionVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .execute();

/** Null: withdrawn. Returns the version; undefined when somebody else has just made it. */
export async function insertVersion(
  scope: Scope,
  kind: Kind,
  code: string,
  definition: Ranking | Board | null,
  reason: string,
): Promise<number | undefined> {
  const version = ((await listVersions(scope, kind, code))[0]?.version ?? 0) + 1;
  const made = await tables(scope)
    .insertInto('rankings.definitionVersion')
    .values({
      cityId: scope.cityId,
      kind,
      code,
      version,
      definition: definition === null ? null : jsonb(definition),
      reason,
      ...signed(scope),
    })
    .onConflict((c) => c.columns(['cityId', 'kind', 'code', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  return made?.version;
}
