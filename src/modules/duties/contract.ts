import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { incidentEndpoints } from './incident-contract.ts';
import { faultKinds, posts } from './roster.ts';
import { dayClasses, Pattern } from './shifts.ts';

const day = z.iso.date();
const moment = z.iso.datetime();
const id = z.uuid();
const text = (max: number) => z.string().trim().min(1).max(max);
const reason = z.string().trim().min(2).max(300);
const Unit = z.object({ id, name: z.string() });

export const Member = z.object({
  id,
  name: z.string(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  posts: z.array(z.enum(posts)),
  position: z.int(),
  isActive: z.boolean(),
  /** Somebody with an account: only that person signs a hand-over. */
  personId: id.nullable(),
});
export type Member = z.infer<typeof Member>;

export const Turn = z.object({
  id,
  rosterId: id,
  post: z.enum(posts),
  memberId: id,
  name: z.string(),
  phone: z.string().nullable(),
  from: moment,
  to: moment,
});
export type Turn = z.infer<typeof Turn>;

export const Fault = z.object({
  kind: z.enum(faultKinds),
  post: z.enum(posts),
  from: moment,
  to: moment,
  names: z.array(z.string()),
});
export type Fault = z.infer<typeof Fault>;

const Counts = z.object(
  Object.fromEntries(dayClasses.map((name) => [name, z.int()])) as Record<'workday' | 'rest' | 'holiday', z.ZodInt>,
);

export const Roster = z.object({
  id,
  unitId: id,
  title: z.string(),
  fromOn: day,
  toOn: day,
  from: moment,
  to: moment,
  pattern: Pattern,
  /** 0: a draft that nobody but its makers sees. */
  version: z.int(),
  edition: z.int(),
  changedByName: z.string(),
  changedAt: moment,
  demo: z.boolean(),
  faults: z.array(Fault),
  /** null where the calendar of a year is not published. */
  fairness: z.array(z.object({ memberId: id, name: z.string(), post: z.enum(posts), counts: Counts })).nullable(),
  allowed: z.array(z.enum(['edit', 'publish', 'discard', 'swap'])),
});
export type Roster = z.infer<typeof Roster>;

export const HandedMatter = z.object({
  id,
  no: z.string(),
  title: z.string(),
  kind: z.string(),
  state: z.string(),
  dueOn: day.nullable(),
  light: z.enum(['normal', 'blue', 'yellow', 'red', 'done', 'idle']),
  leadUnitName: z.string().nullable(),
  why: z.enum(['duty', 'overdue', 'dueSoon']),
});
export type HandedMatter = z.infer<typeof HandedMatter>;
export const HandedIncident = z.object({ id, no: z.string(), title: z.string(), level: z.string(), reports: z.int() });
export type HandedIncident = z.infer<typeof HandedIncident>;

export const Handover = z.object({
  /** null: due and not written yet. */
  id: id.nullable(),
  unitId: id,
  at: moment,
  outgoingName: z.string(),
  incomingName: z.string(),
  state: z.enum(['due', 'unsigned', 'signed']),
  matters: z.array(HandedMatter),
  /** How many there were in all; the list holds the most urgent. */
  matterCount: z.int(),
  incidents: z.array(HandedIncident),
  notes: z.string(),
  writtenByName: z.string().nullable(),
  writtenAt: moment.nullable(),
  signedByName: z.string().nullable(),
  signedAt: moment.nullable(),
  signNote: z.string().nullable(),
  demo: z.boolean(),
  allowed: z.array(z.enum(['write', 'sign'])),
});
export type Handover = z.infer<typeof Handover>;

export const logSources = ['call', 'message', 'visit', 'instruction', 'own'] as const;
const Told = z.object({ whom: text(60), at: moment, way: text(30) });
export const LogEntry = z.object({
  id,
  unitId: id,
  at: moment,
  source: z.enum(logSources),
  fromWhom: z.string(),
  content: z.string(),
  told: z.array(Told),
  aboutId: id.nullable(),
  incident: z.object({ id, title: z.string() }).nullable(),
  actorName: z.string(),
  enteredAt: moment,
  demo: z.boolean(),
});
export type LogEntry = z.infer<typeof LogEntry>;

export const Month = z.object({
  month: z.string(),
  unit: Unit.nullable(),
  /** Units that the caller may look at: those with people on their list, and the caller's own. */
  units: z.array(Unit),
  days: z.array(
    z.object({ day, kind: z.enum(['workday', 'makeUp', 'weekend', 'off']).nullable(), name: z.string().nullable() }),
  ),
  /** A year of the month whose calendar is not published: its days are not told apart. */
  missingCalendar: z.int().nullable(),
  /** The moment of the answer on the product's clock: pages count down from here. */
  madeAt: moment,
  onNow: z.array(Turn),
  rosters: z.array(Roster),
  turns: z.array(Turn),
  members: z.array(Member),
  handovers: z.array(Handover),
  allowed: z.array(z.enum(['roster', 'log'])),
});
export type Month = z.infer<typeof Month>;

const NewTurn = z.object({ post: z.enum(posts), memberId: id, from: moment, to: moment });
const people = z.array(id).max(60);

export const duties = defineContract({
  name: 'duties',
  title: { zh: '值班值守', en: 'Duties' },
  uses: ['organization', 'identity', 'calendar', 'projects', 'notices', 'ledger'],
  permissions: {
    'duties.read': {
      words: { zh: '查看值班表、值班电话和突发事件', en: 'See rosters, duty telephones and incidents' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'inspector'],
    },
    'duties.roster': { words: { zh: '编排和发布值班表', en: 'Make and publish rosters' }, roles: ['admin', 'office'] },
    'duties.log': {
      words: { zh: '记值班日志、交接班', en: 'Keep the duty log, hand over' },
      roles: ['office', 'commandPost', 'responsibleUnit'],
    },
    'duties.report': {
      words: { zh: '登记和报告突发事件', en: 'Record and report incidents' },
      roles: ['office', 'commandPost', 'responsibleUnit'],
    },
    'duties.instruct': {
      words: { zh: '接收重大突发事件报告并批示', en: 'Be told of major incidents and instruct' },
      roles: ['leader'],
    },
    'duties.configure': {
      words: { zh: '维护突发事件报告时限和报送对象', en: 'Keep the limits and recipients of reports' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    month: query({
      path: '/duties',
      summary: { zh: '一个月的值班表和当前值班', en: 'A month of the roster, and who is on now' },
      permission: 'duties.read',
      input: z.object({
        unitId: id.optional(),
        month: z
          .string()
          .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
          .optional(),
      }),
      output: Month,
    }),
    saveMember: command({
      path: '/duties/members',
      summary: { zh: '登记或修改值班人员', en: 'Record or change somebody on the list' },
      permission: 'duties.roster',
      input: z.object({
        id: id.optional(),
        unitId: id,
        personId: id.nullable().optional(),
        name: text(40),
        title: z.string().trim().max(60).nullable(),
        phone: z
          .string()
          .trim()
          .regex(/^[+\d][\d\s()#转-]{2,38}$/u)
          .nullable(),
        posts: z.array(z.enum(posts)).min(1).max(3),
        isActive: z.boolean().default(true),
      }),
      output: Member,
    }),
    generate: command({
      path: '/duties/rosters',
      summary: { zh: '按轮换生成值班表草稿', en: 'Fill a period by rotation: a draft' },
      permission: 'duties.roster',
      input: z.object({
        unitId: id,
        title: text(80),
        fromOn: day,
        toOn: day,
        pattern: Pattern,
        leaders: people.min(1),
        officers: people.min(1),
        deputies: people.default([]),
      }),
      output: Roster,
    }),
    saveTurns: command({
      path: '/duties/rosters/:id/turns',
      summary: { zh: '修改草稿', en: 'Change a draft' },
      permission: 'duties.roster',
      /** The turns that begin from `from` until before `to` give way to these. */
      input: z.object({ id, edition: z.int(), from: moment, to: moment, turns: z.array(NewTurn).max(1500) }),
      output: Roster,
    }),
    publish: command({
      path: '/duties/rosters/:id/publish',
      summary: {
        zh: '发布值班表（有空档或重叠时不能发布）',
        en: 'Publish a roster; refused while it has gaps or overlaps',
      },
      permission: 'duties.roster',
      input: z.object({ id, edition: z.int() }),
      output: Roster,
    }),
    discard: command({
      path: '/duties/rosters/:id/discard',
      summary: { zh: '删除草稿', en: 'Throw a draft away' },
      permission: 'duties.roster',
      input: z.object({ id }),
      output: z.object({ id }),
    }),
    swap: command({
      path: '/duties/rosters/:id/swap',
      summary: {
        zh: '换班或替班（写明原因，形成新版本）',
        en: 'Exchange or replace a turn with a reason: a new version',
      },
      permission: 'duties.roster',
      input: z.object({
        id,
        version: z.int().min(1),
        turnId: id,
        /** Exchange with this turn… */
        withTurnId: id.optional(),
        /** …or somebody takes it over; a turn that has begun is taken over from now on. */
        memberId: id.optional(),
        reason,
      }),
      output: Roster,
    }),
    versions: query({
      path: '/duties/rosters/:id/versions',
      summary: { zh: '值班表各版本，最近在前', en: 'Versions of a roster, newest first' },
      permission: 'duties.read',
      input: z.object({ id }),
      output: z.array(
        z.object({
          version: z.int(),
          reason: z.string(),
          actorName: z.string(),
          at: moment,
          changes: z.array(
            z.object({ post: z.enum(posts), from: moment, to: moment, before: z.string(), after: z.string() }),
          ),
        }),
      ),
    }),
    sheet: download({
      path: '/duties/rosters/:id/sheet',
      summary: { zh: '值班表 Excel 或 Word', en: 'A roster as Excel or Word' },
      permission: 'duties.read',
      input: z.object({ id, format: z.enum(['xlsx', 'docx']).default('xlsx') }),
      output: z.unknown(),
    }),
    handovers: query({
      path: '/duties/handovers',
      summary: { zh: '交接班记录，最近在前', en: 'Hand-overs, newest first' },
      permission: 'duties.read',
      input: z.object({ unitId: id, limit: z.coerce.number<unknown>().int().min(1).max(100).default(30) }),
      output: z.array(Handover),
    }),
    openMatters: query({
      path: '/duties/handovers/matters',
      summary: { zh: '此刻要交接的事项和突发事件', en: 'What would be handed over now' },
      permission: 'duties.log',
      input: z.object({ unitId: id }),
      output: z.object({
        matters: z.array(HandedMatter),
        matterCount: z.int(),
        incidents: z.array(HandedIncident),
      }),
    }),
    handOver: command({
      path: '/duties/handovers',
      summary: { zh: '交班', en: 'Hand over' },
      permission: 'duties.log',
      input: z.object({ unitId: id, at: moment, notes: z.string().trim().max(2000) }),
      output: Handover,
    }),
    sign: command({
      path: '/duties/handovers/:id/sign',
      summary: { zh: '接班签字', en: 'Sign for what was handed over' },
      permission: 'duties.log',
      input: z.object({ id, note: z.string().trim().max(300).default('') }),
      output: Handover,
    }),
    log: query({
      path: '/duties/log',
      summary: { zh: '值班日志，最近在前', en: 'The duty log, newest first' },
      permission: 'duties.read',
      input: z.object({
        unitId: id,
        before: moment.optional(),
        limit: z.coerce.number<unknown>().int().min(1).max(200).default(50),
      }),
      output: z.array(LogEntry),
    }),
    addLog: command({
      path: '/duties/log',
      summary: { zh: '记一条值班日志（只增不改）', en: 'Add an entry to the duty log' },
      permission: 'duties.log',
      input: z.object({
        unitId: id,
        at: moment,
        source: z.enum(logSources),
        fromWhom: z.string().trim().max(60),
        content: text(1000),
        told: z.array(Told).max(10),
        aboutId: id.optional(),
        incidentId: id.optional(),
      }),
      output: LogEntry,
    }),
    ...incidentEndpoints,
  },
});
