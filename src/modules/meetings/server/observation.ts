import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { showRatio } from '#core/shared/rate.ts';
import { findProject } from '#modules/projects/server/public.ts';
import { type ObservationMove, observationFlow } from '../flow.ts';
import { type Criterion, rankStops, type Scale, totalHundredths, weightsFault } from '../ranking.ts';
import type { Observation, RankRow } from '../shapes.ts';
import { conducts, getMeeting, insertEvent, lockConducted, type MeetingRecord, tell } from './store.ts';
import { jsonb, type ObservationTable, type ScoreTable, type StopTable, tables } from './tables.ts';

const routeWords = { zh: '观摩', en: 'observation' };

async function getObservation(scope: Scope, meetingId: string): Promise<ObservationTable> {
  const found = await tables(scope)
    .selectFrom('meetings.observation')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .executeTakeFirst();
  if (!found) throw notFound(routeWords);
  return found;
}

const listStops = (scope: Scope, meetingId: string): Promise<StopTable[]> =>
  tables(scope)
    .selectFrom('meetings.stop')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .orderBy('position')
    .execute();

const listScores = (scope: Scope, meetingId: string): Promise<ScoreTable[]> =>
  tables(scope)
    .selectFrom('meetings.score')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .orderBy('at')
    .execute();

interface StopProject {
  id: string;
  name: string;
  lng: number | null;
  lat: number | null;
  countyName: string | null;
  /** A party of the project is the caller's unit, stands above it, or (unless the caller is of the whole city's) below it. */
  isOwn: boolean;
}

/**
 * The projects of a route with what everybody on the bus is told: name, county, place. Whether one is the caller's own is
 * worked out over the tree of units; the headquarters, above all, makes none of them its own.
 */
async function projectsOf(scope: Scope, ids: readonly string[]): Promise<Map<string, StopProject>> {
  const units = sql`${[...scope.actor.unitIds]}::uuid[]`;
  const { rows } = await sql<StopProject>`
    with related as (
      select c.ancestor_id as id from organization.pub_unit_closure c
        join organization.pub_unit a on a.city_id = c.city_id and a.id = c.ancestor_id and a.parent_id is not null
      where c.city_id = ${scope.cityId} and c.descendant_id = any(${units}) and ${scope.today}::date between c.from_day and c.to_day
      union
      select c.descendant_id from organization.pub_unit_closure c
        join organization.pub_unit a on a.city_id = c.city_id and a.id = c.ancestor_id and a.parent_id is not null
      where c.city_id = ${scope.cityId} and c.ancestor_id = any(${units}) and ${scope.today}::date between c.from_day and c.to_day)
    select p.id, p.name, p.lng, p.lat,
      (select coalesce(u.short_name, u.name) from organization.pub_unit u where u.city_id = p.city_id and u.id = p.county_unit_id) as county_name,
      exists (select 1 from related r where r.id in (p.owner_unit_id, p.lead_unit_id, p.command_unit_id, p.county_unit_id)) as is_own
    from projects.pub_project p where p.city_id = ${scope.cityId} and p.id = any(${[...ids]}::uuid[])`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function rankingOf(
  stops: readonly StopTable[],
  scores: readonly ScoreTable[],
  names: ReadonlyMap<string, { name: string }>,
): RankRow[] {
  const byStop = Map.groupBy(scores, (score) => score.stopId);
  const stopOf = new Map(stops.map((stop) => [stop.id, stop]));
  return rankStops(
    stops.map((stop) => ({ stopId: stop.id, totals: (byStop.get(stop.id) ?? []).map((score) => score.total) })),
  ).map(({ mean, ...row }) => {
    const { projectId } = stopOf.get(row.stopId)!;
    return {
      ...row,
      projectId,
      projectName: names.get(projectId)?.name ?? '',
      mean: mean === null ? null : showRatio(mean, 2, 'half-up'),
    };
  });
}

/**
 * The route with the caller's own scores. What others gave is shown to who leads the observation, and to everybody once the
 * result is published. @throws Problem 404
 */
export async function presentObservation(scope: Scope, { id }: { id: string }): Promise<Observation> {
  const meeting = await getMeeting(scope, id);
  const observation = await getObservation(scope, id);
  const stops = await listStops(scope, id);
  const scores = await listScores(scope, id);
  const projects = await projectsOf(
    scope,
    stops.map((stop) => stop.projectId),
  );
  const leads = conducts(scope, meeting, 'meetings.convene');
  const isPublished = observation.state === 'published';
  const isShown = leads || isPublished;
  const counts = Map.groupBy(scores, (score) => score.stopId);
  const allowed: Observation['allowed'] = leads
    ? (Object.keys(observationFlow[observation.state]) as ObservationMove[])
    : [];
  if (leads && observation.state === 'preparing') allowed.push('route');
  if (observation.state === 'open' && scope.can('meetings.score')) allowed.push('score');
  return {
    meetingId: id,
    title: meeting.title,
    state: observation.state,
    scale: observation.scale,
    criteria: observation.criteria,
    stops: stops.map((stop) => {
      const project = projects.get(stop.projectId);
      const given = counts.get(stop.id) ?? [];
      const own = given.find((score) => score.accountId === scope.actor.id);
      return {
        id: stop.id,
        projectId: stop.projectId,
        projectName: project?.name ?? '',
        countyName: project?.countyName ?? null,
        lng: project?.lng ?? null,
        lat: project?.lat ?? null,
        plannedAt: stop.plannedAt.toISOString(),
        note: stop.note,
        isOwn: project?.isOwn ?? false,
        score: own
          ? { points: own.points, total: own.total, comment: own.comment, fileId: own.fileId, at: own.at.toISOString() }
          : null,
        observers: isShown ? given.length : 0,
        comments: isShown
          ? given.flatMap((score) =>
              score.comment || score.fileId
                ? // Once it is published words stand without a name: what was said counts, not who said it.
                  [{ text: score.comment ?? '', name: leads ? score.observerName : '', fileId: score.fileId }]
                : [],
            )
          : [],
      };
    }),
    ranking: isPublished ? observation.result : leads ? rankingOf(stops, scores, projects) : null,
    publishedAt: observation.publishedAt?.toISOString() ?? null,
    version: observation.version,
    allowed,
  };
}

interface Route {
  id: string;
  version: number;
  scale: Scale;
  criteria: readonly Criterion[];
  stops: readonly { projectId: string; plannedAt: string; note: string | null }[];
}

async function holdObservation(scope: Scope, id: string, version?: number) {
  const meeting = await lockConducted(scope, id, 'meetings.convene');
  const observation = await getObservation(scope, id);
  if (version !== undefined && version !== observation.version)
    throw conflict('moved', { zh: '别人刚刚改过，请刷新后再试', en: 'Somebody has just changed it: reload first' });
  return { meeting, observation };
}

/** @throws Problem 404, 409 not_now, 422 */
export async function setRoute(scope: Scope, { id, version, scale, criteria, stops }: Route) {
  const { meeting, observation } = await holdObservation(scope, id, version);
  for (const { projectId } of stops)
    if (!(await findProject(scope, projectId))) throw notFound({ zh: '项目', en: 'project' });
  if (observation.state !== 'preparing')
    throw conflict('not_now', { zh: '评分已经开始，路线和办法不能再改', en: 'Scoring has begun: the route stays' });
  const fault = weightsFault(criteria);
  if (fault)
    throw invalid(
      'weights',
      fault === 'sum'
        ? { zh: '各项权重合计应为 100', en: 'The weights must add up to 100' }
        : { zh: '评分项的代码重复', en: 'A point stands twice' },
      'criteria',
    );
  if (new Set(stops.map((stop) => stop.projectId)).size < stops.length)
    throw invalid('stop_twice', { zh: '同一项目只能观摩一次', en: 'A project can be visited once' }, 'stops');
  await insertStops(scope, id, stops);
  return changeObservation(scope, meeting, observation, { scale, criteria: jsonb([...criteria]) }, 'route');
}

export async function insertStops(
  scope: Scope,
  meetingId: string,
  stops: readonly { projectId: string; plannedAt: string | Date; note: string | null }[],
): Promise<string[]> {
  await tables(scope)
    .deleteFrom('meetings.stop')
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .execute();
  const rows = stops.map(({ projectId, plannedAt, note }, position) => ({
    cityId: scope.cityId,
    id: newId(),
    meetingId,
    position,
    projectId,
    plannedAt: new Date(plannedAt),
    note,
  }));
  await tables(scope).insertInto('meetings.stop').values(rows).execute();
  return rows.map((row) => row.id);
}

async function changeObservation(
  scope: Scope,
  meeting: MeetingRecord,
  observation: ObservationTable,
  changes: object,
  act: string,
) {
  const version = observation.version + 1;
  await tables(scope)
    .updateTable('meetings.observation')
    .set({ ...changes, version })
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meeting.id)
    .execute();
  await insertEvent(scope, meeting.id, act);
  audited(scope, { subject: 'meetings.observation', id: meeting.id, after: { act, version } });
  await tell(scope, meeting, act);
  return { id: meeting.id, version };
}

/** Publishing keeps the ranking as it is at that moment. @throws Problem 404, 409 */
export async function moveObservation(
  scope: Scope,
  { id, version, move }: { id: string; version: number; move: ObservationMove },
) {
  const { meeting, observation } = await holdObservation(scope, id, version);
  const to = observationFlow[observation.state][move];
  if (!to)
    throw conflict('not_now', { zh: '观摩现在的状态不能这样操作', en: 'The observation is not in a state for this' });
  const stops = await listStops(scope, id);
  if (stops.length === 0) throw conflict('route_empty', { zh: '请先设定观摩路线', en: 'Set the route first' });
  const changes =
    to === 'published'
      ? {
          state: to,
          publishedAt: scope.now,
          result: jsonb(
            rankingOf(
              stops,
              await listScores(scope, id),
              await projectsOf(
                scope,
                stops.map((stop) => stop.projectId),
              ),
            ),
          ),
        }
      : { state: to };
  return changeObservation(scope, meeting, observation, changes, `scoring.${move}`);
}

interface Given {
  id: string;
  stopId: string;
  points: Record<string, number>;
  comment: string | null;
  fileId: string | null;
}

/** One score for each observer and stop; while scoring is open a second one takes its place. @throws Problem 404, 409, 422 */
export async function score(scope: Scope, { id, stopId, points, comment, fileId }: Given) {
  await getMeeting(scope, id, 'meetings.score');
  const observation = await getObservation(scope, id);
  const stop = (await listStops(scope, id)).find((one) => one.id === stopId);
  if (!stop) throw notFound({ zh: '观摩点', en: 'stop' });
  if (fileId !== null) await claimFile(scope, fileId);
  if (observation.state !== 'open') throw conflict('not_now', { zh: '评分没有开放', en: 'Scoring is not open' });
  const project = (await projectsOf(scope, [stop.projectId])).get(stop.projectId);
  if (project?.isOwn)
    throw conflict('own_project', {
      zh: '本单位的项目由其他单位评分',
      en: 'Projects of one’s own unit are scored by others',
    });
  const most = observation.scale === 'stars' ? 5 : 100;
  const least = observation.scale === 'stars' ? 1 : 0;
  for (const { code, name } of observation.criteria) {
    const given = points[code];
    if (given === undefined || given < least || given > most)
      throw invalid(
        'points',
        { zh: `“${name}”请给 ${least}–${most} 分`, en: `${name}: give ${least} to ${most}` },
        `points.${code}`,
      );
  }
  const kept = Object.fromEntries(observation.criteria.map(({ code }) => [code, points[code]!]));
  const total = totalHundredths(observation.criteria, observation.scale, kept);
  const row = {
    observerName: scope.actor.name,
    unitId: scope.actor.unitIds[0] ?? null,
    points: jsonb(kept),
    total,
    comment,
    fileId,
    at: scope.now,
  };
  await tables(scope)
    .insertInto('meetings.score')
    .values({ cityId: scope.cityId, id: newId(), meetingId: id, stopId, accountId: scope.actor.id, ...row })
    .onConflict((c) => c.columns(['cityId', 'stopId', 'accountId']).doUpdateSet(row))
    .execute();
  return { total, at: scope.now.toISOString() };
}

/** The picture stands with a comment that the caller sees. @throws Problem 404 */
export async function isScorePhotoSeen(scope: Scope, id: string, fileId: string): Promise<boolean> {
  const { stops } = await presentObservation(scope, { id });
  return stops.some((stop) => stop.score?.fileId === fileId || stop.comments.some((one) => one.fileId === fileId));
}
