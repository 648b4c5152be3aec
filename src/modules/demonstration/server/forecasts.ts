import type { Scope } from '#core/server/scope.ts';
import { computeForecasts } from '#modules/forecasts/server/public.ts';

/** What the invented past says about the rest of the year; the night's job would say the same. */
export async function layOutForecasts(scope: Scope): Promise<void> {
  await computeForecasts(scope);
}
