import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Many rows in one statement, however many columns: PostgreSQL reads them from one JSON value by the table's own types. */
export async function insertRows(
  scope: Scope,
  table: string,
  rows: readonly object[],
  options: { ignoreKnown?: boolean } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!)
    .filter((key) => key !== 'cityId')
    .map(snake);
  const content = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value ?? null])),
  );
  const name = sql.table(snake(table));
  const list = sql.join(columns.map((column) => sql.raw(column)));
  await sql`insert into ${name} (city_id, ${list})
    select ${scope.cityId}::uuid, ${list} from jsonb_populate_recordset(null::${name}, ${JSON.stringify(content)}::jsonb)
    ${options.ignoreKnown ? sql`on conflict do nothing` : sql``}`.execute(scope.db);
}
