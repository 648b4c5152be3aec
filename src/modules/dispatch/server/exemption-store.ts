import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { withinReach } from '#modules/projects/server/public.ts';

export interface ExemptionRow {
  id: string;
  projectId: string;
  projectName: string;
  ruleCode: string | null;
  reason: string;
  state: 'requested' | 'approved' | 'refused';
  /** Who decided; null while it is only asked for. */
  approver: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  fromDay: Day;
  untilDay: Day;
  endedOn: Day | null;
  endReason: string | null;
  /** Who asked for it. */
  actorId: string;
  actorName: string;
  at: Date;
}

const columns = sql`e.id, e.project_id, p.name as project_name, e.rule_code, e.reason, e.state, e.approver, e.decided_at, e.decision_note,
  e.from_day, e.until_day, e.ended_on, e.end_reason, e.actor_id, e.actor_name, e.at`;

/**
 * Newest first, within the caller's reach; of one project, or those in force whose last day lies between two days and that
 * have not been ended.
 */
export async function listExemptions(
  scope: Scope,
  projectId?: string,
  ending?: { endingFrom: Day; endingTo: Day },
): Promise<ExemptionRow[]> {
  const { rows } = await sql<ExemptionRow>`select ${columns} from dispatch.exemption e
    join projects.pub_project p on p.city_id = e.city_id and p.id = e.project_id
    where e.city_id = ${scope.cityId} and ${withinReach(scope, 'dispatch.read')}
      ${projectId === undefined ? sql`` : sql`and e.project_id = ${projectId}`}
      ${ending ? sql`and e.state = 'approved' and e.ended_on is null and e.until_day between ${ending.endingFrom}::date and ${ending.endingTo}::date` : sql``}
    order by e.at desc, e.id desc limit 1000`.execute(scope.db);
  return rows;
}

/** One that the caller reaches under `permission`, locked for what follows; undefined when there is none. */
export async function lockExemption(scope: Scope, id: string, permission: string): Promise<ExemptionRow | undefined> {
  const { rows } = await sql<ExemptionRow>`select ${columns} from dispatch.exemption e
    join projects.pub_project p on p.city_id = e.city_id and p.id = e.project_id
    where e.city_id = ${scope.cityId} and e.id = ${id} and ${withinReach(scope, permission)} for update of e`.execute(
    scope.db,
  );
  return rows[0];
}

/** Asked for by the caller; it excuses nothing until somebody else approves. */
export async function insertExemption(
  scope: Scope,
  row: Pick<ExemptionRow, 'projectId' | 'ruleCode' | 'reason' | 'fromDay' | 'untilDay'>,
): Promise<string> {
  const id = newId();
  await sql`insert into dispatch.exemption (city_id, id, project_id, rule_code, reason, state, from_day, until_day, actor_id, actor_name, at)
    values (${scope.cityId}, ${id}, ${row.projectId}, ${row.ruleCode}, ${row.reason}, 'requested', ${row.fromDay}, ${row.untilDay},
      ${scope.actor.id}, ${scope.actor.name}, ${scope.now})`.execute(scope.db);
  return id;
}

export async function setDecision(
  scope: Scope,
  id: string,
  { state, note }: { state: 'approved' | 'refused'; note: string | null },
): Promise<void> {
  await sql`update dispatch.exemption set state = ${state}, approver = ${scope.actor.name}, decided_by = ${scope.actor.id},
      decided_at = ${scope.now}, decision_note = ${note}
    where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
}

/** Ends it from today on. False when it is missing, out of reach, not in force, already ended or already over. */
export async function endExemption(scope: Scope, id: string, reason: string): Promise<boolean> {
  const { rows } = await sql`update dispatch.exemption e set ended_on = ${scope.today}, end_reason = ${reason}
    from projects.pub_project p
    where p.city_id = e.city_id and p.id = e.project_id and e.city_id = ${scope.cityId} and e.id = ${id} and e.state = 'approved'
      and e.ended_on is null and e.until_day >= ${scope.today} and ${withinReach(scope, 'dispatch.approveExemption')}
    returning e.id`.execute(scope.db);
  return rows.length === 1;
}

/** As it was asked for and decided somewhere else, or earlier; days and moments as given. */
export type ExemptionToInsert = Pick<
  ExemptionRow,
  | 'projectId'
  | 'ruleCode'
  | 'reason'
  | 'state'
  | 'approver'
  | 'decisionNote'
  | 'fromDay'
  | 'untilDay'
  | 'actorName'
  | 'at'
>;

export async function insertExemptions(scope: Scope, rows: readonly ExemptionToInsert[]): Promise<void> {
  for (const row of rows)
    await sql`insert into dispatch.exemption (city_id, id, project_id, rule_code, reason, state, approver, decided_by, decided_at, decision_note,
        from_day, until_day, actor_id, actor_name, at)
      values (${scope.cityId}, ${newId()}, ${row.projectId}, ${row.ruleCode}, ${row.reason}, ${row.state}, ${row.approver}, ${row.approver},
        ${row.approver === null ? null : row.at}, ${row.decisionNote}, ${row.fromDay}, ${row.untilDay}, ${`loaded by ${scope.actor.id}`},
        ${row.actorName}, ${row.at})`.execute(scope.db);
}
