import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, startOfMonth } from '#core/shared/day.ts';
import { type Decision, decide } from '../light.ts';
import { judge } from '../light-check.ts';
import { levelOf, type RuleSet } from '../light-rule.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { monthsToLookBack, type PastMonth } from '../streak.ts';
import { type Looks, listFacts, type StandingFacts } from './facts-store.ts';

/** How far an explanation looks back so that a run is shown in full; lights themselves need only what their rules count. */
export const yearBack = 12;

/** What a set's lights of projects look at. */
export const looksOf = (set: RuleSet): Looks => ({
  months: set.rules.some((rule) => rule.subject === 'project' && rule.kind === 'monthTask'),
  beside: false,
});

/** The last day of the month before. */
export const monthEndBefore = (day: Day): Day => addDays(startOfMonth(day), -1);

/**
 * Evaluates many projects for a day. Facts of earlier month ends, as they were known then, are read only for projects whose
 * rules ask how long something has lasted, and only as far back as it did last. `atLeast` looks further where it looks at all.
 */
export const decideMany = (
  scope: Scope,
  set: RuleSet,
  facts: readonly StandingFacts[],
  day: Day,
): Promise<Decision[]> => evaluateMany(scope, set, facts, day, decide, (decision) => decision);

/** Of each project the light alone: the reasons of a whole city would be kept for nobody. */
export const lightMany = (
  scope: Scope,
  set: RuleSet,
  facts: readonly StandingFacts[],
  day: Day,
): Promise<Pick<Decision, 'light' | 'cause' | 'gapPoints'>[]> =>
  evaluateMany(scope, set, facts, day, decide, ({ light, cause, gapPoints }) => ({ light, cause, gapPoints }));

/** The same with an answer of the caller's own: `evaluate` for somebody who asks why. */
export async function evaluateMany<Answer extends Decision, Kept>(
  scope: Scope,
  set: RuleSet,
  facts: readonly StandingFacts[],
  day: Day,
  evaluate: (set: RuleSet, facts: ProjectFacts, day: Day, past?: readonly PastMonth<ProjectFacts>[]) => Answer,
  keep: (answer: Answer) => Kept,
  atLeast = 0,
): Promise<Kept[]> {
  const rules = set.rules.filter((rule) => rule.subject === 'project');
  const wanted = new Map<string, { months: number; rules: typeof rules; past: PastMonth<StandingFacts>[] }>();
  const first = facts.map((f) => {
    const answer = evaluate(set, f, day);
    const back = rules.map((rule, at) => monthsToLookBack(set, rule, answer.checks[at]!, day));
    const months = Math.max(0, ...back);
    if (months > 0)
      wanted.set(f.id, { months: Math.max(months, atLeast), rules: rules.filter((_, at) => back[at]! > 0), past: [] });
    return keep(answer);
  });
  let open = [...wanted.keys()];
  for (let end = monthEndBefore(day), back = 1; open.length > 0; end = monthEndBefore(end), back++) {
    const lasting: string[] = [];
    for (const then of await listFacts(scope, end, { ids: open }, { looks: looksOf(set) })) {
      const one = wanted.get(then.id)!;
      one.past.push({ day: end, facts: then });
      const isLasting = one.rules.some((rule) => {
        const { level } = judge(set, rule, then, end);
        return level !== null && levelOf(set, level).severity > 0;
      });
      if (isLasting && back < one.months) lasting.push(then.id);
    }
    open = lasting;
  }
  return facts.map((f, i) => {
    const found = wanted.get(f.id);
    return found ? keep(evaluate(set, f, day, found.past)) : first[i]!;
  });
}
