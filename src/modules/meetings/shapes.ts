import { z } from 'zod';
import { agendaSources } from './agenda.ts';
import { meetingMoves, meetingStates, observationMoves, observationStates } from './flow.ts';
import { meetingKinds } from './kinds.ts';
import { scales } from './ranking.ts';

export const day = z.iso.date();
export const moment = z.iso.datetime();
export const text = (max: number, min = 1) => z.string().trim().min(min).max(max);
export const fileId = z.string().regex(/^[0-9a-f]{64}$/);
const words = z.object({ zh: z.string(), en: z.string() });
const unit = z.object({ id: z.uuid(), name: z.string() });
const yuan = z.int();

/** As the ledger computes it from days. */
export const matterLights = ['normal', 'blue', 'yellow', 'red', 'idle', 'done'] as const;
export const MatterLight = z.enum(matterLights);
export type MatterLight = z.infer<typeof MatterLight>;

export const ParticipantInput = z.object({
  unitId: z.uuid(),
  role: z.enum(['attend', 'sitIn']).default('attend'),
  personName: text(60).nullable().default(null),
});
export type ParticipantInput = z.infer<typeof ParticipantInput>;

export const MeetingInput = z.object({
  kind: z.enum(meetingKinds),
  /** Left out: 2021年第9次工作调度会. */
  title: text(200, 2).optional(),
  startsAt: moment,
  place: text(200),
  lng: z.number().min(-180).max(180).nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null),
  chairName: text(60),
  convenerUnitId: z.uuid(),
  participants: z.array(ParticipantInput).max(200).default([]),
});
export type MeetingInput = z.infer<typeof MeetingInput>;

export const MeetingRow = z.object({
  id: z.uuid(),
  kind: z.enum(meetingKinds),
  year: z.int(),
  no: z.int(),
  title: z.string(),
  state: z.enum(meetingStates),
  startsAt: moment,
  heldOn: day,
  place: z.string(),
  chairName: z.string(),
  convenerUnit: unit,
  participants: z.int(),
  attended: z.int(),
  items: z.int(),
  decisions: z.int(),
  /** Of the decisions that became matters. */
  closed: z.int(),
  demo: z.boolean(),
});
export type MeetingRow = z.infer<typeof MeetingRow>;

export const FollowUpRow = z.object({
  decisionId: z.uuid(),
  matterId: z.uuid(),
  no: z.string(),
  title: z.string(),
  meeting: z.string(),
  unitName: z.string().nullable(),
  dueOriginal: day.nullable(),
  dueCurrent: day.nullable(),
  state: z.string(),
  light: MatterLight,
  closedOn: day.nullable(),
});
export type FollowUpRow = z.infer<typeof FollowUpRow>;

const MonthFigure = z.object({ period: z.string(), cumulativeYuan: yuan });
/** What a page shows: worked out once, when the agenda is fixed. */
export const Figures = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('followUp'), rows: z.array(FollowUpRow) }),
  z.object({
    kind: z.literal('project'),
    name: z.string(),
    countyName: z.string().nullable(),
    commandName: z.string().nullable(),
    ownerName: z.string().nullable(),
    leaderName: z.string().nullable(),
    light: z.enum(['normal', 'warn', 'late', 'idle', 'ahead']),
    since: day.nullable(),
    reasons: z.array(words),
    totalYuan: yuan.nullable(),
    planYuan: yuan.nullable(),
    doneYuan: yuan.nullable(),
    gapPoints: z.number().nullable(),
    clockShare: z.number().nullable(),
    months: z.array(MonthFigure),
    period: z.string().nullable(),
    imageProgress: z.string().nullable(),
    problems: z.string().nullable(),
    goal: z.string().nullable(),
    startPlanned: day.nullable(),
    startActual: day.nullable(),
    finishPlanned: day.nullable(),
    /** What would turn the light green. */
    turnsGreen: z.array(words),
    milestones: z.array(z.object({ name: z.string(), due: day.nullable(), actual: day.nullable() })),
    photos: z.array(fileId),
  }),
  z.object({
    kind: z.literal('matter'),
    no: z.string(),
    title: z.string(),
    projectName: z.string().nullable(),
    unitName: z.string().nullable(),
    coNames: z.array(z.string()),
    level: z.string(),
    state: z.string(),
    light: MatterLight,
    raisedOn: day,
    issuedOn: day.nullable(),
    dueOriginal: day.nullable(),
    dueCurrent: day.nullable(),
    progressOn: day.nullable(),
    returns: z.int(),
    extensions: z.int(),
    lastReport: z.string().nullable(),
  }),
  z.object({ kind: z.literal('text') }),
]);
export type Figures = z.infer<typeof Figures>;
export type ProjectFigures = Extract<Figures, { kind: 'project' }>;
export type MatterFigures = Extract<Figures, { kind: 'matter' }>;

/** How the same thing stands at this moment, for who may see it; only when it is no longer as the page says. */
const NowLine = z.object({
  light: z.string().nullable(),
  doneYuan: yuan.nullable(),
  gapPoints: z.number().nullable(),
  state: z.string().nullable(),
  dueCurrent: day.nullable(),
});
export type NowLine = z.infer<typeof NowLine>;

export const AgendaItem = z.object({
  id: z.uuid(),
  source: z.enum(agendaSources),
  title: z.string(),
  projectId: z.uuid().nullable(),
  matterId: z.uuid().nullable(),
  presenterUnit: unit.nullable(),
  minutes: z.int(),
  why: z.array(words),
  figures: Figures.nullable(),
  asOf: moment.nullable(),
  now: NowLine.nullable(),
  minute: z.object({ text: z.string(), version: z.int(), changedByName: z.string(), changedAt: moment }).nullable(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

export const Decision = z.object({
  id: z.uuid(),
  itemId: z.uuid(),
  no: z.int(),
  title: z.string(),
  leadUnit: unit.nullable(),
  coUnits: z.array(unit),
  dueOn: day.nullable(),
  unknown: z.array(z.string()),
  dueWords: z.string().nullable(),
  /** Why the words name no day. */
  dueOpen: words.nullable(),
  matterId: z.uuid().nullable(),
  matterNo: z.string().nullable(),
  isDropped: z.boolean(),
  version: z.int(),
});
export type Decision = z.infer<typeof Decision>;

export const presences = ['present', 'late', 'deputised', 'excused', 'absent', 'expected'] as const;
export type Presence = (typeof presences)[number];

export const Participant = z.object({
  id: z.uuid(),
  unit,
  role: z.enum(['attend', 'sitIn']),
  personName: z.string().nullable(),
  presence: z.enum(presences),
  people: z.array(
    z.object({ name: z.string(), at: moment, isLate: z.boolean(), isDeputy: z.boolean(), way: z.string() }),
  ),
  reason: z.string().nullable(),
  deputyName: z.string().nullable(),
});
export type Participant = z.infer<typeof Participant>;

export const Objection = z.object({
  id: z.uuid(),
  decisionId: z.uuid().nullable(),
  unit,
  text: z.string(),
  byName: z.string(),
  at: moment,
  state: z.enum(['open', 'adopted', 'declined']),
  answer: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredAt: moment.nullable(),
});
export type Objection = z.infer<typeof Objection>;

export const meetingActs = [
  ...meetingMoves,
  'edit',
  'agenda',
  'minute',
  'object',
  'answer',
  'attend',
  'mark',
  'code',
  'route',
  'score',
] as const;
export type MeetingAct = (typeof meetingActs)[number];

export const MeetingView = MeetingRow.extend({
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  preamble: z.string(),
  previous: z.object({ id: z.uuid(), title: z.string() }).nullable(),
  next: z.object({ id: z.uuid(), title: z.string() }).nullable(),
  agendaFixedAt: moment.nullable(),
  closedAt: moment.nullable(),
  circulatedAt: moment.nullable(),
  objectionsUntil: moment.nullable(),
  issuedOn: day.nullable(),
  documentNo: z.string().nullable(),
  people: z.array(Participant),
  agenda: z.array(AgendaItem),
  decisionList: z.array(Decision),
  objections: z.array(Objection),
  events: z.array(
    z.object({ id: z.uuid(), act: z.string(), text: z.string().nullable(), actorName: z.string(), at: moment }),
  ),
  hasRoute: z.boolean(),
  version: z.int(),
  /** This person has confirmed to be there. */
  isHere: z.boolean(),
  /** Units for which this person can speak here. */
  ownUnitIds: z.array(z.uuid()),
  allowed: z.array(z.enum(meetingActs)),
});
export type MeetingView = z.infer<typeof MeetingView>;

export const CriterionShape = z.object({
  code: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,19}$/),
  name: text(20),
  weight: z.int().min(1).max(100),
});

export const RankRow = z.object({
  stopId: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  observers: z.int(),
  /** Two decimals, rounded once; the ranks come from the exact means. */
  mean: z.string().nullable(),
  isTrimmed: z.boolean(),
  isFew: z.boolean(),
  rank: z.int().nullable(),
});
export type RankRow = z.infer<typeof RankRow>;

const OwnScore = z.object({
  points: z.record(z.string(), z.int()),
  total: z.int(),
  comment: z.string().nullable(),
  fileId: z.string().nullable(),
  at: moment,
});
export const Observation = z.object({
  meetingId: z.uuid(),
  title: z.string(),
  state: z.enum(observationStates),
  scale: z.enum(scales),
  criteria: z.array(CriterionShape),
  stops: z.array(
    z.object({
      id: z.uuid(),
      projectId: z.uuid(),
      projectName: z.string(),
      countyName: z.string().nullable(),
      lng: z.number().nullable(),
      lat: z.number().nullable(),
      plannedAt: moment,
      note: z.string().nullable(),
      /** The project belongs to the observer's own unit: it is not scored by him. */
      isOwn: z.boolean(),
      score: OwnScore.nullable(),
      observers: z.int(),
      comments: z.array(z.object({ text: z.string(), name: z.string(), fileId: z.string().nullable() })),
    }),
  ),
  /** To who leads the observation, and to everybody once it is published. */
  ranking: z.array(RankRow).nullable(),
  publishedAt: moment.nullable(),
  version: z.int(),
  allowed: z.array(z.enum([...observationMoves, 'route', 'score'])),
});
export type Observation = z.infer<typeof Observation>;
