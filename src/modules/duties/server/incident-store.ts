import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { HandedIncident } from '../contract.ts';
import type { Incident } from '../incident-contract.ts';
import type { IncidentClass, Level, Sign, ToldLevel } from '../incident-rules.ts';
import type { ReportKind } from '../report-clock.ts';

export interface IncidentRow {
  id: string;
  unitId: string;
  unitName: string;
  projectId: string | null;
  projectName: string | null;
  year: number;
  serial: number;
  class: IncidentClass;
  title: string;
  place: string;
  signs: Sign[];
  happenedAt: Date | null;
  learnedAt: Date;
  learnedFrom: string;
  level: ToldLevel;
  treatedAs: Level;
  treatedBasis: string | null;
  rulesVersion: number;
  version: number;
  closedAt: Date | null;
  enteredAt: Date;
  enteredByName: string;
  demo: boolean;
}
export interface ReportRow {
  incidentId: string;
  seq: number;
  kind: ReportKind;
  level: ToldLevel;
  at: Date;
  text: string;
  elements: Incident['timeline'][number]['elements'];
  lateMinutes: number;
  told: string[];
  outside: string[];
  actorName: string;
  enteredAt: Date;
}
export interface ClockRow {
  incidentId: string;
  code: string;
  report: 'phone' | 'written' | 'next';
  name: Words;
  basis: string;
  minutes: number | null;
  dueAt: Date;
  metAt: Date | null;
  metSeq: number | null;
  toldAt: Date | null;
}
export interface EventRow {
  id: string;
  kind: Incident['events'][number]['kind'];
  text: string;
  payload: { told?: string[] };
  actorName: string;
  at: Date;
}

/** `突发〔2021〕3号`, counted by each unit for itself. */
export const incidentNo = ({ year, serial }: Pick<IncidentRow, 'year' | 'serial'>): string =>
  `突发〔${year}〕${serial}号`;

/** Of the caller's own units, or of a project that the caller may see. */
function incidentWithinReach(scope: Scope, permission: string): RawBuilder<SqlBool> {
  const reach = scope.reach(permission);
  if (reach.all) return sql`true`;
  return sql`(i.unit_id = any(${[...reach.unitIds]}::uuid[]) or (i.project_id is not null and ${withinReach(scope, permission, 'p')}))`;
}

const columns = sql`i.id, i.unit_id, u.name as unit_name, i.project_id, p.name as project_name, i.year, i.serial, i.class, i.title, i.place, i.signs,
  i.happened_at, i.learned_at, i.learned_from, i.level, i.treated_as, i.treated_basis, i.rules_version, i.version, i.closed_at, i.entered_at,
  i.entered_by_name, i.demo`;
const tables = sql`duties.incident i
  join organization.pub_unit u on u.city_id = i.city_id and u.id = i.unit_id
  left join projects.pub_project p on p.city_id = i.city_id and p.id = i.project_id`;

export async function listIncidents(
  scope: Scope,
  {
    state,
    kind,
    limit = 200,
  }: { state?: 'open' | 'closed' | undefined; kind?: IncidentClass | undefined; limit?: number },
): Promise<IncidentRow[]> {
  const wanted =
    state === 'open' ? sql`and i.closed_at is null` : state === 'closed' ? sql`and i.closed_at is not null` : sql``;
  const { rows } = await sql<IncidentRow>`select ${columns} from ${tables}
    where i.city_id = ${scope.cityId} and ${incidentWithinReach(scope, 'duties.read')} ${wanted}
      ${kind === undefined ? sql`` : sql`and i.class = ${kind}`}
    order by i.closed_at is not null, i.learned_at desc, i.id limit ${limit}`.execute(scope.db);
  return rows;
}

export async function findIncident(scope: Scope, id: string, permission: string): Promise<IncidentRow | undefined> {
  const { rows } = await sql<IncidentRow>`select ${columns} from ${tables}
    where i.city_id = ${scope.cityId} and i.id = ${id} and ${incidentWithinReach(scope, permission)}`.execute(scope.db);
  return rows[0];
}

/** Two reports of one incident follow each other, never cross. */
export async function lockIncident(scope: Scope, id: string, permission: string): Promise<IncidentRow | undefined> {
  await sql`select 1 from duties.incident where city_id = ${scope.cityId} and id = ${id} for update`.execute(scope.db);
  return findIncident(scope, id, permission);
}

/** Open incidents of a unit, in short, for a hand-over. */
export async function openIncidents(scope: Scope, unitId: string): Promise<HandedIncident[]> {
  const { rows } = await sql<Omit<HandedIncident, 'no'> & Pick<IncidentRow, 'year' | 'serial'>>`
    select i.id, i.year, i.serial, i.title, i.level,
      (select count(*)::integer from duties.report r where r.city_id = i.city_id and r.incident_id = i.id) as reports
    from duties.incident i where i.city_id = ${scope.cityId} and i.unit_id = ${unitId} and i.closed_at is null
    order by i.learned_at desc`.execute(scope.db);
  return rows.map(({ year, serial, ...row }) => ({ ...row, no: incidentNo({ year, serial }) }));
}

export type NewIncident = Omit<IncidentRow, 'unitName' | 'projectName' | 'serial' | 'version' | 'closedAt'>;

export async function insertIncident(scope: Scope, i: NewIncident): Promise<void> {
  // Numbers of a unit are given one after another: the year's row count is read under a lock of the unit's own.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`duties ${i.unitId} ${i.year}`}, 0))`.execute(scope.db);
  await sql`insert into duties.incident (city_id, id, unit_id, project_id, year, serial, class, title, place, signs, happened_at, learned_at,
      learned_from, level, treated_as, treated_basis, rules_version, entered_at, entered_by_name, demo)
    select ${scope.cityId}::uuid, ${i.id}::uuid, ${i.unitId}::uuid, ${i.projectId}::uuid, ${i.year}::integer, coalesce(max(serial), 0) + 1,
      ${i.class}::text, ${i.title}::text, ${i.place}::text, ${[...i.signs]}::text[], ${i.happenedAt}::timestamptz, ${i.learnedAt}::timestamptz,
      ${i.learnedFrom}::text, ${i.level}::text, ${i.treatedAs}::text, ${i.treatedBasis}::text, ${i.rulesVersion}::integer,
      ${i.enteredAt}::timestamptz, ${i.enteredByName}::text, ${i.demo}::boolean
    from duties.incident where city_id = ${scope.cityId} and unit_id = ${i.unitId} and year = ${i.year}`.execute(
    scope.db,
  );
}

export async function setLevelOf(
  scope: Scope,
  id: string,
  { level, treatedAs, treatedBasis }: Pick<IncidentRow, 'level' | 'treatedAs' | 'treatedBasis'>,
): Promise<void> {
  await sql`update duties.incident set level = ${level}, treated_as = ${treatedAs}, treated_basis = ${treatedBasis}, version = version + 1
    where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
}

export async function setClosed(scope: Scope, id: string, at: Date): Promise<void> {
  await sql`update duties.incident set closed_at = ${at}, version = version + 1 where city_id = ${scope.cityId} and id = ${id}`.execute(
    scope.db,
  );
}

export async function listReports(scope: Scope, incidentIds: readonly string[]): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select incident_id, seq, kind, level, at, text, elements, late_minutes, told, outside, actor_name, entered_at from duties.report
    where city_id = ${scope.cityId} and incident_id = any(${[...incidentIds]}::uuid[]) order by incident_id, seq`.execute(
    scope.db,
  );
  return rows;
}

export async function insertReport(scope: Scope, r: ReportRow): Promise<void> {
  await sql`insert into duties.report (city_id, id, incident_id, seq, kind, level, at, text, elements, late_minutes, told, outside, actor_id, actor_name, entered_at)
    values (${scope.cityId}, ${newId()}, ${r.incidentId}, ${r.seq}, ${r.kind}, ${r.level}, ${r.at}, ${r.text}, ${JSON.stringify(r.elements)}::jsonb,
      ${r.lateMinutes}, ${JSON.stringify(r.told)}::jsonb, ${JSON.stringify(r.outside)}::jsonb, ${scope.actor.id}, ${r.actorName}, ${r.enteredAt})`.execute(
    scope.db,
  );
}

export async function listClocks(scope: Scope, incidentIds: readonly string[]): Promise<ClockRow[]> {
  const { rows } = await sql<ClockRow>`
    select incident_id, code, report, name, basis, minutes, due_at, met_at, met_seq, told_at from duties.clock
    where city_id = ${scope.cityId} and incident_id = any(${[...incidentIds]}::uuid[]) order by incident_id, due_at, code`.execute(
    scope.db,
  );
  return rows;
}

export type NewClock = Omit<ClockRow, 'metAt' | 'metSeq' | 'toldAt'>;

export async function insertClocks(scope: Scope, clocks: readonly NewClock[]): Promise<void> {
  for (const c of clocks)
    await sql`insert into duties.clock (city_id, incident_id, code, report, name, basis, minutes, due_at)
      values (${scope.cityId}, ${c.incidentId}, ${c.code}, ${c.report}, ${JSON.stringify(c.name)}::jsonb, ${c.basis}, ${c.minutes}, ${c.dueAt})`.execute(
      scope.db,
    );
}

export async function setClock(
  scope: Scope,
  incidentId: string,
  code: string,
  change: { dueAt: Date; minutes: number; basis: string } | { metAt: Date; metSeq: number },
): Promise<void> {
  await ('dueAt' in change
    ? sql`update duties.clock set due_at = ${change.dueAt}, minutes = ${change.minutes}, basis = ${change.basis}
        where city_id = ${scope.cityId} and incident_id = ${incidentId} and code = ${code} and met_at is null`.execute(
        scope.db,
      )
    : sql`update duties.clock set met_at = ${change.metAt}, met_seq = ${change.metSeq}
        where city_id = ${scope.cityId} and incident_id = ${incidentId} and code = ${code} and met_at is null`.execute(
        scope.db,
      ));
}

/** Clocks that have passed unmet and of which nobody was told yet. Marked as told in the same transaction. */
export async function takeLateClocks(scope: Scope): Promise<ClockRow[]> {
  const { rows } = await sql<ClockRow>`
    update duties.clock set told_at = ${scope.now}
    where city_id = ${scope.cityId} and met_at is null and told_at is null and due_at < ${scope.now}
    returning incident_id, code, report, name, basis, minutes, due_at, met_at, met_seq, told_at`.execute(scope.db);
  return rows;
}

export async function listEvents(scope: Scope, incidentId: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`select id, kind, text, payload, actor_name, at from duties.incident_event
    where city_id = ${scope.cityId} and incident_id = ${incidentId} order by at, id`.execute(scope.db);
  return rows;
}

export async function insertEvent(
  scope: Scope,
  incidentId: string,
  event: { kind: EventRow['kind']; text: string; payload?: EventRow['payload']; actorName?: string; at?: Date },
): Promise<void> {
  await sql`insert into duties.incident_event (city_id, id, incident_id, kind, text, payload, actor_id, actor_name, at)
    values (${scope.cityId}, ${newId()}, ${incidentId}, ${event.kind}, ${event.text}, ${JSON.stringify(event.payload ?? {})}::jsonb,
      ${scope.actor.id}, ${event.actorName ?? scope.actor.name}, ${event.at ?? scope.now})`.execute(scope.db);
}
