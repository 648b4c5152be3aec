import type { Day } from '#core/shared/day.ts';

export interface Exemption {
  /** Null: excuses the project from every rule. */
  ruleCode: string | null;
  reason: string;
  approver: string;
  from: Day;
  /** The last day on which it holds; after it the light shows again by itself. */
  until: Day;
}

/** Whole yuan; null without a plan. */
export type MonthTask = { planYuan: number; doneYuan: number } | null;

/** Everything a light may look at. Whole yuan; months of the year January first. */
export interface ProjectFacts {
  planKind: string | null;
  stage: string;
  startPlanned: Day | null;
  startActual: Day | null;
  finishPlanned: Day | null;
  finishActual: Day | null;
  totalYuan: number | null;
  enrolled: boolean;
  enrolledOn: Day | null;
  planYuan: number | null;
  curve: readonly number[] | null;
  /** Accepted filings of the year only. */
  doneYuan: number | null;
  paidYuan: number | null;
  toPayYuan: number | null;
  months: readonly MonthTask[];
  /** Nodes (节点) that are due and not done on the day, the earliest first; null: the project has no dated nodes. */
  overdueNodes: readonly { name: string; due: Day }[] | null;
  exemptions: readonly Exemption[];
}

const startedStages = new Set(['started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity']);
const finishedStages = new Set(['completed', 'producing', 'fullCapacity']);

/** By its date where there is one, so that a past day is judged as it was; else by its stage. */
export const isStarted = ({ startActual, stage }: ProjectFacts, day: Day): boolean =>
  startActual === null ? startedStages.has(stage) : startActual <= day;

export const isFinished = ({ finishActual, stage }: ProjectFacts, day: Day): boolean =>
  finishActual === null ? finishedStages.has(stage) : finishActual <= day;
