import type { Scope } from '#core/server/scope.ts';
import { type Day, daysBetween } from '#core/shared/day.ts';
import { isWithinReach, type ProjectRecord } from '#modules/projects/server/public.ts';
import {
  endDocuments,
  type GateStage,
  gateStages,
  gates,
  haltDocuments,
  orderOf,
  pathOf,
  paths,
  resumeDocuments,
} from '../gates.ts';
import { dayBounds, furthest, type Life, nextGates, stageOf, warningsOf } from '../life.ts';
import { updateDuty } from '../pause.ts';
import { done, reconcile } from '../register.ts';
import type { GateView, GivenDocument, LifeEvent, LifeView, PauseView } from '../shapes.ts';
import { findLifeRow, lifeFrom, listEvents, listGates, listPauses, listUpdates } from './store.ts';
import { listUnsettled } from './sync.ts';
import type { GateEventTable, GateSource, PauseTable, PauseUpdateTable } from './tables.ts';

/** The whole life of a project as its page shows it. A project that no job has compared yet is compared here, unwritten. */
export async function presentLife(scope: Scope, project: ProjectRecord): Promise<LifeView> {
  const { id } = project;
  const row = await findLifeRow(scope, id);
  const pauses = await listPauses(scope, [id]);
  const standing = await listGates(scope, [id]);
  const open = pauses.find((pause) => pause.endedOn === null);
  const stored = lifeFrom(row?.path ?? pathOf(project.board), standing, open);
  const [unsettled] = await listUnsettled(scope, [id]);
  const life = unsettled
    ? done({ ...stored, path: unsettled.path }, reconcile(unsettled.register, { ...stored, path: unsettled.path }))
    : stored;
  const events = await listEvents(scope, id);
  const updates = await listUpdates(scope, id);
  const sources = new Map(standing.map((gate) => [gate.stage, gate]));
  const view = (pause: PauseTable) => presentPause(pause, scope.today, updates);
  const ended = life.end && events.findLast((e) => e.stage === life.end && e.kind === 'ended');
  return {
    projectId: id,
    stage: stageOf(life),
    path: life.path,
    isPathChosen: row?.isPathChosen ?? false,
    gates: presentGates(life, project, events, (stage) => sources.get(stage)?.source ?? 'register', scope.today),
    pause: open ? view(open) : null,
    pauses: pauses.map(view),
    ended: life.end
      ? {
          stage: life.end,
          on: ended?.reachedOn ?? null,
          reason: ended?.reason ?? null,
          approver: ended?.approver ?? null,
        }
      : null,
    events: events.toReversed().map(presentEvent),
    haltAsks: [...haltDocuments],
    resumeAsks: [...resumeDocuments],
    endAsks: [...endDocuments],
    allowed: allowedOf(scope, project, life),
  };
}

function allowedOf(scope: Scope, project: ProjectRecord, life: Life): LifeView['allowed'] {
  const may = (permission: string) => scope.can(permission) && isWithinReach(scope, permission, project);
  const isOver = life.end !== null;
  const at = furthest(life) ?? 'reserve';
  const isDone = orderOf(at) >= orderOf('completed');
  const allowed: LifeView['allowed'] = [];
  if (may('lifecycle.move')) allowed.push(...(isOver || life.halt ? [] : (['move'] as const)), 'amend', 'path');
  if (may('lifecycle.end') && (isOver || !life.halt)) allowed.push('revoke');
  if (may('lifecycle.pause') && !isOver && !isDone) allowed.push(life.halt ? 'resume' : 'pause');
  if (may('lifecycle.update') && life.halt) allowed.push('update');
  if (may('lifecycle.end') && !isOver && !isDone) allowed.push('end');
  return allowed;
}

function presentGates(
  life: Life,
  project: ProjectRecord,
  events: readonly GateEventTable[],
  sourceOf: (stage: GateStage) => GateSource,
  today: Day,
): GateView[] {
  const at = furthest(life);
  const next = nextGates(life);
  const shown = gateStages.filter((stage) => paths[life.path].stages.includes(stage) || life.gates[stage]);
  let former: Day | null = null;
  return shown.map((stage): GateView => {
    const passed = life.gates[stage];
    const isBesides = gates[stage].besides !== undefined;
    const isBehind = at !== undefined && orderOf(stage) < orderOf(at);
    const { documents, event } = papersOf(events, stage);
    const days: number | null = passed?.on && former ? daysBetween(former, passed.on) : null;
    // Enrolment runs beside the path: days of the next gate count from the start, not from it.
    if (passed?.on && !isBesides) former = passed.on;
    const promised = stage === 'started' ? project.startPlanned : stage === 'completed' ? project.finishPlanned : null;
    const bounds = dayBounds(life, stage, today);
    return {
      stage,
      state: passed ? 'passed' : isBehind && !isBesides ? 'missing' : next.includes(stage) ? 'next' : 'todo',
      canPass: next.includes(stage),
      on: passed?.on ?? null,
      precision: passed?.precision ?? 'day',
      days,
      promised,
      lateDays: lateness(promised, passed ? passed.on : null, passed !== undefined, today),
      source: passed ? sourceOf(stage) : null,
      actorName: event?.source === 'gate' ? event.actorName : null,
      at: event?.at.toISOString() ?? null,
      documents,
      owed:
        passed && !gates[stage].papersAt
          ? gates[stage].documents
              .filter((kind) => kind.isCompulsory && !documents.some((d) => d.kind === kind.code))
              .map((kind) => kind.code)
          : [],
      asks: [...gates[stage].documents],
      papersAt: gates[stage].papersAt ?? null,
      dayMeans: gates[stage].dayMeans,
      from: bounds.from,
      to: bounds.to,
      warnings: passed ? [] : warningsOf(life, stage, project.totalYuan),
    };
  });
}

/** Days after the promise: of what happened, or of today where it should have happened. Null where neither is so. */
function lateness(promised: Day | null, on: Day | null, isPassed: boolean, today: Day): number | null {
  if (promised === null) return null;
  if (isPassed) return on === null ? null : daysBetween(promised, on);
  return promised < today ? daysBetween(promised, today) : null;
}

/** What was handed in since the gate was passed for the last time. */
function papersOf(events: readonly GateEventTable[], stage: GateStage) {
  const own = events.filter((e) => e.stage === stage && ['passed', 'amended', 'revoked'].includes(e.kind));
  const since = own.slice(own.findLastIndex((e) => e.kind === 'revoked') + 1);
  const documents: GivenDocument[] = since.flatMap((e) => e.documents);
  return { documents, event: since.at(-1) };
}

const presentEvent = (e: GateEventTable): LifeEvent => ({
  id: e.id,
  stage: e.stage,
  kind: e.kind,
  on: e.reachedOn,
  source: e.source,
  documents: e.documents,
  reason: e.reason,
  approver: e.approver,
  actorName: e.actorName,
  at: e.at.toISOString(),
});

export const presentPause = (pause: PauseTable, today: Day, updates: readonly PauseUpdateTable[]): PauseView => ({
  id: pause.id,
  kind: pause.kind,
  reasonCode: pause.reasonCode,
  reason: pause.reason,
  steps: pause.steps,
  fromOn: pause.fromOn,
  resumePlanned: pause.resumePlanned,
  resumeDue: pause.resumeDue,
  resumedOn: pause.resumedOn,
  endedOn: pause.endedOn,
  days: daysBetween(pause.fromOn, pause.endedOn ?? today),
  duty: pause.endedOn === null ? updateDuty(pause.updatedOn, today) : null,
  updates: updates
    .filter((u) => u.pauseId === pause.id)
    .map((u) => ({
      quarter: u.quarter,
      updatedOn: u.updatedOn,
      situation: u.situation,
      steps: u.steps,
      resumeBefore: u.resumeBefore,
      resumeDue: u.resumeDue,
      reason: u.reason,
      actorName: u.actorName,
    })),
});
