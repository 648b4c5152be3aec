import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { MatterKind } from '../kinds.ts';
import { Details } from '../shapes.ts';
import { insertRows } from './rows.ts';

/** The table of the fields that only one kind has. */
const tableOf = (kind: MatterKind): string => `ledger.${kind}`;

/** Writes the fields of their kind; those that were there before (a draft that is changed) are replaced. */
export async function insertDetails(
  scope: Scope,
  rows: readonly { matterId: string; details: Details }[],
): Promise<void> {
  for (const [kind, group] of Map.groupBy(rows, (row) => row.details.kind)) {
    const ids = group.map((row) => row.matterId);
    await sql`delete from ${sql.table(tableOf(kind))} where city_id = ${scope.cityId} and matter_id = any(${ids}::uuid[])`.execute(
      scope.db,
    );
    await insertRows(
      scope,
      tableOf(kind),
      group.map(({ matterId, details: { kind: _, ...fields } }) => ({ matterId, ...fields })),
    );
  }
}

export async function findDetails(scope: Scope, matterId: string, kind: MatterKind): Promise<Details | null> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(tableOf(kind))} where city_id = ${scope.cityId} and matter_id = ${matterId}`.execute(
    scope.db,
  );
  const row = rows[0];
  if (!row) return null;
  const { quantity } = row;
  return Details.parse({ ...row, kind, ...(quantity != null && { quantity: Number(quantity) }) });
}
