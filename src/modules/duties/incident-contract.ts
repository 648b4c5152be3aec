import { z } from 'zod';
import { command, query } from '#core/shared/contract.ts';
import { clockReports, IncidentRules, incidentClasses, levels, signs, toldLevels } from './incident-rules.ts';
import { reportKinds } from './report-clock.ts';

const moment = z.iso.datetime();
const id = z.uuid();
const text = (max: number) => z.string().trim().min(1).max(max);
const words = z.object({ zh: z.string(), en: z.string() });
const reason = z.string().trim().min(2).max(300);

/** What a report holds beside its text (L16 art. 13, shortened to what every class has). */
export const elements = ['cause', 'casualties', 'losses', 'measures', 'trend', 'needs'] as const;
const Elements = z.partialRecord(z.enum(elements), z.string().trim().max(500));

export const Clock = z.object({
  code: z.string(),
  report: z.enum([...clockReports, 'next']),
  name: words,
  basis: z.string(),
  minutes: z.int().nullable(),
  dueAt: moment,
  metAt: moment.nullable(),
  /** Of a clock that is met; one that still runs is counted on the page. */
  lateMinutes: z.int(),
  state: z.enum(['running', 'near', 'late', 'met', 'metLate']),
});
export type Clock = z.infer<typeof Clock>;

export const Report = z.object({
  seq: z.int(),
  kind: z.enum(reportKinds),
  /** 1 for the first follow-up; null for the others. */
  number: z.int().nullable(),
  level: z.enum(toldLevels),
  at: moment,
  text: z.string(),
  elements: Elements,
  lateMinutes: z.int(),
  told: z.array(z.string()),
  outside: z.array(z.string()),
  actorName: z.string(),
  enteredAt: moment,
});
export type Report = z.infer<typeof Report>;

const IncidentHead = z.object({
  id,
  no: z.string(),
  class: z.enum(incidentClasses),
  title: z.string(),
  place: z.string(),
  level: z.enum(toldLevels),
  treatedAs: z.enum(levels),
  unitName: z.string(),
  projectName: z.string().nullable(),
  learnedAt: moment,
  closedAt: moment.nullable(),
  reports: z.int(),
  /** The clock that runs out next, or has. */
  next: Clock.nullable(),
  /** Minutes by which reports came late, added up over the clocks. */
  lateMinutes: z.int(),
  /** Late: a limit has passed unmet. Closed: the final report is in. */
  state: z.enum(['late', 'near', 'open', 'closed']),
  demo: z.boolean(),
});
export type IncidentHead = z.infer<typeof IncidentHead>;

export const FollowUp = z.object({
  id,
  no: z.string(),
  title: z.string(),
  kind: z.string(),
  state: z.string(),
  light: z.enum(['normal', 'blue', 'yellow', 'red', 'done', 'idle']),
  leadUnitName: z.string().nullable(),
  dueOn: z.iso.date().nullable(),
});
export type FollowUp = z.infer<typeof FollowUp>;

export const Incident = IncidentHead.extend({
  version: z.int(),
  unitId: id,
  projectId: id.nullable(),
  signs: z.array(z.enum(signs)),
  happenedAt: moment.nullable(),
  learnedFrom: z.string(),
  treatedBasis: z.string().nullable(),
  enteredAt: moment,
  enteredByName: z.string(),
  /** The moment of the answer on the product's clock: pages count down from here. */
  madeAt: moment,
  clocks: z.array(Clock),
  timeline: z.array(Report),
  events: z.array(
    z.object({
      id,
      kind: z.enum(['raised', 'levelChanged', 'instructed', 'matterRaised', 'late']),
      text: z.string(),
      /** Who was told of it, in words. */
      told: z.array(z.string()),
      actorName: z.string(),
      at: moment,
    }),
  ),
  matters: z.array(FollowUp),
  /** Who is told now, by the rule of the level. */
  route: z.object({ people: z.array(z.string()), outside: z.array(z.string()) }),
  nextReports: z.array(z.enum(reportKinds)),
  allowed: z.array(z.enum(['report', 'setLevel', 'raiseMatter', 'instruct'])),
});
export type Incident = z.infer<typeof Incident>;

const RulesVersion = z.object({
  version: z.int(),
  rules: IncidentRules,
  reason: z.string().nullable(),
  actorName: z.string().nullable(),
  at: moment.nullable(),
});
export type RulesVersion = z.infer<typeof RulesVersion>;

export const incidentEndpoints = {
  incidents: query({
    path: '/incidents',
    summary: { zh: '突发事件，最近在前', en: 'Incidents, newest first' },
    permission: 'duties.read',
    input: z.object({ state: z.enum(['open', 'closed']).optional(), class: z.enum(incidentClasses).optional() }),
    output: z.object({
      /** The moment of the answer on the product's clock: pages count down from here. */
      madeAt: moment,
      incidents: z.array(IncidentHead),
      /** Units for which the caller may report. */
      units: z.array(z.object({ id, name: z.string() })),
      allowed: z.array(z.enum(['raise'])),
    }),
  }),
  incident: query({
    path: '/incidents/:id',
    summary: { zh: '一起突发事件', en: 'One incident' },
    permission: 'duties.read',
    input: z.object({ id }),
    output: Incident,
  }),
  raise: command({
    path: '/incidents',
    summary: { zh: '登记突发事件，开始计时', en: 'Record an incident: its clocks start' },
    permission: 'duties.report',
    input: z.object({
      unitId: id,
      projectId: id.nullable().optional(),
      class: z.enum(incidentClasses),
      level: z.enum(toldLevels),
      signs: z.array(z.enum(signs)).max(signs.length).default([]),
      title: text(120),
      place: text(200),
      happenedAt: moment.nullable().optional(),
      /** When the unit learned of it: the clocks run from here, whenever it is entered. */
      learnedAt: moment,
      learnedFrom: text(100),
    }),
    output: Incident,
  }),
  report: command({
    path: '/incidents/:id/reports',
    summary: {
      zh: '初报、续报、终报（报出后不能修改）',
      en: 'Report: by phone, first, follow-up, final; never changed',
    },
    permission: 'duties.report',
    input: z.object({
      id,
      kind: z.enum(reportKinds),
      /** When it was given; by phone it may have been before it is entered. Now when left out. */
      at: moment.optional(),
      text: text(4000),
      elements: Elements.default({}),
      /** Bodies outside the platform that were told with it. */
      outside: z.array(text(60)).max(20).default([]),
      /** Promised moment of the next report: a clock of its own. */
      nextBy: moment.nullable().optional(),
    }),
    output: Incident,
  }),
  setLevel: command({
    path: '/incidents/:id/level',
    summary: { zh: '变更级别，按新级别报送', en: 'Change the level: recipients follow' },
    permission: 'duties.report',
    input: z.object({ id, version: z.int(), level: z.enum(levels), reason }),
    output: Incident,
  }),
  instruct: command({
    path: '/incidents/:id/instruct',
    summary: { zh: '批示', en: 'Instruct' },
    permission: 'duties.instruct',
    input: z.object({ id, text: text(500) }),
    output: Incident,
  }),
  raiseMatter: command({
    path: '/incidents/:id/matters',
    summary: { zh: '交办后续事项', en: 'Assign a follow-up as a matter' },
    permission: 'duties.report',
    input: z.object({
      id,
      kind: z.enum(['problem', 'task']),
      title: text(200),
      body: z.string().trim().max(2000).default(''),
      leadUnitId: id,
      dueOn: z.iso.date().nullable().optional(),
    }),
    output: Incident,
  }),
  incidentRules: query({
    path: '/incident-rules',
    summary: { zh: '报告时限和报送对象各版本', en: 'Limits and recipients, every version' },
    permission: 'duties.read',
    input: z.object({}),
    output: z.object({ versions: z.array(RulesVersion), allowed: z.array(z.enum(['configure'])) }),
  }),
  setIncidentRules: command({
    path: '/incident-rules',
    summary: { zh: '修改时限和报送对象，形成新版本', en: 'Change limits and recipients: a new version' },
    permission: 'duties.configure',
    input: z.object({ basedOn: z.int().min(0), rules: IncidentRules, reason }),
    output: RulesVersion,
  }),
};
