import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { setStage } from '#modules/projects/server/public.ts';
import type { GateStage, HaltStage } from '../gates.ts';
import { type PauseReason, pauseReasonWords, quarterOf } from '../pause.ts';
import type { NewDocument } from '../shapes.ts';
import { move } from './gate-acts.ts';
import { getRules, insertMembers, insertReserveEvents, leaveReserve, setMaturity } from './reserve-store.ts';
import { insertEvents, insertPauses, insertUpdates, listGates, setGates } from './store.ts';
import { setSeen, syncGates } from './sync.ts';
import { tables } from './tables.ts';

/**
 * Brings the gates of these projects (or of all) in step with the register at once, without waiting for the job that
 * does so after every entry and import. Safe to run again. Returns how many projects differed.
 */
export const followRegister = (scope: Scope, projectIds: readonly string[] | 'all'): Promise<number> =>
  syncGates(scope, projectIds);

/**
 * Passes a gate as the project page does, with all its rules (order, day, compulsory documents), for modules that learn
 * of it first, such as 入统. The caller needs `lifecycle.move`. Emits `lifecycle.moved`.
 * @throws Problem 404; 422 gate_missing, before_former_gate, in_the_future, documents_missing, paused, …
 */
export const passGate = (
  scope: Scope,
  gate: { id: string; to: GateStage; on: string; documents: readonly NewDocument[]; reason?: string },
): Promise<void> => move(scope, gate);

export interface KnownGate {
  projectId: string;
  stage: Exclude<GateStage, 'started' | 'enrolled' | 'completed'>;
  on: string;
  documents?: readonly { kind: string; number: string }[];
  reason?: string;
}

/**
 * Days and documents of gates known from elsewhere, in one set: history is written, no rule is asked, nothing is emitted.
 * A gate that stands gets them as an amendment. For loading; starts, enrolments and completions come from the register.
 */
export async function insertGates(scope: Scope, gates: readonly KnownGate[]): Promise<void> {
  const standing = new Set(
    (
      await listGates(
        scope,
        gates.map((gate) => gate.projectId),
      )
    ).map((gate) => `${gate.projectId} ${gate.stage}`),
  );
  const events = gates.map(({ projectId, stage, on, documents, reason }) => ({
    id: newId(),
    projectId,
    stage,
    on,
    kind: standing.has(`${projectId} ${stage}`) ? ('amended' as const) : ('passed' as const),
    source: 'register' as const,
    documents: (documents ?? []).map((d) => ({ ...d, fileId: null, name: null })),
    reason: reason ?? null,
  }));
  await insertEvents(scope, events);
  await setGates(
    scope,
    events.map(({ id, projectId, stage, on }) => ({
      projectId,
      stage,
      passed: { on, precision: 'day' },
      source: 'register',
      eventId: id,
    })),
  );
}

export interface KnownPause {
  projectId: string;
  kind: HaltStage;
  reasonCode: PauseReason;
  reason: string;
  steps: string;
  fromOn: string;
  /** The first estimate; updates may have moved it. */
  resumePlanned: string;
  /** Oldest first. */
  updates: readonly { on: string; situation: string; steps: string; resumeDue: string; reason?: string }[];
  /** Null while it runs. */
  resumedOn: string | null;
}

/** Pauses known from elsewhere, with their quarterly updates; those that run set the stage in the register. For loading. */
export async function insertKnownPauses(scope: Scope, pauses: readonly KnownPause[]): Promise<void> {
  const rows = pauses.map((pause) => ({ ...pause, id: newId() }));
  await insertPauses(
    scope,
    rows.map(({ updates, ...pause }) => ({
      ...pause,
      steps: updates.at(-1)?.steps ?? pause.steps,
      resumeDue: updates.at(-1)?.resumeDue ?? pause.resumePlanned,
      registeredOn: pause.fromOn,
      updatedOn: updates.at(-1)?.on ?? pause.fromOn,
      endedOn: pause.resumedOn,
    })),
  );
  await insertUpdates(
    scope,
    rows.flatMap((pause) =>
      pause.updates.map((update, i) => ({
        pauseId: pause.id,
        projectId: pause.projectId,
        quarter: quarterOf(update.on),
        updatedOn: update.on,
        situation: update.situation,
        steps: update.steps,
        resumeBefore: pause.updates[i - 1]?.resumeDue ?? pause.resumePlanned,
        resumeDue: update.resumeDue,
        reason: update.reason ?? null,
      })),
    ),
  );
  await insertEvents(
    scope,
    rows.flatMap(({ projectId, kind, fromOn, reason, reasonCode, resumedOn }) => [
      {
        projectId,
        stage: kind,
        kind: 'paused' as const,
        on: fromOn,
        reason: `${pauseReasonWords[reasonCode].zh}：${reason}`,
      },
      ...(resumedOn ? [{ projectId, stage: kind, kind: 'resumed' as const, on: resumedOn }] : []),
    ]),
  );
  const running = rows.filter((pause) => pause.resumedOn === null);
  for (const { projectId, kind, reason } of running) await setStage(scope, { id: projectId, stage: kind }, { reason });
  await setSeen(
    scope,
    running.map((pause) => pause.projectId),
  );
}

export interface KnownMember {
  projectId: string;
  /** Code of a kind of the rules. */
  kind: string;
  enteredOn: string;
  poolYear: number;
  items: readonly { item: string; doneOn: string; document?: string }[];
}

/** Members of the pool known from elsewhere; floors are not asked, maturity is worked out. Those that have begun leave it again. For loading. */
export async function insertKnownMembers(scope: Scope, members: readonly KnownMember[]): Promise<void> {
  if (members.length === 0) return;
  await insertMembers(
    scope,
    members.map(({ items: _, ...member }) => ({ ...member, maturity: 0 })),
  );
  const items = members.flatMap(({ projectId, items: done }) =>
    done.map(({ item, doneOn, document }) => ({
      cityId: scope.cityId,
      projectId,
      item,
      doneOn,
      document: document ?? null,
    })),
  );
  if (items.length > 0)
    await tables(scope)
      .insertInto('lifecycle.maturityItem')
      .values(items)
      .onConflict((c) => c.columns(['cityId', 'projectId', 'item']).doNothing())
      .execute();
  const ids = members.map((member) => member.projectId);
  await setMaturity(scope, (await getRules(scope)).rules, ids);
  await insertReserveEvents(
    scope,
    members.map(({ projectId, enteredOn, poolYear }) => ({
      projectId,
      kind: 'entered' as const,
      day: enteredOn,
      year: poolYear,
    })),
  );
  const { rows } = await sql<{ projectId: string; stage: 'started' | 'withdrawn' | 'terminated'; on: string | null }>`
    select project_id, stage, reached_on as on from lifecycle.gate
    where city_id = ${scope.cityId} and project_id = any(${ids}::uuid[]) and stage in ('started', 'withdrawn', 'terminated')`.execute(
    scope.db,
  );
  await leaveReserve(
    scope,
    rows.map(({ projectId, stage, on }) => ({ projectId, stage, passed: { on, precision: 'day' } })),
  );
}
