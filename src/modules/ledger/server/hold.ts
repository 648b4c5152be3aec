import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { type MatterMove, moveWords, stateAfter, stateWords } from '../flow.ts';
import type { MatterAct } from '../shapes.ts';
import { speaksFor } from './reach.ts';
import { keepLights } from './settle.ts';
import { insertEvents, lockMatters, type MatterChanges, type MatterRecord, partyUnits, setMatter } from './store.ts';

export const words = { zh: '事项', en: 'matter' };

export interface ActInput {
  id: string;
  version?: number | undefined;
}

/** The matter locked for an act. What the caller may not act on answers like what is not there. @throws Problem 404, 409 moved */
export async function hold(scope: Scope, { id, version }: ActInput, permission: string): Promise<MatterRecord> {
  const [held] = await lockMatters(scope, [id], permission);
  if (!held) throw notFound(words);
  if (version !== undefined && version !== held.version)
    throw conflict('moved', {
      zh: '这件事项刚刚有了新的变化，请刷新看过再办；您填的内容还在页面上',
      en: 'The matter has just changed: reload and look first; what you typed is still on the page',
    });
  return held;
}

/** Only the lead unit does this; others see the matter and are told so. @throws Problem 409 */
export function demandLead(scope: Scope, matter: MatterRecord): void {
  if (!speaksFor(scope, matter.leadUnitId))
    throw conflict('not_the_lead', {
      zh: '只有牵头单位能办这一步',
      en: 'Only the lead unit can do this',
    });
}

/** The state the move leads to. @throws Problem 409 in the words of the field */
export function demandMove(matter: MatterRecord, move: MatterMove): MatterRecord['state'] {
  const to = stateAfter(matter.state, move, matter.restingFrom);
  if (to === undefined)
    throw conflict('not_now', {
      zh: `${stateWords[matter.state].zh}的事项不能${moveWords[move].zh}`,
      en: `“${moveWords[move].en}” is not possible while the matter is “${stateWords[matter.state].en}”`,
    });
  return to;
}

export interface Done {
  act: MatterAct;
  changes: MatterChanges;
  text?: string | null | undefined;
  payload?: Record<string, unknown> | undefined;
  /** Topic of the announcement: `ledger.<told>`. */
  told?: string;
  data?: Record<string, unknown> | undefined;
}

/** Writes what an act changed: the row, the event, the colour, the audit, the announcement. Answers the new row and the event. */
export async function carryOut(
  scope: Scope,
  matter: MatterRecord,
  { act, changes, text, payload, told, data }: Done,
): Promise<{ matter: MatterRecord; eventId: string }> {
  const after = await setMatter(scope, matter, changes);
  const [eventId] = await insertEvents(scope, [
    { matterId: matter.id, act, fromState: matter.state, toState: after.state, text, payload },
  ]);
  await keepLights(scope, [matter.id]);
  audited(scope, {
    subject: 'ledger.matter',
    id: matter.id,
    before: { state: matter.state, due: matter.dueCurrent },
    after: { act, state: after.state, due: after.dueCurrent, text: text ?? null },
  });
  if (told !== undefined) await tell(scope, after, told, data);
  return { matter: after, eventId: eventId! };
}

export async function tell(
  scope: Scope,
  matter: MatterRecord,
  topic: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await emit(scope, {
    topic: `ledger.${topic}`,
    projectId: matter.projectId,
    unitIds: (await partyUnits(scope, [matter.id])).get(matter.id) ?? [],
    data: {
      matterId: matter.id,
      no: matter.no,
      title: matter.title,
      kind: matter.kind,
      state: matter.state,
      dueOn: matter.dueCurrent,
      leadUnitId: matter.leadUnitId,
      leadLeaderId: matter.leadLeaderId,
      ...data,
    },
  });
}

export const doneOf = ({ id, no }: MatterRecord) => ({ id, no });
