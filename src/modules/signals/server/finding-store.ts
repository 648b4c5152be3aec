import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { Finding, findingStates } from '../contract.ts';
import type { Signal, SignalCode } from '../signal.ts';

export interface FindingRow extends Omit<Finding, 'state' | 'allowed' | 'explainedAt' | 'settledAt'> {
  ownerUnitId: string | null;
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
  /** Account, because two people may bear one name. */
  explainedById: string | null;
  explainedAt: Date | null;
  settledAt: Date | null;
}

export interface FindingFilter {
  id?: string | undefined;
  projectId?: string | undefined;
  code?: SignalCode | undefined;
  state?: (typeof findingStates)[number] | undefined;
  countyId?: string | undefined;
  q?: string | undefined;
  /** Also what the figures no longer say. */
  withEnded?: boolean;
}

const stateOf = (state: (typeof findingStates)[number]): RawBuilder<SqlBool> =>
  state === 'settled'
    ? sql`f.settled_at is not null`
    : state === 'explained'
      ? sql`f.settled_at is null and f.explained_at is not null`
      : sql`f.settled_at is null and f.explained_at is null`;

const from = (
  scope: Scope,
  permission: string,
  { id, projectId, code, state, countyId, q, withEnded }: FindingFilter,
) => sql`
  from signals.finding f
  join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
  left join organization.pub_unit o on o.city_id = p.city_id and o.id = coalesce(p.owner_unit_id, p.lead_unit_id)
  left join organization.pub_unit y on y.city_id = p.city_id and y.id = p.county_unit_id
  where f.city_id = ${scope.cityId} and ${withinReach(scope, permission)}
    ${withEnded ? sql`` : sql`and f.ended_on is null`}
    ${id === undefined ? sql`` : sql`and f.id = ${id}`}
    ${projectId === undefined ? sql`` : sql`and f.project_id = ${projectId}`}
    ${code === undefined ? sql`` : sql`and f.code = ${code}`}
    ${state === undefined ? sql`` : sql`and ${stateOf(state)}`}
    ${countyId === undefined ? sql`` : sql`and p.county_unit_id = ${countyId}`}
    ${q ? sql`and strpos(lower(p.name), ${q.toLowerCase()}) > 0` : sql``}`;

/** Findings within reach for `permission`: not yet answered first, then the newest. */
export async function listFindings(
  scope: Scope,
  permission: string,
  filter: FindingFilter,
  page: { offset: number; limit: number } = { offset: 0, limit: 500 },
): Promise<FindingRow[]> {
  const { rows } = await sql<FindingRow>`
    select f.*, p.name as project_name, p.demo, coalesce(o.short_name, o.name, p.owner_text, p.lead_text) as unit_name,
      coalesce(y.short_name, y.name) as county_name, p.owner_unit_id, p.lead_unit_id, p.command_unit_id, p.county_unit_id
    ${from(scope, permission, filter)}
    order by f.ended_on is not null, f.settled_at is not null, f.explained_at is not null, f.found_on desc, p.serial, f.code, f.subject
    offset ${page.offset} limit ${page.limit}`.execute(scope.db);
  return rows;
}

export interface FindingCount {
  code: SignalCode;
  open: number;
  explained: number;
  settled: number;
  projects: number;
}

export async function countFindings(
  scope: Scope,
  permission: string,
  filter: FindingFilter,
): Promise<{ counts: FindingCount[]; projects: number }> {
  const { rows } = await sql<FindingCount & { code: SignalCode | null }>`
    select f.code, count(*) filter (where ${stateOf('open')})::integer as open,
      count(*) filter (where ${stateOf('explained')})::integer as explained,
      count(*) filter (where ${stateOf('settled')})::integer as settled, count(distinct f.project_id)::integer as projects
    ${from(scope, permission, filter)} group by grouping sets ((f.code), ())`.execute(scope.db);
  return {
    counts: rows.filter((row) => row.code !== null),
    projects: rows.find((row) => row.code === null)?.projects ?? 0,
  };
}

/** One finding, locked: two people who answer it are served one after the other. */
export async function lockFinding(scope: Scope, permission: string, id: string): Promise<FindingRow | undefined> {
  await sql`select 1 from signals.finding where city_id = ${scope.cityId} and id = ${id} for update`.execute(scope.db);
  return (await listFindings(scope, permission, { id, withEnded: true }))[0];
}

export async function insertFindingEvent(
  scope: Scope,
  findingId: string,
  event: 'explained' | 'settled' | 'reopened',
  text: string,
): Promise<void> {
  await sql`insert into signals.finding_event (city_id, id, finding_id, event, text, actor_id, actor_name, at)
    values (${scope.cityId}, ${newId()}, ${findingId}, ${event}, ${text}, ${scope.actor.id}, ${scope.actor.name}, ${scope.now})`.execute(
    scope.db,
  );
}

export async function setAnswer(
  scope: Scope,
  id: string,
  answer: { explanation?: string | null; settledNote?: string | null },
): Promise<void> {
  const { explanation, settledNote } = answer;
  if (explanation !== undefined)
    await sql`update signals.finding set explanation = ${explanation},
      explained_by = ${explanation === null ? null : scope.actor.name},
      explained_by_id = ${explanation === null ? null : scope.actor.id}, explained_at = ${explanation === null ? null : scope.now}
      where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
  if (settledNote !== undefined)
    await sql`update signals.finding set settled_note = ${settledNote},
      settled_by = ${settledNote === null ? null : scope.actor.name}, settled_at = ${settledNote === null ? null : scope.now}
      where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
}

/**
 * Makes the findings of some projects what the signals say now: new ones begin, those no longer said end. A finding whose
 * figures changed forgets that it was settled (the answer was about other figures) and keeps the explanation to read.
 * Answers the ids of findings that began or began again.
 */
export async function replaceFindings(
  scope: Scope,
  projectIds: readonly string[],
  signals: readonly (Signal & { projectId: string })[],
  thresholds: number,
): Promise<{ begun: { id: string; projectId: string; code: SignalCode }[]; ended: number }> {
  const { cityId, db, now, today } = scope;
  const made = JSON.stringify(signals.map((s) => ({ id: newId(), ...s })));
  const { rows: begun } = await sql<{ id: string; projectId: string; code: SignalCode; sentence: Signal['sentence'] }>`
    with said as (
      select * from jsonb_to_recordset(${made}::jsonb)
        as x(id uuid, "projectId" uuid, code text, subject text, period text, sentence jsonb, figures jsonb)),
    before as (
      select f.id, f.project_id, f.code, f.subject, f.figures, f.ended_on from signals.finding f
      where f.city_id = ${cityId} and f.project_id = any(${[...projectIds]}::uuid[]))
    insert into signals.finding as f (city_id, id, project_id, code, subject, period, sentence, figures, thresholds, found_on)
    select ${cityId}::uuid, s.id, s."projectId", s.code, s.subject, s.period, s.sentence, s.figures, ${thresholds}::integer, ${today}::date
    from said s
    left join before b on b.project_id = s."projectId" and b.code = s.code and b.subject = s.subject
    where b.id is null or b.ended_on is not null or b.figures <> s.figures
    on conflict (city_id, project_id, code, subject) do update set sentence = excluded.sentence, figures = excluded.figures,
      thresholds = excluded.thresholds, period = excluded.period, ended_on = null, settled_note = null, settled_by = null, settled_at = null,
      found_on = case when f.ended_on is null then f.found_on else excluded.found_on end
    returning id, project_id, code, sentence`.execute(db);
  const { rows: ended } = await sql<{ id: string }>`
    update signals.finding f set ended_on = ${today}::date
    where f.city_id = ${cityId} and f.project_id = any(${[...projectIds]}::uuid[]) and f.ended_on is null
      and not exists (select 1 from jsonb_to_recordset(${made}::jsonb) as x("projectId" uuid, code text, subject text)
        where x."projectId" = f.project_id and x.code = f.code and x.subject = f.subject)
    returning f.id`.execute(db);
  const events = [
    // What was said before stays in the events when its figures change.
    ...begun.map((row) => ({ id: newId(), findingId: row.id, event: 'found', text: row.sentence.zh })),
    ...ended.map((row) => ({ id: newId(), findingId: row.id, event: 'ended' })),
  ];
  if (events.length > 0)
    await sql`insert into signals.finding_event (city_id, id, finding_id, event, text, actor_id, actor_name, at)
      select ${cityId}::uuid, x.id, x."findingId", x.event, x.text, ${scope.actor.id}::text, ${scope.actor.name}::text, ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as x(id uuid, "findingId" uuid, event text, text text)`.execute(
      db,
    );
  return { begun, ended: ended.length };
}
