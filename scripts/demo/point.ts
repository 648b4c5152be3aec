import { readFileSync } from 'node:fs';
import gcoord from 'gcoord';
import type { Random } from './random.ts';

type Ring = [number, number][];
interface Feature {
  properties: { name: string };
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] };
}

const features = (
  JSON.parse(readFileSync(new URL('../../demo/boundaries/yueyang.geojson', import.meta.url), 'utf8')) as {
    features: Feature[];
  }
).features;

/** Development zones have no boundary of their own: points are drawn in the county that surrounds them. */
const around: Record<string, string> = {
  屈原管理区: '汨罗市',
  岳阳经济技术开发区: '岳阳楼区',
  南湖新区: '岳阳楼区',
  湖南城陵矶新港区: '云溪区',
  岳阳市: '岳阳楼区',
};

const ringsOf = (feature: Feature): Ring[] =>
  feature.geometry.type === 'Polygon'
    ? [feature.geometry.coordinates[0]!]
    : feature.geometry.coordinates.map((polygon) => polygon[0]!);

/** Even–odd rule. */
function isInside([x, y]: readonly [number, number], ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** A point in the county, WGS-84, five decimals (about a metre); null where the region is not on the map. */
export function pointIn(random: Random, region: string): readonly [number, number] | null {
  const feature = features.find((f) => f.properties.name === (around[region] ?? region));
  if (!feature) return null;
  const ring = ringsOf(feature).sort((a, b) => b.length - a.length)[0]!;
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  for (let tries = 0; tries < 200; tries++) {
    const point = [
      random.between(Math.min(...xs), Math.max(...xs)),
      random.between(Math.min(...ys), Math.max(...ys)),
    ] as const;
    if (!isInside(point, ring)) continue;
    const [lng, lat] = gcoord.transform([point[0], point[1]], gcoord.GCJ02, gcoord.WGS84);
    return [Number(lng.toFixed(5)), Number(lat.toFixed(5))];
  }
  return null;
}
