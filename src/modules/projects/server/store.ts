import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { blankProject } from '../blank-project.ts';
import { changesBetween, type FieldChange } from '../changes.ts';
import type { ProjectFields } from '../contract.ts';
import { withinReach } from './reach.ts';
import { definedOf, toColumns, toFields } from './record.ts';
import { type EventTable, type ProjectRecord, tables } from './tables.ts';

/** Why a change is made: written into the history beside before and after. */
export interface Why {
  kind: EventTable['kind'];
  reason?: string | null | undefined;
  document?: string | null | undefined;
}

export type ProjectToInsert = Partial<ProjectFields> & Pick<ProjectFields, 'name'> & { id?: string };

/** One project within reach, or undefined: missing and forbidden look the same. */
export const findProject = (
  scope: Scope,
  id: string,
  permission = 'projects.read',
): Promise<ProjectRecord | undefined> =>
  tables(scope)
    .selectFrom('projects.project as p')
    .selectAll()
    .where('p.cityId', '=', scope.cityId)
    .where('p.id', '=', id)
    .where(withinReach(scope, permission))
    .executeTakeFirst();

/** Locks the row, so that two people changing one project are served one after the other. */
export const lockProject = (
  scope: Scope,
  id: string,
  permission = 'projects.edit',
): Promise<ProjectRecord | undefined> =>
  tables(scope)
    .selectFrom('projects.project as p')
    .selectAll()
    .where('p.cityId', '=', scope.cityId)
    .where('p.id', '=', id)
    .where(withinReach(scope, permission))
    .forUpdate()
    .executeTakeFirst();

/** All projects of the city in 编号 order, as an import needs them to match names and codes. No reach: whole-city callers only. */
export const listForMatching = (scope: Scope): Promise<ProjectRecord[]> =>
  tables(scope)
    .selectFrom('projects.project')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('serial')
    .execute();

/** Takes `count` 编号 and returns the first. The row stays locked until commit, so numbers have no gaps. */
async function takeSerials(scope: Scope, count: number): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    insert into projects.serial as s (city_id, next) values (${scope.cityId}, ${count + 1})
    on conflict (city_id) do update set next = s.next + ${count} returning next`.execute(scope.db);
  return rows[0]!.next - count;
}

/** PostgreSQL turns one JSON parameter into rows: a thousand rows of sixty columns would pass its limit of parameters. */
const json = (value: unknown) => JSON.stringify(value);
const inPieces = function* <T>(rows: readonly T[], size = 2000): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
};
const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const snakeKeys = (row: object) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value]));

/**
 * Inserts projects in the given order, with their 编号, first version and event. Parents must come in the same call
 * (give them an `id`) or exist. Emits nothing: the caller says what happened.
 */
export async function insertProjects(
  scope: Scope,
  inputs: readonly ProjectToInsert[],
  why: Why,
): Promise<ProjectRecord[]> {
  if (inputs.length === 0) return [];
  const first = await takeSerials(scope, inputs.length);
  const records = inputs.map(({ id, ...fields }, index): ProjectRecord => {
    const whole = { ...blankProject(fields.name), ...definedOf(fields) };
    return {
      cityId: scope.cityId,
      id: id ?? newId(),
      serial: first + index,
      ...toColumns(whole),
      doneBeforeYear: whole.doneBeforeYuan === null ? null : lastYear(scope),
      childCount: 0,
      version: 1,
      createdAt: scope.now,
      changedAt: scope.now,
    };
  });
  // Packages first, so that the reference from an item to its package holds whatever piece it falls into.
  const ordered = [...records].sort((a, b) => Number(a.parentId !== null) - Number(b.parentId !== null));
  for (const piece of inPieces(ordered))
    await sql`insert into projects.project select * from jsonb_populate_recordset(null::projects.project, ${json(piece.map(snakeKeys))}::jsonb)`.execute(
      scope.db,
    );
  await keepVersions(scope, records, why, new Map(records.map((r) => [r.id, []])));
  await countChildren(
    scope,
    records.map((r) => r.parentId),
  );
  return records;
}

export const insertProject = async (scope: Scope, input: ProjectToInsert, why: Why): Promise<ProjectRecord> =>
  (await insertProjects(scope, [input], why))[0]!;

export interface ProjectUpdate {
  id: string;
  changes: Partial<ProjectFields>;
}

/**
 * Changes projects, writes what really changed into their history and returns the rows that changed. A field left out
 * stays; a project whose fields all hold already is left alone, so the same import twice changes nothing.
 */
export async function updateProjects(
  scope: Scope,
  updates: readonly ProjectUpdate[],
  why: Why,
): Promise<ProjectRecord[]> {
  const changed: ProjectRecord[] = [];
  const changesOf = new Map<string, FieldChange[]>();
  const parents: (string | null)[] = [];
  for (const piece of inPieces(updates)) {
    const before = await tables(scope)
      .selectFrom('projects.project')
      .selectAll()
      .where('cityId', '=', scope.cityId)
      .where(
        'id',
        'in',
        piece.map((u) => u.id),
      )
      .orderBy('id')
      .forUpdate()
      .execute();
    const byId = new Map(before.map((row) => [row.id, row]));
    const rows = piece.flatMap(({ id, changes }): ProjectRecord[] => {
      const row = byId.get(id);
      if (!row) throw new Error(`Project ${id} is not in this city`);
      const fields = toFields(row);
      const found = changesBetween(fields, changes);
      if (found.length === 0) return [];
      changesOf.set(id, found);
      const next = {
        ...row,
        ...toColumns({ ...fields, ...definedOf(changes) }),
        ...(found.some((change) => change.field === 'doneBeforeYuan') && {
          doneBeforeYear: (definedOf(changes).doneBeforeYuan ?? null) === null ? null : lastYear(scope),
        }),
        version: row.version + 1,
        changedAt: scope.now,
      };
      if (next.parentId !== row.parentId) parents.push(next.parentId, row.parentId);
      return [next];
    });
    if (rows.length > 0) await writeRows(scope, rows);
    changed.push(...rows);
  }
  await keepVersions(scope, changed, why, changesOf);
  await countChildren(scope, parents);
  return changed;
}

export const updateProject = async (
  scope: Scope,
  update: ProjectUpdate,
  why: Why,
): Promise<ProjectRecord | undefined> => (await updateProjects(scope, [update], why))[0];

const kept = new Set(['cityId', 'id', 'serial', 'createdAt', 'childCount']);

async function writeRows(scope: Scope, rows: readonly ProjectRecord[]): Promise<void> {
  const columns = Object.keys(rows[0]!)
    .filter((key) => !kept.has(key))
    .map(snake);
  const list = sql.join(columns.map((name) => sql.ref(name)));
  const values = sql.join(columns.map((name) => sql.ref(`r.${name}`)));
  await sql`update projects.project p set (${list}) = row(${values})
    from jsonb_populate_recordset(null::projects.project, ${json(rows.map(snakeKeys))}::jsonb) r
    where p.city_id = ${scope.cityId} and p.id = r.id`.execute(scope.db);
}

/** How many items a package has is kept on it, so that the list knows both counts without a second table. */
async function countChildren(scope: Scope, parentIds: readonly (string | null)[]): Promise<void> {
  const ids = [...new Set(parentIds.filter((id) => id !== null))];
  if (ids.length === 0) return;
  // Locked first: two items that enter one package at the same time must see each other in the count.
  await sql`select 1 from projects.project where city_id = ${scope.cityId} and id = any(${ids}::uuid[]) order by id for update`.execute(
    scope.db,
  );
  await sql`update projects.project p
    set child_count = (select count(*) from projects.project c where c.city_id = p.city_id and c.parent_id = p.id)
    where p.city_id = ${scope.cityId} and p.id = any(${ids}::uuid[])`.execute(scope.db);
}

async function keepVersions(
  scope: Scope,
  rows: readonly ProjectRecord[],
  why: Why,
  changesOf: ReadonlyMap<string, readonly FieldChange[]>,
): Promise<void> {
  const eventIdOf = new Map(rows.map((row) => [row.id, newId()]));
  await insertEvents(
    scope,
    rows.map((row) => ({
      id: eventIdOf.get(row.id)!,
      projectId: row.id,
      ...why,
      changes: changesOf.get(row.id) ?? [],
    })),
  );
  for (const piece of inPieces(rows)) {
    const versions = piece.map((row) => ({
      project_id: row.id,
      version: row.version,
      event_id: eventIdOf.get(row.id),
      fields: toFields(row),
    }));
    await sql`insert into projects.project_version (city_id, project_id, version, at, event_id, fields)
      select ${scope.cityId}, project_id, version, ${scope.now}, event_id, fields
      from jsonb_to_recordset(${json(versions)}::jsonb) as v (project_id uuid, version integer, event_id uuid, fields jsonb)`.execute(
      scope.db,
    );
  }
}

export interface NewEvent extends Why {
  id?: string;
  projectId: string;
  changes: readonly FieldChange[];
}

/** Adds to the history; the actor and the moment are the scope's. */
export async function insertEvents(scope: Scope, events: readonly NewEvent[]): Promise<void> {
  for (const piece of inPieces(events)) {
    const rows = piece.map((e) => ({
      id: e.id ?? newId(),
      project_id: e.projectId,
      kind: e.kind,
      reason: e.reason || null,
      document: e.document || null,
      changes: e.changes,
    }));
    await sql`insert into projects.project_event (city_id, id, project_id, at, kind, actor_id, actor_name, reason, document, changes)
      select ${scope.cityId}, id, project_id, ${scope.now}, kind, ${scope.actor.id}, ${scope.actor.name}, reason, document, changes
      from jsonb_to_recordset(${json(rows)}::jsonb) as e (id uuid, project_id uuid, kind text, reason text, document text, changes jsonb)`.execute(
      scope.db,
    );
  }
}

export async function listEvents(scope: Scope, projectId: string, limit: number) {
  const of = tables(scope)
    .selectFrom('projects.projectEvent')
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId);
  const events = await of
    .select(['id', 'at', 'kind', 'actorName', 'reason', 'document', 'changes'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const { total } = await of.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { total, events };
}

/** 至上年底累计 is said in some year and means the end of the one before. */
const lastYear = (scope: Scope): number => Number(scope.today.slice(0, 4)) - 1;
