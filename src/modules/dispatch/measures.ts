import type { Words } from '#core/shared/words.ts';
import {
  hasPlan,
  inYear,
  isCarried,
  isDropped,
  isDueToStart,
  isEnrolled,
  isFulfilled,
  isPlannedFinish,
  isPlannedStart,
  isPooled,
  isResumed,
  isSigned,
  isStartedEarly,
  isStartedOfPlan,
  isStartedOutside,
  isStartOverdue,
  mustEnrol,
  type RateFacts,
  type RateMoment,
  reachedBy,
} from './rates.ts';

type Read<T> = (f: RateFacts, at: RateMoment) => T;
/** What formulas may ask of one project. Amounts are whole yuan, null where nobody recorded them. */
export type Measure = { words: Words; note: Words } & (
  | { dimension: 'yuan'; read: Read<number | null> }
  | { dimension: 'condition'; read: Read<boolean> }
);

const yuan = (zh: string, en: string, noteZh: string, noteEn: string, read: Read<number | null>): Measure => ({
  words: { zh, en },
  note: { zh: noteZh, en: noteEn },
  dimension: 'yuan',
  read,
});
const test = (zh: string, en: string, noteZh: string, noteEn: string, read: Read<boolean>): Measure => ({
  words: { zh, en },
  note: { zh: noteZh, en: noteEn },
  dimension: 'condition',
  read,
});

/** The facts behind every rate of rates.ts, by name, so that formulas say what those say in code. */
export const measures: Record<string, Measure> = {
  planYuan: yuan('年度计划', 'Plan of the year', '按所选口径的年度计划投资', 'on the basis chosen', (f, at) =>
    hasPlan(f, at) ? f.planYuan[at.basis] : null,
  ),
  doneYuan: yuan(
    '本年完成',
    'Done this year',
    '有年度计划的项目，已审核通过的填报',
    'of projects with a plan, accepted filings',
    (f, at) => (hasPlan(f, at) ? (f.doneYuan ?? 0) : null),
  ),
  totalYuan: yuan('总投资', 'Total investment', '计划总投资', 'planned total', (f) =>
    isDropped(f) ? null : f.totalYuan,
  ),
  arrivedYuan: yuan('本年到位', 'Arrived this year', '本年到位资金', 'funds of the year', (f, at) =>
    hasPlan(f, at) ? f.arrivedYuan : null,
  ),
  planWithFunds: yuan(
    '有资金记录的年度计划',
    'Plan where funds are recorded',
    '有到位资金记录的项目的年度计划',
    'plans of projects that record funds',
    (f, at) => (hasPlan(f, at) && f.arrivedYuan !== null ? f.planYuan[at.basis] : null),
  ),
  arrivedAllYuan: yuan(
    '累计到位',
    'Arrived so far',
    '有合同的项目累计到位资金',
    'funds so far of contracted projects',
    (f) => (!isDropped(f) && f.contractYuan !== null ? (f.arrivedAllYuan ?? 0) : null),
  ),
  contractYuan: yuan('合同投资', 'Contracted', '合同投资总额', 'contracted investment', (f) =>
    isDropped(f) ? null : f.contractYuan,
  ),
  plannedStart: test('计划新开工', 'Planned start', '全年计划新开工', 'planned to start this year', isPlannedStart),
  dueToStart: test('应开工', 'Due to start', '计划开工日已到', 'the planned day has come', isDueToStart),
  started: test('已开工', 'Started', '计划新开工中已开工', 'started, of the planned starts', isStartedOfPlan),
  startOverdue: test('应开未开', 'Start overdue', '应开工而未开工', 'due and not started', isStartOverdue),
  startedEarly: test('提前开工', 'Started early', '计划开工日前已开工', 'before its planned day', isStartedEarly),
  startedOutside: test(
    '计划外开工',
    'Started outside the plan',
    '计划外提前开工',
    'early, from outside the plan',
    isStartedOutside,
  ),
  carried: test('续建', 'Carried over', '续建项目', 'carried over from last year', isCarried),
  resumed: test('已复工', 'Resumed', '续建项目中已复工', 'carried over and at work', isResumed),
  plannedFinish: test(
    '计划竣工',
    'Planned completion',
    '本年计划竣工',
    'planned to be completed this year',
    isPlannedFinish,
  ),
  finished: test(
    '本年竣工',
    'Completed this year',
    '本年实际竣工',
    'completed this year',
    (f, at) => !isDropped(f) && inYear(f.finishActual, at),
  ),
  producedThisYear: test(
    '本年投产',
    'Producing this year',
    '本年投产',
    'went into production this year',
    (f, at) => !isDropped(f) && inYear(f.reached.producing, at),
  ),
  producing: test(
    '已投产',
    'Producing',
    '已投产（含已达效）',
    'in production',
    (f, at) => !isDropped(f) && (reachedBy(f.reached.producing, at) || reachedBy(f.reached.fullCapacity, at)),
  ),
  fullCapacity: test('已达效', 'At full capacity', '已达效', 'at full capacity', (f, at) =>
    reachedBy(f.reached.fullCapacity, at),
  ),
  signed: test('已签约', 'Signed', '已签约', 'signed', isSigned),
  fulfilled: test(
    '已履约',
    'Fulfilled',
    '签约后进入前期或开工',
    'in preparation or started after signing',
    isFulfilled,
  ),
  pooled: test('在库储备', 'In the pool', '本年在库储备', 'in the reserve pool this year', isPooled),
  startedThisYear: test(
    '本年开工',
    'Started this year',
    '实际开工日在本年',
    'its actual start lies in the year',
    (f, at) => inYear(f.startActual, at),
  ),
  mustEnrol: test(
    '应入统',
    'To be enrolled',
    '已开工且总投资 500 万元以上',
    'started, CNY 5 million and more',
    mustEnrol,
  ),
  enrolled: test('已入统', 'Enrolled', '应入统中已入统', 'enrolled, of those', isEnrolled),
};
