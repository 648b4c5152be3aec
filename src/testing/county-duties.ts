import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { duties } from '#modules/duties/contract.ts';
import { insertHandover } from '#modules/duties/server/public.ts';

export interface DutyIds {
  memberId: string;
  rosterId: string;
  draftId: string;
  turnId: string;
  otherId: string;
  logId: string;
  incidentId: string;
  handoverId: string;
}

/** A county's duty: people, a published roster with an exchange, a draft, a hand-over, the log, and an incident with its chain. */
export async function layOutDuties(
  city: TestCity,
  { office, unit }: { office: Caller; unit: Caller },
  secret: string,
  { countyId, projectId }: { countyId: string; projectId: string },
): Promise<DutyIds> {
  const plan = office(duties);
  const member = (label: string, posts: ('leader' | 'officer')[]) =>
    plan.saveMember({
      unitId: countyId,
      name: `${secret}${label}`,
      title: secret,
      phone: '13900000009',
      posts,
    });
  const leader = await member('带班', ['leader']);
  const officers = [await member('值班甲', ['officer']), await member('值班乙', ['officer'])];
  const wanted = {
    unitId: countyId,
    pattern: { handover: '08:30', workday: [], restDay: [] },
    leaders: [leader.id],
    officers: officers.map(({ id }) => id),
  };
  const made = await plan.generate({ ...wanted, title: `${secret}值班表`, fromOn: '2021-09-20', toOn: '2021-10-10' });
  await plan.publish({ id: made.id, edition: made.edition });
  const { turns } = await plan.month({ unitId: countyId, month: '2021-10' });
  const turn = turns.filter((t) => t.post === 'officer').at(-1)!;
  const other = officers.find(({ id }) => id !== turn.memberId)!;
  await plan.swap({ id: made.id, version: 1, turnId: turn.id, memberId: other.id, reason: secret });
  const draft = await plan.generate({ ...wanted, title: `${secret}草稿`, fromOn: '2021-11-01', toOn: '2021-11-03' });

  const now = city.host.clock.now().toISOString();
  const told = [{ whom: secret, at: now, way: '电话' }];
  const entry = { unitId: countyId, at: now, source: 'call' as const, fromWhom: secret, told };
  const log = await unit(duties).addLog({ ...entry, content: `${secret}接报` });
  const incident = await unit(duties).raise({
    unitId: countyId,
    projectId,
    class: 'production',
    level: 'ordinary',
    title: `${secret}险情`,
    place: secret,
    learnedAt: now,
    learnedFrom: secret,
  });
  await unit(duties).report({ id: incident.id, kind: 'first', text: `${secret}初报` });
  await city.system(async (scope) => {
    await insertHandover(scope, {
      unitId: countyId,
      at: scope.now,
      outgoing: officers[0]!,
      incoming: officers[1]!,
      notes: secret,
      writtenAt: scope.now,
    });
  });
  const [handover] = (await unit(duties).handovers({ unitId: countyId })).filter((one) => one.id !== null);
  const future = turns.filter((t) => t.post === 'officer' && t.from > '2021-10-02' && t.id !== turn.id);
  return {
    memberId: officers[0]!.id,
    rosterId: made.id,
    draftId: draft.id,
    turnId: future.find((t) => t.memberId !== officers[0]!.id)!.id,
    otherId: future.find((t) => t.memberId === officers[0]!.id)!.id,
    logId: log.id,
    incidentId: incident.id,
    handoverId: handover!.id!,
  };
}

type Input = Record<string, unknown>;

/** The county's own values for the endpoints of duties (see own-inputs.ts). */
export function ownDuties(ids: DutyIds, unitId: string, personId: string, projectId: string): Record<string, Input> {
  const { memberId, rosterId, draftId, turnId, otherId, logId, incidentId, handoverId } = ids;
  const unit = { unitId };
  const incident = { id: incidentId };
  const at = '2021-09-20T00:30:00.000Z';
  return {
    'duties.month': { ...unit, month: '2021-10' },
    'duties.saveMember': {
      ...unit,
      id: memberId,
      personId,
      name: '测试',
      title: null,
      phone: null,
      posts: ['officer'],
    },
    'duties.generate': {
      ...unit,
      title: '测试',
      fromOn: '2021-12-01',
      toOn: '2021-12-02',
      pattern: { handover: '08:30', workday: [], restDay: [] },
      leaders: [memberId],
      officers: [memberId],
      deputies: [memberId],
    },
    'duties.saveTurns': {
      id: draftId,
      edition: 1,
      from: '2021-11-01T00:00:00.000Z',
      to: '2021-11-02T00:00:00.000Z',
      turns: [{ post: 'officer', memberId, from: '2021-11-01T00:30:00.000Z', to: '2021-11-02T00:30:00.000Z' }],
    },
    'duties.publish': { id: draftId, edition: 1 },
    'duties.discard': { id: draftId },
    'duties.swap': { id: rosterId, version: 2, turnId, withTurnId: otherId, reason: '测试' },
    'duties.versions': { id: rosterId },
    'duties.sheet': { id: rosterId },
    'duties.handovers': unit,
    'duties.openMatters': unit,
    'duties.handOver': { ...unit, at, notes: '测试' },
    'duties.sign': { id: handoverId },
    'duties.log': unit,
    'duties.addLog': {
      ...unit,
      at,
      source: 'call',
      fromWhom: '测试',
      content: '测试',
      told: [],
      aboutId: logId,
      incidentId,
    },
    'duties.incident': incident,
    'duties.raise': {
      ...unit,
      projectId,
      class: 'quality',
      level: 'ordinary',
      title: '测试',
      place: '测试',
      learnedAt: at,
      learnedFrom: '测试',
    },
    'duties.report': { ...incident, kind: 'continuing', text: '测试' },
    'duties.setLevel': { ...incident, version: 1, level: 'larger', reason: '测试' },
    'duties.instruct': { ...incident, text: '测试' },
    'duties.raiseMatter': { ...incident, kind: 'problem', title: '测试', leadUnitId: unitId },
  };
}
