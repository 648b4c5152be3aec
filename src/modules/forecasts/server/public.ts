import type { Scope } from '#core/server/scope.ts';
import { outlookOf } from '../outlook.ts';
import type { Outlook } from '../shapes.ts';
import { readKnown } from './read.ts';
import { keep } from './store.ts';

export type { CityForecast, Outlook, ProjectForecast } from '../shapes.ts';

/**
 * Year-end investment (whole yuan) and completion days of the projects within the caller's reach, as intervals with the
 * references they rest on and what such forecasts were worth in the past. From accepted filings of months closed by today;
 * references, too, are only projects within reach. Never an input of a light.
 */
export const forecastAt = async (
  scope: Scope,
  { permission = 'forecasts.read' }: { permission?: string } = {},
): Promise<Outlook> => outlookOf(await readKnown(scope, scope.today, permission), scope.today);

/** Works everything out anew for the whole city and keeps it. The scope must reach the whole city. */
export async function computeForecasts(scope: Scope): Promise<number> {
  const outlook = await forecastAt(scope, { permission: 'forecasts.compute' });
  await keep(scope, outlook);
  return outlook.projects.length;
}
