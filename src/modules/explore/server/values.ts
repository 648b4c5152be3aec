import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { dimensions, type RegisterDimension } from '../dimensions.ts';
import { Pivot } from '../shapes.ts';
import { chosen, columnOf } from './compile.ts';
import { industryOf } from './read.ts';

/** Values of a dimension among the projects within reach, with how many stand under each; most first. */
export async function valuesOf(scope: Scope, dimension: RegisterDimension) {
  const all = Pivot.parse({ measures: ['projects'], rows: [dimension], level: 'projects', withDropped: true });
  const column = columnOf(dimension);
  const key =
    dimension === 'tier'
      ? sql`unnest(case when p.tiers = '{}' then array[null] else p.tiers end)`
      : sql`${column}::text`;
  const { rows } = await sql<{ key: string | null; projects: number }>`
    select x.key, count(*) as projects from (select ${key} as key ${chosen(scope, all)}) x
    group by 1 order by 1 is null, 2 desc, 1 limit 1000`.execute(scope.db);
  const names =
    dimensions[dimension].of === 'unit'
      ? await unitNames(
          scope,
          rows.flatMap((row) => (row.key === null ? [] : [row.key])),
        )
      : null;
  return rows.map((row) => {
    const unit = row.key === null ? undefined : names?.get(row.key);
    return {
      ...row,
      name: unit
        ? (unit.shortName ?? unit.name)
        : dimension === 'industry' && row.key !== null
          ? industryOf(row.key)
          : null,
    };
  });
}
