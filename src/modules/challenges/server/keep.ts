import { audited, hashOf } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { type ChallengeMove, challengeFlow, missingFor, moveSides, moveWords, type Side, stateWords } from '../flow.ts';
import { factsOf } from './facts.ts';
import { lockWhole, type Whole, words } from './load.ts';
import { isOnSide, takerUnits } from './reach.ts';
import { type ChallengeTable, jsonb, type RulingKind, type RulingTable, tables } from './tables.ts';

/** @throws Problem 409 moved */
export function refuseMoved(known: number, asked: number | undefined): void {
  if (asked !== undefined && asked !== known)
    throw conflict('moved', { zh: '别人刚刚改过，请刷新后再试', en: 'Somebody has just changed it: reload first' });
}

/** The challenge held, for who speaks for one of the sides. To anybody else it says what it says of a missing one. @throws Problem 404, 409 */
export async function lockFor(
  scope: Scope,
  id: string,
  sides: readonly Side[],
  version?: number,
): Promise<{ whole: Whole; side: Side }> {
  const whole = await lockWhole(scope, id);
  const side = sides.find((one) => isOnSide(scope, whole, one));
  if (!side) throw notFound(words);
  refuseMoved(whole.row.version, version);
  return { whole, side };
}

/** @throws Problem 409 not_now: where the challenge stands, no such move is known; 422 missing: what it still lacks, all of it */
export function refuseMissing(scope: Scope, whole: Whole, move: ChallengeMove): void {
  const missing = missingFor(move, factsOf(scope, whole));
  const { state } = whole.row;
  if (missing === null)
    throw conflict('not_now', {
      zh: `现在是“${stateWords[state].zh}”，不能${moveWords[move].zh}`,
      en: `It is “${stateWords[state].en}” now: “${moveWords[move].en}” is not possible`,
    });
  if (missing.length > 0)
    throw invalid(
      'missing',
      {
        zh: `还不能${moveWords[move].zh}，缺少：${missing.map((one) => one.zh).join('；')}`,
        en: `“${moveWords[move].en}” still lacks: ${missing.map((one) => one.en).join('; ')}`,
      },
      undefined,
      { missing },
    );
}

/** For an act that is no move of the flow. @throws Problem 409 not_now */
export function refuseUnless(isPossible: boolean, says: Words): void {
  if (!isPossible) throw conflict('not_now', says);
}

/** Every unit that has a part in it: they are told when something happens. */
export const partiesOf = (whole: Whole): string[] => {
  const { row, supports, bids } = whole;
  const units = [row.ownerUnitId, row.publisherUnitId, row.verifierUnitId, ...takerUnits(whole)];
  if (row.publishedOn !== null) units.push(...supports.map((s) => s.unitId), ...bids.map((b) => b.leadUnitId));
  return units.filter((id) => id !== null);
};

export interface Act {
  act: string;
  topic?: string;
  to?: ChallengeTable['state'];
  changes?: Partial<Omit<ChallengeTable, 'cityId' | 'id' | 'version' | 'state'>>;
  text?: string | null;
  side: Side | 'other';
}

/** Writes the changes as the next version, adds the line to the course, and tells the parties. Returns the new version. */
export async function keep(scope: Scope, whole: Whole, { act, topic, to, changes = {}, text, side }: Act) {
  const { row } = whole;
  const state = to ?? row.state;
  const { terms, ...rest } = changes;
  await tables(scope)
    .updateTable('challenges.challenge')
    .set({ ...rest, ...(terms && { terms: jsonb(terms) }), state, version: row.version + 1 })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', row.id)
    .execute();
  await insertEvent(scope, row.id, { act, fromState: row.state, toState: state, text: text ?? null, side });
  audited(scope, {
    subject: 'challenges.challenge',
    id: row.id,
    before: { state: row.state },
    after: { act, state, no: row.no },
  });
  await emit(scope, {
    topic: `challenges.${topic ?? 'changed'}`,
    unitIds: partiesOf(whole),
    data: { challengeId: row.id, batchId: row.batchId, no: row.no, title: row.title, act, state },
  });
  return { id: row.id, version: row.version + 1 };
}

export async function insertEvent(
  scope: Scope,
  challengeId: string,
  event: {
    act: string;
    fromState: ChallengeTable['state'] | null;
    toState: ChallengeTable['state'];
    text: string | null;
    side: Side | 'other';
  },
): Promise<void> {
  await tables(scope)
    .insertInto('challenges.event')
    .values({
      cityId: scope.cityId,
      id: newId(),
      challengeId,
      ...event,
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      onDay: scope.today,
      at: scope.now,
    })
    .execute();
}

/** One move of the flow by a side that may make it: guarded, written, told. @throws Problem 404, 409, 422 */
export async function move(
  scope: Scope,
  { id, version, name }: { id: string; version?: number; name: ChallengeMove },
  more: Omit<Act, 'act' | 'to' | 'side'> = {},
  before?: (whole: Whole) => Promise<void>,
) {
  const { whole, side } = await lockFor(scope, id, moveSides[name], version);
  refuseMissing(scope, whole, name);
  await before?.(whole);
  return keep(scope, whole, { act: name, to: challengeFlow[whole.row.state][name]!, side, ...more });
}

export interface NewRuling {
  kind: RulingKind;
  onDay: Day;
  text: string;
  basis?: string | null;
  payload?: Record<string, unknown>;
  fileId?: string | undefined;
}

/** What was established, for good: the payload with its hash. @throws Problem 422 future_day */
export async function insertRuling(
  scope: Scope,
  challengeId: string,
  ruling: NewRuling,
  id = newId(),
): Promise<RulingTable> {
  if (ruling.onDay > scope.today)
    throw invalid('future_day', { zh: '日期不能晚于今天', en: 'The day cannot lie in the future' }, 'on');
  const file = await attached(scope, ruling.fileId);
  const payload = ruling.payload ?? {};
  const { kind, onDay, text, basis = null } = ruling;
  const row: RulingTable = {
    cityId: scope.cityId,
    id,
    challengeId,
    kind,
    onDay,
    text,
    basis,
    payload,
    hash: hashOf({ kind, onDay, text, basis, payload }),
    ...file,
    byId: scope.actor.id,
    byName: scope.actor.name,
    at: scope.now,
  };
  await tables(scope)
    .insertInto('challenges.ruling')
    .values({ ...row, payload: jsonb(payload) })
    .execute();
  return row;
}

/** A file that the caller uploaded. @throws Problem 404 */
export async function attached(scope: Scope, id: string | undefined) {
  if (id === undefined) return { fileId: null, fileName: null };
  const file = await claimFile(scope, id);
  return { fileId: file.id, fileName: file.name };
}

/** @throws Problem 404 when one is not there */
export async function namesOf(scope: Scope, ids: readonly (string | null)[]): Promise<(id: string) => string> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const names = await unitNames(scope, wanted);
  if (wanted.some((id) => !names.has(id))) throw notFound({ zh: '单位', en: 'unit' });
  return (id) => names.get(id)?.name ?? '';
}
