import { z } from 'zod';
import { addMonths, type Day, daysBetween, yearOf } from '#core/shared/day.ts';
import type { Fault } from './life.ts';

const words = z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(120) });
const code = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{1,30}$/u);

/** Who may enter the reserve pool: a kind of project with the least total investment. */
export const ReserveKind = z.object({
  code,
  name: words,
  /** Whole yuan; a project below it is not taken in. */
  floorYuan: z.int().min(0).max(1e15),
  /** A project of one of these boards is proposed for this kind; people decide. */
  boards: z.array(z.string().trim().min(1).max(40)).max(20),
});
export type ReserveKind = z.infer<typeof ReserveKind>;

export const MaturityItem = z.object({ code, name: words, weight: z.int().min(1).max(100) });
export type MaturityItem = z.infer<typeof MaturityItem>;

/** The rules of the pool: the city's own, in versions; these are shipped. */
export const ReserveRules = z.object({
  kinds: z.array(ReserveKind).min(1).max(20),
  checklist: z.array(MaturityItem).min(1).max(30),
  /** 谋划目标 = factor × started projects of the tier in the year before. */
  targetFactor: z.number().min(0).max(100),
  targetTier: z.string().trim().min(1).max(40),
  /** 超时限未开工: months from signing after which a project that has not begun is named. */
  startLimitMonths: z.int().min(1).max(60),
  /** Where the rules come from, shown beside them. */
  source: z.string().trim().min(2).max(300),
});
export type ReserveRules = z.infer<typeof ReserveRules>;

const yi = (n: number) => n * 100_000_000;

/**
 * Floors: the published “三个一批” thresholds of Henan (制造业 3 亿, 招商和战新 1 亿, 重大基础设施 10 亿, 现代服务业 5 亿, 社会民生 2 亿);
 * target and carry-over as its “四库” platform has them. Weights and the limit of six months are this product's proposal.
 */
export const shippedRules: ReserveRules = {
  kinds: [
    {
      code: 'attracted',
      name: { zh: '招商和战略性新兴产业', en: 'Attracted and emerging industries' },
      floorYuan: yi(1),
      boards: ['招商', '战新'],
    },
    {
      code: 'manufacturing',
      name: { zh: '制造业', en: 'Manufacturing' },
      floorYuan: yi(3),
      boards: ['产业', '工业', '制造业'],
    },
    {
      code: 'services',
      name: { zh: '现代服务业', en: 'Modern services' },
      floorYuan: yi(5),
      boards: ['现代服务业', '服务业'],
    },
    {
      code: 'infrastructure',
      name: { zh: '重大基础设施', en: 'Major infrastructure' },
      floorYuan: yi(10),
      boards: ['基础设施', '交通', '水利', '能源'],
    },
    {
      code: 'social',
      name: { zh: '社会民生', en: 'Social and livelihood' },
      floorYuan: yi(2),
      boards: ['社会民生', '民生', '生态'],
    },
  ],
  checklist: [
    { code: 'approval', name: { zh: '立项', en: 'Approval' }, weight: 20 },
    { code: 'land', name: { zh: '用地', en: 'Land' }, weight: 20 },
    { code: 'funds', name: { zh: '资金', en: 'Funds' }, weight: 20 },
    { code: 'planning', name: { zh: '规划', en: 'Planning' }, weight: 15 },
    { code: 'environment', name: { zh: '环评', en: 'Environment' }, weight: 10 },
    { code: 'owner', name: { zh: '业主', en: 'Owner' }, weight: 10 },
    { code: 'energy', name: { zh: '能评', en: 'Energy' }, weight: 5 },
  ],
  targetFactor: 3,
  targetTier: '省重点',
  startLimitMonths: 6,
  source: '规模门槛、谋划目标、结转规则：河南省“三个一批”、“四库”平台公开办法；成熟度权重、开工时限为本平台建议，可改',
};

/** The kind a board suggests; null when none does. */
export const proposedKind = (rules: Pick<ReserveRules, 'kinds'>, board: string | null): ReserveKind | null =>
  board === null ? null : (rules.kinds.find((kind) => kind.boards.some((word) => board.includes(word))) ?? null);

const inYi = (yuan: number): string => String(yuan / 100_000_000).replace(/(\.\d{1,4})\d*$/, '$1');

/** Why a project does not enter the pool as this kind; null when it does. */
export function entryFault(kind: ReserveKind, totalYuan: number | null): Fault | null {
  if (totalYuan === null)
    return {
      code: 'total_missing',
      field: 'kind',
      words: { zh: '总投资未登记，无法核对入库条件，请先登记总投资', en: 'The total is not recorded: enter it first' },
    };
  if (totalYuan >= kind.floorYuan) return null;
  return {
    code: 'below_floor',
    field: 'kind',
    words: {
      zh: `总投资 ${inYi(totalYuan)} 亿元，低于${kind.name.zh} ${inYi(kind.floorYuan)} 亿元的入库门槛`,
      en: `The total of ${inYi(totalYuan)} × 100 million yuan is below the floor of ${inYi(kind.floorYuan)} for ${kind.name.en.toLowerCase()}`,
    },
  };
}

/** Maturity 0–100 from the items that are done: their weight of all weight, half up. Never typed by anybody. */
export function maturityOf(checklist: readonly MaturityItem[], done: ReadonlySet<string>): number {
  const all = checklist.reduce((sum, item) => sum + item.weight, 0);
  const got = checklist.reduce((sum, item) => sum + (done.has(item.code) ? item.weight : 0), 0);
  return all === 0 ? 0 : Math.floor((got * 200 + all) / (all * 2));
}

/** 上年度未结转项目失去资格: a member of an earlier year waits for a decision, to be carried over or withdrawn. */
export const isLapsed = (poolYear: number, today: Day): boolean => poolYear < yearOf(today);

/** 谋划目标, rounded up: a part of a project is a project. */
export const planningTarget = (rules: Pick<ReserveRules, 'targetFactor'>, startedLastYear: number): number =>
  Math.ceil(rules.targetFactor * startedLastYear - 1e-9);

/** Days over the limit from signing to the start; null while it still runs. */
export function overdueStartDays(
  rules: Pick<ReserveRules, 'startLimitMonths'>,
  signedOn: Day,
  today: Day,
): number | null {
  const days = daysBetween(addMonths(signedOn, rules.startLimitMonths), today);
  return days > 0 ? days : null;
}
