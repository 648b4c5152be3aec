import { audited } from '#core/server/audit.ts';
import { conflict, notFound, Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { newId } from '#core/shared/id.ts';
import type { duties, Handover } from '../contract.ts';
import { askedFor, type Relief, reliefs, writableBefore } from '../relief.ts';
import { type HandoverRow, insertHandover, listHandovers, lockHandover, setSigned } from './handover-store.ts';
import { openIncidents } from './incident-store.ts';
import { mattersToHandOver } from './matters.ts';
import { getUnit, reachesUnit } from './reach.ts';
import { listPublishedTurns } from './roster-store.ts';

type Input<K extends keyof (typeof duties)['endpoints']> = ParsedOf<(typeof duties)['endpoints'][K]>;

export async function reliefsOf(scope: Scope, unitId: string, from: Date, to: Date): Promise<Relief[]> {
  const turns = await listPublishedTurns(scope, [unitId], new Date(from.getTime() - 1), to);
  const officers = turns.filter((turn) => turn.post === 'officer');
  return reliefs(officers.map((t) => ({ ...t, from: t.fromAt.getTime(), to: t.toAt.getTime() }))).filter(
    ({ at }) => at >= from.getTime() && at <= to.getTime(),
  );
}

/** Whoever is named by an account acts in person; for others any colleague who keeps the log does. */
const isFor = (scope: Scope, personId: string | null): boolean =>
  personId === null || personId === scope.actor.personId || scope.actor.kind === 'system';
const mayWrite = (scope: Scope, unitId: string, relief: Relief): boolean =>
  reachesUnit(scope, 'duties.log', unitId) &&
  (isFor(scope, relief.outgoing.personId) || reachesUnit(scope, 'duties.roster', unitId));

function present(scope: Scope, row: HandoverRow, relief: Relief | undefined): Handover {
  const { matters, writtenBy, writtenAt, signedBy: _, signedAt, at, outgoingId: __, incomingId: ___, ...rest } = row;
  const maySign =
    signedAt === null &&
    writtenBy !== scope.actor.id &&
    reachesUnit(scope, 'duties.log', row.unitId) &&
    isFor(scope, relief?.incoming.personId ?? null);
  return {
    ...rest,
    at: at.toISOString(),
    state: signedAt === null ? 'unsigned' : 'signed',
    matters: matters.list,
    matterCount: matters.count,
    writtenAt: writtenAt.toISOString(),
    signedAt: signedAt?.toISOString() ?? null,
    allowed: maySign ? ['sign'] : [],
  };
}

const due = (scope: Scope, unitId: string, relief: Relief): Handover => ({
  id: null,
  unitId,
  at: new Date(relief.at).toISOString(),
  outgoingName: relief.outgoing.name,
  incomingName: relief.incoming.name,
  state: 'due',
  matters: [],
  matterCount: 0,
  incidents: [],
  notes: '',
  writtenByName: null,
  writtenAt: null,
  signedByName: null,
  signedAt: null,
  signNote: null,
  demo: false,
  allowed: mayWrite(scope, unitId, relief) ? ['write'] : [],
});

/** Hand-overs of a unit, newest first, with those that are due and were not written. The caller has checked the unit. */
export async function handoversOf(scope: Scope, unitId: string, limit: number): Promise<Handover[]> {
  const now = scope.now.getTime();
  const since = new Date(now - askedFor);
  const rows = await listHandovers(scope, unitId, new Date(0), limit);
  const moments = await reliefsOf(scope, unitId, since, new Date(now + writableBefore));
  const written = new Map(rows.map((row) => [row.at.getTime(), row]));
  const reliefAt = new Map(moments.map((relief) => [relief.at, relief]));
  return [
    ...moments.filter(({ at }) => !written.has(at)).map((relief) => due(scope, unitId, relief)),
    ...rows.map((row) => present(scope, row, reliefAt.get(row.at.getTime()))),
  ]
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, limit);
}

/** What concerns the next officer now: of the ledger and of the open incidents, as it stands at this moment. */
export async function openNow(scope: Scope, unitId: string): Promise<Pick<HandoverRow, 'matters' | 'incidents'>> {
  return {
    matters: await mattersToHandOver(scope, unitId),
    incidents: await openIncidents(scope, unitId),
  };
}

export async function openMatters(scope: Scope, { unitId }: Input<'openMatters'>) {
  await getUnit(scope, unitId, 'duties.log');
  const { matters, incidents } = await openNow(scope, unitId);
  return { matters: matters.list, matterCount: matters.count, incidents };
}

const notYours = () =>
  new Problem(403, 'not_your_turn', {
    zh: '只能由排定的值班员本人交班或接班签字',
    en: 'Only the officer on the roster hands over or signs',
  });

export async function handOver(scope: Scope, { unitId, at, notes }: Input<'handOver'>): Promise<Handover> {
  await getUnit(scope, unitId, 'duties.log');
  const moment = new Date(at);
  const [relief] = await reliefsOf(scope, unitId, moment, moment);
  const now = scope.now.getTime();
  if (!relief || relief.at > now + writableBefore || relief.at < now - askedFor)
    throw conflict('no_relief', {
      zh: '这个时间没有要交接的班次。交班可在交接时间前 2 小时至后 3 天内办理',
      en: 'There is no relief at that time. It is written from 2 hours before to 3 days after',
    });
  if (!mayWrite(scope, unitId, relief)) throw notYours();
  const row: HandoverRow = {
    id: newId(),
    unitId,
    at: moment,
    outgoingId: relief.outgoing.memberId,
    outgoingName: relief.outgoing.name,
    incomingId: relief.incoming.memberId,
    incomingName: relief.incoming.name,
    ...(await openNow(scope, unitId)),
    notes,
    writtenBy: scope.actor.id,
    writtenByName: scope.actor.name,
    writtenAt: scope.now,
    signedBy: null,
    signedByName: null,
    signedAt: null,
    signNote: null,
    demo: false,
  };
  if (!(await insertHandover(scope, row)))
    throw conflict('handed_over', { zh: '这一班已经交接，请刷新', en: 'This was handed over already: reload' });
  audited(scope, { subject: 'duties.handover', id: row.id, after: { at, notes, matters: row.matters.count } });
  await emit(scope, { topic: 'duties.handedOver', unitIds: [unitId], data: { to: relief.incoming.name } });
  return present(scope, row, relief);
}

export async function sign(scope: Scope, { id, note }: Input<'sign'>): Promise<Handover> {
  const row = await lockHandover(scope, id, 'duties.log');
  if (!row) throw notFound({ zh: '交接记录', en: 'hand-over' });
  if (row.signedAt !== null)
    throw conflict('signed', { zh: `${row.signedByName}已签字`, en: `${row.signedByName} has signed` });
  const [relief] = await reliefsOf(scope, row.unitId, row.at, row.at);
  if (row.writtenBy === scope.actor.id || !isFor(scope, relief?.incoming.personId ?? null)) throw notYours();
  await setSigned(scope, id, note);
  audited(scope, { subject: 'duties.handover', id, after: { signed: true, note } });
  await emit(scope, { topic: 'duties.signed', unitIds: [row.unitId], data: { by: scope.actor.name } });
  return present(scope, (await lockHandover(scope, id, 'duties.log'))!, relief);
}
