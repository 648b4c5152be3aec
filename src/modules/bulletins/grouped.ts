import type { Check, Verdict } from './shapes.ts';

/** What a list of checks needs of each: the desk and the interface give them with fields of their own. */
type Told = Pick<Check, 'verdict' | 'says'>;

export interface GroupedChecks<C extends Told = Check> {
  /** What somebody has to look at: contradictions first, then parts that are not listed, then last digits; each in the order of the text. */
  toLookAt: C[];
  /** What cannot be judged, by what is missing, the commonest first: one line for many rates whose plan is not printed. */
  undecided: { missing: { zh: string; en: string }; checks: C[] }[];
  agreeing: C[];
}

const weights: Verdict[] = ['contradicts', 'part-not-listed', 'last-digit'];
const missingOf = ({ says }: Told): { zh: string; en: string } => ({
  zh: says.zh.split('无法判断：').at(-1)!,
  en: says.en.split(/cannot be judged[:.] /).at(-1)!,
});

/** Checks of one document for a person to read: nobody is buried under what a document does not say. Nothing is left out. */
export function groupChecks<C extends Told>(checks: readonly C[]): GroupedChecks<C> {
  const undecided = new Map<string, GroupedChecks<C>['undecided'][number]>();
  for (const check of checks) {
    if (check.verdict !== 'cannot-judge') continue;
    const own = /^[-\d.]+\S*$/.test(check.says.zh.split(' 无法判断')[0]!) ? missingOf(check) : check.says;
    const group = undecided.get(own.zh);
    if (group) group.checks.push(check);
    else undecided.set(own.zh, { missing: own, checks: [check] });
  }
  return {
    toLookAt: weights.flatMap((verdict) => checks.filter((check) => check.verdict === verdict)),
    undecided: [...undecided.values()].toSorted((a, b) => b.checks.length - a.checks.length),
    agreeing: checks.filter((check) => check.verdict === 'agrees'),
  };
}
