import type { Day } from '#core/shared/day.ts';
import { type Rate, rate } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';

/** 年初计划: as the register stood when the year's first plan was set. 调整后: as it stands on the day. */
export const rateBases = ['original', 'adjusted'] as const;
export type RateBasis = (typeof rateBases)[number];

/** 个: a package counts once. 项: a package counts as its items (444 个 = 569 项). */
export const rateLevels = ['projects', 'items'] as const;
export type RateLevel = (typeof rateLevels)[number];

/** What the rates look at, of one project or item. Whole yuan; null is “not recorded”, which is not zero. */
export interface RateFacts {
  parentId: string | null;
  childCount: number;
  stage: string;
  planKind: Record<RateBasis, string | null>;
  startPlanned: Record<RateBasis, Day | null>;
  finishPlanned: Record<RateBasis, Day | null>;
  startActual: Day | null;
  finishActual: Day | null;
  /** The day each gate was passed. */
  reached: Partial<Record<string, Day>>;
  totalYuan: number | null;
  enrolled: boolean;
  enrolledOn: Day | null;
  planYuan: Record<RateBasis, number | null>;
  /** Accepted filings of the year. */
  doneYuan: number | null;
  /** 到位 of the year, and since the beginning. */
  arrivedYuan: number | null;
  arrivedAllYuan: number | null;
  contractYuan: number | null;
}

export interface RateMoment {
  day: Day;
  basis: RateBasis;
}

const path = ['started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity'];
const yearStart = ({ day }: RateMoment): Day => `${day.slice(0, 4)}-01-01`;
const yearEnd = ({ day }: RateMoment): Day => `${day.slice(0, 4)}-12-31`;
export const inYear = (date: Day | null | undefined, at: RateMoment): boolean =>
  date != null && date >= yearStart(at) && date <= at.day;
export const reachedBy = (date: Day | null | undefined, at: RateMoment): boolean => date != null && date <= at.day;

export const isDropped = (f: RateFacts): boolean => f.stage === 'terminated' || f.stage === 'withdrawn';
/** By its date where there is one, so that a past day is judged as it was; else by its stage. */
export const hasStarted = (f: RateFacts, at: RateMoment): boolean =>
  f.startActual === null ? path.includes(f.stage) : f.startActual <= at.day;
const hasCompleted = (f: RateFacts, at: RateMoment): boolean =>
  f.finishActual === null ? ['completed', 'producing', 'fullCapacity'].includes(f.stage) : f.finishActual <= at.day;
const isStopped = (f: RateFacts): boolean => f.stage === 'suspended' || f.stage === 'delayed';

/** 年度计划新开工 */
export const isPlannedStart = (f: RateFacts, at: RateMoment): boolean =>
  f.planKind[at.basis] === 'new' && !isDropped(f);
/** 应开工: its planned day has come. A planned start without a day is due on the last day of the year. */
export const isDueToStart = (f: RateFacts, at: RateMoment): boolean =>
  isPlannedStart(f, at) && (f.startPlanned[at.basis] ?? yearEnd(at)) <= at.day;
/** 已开工, of the year's planned starts. */
export const isStartedOfPlan = (f: RateFacts, at: RateMoment): boolean => isPlannedStart(f, at) && hasStarted(f, at);
/** 应开未开 */
export const isStartOverdue = (f: RateFacts, at: RateMoment): boolean => isDueToStart(f, at) && !hasStarted(f, at);
/** 提前开工: started before its planned day came. */
export const isStartedEarly = (f: RateFacts, at: RateMoment): boolean => isStartedOfPlan(f, at) && !isDueToStart(f, at);
/** 计划外提前开工: not among the year's planned starts, and started this year (a reserve project of a later year). */
export const isStartedOutside = (f: RateFacts, at: RateMoment): boolean =>
  !isDropped(f) && f.planKind[at.basis] === 'reserve' && inYear(f.startActual, at);
export const isCarried = (f: RateFacts, at: RateMoment): boolean =>
  !isDropped(f) && (f.planKind[at.basis] === 'carried' || f.planKind[at.basis] === 'finishing');
/** 复工: a carried project that works: not stopped, with accepted investment this year or already completed. */
export const isResumed = (f: RateFacts, at: RateMoment): boolean =>
  isCarried(f, at) && !isStopped(f) && ((f.doneYuan ?? 0) > 0 || hasCompleted(f, at));
/** 计划竣工: the plan kind says so, or the planned day lies in the year. */
export const isPlannedFinish = (f: RateFacts, at: RateMoment): boolean => {
  const planned = f.finishPlanned[at.basis];
  return (
    !isDropped(f) &&
    (f.planKind[at.basis] === 'finishing' || (planned !== null && planned >= yearStart(at) && planned <= yearEnd(at)))
  );
};
export const isSigned = (f: RateFacts, at: RateMoment): boolean => reachedBy(f.reached.signed, at);
export const isFulfilled = (f: RateFacts, at: RateMoment): boolean =>
  isSigned(f, at) && !isDropped(f) && (reachedBy(f.reached.preparation, at) || hasStarted(f, at));
/** 储备: in the pool by the day, and not started before the year began. */
export const isPooled = (f: RateFacts, at: RateMoment): boolean =>
  reachedBy(f.reached.reserve, at) && !(f.startActual !== null && f.startActual < yearStart(at));

/** 5,000,000 yuan: below it a project does not enter the statistics of fixed investment. */
const statisticsFloorYuan = 5_000_000;
export const mustEnrol = (f: RateFacts, at: RateMoment): boolean =>
  !isDropped(f) && hasStarted(f, at) && (f.totalYuan === null || f.totalYuan >= statisticsFloorYuan);
export const isEnrolled = (f: RateFacts, at: RateMoment): boolean =>
  mustEnrol(f, at) && (f.enrolledOn === null ? f.enrolled : f.enrolledOn <= at.day);

type Test = (f: RateFacts, at: RateMoment) => boolean;
type Amount = (f: RateFacts, at: RateMoment) => number | null;

interface Definition {
  words: Words;
  /** Numerator ÷ denominator in words: two rates of one name differ here. */
  formula: Words;
  /** Where the formula is published or a number of it can be checked. */
  source: string;
}
export type RateDefinition = Definition &
  ({ kind: 'count'; numerator: Test; denominator: Test } | { kind: 'yuan'; numerator: Amount; denominator: Amount });

export const hasPlan: Test = (f, at) => !isDropped(f) && (f.planYuan[at.basis] ?? 0) > 0;

/** Every rate of the handbook's table, with the definition that makes it arguable. Order as people read them. */
export const rateDefinitions = {
  startOfYear: {
    kind: 'count',
    words: { zh: '开工率（占全年计划）', en: 'Start rate (of the year)' },
    formula: {
      zh: '计划新开工中已开工 ÷ 全年计划新开工',
      en: 'started of the planned starts ÷ planned starts of the year',
    },
    source: '206/255=80.8%',
    numerator: isStartedOfPlan,
    denominator: isPlannedStart,
  },
  startOfDue: {
    kind: 'count',
    words: { zh: '开工率（占应开工）', en: 'Start rate (of those due)' },
    formula: { zh: '应开工中已开工 ÷ 截至当日应开工', en: 'started of those due ÷ due by the day' },
    source: '长沙“应开工项目开工率”98.73%',
    numerator: (f, at) => isDueToStart(f, at) && hasStarted(f, at),
    denominator: isDueToStart,
  },
  startWithEarly: {
    kind: 'count',
    words: { zh: '开工率（含提前）', en: 'Start rate (early ones included)' },
    formula: {
      zh: '（按期＋提前＋计划外提前开工）÷ 全年计划新开工，可超过 100%',
      en: '(in time + early + early from outside the plan) ÷ planned starts of the year; may exceed 100%',
    },
    source: '179/258=69.38%',
    numerator: (f, at) => isStartedOfPlan(f, at) || isStartedOutside(f, at),
    denominator: isPlannedStart,
  },
  startOfFulfilled: {
    kind: 'count',
    words: { zh: '履约项目开工率', en: 'Start rate of fulfilled contracts' },
    formula: { zh: '履约项目中已开工 ÷ 履约项目', en: 'started of the fulfilled ÷ fulfilled' },
    source: '河南：签约→履约率→履约项目开工率',
    numerator: (f, at) => isFulfilled(f, at) && hasStarted(f, at),
    denominator: isFulfilled,
  },
  startAndResume: {
    kind: 'count',
    words: { zh: '开复工率', en: 'Start and resumption rate' },
    formula: {
      zh: '（新开工＋续建复工）÷（计划新开工＋续建）',
      en: '(started + resumed) ÷ (planned starts + carried over)',
    },
    source: '291/316=92%；32/35=91.43%',
    numerator: (f, at) => isStartedOfPlan(f, at) || isResumed(f, at),
    denominator: (f, at) => isPlannedStart(f, at) || isCarried(f, at),
  },
  finish: {
    kind: 'count',
    words: { zh: '竣工率', en: 'Completion rate of projects' },
    formula: {
      zh: '本年已竣工 ÷ 本年计划竣工，可超过 100%',
      en: 'completed this year ÷ planned to be; may exceed 100%',
    },
    source: '武进：50 个竣工=40.7%',
    numerator: (f, at) => !isDropped(f) && inYear(f.finishActual, at),
    denominator: isPlannedFinish,
  },
  produce: {
    kind: 'count',
    words: { zh: '投产率', en: 'Production rate' },
    formula: { zh: '本年已投产 ÷ 本年计划建成投产', en: 'in production this year ÷ planned to be built and producing' },
    source: '6/67=9%；7/10=70%',
    numerator: (f, at) => !isDropped(f) && inYear(f.reached.producing, at),
    denominator: isPlannedFinish,
  },
  fullCapacity: {
    kind: 'count',
    words: { zh: '达效率', en: 'Full capacity rate' },
    formula: { zh: '已达效 ÷ 已投产', en: 'at full capacity ÷ in production' },
    source: '河南：投产→达效率',
    numerator: (f, at) => reachedBy(f.reached.fullCapacity, at),
    denominator: (f, at) =>
      !isDropped(f) && (reachedBy(f.reached.producing, at) || reachedBy(f.reached.fullCapacity, at)),
  },
  fulfil: {
    kind: 'count',
    words: { zh: '履约率', en: 'Fulfilment rate' },
    formula: { zh: '履约（进入前期或开工）÷ 已签约', en: 'fulfilled (in preparation or started) ÷ signed' },
    source: '玉林：履约项目÷新合同项目',
    numerator: isFulfilled,
    denominator: isSigned,
  },
  convert: {
    kind: 'count',
    words: { zh: '转化率', en: 'Conversion rate' },
    formula: { zh: '储备项目中本年开工 ÷ 本年在库储备', en: 'started this year of the pool ÷ in the pool this year' },
    source: '长沙：转化开工率',
    numerator: (f, at) => isPooled(f, at) && inYear(f.startActual, at),
    denominator: isPooled,
  },
  enrol: {
    kind: 'count',
    words: { zh: '入统率', en: 'Enrolment rate' },
    formula: {
      zh: '已入统 ÷ 已开工且计划总投资 500 万元以上',
      en: 'enrolled ÷ started with a total of CNY 5 million and more',
    },
    source: '18 个应入统，已入统 10 个',
    numerator: isEnrolled,
    denominator: mustEnrol,
  },
  invest: {
    kind: 'yuan',
    words: { zh: '投资完成率', en: 'Investment completion' },
    formula: { zh: '本年累计完成投资 ÷ 年度计划投资，不封顶', en: 'done this year ÷ planned for the year, not capped' },
    source: '629.0/647.4=97.2%',
    numerator: (f, at) => (hasPlan(f, at) ? (f.doneYuan ?? 0) : null),
    denominator: (f, at) => (hasPlan(f, at) ? f.planYuan[at.basis] : null),
  },
  fundsOfPlan: {
    kind: 'yuan',
    words: { zh: '资金到位率（占年度计划）', en: 'Funds arrived (of the plan)' },
    formula: { zh: '本年到位资金 ÷ 年度计划投资（项目口径）', en: 'arrived this year ÷ planned for the year' },
    source: '江门：159.5/401.9=39.7%',
    numerator: (f, at) => (hasPlan(f, at) && f.arrivedYuan !== null ? f.arrivedYuan : null),
    denominator: (f, at) => (hasPlan(f, at) && f.arrivedYuan !== null ? f.planYuan[at.basis] : null),
  },
  fundsOfContract: {
    kind: 'yuan',
    words: { zh: '资金到位率（占合同投资）', en: 'Funds arrived (of the contract)' },
    formula: { zh: '累计到位资金 ÷ 合同投资总额（招商口径）', en: 'arrived so far ÷ contracted investment' },
    source: '玉林招商考核',
    numerator: (f) => (!isDropped(f) && f.contractYuan !== null ? (f.arrivedAllYuan ?? 0) : null),
    denominator: (f) => (isDropped(f) ? null : f.contractYuan),
  },
} as const satisfies Record<string, RateDefinition>;
export type RateCode = keyof typeof rateDefinitions;
export const rateCodes = Object.keys(rateDefinitions) as [RateCode, ...RateCode[]];

/** Lists that are asked for by name, besides the numerator and denominator of each rate. */
export const namedLists = {
  plannedStarts: { words: { zh: '全年计划新开工', en: 'Planned starts of the year' }, test: isPlannedStart },
  due: { words: { zh: '应开工', en: 'Due to start' }, test: isDueToStart },
  started: { words: { zh: '已开工', en: 'Started' }, test: isStartedOfPlan },
  overdue: { words: { zh: '应开未开', en: 'Due and not started' }, test: isStartOverdue },
  early: { words: { zh: '提前开工', en: 'Started early' }, test: isStartedEarly },
  outside: { words: { zh: '计划外提前开工', en: 'Early from outside the plan' }, test: isStartedOutside },
  /** What makes the counts arguable: a start without its day, planned or actual. */
  undated: {
    words: { zh: '日期不全', en: 'Days missing' },
    test: (f: RateFacts, at: RateMoment): boolean =>
      isPlannedStart(f, at) &&
      (f.startPlanned[at.basis] === null || (f.startActual === null && path.includes(f.stage))),
  },
} as const satisfies Record<string, { words: Words; test: Test }>;
export type NamedList = keyof typeof namedLists;
export const namedListCodes = Object.keys(namedLists) as [NamedList, ...NamedList[]];

/** At a level a package stands for its items, or its items for it: never both. */
export const isAtLevel = (f: Pick<RateFacts, 'parentId' | 'childCount'>, level: RateLevel): boolean =>
  level === 'projects' ? f.parentId === null : f.childCount === 0;

/** Numerator and denominator, exact; the rate is worked out where it is shown, so that it can be opened. */
export function tally(
  definition: RateDefinition,
  facts: readonly RateFacts[],
  at: RateMoment,
): { numerator: number; denominator: number } {
  let [numerator, denominator] = [0, 0];
  for (const f of facts) {
    if (definition.kind === 'count') {
      numerator += Number(definition.numerator(f, at));
      denominator += Number(definition.denominator(f, at));
    } else {
      numerator += definition.numerator(f, at) ?? 0;
      denominator += definition.denominator(f, at) ?? 0;
    }
  }
  return { numerator, denominator };
}

export const rateOf = ({ numerator, denominator }: { numerator: number; denominator: number }): Rate =>
  rate(numerator, denominator);

/** 已开工 = 应开工 − 应开未开 + 提前开工: four counts taken independently of each other. */
export function startIdentity(facts: readonly RateFacts[], at: RateMoment) {
  const count = (test: Test) => facts.reduce((n, f) => n + Number(test(f, at)), 0);
  const identity = {
    started: count(isStartedOfPlan),
    due: count(isDueToStart),
    overdue: count(isStartOverdue),
    early: count(isStartedEarly),
  };
  return { ...identity, holds: identity.started === identity.due - identity.overdue + identity.early };
}
