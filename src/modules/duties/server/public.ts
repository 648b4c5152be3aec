import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Member } from '../contract.ts';
import type { Level, ToldLevel } from '../incident-rules.ts';
import type { Relief } from '../relief.ts';
import type { ReportKind } from '../report-clock.ts';
import { issueFollowUp } from './follow-ups.ts';
import { type HandoverRow, insertHandover as putHandover } from './handover-store.ts';
import { openNow, reliefsOf } from './handovers.ts';
import { findIncident, insertEvent } from './incident-store.ts';
import { addReport, changeLevel, type IncidentToOpen, openIncident } from './incidents.ts';
import { insertLog, type NewLogEntry } from './log-store.ts';
import { findRoster, listMembers, removeTurns, setMember } from './roster-store.ts';
import { makeRoster, publishRoster, type RosterToMake } from './rosters.ts';

/** For set-up, imports and the demonstration: nothing here checks the caller's permission or reach. */

export type { RosterToMake } from './rosters.ts';

export interface MemberToInsert {
  unitId: string;
  name: string;
  title?: string | null;
  phone?: string | null;
  posts: Member['posts'];
  personId?: string | null;
}

/** Adds people to the lists of units, in the given order. Returns their ids. */
export async function insertMembers(scope: Scope, members: readonly MemberToInsert[]): Promise<string[]> {
  const ids: string[] = [];
  for (const member of members) {
    const id = newId();
    const position = (await listMembers(scope, member.unitId)).length + 1;
    await setMember(scope, { title: null, phone: null, personId: null, ...member, id, position, isActive: true });
    ids.push(id);
  }
  return ids;
}

/** Makes a roster by rotation and publishes it. @throws 422 `roster_faulty`, 422 `CALENDAR_NOT_PUBLISHED`, 409 `period_taken`. */
export async function insertRoster(scope: Scope, wanted: RosterToMake & { isDraft?: boolean }): Promise<string> {
  const roster = await makeRoster(scope, wanted);
  if (!wanted.isDraft) await publishRoster(scope, (await findRoster(scope, roster.id, 'duties.roster'))!, '发布');
  return roster.id;
}

/** Takes a day's turns out of a draft: what a planner sees who has forgotten one. */
export const clearTurns = (scope: Scope, rosterId: string, day: Date): Promise<void> =>
  removeTurns(scope, rosterId, day, new Date(day.getTime() + 86_400_000));

/** The moments between two others at which one duty officer of the unit relieves another, latest first. */
export const listReliefs = (scope: Scope, unitId: string, from: Date, to: Date): Promise<Relief[]> =>
  reliefsOf(scope, unitId, from, to);

export interface HandoverToInsert {
  unitId: string;
  at: Date;
  outgoing: Pick<Member, 'id' | 'name'>;
  incoming: Pick<Member, 'id' | 'name'>;
  notes: string;
  writtenAt: Date;
  /** Left out: nobody has signed. */
  signed?: { at: Date; note?: string };
  demo?: boolean;
}

/** Puts down a hand-over as it was written elsewhere. A moment of the unit that has one keeps it. */
export async function insertHandover(scope: Scope, h: HandoverToInsert): Promise<void> {
  const row: HandoverRow = {
    id: newId(),
    unitId: h.unitId,
    at: h.at,
    outgoingId: h.outgoing.id,
    outgoingName: h.outgoing.name,
    incomingId: h.incoming.id,
    incomingName: h.incoming.name,
    ...(await openNow(scope, h.unitId)),
    notes: h.notes,
    writtenBy: scope.actor.id,
    writtenByName: h.outgoing.name,
    writtenAt: h.writtenAt,
    signedBy: h.signed ? h.incoming.id : null,
    signedByName: h.signed ? h.incoming.name : null,
    signedAt: h.signed?.at ?? null,
    signNote: h.signed?.note ?? null,
    demo: h.demo ?? false,
  };
  await putHandover(scope, row);
}

export async function insertLogEntries(scope: Scope, entries: readonly NewLogEntry[]): Promise<void> {
  for (const entry of entries) await insertLog(scope, entry);
}

export type IncidentStep =
  | {
      report: ReportKind;
      at: Date;
      enteredAt?: Date;
      text: string;
      actorName: string;
      nextBy?: Date;
      outside?: string[];
    }
  | { level: Level; at: Date; reason: string; actorName: string };

/**
 * An incident with what was reported and changed since, in order, as it happened: clocks are met or late by the moments
 * given. Nobody is told of what lies in the past except by the change of a level. Returns its id.
 */
export async function insertIncident(
  scope: Scope,
  incident: IncidentToOpen & { level: ToldLevel },
  steps: readonly IncidentStep[],
): Promise<string> {
  const id = await openIncident(scope, incident);
  const by = incident.enteredByName ?? scope.actor.name;
  await insertEvent(scope, id, {
    kind: 'raised',
    text: incident.learnedFrom,
    actorName: by,
    at: incident.enteredAt ?? scope.now,
  });
  for (const step of steps) {
    const now = (await findIncident(scope, id, 'duties.read'))!;
    if ('level' in step) await changeLevel(scope, now, step.level, step.reason, step);
    else
      await addReport(scope, now, {
        id,
        kind: step.report,
        at: step.at,
        enteredAt: step.enteredAt ?? step.at,
        text: step.text,
        elements: {},
        outside: step.outside ?? [],
        nextBy: step.nextBy ?? null,
        actorName: step.actorName,
      });
  }
  return id;
}

/** Assigns a follow-up of an incident as a matter of the ledger. @throws 422 `leader_missing` when nobody leads the unit. */
export async function raiseFollowUp(
  scope: Scope,
  incidentId: string,
  matter: { kind: 'problem' | 'task'; title: string; leadUnitId: string; dueOn: string },
): Promise<void> {
  const incident = (await findIncident(scope, incidentId, 'duties.read'))!;
  await issueFollowUp(scope, incident, { body: '', ...matter });
}
