import type { Caller } from '#core/server/testing/test-city.ts';
import { meetings } from '#modules/meetings/contract.ts';

/** Of the county: meetings in the states in which something can be done to them. */
export interface MeetingIds {
  /** With two items added by hand, nothing fixed yet. */
  planned: string;
  itemIds: string[];
  /** The agenda is fixed: the page has a picture. */
  fixed: string;
  pageId: string;
  pictureId: string;
  decisionId: string;
  participantId: string;
  circulated: string;
  objectedId: string;
  objectionId: string;
  /** Scoring is open, on one stop; one score has a picture. */
  observed: string;
  stopId: string;
  scorePhotoId: string;
  /** The route is not set yet. */
  route: string;
}

/** Meetings of one county with all that hangs on one. `office` reaches the county only; `outside` is of no unit. */
export async function layOutMeetings(
  { office, unit, outside }: { office: Caller; unit: Caller; outside: Caller },
  secret: string,
  { countyId, firmId, projectId }: { countyId: string; firmId: string; projectId: string },
): Promise<MeetingIds> {
  const api = office(meetings);
  const convene = (kind: 'special' | 'observation', label: string) =>
    api.convene({
      kind,
      title: `${secret}${label}`,
      startsAt: '2021-09-26T14:00:00.000Z',
      place: `${secret}会议室`,
      chairName: secret,
      convenerUnitId: countyId,
      participants: [{ unitId: firmId, personName: secret }],
    });
  const read = (id: string) => api.meeting({ id });
  const move = async (id: string, name: 'fixAgenda' | 'close' | 'circulate') =>
    api.move({ id, version: (await read(id)).version, move: name });
  const add = async (id: string, more: { title?: string; projectId?: string }) =>
    (await api.addItem({ id, version: (await read(id)).version, ...more })).itemId;

  const { id: planned } = await convene('special', '筹备会');
  const itemIds = [await add(planned, { title: `${secret}议题` }), await add(planned, { projectId })];

  const minuted = async (label: string) => {
    const { id } = await convene('special', label);
    const pageId = await add(id, { projectId });
    await move(id, 'fixAgenda');
    await api.writeMinute({ id, itemId: pageId, text: `${secret}记录`, basedOn: 0 });
    const decision = await api.decide({ id, itemId: pageId, line: `${secret}议定：由${secret}办理` });
    await api.editDecision({ id, decisionId: decision.id, version: 1, leadUnitId: firmId });
    const { people } = await read(id);
    await api.mark({ id, participantId: people[0]!.id, as: 'present', name: secret, reason: secret });
    return { id, pageId, decisionId: decision.id, participantId: people[0]!.id };
  };
  const fixed = await minuted('调度会');
  const page = (await read(fixed.id)).agenda[0]!;
  const circulated = await minuted('协调会');
  await move(circulated.id, 'close');
  await move(circulated.id, 'circulate');
  const objection = await unit(meetings).object({
    id: circulated.id,
    decisionId: circulated.decisionId,
    text: `${secret}意见`,
  });

  const { id: observed } = await convene('observation', '观摩');
  const route = await api.setRoute({
    id: observed,
    version: 1,
    scale: 'hundred',
    criteria: [{ code: 'progress', name: '形象进度', weight: 100 }],
    stops: [{ projectId, plannedAt: '2021-09-26T01:00:00.000Z', note: secret }],
  });
  await api.moveObservation({ id: observed, version: route.version, move: 'open' });
  const { stops } = await api.observation({ id: observed });
  const photo = await outside.upload(`${secret}点评.txt`, new TextEncoder().encode(`${secret}点评`));
  await outside(meetings).score({
    id: observed,
    stopId: stops[0]!.id,
    points: { progress: 90 },
    comment: `${secret}点评`,
    fileId: photo.id,
  });
  const { id: empty } = await convene('observation', '观摩筹备');
  return {
    planned,
    itemIds,
    fixed: fixed.id,
    pageId: fixed.pageId,
    pictureId: page.figures?.kind === 'project' ? page.figures.photos[0]! : '',
    decisionId: fixed.decisionId,
    participantId: fixed.participantId,
    circulated: circulated.id,
    objectedId: circulated.decisionId,
    objectionId: objection.id,
    observed,
    stopId: stops[0]!.id,
    scorePhotoId: photo.id,
    route: empty,
  };
}

type Input = Record<string, unknown>;

/** The county's own values for the endpoints of meetings. */
export function ownMeetings(
  m: MeetingIds,
  { unitId, firmId, projectId, matterId }: { unitId: string; firmId: string; projectId: string; matterId: string },
): Record<string, Input> {
  const starts = { startsAt: '2021-09-27T01:00:00.000Z', place: '测试', chairName: '测试' };
  const planned = { id: m.planned, version: 3 };
  const onPage = { id: m.fixed, itemId: m.pageId };
  return {
    'meetings.meeting': { id: m.fixed },
    'meetings.candidates': { id: m.planned },
    'meetings.code': { id: m.planned },
    'meetings.photo': { ...onPage, fileId: m.pictureId },
    'meetings.minutesFile': { id: m.fixed, format: 'docx' },
    'meetings.agendaFile': { id: m.fixed, format: 'docx' },
    'meetings.convene': { ...starts, kind: 'special', convenerUnitId: unitId },
    'meetings.edit': { ...planned, changes: { ...starts, participants: [{ unitId: firmId }] } },
    'meetings.move': { ...planned, move: 'fixAgenda' },
    'meetings.assemble': planned,
    'meetings.addItem': { ...planned, title: '测试', projectId, matterId },
    'meetings.editItem': { ...planned, itemId: m.itemIds[0], minutes: 8 },
    'meetings.removeItem': { ...planned, itemId: m.itemIds[0] },
    'meetings.order': { ...planned, itemIds: m.itemIds },
    'meetings.writeMinute': { ...onPage, text: '测试', basedOn: 1 },
    'meetings.setPreamble': { id: m.fixed, version: 4, text: '测试' },
    'meetings.decide': { ...onPage, line: '测试议定' },
    'meetings.editDecision': { id: m.fixed, decisionId: m.decisionId, version: 2, title: '测试' },
    'meetings.attend': { id: m.planned, code: '测试测试' },
    'meetings.mark': { id: m.fixed, participantId: m.participantId, as: 'present', name: '测试' },
    'meetings.object': { id: m.circulated, decisionId: m.objectedId, text: '测试' },
    'meetings.answer': { id: m.circulated, objectionId: m.objectionId, isAdopted: true, answer: '测试' },
    'meetings.observation': { id: m.observed },
    'meetings.scorePhoto': { id: m.observed, fileId: m.scorePhotoId },
    'meetings.setRoute': {
      id: m.route,
      version: 1,
      scale: 'hundred',
      criteria: [{ code: 'progress', name: '测试', weight: 100 }],
      stops: [{ projectId, plannedAt: '2021-09-26T01:00:00.000Z' }],
    },
    'meetings.moveObservation': { id: m.observed, version: 3, move: 'close' },
    'meetings.score': { id: m.observed, stopId: m.stopId, points: { progress: 90 } },
  };
}
