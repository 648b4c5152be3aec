import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { ClockKind } from '../clock.ts';
import { clockAt } from '../clock.ts';
import type { Light } from '../light-rule.ts';
import { listFacts, readMany } from './facts-store.ts';
import { lightMany, looksOf } from './history.ts';
import { getActive } from './rule-store.ts';

const wholeCity = 1_000_000;

export interface LightAt {
  light: Light;
  cause: string | null;
  gapPoints: number | null;
  planYuan: number | null;
  doneYuan: number | null;
}

/**
 * The light of every project for a day, with what was accepted by `knownAt` (a month is frozen some days after its end,
 * when its last filings are in), the rules in force on the day and the clock of the year.
 */
export async function lightsAt(
  scope: Scope,
  { day, knownAt }: { day: Day; knownAt: Date },
): Promise<{
  lights: Map<string, LightAt>;
  clock: { n: number; d: number; shown: string; kind: ClockKind };
  ruleSet: { code: string; version: number; zh: string; en: string };
}> {
  const { set, version } = await getActive(scope, day);
  const clock = clockAt(set.clock === 'curve' ? 'linearDay' : set.clock, day);
  const [n, d] = clock.shown!.split('/').map(Number) as [number, number];
  // In one go, because each piece would read the year's filings anew.
  await readMany(scope);
  const lights = new Map<string, LightAt>();
  const facts = await listFacts(scope, day, { after: null, limit: wholeCity }, { knownAt, looks: looksOf(set) });
  const found = await lightMany(scope, set, facts, day);
  for (const [i, f] of facts.entries()) {
    const { light, cause, gapPoints } = found[i]!;
    lights.set(f.id, { light, cause, gapPoints, planYuan: f.planYuan, doneYuan: f.doneYuan });
  }
  return {
    lights,
    clock: { n, d, shown: clock.shown!, kind: clock.kind },
    ruleSet: { code: set.code, version, zh: set.name.zh, en: set.name.en },
  };
}
