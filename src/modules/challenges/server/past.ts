// Long because a whole course is brought in at once: every row of it must agree with every other.
import { hashOf } from '#core/server/audit.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { ratioOf } from '#core/shared/rate.ts';
import type { ChallengeState, Side } from '../flow.ts';
import { exactOf } from '../progress.ts';
import { rewardCents } from '../reward.ts';
import type { TakerInput } from '../shapes.ts';
import { type ChallengeTerms, PledgeContent, type ReviewConclusion } from '../terms.ts';
import { insertTakers } from './bids.ts';
import { takeNumber } from './drafts.ts';
import { namesOf } from './keep.ts';
import { type BatchTable, jsonb, type RulingTable, tables, type ValueTable } from './tables.ts';

export type PastBatch = Pick<
  BatchTable,
  'title' | 'year' | 'publisherUnitId' | 'isSingleAward' | 'audience' | 'publicityDays' | 'rules' | 'source' | 'demo'
>;

/** A batch that was kept elsewhere: for loading. No permission is asked. */
export async function insertPastBatch(scope: Scope, batch: PastBatch, byName: string): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('challenges.batch')
    .values({ cityId: scope.cityId, id, ...batch, madeByName: byName, madeAt: scope.now, version: 1 })
    .execute();
  return id;
}

export interface PastChallenge {
  ownerUnitId: string;
  verifierUnitId: string;
  terms: ChallengeTerms;
  baseline: { value: string; on: Day; document: string };
  review?: { conclusion: ReviewConclusion; basis: string; on: Day; by: string };
  /** With the matters that they became, raised by the caller. */
  supports: readonly { title: string; unitId: string; dueOn: Day; matterId?: string }[];
  publishedOn: Day;
  /** Left out: open to takers still. */
  taken?: {
    leadUnitId: string;
    takers: readonly TakerInput[];
    promise: string;
    selectedOn: Day;
    /** Left out: in publicity, or waiting for the pledge. */
    signedOn?: Day;
    milestones: readonly { title: string; dueOn: Day; evidence: string; reachedOn?: Day }[];
  };
  values: readonly {
    asOf: Day;
    value: string;
    basis: ValueTable['basis'];
    document?: string;
    byName: string;
  }[];
  restated?: { value: string; on: Day; document: string; reason: string; recordedOn: Day };
  /** Verification was asked for, and is awaited unless `verified` says more. */
  claimed?: { on: Day; text: string };
  verified?: { on: Day; text: string; method: string };
  rewarded?: { on: Day; text: string; basis: string };
  exited?: { on: Day; text: string; basis: string };
}

const noon = (day: Day, minute = 0): Date => new Date(Date.parse(`${day}T10:00:00+08:00`) + minute * 60_000);

/**
 * Whole courses at once, each line on its own day: for loading, and held to the shapes of the module. Permissions and the flow's
 * guards are not asked; nobody is told. Rewards are computed by the formula, never taken over.
 */
export async function insertPastChallenges(
  scope: Scope,
  {
    batchId,
    batch,
    byName,
    publicityDays,
  }: { batchId: string; batch: PastBatch; byName: string; publicityDays: number },
  wanted: readonly PastChallenge[],
): Promise<{ id: string; no: string }[]> {
  const made: { id: string; no: string }[] = [];
  for (const one of wanted) {
    const id = newId();
    const no = await takeNumber(scope, batch.year);
    const { taken, terms } = one;
    const until = taken ? addDays(taken.selectedOn, publicityDays) : null;
    const state = stateOf(scope, one, until);
    const endedOn = one.rewarded?.on ?? one.exited?.on ?? null;
    await tables(scope)
      .insertInto('challenges.challenge')
      .values({
        cityId: scope.cityId,
        id,
        batchId,
        no,
        title: terms.title,
        ownerUnitId: one.ownerUnitId,
        verifierUnitId: one.verifierUnitId,
        state,
        terms: jsonb(terms),
        publishedOn: one.publishedOn,
        publicityFrom: taken?.selectedOn ?? null,
        publicityUntil: until,
        signedOn: taken?.signedOn ?? null,
        dueOn: terms.dueOn,
        endedOn,
        madeByName: byName,
        madeAt: noon(one.publishedOn),
        version: 1,
        demo: batch.demo,
      })
      .execute();
    await writeCourse(scope, { id, no, one, batch, byName, until });
    made.push({ id, no });
  }
  return made;
}

function stateOf(
  scope: Scope,
  { taken, claimed, verified, rewarded, exited }: PastChallenge,
  until: Day | null,
): ChallengeState {
  if (exited) return 'exited';
  if (rewarded) return 'rewarded';
  if (verified) return 'verified';
  if (claimed) return 'claimed';
  if (taken?.signedOn) return 'signed';
  if (taken) return until! < scope.today ? 'awarded' : 'publicity';
  return 'published';
}

/** Everything that hangs on one challenge, in the order in which it happened. */
async function writeCourse(
  scope: Scope,
  {
    id,
    no,
    one,
    batch,
    byName,
    until,
  }: { id: string; no: string; one: PastChallenge; batch: PastBatch; byName: string; until: Day | null },
): Promise<void> {
  const { terms, taken } = one;
  const name = await namesOf(scope, [one.ownerUnitId, one.verifierUnitId, ...one.supports.map((s) => s.unitId)]);
  const events: { act: string; on: Day; to: ChallengeState; text?: string; side: Side | 'other' }[] = [];
  const ruling = (
    kind: RulingTable['kind'],
    onDay: Day,
    text: string,
    basis: string,
    payload: Record<string, unknown>,
    at = onDay,
    rulingId = newId(),
  ) =>
    insertRow(scope, 'ruling', {
      id: rulingId,
      challengeId: id,
      kind,
      onDay,
      text,
      basis,
      payload: jsonb(payload),
      hash: hashOf({ kind, onDay, text, basis, payload }),
      fileId: null,
      fileName: null,
      byId: scope.actor.id,
      byName,
      at: noon(at),
    });
  const baselineId = newId();
  const baselinePayload = (value: string, snapshotId: string, reason: string | null, source: object) => ({
    ...exactOf(ratioOf(value)),
    snapshotId,
    snapshotHash: hashOf({ value, ...source, metric: terms.metric }),
    reason,
    isRead: false,
  });
  const drafted = addDays(one.publishedOn, -10);
  events.push({ act: 'draft', on: drafted, to: 'draft', side: 'publisher' });
  await ruling(
    'baseline',
    one.baseline.on,
    '封存基线',
    one.baseline.document,
    baselinePayload(one.baseline.value, baselineId, null, one.baseline),
    drafted,
    baselineId,
  );
  events.push({ act: 'baseline', on: drafted, to: 'draft', side: 'publisher' });
  if (one.review) {
    const { conclusion, basis, on, by } = one.review;
    await ruling('review', on, by, basis, { conclusion, termsHash: hashOf(terms) });
    events.push({ act: 'review', on, to: 'draft', text: basis, side: 'publisher' });
  }
  events.push({ act: 'publish', on: one.publishedOn, to: 'published', side: 'publisher' });
  for (const [position, { matterId = null, ...support }] of one.supports.entries())
    await insertRow(scope, 'support', { id: newId(), challengeId: id, position, ...support, matterId });
  if (taken && until) {
    const bidId = newId();
    await insertRow(scope, 'bid', {
      id: bidId,
      challengeId: id,
      leadUnitId: taken.leadUnitId,
      promise: taken.promise,
      plan: taken.promise,
      contact: taken.takers[0]!.name,
      fileId: null,
      fileName: null,
      state: 'chosen',
      score: null,
      reason: '符合条件，承诺目标可行',
      submittedOn: one.publishedOn,
      submittedBy: scope.actor.id,
      submittedByName: taken.takers[0]!.name,
      at: noon(one.publishedOn, 30),
    });
    await insertTakers(scope, bidId, taken.takers);
    const takers = taken.takers.map((taker) => taker.name);
    await ruling('selection', taken.selectedOn, '发榜方评选组', '比选', { bids: [{ bidId, isChosen: true }] });
    events.push({ act: 'select', on: taken.selectedOn, to: 'publicity', text: takers.join('、'), side: 'publisher' });
    if (until < scope.today) events.push({ act: 'award', on: addDays(until, 1), to: 'awarded', side: 'publisher' });
    if (taken.signedOn) {
      const content = PledgeContent.parse({
        no,
        title: terms.title,
        batch: batch.title,
        publisher: name(one.ownerUnitId),
        verifier: name(one.verifierUnitId),
        takers,
        metric: terms.metric,
        baseline: {
          ...exactOf(ratioOf(one.baseline.value)),
          on: one.baseline.on,
          snapshotId: baselineId,
          document: one.baseline.document,
        },
        target: terms.target,
        dueOn: terms.dueOn,
        promise: taken.promise,
        milestones: taken.milestones,
        supports: one.supports.map((s) => ({ title: s.title, unit: name(s.unitId), dueOn: s.dueOn })),
        reward: terms.reward,
        penalty: terms.penalty,
        change: terms.change,
        tolerance: terms.tolerance,
        demo: batch.demo,
      });
      await insertRow(scope, 'pledge', {
        challengeId: id,
        seq: 1,
        content: jsonb(content),
        hash: hashOf(content),
        reason: null,
        draftedOn: taken.signedOn,
        draftedByName: byName,
        publisherSignedOn: taken.signedOn,
        publisherSigner: byName,
        takerSignedOn: taken.signedOn,
        takerSigner: takers[0]!,
      });
      events.push({ act: 'draftPledge', on: taken.signedOn, to: 'awarded', side: 'publisher' });
      events.push({ act: 'sign', on: taken.signedOn, to: 'signed', side: 'taker' });
      for (const [position, milestone] of taken.milestones.entries()) {
        if (!milestone.reachedOn) continue;
        await insertRow(scope, 'milestone', {
          challengeId: id,
          position,
          reachedOn: milestone.reachedOn,
          note: milestone.evidence,
          fileId: null,
          fileName: null,
          byName: takers[0]!,
          at: noon(milestone.reachedOn),
        });
        events.push({ act: 'milestone', on: milestone.reachedOn, to: 'signed', text: milestone.title, side: 'taker' });
      }
    }
  }
  let lastValue: { id: string; value: string; basis: string; asOf: Day } | undefined;
  for (const value of one.values) {
    const valueId = newId();
    const isOpen = value.basis === 'selfReported';
    await insertRow(scope, 'value', {
      id: valueId,
      challengeId: id,
      period: value.asOf.slice(0, 7),
      asOf: value.asOf,
      ...exactOf(ratioOf(value.value)),
      basis: value.basis,
      state: isOpen ? 'open' : 'accepted',
      note: null,
      fileId: null,
      fileName: null,
      document: value.document ?? null,
      enteredBy: scope.actor.id,
      enteredByName: value.byName,
      at: noon(value.asOf, 60),
      decidedByName: isOpen ? null : name(one.verifierUnitId),
      decidedOn: isOpen ? null : value.asOf,
      decidedNote: null,
    });
    events.push({
      act: isOpen ? 'report' : 'acceptValue',
      on: value.asOf,
      to: 'signed',
      ...(value.document && { text: value.document }),
      side: isOpen ? 'taker' : 'verifier',
    });
    lastValue = { id: valueId, value: value.value, basis: value.basis, asOf: value.asOf };
  }
  if (one.restated) {
    const { value, on, document, reason, recordedOn } = one.restated;
    const restatedId = newId();
    await ruling(
      'baseline',
      on,
      reason,
      document,
      baselinePayload(value, restatedId, reason, one.restated),
      recordedOn,
      restatedId,
    );
    events.push({ act: 'restateBaseline', on: recordedOn, to: 'signed', text: reason, side: 'publisher' });
  }
  const claimed = one.claimed ?? one.verified;
  if (claimed)
    events.push({
      act: 'claim',
      on: claimed.on,
      to: 'claimed',
      text: one.claimed?.text ?? '申请验收',
      side: 'taker',
    });
  if (one.verified) {
    const { reward } = terms;
    const inputs =
      reward && lastValue
        ? {
            formula: reward.formula,
            capYuan: reward.capYuan,
            baseline: exactOf(ratioOf(one.baseline.value)),
            target: exactOf(ratioOf(terms.target!)),
            value: exactOf(ratioOf(lastValue.value)),
          }
        : null;
    const cents = inputs && rewardCents(inputs);
    const verificationId = newId();
    const { on, text, method } = one.verified;
    const payload = {
      result: 'pass',
      inputs,
      cents,
      pledgeSeq: 1,
      pledgeHash: '',
      valueId: lastValue?.id ?? null,
      basis: lastValue?.basis ?? null,
      asOf: lastValue?.asOf ?? null,
    };
    await ruling('verification', on, text, method, payload, on, verificationId);
    events.push({ act: 'pass', on, to: 'verified', text, side: 'verifier' });
    if (one.rewarded) {
      const verificationHash = hashOf({ kind: 'verification', onDay: on, text, basis: method, payload });
      await ruling('reward', one.rewarded.on, one.rewarded.text, one.rewarded.basis, {
        verificationId,
        verificationHash,
        inputs,
        cents,
      });
      events.push({ act: 'reward', on: one.rewarded.on, to: 'rewarded', text: one.rewarded.text, side: 'decider' });
    }
  }
  if (one.exited) {
    await ruling('exit', one.exited.on, one.exited.text, one.exited.basis, { from: 'signed' });
    events.push({ act: 'exit', on: one.exited.on, to: 'exited', text: one.exited.text, side: 'decider' });
  }
  const inOrder = events
    .map((event, i) => ({ ...event, i }))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.i - b.i));
  let from: ChallengeState | null = null;
  for (const [i, event] of inOrder.entries()) {
    await insertRow(scope, 'event', {
      id: newId(),
      challengeId: id,
      act: event.act,
      fromState: from,
      toState: event.to,
      text: event.text ?? null,
      side: event.side,
      actorId: scope.actor.id,
      actorName: byName,
      onDay: event.on,
      at: noon(event.on, i),
    });
    from = event.to;
  }
}

const insertRow = (
  scope: Scope,
  table: 'ruling' | 'support' | 'bid' | 'pledge' | 'milestone' | 'value' | 'event',
  row: Record<string, unknown>,
) =>
  scope.db
    .withTables<Record<string, Record<string, unknown>>>()
    .insertInto(`challenges.${table}`)
    .values({ cityId: scope.cityId, ...row })
    .execute();
