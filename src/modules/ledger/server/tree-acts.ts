import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { isEnded, isRunning } from '../flow.ts';
import { type ActInput, carryOut, demandMove, doneOf, hold, words } from './hold.ts';
import type { NewMatter } from './new-matter.ts';
import { raiseMatters } from './raise.ts';
import { insertRows } from './rows.ts';
import { findMatter, insertEvents, lockMatters } from './store.ts';
import type { LinkRel } from './tables.ts';
import { demandSupervisor } from './verify-acts.ts';

const insertLink = (scope: Scope, fromId: string, toId: string, rel: LinkRel, note: string | null) =>
  insertRows(
    scope,
    'ledger.link',
    [{ fromId, toId, rel, note, actorName: scope.actor.name, at: scope.now.toISOString() }],
    { ignoreKnown: true },
  );

/** Splits a matter into parts that are issued at once; it closes when they do. @throws Problem 404, 409, 422 */
export async function split(scope: Scope, input: ActInput & { parts: readonly NewMatter[] }) {
  const matter = await hold(scope, input, 'ledger.issue');
  if (!isRunning(matter.state))
    throw conflict('not_now', { zh: '只有在办的事项能拆分', en: 'Only a matter being worked on is split' });
  const late = input.parts.findIndex((p) => p.dueOn != null && p.dueOn > matter.dueCurrent!);
  if (late >= 0)
    throw invalid(
      'part_after_whole',
      {
        zh: `第 ${late + 1} 个子事项的时限晚于本事项的 ${matter.dueCurrent}`,
        en: `Part ${late + 1} is due after the whole (${matter.dueCurrent})`,
      },
      'parts',
    );
  const parts = await raiseMatters(
    scope,
    input.parts.map((p) => ({
      ...p,
      parentId: matter.id,
      projectId: p.projectId ?? matter.projectId,
      dueOn: p.dueOn ?? matter.dueCurrent,
      level: p.level ?? matter.level,
      demo: matter.demo,
    })),
    { issue: true },
  );
  for (const part of parts) await insertLink(scope, part.id, matter.id, 'splitFrom', null);
  await carryOut(scope, matter, {
    act: 'split',
    payload: { parts: parts.map((p) => p.no) },
    changes: {},
    told: 'split',
  });
  return { parts };
}

/** One of two that are the same goes into the other: it is void and says where it went; the other one goes on. */
export async function merge(scope: Scope, input: ActInput & { intoId: string; asDuplicate: boolean; reason: string }) {
  if (input.id === input.intoId)
    throw invalid('same_matter', { zh: '不能并入自己', en: 'A matter is not merged into itself' }, 'intoId');
  // Both are locked in one order before anything is read.
  const held = await lockMatters(scope, [input.id, input.intoId], 'ledger.supervise');
  const into = held.find((m) => m.id === input.intoId);
  if (!into) throw notFound(words);
  const matter = await hold(scope, input, 'ledger.supervise');
  if (isEnded(into.state))
    throw conflict('into_ended', { zh: '要并入的事项已经办结', en: 'The matter to merge into has ended' });
  if (into.parentId === matter.id)
    throw conflict('into_part', { zh: '不能并入自己的子事项', en: 'A matter is not merged into its own part' });
  const state = demandMove(matter, 'void');
  await demandSupervisor(scope, matter);
  await insertLink(scope, matter.id, into.id, input.asDuplicate ? 'duplicateOf' : 'mergedInto', input.reason);
  await carryOut(scope, matter, {
    act: 'merge',
    text: input.reason,
    payload: { into: into.no, asDuplicate: input.asDuplicate },
    changes: {
      state,
      closedAt: scope.now,
      closedOn: scope.today,
      closeReason: `${input.asDuplicate ? '与' : '并入'}${into.no}${input.asDuplicate ? '重复' : ''}：${input.reason}`,
    },
    told: 'voided',
  });
  await insertEvents(scope, [
    {
      matterId: into.id,
      act: 'merge',
      fromState: into.state,
      toState: into.state,
      text: input.reason,
      payload: { from: matter.no },
    },
  ]);
  return doneOf(matter);
}

export async function link(
  scope: Scope,
  input: ActInput & { toId: string; rel: 'supports' | 'causedBy' | 'blockedBy'; note?: string | undefined },
) {
  const matter = await hold(scope, input, 'ledger.supervise');
  const other = await findMatter(scope, input.toId);
  if (!other) throw notFound(words);
  if (other.id === matter.id)
    throw invalid('same_matter', { zh: '不能关联自己', en: 'A matter is not linked to itself' }, 'toId');
  await insertLink(scope, matter.id, other.id, input.rel, input.note ?? null);
  await carryOut(scope, matter, {
    act: 'link',
    text: input.note,
    payload: { to: other.no, rel: input.rel },
    changes: {},
  });
  return doneOf(matter);
}
