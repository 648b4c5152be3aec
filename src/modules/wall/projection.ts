export type Position = readonly [lng: number, lat: number];

export interface Projection {
  width: number;
  height: number;
  /** Degrees to drawing units. */
  at(position: Position): [x: number, y: number];
}

/**
 * Equirectangular with the parallel of the middle held true: within one city no shape is off by more than a hair, and
 * no tile or projection library is needed. Fits everything into width × height with the given margin.
 */
export function projectionFor(positions: readonly Position[], width: number, height: number, margin = 0): Projection {
  const lngs = positions.map(([lng]) => lng);
  const lats = positions.map(([, lat]) => lat);
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (width - 2 * margin) / Math.max((east - west) * squeeze, 1e-9),
    (height - 2 * margin) / Math.max(north - south, 1e-9),
  );
  const left = (width - (east - west) * squeeze * scale) / 2;
  const top = (height - (north - south) * scale) / 2;
  return { width, height, at: ([lng, lat]) => [left + (lng - west) * squeeze * scale, top + (north - lat) * scale] };
}

/**
 * Moves points that would cover one another apart, along a spiral and no further than `most` units: a mark that is a
 * little off its place is worth more than one that cannot be seen. Earlier points keep their place. Linear in the number
 * of points, by a grid of cells.
 */
export function spread<T extends { x: number; y: number }>(points: readonly T[], apart: number, most: number): T[] {
  const cells = new Map<string, { x: number; y: number }[]>();
  const cellOf = (x: number, y: number) => `${Math.floor(x / apart)},${Math.floor(y / apart)}`;
  const isFree = (x: number, y: number): boolean => {
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const other of cells.get(cellOf(x + dx * apart, y + dy * apart)) ?? [])
          if (Math.hypot(other.x - x, other.y - y) < apart) return false;
    return true;
  };
  return points.map((point) => {
    let { x, y } = point;
    for (let step = 1; !isFree(x, y); step++) {
      const radius = (apart * Math.sqrt(step)) / 2;
      if (radius > most) {
        ({ x, y } = point);
        break;
      }
      // The golden angle spreads the tries evenly around the place.
      x = point.x + radius * Math.cos(step * 2.399963);
      y = point.y + radius * Math.sin(step * 2.399963);
    }
    const cell = cellOf(x, y);
    cells.set(cell, [...(cells.get(cell) ?? []), { x, y }]);
    return { ...point, x, y };
  });
}

/**
 * Moves labels apart that would lie over one another: each pair that overlaps is pushed up and down by half of what is
 * missing, a few times over. `width` and `height` are the room of one label around its place.
 */
export function spreadLabels<T extends { x: number; y: number }>(
  labels: readonly T[],
  width: number,
  height: number,
): T[] {
  const placed = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y);
  for (let round = 0; round < 40; round++) {
    let isMoved = false;
    for (const [i, a] of placed.entries())
      for (const b of placed.slice(i + 1)) {
        const missing = height - (b.y - a.y);
        if (Math.abs(a.x - b.x) >= width || missing <= 0.5) continue;
        a.y -= missing / 2;
        b.y += missing / 2;
        isMoved = true;
      }
    if (!isMoved) break;
    placed.sort((a, b) => a.y - b.y);
  }
  return placed;
}
