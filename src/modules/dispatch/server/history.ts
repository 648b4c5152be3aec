import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, startOfMonth } from '#core/shared/day.ts';
import { type Evaluation, evaluate } from '../light.ts';
import { judge } from '../light-check.ts';
import { levelOf, type RuleSet } from '../light-rule.ts';
import { monthsToLookBack, type PastMonth } from '../streak.ts';
import { listFacts, type StandingFacts } from './facts-store.ts';

/** How far an explanation looks back so that a run is shown in full; lights themselves need only what their rules count. */
export const yearBack = 12;

/** The last day of the month before. */
export const monthEndBefore = (day: Day): Day => addDays(startOfMonth(day), -1);

/**
 * Evaluates many projects for a day. Facts of earlier month ends, as they were known then, are read only for projects whose
 * rules ask how long something has lasted, and only as far back as it did last. `atLeast` looks further where it looks at all.
 */
export async function evaluateMany(
  scope: Scope,
  set: RuleSet,
  facts: readonly StandingFacts[],
  day: Day,
  atLeast = 0,
): Promise<Evaluation[]> {
  const rules = set.rules.filter((rule) => rule.subject === 'project');
  const first = facts.map((f) => evaluate(set, f, day));
  const wanted = new Map<string, { months: number; rules: typeof rules; past: PastMonth<StandingFacts>[] }>();
  for (const [i, f] of facts.entries()) {
    const asking = rules.filter((rule, at) => monthsToLookBack(set, rule, first[i]!.checks[at]!, day) > 0);
    const months = Math.max(
      0,
      ...asking.map((rule) => monthsToLookBack(set, rule, first[i]!.checks[rules.indexOf(rule)]!, day)),
    );
    if (months > 0) wanted.set(f.id, { months: Math.max(months, atLeast), rules: asking, past: [] });
  }
  let open = [...wanted.keys()];
  for (let end = monthEndBefore(day), back = 1; open.length > 0; end = monthEndBefore(end), back++) {
    const lasting: string[] = [];
    for (const then of await listFacts(scope, end, { ids: open })) {
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
    return found ? evaluate(set, f, day, found.past) : first[i]!;
  });
}
