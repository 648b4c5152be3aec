import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import type { CheckRule, correctionEndpoints } from '../correction-contract.ts';
import { rules, shipped } from '../validation.ts';
import { refusalOf } from '../validation-change.ts';
import type { Rule } from '../validation-rule.ts';
import { insertRuleVersion, listRulesInForce, listRuleVersions, type RuleVersionRow } from './rule-store.ts';

/** Every rule as it ships, as it counts today, and what it was. */
export async function listRules(scope: Scope): Promise<CheckRule[]> {
  const versions = await listRuleVersions(scope);
  const now = await listRulesInForce(scope, scope.today);
  return rules.map((one) =>
    present(
      one,
      now.find((r) => r.code === one.code),
      versions.filter((v) => v.code === one.code),
    ),
  );
}

function present(one: Rule, now: CheckRule['now'] | undefined, versions: readonly RuleVersionRow[]): CheckRule {
  const base = shipped(one);
  return {
    code: one.code,
    name: one.name,
    basis: one.basis,
    field: one.field,
    floor: one.floor,
    sentence: one.words,
    params: Object.entries(one.params).map(([key, { name, unit, least, most }]) => ({ key, name, unit, least, most })),
    shipped: base,
    now: now ? { ...base, ...now, params: { ...base.params, ...now.params } } : base,
    newest: versions[0]?.version ?? 0,
    versions: versions.map(({ cityId: _, actorId: __, at, ...v }) => ({
      ...v,
      params: { ...base.params, ...v.params },
      at: at.toISOString(),
    })),
  };
}

/**
 * A new version of a rule from a day on; the versions before stay and nothing counts backwards.
 * @throws Problem 404 unknown rule, 409 changed_meanwhile, 422 past_day and what `refusalOf` says
 */
export async function changeRule(
  scope: Scope,
  input: ParsedOf<(typeof correctionEndpoints)['changeRule']>,
): Promise<CheckRule[]> {
  const { code, basedOn, reason, document, validFrom, validUntil, ...wanted } = input;
  const one = rules.find((r) => r.code === code);
  if (!one) throw notFound({ zh: '校验规则', en: 'rule' });
  const refusal = refusalOf(one, wanted);
  if (refusal) throw invalid(refusal.code, refusal.words, refusal.field);
  if (validFrom < scope.today)
    throw invalid(
      'past_day',
      { zh: '规则从今天或以后起生效，不追溯', en: 'A rule counts from today or later, never backwards' },
      'validFrom',
    );
  if (validUntil !== null && validUntil < validFrom)
    throw invalid(
      'until_before_from',
      { zh: '失效日不能早于生效日', en: 'The last day lies before the first' },
      'validUntil',
    );
  const before = (await listRuleVersions(scope)).find((v) => v.code === code);
  const isNewest = (before?.version ?? 0) === basedOn;
  const row = { ...wanted, code, version: basedOn + 1, reason, document, validFrom, validUntil };
  if (!isNewest || !(await insertRuleVersion(scope, row)))
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚修改了这条规则，请刷新后再改',
      en: 'Somebody else has just changed this rule: reload, then change it',
    });
  audited(scope, { subject: 'filings.rule', id: code, before: before ?? shipped(one), after: row });
  return listRules(scope);
}
