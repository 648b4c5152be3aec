import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { challengeStates } from './flow.ts';
import { audiences, BatchView, ChallengeCard, ChallengeView, TakerInput } from './shapes.ts';
import { ChallengeTerms, decimal, reviewConclusions } from './terms.ts';

export { isOpenAward, stateWords } from './flow.ts';
export type { ChallengeStanding } from './month.ts';
export type { ChallengeTerms } from './terms.ts';
export { noTerms } from './terms.ts';

const day = z.iso.date();
const text = (max: number, min = 2) => z.string().trim().min(min).max(max);
const fileId = z.string().regex(/^[0-9a-f]{64}$/);
const byId = z.object({ id: z.uuid() });
const moved = byId.extend({ version: z.int().min(1) });
const done = z.object({ id: z.uuid(), version: z.int() });
const words = z.object({ zh: z.string(), en: z.string() });

const listFilter = z.object({
  batchId: z.uuid().optional(),
  state: z.enum(challengeStates).optional(),
  /** Those in which one's own units are publisher, taker, verifier or supporter. */
  mine: z.stringbool().optional(),
  q: z.string().trim().max(100).optional(),
});
const roles = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;

export const challenges = defineContract({
  name: 'challenges',
  title: { zh: '揭榜挂帅', en: 'Challenges' },
  uses: ['organization', 'projects', 'filings', 'snapshots', 'indicators', 'ledger', 'notices'],
  permissions: {
    'challenges.read': {
      words: {
        zh: '查看榜单；本单位发榜、揭榜、核验的看全过程',
        en: 'See published challenges, and the whole course of one’s own',
      },
      roles,
    },
    'challenges.publish': {
      words: { zh: '拟榜、发榜、评选、签状', en: 'Draft and publish challenges, select takers, sign pledges' },
      roles: ['office', 'commandPost', 'responsibleUnit'],
    },
    'challenges.take': {
      words: { zh: '揭榜、签状、报送实绩、申请验收', en: 'Bid, sign the pledge, report, ask for verification' },
      roles: ['commandPost', 'responsibleUnit', 'filer'],
    },
    'challenges.verify': {
      words: { zh: '核定报送数值、验收', en: 'Accept reported values, verify' },
      roles: ['office', 'commandPost', 'responsibleUnit', 'inspector'],
    },
    'challenges.decide': {
      words: { zh: '决定兑现、退榜、容错、撤榜', en: 'Decide on rewards, exits, honest failures and withdrawals' },
      roles: ['leader', 'office'],
    },
  },
  endpoints: {
    list: query({
      path: '/challenges',
      summary: { zh: '榜单：批次和卡片', en: 'Challenges by batch' },
      permission: 'challenges.read',
      input: listFilter,
      output: z.object({
        batches: z.array(BatchView),
        cards: z.array(ChallengeCard),
        states: z.array(z.object({ state: z.enum(challengeStates), n: z.int() })),
        allowed: z.array(z.enum(['publish', 'take'])),
      }),
    }),
    table: download({
      path: '/challenges/table',
      summary: { zh: '榜单（Excel、Word、PDF）', en: 'Challenges as Excel, Word or PDF' },
      permission: 'challenges.read',
      input: listFilter.extend({
        format: z.enum(['xlsx', 'docx', 'pdf']).default('xlsx'),
        lang: z.enum(['zh', 'en']).default('zh'),
      }),
      output: z.unknown(),
    }),
    tryReward: query({
      path: '/challenges/reward',
      summary: { zh: '试算奖励', en: 'Try a reward formula' },
      permission: 'challenges.read',
      input: z.object({
        formula: z.string().max(500),
        capYuan: z.coerce.number<unknown>().int().min(0).nullable().optional(),
        baseline: decimal,
        target: decimal,
        value: decimal,
      }),
      output: z.object({ cents: z.int().nullable(), fault: words.nullable() }),
    }),
    saveBatch: command({
      path: '/challenges/batches',
      summary: { zh: '新建或修改榜单批次', en: 'Open or change a batch' },
      permission: 'challenges.publish',
      input: z.object({
        id: z.uuid().optional(),
        version: z.int().min(1).optional(),
        title: text(100),
        year: z.int().min(2000).max(2100),
        publisherUnitId: z.uuid(),
        isSingleAward: z.boolean(),
        audience: z.enum(audiences),
        publicityDays: z.int().min(1).max(60),
        rules: text(4000, 0),
        source: text(200).nullable().default(null),
      }),
      output: done,
    }),
    challenge: query({
      path: '/challenges/:id',
      summary: { zh: '一个榜的全过程', en: 'One challenge with its course' },
      permission: 'challenges.read',
      input: byId,
      output: ChallengeView,
    }),
    save: command({
      path: '/challenges',
      summary: { zh: '拟榜：新建或修改', en: 'Draft a challenge, or change the draft' },
      permission: 'challenges.publish',
      input: z.object({
        id: z.uuid().optional(),
        version: z.int().min(1).optional(),
        batchId: z.uuid(),
        ownerUnitId: z.uuid(),
        verifierUnitId: z.uuid().nullable(),
        terms: ChallengeTerms,
        supports: z.array(z.object({ title: text(200), unitId: z.uuid(), dueOn: day })).max(30),
      }),
      output: done,
    }),
    setBaseline: command({
      path: '/challenges/:id/baseline',
      summary: { zh: '封存基线；签状后为重述', en: 'Freeze the baseline; after the signing, restate it' },
      permission: 'challenges.publish',
      input: moved.extend({
        on: day,
        /** Left out where the platform has the number: it is read as of that day. */
        value: decimal.optional(),
        document: text(300),
        reason: text(500).optional(),
        fileId: fileId.optional(),
      }),
      output: done,
    }),
    review: command({
      path: '/challenges/:id/review',
      summary: { zh: '登记公平竞争审查', en: 'Record the fair-competition review' },
      permission: 'challenges.publish',
      input: moved.extend({
        conclusion: z.enum(reviewConclusions),
        legalBasis: text(500),
        on: day,
        by: text(100),
        fileId: fileId.optional(),
      }),
      output: done,
    }),
    publish: command({
      path: '/challenges/:id/publish',
      summary: { zh: '发榜', en: 'Publish' },
      permission: 'challenges.publish',
      input: moved,
      output: done,
    }),
    bid: command({
      path: '/challenges/:id/bids',
      summary: { zh: '揭榜', en: 'Bid' },
      permission: 'challenges.take',
      input: byId.extend({
        leadUnitId: z.uuid(),
        takers: z.array(TakerInput).min(1).max(20),
        promise: text(1000),
        plan: text(4000),
        contact: text(60),
        fileId: fileId.optional(),
      }),
      output: z.object({ id: z.uuid() }),
    }),
    withdrawBid: command({
      path: '/challenges/:id/bids/:bidId/withdraw',
      summary: { zh: '撤回揭榜申请', en: 'Withdraw a bid' },
      permission: 'challenges.take',
      input: byId.extend({ bidId: z.uuid() }),
      output: z.object({ id: z.uuid() }),
    }),
    select: command({
      path: '/challenges/:id/select',
      summary: { zh: '定榜并公示', en: 'Select, and begin the publicity' },
      permission: 'challenges.publish',
      input: moved.extend({
        method: text(200),
        panel: text(500),
        on: day,
        bids: z
          .array(z.object({ bidId: z.uuid(), score: decimal.nullable(), isChosen: z.boolean(), reason: text(500) }))
          .min(1)
          .max(100),
        fileId: fileId.optional(),
      }),
      output: done,
    }),
    object: command({
      path: '/challenges/:id/objections',
      summary: { zh: '对公示提出异议', en: 'Object during the publicity' },
      permission: 'challenges.read',
      input: byId.extend({ text: text(2000, 10) }),
      output: z.object({ id: z.uuid() }),
    }),
    decideObjection: command({
      path: '/challenges/:id/objections/:objectionId',
      summary: { zh: '答复公示异议', en: 'Answer an objection' },
      permission: 'challenges.publish',
      input: byId.extend({ objectionId: z.uuid(), result: z.enum(['upheld', 'rejected']), answer: text(2000, 5) }),
      output: done,
    }),
    award: command({
      path: '/challenges/:id/award',
      summary: { zh: '公示期满定榜', en: 'Award after the publicity' },
      permission: 'challenges.publish',
      input: moved,
      output: done,
    }),
    draftPledge: command({
      path: '/challenges/:id/pledge',
      summary: { zh: '拟订军令状或调整书', en: 'Draft the pledge, or an adjustment of it' },
      permission: 'challenges.publish',
      input: moved.extend({
        milestones: z
          .array(z.object({ title: text(200), dueOn: day, evidence: text(200) }))
          .min(1)
          .max(30),
        /** Of an adjustment. */
        reason: text(1000).optional(),
        target: decimal.optional(),
        dueOn: day.optional(),
      }),
      output: done.extend({ seq: z.int() }),
    }),
    sign: command({
      path: '/challenges/:id/pledge/:seq/sign',
      summary: { zh: '签署军令状（发榜方、揭榜方各签）', en: 'Sign the pledge, each side for itself' },
      permission: 'challenges.read',
      input: moved.extend({ seq: z.coerce.number<unknown>().int().min(1), side: z.enum(['publisher', 'taker']) }),
      output: done,
    }),
    pledgeFile: download({
      path: '/challenges/:id/pledge/:seq/file',
      summary: { zh: '军令状（Word、PDF）', en: 'The pledge as Word or PDF' },
      permission: 'challenges.read',
      input: byId.extend({
        seq: z.coerce.number<unknown>().int().min(1),
        format: z.enum(['pdf', 'docx']).default('pdf'),
      }),
      output: z.unknown(),
    }),
    file: download({
      path: '/challenges/:id/files/:fileId',
      summary: { zh: '附件', en: 'An attached file' },
      permission: 'challenges.read',
      input: byId.extend({ fileId }),
      output: z.unknown(),
    }),
    report: command({
      path: '/challenges/:id/values',
      summary: { zh: '报送当月实绩（自报，待核定）', en: 'Report the value of a month (self-reported)' },
      permission: 'challenges.take',
      input: byId.extend({ asOf: day, value: decimal, note: text(1000, 0).default(''), fileId: fileId.optional() }),
      output: z.object({ id: z.uuid() }),
    }),
    judgeValue: command({
      path: '/challenges/:id/values/:valueId',
      summary: { zh: '核定或退回自报数值（不改数）', en: 'Accept or return a reported value; nobody edits it' },
      permission: 'challenges.verify',
      input: byId.extend({
        valueId: z.uuid(),
        result: z.enum(['accepted', 'returned']),
        document: text(300).optional(),
        note: text(500, 0).default(''),
      }),
      output: z.object({ id: z.uuid() }),
    }),
    refresh: command({
      path: '/challenges/:id/refresh',
      summary: { zh: '按指标或填报取数', en: 'Read the value from indicator or filings' },
      permission: 'challenges.read',
      input: byId.extend({ asOf: day.optional() }),
      output: z.object({ isAsked: z.boolean() }),
    }),
    reachMilestone: command({
      path: '/challenges/:id/milestones',
      summary: { zh: '完成节点并附证据', en: 'Reach a milestone, with evidence' },
      permission: 'challenges.take',
      input: byId.extend({
        position: z.int().min(0).max(29),
        on: day,
        note: text(1000),
        fileId: fileId.optional(),
      }),
      output: done,
    }),
    claim: command({
      path: '/challenges/:id/claim',
      summary: { zh: '申请验收', en: 'Ask for verification' },
      permission: 'challenges.take',
      input: moved.extend({ text: text(2000) }),
      output: done,
    }),
    verify: command({
      path: '/challenges/:id/verify',
      summary: { zh: '验收：通过、退回补正或未达标', en: 'Verify: pass, return or fail' },
      permission: 'challenges.verify',
      input: moved.extend({
        result: z.enum(['pass', 'return', 'fail']),
        method: text(200),
        text: text(2000),
        fileId: fileId.optional(),
      }),
      output: done,
    }),
    decide: command({
      path: '/challenges/:id/decide',
      summary: {
        zh: '兑现、退榜、容错、撤榜或流榜的决定',
        en: 'Decide: reward, exit, honest failure, withdrawal, no taker',
      },
      permission: 'challenges.read',
      input: moved.extend({
        move: z.enum(['reward', 'exit', 'excuse', 'withdraw', 'lapse', 'reselect']),
        on: day,
        text: text(2000, 5),
        /** The paper or rule it rests on. */
        legalBasis: text(500),
        fileId: fileId.optional(),
      }),
      output: done,
    }),
  },
});
