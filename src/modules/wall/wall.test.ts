import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areasOf } from './boundary.ts';
import { projectionFor, spread, spreadLabels } from './projection.ts';

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const county = (name: string, geometry: unknown) => ({ type: 'Feature', id: '430602', properties: { name }, geometry });
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

describe('a boundary file', () => {
  test('is kept in WGS-84: GCJ-02 moves by the offset of the place', () => {
    const [area] = areasOf(
      collection(county('岳阳楼区', { type: 'Polygon', coordinates: [square(113, 29, 0.2)] })),
      'GCJ-02',
    );
    const [lng, lat] = area!.rings[0]![0]!;
    // Yueyang: GCJ-02 lies about 580 m east and 280 m south of WGS-84 (measured on a published pair of maps).
    expect((113 - lng) * 97_300).toBeGreaterThan(450);
    expect((113 - lng) * 97_300).toBeLessThan(700);
    expect((29 - lat) * 111_000).toBeGreaterThan(-450);
    expect((29 - lat) * 111_000).toBeLessThan(-150);
  });
  test('keeps islands and drops specks', () => {
    const coordinates = [[square(113, 29, 1)], [square(115, 29, 0.5)], [square(116, 29, 0.01)]];
    expect(
      areasOf(collection(county('岳阳县', { type: 'MultiPolygon', coordinates })), 'WGS-84')[0]!.rings,
    ).toHaveLength(2);
  });
  test('that is no map is refused', () => {
    expect(() => areasOf({ type: 'FeatureCollection', features: [] }, 'WGS-84')).toThrow();
    expect(() =>
      areasOf(collection(county('线', { type: 'LineString', coordinates: square(1, 1, 1) })), 'WGS-84'),
    ).toThrow();
  });
});

test('the projection fits everything inside and keeps a square square', () => {
  const { at } = projectionFor(
    [
      [113, 29],
      [114, 30],
    ],
    600,
    500,
    10,
  );
  const [x0, y0] = at([113, 29]);
  const [x1, y1] = at([114, 30]);
  expect(Math.min(x0, x1, y0, y1)).toBeGreaterThanOrEqual(10 - 1e-6);
  expect(Math.max(x0, x1)).toBeLessThanOrEqual(590 + 1e-6);
  expect(Math.max(y0, y1)).toBeLessThanOrEqual(490 + 1e-6);
  // One degree of longitude at 29.5° is cos(29.5°) of one of latitude.
  expect((x1 - x0) / (y0 - y1)).toBeCloseTo(Math.cos((29.5 * Math.PI) / 180), 6);
});

test('points on one place are moved apart, no further than allowed, and the first stays', () => {
  const coordinate = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 60 }), (points) => {
      const moved = spread(points, 4, 20);
      expect(moved).toHaveLength(points.length);
      if (points[0]) expect(moved[0]).toEqual(points[0]);
      for (const [i, p] of moved.entries())
        expect(Math.hypot(p.x - points[i]!.x, p.y - points[i]!.y)).toBeLessThanOrEqual(20 + 1e-9);
    }),
  );
  const ten = spread(
    Array.from({ length: 10 }, () => ({ x: 0, y: 0 })),
    4,
    40,
  );
  for (const [i, a] of ten.entries())
    for (const b of ten.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(4 - 1e-9);
});

test('labels of neighbouring counties do not lie over one another', () => {
  const labels = spreadLabels(
    [
      { x: 0, y: 0 },
      { x: 50, y: 10 },
      { x: 20, y: 20 },
      { x: 900, y: 5 },
    ],
    200,
    90,
  );
  for (const [i, a] of labels.entries())
    for (const b of labels.slice(i + 1)) expect(Math.abs(a.x - b.x) >= 200 || Math.abs(a.y - b.y) >= 88).toBe(true);
  expect(labels.find((label) => label.x === 900)!.y).toBe(5);
});
