import type { Day } from '#core/shared/day.ts';
import {
  type EndStage,
  type GateStage,
  gateStages,
  type HaltStage,
  isEnd,
  isGate,
  isHalt,
  type LifeStage,
  orderOf,
  paths,
} from './gates.ts';
import { furthest, type Life, type Passed, type Precision, stageOf } from './life.ts';

/** What the register of projects says about a life. It is entered and imported there; the gates follow. */
export interface Register {
  stage: LifeStage;
  stageDates: Partial<Record<LifeStage, Day>>;
  startActual: { day: Day; precision: Precision } | null;
  finishActual: { day: Day; precision: Precision } | null;
  enrolled: boolean;
  enrolledOn: Day | null;
}

/** What has to be written so that the gates say what the register says. */
export type Deed =
  /** `implied`: nothing says so but a later gate that stands. */
  | { act: 'pass'; stage: GateStage; passed: Passed; isImplied: boolean }
  | { act: 'amend'; stage: GateStage; passed: Passed }
  | { act: 'revoke'; stage: GateStage | EndStage }
  | { act: 'halt'; stage: HaltStage; on: Day | null }
  | { act: 'resume'; stage: HaltStage }
  | { act: 'end'; stage: EndStage; on: Day | null };

const later = (a: GateStage, b: GateStage): GateStage => (orderOf(a) >= orderOf(b) ? a : b);

/** The day the register gives a gate; a business date outranks a bare stage date. */
export function registeredDay(register: Register, stage: GateStage): Passed | null {
  const exact = stage === 'started' ? register.startActual : stage === 'completed' ? register.finishActual : null;
  if (exact) return { on: exact.day, precision: exact.precision };
  const on = (stage === 'enrolled' ? register.enrolledOn : null) ?? register.stageDates[stage] ?? null;
  return on === null ? null : { on, precision: 'day' };
}

/** How far the register says the project has come, whatever it does now. An actual start counts even where the stage lags behind. */
export function registeredGate(register: Register, life: Life): GateStage {
  const dated = gateStages.findLast((stage) => register.stageDates[stage] !== undefined) ?? 'reserve';
  let at: GateStage = isGate(register.stage) ? register.stage : later(furthest(life) ?? 'reserve', dated);
  if (register.startActual) at = later(at, 'started');
  if (register.finishActual) at = later(at, 'completed');
  return at;
}

/**
 * The difference between register and gates, as deeds. The register wins: an import or an entry changes it without
 * passing gates, and a gate that only a later one implies stands without a day. Doing the deeds and asking again gives none.
 */
export function reconcile(register: Register, life: Life): Deed[] {
  const deeds: Deed[] = [];
  const { stage } = register;
  const at = registeredGate(register, life);
  const isEnrolled = stage === 'enrolled' || (register.enrolled && orderOf(at) >= orderOf('started'));
  const isWanted = (gate: GateStage): boolean => {
    if (gate === 'enrolled') return isEnrolled;
    if (orderOf(gate) > orderOf(at)) return false;
    return gate === at || paths[life.path].stages.includes(gate) || registeredDay(register, gate) !== null;
  };

  if (life.end && stage !== life.end) deeds.push({ act: 'revoke', stage: life.end });
  if (life.halt && stage !== life.halt && !isEnd(stage)) deeds.push({ act: 'resume', stage: life.halt });
  for (const gate of gateStages) {
    const standing = life.gates[gate];
    const known = registeredDay(register, gate);
    if (isWanted(gate)) {
      if (!standing)
        deeds.push({
          act: 'pass',
          stage: gate,
          passed: known ?? { on: null, precision: 'day' },
          // That it is enrolled the register says itself, with or without a day.
          isImplied: known === null && gate !== stage && gate !== 'enrolled',
        });
      else if (known && (known.on !== standing.on || known.precision !== standing.precision))
        deeds.push({ act: 'amend', stage: gate, passed: known });
    } else if (standing && (gate === 'enrolled' || orderOf(gate) > orderOf(at)))
      deeds.push({ act: 'revoke', stage: gate });
  }
  if (isHalt(stage) && life.halt !== stage) deeds.push({ act: 'halt', stage, on: register.stageDates[stage] ?? null });
  if (isEnd(stage) && life.end !== stage) deeds.push({ act: 'end', stage, on: register.stageDates[stage] ?? null });
  return deeds;
}

/** The life after the deeds. */
export function done(life: Life, deeds: readonly Deed[]): Life {
  const next: Life = { ...life, gates: { ...life.gates } };
  for (const deed of deeds)
    switch (deed.act) {
      case 'pass':
      case 'amend':
        next.gates[deed.stage] = deed.passed;
        break;
      case 'revoke':
        if (isEnd(deed.stage)) next.end = null;
        else delete next.gates[deed.stage];
        break;
      case 'halt':
        next.halt = deed.stage;
        break;
      case 'resume':
        next.halt = null;
        break;
      case 'end':
        next.end = deed.stage;
        next.halt = null;
        break;
    }
  return next;
}

/**
 * What the register should say after the deeds: an actual start carries a stage that lags behind, and a stage 入统 says
 * that the project is enrolled.
 */
export const settled = (register: Register, after: Life): Pick<Register, 'stage' | 'enrolled'> => ({
  stage: stageOf(after),
  enrolled: register.enrolled || register.stage === 'enrolled',
});
