import { type Day, endOfMonth } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import {
  type DocumentKind,
  type EndStage,
  type GateStage,
  gateStages,
  gates,
  type HaltStage,
  type LifeStage,
  orderOf,
  type PathCode,
  paths,
  stageWords,
} from './gates.ts';

/** How exactly the day of a gate is known; `on` then is the last day of the period meant. */
export type Precision = 'day' | 'month' | 'quarter' | 'half' | 'year';

export interface Passed {
  /** Null: passed, day not on record. */
  on: Day | null;
  precision: Precision;
}

/** Where a project is: the gates that stand, and whether it rests or has ended. */
export interface Life {
  path: PathCode;
  gates: Partial<Record<GateStage, Passed>>;
  halt: HaltStage | null;
  end: EndStage | null;
}

/** A refusal: what the caller throws, with the field it concerns. */
export interface Fault {
  code: string;
  words: Words;
  field?: string;
  missing?: readonly string[];
}

export const furthest = ({ gates: standing }: Pick<Life, 'gates'>): GateStage | undefined =>
  gateStages.findLast((stage) => standing[stage] !== undefined);

/** The stage of the register: ended, resting, or the furthest gate passed. */
export const stageOf = (life: Life): LifeStage => life.end ?? life.halt ?? furthest(life) ?? 'reserve';

/** The first day of the period whose last day is `on`: “2021年9月” is not after 9 September. */
export function earliestDay({ on, precision }: { on: Day; precision: Precision }): Day {
  if (precision === 'day') return on;
  const month = Number(on.slice(5, 7));
  const back = { month: 1, quarter: 3, half: 6, year: 12 }[precision];
  const first = month - ((month - 1) % back);
  return `${on.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
}

const isBesides = (stage: GateStage): boolean => gates[stage].besides !== undefined;
/** True when `later` waits for `earlier`: gates beside the path are waited for by none. */
const waitsFor = (later: GateStage, earlier: GateStage): boolean => {
  const { besides } = gates[later];
  return !isBesides(earlier) && orderOf(earlier) <= orderOf(besides ?? later) && earlier !== later;
};

/** Gates of the path that must stand before `to` and do not, in order. */
export const missingBefore = (life: Life, to: GateStage): GateStage[] =>
  paths[life.path].stages.filter((stage) => waitsFor(to, stage) && !life.gates[stage]);

/** The gates that could be passed next: one of the path, and those beside it whose time has come. */
export const nextGates = (life: Life): GateStage[] =>
  life.halt || life.end
    ? []
    : paths[life.path].stages.filter((stage) => !life.gates[stage] && missingBefore(life, stage).length === 0);

const joined = (stages: readonly GateStage[]): Words => ({
  zh: stages.map((s) => stageWords[s].zh).join('、'),
  en: stages.map((s) => stageWords[s].en.toLowerCase()).join(', '),
});

const rests = (life: Life): Fault | null => {
  const stage = life.end ?? life.halt;
  if (stage === null) return null;
  const { zh, en } = stageWords[stage];
  return life.end
    ? {
        code: 'ended',
        words: {
          zh: `项目已${zh}，须先撤销${zh}才能继续办理`,
          en: `The project is ${en.toLowerCase()}: take that back first`,
        },
      }
    : {
        code: 'paused',
        words: { zh: `项目${zh}中，请先办理复工`, en: `The project is ${en.toLowerCase()}: resume it first` },
      };
};

/** Between which days a gate may lie: not before the gates it waits for, not after those that wait for it. */
export function dayBounds(
  life: Life,
  stage: GateStage,
  today: Day,
): { from: Day | null; former: GateStage | null; to: Day; later: GateStage | null } {
  let from: Day | null = null;
  let former: GateStage | null = null;
  let to = today;
  let later: GateStage | null = null;
  for (const other of gateStages) {
    const passed = life.gates[other];
    if (!passed?.on || other === stage) continue;
    const first = earliestDay({ on: passed.on, precision: passed.precision });
    if (waitsFor(stage, other) && (from === null || first > from)) [from, former] = [first, other];
    if (waitsFor(other, stage) && passed.on < to) [to, later] = [passed.on, other];
  }
  return { from, former, to, later };
}

export function dayFault(life: Life, stage: GateStage, on: Day, today: Day): Fault | null {
  const { zh, en } = stageWords[stage];
  if (on > today)
    return {
      code: 'in_the_future',
      field: 'on',
      words: { zh: `${zh}日期晚于今天，未发生的关口不能办理`, en: `The day of “${en}” lies ahead` },
    };
  const { from, former, to, later } = dayBounds(life, stage, today);
  if (from !== null && former !== null && on < from)
    return {
      code: 'before_former_gate',
      field: 'on',
      words: {
        zh: `${zh}日期 ${on} 早于${stageWords[former].zh}日期 ${from}，请核对`,
        en: `${en} on ${on} lies before ${stageWords[former].en.toLowerCase()} on ${from}`,
      },
    };
  if (later !== null && on > to)
    return {
      code: 'after_later_gate',
      field: 'on',
      words: {
        zh: `${zh}日期 ${on} 晚于${stageWords[later].zh}日期 ${to}，请核对`,
        en: `${en} on ${on} lies after ${stageWords[later].en.toLowerCase()} on ${to}`,
      },
    };
  return null;
}

/** Compulsory documents that were not given, as a refusal. */
export function documentFault(asked: readonly DocumentKind[], given: readonly { kind: string }[]): Fault | null {
  const missing = asked.filter((kind) => kind.isCompulsory && !given.some((d) => d.kind === kind.code));
  if (missing.length === 0) return null;
  return {
    code: 'documents_missing',
    field: 'documents',
    missing: missing.map((kind) => kind.code),
    words: {
      zh: `缺少资料：${missing.map((k) => k.words.zh).join('、')}`,
      en: `Documents missing: ${missing.map((k) => k.words.en).join(', ')}`,
    },
  };
}

/** Why a project cannot pass the gate `to` on a day with these documents; null when it can. */
export function moveFault(
  life: Life,
  { to, on, documents, today }: { to: GateStage; on: Day; documents: readonly { kind: string }[]; today: Day },
): Fault | null {
  const resting = rests(life);
  if (resting) return resting;
  const { zh, en } = stageWords[to];
  if (life.gates[to])
    return {
      code: 'already_passed',
      field: 'to',
      words: { zh: `${zh}关口已办理`, en: `“${en}” has been passed already` },
    };
  if (!paths[life.path].stages.includes(to))
    return {
      code: 'not_on_path',
      field: 'to',
      words: {
        zh: `${paths[life.path].words.zh}项目没有${zh}关口；如项目类型不对，请先调整`,
        en: `${paths[life.path].words.en} has no gate “${en}”; change the kind of project if it is wrong`,
      },
    };
  const missing = missingBefore(life, to);
  if (missing.length > 0)
    return {
      code: 'gate_missing',
      field: 'to',
      missing,
      words: {
        zh: `不能直接办理${zh}，缺少关口：${joined(missing).zh}`,
        en: `“${en}” cannot be passed yet; gates missing: ${joined(missing).en}`,
      },
    };
  return dayFault(life, to, on, today) ?? documentFault(gates[to].documents, documents);
}

/** 计划总投资 from 5 million yuan up belongs into the statistics of fixed investment; smaller ones are never enrolled. */
const enrolmentFloorYuan = 5_000_000;

/** What is told, not refused, when the gate is passed. */
export function warningsOf(life: Life, to: GateStage, totalYuan: number | null): Words[] {
  if (totalYuan !== null && totalYuan < enrolmentFloorYuan) return [];
  return (gates[to].warnsWithout ?? [])
    .filter((stage) => !life.gates[stage] && paths[life.path].stages.includes(stage))
    .map((stage) => ({
      zh: `${stageWords[stage].zh}关口尚未办理，${stageWords[to].zh}后请尽快补办`,
      en: `“${stageWords[stage].en}” has not been passed yet; see to it after “${stageWords[to].en}”`,
    }));
}

/** Why a gate (or a pause, or an ending) cannot be taken back; null when it can. */
export function revokeFault(life: Life, stage: GateStage | EndStage): Fault | null {
  const { zh, en } = stageWords[stage];
  const notPassed: Fault = {
    code: 'not_passed',
    field: 'stage',
    words: { zh: `${zh}关口没有办理过，无须撤销`, en: `“${en}” was not passed` },
  };
  if (stage === 'terminated' || stage === 'withdrawn') return life.end === stage ? null : notPassed;
  if (life.end || life.halt) return rests(life);
  if (!life.gates[stage]) return notPassed;
  if (stage === 'reserve')
    return {
      code: 'first_gate',
      field: 'stage',
      words: {
        zh: '储备是第一道关口，不能撤销；不再推进的项目请办理退库',
        en: 'The first gate cannot be taken back; withdraw the project instead',
      },
    };
  const later = gateStages.filter((other) => life.gates[other] && waitsFor(other, stage));
  if (later.length === 0) return null;
  return {
    code: 'later_gates',
    field: 'stage',
    missing: later,
    words: {
      zh: `请先撤销后面的关口：${joined(later).zh}`,
      en: `Take back the later gates first: ${joined(later).en}`,
    },
  };
}

/** Why a project cannot begin to rest, or end, on a day; null when it can. */
export function restFault(life: Life, to: HaltStage | EndStage, on: Day, today: Day): Fault | null {
  const { zh, en } = stageWords[to];
  if (life.end) return rests(life);
  if ((to === 'suspended' || to === 'delayed') && life.halt)
    return {
      code: 'paused',
      words: { zh: `项目已在${stageWords[life.halt].zh}中`, en: 'The project is paused already' },
    };
  const at = furthest(life) ?? 'reserve';
  if (orderOf(at) >= orderOf('completed'))
    return {
      code: 'already_completed',
      words: {
        zh: `项目已${stageWords[at].zh}，不能办理${zh}`,
        en: `A completed project cannot be ${en.toLowerCase()}`,
      },
    };
  if (to === 'withdrawn' && life.gates.started)
    return {
      code: 'already_started',
      words: {
        zh: '项目已开工，不能退库；不再建设的请办理终止',
        en: 'A started project is not withdrawn from the reserve: terminate it',
      },
    };
  if (on > today)
    return {
      code: 'in_the_future',
      field: 'on',
      words: { zh: `${zh}日期晚于今天`, en: `The day of “${en}” lies ahead` },
    };
  for (const stage of gateStages) {
    const passed = life.gates[stage];
    if (!passed?.on) continue;
    const first = earliestDay({ on: passed.on, precision: passed.precision });
    if (!isBesides(stage) && on < first)
      return {
        code: 'before_former_gate',
        field: 'on',
        words: {
          zh: `${zh}日期 ${on} 早于${stageWords[stage].zh}日期 ${first}，请核对`,
          en: `${en} on ${on} lies before ${stageWords[stage].en.toLowerCase()} on ${first}`,
        },
      };
  }
  return null;
}

/** Last day of the calendar quarter of a day: 2021-07-03 → 2021-09-30. */
export const endOfQuarter = (day: Day): Day => {
  const month = Math.ceil(Number(day.slice(5, 7)) / 3) * 3;
  return endOfMonth(`${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`);
};
