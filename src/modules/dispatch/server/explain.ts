import type { z } from 'zod';
import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { getProject } from '#modules/projects/server/public.ts';
import type { Evaluation, Explanation } from '../contract.ts';
import { evaluate, type Evaluation as Judged } from '../light.ts';
import { listExemptions } from './exemption-store.ts';
import { presentExemption } from './exemptions.ts';
import { listFacts, type StandingFacts } from './facts-store.ts';
import { evaluateMany, yearBack } from './history.ts';
import { findRuleSet, getActive, type VersionedSet } from './rule-store.ts';
import { summaryDay } from './summary.ts';

/** 404 for a project that is missing or out of reach; the answer of a past day uses what was known on it. */
async function getFacts(scope: Scope, projectId: string, day: Day): Promise<StandingFacts> {
  await getProject(scope, projectId, 'dispatch.read');
  const [facts] = await listFacts(scope, day, { ids: [projectId] });
  if (!facts) throw notFound({ zh: '项目', en: 'project' });
  return facts;
}

const whole = (found: Judged): Judged => found;

/** Why the project shows its light on a day (today without one), and what turns it green. */
export async function explain(scope: Scope, projectId: string, wanted?: Day): Promise<Explanation> {
  const day = summaryDay(scope, undefined, wanted);
  const facts = await getFacts(scope, projectId, day);
  const { set, version, choice } = await getActive(scope, day);
  const found = (await evaluateMany(scope, set, [facts], day, evaluate, whole, yearBack))[0]!;
  return {
    ...found,
    projectId,
    planYuan: facts.planYuan,
    doneYuan: facts.doneYuan,
    acceptedPeriod: facts.acceptedPeriod,
    ruleSet: { code: set.code, version, name: set.name, source: set.source, effectiveOn: choice?.effectiveOn ?? null },
    since: facts.previous?.light === found.light && facts.previous.since <= day ? facts.previous.since : null,
    exemptions: (await listExemptions(scope, projectId)).map((e) => presentExemption(scope, e)),
    allowed: scope.can('dispatch.exempt') ? ['exempt'] : [],
  };
}

export async function tryOut(
  scope: Scope,
  {
    code,
    version,
    projectId,
    day,
  }: { code: string; version?: number | undefined; projectId: string; day?: Day | undefined },
): Promise<z.infer<typeof Evaluation>> {
  const found: VersionedSet | undefined = await findRuleSet(scope, code, version);
  if (!found) throw notFound({ zh: '规则', en: 'rule set' });
  const on = summaryDay(scope, undefined, day);
  return (
    await evaluateMany(scope, found.set, [await getFacts(scope, projectId, on)], on, evaluate, whole, yearBack)
  )[0]!;
}
