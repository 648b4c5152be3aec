import type { z } from 'zod';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Choice, RuleSetHead, RuleSetVersion } from '../contract.ts';
import { markOf } from '../level.ts';
import type { LightRule, RuleSet } from '../light-rule.ts';
import { conditionsOf } from '../light-words.ts';
import { gapsOf } from '../rule-gaps.ts';
import {
  type ChoiceRow,
  findRuleSet,
  getActive,
  insertChoice,
  insertRuleSetVersion,
  listChoices,
  listRuleSets,
  listSavedVersions,
  type VersionedSet,
} from './rule-store.ts';

const noSet = () => notFound({ zh: '规则', en: 'rule set' });

export async function listHeads(scope: Scope): Promise<{
  sets: RuleSetHead[];
  active: z.infer<typeof Choice> | null;
  choices: z.infer<typeof Choice>[];
}> {
  const [sets, choices, active] = [
    await listRuleSets(scope),
    await listChoices(scope),
    await getActive(scope, scope.today),
  ];
  const presented = [];
  for (const choice of choices) presented.push(await presentChoice(scope, choice));
  return {
    sets: sets.map(({ set, version }) => ({
      code: set.code,
      name: set.name,
      source: set.source,
      sourceDate: set.sourceDate,
      version,
      gaps: gapsOf(set).length,
      activeVersion: active.set.code === set.code ? active.version : null,
    })),
    active: presented.find((c) => c.effectiveOn <= scope.today) ?? null,
    choices: presented,
  };
}

async function presentChoice(scope: Scope, { code, version, effectiveOn, reason, actorName, at }: ChoiceRow) {
  const name = (await findRuleSet(scope, code, version))?.set.name ?? { zh: code, en: code };
  return { code, version, name, effectiveOn, reason, actorName, at: at.toISOString() };
}

const rowOf = (set: RuleSet, rule: LightRule) => ({
  code: rule.code,
  name: rule.name,
  basis: rule.basis,
  subject: rule.subject,
  conditions: conditionsOf(set, rule),
  consequences: rule.consequences,
  leastPlanYuan: rule.leastPlanYuan,
  note: rule.note,
});

export async function getVersion(scope: Scope, code: string, version?: number): Promise<RuleSetVersion> {
  const found = await findRuleSet(scope, code, version);
  if (!found) throw noSet();
  return presentVersion(scope, found);
}

async function presentVersion(scope: Scope, { set, version }: VersionedSet): Promise<RuleSetVersion> {
  const saved = await listSavedVersions(scope, set.code);
  return {
    code: set.code,
    version,
    set,
    levels: set.levels.map(markOf),
    rows: set.rules.map((rule) => rowOf(set, rule)),
    gaps: gapsOf(set),
    versions: saved.map((v) => ({
      version: v.version,
      reason: v.reason,
      actorName: v.actorName,
      at: v.at.toISOString(),
      gaps: v.gaps.length,
    })),
    allowed: scope.can('dispatch.rules') ? ['save', 'activate'] : [],
  };
}

/** A new version. What it leaves open is stored with it and given back; it is a report, not a refusal. */
export async function saveRuleSet(
  scope: Scope,
  { code, basedOn, set, reason }: { code: string; basedOn: number; set: RuleSet; reason: string },
): Promise<RuleSetVersion> {
  if (set.code !== code)
    throw invalid(
      'code_differs',
      { zh: '规则代码与地址不一致', en: 'The code of the set differs from the address' },
      'set',
    );
  const newest = await findRuleSet(scope, code);
  if ((newest?.version ?? 0) !== basedOn)
    throw conflict('changed_meanwhile', {
      zh: '其他人已保存了新版本，请在新版本上修改',
      en: 'Somebody has saved a newer version: start from that one',
    });
  const version = basedOn + 1;
  if (!(await insertRuleSetVersion(scope, set, version, reason)))
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚保存了同一版本，请重试',
      en: 'Somebody saved this version just now. Try again',
    });
  audited(scope, { subject: 'dispatch.ruleSet', id: `${code}@${version}`, before: newest?.set ?? null, after: set });
  return presentVersion(scope, { set, version });
}

/** Chooses what counts from a day. Lights change by themselves: at once for today, and overnight for a later day. */
export async function activate(
  scope: Scope,
  input: { code: string; version: number; effectiveOn: Day; reason: string },
): Promise<z.infer<typeof Choice>> {
  if (!(await findRuleSet(scope, input.code, input.version))) throw noSet();
  if (input.effectiveOn < scope.today)
    throw invalid(
      'past_day',
      { zh: '规则不能追溯，生效日期最早为今天', en: 'Rules do not reach back: the earliest day is today' },
      'effectiveOn',
    );
  const before = await getActive(scope, scope.today);
  const choice = await insertChoice(scope, input);
  audited(scope, {
    subject: 'dispatch.ruleChoice',
    id: choice.id,
    before: { code: before.set.code, version: before.version },
    after: { code: input.code, version: input.version, effectiveOn: input.effectiveOn },
  });
  await emit(scope, { topic: 'dispatch.rulesChosen', unitIds: [], data: { ...input } });
  await enqueueRecompute(scope);
  return presentChoice(scope, choice);
}

/** One whole recomputation waits at most: a second request before it runs is the same one. */
export const enqueueRecompute = (scope: Scope): Promise<void> =>
  enqueue(scope, 'dispatch.recompute', {}, { key: `dispatch.recompute:${scope.cityId}` });
