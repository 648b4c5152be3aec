import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { shanghaiDay, yearOf } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { findProject } from '#modules/projects/server/public.ts';
import {
  type AgendaLimits,
  type AgendaSource,
  assembleAgenda,
  ordered,
  type ProposedItem,
  usualLimits,
} from '../agenda.ts';
import { kindRules, type MeetingKind, meetingName } from '../kinds.ts';
import { usualCriteria } from '../ranking.ts';
import type { ParticipantInput } from '../shapes.ts';
import { agendaFacts } from './facts.ts';
import { isMatterSeen } from './figures.ts';
import {
  changeMeeting,
  getMeeting,
  insertEvent,
  lockConducted,
  type MeetingRecord,
  refuseUnless,
  tell,
} from './store.ts';
import { type AgendaItemTable, jsonb, tables } from './tables.ts';

const unitWords = { zh: '单位', en: 'unit' };
const itemWords = { zh: '议程', en: 'item of the agenda' };
const fixed = {
  zh: '议程已定，请先重开议程',
  en: 'The agenda is fixed: reopen it first',
};

/** @throws Problem 404 for a unit that is not known, or not the caller's to convene for */
async function checkUnits(scope: Scope, ids: readonly (string | null | undefined)[]): Promise<void> {
  const wanted = [...new Set(ids.filter((id) => id != null))];
  const known = await unitNames(scope, wanted);
  if (wanted.some((id) => !known.has(id))) throw notFound(unitWords);
}

export interface NewMeeting {
  kind: MeetingKind;
  title?: string | undefined;
  startsAt: string | Date;
  place: string;
  lng?: number | null;
  lat?: number | null;
  chairName: string;
  convenerUnitId: string;
  participants: readonly ParticipantInput[];
  demo?: boolean;
  /** Only for meetings of the past; left out: the next number. */
  no?: number;
}

/**
 * A new meeting with the next number of its convener's year, tied to the last of its kind. Does not check reach: the calling
 * command has. @throws Problem 404
 */
export async function insertMeeting(scope: Scope, wanted: NewMeeting): Promise<MeetingRecord> {
  await checkUnits(scope, [wanted.convenerUnitId, ...wanted.participants.map((p) => p.unitId)]);
  const startsAt = new Date(wanted.startsAt);
  const heldOn = shanghaiDay(startsAt);
  const year = yearOf(heldOn);
  const { kind, convenerUnitId } = wanted;
  // Two who convene at the same moment get two numbers.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`guatu meeting ${scope.cityId} ${convenerUnitId} ${kind}`}, 0))`.execute(
    scope.db,
  );
  const row = tables(scope)
    .selectFrom('meetings.meeting')
    .where('cityId', '=', scope.cityId)
    .where('convenerUnitId', '=', convenerUnitId)
    .where('kind', '=', kind);
  const { last } = await row
    .where('year', '=', year)
    .select(({ fn }) => fn.max('no').as('last'))
    .executeTakeFirstOrThrow();
  const previous = await row
    .where('startsAt', '<', startsAt)
    .where('state', '<>', 'cancelled')
    .select('id')
    .orderBy('startsAt', 'desc')
    .executeTakeFirst();
  const no = wanted.no ?? (last ?? 0) + 1;
  const record: MeetingRecord = {
    cityId: scope.cityId,
    id: newId(),
    kind,
    year,
    no,
    title: wanted.title ?? meetingName(kind, year, no).zh,
    state: 'planned',
    startsAt,
    heldOn,
    place: wanted.place,
    lng: wanted.lng ?? null,
    lat: wanted.lat ?? null,
    chairName: wanted.chairName,
    convenerUnitId,
    previousId: previous?.id ?? null,
    preamble: '',
    attendSecret: randomBytes(24).toString('base64'),
    agendaFixedAt: null,
    closedAt: null,
    circulatedAt: null,
    objectionsUntil: null,
    issuedAt: null,
    issuedOn: null,
    documentNo: null,
    madeByName: scope.actor.name,
    madeAt: scope.now,
    demo: wanted.demo ?? false,
    version: 1,
  };
  await tables(scope).insertInto('meetings.meeting').values(record).execute();
  await writeParticipants(scope, record.id, wanted.participants);
  if (kindRules[kind].hasRoute)
    await tables(scope)
      .insertInto('meetings.observation')
      .values({
        cityId: scope.cityId,
        meetingId: record.id,
        criteria: jsonb([...usualCriteria]),
        scale: 'hundred',
        state: 'preparing',
        result: null,
        publishedAt: null,
        version: 1,
      })
      .execute();
  await insertEvent(scope, record.id, 'convene');
  return record;
}

/** Units stay the rows they were, so that what was confirmed for them stays; units left out go, unless somebody came. */
async function writeParticipants(scope: Scope, meetingId: string, wanted: readonly ParticipantInput[]): Promise<void> {
  const once = [...new Map(wanted.map((p) => [p.unitId, p])).values()];
  await sql`delete from meetings.participant p where p.city_id = ${scope.cityId} and p.meeting_id = ${meetingId}
    and p.unit_id <> all(${once.map((p) => p.unitId)}::uuid[])
    and not exists (select 1 from meetings.attendance a where a.city_id = p.city_id and a.participant_id = p.id)`.execute(
    scope.db,
  );
  for (const [position, { unitId, role, personName }] of once.entries())
    await tables(scope)
      .insertInto('meetings.participant')
      .values({
        cityId: scope.cityId,
        id: newId(),
        meetingId,
        unitId,
        role,
        personName,
        position,
        absence: null,
        absenceReason: null,
        deputyName: null,
      })
      .onConflict((c) => c.columns(['cityId', 'meetingId', 'unitId']).doUpdateSet({ role, personName, position }))
      .execute();
}

export async function convene(scope: Scope, wanted: NewMeeting) {
  const reach = scope.reach('meetings.convene');
  if (!reach.all && !reach.unitIds.includes(wanted.convenerUnitId)) throw notFound(unitWords);
  const { id, title, version, convenerUnitId } = await insertMeeting(scope, wanted);
  audited(scope, { subject: 'meetings.meeting', id, after: { title } });
  await tell(scope, { id, convenerUnitId }, 'convene');
  return { id, version };
}

export async function editMeeting(
  scope: Scope,
  { id, version, changes }: { id: string; version: number; changes: Omit<NewMeeting, 'kind' | 'convenerUnitId'> },
) {
  const meeting = await lockConducted(scope, id, 'meetings.convene', version);
  refuseUnless(meeting, ['planned', 'agendaFixed'], {
    zh: '会议已经召开，时间、地点和参会单位不能再改',
    en: 'The meeting has been held: time, place and participants stay as they were',
  });
  await checkUnits(
    scope,
    changes.participants.map((p) => p.unitId),
  );
  await writeParticipants(scope, id, changes.participants);
  const startsAt = new Date(changes.startsAt);
  audited(scope, {
    subject: 'meetings.meeting',
    id,
    before: { startsAt: meeting.startsAt, place: meeting.place },
    after: { startsAt, place: changes.place },
  });
  return changeMeeting(scope, meeting, 'edit', {
    title: changes.title ?? meeting.title,
    startsAt,
    heldOn: shanghaiDay(startsAt),
    place: changes.place,
    lng: changes.lng ?? null,
    lat: changes.lat ?? null,
    chairName: changes.chairName,
  });
}

export const listItems = (scope: Scope, meetingId: string): Promise<AgendaItemTable[]> =>
  tables(scope)
    .selectFrom('meetings.agendaItem')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .orderBy('position')
    .orderBy('id')
    .execute();

type NewItem = Omit<ProposedItem, 'why'> & { why: ProposedItem['why'] };

export async function insertItems(
  scope: Scope,
  meetingId: string,
  items: readonly NewItem[],
  from: number,
): Promise<string[]> {
  const rows = items.map((item, i) => ({
    ...item,
    cityId: scope.cityId,
    id: newId(),
    meetingId,
    position: from + i,
    why: jsonb(item.why),
    figures: null,
    asOf: null,
  }));
  if (rows.length > 0) await tables(scope).insertInto('meetings.agendaItem').values(rows).execute();
  return rows.map((row) => row.id);
}

/**
 * Puts the agenda together anew from how things stand: what the machine had proposed goes, what was added by hand stays at
 * the end. @throws Problem 404, 409
 */
export async function assemble(
  scope: Scope,
  { id, version, limits = usualLimits }: { id: string; version: number; limits?: AgendaLimits | undefined },
) {
  const meeting = await lockConducted(scope, id, 'meetings.convene', version);
  refuseUnless(meeting, ['planned'], fixed);
  const byHand = (await listItems(scope, id)).filter((item) => item.source === 'hand');
  const { items, leftOut } = assembleAgenda(await agendaFacts(scope, meeting), limits);
  await tables(scope)
    .deleteFrom('meetings.agendaItem')
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', id)
    .where('source', '<>', 'hand')
    .execute();
  const known = new Set(byHand.flatMap((item) => item.projectId ?? item.matterId ?? []));
  const fresh = items.filter((item) => !known.has(item.matterId ?? item.projectId ?? ''));
  const ids = await insertItems(scope, id, fresh, 0);
  await writeOrder(scope, [...ids, ...byHand.map((item) => item.id)]);
  const done = await changeMeeting(scope, meeting, 'agenda', {}, { payload: { items: items.length, leftOut } });
  return { ...done, leftOut };
}

/** What could still be added: everything the rules know that is not on the agenda yet. */
export async function listCandidates(scope: Scope, { id }: { id: string }) {
  const meeting = await getMeeting(scope, id, 'meetings.convene');
  const items = await listItems(scope, id);
  const { all } = assembleAgenda(await agendaFacts(scope, meeting));
  const isThere = (one: ProposedItem) =>
    items.some(
      (item) =>
        item.source === one.source &&
        (one.source === 'followUp' || (item.matterId === one.matterId && item.projectId === one.projectId)),
    );
  return all
    .filter((one) => !isThere(one))
    .slice(0, 200)
    .map(({ presenterUnitId: _, ...one }) => one);
}

interface AddItem {
  id: string;
  version: number;
  source: AgendaSource;
  title?: string | undefined;
  projectId: string | null;
  matterId: string | null;
  presenterUnitId: string | null;
  minutes: number;
}

/** Adds an item by hand, or one of the candidates with its reasons. @throws Problem 404, 409, 422 */
export async function addItem(scope: Scope, wanted: AddItem) {
  const meeting = await lockConducted(scope, wanted.id, 'meetings.convene', wanted.version);
  refuseUnless(meeting, ['planned'], fixed);
  await checkUnits(scope, [wanted.presenterUnitId]);
  const project = wanted.projectId === null ? null : await findProject(scope, wanted.projectId);
  if (project === undefined) throw notFound({ zh: '项目', en: 'project' });
  if (wanted.matterId !== null && !(await isMatterSeen(scope, wanted.matterId)))
    throw notFound({ zh: '事项', en: 'matter' });
  const items = await listItems(scope, wanted.id);
  const proposed =
    wanted.source === 'hand'
      ? undefined
      : assembleAgenda(await agendaFacts(scope, meeting)).all.find(
          (one) =>
            one.source === wanted.source && one.projectId === wanted.projectId && one.matterId === wanted.matterId,
        );
  const title = wanted.title ?? proposed?.title ?? project?.name;
  if (title === undefined) throw invalid('title_missing', { zh: '请写明议题', en: 'Name the item' }, 'title');
  const item = proposed ?? {
    source: 'hand' as const,
    title,
    projectId: wanted.projectId,
    matterId: wanted.matterId,
    presenterUnitId: wanted.presenterUnitId,
    minutes: wanted.minutes,
    why: [],
  };
  const [itemId] = await insertItems(scope, wanted.id, [{ ...item, title }], items.length);
  return { ...(await changeMeeting(scope, meeting, 'agenda', {}, { text: title })), itemId: itemId! };
}

interface Named {
  id: string;
  version: number;
  itemId: string;
}

async function holdItem(scope: Scope, { id, version, itemId }: Named) {
  const meeting = await lockConducted(scope, id, 'meetings.convene', version);
  refuseUnless(meeting, ['planned'], fixed);
  const item = (await listItems(scope, id)).find((one) => one.id === itemId);
  if (!item) throw notFound(itemWords);
  return { meeting, item };
}

export async function editItem(
  scope: Scope,
  {
    title,
    presenterUnitId,
    minutes,
    ...named
  }: Named & { title?: string | undefined; presenterUnitId?: string | null | undefined; minutes?: number | undefined },
) {
  const { meeting, item } = await holdItem(scope, named);
  await checkUnits(scope, [presenterUnitId]);
  await tables(scope)
    .updateTable('meetings.agendaItem')
    .set({
      title: title ?? item.title,
      presenterUnitId: presenterUnitId === undefined ? item.presenterUnitId : presenterUnitId,
      minutes: minutes ?? item.minutes,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', item.id)
    .execute();
  return changeMeeting(scope, meeting, 'agenda', {}, { text: title ?? item.title });
}

export async function removeItem(scope: Scope, named: Named) {
  const { meeting, item } = await holdItem(scope, named);
  await tables(scope)
    .deleteFrom('meetings.agendaItem')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', item.id)
    .execute();
  return changeMeeting(scope, meeting, 'agenda', {}, { text: item.title });
}

export async function orderItems(
  scope: Scope,
  { id, version, itemIds }: { id: string; version: number; itemIds: readonly string[] },
) {
  const meeting = await lockConducted(scope, id, 'meetings.convene', version);
  refuseUnless(meeting, ['planned'], fixed);
  const items = await listItems(scope, id);
  const known = new Set(items.map((item) => item.id));
  if (itemIds.some((itemId) => !known.has(itemId))) throw notFound(itemWords);
  await writeOrder(
    scope,
    ordered(items, itemIds).map((item) => item.id),
  );
  return changeMeeting(scope, meeting, 'agenda');
}

async function writeOrder(scope: Scope, ids: readonly string[]): Promise<void> {
  await sql`update meetings.agenda_item i set position = x.position
    from unnest(${[...ids]}::uuid[]) with ordinality as x(id, position)
    where i.city_id = ${scope.cityId} and i.id = x.id`.execute(scope.db);
}
