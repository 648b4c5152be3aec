import type { Words } from '#core/shared/words.ts';
import { type DocumentKind, type FactKey, type Facts, factName } from './checklist.ts';

/** The five comparisons for which statistics offices send papers back. */
export const crossChecks = [
  'approvalUnitReporting',
  'approvalUnitContract',
  'approvalDateContract',
  'approvalTotalApplication',
  'approvalEnvironment',
] as const;
export type CrossCheck = (typeof crossChecks)[number];

export const crossCheckWords: Record<CrossCheck, Words> = {
  approvalUnitReporting: { zh: '批文单位与上报单位', en: 'Unit of the approval and reporting unit' },
  approvalUnitContract: { zh: '批文单位与施工合同甲方', en: 'Unit of the approval and party A of the contract' },
  approvalDateContract: { zh: '批文时间与合同时间', en: 'Day of the approval and of the contract' },
  approvalTotalApplication: { zh: '批文总投资与申请表总投资', en: 'Total of the approval and of the application' },
  approvalEnvironment: {
    zh: '批文与环评的单位、地点',
    en: 'Unit and place of the approval and of the environmental approval',
  },
};

/**
 * `agrees`: the same to the letter. `alike`: the same but for brackets, spaces or width, shown so that a person says so.
 * `differs`: a hit. `open`: one of the two has not been read off yet.
 */
export type Outcome = 'agrees' | 'alike' | 'differs' | 'open';

export interface Side {
  kind: DocumentKind | 'register';
  key: FactKey;
  words: Words;
  value: string | number | null;
}

export interface CrossFinding {
  check: CrossCheck;
  outcome: Outcome;
  left: Side;
  right: Side;
  /** What is wrong and what to do; null when there is nothing to say. */
  words: Words | null;
}

/** A name for comparing: half width, one kind of bracket, no spaces, small letters. Never shown and never stored. */
export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[〔［【{[]/g, '(')
    .replace(/[〕］】}\]]/g, ')')
    .replace(/[‐-―−－—]/g, '-')
    .replace(/[·•・]/g, '·')
    .replace(/\s+/g, '')
    .toLowerCase();

function outcomeOfNames(left: string | null, right: string | null): Outcome {
  if (left === null || right === null) return 'open';
  if (left === right) return 'agrees';
  return comparable(left) === comparable(right) ? 'alike' : 'differs';
}

const quoted = (value: Side['value']): string => (typeof value === 'number' ? wan(value) : (value ?? ''));
/** Whole yuan as clerks compare them, without rounding anything away: 32800万元, 5000.5万元. */
const wan = (yuan: number): string => `${yuan / 10_000}万元`;

export interface Compared {
  approval: Facts;
  contract: Facts;
  application: Facts;
  environment: Facts;
  /** The register's owner and total, taken where the application says nothing. */
  register: { ownerName: string | null; totalYuan: number | null };
}

/** All five, in the order of the rule; the last is two findings, unit and place. */
export function crossFindings({ approval, contract, application, environment, register }: Compared): CrossFinding[] {
  const side = (kind: DocumentKind, key: FactKey, facts: Facts): Side => ({
    kind,
    key,
    words: factName(kind, key),
    value: facts[key],
  });
  const unit = side('approval', 'unitName', approval);
  const reporting: Side =
    application.unitName !== null || register.ownerName === null
      ? side('application', 'unitName', application)
      : {
          kind: 'register',
          key: 'unitName',
          words: { zh: '台账业主单位', en: 'Owner in the register' },
          value: register.ownerName,
        };
  const total: Side =
    application.totalYuan !== null || register.totalYuan === null
      ? side('application', 'totalYuan', application)
      : {
          kind: 'register',
          key: 'totalYuan',
          words: { zh: '台账总投资', en: 'Total in the register' },
          value: register.totalYuan,
        };

  const names = (check: CrossCheck, left: Side, right: Side, todo: Words): CrossFinding => {
    const outcome = outcomeOfNames(left.value as string | null, right.value as string | null);
    return { check, outcome, left, right, words: wordsOf(outcome, left, right, todo) };
  };
  return [
    names('approvalUnitReporting', unit, reporting, {
      zh: '请以批文单位名义上报；单位更名的，附更名或授权文件',
      en: 'Report under the name of the approval; if the unit was renamed, add the document',
    }),
    names('approvalUnitContract', unit, side('contract', 'partyA', contract), {
      zh: '请核对发包人；由代建单位签约的，附委托代建文件',
      en: 'Check who let the contract; if an agent signed, add the mandate',
    }),
    dates(side('approval', 'day', approval), side('contract', 'day', contract)),
    totals(side('approval', 'totalYuan', approval), total),
    names('approvalEnvironment', unit, side('environment', 'unitName', environment), {
      zh: '请核对建设单位；单位变更的，附变更文件',
      en: 'Check the builder; if it changed, add the document',
    }),
    names('approvalEnvironment', side('approval', 'place', approval), side('environment', 'place', environment), {
      zh: '请核对建设地点；地点调整的，附调整批复',
      en: 'Check the place; if it moved, add the approval of the change',
    }),
  ];
}

function wordsOf(outcome: Outcome, left: Side, right: Side, todo: Words): Words | null {
  const [a, b] = [quoted(left.value), quoted(right.value)];
  if (outcome === 'differs')
    return {
      zh: `${left.words.zh}“${a}”与${right.words.zh}“${b}”不一致。${todo.zh}`,
      en: `${left.words.en} “${a}” differs from ${right.words.en} “${b}”. ${todo.en}`,
    };
  if (outcome === 'alike')
    return {
      zh: `${left.words.zh}“${a}”与${right.words.zh}“${b}”仅括号、空格或全半角不同，按同一名称对待，请确认写法`,
      en: `${left.words.en} “${a}” and ${right.words.en} “${b}” differ only in brackets, spaces or width; taken as one name, please confirm`,
    };
  return null;
}

/** A contract before its approval is the conflict; the same day and later are in order. */
function dates(left: Side, right: Side): CrossFinding {
  const [approved, signed] = [left.value as string | null, right.value as string | null];
  const outcome: Outcome = approved === null || signed === null ? 'open' : signed < approved ? 'differs' : 'agrees';
  return {
    check: 'approvalDateContract',
    outcome,
    left,
    right,
    words:
      outcome === 'differs'
        ? {
            zh: `施工合同签订于 ${signed}，早于批文日期 ${approved}。请核对两个日期；确属先签约后批复的，附情况说明`,
            en: `The contract was signed on ${signed}, before the approval of ${approved}. Check both days; if that is so, add a statement`,
          }
        : null,
  };
}

function totals(left: Side, right: Side): CrossFinding {
  const [approved, applied] = [left.value as number | null, right.value as number | null];
  const outcome: Outcome = approved === null || applied === null ? 'open' : approved === applied ? 'agrees' : 'differs';
  return {
    check: 'approvalTotalApplication',
    outcome,
    left,
    right,
    words: wordsOf(outcome, left, right, {
      zh: '请按批文填报总投资；概算调整的，附调整批复',
      en: 'Report the total of the approval; if the estimate was revised, add that approval',
    }),
  };
}

export const hitsOf = (findings: readonly CrossFinding[]): CrossFinding[] =>
  findings.filter((finding) => finding.outcome === 'differs');
