import type { Scope } from '#core/server/scope.ts';
import { areasOf, type MapSystem } from '../boundary.ts';
import { insertBoundary } from './store.ts';

/**
 * Hangs up a map given as GeoJSON: for set-up and the demonstration city.
 * @throws ZodError when it is no FeatureCollection of polygons
 */
export async function setBoundary(
  scope: Scope,
  geojson: unknown,
  about: { system: MapSystem; source: string; approvalNo: string | null },
): Promise<void> {
  await insertBoundary(scope, {
    areas: areasOf(geojson, about.system),
    source: about.source,
    approvalNo: about.approvalNo,
  });
}
