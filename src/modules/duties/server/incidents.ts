import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { shanghaiDay, yearOf } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { type NewNotice, notify } from '#modules/notices/server/public.ts';
import { getProject } from '#modules/projects/server/public.ts';
import type { duties } from '../contract.ts';
import type { Incident } from '../incident-contract.ts';
import { levelWords } from '../incident-rules.ts';
import {
  clockRulesFor,
  clocksAfterChange,
  isMetBy,
  lateMinutes,
  nextReports,
  routeFor,
  startClocks,
  treatedLevel,
} from '../report-clock.ts';
import { presentIncident, reportName } from './incident-present.ts';
import {
  findIncident,
  type IncidentRow,
  incidentNo,
  insertClocks,
  insertEvent,
  insertIncident,
  insertReport,
  listClocks,
  listReports,
  lockIncident,
  type NewClock,
  setClock,
  setClosed,
  setLevelOf,
  takeLateClocks,
} from './incident-store.ts';
import { getUnit } from './reach.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { getRules, rulesOf } from './rules-store.ts';

type Input<K extends keyof (typeof duties)['endpoints']> = ParsedOf<(typeof duties)['endpoints'][K]>;

/** Clocks of browsers and servers differ by seconds. */
const grace = 60_000;

async function mustFind(scope: Scope, id: string, permission: string): Promise<IncidentRow> {
  const incident = await lockIncident(scope, id, permission);
  if (!incident) throw notFound({ zh: '突发事件', en: 'incident' });
  if (incident.closedAt !== null)
    throw conflict('incident_closed', {
      zh: '已作终报，事件已结束，不能再报',
      en: 'The final report is in: nothing is added any more',
    });
  return incident;
}

async function tell(
  scope: Scope,
  incident: IncidentRow,
  to: readonly Recipient[],
  key: string,
  title: Words,
  body: string,
): Promise<void> {
  const accounts = new Set(to.flatMap((one) => one.accountIds));
  accounts.delete(scope.actor.id);
  await notify(
    scope,
    [...accounts].map(
      (accountId): NewNotice => ({
        accountId,
        key: `incident ${incident.id} ${key}`,
        kind: 'duty',
        title,
        body: { zh: body, en: body },
        link: `/incidents/${incident.id}`,
        isUrgent: true,
        projectId: incident.projectId,
      }),
    ),
  );
}

const announce = (scope: Scope, incident: IncidentRow, what: string): Promise<void> =>
  emit(scope, {
    topic: `duties.${what}`,
    projectId: incident.projectId,
    unitIds: [incident.unitId],
    data: { incidentId: incident.id, title: incident.title },
  });

export async function raise(scope: Scope, input: Input<'raise'>): Promise<Incident> {
  await getUnit(scope, input.unitId, 'duties.report');
  const project = input.projectId ? await getProject(scope, input.projectId, 'duties.report') : undefined;
  const learnedAt = new Date(input.learnedAt);
  const happenedAt = input.happenedAt ? new Date(input.happenedAt) : null;
  if (learnedAt.getTime() > scope.now.getTime() + grace)
    throw invalid('future', { zh: '得知时间不能晚于现在', en: 'It cannot be learned of later than now' }, 'learnedAt');
  if (happenedAt && happenedAt > learnedAt)
    throw invalid(
      'order',
      { zh: '发生时间不能晚于得知时间', en: 'It happened before it was learned of' },
      'happenedAt',
    );
  const id = await openIncident(scope, { ...input, projectId: project?.id ?? null, learnedAt, happenedAt });
  const incident = (await findIncident(scope, id, 'duties.report'))!;
  const to = await recipientsOf(scope, incident.unitId, routeFor(await rulesOf(scope, incident), incident.treatedAs));
  await insertEvent(scope, id, { kind: 'raised', text: input.learnedFrom, payload: { told: to.map((r) => r.label) } });
  await tell(scope, incident, to, 'raised', aboutIt(incident, { zh: '突发事件', en: 'Incident' }), incident.place);
  audited(scope, { subject: 'duties.incident', id, after: input });
  await announce(scope, incident, 'raised');
  return presentIncident(scope, incident);
}

const aboutIt = (incident: IncidentRow, what: Words): Words => ({
  zh: `【${levelWords[incident.level].zh}】${what.zh}：${incident.title}`,
  en: `[${levelWords[incident.level].en}] ${what.en}: ${incident.title}`,
});

export interface IncidentToOpen {
  unitId: string;
  projectId: string | null;
  class: IncidentRow['class'];
  level: IncidentRow['level'];
  signs: IncidentRow['signs'];
  title: string;
  place: string;
  happenedAt: Date | null;
  learnedAt: Date;
  learnedFrom: string;
  enteredAt?: Date;
  enteredByName?: string;
  demo?: boolean;
}

/** Puts down the incident and starts its clocks, from the moment it was learned of. Returns its id. */
export async function openIncident(scope: Scope, wanted: IncidentToOpen): Promise<string> {
  const { version, rules } = await getRules(scope);
  const treated = treatedLevel(wanted.level, wanted.class, wanted.signs, rules.doubts);
  const id = newId();
  await insertIncident(scope, {
    ...wanted,
    id,
    year: yearOf(shanghaiDay(wanted.learnedAt)),
    treatedAs: treated.level,
    treatedBasis: treated.basis,
    rulesVersion: version,
    enteredAt: wanted.enteredAt ?? scope.now,
    enteredByName: wanted.enteredByName ?? scope.actor.name,
    demo: wanted.demo ?? false,
  });
  await insertClocks(
    scope,
    startClocks(clockRulesFor(rules, wanted.class, treated.level), wanted.learnedAt).map((c) => clockOf(id, c)),
  );
  return id;
}

const clockOf = (incidentId: string, { rule, dueAt }: ReturnType<typeof startClocks>[number]): NewClock => ({
  incidentId,
  code: rule.code,
  report: rule.report,
  name: rule.name,
  basis: rule.basis,
  minutes: rule.minutes,
  dueAt,
});

export type ReportToMake = Omit<Input<'report'>, 'at' | 'nextBy'> & {
  at: Date;
  nextBy: Date | null;
  actorName?: string;
  enteredAt?: Date;
};

/** Adds a report to the chain and stops the clocks it meets. Returns who is told. The incident is locked by the caller. */
export async function addReport(scope: Scope, incident: IncidentRow, wanted: ReportToMake): Promise<Recipient[]> {
  const made = await listReports(scope, [incident.id]);
  if (!nextReports(made.map((r) => r.kind)).includes(wanted.kind))
    throw conflict('report_order', {
      zh: '报告次序不对：先初报，再续报，最后终报；初报只有一份',
      en: 'Out of order: first report, follow-ups, then the final one; there is one first report',
    });
  const last = made.at(-1);
  if (wanted.at < incident.learnedAt || (last && wanted.at < last.at))
    throw invalid(
      'order',
      {
        zh: '报告时间不能早于得知时间和上一次报告',
        en: 'It cannot be before it was learned of, or before the last report',
      },
      'at',
    );
  if (wanted.kind === 'final' && incident.level === 'unknown')
    throw invalid(
      'level_open',
      { zh: '终报前请先确定事件级别', en: 'Judge the level before the final report' },
      'kind',
    );
  const seq = made.length + 1;
  const clocks = await listClocks(scope, [incident.id]);
  const met = clocks.filter((clock) => clock.metAt === null && isMetBy(clock, wanted.kind));
  for (const clock of met) await setClock(scope, incident.id, clock.code, { metAt: wanted.at, metSeq: seq });
  const rules = await rulesOf(scope, incident);
  const route = routeFor(rules, incident.treatedAs);
  const to = await recipientsOf(scope, incident.unitId, route);
  await insertReport(scope, {
    incidentId: incident.id,
    seq,
    kind: wanted.kind,
    level: incident.level,
    at: wanted.at,
    text: wanted.text,
    elements: wanted.elements,
    lateMinutes: Math.max(0, ...met.map((clock) => lateMinutes(clock.dueAt, wanted.at))),
    told: to.map((one) => one.label),
    outside: wanted.outside,
    actorName: wanted.actorName ?? scope.actor.name,
    enteredAt: wanted.enteredAt ?? scope.now,
  });
  if (wanted.nextBy)
    await insertClocks(scope, [
      {
        incidentId: incident.id,
        code: `next${seq}`,
        report: 'next',
        name: { zh: '下次报告', en: 'Next report' },
        basis: '报告人承诺的时间',
        minutes: null,
        dueAt: wanted.nextBy,
      },
    ]);
  if (wanted.kind === 'final') await setClosed(scope, incident.id, wanted.at);
  return to;
}

export async function report(scope: Scope, { at, nextBy, ...input }: Input<'report'>): Promise<Incident> {
  const incident = await mustFind(scope, input.id, 'duties.report');
  const moment = at ? new Date(at) : scope.now;
  const next = nextBy ? new Date(nextBy) : null;
  if (moment.getTime() > scope.now.getTime() + grace)
    throw invalid('future', { zh: '报告时间不能晚于现在', en: 'The report lies in the future' }, 'at');
  if (next && (next <= moment || input.kind === 'final'))
    throw invalid(
      'next_by',
      { zh: '下次报告时间应晚于本次报告', en: 'The next report comes after this one' },
      'nextBy',
    );
  const to = await addReport(scope, incident, { ...input, at: moment, nextBy: next });
  const made = await listReports(scope, [incident.id]);
  const mine = made.at(-1)!;
  await tell(
    scope,
    incident,
    to,
    `report ${mine.seq}`,
    aboutIt(incident, reportName(made, mine)),
    input.text.slice(0, 300),
  );
  audited(scope, { subject: 'duties.incident', id: incident.id, after: { ...input, at: moment } });
  await announce(scope, incident, 'reported');
  return presentIncident(scope, (await findIncident(scope, incident.id, 'duties.read'))!);
}

export async function setLevel(scope: Scope, { id, version, level, reason }: Input<'setLevel'>): Promise<Incident> {
  const incident = await mustFind(scope, id, 'duties.report');
  if (incident.version !== version)
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚变更了这起事件，请刷新后重试',
      en: 'Somebody else has just changed this incident: reload and try again',
    });
  if (incident.level === level) throw conflict('unchanged', { zh: '级别没有变化', en: 'The level is the same' });
  await changeLevel(scope, incident, level, reason);
  audited(scope, { subject: 'duties.incident', id, before: { level: incident.level }, after: { level, reason } });
  const after = (await findIncident(scope, id, 'duties.read'))!;
  await announce(scope, after, 'levelChanged');
  return presentIncident(scope, after);
}

/** Sets the level, shortens or adds clocks by the rule of `clocksAfterChange`, and tells those whom the new level names. */
export async function changeLevel(
  scope: Scope,
  incident: IncidentRow,
  level: Exclude<IncidentRow['level'], 'unknown'>,
  reason: string,
  { at = scope.now, actorName }: { at?: Date; actorName?: string } = {},
): Promise<void> {
  const rules = await rulesOf(scope, incident);
  const clocks = await listClocks(scope, [incident.id]);
  const { sooner, added } = clocksAfterChange(
    clocks,
    clockRulesFor(rules, incident.class, level),
    incident.learnedAt,
    at,
  );
  await setLevelOf(scope, incident.id, { level, treatedAs: level, treatedBasis: null });
  for (const { code, dueAt, rule } of sooner)
    await setClock(scope, incident.id, code, { dueAt, minutes: rule.minutes, basis: rule.basis });
  await insertClocks(
    scope,
    added.map((clock) => clockOf(incident.id, clock)),
  );
  const to = await recipientsOf(scope, incident.unitId, routeFor(rules, level));
  const text = `${levelWords[incident.level].zh} → ${levelWords[level].zh}：${reason}`;
  await insertEvent(scope, incident.id, {
    kind: 'levelChanged',
    text,
    payload: { told: to.map((one) => one.label) },
    at,
    ...(actorName && { actorName }),
  });
  const changed = { ...incident, level };
  const key = `level ${incident.version}`;
  await tell(scope, changed, to, key, aboutIt(changed, { zh: '级别变更', en: 'Level changed' }), text);
}

export async function instruct(scope: Scope, { id, text }: Input<'instruct'>): Promise<Incident> {
  const incident = await mustFind(scope, id, 'duties.instruct');
  await insertEvent(scope, id, { kind: 'instructed', text });
  const to = await recipientsOf(scope, incident.unitId, routeFor(await rulesOf(scope, incident), incident.treatedAs));
  await tell(
    scope,
    incident,
    to,
    `instructed ${newId()}`,
    aboutIt(incident, { zh: '领导批示', en: 'Instruction' }),
    text,
  );
  audited(scope, { subject: 'duties.incident', id, after: { instructed: text } });
  await announce(scope, incident, 'instructed');
  return presentIncident(scope, incident);
}

/** What the job does: limits that have passed without a report are told to everybody whom the incident concerns, once. */
export async function tellOfLate(scope: Scope): Promise<number> {
  const late = await takeLateClocks(scope);
  for (const clock of late) {
    const incident = (await findIncident(scope, clock.incidentId, 'duties.read'))!;
    const to = await recipientsOf(scope, incident.unitId, routeFor(await rulesOf(scope, incident), incident.treatedAs));
    const body = `${incidentNo(incident)} ${clock.name.zh}已过时限，尚未报告`;
    await insertEvent(scope, incident.id, { kind: 'late', text: `${clock.name.zh}已过时限`, at: clock.dueAt });
    await tell(
      scope,
      incident,
      to,
      `late ${clock.code}`,
      aboutIt(incident, { zh: '迟报', en: 'Report overdue' }),
      body,
    );
    await announce(scope, incident, 'late');
  }
  return late.length;
}
