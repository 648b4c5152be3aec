import { formatMoney } from '#core/shared/money.ts';
import type { Words } from '#core/shared/words.ts';

/**
 * What does not fit together in a project's money. Nothing is refused for it and nothing is called wrong: an `explain`
 * query asks for a sentence of at least ten characters, an `inform` one only says how things stand.
 */
export const findingCodes = [
  'sourcesOverTotal',
  'sourcesUnderTotal',
  'sourcesEqualTotal',
  'plansDiffer',
  'arrivedOverPlanned',
  'paidOverArrived',
  'contractOverpaid',
  'bondOverused',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export interface Finding {
  code: FindingCode;
  severity: 'explain' | 'inform';
  /** What it is about: a source with its year, a contract, a bond. */
  subject: string;
  /** By how much, in whole yuan; an explanation holds until this grows. */
  excessYuan: number;
  words: Words;
}

export interface SourceMoney {
  source: string;
  label: string;
  /** Of the year. */
  plannedYuan: number;
  arrivedYuan: number;
  /** From the beginning to the end of the year: money that came last year may be paid this year. */
  arrivedToDateYuan: number;
  paidToDateYuan: number;
}

export interface ProjectMoney {
  year: number;
  /** The register's number. */
  totalYuan: number | null;
  /** Annual investment plan of the register. */
  planYuan: number | null;
  /** Plans of all sources and all years. */
  plannedEverYuan: number;
  sources: readonly SourceMoney[];
  /** `valueYuan` is the signed value with its modifications. */
  contracts: readonly { id: string; title: string; valueYuan: number | null; paidYuan: number }[];
  bonds: readonly { id: string; name: string; allottedYuan: number; usedYuan: number }[];
}

const amount = (yuan: number): Words => ({
  zh: `${formatMoney(yuan, '万元', 4, 'half-up', true).replace(/\.?0+$/, '')} 万元`,
  en: `CNY ${formatMoney(yuan, '元', 0, 'half-up', true)}`,
});

/** Findings of one project in one year, the queries first. Whole yuan throughout. */
export function findingsOf(money: ProjectMoney): Finding[] {
  const found = [...sourceFindings(money), ...contractFindings(money), ...totalFindings(money)];
  return [...found.filter((f) => f.severity === 'explain'), ...found.filter((f) => f.severity === 'inform')];
}

function totalFindings({ year, totalYuan, planYuan, plannedEverYuan, sources }: ProjectMoney): Finding[] {
  const found: Finding[] = [];
  if (totalYuan !== null && plannedEverYuan > 0) {
    const over = plannedEverYuan - totalYuan;
    const [sum, total, gap] = [amount(plannedEverYuan), amount(totalYuan), amount(Math.abs(over))];
    const zh = `各来源各年计划合计 ${sum.zh}，总投资 ${total.zh}`;
    const en = `The plans of all sources and years add up to ${sum.en}, the total investment is ${total.en}`;
    if (over > 0)
      found.push({
        code: 'sourcesOverTotal',
        severity: 'explain',
        subject: '',
        excessYuan: over,
        words: { zh: `${zh}，多出 ${gap.zh}`, en: `${en}: ${gap.en} more` },
      });
    else
      found.push({
        code: over < 0 ? 'sourcesUnderTotal' : 'sourcesEqualTotal',
        severity: 'inform',
        subject: '',
        excessYuan: -over,
        words:
          over < 0
            ? { zh: `${zh}，其余 ${gap.zh}尚未登记来源`, en: `${en}: the source of ${gap.en} is not registered yet` }
            : { zh: `${zh}，两者相等`, en: `${en}: they are equal` },
      });
  }
  const planned = sources.reduce((sum, s) => sum + s.plannedYuan, 0);
  if (planYuan !== null && planned > 0 && planned !== planYuan)
    found.push({
      code: 'plansDiffer',
      severity: 'inform',
      subject: String(year),
      excessYuan: Math.abs(planned - planYuan),
      words: {
        zh: `${year} 年各来源资金计划合计 ${amount(planned).zh}，年度投资计划 ${amount(planYuan).zh}，相差 ${amount(Math.abs(planned - planYuan)).zh}`,
        en: `The sources plan ${amount(planned).en} for ${year}, the annual investment plan says ${amount(planYuan).en}: ${amount(Math.abs(planned - planYuan)).en} apart`,
      },
    });
  return found;
}

function sourceFindings({ year, sources }: ProjectMoney): Finding[] {
  const isPlanned = sources.some((s) => s.plannedYuan > 0);
  return sources.flatMap((s): Finding[] => {
    const found: Finding[] = [];
    if (s.paidToDateYuan > s.arrivedToDateYuan)
      found.push({
        code: 'paidOverArrived',
        severity: 'explain',
        subject: `${s.source} ${year}`,
        excessYuan: s.paidToDateYuan - s.arrivedToDateYuan,
        words: {
          zh: `${s.label}累计支付 ${amount(s.paidToDateYuan).zh}，大于累计到位 ${amount(s.arrivedToDateYuan).zh}`,
          en: `${s.label}: ${amount(s.paidToDateYuan).en} paid in all, more than the ${amount(s.arrivedToDateYuan).en} that arrived`,
        },
      });
    // Without any plan of the year there is nothing to exceed; the rates then say that the plan is missing.
    if (isPlanned && s.arrivedYuan > s.plannedYuan)
      found.push({
        code: 'arrivedOverPlanned',
        severity: 'explain',
        subject: `${s.source} ${year}`,
        excessYuan: s.arrivedYuan - s.plannedYuan,
        words: {
          zh: `${s.label} ${year} 年到位 ${amount(s.arrivedYuan).zh}，大于年度计划 ${amount(s.plannedYuan).zh}`,
          en: `${s.label}: ${amount(s.arrivedYuan).en} arrived in ${year}, more than the ${amount(s.plannedYuan).en} planned`,
        },
      });
    return found;
  });
}

function contractFindings({ contracts, bonds }: ProjectMoney): Finding[] {
  const overpaid = contracts.flatMap((c): Finding[] =>
    c.paidYuan <= (c.valueYuan ?? 0)
      ? []
      : [
          {
            code: 'contractOverpaid',
            severity: 'explain',
            subject: c.id,
            excessYuan: c.paidYuan - (c.valueYuan ?? 0),
            words:
              c.valueYuan === null
                ? {
                    zh: `“${c.title}”尚无合同价，已支付 ${amount(c.paidYuan).zh}`,
                    en: `“${c.title}” has no contract value and ${amount(c.paidYuan).en} was paid`,
                  }
                : {
                    zh: `“${c.title}”已支付 ${amount(c.paidYuan).zh}，大于合同价（含变更）${amount(c.valueYuan).zh}`,
                    en: `“${c.title}”: ${amount(c.paidYuan).en} paid, more than its value with modifications, ${amount(c.valueYuan).en}`,
                  },
          },
        ],
  );
  const overused = bonds.flatMap((b): Finding[] =>
    b.usedYuan <= b.allottedYuan
      ? []
      : [
          {
            code: 'bondOverused',
            severity: 'explain',
            subject: b.id,
            excessYuan: b.usedYuan - b.allottedYuan,
            words: {
              zh: `${b.name}已支付 ${amount(b.usedYuan).zh}，大于分配额 ${amount(b.allottedYuan).zh}`,
              en: `${b.name}: ${amount(b.usedYuan).en} paid, more than the ${amount(b.allottedYuan).en} allotted`,
            },
          },
        ],
  );
  return [...overpaid, ...overused];
}

/** An explanation holds for its subject until the excess grows beyond what was explained. */
export const isExplained = (
  finding: Pick<Finding, 'code' | 'subject' | 'excessYuan'>,
  explanation: { code: string; subject: string; excessYuan: number },
): boolean =>
  explanation.code === finding.code &&
  explanation.subject === finding.subject &&
  explanation.excessYuan >= finding.excessYuan;
