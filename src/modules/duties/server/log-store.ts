import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { newId } from '#core/shared/id.ts';
import type { duties, LogEntry } from '../contract.ts';
import { findIncident } from './incident-store.ts';
import { getUnit } from './reach.ts';

interface LogRow {
  id: string;
  unitId: string;
  at: Date;
  source: LogEntry['source'];
  fromWhom: string;
  content: string;
  told: LogEntry['told'];
  aboutId: string | null;
  incidentId: string | null;
  incidentTitle: string | null;
  actorName: string;
  enteredAt: Date;
  demo: boolean;
}

export async function listLog(
  scope: Scope,
  { unitId, before, id, limit }: { unitId: string; before?: string | undefined; id?: string; limit: number },
): Promise<LogEntry[]> {
  const { rows } = await sql<LogRow>`
    select l.id, l.unit_id, l.at, l.source, l.from_whom, l.content, l.told, l.about_id, l.incident_id, i.title as incident_title,
      l.actor_name, l.entered_at, l.demo
    from duties.log_entry l left join duties.incident i on i.city_id = l.city_id and i.id = l.incident_id
    where l.city_id = ${scope.cityId} and l.unit_id = ${unitId} ${id === undefined ? sql`` : sql`and l.id = ${id}`}
      ${before === undefined ? sql`` : sql`and l.at < ${before}::timestamptz`}
    order by l.at desc, l.id desc limit ${limit}`.execute(scope.db);
  return rows.map(({ at, enteredAt, incidentId, incidentTitle, ...row }) => ({
    ...row,
    at: at.toISOString(),
    enteredAt: enteredAt.toISOString(),
    incident: incidentId === null ? null : { id: incidentId, title: incidentTitle ?? '' },
  }));
}

export interface NewLogEntry {
  unitId: string;
  at: Date;
  source: LogEntry['source'];
  fromWhom: string;
  content: string;
  told?: LogEntry['told'];
  aboutId?: string | undefined;
  incidentId?: string | undefined;
  actorName?: string;
  enteredAt?: Date;
  demo?: boolean;
}

/** Adds an entry; there is no way to change one. Returns its id. */
export async function insertLog(scope: Scope, e: NewLogEntry): Promise<string> {
  const id = newId();
  await sql`insert into duties.log_entry (city_id, id, unit_id, at, source, from_whom, content, told, about_id, incident_id, actor_id, actor_name, entered_at, demo)
    values (${scope.cityId}, ${id}, ${e.unitId}, ${e.at}, ${e.source}, ${e.fromWhom}, ${e.content}, ${JSON.stringify(e.told ?? [])}::jsonb,
      ${e.aboutId ?? null}, ${e.incidentId ?? null}, ${scope.actor.id}, ${e.actorName ?? scope.actor.name}, ${e.enteredAt ?? scope.now}, ${e.demo ?? false})`.execute(
    scope.db,
  );
  return id;
}

export async function addLog(
  scope: Scope,
  { at, ...input }: ParsedOf<(typeof duties)['endpoints']['addLog']>,
): Promise<LogEntry> {
  await getUnit(scope, input.unitId, 'duties.log');
  const moment = new Date(at);
  // A minute of grace for clocks that differ; nobody logs what has not happened.
  if (moment.getTime() > scope.now.getTime() + 60_000)
    throw invalid('future', { zh: '时间不能晚于现在', en: 'The time lies in the future' }, 'at');
  if (input.aboutId !== undefined) {
    const [about] = await listLog(scope, { unitId: input.unitId, id: input.aboutId, limit: 1 });
    if (!about) throw notFound({ zh: '日志', en: 'entry of the log' });
  }
  if (input.incidentId !== undefined && !(await findIncident(scope, input.incidentId, 'duties.read')))
    throw notFound({ zh: '突发事件', en: 'incident' });
  const id = await insertLog(scope, { ...input, at: moment });
  audited(scope, { subject: 'duties.log', id, after: { ...input, at } });
  await emit(scope, { topic: 'duties.logged', unitIds: [input.unitId], data: {} });
  return (await listLog(scope, { unitId: input.unitId, id, limit: 1 }))[0]!;
}
