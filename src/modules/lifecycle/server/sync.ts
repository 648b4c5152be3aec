import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { setStage } from '#modules/projects/server/public.ts';
import { type LifeStage, type PathCode, pathOf } from '../gates.ts';
import type { Life, Precision } from '../life.ts';
import { type Deed, done, type Register, reconcile, settled } from '../register.ts';
import { leaveReserve, returnToReserve } from './reserve-store.ts';
import {
  type GateToSet,
  insertEvents,
  insertPauses,
  lifeFrom,
  listGates,
  listPauses,
  type NewEvent,
  type NewPause,
  removeGates,
  setGates,
  setPause,
} from './store.ts';

/** Everything of the register that gates follow, as one text to compare by. */
const mark = sql`md5(row(r.stage, r.stage_dates, r.board, r.start_actual, r.start_actual_precision, r.finish_actual, r.finish_actual_precision, r.enrolled, r.enrolled_on)::text)`;

interface RegisterRow {
  projectId: string;
  stage: LifeStage;
  stageDates: Register['stageDates'];
  board: string | null;
  startActual: string | null;
  startActualPrecision: Precision | null;
  finishActual: string | null;
  finishActualPrecision: Precision | null;
  enrolled: boolean;
  enrolledOn: string | null;
  path: PathCode | null;
  isPathChosen: boolean | null;
}

export interface Unsettled {
  projectId: string;
  path: PathCode;
  register: Register;
}

/** Projects whose register is not what the gates were compared with; of these ids, or of the whole city. */
export async function listUnsettled(scope: Scope, projectIds: readonly string[] | 'all'): Promise<Unsettled[]> {
  const wanted = projectIds === 'all' ? sql`true` : sql`r.project_id = any(${[...projectIds]}::uuid[])`;
  const { rows } = await sql<RegisterRow>`
    select r.project_id, r.stage, r.stage_dates, r.board, r.start_actual, r.start_actual_precision, r.finish_actual,
           r.finish_actual_precision, r.enrolled, r.enrolled_on, l.path, l.is_path_chosen
    from projects.pub_stage r
    left join lifecycle.life l on l.city_id = r.city_id and l.project_id = r.project_id
    where r.city_id = ${scope.cityId} and ${wanted} and l.seen is distinct from ${mark}
    order by r.project_id`.execute(scope.db);
  const dated = (day: string | null, precision: Precision | null) => day && { day, precision: precision ?? 'day' };
  return rows.map((row) => ({
    projectId: row.projectId,
    path: row.isPathChosen && row.path ? row.path : pathOf(row.board),
    register: {
      stage: row.stage,
      stageDates: row.stageDates,
      startActual: dated(row.startActual, row.startActualPrecision) || null,
      finishActual: dated(row.finishActual, row.finishActualPrecision) || null,
      enrolled: row.enrolled,
      enrolledOn: row.enrolledOn,
    },
  }));
}

/** The lives of these projects as their rows say. */
export async function livesOf(
  scope: Scope,
  projects: readonly Pick<Unsettled, 'projectId' | 'path'>[],
): Promise<Map<string, { life: Life; pauseId: string | null }>> {
  const ids = projects.map((p) => p.projectId);
  const gates = Map.groupBy(await listGates(scope, ids), (gate) => gate.projectId);
  const open = new Map(
    (await listPauses(scope, ids)).filter((p) => p.endedOn === null).map((pause) => [pause.projectId, pause]),
  );
  return new Map(
    projects.map(({ projectId, path }) => [
      projectId,
      {
        life: lifeFrom(path, gates.get(projectId) ?? [], open.get(projectId)),
        pauseId: open.get(projectId)?.id ?? null,
      },
    ]),
  );
}

/** The gates have been compared with the register as it now stands. */
export async function setSeen(scope: Scope, projectIds: readonly string[]): Promise<void> {
  await sql`update lifecycle.life l set seen = ${mark} from projects.pub_stage r
    where l.city_id = ${scope.cityId} and l.project_id = any(${[...projectIds]}::uuid[]) and r.city_id = l.city_id and r.project_id = l.project_id`.execute(
    scope.db,
  );
}

/**
 * Brings gates and pauses in step with the register, for projects that were entered, imported or changed there, and
 * writes the history of it. Does nothing for those compared already, so it may run at any time and again.
 */
export async function syncGates(scope: Scope, projectIds: readonly string[] | 'all'): Promise<number> {
  if ((await listUnsettled(scope, projectIds)).length === 0) return 0;
  // Two jobs that compare the same project would both write what is missing: the second waits and finds nothing to do.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`lifecycle ${scope.cityId}`}, 0))`.execute(scope.db);
  const unsettled = await listUnsettled(scope, projectIds);
  if (unsettled.length === 0) return 0;
  const lives = await livesOf(scope, unsettled);

  const plan = unsettled.map(({ projectId, register }) => {
    const { life, pauseId } = lives.get(projectId)!;
    const deeds = reconcile(register, life);
    return { projectId, register, life, pauseId, deeds, after: done(life, deeds) };
  });
  await writeDeeds(scope, plan);
  for (const { projectId, register, after } of plan) {
    const { stage, enrolled } = settled(register, after);
    if (stage !== register.stage || enrolled !== register.enrolled)
      await setStage(scope, { id: projectId, stage, enrolled }, { reason: '登记的日期已超过原阶段，阶段随之更新' });
  }
  const rows = unsettled.map(({ projectId, path }) => ({ project_id: projectId, path }));
  await sql`insert into lifecycle.life (city_id, project_id, path, seen)
    select ${scope.cityId}, n.project_id, n.path, ${mark}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (project_id uuid, path text)
    join projects.pub_stage r on r.city_id = ${scope.cityId} and r.project_id = n.project_id
    on conflict (city_id, project_id) do update set path = excluded.path, seen = excluded.seen`.execute(scope.db);
  return unsettled.length;
}

interface Planned {
  projectId: string;
  pauseId: string | null;
  deeds: Deed[];
}

async function writeDeeds(scope: Scope, plan: readonly Planned[]): Promise<void> {
  const events: NewEvent[] = [];
  const gates: GateToSet[] = [];
  const gone: { projectId: string; stage: GateToSet['stage'] }[] = [];
  const pauses: NewPause[] = [];
  for (const { projectId, pauseId, deeds } of plan)
    for (const deed of deeds) {
      const id = newId();
      const base = { id, projectId, stage: deed.stage, source: 'register' as const };
      if (deed.act === 'pass' || deed.act === 'amend') {
        const source = deed.act === 'pass' && deed.isImplied ? 'implied' : 'register';
        events.push({ ...base, ...deed.passed, source, kind: deed.act === 'pass' ? 'passed' : 'amended' });
        gates.push({ projectId, stage: deed.stage, passed: deed.passed, source, eventId: id });
      } else if (deed.act === 'revoke') {
        events.push({ ...base, kind: 'revoked', reason: '登记簿的阶段已改' });
        gone.push({ projectId, stage: deed.stage });
      } else if (deed.act === 'end') {
        events.push({ ...base, kind: 'ended', on: deed.on });
        gates.push({
          projectId,
          stage: deed.stage,
          passed: { on: deed.on, precision: 'day' },
          source: 'register',
          eventId: id,
        });
        if (pauseId) await setPause(scope, pauseId, { endedOn: deed.on ?? scope.today });
      } else if (deed.act === 'resume') {
        events.push({ ...base, kind: 'resumed', on: scope.today });
        if (pauseId) await setPause(scope, pauseId, { resumedOn: scope.today, endedOn: scope.today });
      } else {
        const on = deed.on ?? scope.today;
        events.push({ ...base, kind: 'paused', on });
        // 停建 that becomes 缓建 is another pause: each keeps its own beginning.
        if (pauseId && !deeds.some((other) => other.act === 'resume')) await setPause(scope, pauseId, { endedOn: on });
        pauses.push({
          id: newId(),
          projectId,
          kind: deed.stage,
          reasonCode: null,
          reason: null,
          steps: null,
          fromOn: on,
          resumePlanned: null,
          resumeDue: null,
          registeredOn: scope.today,
          updatedOn: scope.today,
        });
      }
    }
  await insertEvents(scope, events);
  await removeGates(scope, gone);
  await setGates(scope, gates);
  await insertPauses(scope, pauses);
  await leaveReserve(
    scope,
    gates.filter((g) => g.stage === 'started' || g.stage === 'withdrawn' || g.stage === 'terminated'),
  );
  await returnToReserve(
    scope,
    gone
      .filter((g) => g.stage === 'started' || g.stage === 'withdrawn' || g.stage === 'terminated')
      .map((g) => g.projectId),
  );
}
