import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { daysBetween, yearOf } from '#core/shared/day.ts';
import { listMattersByOrigin, matterWithinReach } from '#modules/ledger/server/public.ts';
import { findUnit, subtreeIds } from '#modules/organization/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { listPromises } from '#modules/readings/server/public.ts';
import {
  type AgendaFacts,
  asksForCoordination,
  type MatterFact,
  type ProjectFact,
  type RequestFact,
} from '../agenda.ts';
import type { FollowUpRow } from '../shapes.ts';
import type { MeetingRecord } from './store.ts';

/** What a meeting is about: the whole city for the headquarters and its office, else what concerns the convener's own units. */
interface Concern {
  project: RawBuilder<SqlBool>;
  matter: RawBuilder<SqlBool>;
}

async function concernOf(scope: Scope, unitId: string): Promise<Concern> {
  const unit = await findUnit(scope, unitId);
  if (!unit || unit.parentId === null || unit.kind === 'office') {
    const all = sql<SqlBool>`true`;
    return { project: all, matter: all };
  }
  const units = sql`${await subtreeIds(scope, [unitId])}::uuid[]`;
  return {
    project: sql<SqlBool>`(p.owner_unit_id = any(${units}) or p.lead_unit_id = any(${units})
      or p.command_unit_id = any(${units}) or p.county_unit_id = any(${units}))`,
    matter: sql<SqlBool>`exists (select 1 from ledger.pub_party concerned where concerned.city_id = m.city_id
      and concerned.matter_id = m.id and concerned.unit_id = any(${units}))`,
  };
}

/**
 * Everything an agenda of this meeting could take, as far as the caller may see it. Packages stand for their items; matters
 * that earlier meetings decided come with the follow-up and not once more as overdue.
 */
export async function agendaFacts(scope: Scope, meeting: MeetingRecord): Promise<AgendaFacts> {
  const { previousTitle, rows } = await followUp(scope, meeting);
  const concern = await concernOf(scope, meeting.convenerUnitId);
  const followed = new Set(rows.map((row) => row.matterId));
  const overdue = (await listOverdue(scope, concern)).filter((matter) => !followed.has(matter.id));
  const requests = [
    ...(await listEscalated(scope, concern)),
    ...(await listAskedTime(scope, concern)),
    ...(await listAsking(scope, concern)),
    ...(await listUnkept(scope, concern)),
  ];
  return {
    previousTitle,
    followUp: rows.map(({ decisionId, state, light }) => ({ id: decisionId, state, light, leadUnitId: null })),
    projects: await listBehind(scope, concern),
    overdue,
    requests: requests.filter((one) => one.matterId === null || !followed.has(one.matterId)),
  };
}

/** Meetings before this one in its row, the newest first: same convener, same kind. */
async function listEarlier(scope: Scope, { id, previousId }: MeetingRecord): Promise<{ id: string; title: string }[]> {
  const { rows } = await sql<{ id: string; title: string }>`
    with recursive chain as (
      select m.id, m.title, m.previous_id, 0 as depth from meetings.meeting m
        where m.city_id = ${scope.cityId} and m.id = ${previousId}
      union all
      select m.id, m.title, m.previous_id, c.depth + 1 from chain c
        join meetings.meeting m on m.city_id = ${scope.cityId} and m.id = c.previous_id where c.depth < 60)
    select id, title from chain where id <> ${id} order by depth`.execute(scope.db);
  return rows;
}

/**
 * What came of the decisions before: all of the last meeting, and of earlier ones those still open when the last was held
 * or closed since. Their state is the ledger's, at this moment.
 */
export async function followUp(
  scope: Scope,
  meeting: MeetingRecord,
): Promise<{ previousTitle: string | null; rows: FollowUpRow[] }> {
  const earlier = await listEarlier(scope, meeting);
  if (earlier.length === 0) return { previousTitle: null, rows: [] };
  const { rows: decisions } = await sql<{ id: string; meetingId: string; heldOn: string }>`
    select d.id, d.meeting_id, m.held_on from meetings.decision d
      join meetings.meeting m on m.city_id = d.city_id and m.id = d.meeting_id
    where d.city_id = ${scope.cityId} and d.matter_id is not null and d.meeting_id = any(${earlier.map((m) => m.id)}::uuid[])`.execute(
    scope.db,
  );
  const place = new Map(earlier.map((m, i) => [m.id, { title: m.title, depth: i }]));
  const decisionOf = new Map(decisions.map((d) => [d.id, d]));
  const lastHeldOn = decisions.find((d) => d.meetingId === earlier[0]!.id)?.heldOn ?? null;
  const matters = await listMattersByOrigin(
    scope,
    'meetings',
    decisions.map((d) => d.id),
  );
  const rows = matters.flatMap((m): (FollowUpRow & { depth: number })[] => {
    const decision = decisionOf.get(m.originId);
    if (!decision) return [];
    const { title, depth } = place.get(decision.meetingId)!;
    const isSettled = m.closedOn !== null && lastHeldOn !== null && m.closedOn < lastHeldOn;
    if (depth > 0 && (isSettled || m.state === 'void')) return [];
    return [
      {
        decisionId: m.originId,
        matterId: m.id,
        no: m.no,
        title: m.title,
        meeting: title,
        unitName: m.leadUnitName,
        dueOriginal: m.dueOriginal,
        dueCurrent: m.dueCurrent,
        state: m.state,
        light: m.light,
        closedOn: m.closedOn,
        depth,
      },
    ];
  });
  const urgency = ['red', 'yellow', 'blue', 'normal', 'idle', 'done'];
  rows.sort(
    (a, b) => urgency.indexOf(a.light) - urgency.indexOf(b.light) || a.depth - b.depth || (a.no < b.no ? -1 : 1),
  );
  return { previousTitle: earlier[0]!.title, rows: rows.map(({ depth: _, ...row }) => row) };
}

async function listBehind(scope: Scope, concern: Concern): Promise<ProjectFact[]> {
  const { rows } = await sql<ProjectFact>`
    select p.id, p.name, s.light, s.gap_points, s.plan_yuan, s.since::text as since,
      coalesce(p.lead_unit_id, p.county_unit_id, p.command_unit_id, p.owner_unit_id) as unit_id
    from projects.pub_project p
    join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${yearOf(scope.today)}
    where p.city_id = ${scope.cityId} and s.light in ('late', 'warn') and p.parent_id is null
      and ${concern.project} and ${withinReach(scope, 'projects.read')}`.execute(scope.db);
  return rows;
}

async function listOverdue(scope: Scope, concern: Concern): Promise<MatterFact[]> {
  const { rows } = await sql<Omit<MatterFact, 'daysOver'>>`
    select m.id, m.no, m.title, m.project_id, m.lead_unit_id, m.due_current, m.extensions
    from ledger.pub_matter m
    where m.city_id = ${scope.cityId} and m.state in ('issued', 'signed', 'working', 'returned', 'reopened')
      and m.due_current < ${scope.today}::date and ${concern.matter} and ${matterWithinReach(scope)}
    order by m.due_current limit 200`.execute(scope.db);
  return rows.map((row) => ({ ...row, daysOver: daysBetween(row.dueCurrent, scope.today) }));
}

async function listEscalated(scope: Scope, concern: Concern): Promise<RequestFact[]> {
  const { rows } = await sql<RequestFact>`
    select 'escalated' as kind, m.title, m.project_id, m.id as matter_id, m.lead_unit_id as unit_id, m.no as detail, m.level,
      m.level_since::text as on
    from ledger.pub_matter m
    where m.city_id = ${scope.cityId} and m.state in ('issued', 'signed', 'working', 'returned', 'reopened')
      and m.level in ('command', 'headquarters') and exists (select 1 from ledger.pub_event e
        where e.city_id = m.city_id and e.matter_id = m.id and e.act = 'escalate')
      and ${concern.matter} and ${matterWithinReach(scope)}
    order by m.level_since desc limit 100`.execute(scope.db);
  return rows;
}

async function listAskedTime(scope: Scope, concern: Concern): Promise<RequestFact[]> {
  const { rows } = await sql<RequestFact>`
    select 'extension' as kind, m.title, m.project_id, m.id as matter_id, m.lead_unit_id as unit_id, x.due_asked::text as detail,
      x.asked_on::text as on
    from ledger.pub_extension x join ledger.pub_matter m on m.city_id = x.city_id and m.id = x.matter_id
    where x.city_id = ${scope.cityId} and x.state = 'asked' and ${concern.matter} and ${matterWithinReach(scope)}
    order by x.asked_on limit 100`.execute(scope.db);
  return rows;
}

/** Of each project the newest month that was accepted: its words, when they ask for something. */
async function listAsking(scope: Scope, concern: Concern): Promise<RequestFact[]> {
  const { rows } = await sql<RequestFact>`
    select distinct on (t.project_id) 'filing' as kind, p.name as title, p.id as project_id, null::uuid as matter_id,
      coalesce(p.lead_unit_id, p.county_unit_id, p.owner_unit_id) as unit_id, t.problems as detail, (t.accepted_at at time zone 'Asia/Shanghai')::date::text as on
    from filings.pub_text t
    join projects.pub_project p on p.city_id = t.city_id and p.id = t.project_id
    where t.city_id = ${scope.cityId} and t.kind = 'monthly' and t.period >= to_char(${scope.today}::date - interval '2 months', 'YYYY-MM')
      and ${concern.project} and ${withinReach(scope, 'projects.read')}
    order by t.project_id, t.period desc`.execute(scope.db);
  return rows
    .filter((row) => row.detail !== null && asksForCoordination(row.detail))
    .map((row) => ({ ...row, detail: row.detail.length > 60 ? `${row.detail.slice(0, 60)}…` : row.detail }));
}

/** Promises of documents whose day has passed, of the projects that the meeting is about. */
async function listUnkept(scope: Scope, concern: Concern): Promise<RequestFact[]> {
  const overdue = (await listPromises(scope, { state: 'overdue' })).filter((line) => line.projectId !== null);
  if (overdue.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select p.id from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.id = any(${overdue.map((line) => line.projectId)}::uuid[])
      and ${concern.project} and ${withinReach(scope, 'meetings.read')}`.execute(scope.db);
  const own = new Set(rows.map((row) => row.id));
  return overdue.flatMap((line): RequestFact[] => {
    const last = line.steps.findLast((step) => step.by !== null);
    if (!last?.by || !own.has(line.projectId!)) return [];
    const { projectId, projectName, unitId } = line;
    return [
      {
        kind: 'promise',
        title: projectName,
        projectId,
        matterId: null,
        unitId,
        detail: last.documentTitle,
        on: last.by,
      },
    ];
  });
}
