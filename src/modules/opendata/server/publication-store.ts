import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Publication, PublicProject } from '../contract.ts';
import type { PublicField } from '../public-fields.ts';

export interface PublicationRow {
  fields: PublicField[];
  publishedAt: Date;
  withdrawnAt: Date | null;
}

export async function findPublication(scope: Scope, projectId: string): Promise<PublicationRow | undefined> {
  const { rows } = await sql<PublicationRow>`select fields, published_at, withdrawn_at from opendata.publication
    where city_id = ${scope.cityId} and project_id = ${projectId}`.execute(scope.db);
  return rows[0];
}

export async function listPublicationEvents(scope: Scope, projectId: string): Promise<Publication['events']> {
  const { rows } = await sql<Omit<Publication['events'][number], 'at'> & { at: Date }>`
    select kind, fields, reason, actor_name, at from opendata.publication_event
    where city_id = ${scope.cityId} and project_id = ${projectId} order by at desc, id desc`.execute(scope.db);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Publishes, changes what is public, or (with null) withdraws; the history keeps every state. */
export async function setPublication(
  scope: Scope,
  projectIds: readonly string[],
  fields: readonly PublicField[] | null,
  kind: 'published' | 'changed' | 'withdrawn',
  reason: string,
): Promise<void> {
  const all = sql`unnest(${[...projectIds]}::uuid[]) as project_id`;
  if (fields === null)
    await sql`update opendata.publication set withdrawn_at = ${scope.now}
      where city_id = ${scope.cityId} and project_id = any(${[...projectIds]}::uuid[])`.execute(scope.db);
  else
    await sql`insert into opendata.publication as p (city_id, project_id, fields, published_at)
      select ${scope.cityId}::uuid, project_id, ${[...fields]}::text[], ${scope.now}::timestamptz from ${all}
      on conflict (city_id, project_id) do update set fields = excluded.fields, withdrawn_at = null,
        published_at = case when p.withdrawn_at is null then p.published_at else excluded.published_at end`.execute(
      scope.db,
    );
  await sql`insert into opendata.publication_event (city_id, id, project_id, kind, fields, reason, actor_id, actor_name, at)
    select ${scope.cityId}::uuid, event_id, project_id, ${kind}::text, ${[...(fields ?? [])]}::text[], ${reason}::text,
      ${scope.actor.id}::text, ${scope.actor.name}::text, ${scope.now}::timestamptz
    from unnest(${[...projectIds]}::uuid[], ${projectIds.map(() => newId())}::uuid[]) as x(project_id, event_id)`.execute(
    scope.db,
  );
}

const isPublic = sql`pub.withdrawn_at is null`;

/** Names of what is public. For everybody: nothing of an unpublished project is counted or named. */
export async function listPublic(
  scope: Scope,
  { q, offset, limit }: { q?: string | undefined; offset: number; limit: number },
): Promise<{ total: number; projects: { id: string; name: string; demo: boolean; region: string | null }[] }> {
  const words = q ? sql`and strpos(lower(p.name), ${q.toLowerCase()}) > 0` : sql``;
  const { rows } = await sql<{ id: string; name: string; demo: boolean; region: string | null; total: number }>`
    select p.id, p.name, p.demo, case when 'region' = any(pub.fields) then r.name end as region, count(*) over () as total
    from opendata.publication pub
    join projects.pub_project p on p.city_id = pub.city_id and p.id = pub.project_id
    left join organization.pub_region r on r.city_id = p.city_id and r.code = p.region_code
    where pub.city_id = ${scope.cityId} and ${isPublic} ${words} order by p.serial offset ${offset} limit ${limit}`.execute(
    scope.db,
  );
  return {
    total: Number(rows[0]?.total ?? 0),
    projects: rows.map(({ total: _, ...row }) => row),
  };
}

type Found = Record<
  'name' | 'code' | 'board' | 'region' | 'address' | 'content' | 'owner' | 'lead' | 'stage' | 'headquarters',
  string
> & {
  demo: boolean;
  tiers: string[];
  total: number | null;
  plan: number | null;
  done: number | null;
  startPlanned: Day | null;
  startActual: Day | null;
  finishPlanned: Day | null;
  finishActual: Day | null;
} & PublicationRow;

/** The marked fields of one public project; undefined when it is not public (or not there: nobody can tell which). */
export async function findPublic(scope: Scope, id: string): Promise<PublicProject | undefined> {
  const year = yearOf(scope.today);
  const { rows } = await sql<Found>`
    select p.name, p.demo, p.code, p.board, p.tiers, r.name as region, p.address, p.content, coalesce(o.name, p.owner_text) as owner,
      coalesce(l.name, p.lead_text) as lead, p.stage, p.total_yuan as total, s.plan_yuan as plan, s.done_yuan as done,
      p.start_planned, p.start_actual, p.finish_planned, p.finish_actual, pub.fields, pub.published_at, pub.withdrawn_at,
      (select hq_name from core.city where id = pub.city_id) as headquarters
    from opendata.publication pub
    join projects.pub_project p on p.city_id = pub.city_id and p.id = pub.project_id
    left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${year}
    left join organization.pub_region r on r.city_id = p.city_id and r.code = p.region_code
    left join organization.pub_unit o on o.city_id = p.city_id and o.id = p.owner_unit_id
    left join organization.pub_unit l on l.city_id = p.city_id and l.id = p.lead_unit_id
    where pub.city_id = ${scope.cityId} and pub.project_id = ${id} and ${isPublic}`.execute(scope.db);
  const row = rows[0];
  if (!row) return undefined;
  const has = (field: PublicField) => row.fields.includes(field);
  return {
    id,
    name: row.name,
    demo: row.demo,
    fields: row.fields,
    publishedAt: row.publishedAt.toISOString(),
    asOf: scope.today,
    headquarters: row.headquarters,
    ...(has('code') && { code: row.code }),
    ...(has('board') && { board: row.board }),
    ...(has('tiers') && { tiers: row.tiers }),
    ...(has('region') && { region: row.region }),
    ...(has('address') && { address: row.address }),
    ...(has('content') && { content: row.content }),
    ...(has('owner') && { owner: row.owner }),
    ...(has('lead') && { lead: row.lead }),
    ...(has('stage') && { stage: row.stage }),
    ...(has('total') && { total: row.total }),
    ...((has('plan') || has('done')) && { year }),
    ...(has('plan') && { plan: row.plan }),
    ...(has('done') && { done: row.done }),
    ...(has('start') && { start: { planned: row.startPlanned, actual: row.startActual } }),
    ...(has('finish') && { finish: { planned: row.finishPlanned, actual: row.finishActual } }),
    ...(has('milestones') && { milestones: await publicMilestones(scope, id) }),
    ...(has('contracts') && { contracts: await publicContracts(scope, id) }),
  };
}

async function publicMilestones(scope: Scope, id: string): Promise<NonNullable<PublicProject['milestones']>> {
  const { rows } = await sql<NonNullable<PublicProject['milestones']>[number]>`
    select name, due, actual from projects.pub_milestone where city_id = ${scope.cityId} and project_id = ${id} order by position`.execute(
    scope.db,
  );
  return rows;
}

async function publicContracts(scope: Scope, id: string): Promise<NonNullable<PublicProject['contracts']>> {
  const { rows } = await sql<NonNullable<PublicProject['contracts']>[number]>`
    select title, supplier_name as supplier, signed_on, current_yuan as yuan from funding.pub_contract
    where city_id = ${scope.cityId} and project_id = ${id} and signed_on is not null order by signed_on`.execute(
    scope.db,
  );
  return rows;
}

export async function findPrefix(scope: Scope): Promise<string | null> {
  const { rows } = await sql<{
    prefix: string | null;
  }>`select prefix from opendata.publisher where city_id = ${scope.cityId}`.execute(scope.db);
  return rows[0]?.prefix ?? null;
}

export async function setPrefix(scope: Scope, prefix: string | null): Promise<void> {
  await sql`insert into opendata.publisher (city_id, prefix, changed_at) values (${scope.cityId}, ${prefix}, ${scope.now})
    on conflict (city_id) do update set prefix = excluded.prefix, changed_at = excluded.changed_at`.execute(scope.db);
}
