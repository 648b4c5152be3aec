import type { Scope } from '#core/server/scope.ts';
import type { Words } from '#core/shared/words.ts';
import { findProject } from '#modules/projects/server/public.ts';
import type { Clock, Incident, IncidentHead, Report } from '../incident-contract.ts';
import { clockState, lateMinutes, nextReports, type ReportKind, routeFor } from '../report-clock.ts';
import { followUpsOf } from './follow-ups.ts';
import {
  type ClockRow,
  type IncidentRow,
  incidentNo,
  listClocks,
  listEvents,
  listReports,
  type ReportRow,
} from './incident-store.ts';
import { reachesUnit } from './reach.ts';
import { recipientsOf } from './recipients.ts';
import { rulesOf } from './rules-store.ts';

export const reportKindWords: Record<ReportKind, Words> = {
  phone: { zh: '电话报告', en: 'By phone' },
  first: { zh: '初报', en: 'First report' },
  continuing: { zh: '续报', en: 'Follow-up' },
  final: { zh: '终报', en: 'Final report' },
};

const numberOf = (all: readonly { kind: ReportKind; seq: number }[], report: { kind: ReportKind; seq: number }) =>
  report.kind === 'continuing' ? all.filter((r) => r.kind === 'continuing' && r.seq <= report.seq).length : null;

/** 初报, 续报二 …, as titles of notices have it. */
export function reportName(all: readonly ReportRow[], report: ReportRow): Words {
  const number = numberOf(all, report);
  const { zh, en } = reportKindWords[report.kind];
  return number === null ? { zh, en } : { zh: `${zh}${number}`, en: `${en} ${number}` };
}

const presentClock = (clock: ClockRow, now: Date): Clock => ({
  code: clock.code,
  report: clock.report,
  name: clock.name,
  basis: clock.basis,
  minutes: clock.minutes,
  dueAt: clock.dueAt.toISOString(),
  metAt: clock.metAt?.toISOString() ?? null,
  lateMinutes: clock.metAt === null ? 0 : lateMinutes(clock.dueAt, clock.metAt),
  state: clockState(clock, now),
});

function headOf(incident: IncidentRow, clocks: readonly Clock[], reports: number): IncidentHead {
  const open = clocks.filter((clock) => clock.metAt === null && incident.closedAt === null);
  const next = open.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))[0] ?? null;
  return {
    id: incident.id,
    no: incidentNo(incident),
    class: incident.class,
    title: incident.title,
    place: incident.place,
    level: incident.level,
    treatedAs: incident.treatedAs,
    unitName: incident.unitName,
    projectName: incident.projectName,
    learnedAt: incident.learnedAt.toISOString(),
    closedAt: incident.closedAt?.toISOString() ?? null,
    reports,
    next,
    lateMinutes: clocks.filter((clock) => clock.metAt !== null).reduce((sum, clock) => sum + clock.lateMinutes, 0),
    state:
      incident.closedAt !== null
        ? 'closed'
        : next?.state === 'late'
          ? 'late'
          : next?.state === 'near'
            ? 'near'
            : 'open',
    demo: incident.demo,
  };
}

export async function presentHeads(scope: Scope, incidents: readonly IncidentRow[]): Promise<IncidentHead[]> {
  const ids = incidents.map((incident) => incident.id);
  const clocks = Map.groupBy(await listClocks(scope, ids), (clock) => clock.incidentId);
  const reports = Map.groupBy(await listReports(scope, ids), (report) => report.incidentId);
  return incidents.map((incident) =>
    headOf(
      incident,
      (clocks.get(incident.id) ?? []).map((clock) => presentClock(clock, scope.now)),
      reports.get(incident.id)?.length ?? 0,
    ),
  );
}

export async function presentIncident(scope: Scope, incident: IncidentRow): Promise<Incident> {
  const reports = await listReports(scope, [incident.id]);
  const clocks = (await listClocks(scope, [incident.id])).map((clock) => presentClock(clock, scope.now));
  const rules = await rulesOf(scope, incident);
  const route = routeFor(rules, incident.treatedAs);
  const isOpen = incident.closedAt === null;
  const mayReport = await mayAct(scope, incident, 'duties.report');
  const allowed: Incident['allowed'] = [];
  if (mayReport && isOpen) allowed.push('report', 'setLevel');
  if (mayReport) allowed.push('raiseMatter');
  if (isOpen && (await mayAct(scope, incident, 'duties.instruct'))) allowed.push('instruct');
  return {
    ...headOf(incident, clocks, reports.length),
    version: incident.version,
    unitId: incident.unitId,
    projectId: incident.projectId,
    signs: incident.signs,
    happenedAt: incident.happenedAt?.toISOString() ?? null,
    learnedFrom: incident.learnedFrom,
    treatedBasis: incident.treatedBasis,
    enteredAt: incident.enteredAt.toISOString(),
    enteredByName: incident.enteredByName,
    madeAt: scope.now.toISOString(),
    clocks,
    timeline: reports.map(
      ({ incidentId: _, at, enteredAt, ...report }): Report => ({
        ...report,
        number: numberOf(reports, report),
        at: at.toISOString(),
        enteredAt: enteredAt.toISOString(),
      }),
    ),
    events: (await listEvents(scope, incident.id)).map(({ payload, at, ...event }) => ({
      ...event,
      told: payload.told ?? [],
      at: at.toISOString(),
    })),
    matters: await followUpsOf(scope, incident.id),
    route: {
      people: (await recipientsOf(scope, incident.unitId, route)).map((one) => one.label),
      outside: route.outside,
    },
    nextReports: isOpen ? nextReports(reports.map((report) => report.kind)) : [],
    allowed,
  };
}

async function mayAct(scope: Scope, incident: IncidentRow, permission: string): Promise<boolean> {
  if (reachesUnit(scope, permission, incident.unitId)) return true;
  if (incident.projectId === null || !scope.can(permission)) return false;

  return (await findProject(scope, incident.projectId, permission)) !== undefined;
}
