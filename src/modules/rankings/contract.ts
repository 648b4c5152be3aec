import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { Board, Ranking, sumsBy } from './definition.ts';
import { Exact, MonthRankings } from './shapes.ts';

export type {
  BoardRow,
  ExactFigure,
  ExternalRank,
  MonthBoard,
  MonthRanking,
  MonthRankings,
  RankedGroup,
  RankedRow,
} from './month.ts';

const id = z.uuid();
const day = z.iso.date();
const moment = z.iso.datetime();
const words = z.object({ zh: z.string(), en: z.string() });
const text = (max: number) => z.string().trim().min(1).max(max);
const reason = z.string().trim().min(2).max(300);
const period = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const kind = z.enum(['ranking', 'board']);
const code = z.string().min(1).max(40);

const Settled = z.object({ version: z.int(), at: moment, actorName: z.string(), reason: z.string().nullable() });
export const Month = z.object({
  result: MonthRankings,
  /** Null: not published, so that it moves with every filing. */
  settled: Settled.nullable(),
  /** False: only the rows of the caller's own units, without places, until the month is settled. */
  isWhole: z.boolean(),
  /** Months that are settled, newest first. */
  periods: z.array(z.string()),
  /** What the bars and the boards of a ranking are measured against; by code, only where there is an aim. */
  aims: z.record(z.string(), z.object({ figure: Exact, name: words })),
  /** Whose projects a group sums, by its code: what its rows open to. */
  sums: z.record(z.string(), z.enum(sumsBy)),
  ownUnitIds: z.array(id),
  allowed: z.array(z.enum(['settle', 'record', 'define'])),
});
export type Month = z.infer<typeof Month>;

const Key = z.object({ board: code, pool: code, unitId: id, code });
export const ConsequenceView = Key.extend({
  boardName: words,
  unitName: z.string(),
  text: words,
  why: words,
  streak: z.int(),
  raisesMatter: z.boolean(),
  state: z.enum(['proposed', 'raised', 'waived']),
  reason: z.string().nullable(),
  actorName: z.string().nullable(),
  at: moment.nullable(),
  /** Null where there is none, or none within the caller's reach. */
  matter: z.object({ id, no: z.string(), state: z.string(), dueOn: day.nullable() }).nullable(),
});
export type ConsequenceView = z.infer<typeof ConsequenceView>;

const Place = {
  ranking: code,
  subject: text(60),
  rank: z.int().min(1).max(100_000),
  of: z.int().min(1).max(100_000).nullable(),
  /** Among whom: 全省 14 个市州. */
  scope: text(80),
  publisher: text(80),
  publishedOn: day,
  value: z.string().trim().max(60).nullable(),
  /** Title, number or address of what says so. */
  source: text(300),
};
export const ExternalView = z.object({
  ...Place,
  id,
  version: z.int(),
  isWithdrawn: z.boolean(),
  demo: z.boolean(),
  reason: z.string(),
  actorName: z.string(),
  at: moment,
  /** What was entered before, newest first. */
  earlier: z.array(
    z.object({
      version: z.int(),
      rank: z.int(),
      of: z.int().nullable(),
      value: z.string().nullable(),
      reason: z.string(),
      actorName: z.string(),
      at: moment,
    }),
  ),
});
export type ExternalView = z.infer<typeof ExternalView>;

export const ExemptionView = z.object({
  id,
  unitId: id,
  unitName: z.string(),
  board: z.string().nullable(),
  kind: z.enum(['forceMajeure', 'justified']),
  reason: z.string(),
  approver: z.string(),
  document: z.string().nullable(),
  fromOn: day,
  untilOn: day,
  endedOn: day.nullable(),
  endReason: z.string().nullable(),
  demo: z.boolean(),
  actorName: z.string(),
  /** Worked out from the days: nobody has to end what has run out. */
  state: z.enum(['coming', 'active', 'lapsed', 'ended']),
});
export type ExemptionView = z.infer<typeof ExemptionView>;

const Defined = { version: z.int(), isShipped: z.boolean() };
export const Definitions = z.object({
  rankings: z.array(z.object({ definition: Ranking, ...Defined })),
  boards: z.array(z.object({ definition: Board, ...Defined })),
  indicators: z.array(z.object({ code: z.string(), name: words, unit: z.string() })),
  /** Names of the units that definitions name one by one. */
  units: z.array(z.object({ id, name: z.string() })),
  canDefine: z.boolean(),
});
export type Definitions = z.infer<typeof Definitions>;

/** The version that was read; 0 for one that ships or is new. */
const saved = { version: z.int().min(0), reason };

export const rankings = defineContract({
  name: 'rankings',
  title: { zh: '排名与红黑榜', en: 'Rankings and boards' },
  uses: ['organization', 'projects', 'filings', 'dispatch', 'indicators', 'ledger'],
  permissions: {
    'rankings.read': {
      words: { zh: '查看排名和红黑榜', en: 'See rankings and boards' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'rankings.record': {
      words: { zh: '登记外部位次和豁免', en: 'Record places given by others, and exemptions' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'rankings.settle': {
      words: { zh: '确定当月排名、落实上榜后果', en: 'Settle a month and raise what follows from a board' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'rankings.define': {
      words: { zh: '定义排名和红黑榜', en: 'Define rankings and boards' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    month: query({
      path: '/rankings/months/:period',
      summary: { zh: '一个月的排名和红黑榜', en: 'Rankings and boards of a month' },
      permission: 'rankings.read',
      /** `live`: as the figures are now, also when the month is settled; for the whole city only. */
      input: z.object({ period, live: z.stringbool().default(false) }),
      output: Month,
    }),
    table: download({
      path: '/rankings/months/:period/table',
      summary: { zh: '排名表（Excel、Word、PDF）', en: 'Ranking table (Excel, Word, PDF)' },
      permission: 'rankings.read',
      input: z.object({
        period,
        ranking: code,
        format: z.enum(['xlsx', 'docx', 'pdf']).default('xlsx'),
        lang: z.enum(['zh', 'en']).default('zh'),
        live: z.stringbool().default(false),
      }),
      output: z.unknown(),
    }),
    settle: command({
      path: '/rankings/months/:period/settle',
      summary: { zh: '确定当月排名和榜单', en: 'Settle the rankings and boards of a month' },
      permission: 'rankings.settle',
      input: z.object({ period, reason }),
      output: z.object({ version: z.int() }),
    }),
    consequences: query({
      path: '/rankings/months/:period/consequences',
      summary: { zh: '上榜后果清单', en: 'What follows from the boards of a month' },
      permission: 'rankings.read',
      input: z.object({ period }),
      output: z.array(ConsequenceView),
    }),
    raise: command({
      path: '/rankings/months/:period/raise',
      summary: { zh: '确认后果，转入事项台账', en: 'Confirm what follows: matters in the ledger' },
      permission: 'rankings.settle',
      /** Left out: all that are proposed. */
      input: z.object({ period, items: z.array(Key).min(1).max(200).optional() }),
      output: z.object({ raised: z.int() }),
    }),
    waive: command({
      path: '/rankings/months/:period/waive',
      summary: { zh: '不予落实（写明理由）', en: 'Let a consequence go, with the reason' },
      permission: 'rankings.settle',
      input: Key.extend({ period, reason }),
      output: z.object({ code }),
    }),
    externals: query({
      path: '/rankings/externals',
      summary: { zh: '外部位次', en: 'Places given by others' },
      permission: 'rankings.read',
      input: z.object({}),
      output: z.array(ExternalView),
    }),
    saveExternal: command({
      path: '/rankings/externals',
      summary: { zh: '登记或更正外部位次', en: 'Record or correct a place given by others' },
      permission: 'rankings.record',
      input: z.object({ id: id.optional(), ...Place, isWithdrawn: z.boolean().default(false), ...saved }),
      output: z.object({ id, version: z.int() }),
    }),
    exemptions: query({
      path: '/rankings/exemptions',
      summary: { zh: '榜单豁免', en: 'Exemptions from boards' },
      permission: 'rankings.read',
      input: z.object({}),
      output: z.array(ExemptionView),
    }),
    exempt: command({
      path: '/rankings/exemptions',
      summary: { zh: '登记榜单豁免：理由、批准人、到期日', en: 'Record an exemption: reason, approver, last day' },
      permission: 'rankings.record',
      input: z.object({
        unitId: id,
        board: code.nullable(),
        kind: z.enum(['forceMajeure', 'justified']),
        reason,
        approver: text(60),
        document: z.string().trim().max(120).nullable(),
        fromOn: day,
        untilOn: day,
      }),
      output: z.object({ id }),
    }),
    endExemption: command({
      path: '/rankings/exemptions/:id/end',
      summary: { zh: '提前终止豁免', en: 'End an exemption early' },
      permission: 'rankings.record',
      input: z.object({ id, reason }),
      output: z.object({ id }),
    }),
    definitions: query({
      path: '/rankings/definitions',
      summary: { zh: '排名和榜单的定义', en: 'Definitions of rankings and boards' },
      permission: 'rankings.read',
      input: z.object({}),
      output: Definitions,
    }),
    history: query({
      path: '/rankings/definitions/:kind/:code',
      summary: { zh: '定义的历次版本', en: 'Versions of a definition' },
      permission: 'rankings.read',
      input: z.object({ kind, code }),
      output: z.array(
        z.object({
          version: z.int(),
          /** Null: withdrawn. */
          definition: z.union([Ranking, Board]).nullable(),
          reason: z.string(),
          actorName: z.string(),
          at: moment.nullable(),
        }),
      ),
    }),
    saveRanking: command({
      path: '/rankings/definitions/rankings',
      summary: { zh: '保存排名定义（新版本）', en: 'Save a ranking as a new version' },
      permission: 'rankings.define',
      input: z.object({ definition: Ranking, ...saved }),
      output: z.object({ version: z.int() }),
    }),
    saveBoard: command({
      path: '/rankings/definitions/boards',
      summary: { zh: '保存榜单规则（新版本）', en: 'Save a board as a new version' },
      permission: 'rankings.define',
      input: z.object({ definition: Board, ...saved }),
      output: z.object({ version: z.int() }),
    }),
    withdraw: command({
      path: '/rankings/definitions/:kind/:code/withdraw',
      summary: { zh: '停用自定义的排名或榜单', en: 'Withdraw a ranking or board of the city' },
      permission: 'rankings.define',
      input: z.object({ kind, code, reason }),
      output: z.object({ code }),
    }),
  },
});
