import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { FieldChange } from '../changes.ts';
import { withinReach } from './reach.ts';

const unitFields: ReadonlySet<string> = new Set(['ownerUnitId', 'leadUnitId', 'commandUnitId', 'countyUnitId']);
const personFields: ReadonlySet<string> = new Set(['responsiblePersonId', 'leaderPersonId']);

/**
 * Names in the place of the ids that the history keeps, as they are called today: an id says nothing to a reader.
 * A package out of reach stays unnamed (null).
 */
export async function withNames<E extends { changes: FieldChange[] }>(
  scope: Scope,
  events: readonly E[],
): Promise<E[]> {
  const idsOf = (isOne: (field: string) => boolean) => [
    ...new Set(
      events
        .flatMap((event) => event.changes.filter((change) => isOne(change.field)))
        .flatMap(({ before, after }) => [before, after])
        .filter((id) => typeof id === 'string'),
    ),
  ];
  const { rows } = await sql<{ id: string; name: string }>`
    select id, coalesce(short_name, name) as name from organization.pub_unit
      where city_id = ${scope.cityId} and id = any(${idsOf((f) => unitFields.has(f))}::uuid[])
    union all select id, name from organization.pub_person
      where city_id = ${scope.cityId} and id = any(${idsOf((f) => personFields.has(f))}::uuid[])
    union all select p.id, p.name from projects.project p
      where p.city_id = ${scope.cityId} and p.id = any(${idsOf((f) => f === 'parentId')}::uuid[]) and ${withinReach(scope)}`.execute(
    scope.db,
  );
  const names = new Map(rows.map((row) => [row.id, row.name]));
  const isId = (field: string) => unitFields.has(field) || personFields.has(field) || field === 'parentId';
  const named = (id: unknown) => (typeof id === 'string' ? (names.get(id) ?? null) : id);
  return events.map((event) => ({
    ...event,
    changes: event.changes.map((c) => (isId(c.field) ? { ...c, before: named(c.before), after: named(c.after) } : c)),
  }));
}
