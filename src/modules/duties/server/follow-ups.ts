import { audited } from '#core/server/audit.ts';
import { notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { listMattersByOrigin, raiseMatters } from '#modules/ledger/server/public.ts';
import { findHeadquarters } from '#modules/organization/server/public.ts';
import type { duties } from '../contract.ts';
import type { Incident } from '../incident-contract.ts';
import { findIncident, type IncidentRow, incidentNo, insertEvent, lockIncident } from './incident-store.ts';
import { getUnit } from './reach.ts';

/** Matters of the ledger that came out of an incident: those that the caller may see there. */
export async function followUpsOf(scope: Scope, incidentId: string): Promise<Incident['matters']> {
  const rows = await listMattersByOrigin(scope, 'duties', [incidentId]);
  return rows.map(({ id, no, title, kind, state, light, leadUnitName, dueCurrent }) => ({
    id,
    no,
    title,
    kind,
    state,
    light,
    leadUnitName,
    dueOn: dueCurrent,
  }));
}

type FollowUpInput = ParsedOf<(typeof duties)['endpoints']['raiseMatter']>;

/** Puts the follow-up into the ledger and its number into the incident. Returns the number. */
export async function issueFollowUp(
  scope: Scope,
  incident: IncidentRow,
  { kind, title, body, leadUnitId, dueOn }: Omit<FollowUpInput, 'id'>,
): Promise<string> {
  // The unit that reported verifies it, unless it is to do it itself: then the headquarters does.
  const verifier = leadUnitId === incident.unitId ? (await findHeadquarters(scope))?.id : incident.unitId;
  const [matter] = await raiseMatters(
    scope,
    [
      {
        kind,
        title,
        body,
        category: 'safety',
        urgency: 'urgent',
        source: { kind: 'duty', title: incident.title, ref: incidentNo(incident), on: scope.today },
        projectId: incident.projectId,
        leadUnitId,
        raiserUnitId: incident.unitId,
        verifierUnitId: verifier && verifier !== leadUnitId ? verifier : null,
        dueOn: dueOn ?? null,
        origin: { module: 'duties', id: incident.id },
        demo: incident.demo,
      },
    ],
    { issue: true },
  );
  await insertEvent(scope, incident.id, { kind: 'matterRaised', text: `${matter!.no} ${title}` });
  return matter!.no;
}

/** Assigns a follow-up, issued at once; also after the final report, for what is mended takes longer than what is reported. */
export async function raiseMatter(scope: Scope, { id, ...input }: FollowUpInput): Promise<void> {
  const incident = await lockIncident(scope, id, 'duties.report');
  if (!incident) throw notFound({ zh: '突发事件', en: 'incident' });
  const unit = await getUnit(scope, input.leadUnitId, 'duties.report');
  const no = await issueFollowUp(scope, incident, { ...input, leadUnitId: unit.id });
  audited(scope, { subject: 'duties.incident', id, after: { matter: no, leadUnitId: unit.id } });
  await emit(scope, {
    topic: 'duties.matterRaised',
    projectId: incident.projectId,
    unitIds: [incident.unitId],
    data: { incidentId: id, no },
  });
}

export const getIncident = async (scope: Scope, id: string) => {
  const incident = await findIncident(scope, id, 'duties.read');
  if (!incident) throw notFound({ zh: '突发事件', en: 'incident' });
  return incident;
};
