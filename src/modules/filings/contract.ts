// Long because the shapes of a filing and its acts are read together; cycles, corrections, presence and sheets stand apart.
import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { Standing } from '#modules/projects/contract.ts';
import { FilingContent, FilingPhoto, filingFields } from './content.ts';
import { correctionEndpoints, correctionPermissions } from './correction-contract.ts';
import { Cycle, cycleEndpoints } from './cycle-contract.ts';
import { filingEvents, filingStates } from './flow.ts';
import { levels, skipReasons } from './levels.ts';
import { anyPeriodPattern, cycleKinds } from './period.ts';
import { presenceEndpoints } from './presence-contract.ts';
import { sheetEndpoints } from './sheet-contract.ts';
import { asked, RuleInForce, severities } from './validation-rule.ts';

const Period = z.string().regex(anyPeriodPattern);
const moment = z.iso.datetime();
const yuan = z.int();
const Reason = z.string().trim().min(2).max(1000);
const Fields = z.array(z.enum(filingFields)).max(filingFields.length);
const Words = z.object({ zh: z.string(), en: z.string() });

export const Hit = z.object({
  rule: z.string(),
  severity: z.enum(severities),
  field: z.enum(filingFields),
  words: Words,
  explanation: z.string().nullable(),
  /** Version of the rule that was in force; left out in hits from before rules had versions. */
  version: z.int().optional(),
  /** What the answer must hold besides words. */
  asks: z.enum(asked).optional(),
});

const Place = {
  projectId: z.uuid(),
  projectName: z.string(),
  /** 示例: invented for the demonstration. */
  demo: z.boolean(),
  /** The unit that owes the filing. */
  unitName: z.string(),
  /** How the project stands by what is accepted so far; dispatch works it out. */
  light: Standing.shape.light.nullable(),
  gapPoints: z.number().nullable(),
};

/** A line of a filer's month or of the review queue. */
export const FilingLine = z.object({
  id: z.uuid(),
  kind: z.enum(cycleKinds),
  period: Period,
  ...Place,
  state: z.enum(filingStates),
  /** Where it waits for review; null when it does not. */
  level: z.enum(levels).nullable(),
  exemptReason: z.string().nullable(),
  /** An accepted version goes on counting while this one is being put right. */
  isCorrection: z.boolean(),
  dueAt: moment,
  /** Of the newest submission against the due moment; null before the first. */
  latenessSeconds: z.int().nullable(),
  submittedAt: moment.nullable(),
  submittedBy: z.string().nullable(),
  /** The newest submission, or the accepted version when nothing newer waits. */
  seq: z.int().nullable(),
  monthYuan: yuan.nullable(),
  cumulativeYuan: yuan.nullable(),
  /** The filing before: its month may be older than the last. */
  lastPeriod: Period.nullable(),
  lastMonthYuan: yuan.nullable(),
  lastCumulativeYuan: yuan,
  planYuan: yuan.nullable(),
  planMonthYuan: yuan.nullable(),
  returnReason: z.string().nullable(),
  allowed: z.array(z.enum(filingEvents)),
});
export type FilingLine = z.infer<typeof FilingLine>;

export const ReviewLine = FilingLine.extend({
  /** Open hits by severity, worst first. */
  hits: z.array(Hit),
});
export type ReviewLine = z.infer<typeof ReviewLine>;

/** What the rules compare a filing with; the page runs the same rules on every key stroke. */
export const Facts = z.object({
  period: Period,
  lastCumulativeYuan: yuan,
  lastPeriod: Period.nullable(),
  beforeYearYuan: yuan.nullable(),
  totalYuan: yuan.nullable(),
  planYuan: yuan.nullable(),
  planMonthYuan: yuan.nullable(),
  planToDateYuan: yuan.nullable(),
  recentMonthYuans: z.array(yuan),
  lastMonthYuan: yuan.nullish(),
  lastYearMonthYuan: yuan.nullish(),
  lastImageProgress: z.string(),
  startedOn: z.iso.date().nullable(),
  planKind: z.string().nullish(),
  finishPlanned: z.iso.date().nullish(),
  isCorrection: z.boolean(),
  /** The city's rules as they stand today; left out: as shipped. */
  rules: z.array(RuleInForce).optional(),
});

export const FilingVersion = z.object({
  seq: z.int(),
  content: FilingContent,
  /** Null in every kind but the monthly one. */
  monthYuan: yuan.nullable(),
  cumulativeYuan: yuan.nullable(),
  submittedAt: moment,
  submittedBy: z.string(),
  latenessSeconds: z.int(),
  /** Where the numbers came from: the filing page, a set of past months, or a correction of an earlier month. */
  source: z.string(),
  /** Exactly one version of a filing counts. */
  counts: z.boolean(),
});
export type FilingVersion = z.infer<typeof FilingVersion>;

export const FilingAct = z.object({
  event: z.string(),
  at: moment,
  actorName: z.string(),
  seq: z.int().nullable(),
  reason: z.string().nullable(),
  /** Cells the reviewer marked. */
  cells: Fields,
  /** 准强制 hits that the reviewer let pass by name. */
  waived: z.array(z.string()),
  /** Of a pass or an acceptance: whose it was, and which levels below were left out. */
  level: z.enum(levels).nullable(),
  skipped: z.array(z.object({ level: z.enum(levels), why: z.enum(skipReasons) })),
});

export const Correction = z.object({
  id: z.uuid(),
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: moment,
  approvedBy: z.string().nullable(),
  approvedAt: moment.nullable(),
  oldSeq: z.int(),
  oldMonthYuan: yuan,
  oldCumulativeYuan: yuan,
  newSeq: z.int().nullable(),
  newMonthYuan: yuan.nullable(),
  newCumulativeYuan: yuan.nullable(),
});

export const ReviewStep = z.object({
  level: z.enum(levels),
  state: z.enum(['passed', 'skipped', 'waiting', 'ahead']),
  by: z.string().nullable(),
  at: moment.nullable(),
  why: z.enum(skipReasons).nullable(),
});
export type ReviewStep = z.infer<typeof ReviewStep>;

/** What a week, or half a month, said of the project. */
export const WeekSaid = z.object({
  id: z.uuid(),
  period: Period,
  content: FilingContent.pick({
    imageProgress: true,
    problems: true,
    nextSteps: true,
    photos: true,
    unchanged: true,
    note: true,
  }),
});

export const Filing = FilingLine.extend({
  /** What is being filled in: the draft, with last month's values where nothing was changed yet. */
  draft: FilingContent,
  /** Grows with every save; a save names the one it started from. */
  draftVersion: z.int(),
  draftBy: z.string().nullable(),
  draftAt: moment.nullable(),
  facts: Facts,
  /** Hits of the newest submission, or of the draft when nothing waits. */
  hits: z.array(Hit),
  /** The month before, as submitted or accepted; what is compared with. */
  last: z.object({ id: z.uuid(), period: Period, content: FilingContent }).nullable(),
  milestones: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      plannedOn: z.iso.date().nullable(),
      dueOn: z.iso.date().nullable(),
      doneOn: z.iso.date().nullable(),
    }),
  ),
  returned: z.object({ reason: z.string(), cells: Fields, by: z.string(), at: moment }).nullable(),
  /** Why the caller may not accept, when there is a reason other than the hits. */
  acceptRefusal: Words.nullable(),
  /** What the form of the cycle is called and asks, and the periods it stands for. */
  form: z.object({ title: z.string().nullable(), fields: Fields, covers: z.array(Period) }),
  review: z.object({
    /** From below, each level once; what was passed over says why. */
    steps: z.array(ReviewStep),
    /** As which level the caller may say yes now. */
    as: z.enum(levels).nullable(),
    /** The levels below did not review in time: a reason is needed (越级审核). */
    needsReason: z.boolean(),
  }),
  /** What the weeks of the month said; empty in every other kind. */
  weeks: z.array(WeekSaid),
  /** Pictures of the weeks that may stand in the month as they are, with the number of filings that show each. */
  weekPhotos: z.array(FilingPhoto.extend({ period: Period, uses: z.int() })),
  versions: z.array(FilingVersion),
  acts: z.array(FilingAct),
  corrections: z.array(Correction),
});
export type Filing = z.infer<typeof Filing>;

/** Short, because a form saves itself every few seconds on a bad line. */
export const SavedDraft = Filing.pick({ id: true, state: true, draftVersion: true, draftAt: true, allowed: true });

/** `details` of the problem `draft_conflict`: somebody else saved in between; both contents, so that nothing is lost. */
export const DraftConflict = z.object({
  yours: FilingContent,
  theirs: FilingContent,
  draftVersion: z.int(),
  by: z.string().nullable(),
  at: moment.nullable(),
});
export type DraftConflict = z.infer<typeof DraftConflict>;

export const HistoryMonth = z.object({
  id: z.uuid(),
  period: Period,
  state: z.enum(filingStates),
  /** Of the version that counts; null while none is accepted. */
  monthYuan: yuan.nullable(),
  cumulativeYuan: yuan.nullable(),
  /** Submitted but not yet accepted. */
  waitingMonthYuan: yuan.nullable(),
  imageProgress: z.string(),
  submittedBy: z.string().nullable(),
  submittedAt: moment.nullable(),
  acceptedBy: z.string().nullable(),
  acceptedAt: moment.nullable(),
  latenessSeconds: z.int().nullable(),
  isCorrection: z.boolean(),
  correctionCount: z.int(),
  photos: FilingContent.shape.photos.unwrap(),
});
export type HistoryMonth = z.infer<typeof HistoryMonth>;

const byId = z.object({ id: z.uuid() });
/** Every answer to an act is the whole filing as it now stands. */
const writing = byId.extend({ draftVersion: z.int(), content: FilingContent });

/** waiting: for the caller; elsewhere: submitted, at another level. */
export const reviewTabs = ['waiting', 'elsewhere', 'returned', 'accepted', 'missing'] as const;
export type ReviewTab = (typeof reviewTabs)[number];

/** A cycle of the last weeks as the queue offers it. */
export const ReviewCycle = z.object({
  kind: z.enum(cycleKinds),
  period: Period,
  dueAt: moment,
  waiting: z.int(),
  elsewhere: z.int(),
});
export type ReviewCycle = z.infer<typeof ReviewCycle>;

const Many = z.object({
  filings: z
    .array(z.object({ id: z.uuid(), seq: z.int() }))
    .min(1)
    .max(500),
});
const ManyDone = z.object({
  accepted: z.array(z.uuid()),
  refused: z.array(z.object({ id: z.uuid(), code: z.string(), words: Words })),
});

export const filings = defineContract({
  name: 'filings',
  title: { zh: '填报', en: 'Filings' },
  uses: ['projects', 'organization', 'calendar', 'identity'],
  permissions: {
    'filings.read': {
      words: { zh: '查看填报', en: 'See filings' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'filings.file': {
      words: { zh: '填报（总指挥部办公室可代填，须他人审核）', en: 'File months (the office may, for a unit)' },
      roles: ['filer', 'responsibleUnit', 'office'],
    },
    'filings.review': {
      words: { zh: '审核填报并退回', en: 'Review filings and return them' },
      roles: ['office', 'commandPost', 'responsibleUnit'],
    },
    'filings.passAsUnit': {
      words: { zh: '作为责任单位审核', en: 'Review as the responsible unit' },
      roles: ['responsibleUnit'],
    },
    'filings.passAsCommand': {
      words: { zh: '作为协调指挥部审核', en: 'Review as the command post' },
      roles: ['commandPost'],
    },
    'filings.accept': {
      words: { zh: '作为总指挥部办公室审核通过', en: 'Accept filings as the headquarters office' },
      roles: ['office'],
    },
    'filings.freeze': {
      words: { zh: '冻结一期填报', en: 'Freeze the filings of a period' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'filings.open': {
      words: { zh: '开启填报期', en: 'Open a reporting month' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'filings.correct': {
      words: { zh: '要求更正已审填报', en: 'Ask for the correction of an accepted filing' },
      roles: ['office'],
    },
    ...correctionPermissions,
  },
  endpoints: {
    ...cycleEndpoints,
    ...correctionEndpoints,
    ...presenceEndpoints,
    ...sheetEndpoints,
    mine: query({
      path: '/filings/mine',
      summary: { zh: '我某月应填的项目', en: 'The projects I file for a month' },
      permission: 'filings.file',
      input: z.object({ period: Period.optional() }),
      output: z.object({ cycle: Cycle.nullable(), filings: z.array(FilingLine) }),
    }),
    mineWhole: query({
      path: '/filings/mine/whole',
      summary: {
        zh: '我某月待填的填报全文，供离线填写',
        en: 'My open filings of a month, whole: to fill in without a network',
      },
      permission: 'filings.file',
      input: z.object({ period: Period.optional() }),
      output: z.array(Filing),
    }),
    review: query({
      path: '/filings/review',
      summary: { zh: '审核队列，按命中严重程度排', en: 'The review queue, worst hits first' },
      permission: 'filings.review',
      input: z.object({
        period: Period.optional(),
        tab: z.enum(reviewTabs).default('waiting'),
      }),
      output: z.object({ cycle: Cycle.nullable(), cycles: z.array(ReviewCycle), filings: z.array(ReviewLine) }),
    }),
    todo: query({
      path: '/filings/todo',
      summary: { zh: '待我审核和待我填报的份数', en: 'How many filings wait for me, to review and to file' },
      permission: 'filings.read',
      input: z.object({}),
      output: z.object({ review: z.int(), file: z.int() }),
    }),
    mineOpen: query({
      path: '/filings/mine/open',
      summary: { zh: '我的填报：各期未了和近期的填报', en: 'Everything I file now, of every kind' },
      permission: 'filings.file',
      input: z.object({}),
      output: z.array(z.object({ cycle: Cycle, filings: z.array(FilingLine) })),
    }),
    passMany: command({
      path: '/filings/pass-many',
      summary: { zh: '本级批量通过无命中的填报', en: 'Pass several filings without hits at the own level' },
      permission: 'filings.review',
      input: Many,
      output: ManyDone,
    }),
    acceptMany: command({
      path: '/filings/accept-many',
      summary: { zh: '批量通过无命中的填报', en: 'Accept several filings without hits' },
      permission: 'filings.accept',
      input: Many,
      output: ManyDone,
    }),
    find: query({
      path: '/filings/of/:projectId/:period',
      summary: { zh: '某项目某月的填报', en: "A project's filing of one month" },
      permission: 'filings.read',
      input: z.object({ projectId: z.uuid(), period: Period }),
      output: Filing,
    }),
    history: query({
      path: '/filings/history/:projectId',
      summary: { zh: '某项目逐月填报', en: "A project's filings by month" },
      permission: 'filings.read',
      input: z.object({ projectId: z.uuid() }),
      output: z.array(HistoryMonth),
    }),
    get: query({
      path: '/filings/one/:id',
      summary: { zh: '一份填报及各版本', en: 'One filing with its versions' },
      permission: 'filings.read',
      input: byId,
      output: Filing,
    }),
    saveDraft: command({
      path: '/filings/one/:id/draft',
      summary: {
        zh: '保存草稿；他人已改则 409 并给出双方内容',
        en: 'Save the draft; 409 with both values when somebody else did',
      },
      permission: 'filings.file',
      input: writing,
      output: SavedDraft,
    }),
    check: query({
      path: '/filings/one/:id/check',
      summary: { zh: '按规则校验已存草稿', en: 'Run the rules over the saved draft' },
      permission: 'filings.read',
      input: byId,
      output: z.array(Hit),
    }),
    markChecked: command({
      path: '/filings/one/:id/checked',
      summary: { zh: '校验通过，待提交', en: 'The draft meets every rule and waits to be sent' },
      permission: 'filings.file',
      input: writing,
      output: Filing,
    }),
    submitUnchanged: command({
      path: '/filings/one/:id/unchanged',
      summary: { zh: '本期无变化，写一句说明即提交', en: 'Nothing changed: submitted with a note' },
      permission: 'filings.file',
      input: byId.extend({ note: z.string().trim().max(1000).default('') }),
      output: Filing,
    }),
    submit: command({
      path: '/filings/one/:id/submit',
      summary: { zh: '提交，形成一个版本', en: 'Submit: makes a version' },
      permission: 'filings.file',
      input: writing,
      output: Filing,
    }),
    withdraw: command({
      path: '/filings/one/:id/withdraw',
      summary: { zh: '审核前撤回', en: 'Take back before the review' },
      permission: 'filings.file',
      input: byId.extend({ seq: z.int() }),
      output: Filing,
    }),
    sendBack: command({
      path: '/filings/one/:id/return',
      summary: {
        zh: '退回并标注单元格；截止时间不变',
        en: 'Return with a reason and marked cells; the due moment stays',
      },
      permission: 'filings.review',
      input: byId.extend({ seq: z.int(), reason: Reason, cells: Fields.default([]) }),
      output: Filing,
    }),
    pass: command({
      path: '/filings/one/:id/pass',
      summary: { zh: '本级审核通过并上报上一级', en: 'Pass at the own level and hand up' },
      permission: 'filings.review',
      input: byId.extend({ seq: z.int(), waived: z.array(z.string().max(40)).max(40).default([]) }),
      output: Filing,
    }),
    accept: command({
      path: '/filings/one/:id/accept',
      summary: {
        zh: '总指挥部办公室通过；准强制命中须逐条点名放行，下级逾期未审的可写明理由越级审核',
        en: 'Accept as the office; 准强制 hits are let pass by name, levels that were late with a reason',
      },
      permission: 'filings.accept',
      input: byId.extend({
        seq: z.int(),
        waived: z.array(z.string().max(40)).max(40).default([]),
        /** 越级审核: why the levels below are passed over. */
        bypassReason: Reason.nullable().default(null),
      }),
      output: Filing,
    }),
    correct: command({
      path: '/filings/one/:id/correct',
      summary: {
        zh: '要求填报人更正已审填报，原值继续有效',
        en: 'Ask the filer to correct an accepted filing; the old value counts on',
      },
      permission: 'filings.correct',
      input: byId.extend({ reason: Reason, cells: Fields.default([]) }),
      output: Filing,
    }),
    photo: download({
      path: '/filings/one/:id/photos/:fileId',
      summary: { zh: '填报照片（缩略图或大图）', en: 'A photo of the filing, re-encoded' },
      permission: 'filings.read',
      input: byId.extend({
        fileId: z.string().regex(/^[0-9a-f]{64}$/),
        size: z.enum(['160', '480', '1600']).default('480'),
      }),
      output: z.unknown(),
    }),
  },
});
