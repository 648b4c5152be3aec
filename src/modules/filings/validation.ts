import type { Words } from '#core/shared/words.ts';
import type { FilingContent, FilingField } from './content.ts';
import { isExplanation } from './explanation.ts';
import {
  type Asked,
  type FilingFacts,
  filled,
  type Rule,
  type RuleInForce,
  type Severity,
  severities,
} from './validation-rule.ts';
import { rules } from './validation-rules.ts';

export { type FilingFacts, type Severity, severities } from './validation-rule.ts';
export { isFirstOfYear, rules } from './validation-rules.ts';

export interface Hit {
  rule: string;
  severity: Severity;
  field: FilingField;
  words: Words;
  /** The explanation that answers the hit, when there is one that says something. */
  explanation: string | null;
  /** Version of the rule that was in force; 0 is the one that ships. */
  version?: number | undefined;
  /** What the answer must hold besides words. */
  asks?: Asked | undefined;
}

/** A rule as it ships, in the shape in which a city's own comes. */
export const shipped = (one: Rule): RuleInForce => ({
  code: one.code,
  version: 0,
  isActive: true,
  severity: one.severity,
  params: Object.fromEntries(Object.entries(one.params).map(([key, p]) => [key, p.value])),
  phrases: one.phrases ? [...one.phrases] : null,
  words: null,
});

const inForce = (one: Rule, facts: FilingFacts): RuleInForce => {
  const base = shipped(one);
  const own = facts.rules?.find((r) => r.code === one.code);
  // A number that came with a newer program keeps its shipped value until the city sets it.
  return own ? { ...base, ...own, params: { ...base.params, ...own.params } } : base;
};

/** What counts as an explanation in this city. */
export function explanationTest(facts: FilingFacts): (text: string | undefined) => boolean {
  const { params, phrases } = inForce(rules.find((r) => r.code === 'explanation')!, facts);
  return (text) => isExplanation(text, { least: params.least!, phrases: phrases ?? [] });
}

/** All hits, worst first; within a severity in the order of the form. */
export function check(content: FilingContent, facts: FilingFacts): Hit[] {
  const hits: Hit[] = [];
  const explains = explanationTest(facts);
  for (const one of rules) {
    const { isActive, severity, params, words, version } = inForce(one, facts);
    const found = isActive ? one.find(content, facts, params) : null;
    if (!found) continue;
    const template = found.template === undefined ? (words ?? one.words) : one.otherWords![found.template]!;
    const said = content.explanations[one.code];
    const explanation = one.answer ? one.answer(content, explains, params) : explains(said) ? said! : null;
    const asks = one.asks?.(params);
    hits.push({
      rule: one.code,
      severity,
      field: one.field,
      words: filled(template, found),
      explanation,
      version,
      ...(asks && { asks }),
    });
  }
  return hits.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** Hits that keep a filing from being submitted: every 强制, and 准强制 or 核实 without an explanation. */
export const blocking = (hits: readonly Hit[]): Hit[] =>
  hits.filter((h) => h.severity === 'block' || (h.severity !== 'inform' && h.explanation === null));

/** Hits a reviewer must let pass by name before accepting. */
export const toWaive = (hits: readonly Hit[]): Hit[] => hits.filter((h) => h.severity === 'approve');
