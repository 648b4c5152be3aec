import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { ChallengeState, Side } from '../flow.ts';
import type { audiences } from '../shapes.ts';
import type { ChallengeTerms, PledgeContent, TakerKind } from '../terms.ts';

export interface BatchTable {
  cityId: string;
  id: string;
  title: string;
  year: number;
  publisherUnitId: string;
  isSingleAward: boolean;
  audience: (typeof audiences)[number];
  publicityDays: number;
  rules: string;
  source: string | null;
  madeByName: string;
  madeAt: Date;
  version: number;
  demo: boolean;
}

export interface ChallengeTable {
  cityId: string;
  id: string;
  batchId: string;
  no: string;
  title: string;
  ownerUnitId: string;
  verifierUnitId: string | null;
  state: ChallengeState;
  terms: ChallengeTerms;
  publishedOn: Day | null;
  publicityFrom: Day | null;
  publicityUntil: Day | null;
  signedOn: Day | null;
  /** In force: of the pledge, once there is one. */
  dueOn: Day | null;
  endedOn: Day | null;
  madeByName: string;
  madeAt: Date;
  version: number;
  demo: boolean;
}

export interface SupportTable {
  cityId: string;
  id: string;
  challengeId: string;
  position: number;
  title: string;
  unitId: string;
  dueOn: Day;
  matterId: string | null;
}

export interface BidTable {
  cityId: string;
  id: string;
  challengeId: string;
  leadUnitId: string;
  promise: string;
  plan: string;
  contact: string;
  fileId: string | null;
  fileName: string | null;
  state: 'submitted' | 'withdrawn' | 'chosen' | 'notChosen';
  score: string | null;
  reason: string | null;
  submittedOn: Day;
  submittedBy: string;
  submittedByName: string;
  at: Date;
}

export interface TakerTable {
  cityId: string;
  bidId: string;
  position: number;
  kind: TakerKind;
  name: string;
  unitId: string | null;
  creditCode: string | null;
  key: string;
}

export interface ObjectionTable {
  cityId: string;
  id: string;
  challengeId: string;
  unitId: string | null;
  text: string;
  filedOn: Day;
  filedBy: string;
  filedByName: string;
  state: 'open' | 'upheld' | 'rejected';
  answer: string | null;
  decidedOn: Day | null;
  decidedByName: string | null;
}

export interface PledgeTable {
  cityId: string;
  challengeId: string;
  seq: number;
  content: PledgeContent;
  hash: string;
  reason: string | null;
  draftedOn: Day;
  draftedByName: string;
  publisherSignedOn: Day | null;
  publisherSigner: string | null;
  takerSignedOn: Day | null;
  takerSigner: string | null;
}

export interface MilestoneTable {
  cityId: string;
  challengeId: string;
  position: number;
  reachedOn: Day;
  note: string;
  fileId: string | null;
  fileName: string | null;
  byName: string;
  at: Date;
}

export interface ValueTable {
  cityId: string;
  id: string;
  challengeId: string;
  period: string;
  asOf: Day;
  n: string;
  d: string;
  basis: 'indicator' | 'filing' | 'selfReported';
  state: 'open' | 'accepted' | 'returned';
  note: string | null;
  fileId: string | null;
  fileName: string | null;
  document: string | null;
  enteredBy: string;
  enteredByName: string;
  at: Date;
  decidedByName: string | null;
  decidedOn: Day | null;
  decidedNote: string | null;
}

export const rulingKinds = [
  'baseline',
  'review',
  'selection',
  'verification',
  'reward',
  'exit',
  'excuse',
  'withdraw',
  'lapse',
] as const;
export type RulingKind = (typeof rulingKinds)[number];

export interface RulingTable {
  cityId: string;
  id: string;
  challengeId: string;
  kind: RulingKind;
  onDay: Day;
  text: string;
  basis: string | null;
  payload: Record<string, unknown>;
  hash: string;
  fileId: string | null;
  fileName: string | null;
  byId: string;
  byName: string;
  at: Date;
}

export interface EventTable {
  cityId: string;
  id: string;
  challengeId: string;
  act: string;
  fromState: ChallengeState | null;
  toState: ChallengeState;
  text: string | null;
  side: Side | 'other';
  actorId: string;
  actorName: string;
  onDay: Day;
  at: Date;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'challenges.batch': BatchTable;
    'challenges.challenge': ChallengeTable;
    'challenges.support': SupportTable;
    'challenges.bid': BidTable;
    'challenges.taker': TakerTable;
    'challenges.objection': ObjectionTable;
    'challenges.pledge': PledgeTable;
    'challenges.milestone': MilestoneTable;
    'challenges.value': ValueTable;
    'challenges.ruling': RulingTable;
    'challenges.event': EventTable;
  }>();

/** A value for a jsonb column, however it is nested. */
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
