import gcoord from 'gcoord';
import type { CoordinateSystem } from './stages.ts';

const systems = { 'WGS-84': gcoord.WGS84, 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const;

export interface EnteredPlace {
  crs: CoordinateSystem;
  x: number;
  y: number;
}

/**
 * A point in WGS-84 degrees, rounded to 7 decimals (1 cm). Undefined when it cannot lie in China, which nearly always
 * means that longitude and latitude were exchanged or a decimal point was lost.
 */
export function wgs84Of({ crs, x, y }: EnteredPlace): { lng: number; lat: number } | undefined {
  if (!(x >= 73 && x <= 136 && y >= 3 && y <= 54)) return undefined;
  const [lng, lat] = gcoord.transform([x, y], systems[crs], gcoord.WGS84);
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
  return { lng: round(lng), lat: round(lat) };
}
