import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { OpenReason } from '#core/shared/official-date.ts';
import type { Words } from '#core/shared/words.ts';
import type { AgendaSource } from '../agenda.ts';
import type { MeetingState, ObservationState } from '../flow.ts';
import type { MeetingKind } from '../kinds.ts';
import type { Criterion, Scale } from '../ranking.ts';
import type { Figures, RankRow } from '../shapes.ts';

export interface MeetingTable {
  cityId: string;
  id: string;
  kind: MeetingKind;
  year: number;
  no: number;
  title: string;
  state: MeetingState;
  startsAt: Date;
  heldOn: Day;
  place: string;
  lng: number | null;
  lat: number | null;
  chairName: string;
  convenerUnitId: string;
  previousId: string | null;
  preamble: string;
  attendSecret: string;
  agendaFixedAt: Date | null;
  closedAt: Date | null;
  circulatedAt: Date | null;
  objectionsUntil: Date | null;
  issuedAt: Date | null;
  issuedOn: Day | null;
  documentNo: string | null;
  madeByName: string;
  madeAt: Date;
  demo: boolean;
  version: number;
}
export interface ParticipantTable {
  cityId: string;
  id: string;
  meetingId: string;
  unitId: string;
  role: 'attend' | 'sitIn';
  personName: string | null;
  position: number;
  absence: 'excused' | 'absent' | null;
  absenceReason: string | null;
  deputyName: string | null;
}
export interface AttendanceTable {
  cityId: string;
  id: string;
  meetingId: string;
  participantId: string;
  accountId: string;
  name: string;
  at: Date;
  isLate: boolean;
  way: 'code' | 'hand';
  isDeputy: boolean;
}
export interface AgendaItemTable {
  cityId: string;
  id: string;
  meetingId: string;
  position: number;
  source: AgendaSource;
  title: string;
  projectId: string | null;
  matterId: string | null;
  presenterUnitId: string | null;
  minutes: number;
  why: Words[];
  figures: Figures | null;
  asOf: Date | null;
}
export interface MinuteTable {
  cityId: string;
  meetingId: string;
  itemId: string;
  text: string;
  changedByName: string;
  changedAt: Date;
  version: number;
}
export interface DecisionTable {
  cityId: string;
  id: string;
  meetingId: string;
  itemId: string;
  no: number;
  title: string;
  leadUnitId: string | null;
  coUnitIds: string[];
  dueOn: Day | null;
  line: string;
  unknown: string[];
  dueWords: string | null;
  dueOpen: OpenReason | null;
  projectId: string | null;
  matterId: string | null;
  matterNo: string | null;
  isDropped: boolean;
  version: number;
}
export interface ObjectionTable {
  cityId: string;
  id: string;
  meetingId: string;
  decisionId: string | null;
  unitId: string;
  text: string;
  byName: string;
  at: Date;
  state: 'open' | 'adopted' | 'declined';
  answer: string | null;
  answeredByName: string | null;
  answeredAt: Date | null;
}
export interface EventTable {
  cityId: string;
  id: string;
  meetingId: string;
  act: string;
  text: string | null;
  payload: Record<string, unknown>;
  actorName: string;
  at: Date;
}
export interface ObservationTable {
  cityId: string;
  meetingId: string;
  criteria: Criterion[];
  scale: Scale;
  state: ObservationState;
  result: RankRow[] | null;
  publishedAt: Date | null;
  version: number;
}
export interface StopTable {
  cityId: string;
  id: string;
  meetingId: string;
  position: number;
  projectId: string;
  plannedAt: Date;
  note: string | null;
}
export interface ScoreTable {
  cityId: string;
  id: string;
  meetingId: string;
  stopId: string;
  accountId: string;
  observerName: string;
  unitId: string | null;
  points: Record<string, number>;
  total: number;
  comment: string | null;
  fileId: string | null;
  at: Date;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'meetings.meeting': MeetingTable;
    'meetings.participant': ParticipantTable;
    'meetings.attendance': AttendanceTable;
    'meetings.agendaItem': AgendaItemTable;
    'meetings.minute': MinuteTable;
    'meetings.decision': DecisionTable;
    'meetings.objection': ObjectionTable;
    'meetings.event': EventTable;
    'meetings.observation': ObservationTable;
    'meetings.stop': StopTable;
    'meetings.score': ScoreTable;
  }>();

/** A value for a jsonb column; pg would send an array as a PostgreSQL array. */
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
