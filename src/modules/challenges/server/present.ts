import { type SqlBool, sql } from 'kysely';
import { hashOf } from '#core/server/audit.ts';
import type { Scope } from '#core/server/scope.ts';
import { ratio } from '#core/shared/rate.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { type ChallengeState, challengeMoves, missingFor, moveSides } from '../flow.ts';
import { exactOf, isLagging, timeShare } from '../progress.ts';
import { type RewardInputs, rewardCents } from '../reward.ts';
import type { acts, BatchView, ChallengeCard, ChallengeView, Relation } from '../shapes.ts';
import type { ReviewConclusion } from '../terms.ts';
import { baselinesOf, factsOf, isSupportLate, needsAdjustment, pledgeInForce, standingOf } from './facts.ts';
import { getWhole, listRows, loadAll, type Whole } from './load.ts';
import { isOnSide, isOwnBid, isOwnSql } from './reach.ts';
import { type BatchTable, type EventTable, tables } from './tables.ts';
import { type VerificationPayload, verificationOf } from './verdicts.ts';

type Names = (id: string) => { id: string; name: string };

async function namesFor(scope: Scope, ids: readonly (string | null)[]): Promise<Names> {
  const names = await unitNames(
    scope,
    ids.filter((id) => id !== null),
  );
  return (id) => ({ id, name: names.get(id)?.name ?? '' });
}

const unitsOf = ({ row, supports, bids }: Whole) => [
  row.ownerUnitId,
  row.publisherUnitId,
  row.verifierUnitId,
  ...supports.map((s) => s.unitId),
  ...bids.map((b) => b.leadUnitId),
];

/** Whole course, numbers on the way, pledges: for who has to answer for it. */
const isParty = (relation: Relation): boolean => relation === 'inside' || relation === 'taker';

const fileOf = (row: { fileId: string | null; fileName: string | null }) =>
  row.fileId === null ? null : { id: row.fileId, name: row.fileName ?? '' };

function cardOf(scope: Scope, whole: Whole, names: Names): ChallengeCard {
  const { row, bids, supports } = whole;
  const party = isParty(row.relation);
  const standing = standingOf(whole);
  const time =
    row.publishedOn && standing.dueOn ? timeShare(row.signedOn ?? row.publishedOn, standing.dueOn, scope.today) : null;
  const { name, unit, decimals } = row.terms.metric;
  const chosen = bids.find((bid) => bid.state === 'chosen');
  const value = party ? standing.value : undefined;
  const isUnderWay = row.state === 'signed' || row.state === 'claimed';
  return {
    id: row.id,
    no: row.no,
    batchId: row.batchId,
    batchTitle: row.batchTitle,
    title: row.title,
    state: row.state,
    owner: names(row.ownerUnitId),
    verifier: row.verifierUnitId === null ? null : names(row.verifierUnitId),
    metric: { name, unit, decimals },
    baseline: standing.baseline,
    target: standing.target,
    openOn: row.terms.openOn,
    closeOn: row.terms.closeOn,
    dueOn: standing.dueOn,
    takers: chosen?.takers.map((taker) => taker.name) ?? [],
    relation: row.relation,
    value: value ? { n: value.n, d: value.d } : null,
    valueBasis: value?.basis ?? null,
    valueOn: value?.asOf ?? null,
    progress: value && standing.progress ? exactOf(standing.progress) : null,
    time: time && exactOf(time),
    isLagging: party && isUnderWay && isLagging(standing.progress ?? ratio(0, 1), time),
    supports: supports.length,
    lateSupport: party || row.relation === 'support' ? supports.filter((s) => isSupportLate(s, scope.today)).length : 0,
    needsAdjustment: party && needsAdjustment(whole),
    demo: row.demo,
  };
}

const presentBatch = (scope: Scope, row: BatchTable, names: Names): BatchView => {
  const reach = scope.reach('challenges.publish');
  return {
    id: row.id,
    title: row.title,
    year: row.year,
    publisher: names(row.publisherUnitId),
    isSingleAward: row.isSingleAward,
    audience: row.audience,
    publicityDays: row.publicityDays,
    rules: row.rules,
    source: row.source,
    version: row.version,
    demo: row.demo,
    canPublish: scope.can('challenges.publish') && (reach.all || reach.unitIds.includes(row.publisherUnitId)),
  };
};

export interface ListFilter {
  batchId?: string | undefined;
  state?: ChallengeState | undefined;
  mine?: boolean | undefined;
  q?: string | undefined;
}

const conditionOf = (scope: Scope, { batchId, state, mine, q }: ListFilter) => sql<SqlBool>`true
  ${batchId === undefined ? sql`` : sql`and c.batch_id = ${batchId}`}
  ${state === undefined ? sql`` : sql`and c.state = ${state}`}
  ${mine ? sql`and ${isOwnSql(scope)}` : sql``}
  ${q ? sql`and (c.title like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} or c.no like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`})` : sql``}`;

/** Cards of the list, those that exist for the caller. */
export async function listCards(scope: Scope, filter: ListFilter): Promise<ChallengeCard[]> {
  const wholes = await loadAll(scope, await listRows(scope, conditionOf(scope, filter)));
  const names = await namesFor(scope, wholes.flatMap(unitsOf));
  return wholes.map((whole) => cardOf(scope, whole, names));
}

/** The page of all batches: those with a challenge to be seen, and own ones while they are empty. */
export async function listPage(scope: Scope, filter: ListFilter) {
  const cards = await listCards(scope, filter);
  const { state: _, ...beforeState } = filter;
  const all = filter.state === undefined ? cards : await listCards(scope, beforeState);
  const shown = new Set(cards.map((card) => card.batchId));
  const rows = await tables(scope)
    .selectFrom('challenges.batch')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('year', 'desc')
    .orderBy('title')
    .execute();
  const names = await namesFor(
    scope,
    rows.map((row) => row.publisherUnitId),
  );
  const isWhole = filter.state === undefined && !filter.mine && !filter.q && filter.batchId === undefined;
  const batches = rows
    .map((row) => presentBatch(scope, row, names))
    .filter((batch) => shown.has(batch.id) || (isWhole && batch.canPublish));
  const counts = Map.groupBy(all, (card) => card.state);
  return {
    batches,
    cards,
    states: [...counts].map(([state, some]) => ({ state, n: some.length })),
    allowed: (['publish', 'take'] as const).filter((one) => scope.can(`challenges.${one}`)),
  };
}

/** One challenge, as much of it as the reader is a party to. @throws Problem 404 */
export async function presentChallenge(scope: Scope, { id }: { id: string }): Promise<ChallengeView> {
  const whole = await getWhole(scope, id);
  const { row, supports, bids, pledges, values, rulings } = whole;
  const names = await namesFor(scope, unitsOf(whole));
  const card = cardOf(scope, whole, names);
  const party = isParty(row.relation);
  const isSupport = party || row.relation === 'support';
  const batch = await tables(scope)
    .selectFrom('challenges.batch')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', row.batchId)
    .executeTakeFirstOrThrow();
  const isSealed = row.state === 'published' && row.terms.closeOn !== null && scope.today <= row.terms.closeOn;
  const readsBids = row.relation === 'inside' && !isSealed;
  const inForce = pledgeInForce(whole);
  const reached = new Map(whole.milestones.map((one) => [one.position, one]));
  const review = rulings.findLast((one) => one.kind === 'review');
  return {
    ...card,
    version: row.version,
    batch: presentBatch(scope, batch, names),
    terms: row.terms,
    projectNames: await projectNames(scope, whole),
    supportItems: supports.map((s) => ({
      title: s.title,
      unit: names(s.unitId),
      dueOn: s.dueOn,
      matter:
        isSupport && s.matterId !== null
          ? { id: s.matterId, no: s.matterNo ?? '', state: s.matterState ?? '', dueOn: s.matterDueOn }
          : null,
      isLate: isSupport && isSupportLate(s, scope.today),
    })),
    publishedOn: row.publishedOn,
    publicityFrom: row.publicityFrom,
    publicityUntil: row.publicityUntil,
    signedOn: row.signedOn,
    endedOn: row.endedOn,
    bidCount: row.relation === 'inside' ? bids.filter((bid) => bid.state !== 'withdrawn').length : null,
    areBidsSealed: isSealed,
    bids: bids
      .filter((bid) => readsBids || isOwnBid(scope, bid))
      .map((bid) => ({
        id: bid.id,
        leadUnit: names(bid.leadUnitId),
        takers: bid.takers.map(({ kind, name, creditCode }) => ({ kind, name, creditCode })),
        promise: bid.promise,
        plan: bid.plan,
        contact: bid.contact,
        file: fileOf(bid),
        state: bid.state,
        score: bid.score,
        reason: bid.reason,
        submittedOn: bid.submittedOn,
        submittedByName: bid.submittedByName,
        isOwn: isOwnBid(scope, bid),
      })),
    objections: whole.objections
      .filter((one) => party || one.filedBy === scope.actor.id)
      .map(({ id: objectionId, text, filedOn, filedByName, state, answer, decidedOn, decidedByName }) => ({
        id: objectionId,
        text,
        filedOn,
        filedByName,
        state,
        answer,
        decidedOn,
        decidedByName,
      })),
    review:
      review && row.relation === 'inside'
        ? {
            conclusion: review.payload.conclusion as ReviewConclusion,
            basis: review.basis ?? '',
            on: review.onDay,
            by: review.text,
            isOfTheseTerms: review.payload.termsHash === hashOf(row.terms),
            file: fileOf(review),
          }
        : null,
    baselines: party ? baselinesOf(whole) : [],
    pledges: party
      ? pledges.map(({ cityId: _, challengeId: __, ...pledge }) => ({
          ...pledge,
          isInForce: pledge.seq === inForce?.seq,
        }))
      : [],
    milestones: party
      ? (inForce?.content.milestones ?? []).map((one, position) => {
          const done = reached.get(position);
          return {
            position,
            ...one,
            reachedOn: done?.reachedOn ?? null,
            note: done?.note ?? null,
            file: done ? fileOf(done) : null,
            byName: done?.byName ?? null,
            isLate: (done?.reachedOn ?? scope.today) > one.dueOn,
          };
        })
      : [],
    values: party
      ? values.map((value) => ({
          id: value.id,
          period: value.period,
          asOf: value.asOf,
          value: { n: value.n, d: value.d },
          basis: value.basis,
          state: value.state,
          note: value.note,
          file: fileOf(value),
          document: value.document,
          enteredByName: value.enteredByName,
          decidedByName: value.decidedByName,
          decidedOn: value.decidedOn,
          decidedNote: value.decidedNote,
        }))
      : [],
    rulings: rulings
      .filter(
        (one) =>
          party && (one.kind !== 'selection' || readsBids) && (one.kind !== 'review' || row.relation === 'inside'),
      )
      .map((one) => ({
        id: one.id,
        kind: one.kind,
        on: one.onDay,
        text: one.text,
        basis: one.basis,
        conclusion: (one.payload.result as string | undefined) ?? null,
        hash: one.hash,
        file: fileOf(one),
        byName: one.byName,
      })),
    reward: party ? rewardView(whole) : null,
    events: party ? await listEvents(scope, id) : [],
    moves: movesOf(scope, whole),
    allowed: allowedOf(scope, whole, isSealed),
  };
}

/** Amounts as decided, or as they would be; computed again from the frozen values each time somebody looks. */
function rewardView(whole: Whole): ChallengeView['reward'] {
  const verification = verificationOf(whole);
  if (!verification) return null;
  const { inputs, cents } = verification.payload as VerificationPayload;
  if (!inputs || cents === null) return null;
  return {
    cents,
    again: rewardCents(inputs),
    ...(inputs satisfies RewardInputs),
    hash: verification.hash,
    isPaid: whole.row.state === 'rewarded',
  };
}

async function listEvents(scope: Scope, id: string): Promise<ChallengeView['events']> {
  const rows: EventTable[] = await tables(scope)
    .selectFrom('challenges.event')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('challengeId', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return (
    rows
      // While bids are sealed nobody learns who has bid: that somebody has is in the count.
      .filter((row) => row.act !== 'bid' && row.act !== 'withdrawBid' && row.act !== 'object')
      .map(({ id: eventId, act, fromState, toState, text, side, actorName, onDay }) => ({
        id: eventId,
        act,
        fromState,
        toState,
        text,
        side,
        actorName,
        on: onDay,
      }))
  );
}

/** Moves of the sides that the reader speaks for, each with what it lacks. */
function movesOf(scope: Scope, whole: Whole): ChallengeView['moves'] {
  const facts = factsOf(scope, whole);
  const isOn = new Map(
    (['publisher', 'taker', 'verifier', 'decider'] as const).map((side) => [side, isOnSide(scope, whole, side)]),
  );
  return challengeMoves.flatMap((move) => {
    const missing = missingFor(move, facts);
    return missing !== null && moveSides[move].some((side) => isOn.get(side)) ? [{ move, missing }] : [];
  });
}

function allowedOf(scope: Scope, whole: Whole, isSealed: boolean): (typeof acts)[number][] {
  const { row, pledges, objections, values } = whole;
  const { state, terms } = row;
  const allowed: (typeof acts)[number][] = [];
  if (isOnSide(scope, whole, 'publisher')) {
    if (state === 'draft') allowed.push('edit', 'review');
    if (state === 'draft' || state === 'signed' || state === 'claimed') allowed.push('baseline');
    if (state === 'awarded' || state === 'signed') allowed.push('draftPledge');
    if (state === 'publicity' && objections.some((one) => one.state === 'open')) allowed.push('decideObjection');
    const last = pledges.at(-1);
    if ((state === 'awarded' || state === 'signed') && last && last.publisherSignedOn === null)
      allowed.push('signPublisher');
  }
  if (isOnSide(scope, whole, 'taker')) {
    if (state === 'signed') allowed.push('report', 'milestone');
    const last = pledges.at(-1);
    if ((state === 'awarded' || state === 'signed') && last && last.takerSignedOn === null) allowed.push('signTaker');
  }
  if (
    scope.can('challenges.take') &&
    state === 'published' &&
    isSealed &&
    terms.openOn! <= scope.today &&
    !whole.bids.some((bid) => bid.state === 'submitted' && isOwnBid(scope, bid)) &&
    !isOnSide(scope, whole, 'publisher')
  )
    allowed.push('bid');
  if (state === 'published' && whole.bids.some((bid) => bid.state === 'submitted' && isOwnBid(scope, bid)))
    allowed.push('withdrawBid');
  if (state === 'publicity' && scope.today <= row.publicityUntil!) allowed.push('object');
  if (
    (state === 'signed' || state === 'claimed') &&
    values.some((one) => one.state === 'open') &&
    isOnSide(scope, whole, 'verifier')
  )
    allowed.push('accept');
  if ((state === 'signed' || state === 'claimed') && terms.metric.source.kind !== 'submission' && isParty(row.relation))
    allowed.push('refresh');
  return allowed;
}

/** Names of the projects whose filings are counted, those within the reader's reach. */
async function projectNames(scope: Scope, { row }: Whole): Promise<{ id: string; name: string }[]> {
  const { source } = row.terms.metric;
  if (source.kind !== 'filings' || !scope.can('projects.read')) return [];
  const { rows } = await sql<{ id: string; name: string }>`select p.id, p.name from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.id = any(${source.projectIds}::uuid[]) and ${withinReach(scope)} order by p.name`.execute(
    scope.db,
  );
  return rows;
}
