import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { FilingContent, FilingField } from '../content.ts';
import type { FilingState } from '../flow.ts';
import type { Level } from '../levels.ts';
import type { Period } from '../period.ts';
import type { Hit } from '../validation.ts';
import { type EventRow, type FilingRow, jsonb, tables, type VersionRow } from './tables.ts';

/** A filing with what its project, plan and cycle say about it. Read only within the caller's reach. */
export interface PlacedFiling extends FilingRow {
  dueAt: Date;
  covers: Period[];
  /** Of the form the cycle was opened with; without one the office reviews alone and everything is asked. */
  chain: Level[];
  formFields: FilingField[] | null;
  formTitle: string | null;
  projectName: string;
  demo: boolean;
  unitName: string | null;
  totalYuan: number | null;
  doneBeforeYuan: number | null;
  startActual: string | null;
  finishPlanned: string | null;
  planKind: string | null;
  planYuan: number | null;
  curve: number[] | null;
  light: string | null;
  gapPoints: number | null;
  ownerUnitId: string | null;
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
}

export interface FilingFilter {
  id?: string;
  projectId?: string;
  period?: Period;
  cycleIds?: readonly string[];
  states?: readonly FilingState[];
  /** One more condition on `filing f` and `pub_project p`. */
  also?: RawBuilder<boolean> | undefined;
}

/** Filings within the caller's reach for `permission`, by the name of the unit and the project. */
export async function listFilings(scope: Scope, permission: string, filter: FilingFilter): Promise<PlacedFiling[]> {
  const { id, projectId, period, cycleIds, states, also } = filter;
  const { rows } = await sql<PlacedFiling>`
    select f.*, c.due_at, c.covers, coalesce(fv.body -> 'chain', '["office"]') as chain, fv.body -> 'fields' as form_fields,
      fv.title as form_title, p.name as project_name, p.demo, coalesce(u.short_name, u.name, p.owner_text, v.short_name, v.name) as unit_name,
      p.total_yuan, p.done_before_yuan, p.start_actual, p.finish_planned, p.plan_kind, pl.plan_yuan, pl.curve, s.light, s.gap_points,
      p.owner_unit_id, p.lead_unit_id, p.command_unit_id, p.county_unit_id
    from filings.filing f
    join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id
    left join filings.form_version fv on fv.city_id = c.city_id and fv.kind = c.kind and fv.version = c.form_version
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    left join projects.pub_plan pl on pl.city_id = f.city_id and pl.project_id = f.project_id and pl.year = left(f.period, 4)::integer
    left join projects.pub_standing s on s.city_id = f.city_id and s.project_id = f.project_id and s.year = left(f.period, 4)::integer
    left join organization.pub_unit u on u.city_id = f.city_id and u.id = p.owner_unit_id
    left join organization.pub_unit v on v.city_id = f.city_id and v.id = p.lead_unit_id
    where f.city_id = ${scope.cityId} and ${withinReach(scope, permission)}
      ${id === undefined ? sql`` : sql`and f.id = ${id}`}
      ${projectId === undefined ? sql`` : sql`and f.project_id = ${projectId}`}
      ${period === undefined ? sql`` : sql`and f.period = ${period}`}
      ${cycleIds === undefined ? sql`` : sql`and f.cycle_id = any(${[...cycleIds]}::uuid[])`}
      ${states === undefined ? sql`` : sql`and f.state = any(${[...states]})`}
      ${also === undefined ? sql`` : sql`and ${also}`}
    order by f.period desc, unit_name, p.serial`.execute(scope.db);
  return rows;
}

export const findFiling = async (
  scope: Scope,
  permission: string,
  filter: FilingFilter,
): Promise<PlacedFiling | undefined> => (await listFilings(scope, permission, filter))[0];

/** Locks the row first, so that two people who act on one filing are served one after the other and see what the first did. */
export async function lockFiling(scope: Scope, permission: string, id: string): Promise<PlacedFiling | undefined> {
  await tables(scope)
    .selectFrom('filings.filing')
    .select('id')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  return findFiling(scope, permission, { id });
}

export async function setFiling(scope: Scope, id: string, changes: Partial<FilingRow>): Promise<void> {
  const { draft, returnCells, ...plain } = changes;
  await tables(scope)
    .updateTable('filings.filing')
    .set({
      ...plain,
      ...(draft !== undefined && { draft: draft && jsonb(draft) }),
      ...(returnCells !== undefined && { returnCells: returnCells && jsonb(returnCells) }),
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

/** Newest first. */
export const listVersions = (scope: Scope, filingId: string): Promise<VersionRow[]> =>
  tables(scope)
    .selectFrom('filings.filingVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('filingId', '=', filingId)
    .orderBy('seq', 'desc')
    .execute();

export const findVersion = (scope: Scope, filingId: string, seq: number): Promise<VersionRow | undefined> =>
  tables(scope)
    .selectFrom('filings.filingVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('filingId', '=', filingId)
    .where('seq', '=', seq)
    .executeTakeFirst();

/** Contents of one version each of many filings, by filing id. */
export async function listContents(
  scope: Scope,
  wanted: readonly { id: string; seq: number | null }[],
): Promise<Map<string, FilingContent>> {
  const pairs = wanted.filter((w) => w.seq !== null);
  if (pairs.length === 0) return new Map();
  const { rows } = await sql<{ filingId: string; content: FilingContent }>`
    select v.filing_id, v.content from filings.filing_version v
    join jsonb_to_recordset(${jsonb(pairs)}::jsonb) as x(id uuid, seq integer) on v.filing_id = x.id and v.seq = x.seq
    where v.city_id = ${scope.cityId}`.execute(scope.db);
  return new Map(rows.map((row) => [row.filingId, row.content]));
}

/** Appends a version with the next number and remembers its photos. */
export async function insertVersion(
  scope: Scope,
  row: Omit<VersionRow, 'cityId' | 'seq' | 'hits'> & { hits: readonly Hit[] },
): Promise<number> {
  const { content, hits, ...plain } = row;
  const { seq } = await tables(scope)
    .insertInto('filings.filingVersion')
    .values((eb) => ({
      ...plain,
      cityId: scope.cityId,
      seq: eb
        .selectFrom('filings.filingVersion')
        .select((s) => sql<number>`coalesce(max(${s.ref('seq')}), 0) + 1`.as('next'))
        .where('cityId', '=', scope.cityId)
        .where('filingId', '=', row.filingId),
      content: jsonb(content),
      hits: jsonb([...hits]),
    }))
    .returning('seq')
    .executeTakeFirstOrThrow();
  if (content.photos.length > 0)
    await tables(scope)
      .insertInto('filings.photo')
      .values(
        content.photos.map(({ fileId, takenAt, lat, lon }) => ({
          cityId: scope.cityId,
          filingId: row.filingId,
          seq,
          fileId,
          takenAt: takenAt === null ? null : new Date(takenAt),
          lat,
          lon,
        })),
      )
      .onConflict((c) => c.doNothing())
      .execute();
  return seq;
}

/** Oldest first. */
export const listEvents = (scope: Scope, filingId: string): Promise<EventRow[]> =>
  tables(scope)
    .selectFrom('filings.filingEvent')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('filingId', '=', filingId)
    .orderBy('at')
    .orderBy('id')
    .execute();

export async function insertEvent(
  scope: Scope,
  row: Pick<EventRow, 'filingId' | 'event'> &
    Partial<Pick<EventRow, 'seq' | 'reason' | 'cells' | 'waived' | 'level' | 'skipped'>>,
): Promise<void> {
  await tables(scope)
    .insertInto('filings.filingEvent')
    .values({
      cityId: scope.cityId,
      id: newId(),
      filingId: row.filingId,
      event: row.event,
      at: scope.now,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      seq: row.seq ?? null,
      reason: row.reason ?? null,
      cells: jsonb(row.cells ?? []),
      waived: jsonb(row.waived ?? []),
      level: row.level ?? null,
      skipped: jsonb(row.skipped ?? []),
    })
    .execute();
}

/** Later months of the same year whose accepted cumulative rests on this one, earliest first; locked. */
export const lockLaterAccepted = (scope: Scope, projectId: string, period: Period): Promise<FilingRow[]> =>
  tables(scope)
    .selectFrom('filings.filing')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .where('kind', '=', 'monthly')
    .where('period', '>', period)
    .where('period', '<=', `${period.slice(0, 4)}-12`)
    .where('acceptedSeq', 'is not', null)
    .orderBy('period')
    .forUpdate()
    .execute();

/**
 * True when the project shows the file in a draft or a submission of any period: a photo taken for the week serves the
 * month as well, and nobody is asked for it twice (dispatch.md §5.29).
 */
export async function hasPhoto(scope: Scope, filing: FilingRow, fileId: string): Promise<boolean> {
  if (filing.draft?.photos.some((p) => p.fileId === fileId)) return true;
  const { rows } = await sql<{ has: boolean }>`
    select exists (
        select 1 from filings.photo p join filings.filing f on f.city_id = p.city_id and f.id = p.filing_id
        where p.city_id = ${scope.cityId} and p.file_id = ${fileId} and f.project_id = ${filing.projectId})
      or exists (
        select 1 from filings.filing f
        where f.city_id = ${scope.cityId} and f.project_id = ${filing.projectId}
          and f.draft -> 'photos' @> ${jsonb([{ fileId }])}::jsonb) as has`.execute(scope.db);
  return rows[0]!.has;
}
