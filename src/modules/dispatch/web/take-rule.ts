import type { LightRule, RuleSet } from '../light-rule.ts';
import { levelsNamed } from '../light-rule.ts';
import { shippedRuleSets } from '../rule-sets.ts';

/** Every rule of the sets that ship with the product, by a key that a list can hold. */
export const published: { key: string; set: RuleSet; rule: LightRule }[] = shippedRuleSets
  .filter((set) => set.code !== 'city')
  .flatMap((set) => set.rules.map((rule) => ({ key: `${set.code}/${rule.code}`, set, rule })));

/** A set with a published rule added at its end: the levels it names come with it, and its code gives way where it is taken. */
export function withRule(set: RuleSet, key: string): RuleSet {
  const found = published.find((p) => p.key === key);
  if (!found) return set;
  const needed = new Set(levelsNamed(found.rule));
  const levels = found.set.levels.filter((l) => needed.has(l.code) && !set.levels.some((own) => own.code === l.code));
  const codes = new Set(set.rules.map((rule) => rule.code));
  const free = [found.rule.code, ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${found.rule.code}-${n}`)];
  const code = free.find((one) => !codes.has(one)) ?? `${found.rule.code}-${set.rules.length + 1}`;
  const note = {
    zh: `取自${found.set.name.zh}${found.rule.note ? `。${found.rule.note.zh}` : ''}`,
    en: `Taken from ${found.set.name.en}${found.rule.note ? `. ${found.rule.note.en}` : ''}`,
  };
  return { ...set, levels: [...set.levels, ...levels], rules: [...set.rules, { ...found.rule, code, note }] };
}
