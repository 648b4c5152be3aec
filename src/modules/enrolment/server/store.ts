import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { DocumentKind, Facts } from '../checklist.ts';
import type { EnrolmentState } from '../flow.ts';

export interface DocumentRow {
  projectId: string;
  kind: DocumentKind;
  fileId: string | null;
  fileName: string | null;
  isOnPaper: boolean;
  facts: Facts;
  version: number;
  changedAt: Date;
  changedByName: string;
}
export type DocumentToSet = Omit<DocumentRow, 'version' | 'changedAt' | 'changedByName'>;

export interface EventRow {
  id: string;
  projectId: string;
  at: Date;
  event: string;
  state: EnrolmentState;
  onDay: Day | null;
  reason: string | null;
  document: string | null;
  fileId: string | null;
  fileName: string | null;
  actorName: string;
}
export interface EventToInsert {
  projectId: string;
  event: string;
  state: EnrolmentState;
  onDay?: Day | null;
  reason?: string | null | undefined;
  document?: string | null | undefined;
  fileId?: string | null;
  fileName?: string | null;
  detail?: unknown;
  at?: Date;
  actorName?: string;
}

const json = (value: unknown) => JSON.stringify(value);

/** Papers of some projects, or of all within the city; the caller has asked for the projects first. */
export async function listDocuments(scope: Scope, projectIds: readonly string[]): Promise<DocumentRow[]> {
  const { rows } = await sql<DocumentRow>`
    select project_id, kind, file_id, file_name, is_on_paper, facts, version, changed_at, changed_by_name
    from enrolment.document where city_id = ${scope.cityId} and project_id = any(${[...projectIds]}::uuid[])`.execute(
    scope.db,
  );
  return rows;
}

/** Writes papers as they now are; a new one has version 1. */
export async function putDocuments(
  scope: Scope,
  documents: readonly DocumentToSet[],
  byName = scope.actor.name,
): Promise<void> {
  if (documents.length === 0) return;
  const rows = documents.map((d) => ({
    project_id: d.projectId,
    kind: d.kind,
    file_id: d.fileId,
    file_name: d.fileName,
    is_on_paper: d.isOnPaper,
    facts: d.facts,
  }));
  await sql`insert into enrolment.document as d (city_id, project_id, kind, file_id, file_name, is_on_paper, facts, version, changed_at, changed_by_name)
    select ${scope.cityId}, project_id, kind, file_id, file_name, is_on_paper, facts, 1, ${scope.now}, ${byName}
    from jsonb_to_recordset(${json(rows)}::jsonb) as n (project_id uuid, kind text, file_id text, file_name text, is_on_paper boolean, facts jsonb)
    on conflict (city_id, project_id, kind) do update set file_id = excluded.file_id, file_name = excluded.file_name,
      is_on_paper = excluded.is_on_paper, facts = excluded.facts, version = d.version + 1,
      changed_at = excluded.changed_at, changed_by_name = excluded.changed_by_name`.execute(scope.db);
}

export async function listEvents(scope: Scope, projectId: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select id, project_id, at, event, state, on_day, reason, document, file_id, file_name, actor_name
    from enrolment.event where city_id = ${scope.cityId} and project_id = ${projectId}
    order by at desc, id desc limit 200`.execute(scope.db);
  return rows;
}

export async function insertEvents(scope: Scope, events: readonly EventToInsert[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((e) => ({
    id: newId(),
    project_id: e.projectId,
    at: (e.at ?? scope.now).toISOString(),
    event: e.event,
    state: e.state,
    on_day: e.onDay ?? null,
    reason: e.reason ?? null,
    document: e.document ?? null,
    file_id: e.fileId ?? null,
    file_name: e.fileName ?? null,
    detail: e.detail ?? null,
    actor_name: e.actorName ?? scope.actor.name,
  }));
  await sql`insert into enrolment.event (city_id, id, project_id, at, event, state, on_day, reason, document, file_id, file_name, detail, actor_id, actor_name)
    select ${scope.cityId}, id, project_id, at, event, state, on_day, reason, document, file_id, file_name, detail, ${scope.actor.id}, actor_name
    from jsonb_to_recordset(${json(rows)}::jsonb) as e (id uuid, project_id uuid, at timestamptz, event text, state text, on_day date,
      reason text, document text, file_id text, file_name text, detail jsonb, actor_name text)`.execute(scope.db);
}

/** Locks the papers of a project for a change and returns their version; the row is made when there is none. */
export async function lockRecord(scope: Scope, projectId: string): Promise<{ papers: string | null; version: number }> {
  await sql`insert into enrolment.record (city_id, project_id) values (${scope.cityId}, ${projectId}) on conflict do nothing`.execute(
    scope.db,
  );
  const { rows } = await sql<{ papers: string | null; version: number }>`
    select papers, version from enrolment.record where city_id = ${scope.cityId} and project_id = ${projectId} for update`.execute(
    scope.db,
  );
  return rows[0]!;
}

/** Sets how far papers have come; null leaves it to the project's own start. */
export async function setPapers(
  scope: Scope,
  rows: readonly { projectId: string; papers: 'preparing' | 'submitted' | 'returned' | null }[],
): Promise<void> {
  const values = rows.map((r) => ({ project_id: r.projectId, papers: r.papers }));
  await sql`insert into enrolment.record as r (city_id, project_id, papers, version)
    select ${scope.cityId}, project_id, papers, 1 from jsonb_to_recordset(${json(values)}::jsonb) as v (project_id uuid, papers text)
    on conflict (city_id, project_id) do update set papers = excluded.papers, version = r.version + 1`.execute(
    scope.db,
  );
}

/** Whether a file belongs to the papers or the events of a project, or is the source of one of its figures. */
export async function hasFile(scope: Scope, projectId: string, fileId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select
    exists (select 1 from enrolment.document where city_id = ${scope.cityId} and project_id = ${projectId} and file_id = ${fileId})
    or exists (select 1 from enrolment.event where city_id = ${scope.cityId} and project_id = ${projectId} and file_id = ${fileId}) as has`.execute(
    scope.db,
  );
  return rows[0]!.has;
}
