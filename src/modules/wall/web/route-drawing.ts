import type { Area } from '../contract.ts';
import { projectionFor, spread } from '../projection.ts';

/** A stop with its number in the route, WGS-84. */
export interface RouteStop {
  no: number;
  name: string;
  lng: number;
  lat: number;
}

const size = 1000;
/** Of the city's width: a route within one street still shows which county it is in. */
const nearest = 0.3;

/**
 * Counties, the stops in their order and the line between them, in drawing units, and the frame (x, y, width, height; never
 * outside the drawing) that holds all stops with room around them. Marks that would cover one another move a little apart.
 */
export function drawRoute(areas: readonly Area[], stops: readonly RouteStop[]) {
  const corners = areas.flatMap((area) => area.rings.flat());
  const { at } = projectionFor([...corners, ...stops.map((s) => [s.lng, s.lat] as const)], size, size, 10);
  const exact = stops.map((stop) => {
    const [x, y] = at([stop.lng, stop.lat]);
    return { ...stop, x, y };
  });
  const xs = exact.map((point) => point.x);
  const ys = exact.map((point) => point.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const side = Math.min(size, Math.max(nearest * size, 1.4 * Math.max(right - left, bottom - top)));
  const inside = (middle: number) => Math.max(0, Math.min(size - side, middle - side / 2));
  const points = spread(exact, side * 0.05, side * 0.15);
  return {
    areas: areas.map((area) => {
      const [x, y] = at(area.label);
      const ringOf = (ring: readonly (readonly [number, number])[]) =>
        `M${ring
          .map((p) =>
            at(p)
              .map((v) => v.toFixed(1))
              .join(' '),
          )
          .join('L')}Z`;
      return { name: area.name, x, y, path: area.rings.map(ringOf).join('') };
    }),
    points,
    line: points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(' '),
    frame: [inside((left + right) / 2), inside((top + bottom) / 2), side, side] as const,
  };
}
