import { type SqlBool, sql } from 'kysely';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { speaksFor } from '#modules/ledger/server/public.ts';
import { checkCreditCode } from '#modules/organization/server/public.ts';
import { challengeStates, isOpenAward } from '../flow.ts';
import type { TakerInput } from '../shapes.ts';
import { attached, insertRuling, keep, lockFor, namesOf, refuseMissing, refuseUnless } from './keep.ts';
import { getWhole, lockWhole, type Whole } from './load.ts';
import { isOwnBid } from './reach.ts';
import { type TakerTable, tables } from './tables.ts';

/** Real codes exist that fail the check digit: only what cannot be a code at all is refused. */
const isCode = (code: string): boolean => !checkCreditCode(code).state.startsWith('wrong');

const bidWords = { zh: '揭榜申请', en: 'bid' };

/** Who is the same in two bids: a unit by its id, a firm by its code, else by the name without spaces. */
export const takerKey = ({ kind, unitId, creditCode, name }: TakerInput): string =>
  unitId ? `unit:${unitId}` : creditCode ? `firm:${creditCode}` : `${kind}:${name.replace(/\s/g, '').toUpperCase()}`;

export interface BidInput {
  id: string;
  leadUnitId: string;
  takers: readonly TakerInput[];
  promise: string;
  plan: string;
  contact: string;
  fileId?: string | undefined;
}

/** 揭榜. @throws Problem 404, 409 not_now, has_award, bid_twice; 422 */
export async function bid(scope: Scope, input: BidInput): Promise<{ id: string }> {
  const whole = await lockWhole(scope, input.id);
  const { row } = whole;
  if (!speaksFor(scope, input.leadUnitId, 'challenges.take')) throw notFound({ zh: '单位', en: 'unit' });
  await namesOf(scope, [input.leadUnitId, ...input.takers.map((taker) => taker.unitId)]);
  const { openOn, closeOn, takerKinds, allowsConsortia } = row.terms;
  refuseUnless(row.state === 'published' && openOn! <= scope.today && scope.today <= closeOn!, {
    zh: `揭榜时间为 ${openOn} 至 ${closeOn}`,
    en: `Bids are taken from ${openOn} to ${closeOn}`,
  });
  const stranger = input.takers.find((taker) => !takerKinds.includes(taker.kind));
  if (stranger)
    throw invalid(
      'taker_kind',
      {
        zh: `本榜不接受“${stranger.name}”这类揭榜方`,
        en: `This challenge is not open to takers like “${stranger.name}”`,
      },
      'takers',
    );
  if (input.takers.length > 1 && !allowsConsortia)
    throw invalid('no_consortium', { zh: '本榜不接受联合体', en: 'This challenge takes no consortium' }, 'takers');
  const wrong = input.takers.find((taker) => taker.creditCode !== null && !isCode(taker.creditCode));
  if (wrong)
    throw invalid(
      'credit_code',
      { zh: `“${wrong.name}”的统一社会信用代码有误`, en: `The credit code of “${wrong.name}” is wrong` },
      'takers',
    );
  const judges = [row.ownerUnitId, row.publisherUnitId, row.verifierUnitId];
  if ([input.leadUnitId, ...input.takers.map((taker) => taker.unitId)].some((id) => id !== null && judges.includes(id)))
    throw invalid(
      'own_challenge',
      { zh: '发榜方和核验单位不能揭本榜', en: 'Publisher and verifier cannot take this challenge' },
      'takers',
    );
  if (whole.bids.some((one) => one.leadUnitId === input.leadUnitId && one.state === 'submitted'))
    throw conflict('bid_twice', {
      zh: '本单位已经揭榜，修改请先撤回',
      en: 'Your unit has bid already: withdraw it first to change it',
    });
  const keys = input.takers.map(takerKey);
  await refuseSecondAward(scope, whole, [...keys, `unit:${input.leadUnitId}`]);
  const id = newId();
  await tables(scope)
    .insertInto('challenges.bid')
    .values({
      cityId: scope.cityId,
      id,
      challengeId: row.id,
      leadUnitId: input.leadUnitId,
      promise: input.promise,
      plan: input.plan,
      contact: input.contact,
      ...(await attached(scope, input.fileId)),
      state: 'submitted',
      score: null,
      reason: null,
      submittedOn: scope.today,
      submittedBy: scope.actor.id,
      submittedByName: scope.actor.name,
      at: scope.now,
    })
    .execute();
  await insertTakers(scope, id, input.takers);
  await keep(scope, whole, { act: 'bid', side: 'taker' });
  return { id };
}

export async function insertTakers(scope: Scope, bidId: string, takers: readonly TakerInput[]): Promise<void> {
  const rows: TakerTable[] = takers.map((taker, position) => ({
    cityId: scope.cityId,
    bidId,
    position,
    kind: taker.kind,
    name: taker.name,
    unitId: taker.unitId,
    creditCode: taker.creditCode,
    key: takerKey(taker),
  }));
  await tables(scope).insertInto('challenges.taker').values(rows).execute();
}

/** One open award for each taker, where the batch says so. @throws Problem 409 has_award */
async function refuseSecondAward(scope: Scope, { row }: Whole, keys: readonly string[]): Promise<void> {
  if (!row.isSingleAward) return;
  // Two awards of one batch at the same moment wait for each other here.
  await sql`select 1 from challenges.batch where city_id = ${scope.cityId} and id = ${row.batchId} for update`.execute(
    scope.db,
  );
  const open = challengeStates.filter(isOpenAward);
  const { rows } = await sql<{ name: string; no: string; title: string }>`
    select coalesce(t.name, u.name) as name, c.no, c.title from challenges.challenge c
    join challenges.bid x on x.city_id = c.city_id and x.challenge_id = c.id and x.state = 'chosen'
    left join challenges.taker t on t.city_id = x.city_id and t.bid_id = x.id and t.key = any(${[...keys]}::text[])
    left join organization.pub_unit u on u.city_id = x.city_id and u.id = x.lead_unit_id
    where c.city_id = ${scope.cityId} and c.batch_id = ${row.batchId} and c.id <> ${row.id} and c.state = any(${open}::text[])
      and (t.key is not null or 'unit:' || x.lead_unit_id::text = any(${[...keys]}::text[]))
    limit 1`.execute(scope.db);
  const [held] = rows;
  if (held)
    throw conflict('has_award', {
      zh: `本批次一方限揭一榜：“${held.name}”已揭 ${held.no}（${held.title}），该榜了结之前不能再揭`,
      en: `One award for each taker in this batch: “${held.name}” holds ${held.no} (${held.title})`,
    });
}

/** @throws Problem 404, 409 */
export async function withdrawBid(scope: Scope, { id, bidId }: { id: string; bidId: string }) {
  const whole = await lockWhole(scope, id);
  const found = whole.bids.find((one) => one.id === bidId);
  if (!found || !isOwnBid(scope, found)) throw notFound(bidWords);
  refuseUnless(whole.row.state === 'published' && found.state === 'submitted', {
    zh: '评选之后不能撤回揭榜申请',
    en: 'A bid is not withdrawn after the selection',
  });
  await setBid(scope, bidId, { state: 'withdrawn' });
  await keep(scope, whole, { act: 'withdrawBid', side: 'taker' });
  return { id: bidId };
}

const setBid = (
  scope: Scope,
  id: string,
  changes: { state: 'submitted' | 'withdrawn' | 'chosen' | 'notChosen'; score?: string | null; reason?: string | null },
) =>
  tables(scope)
    .updateTable('challenges.bid')
    .set(changes)
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();

export interface SelectInput {
  id: string;
  version: number;
  method: string;
  panel: string;
  on: Day;
  bids: readonly { bidId: string; score: string | null; isChosen: boolean; reason: string }[];
  fileId?: string | undefined;
}

/** 定榜: exactly one bid is chosen, each of the others gets its reason; the publicity begins. @throws Problem 404, 409, 422 */
export async function select(scope: Scope, input: SelectInput) {
  const { whole, side } = await lockFor(scope, input.id, ['publisher'], input.version);
  refuseMissing(scope, whole, 'select');
  const open = whole.bids.filter((one) => one.state === 'submitted');
  for (const { bidId } of input.bids) if (!open.some((one) => one.id === bidId)) throw notFound(bidWords);
  const judged = new Map(input.bids.map((one) => [one.bidId, one]));
  const chosen = input.bids.filter((one) => one.isChosen);
  if (judged.size < open.length || chosen.length !== 1)
    throw invalid(
      'one_chosen',
      { zh: '每份揭榜申请都要有评选意见，中榜一份', en: 'Judge every bid and choose exactly one' },
      'bids',
    );
  const winner = open.find((one) => one.id === chosen[0]!.bidId)!;
  await refuseSecondAward(scope, whole, [...winner.takers.map((taker) => taker.key), `unit:${winner.leadUnitId}`]);
  for (const one of open) {
    const { score, isChosen, reason } = judged.get(one.id)!;
    await setBid(scope, one.id, { state: isChosen ? 'chosen' : 'notChosen', score, reason });
  }
  await insertRuling(scope, input.id, {
    kind: 'selection',
    onDay: input.on,
    text: input.panel,
    basis: input.method,
    payload: { bids: input.bids },
    fileId: input.fileId,
  });
  const until = addDays(scope.today, whole.row.publicityDays);
  // The winner is told as a party: read it again with the choice made.
  return keep(scope, await getWhole(scope, input.id), {
    act: 'select',
    topic: 'selected',
    to: 'publicity',
    changes: { publicityFrom: scope.today, publicityUntil: until },
    text: winner.takers.map((taker) => taker.name).join('、'),
    side,
  });
}

/** Everybody who sees the publicity may object in it. @throws Problem 404, 409 */
export async function object(scope: Scope, { id, text }: { id: string; text: string }): Promise<{ id: string }> {
  const whole = await lockWhole(scope, id);
  const { row } = whole;
  refuseUnless(row.state === 'publicity' && scope.today <= row.publicityUntil!, {
    zh: '只能在公示期内提出异议',
    en: 'Objections are taken during the publicity',
  });
  const objectionId = newId();
  await tables(scope)
    .insertInto('challenges.objection')
    .values({
      cityId: scope.cityId,
      id: objectionId,
      challengeId: id,
      unitId: scope.actor.unitIds[0] ?? null,
      text,
      filedOn: scope.today,
      filedBy: scope.actor.id,
      filedByName: scope.actor.name,
      state: 'open',
      answer: null,
      decidedOn: null,
      decidedByName: null,
    })
    .execute();
  await keep(scope, whole, { act: 'object', topic: 'objected', side: 'other' });
  return { id: objectionId };
}

/** Upheld, the selection is made anew: the bids wait again and the publicity is over. @throws Problem 404, 409 */
export async function decideObjection(
  scope: Scope,
  input: { id: string; objectionId: string; result: 'upheld' | 'rejected'; answer: string },
) {
  const { whole, side } = await lockFor(scope, input.id, ['publisher']);
  const found = whole.objections.find((one) => one.id === input.objectionId);
  if (!found) throw notFound({ zh: '异议', en: 'objection' });
  refuseUnless(found.state === 'open' && whole.row.state === 'publicity', {
    zh: '该异议已经答复',
    en: 'It has been answered already',
  });
  if (found.filedBy === scope.actor.id && scope.actor.kind !== 'system')
    throw conflict('own_objection', { zh: '不能答复自己提出的异议', en: 'Nobody answers his own objection' });
  await tables(scope)
    .updateTable('challenges.objection')
    .set({ state: input.result, answer: input.answer, decidedOn: scope.today, decidedByName: scope.actor.name })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', found.id)
    .execute();
  if (input.result === 'rejected') return keep(scope, whole, { act: 'rejectObjection', text: input.answer, side });
  await reopenBids(scope, whole);
  return keep(scope, whole, {
    act: 'reselect',
    to: 'published',
    changes: { publicityFrom: null, publicityUntil: null },
    text: input.answer,
    side,
  });
}

/** The bids wait for a new selection; what was said of them stands in the ruling of the former one. */
export async function reopenBids(scope: Scope, { row }: Whole): Promise<void> {
  await tables(scope)
    .updateTable('challenges.bid')
    .set({ state: 'submitted', score: null, reason: null })
    .where('cityId', '=', scope.cityId)
    .where('challengeId', '=', row.id)
    .where(sql<SqlBool>`state in ('chosen', 'notChosen')`)
    .execute();
}
