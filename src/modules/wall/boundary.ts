import gcoord from 'gcoord';
import { z } from 'zod';

const Position = z
  .array(z.number())
  .min(2)
  .transform(([lng, lat]) => [lng!, lat!] as [number, number]);
const Ring = z.array(Position).min(4);
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
]);
const Collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z
    .array(
      z.object({
        id: z.union([z.string(), z.number()]).optional(),
        properties: z.looseObject({
          name: z.string().min(1),
          adcode: z.union([z.string(), z.number()]).optional(),
          cp: z.array(z.number()).optional(),
        }),
        geometry: Geometry,
      }),
    )
    .min(1)
    .max(200),
});

export interface PlainArea {
  code: string;
  name: string;
  label: [number, number];
  rings: [number, number][][];
}

const systems = { 'WGS-84': gcoord.WGS84, 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const;
export type MapSystem = keyof typeof systems;

/**
 * Reads a GeoJSON FeatureCollection of counties into outer rings in WGS-84, so that points and boundary share one system.
 * Holes are left out (a county's holes are other counties, drawn over it); specks under a hundredth of the largest ring too.
 * @throws ZodError when it is no such collection
 */
export function areasOf(geojson: unknown, system: MapSystem): PlainArea[] {
  const { features } = Collection.parse(geojson);
  const toWgs = ([lng, lat]: [number, number]): [number, number] => {
    const [x, y] = system === 'WGS-84' ? [lng, lat] : gcoord.transform([lng, lat], systems[system], gcoord.WGS84);
    return [round(x!), round(y!)];
  };
  return features.map(({ id, properties, geometry }) => {
    const outer =
      geometry.type === 'Polygon' ? [geometry.coordinates[0]!] : geometry.coordinates.map((polygon) => polygon[0]!);
    const largest = Math.max(...outer.map(areaOf));
    const rings = outer.filter((ring) => areaOf(ring) >= largest / 100).map((ring) => ring.map(toWgs));
    const [x, y] = properties.cp ?? [];
    return {
      code: String(properties.adcode ?? id ?? ''),
      name: properties.name,
      label:
        x !== undefined && y !== undefined ? toWgs([x, y]) : centreOf(rings.sort((a, b) => areaOf(b) - areaOf(a))[0]!),
      rings,
    };
  });
}

/** Five decimals are about a metre. */
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** Shoelace, in square degrees: only for comparing. */
const areaOf = (ring: readonly (readonly [number, number])[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * y, 0),
  ) / 2;

function centreOf(ring: readonly [number, number][]): [number, number] {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [round((Math.min(...xs) + Math.max(...xs)) / 2), round((Math.min(...ys) + Math.max(...ys)) / 2)];
}
