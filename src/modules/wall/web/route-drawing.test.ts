import { expect, test } from 'vitest';
import { drawRoute } from './route-drawing.ts';

const area = {
  code: '430602',
  name: '示例区',
  unitId: null,
  label: [113.1, 29.4] as [number, number],
  rings: [
    [
      [112, 28],
      [114, 28],
      [114, 30],
      [112, 30],
      [112, 28],
    ] as [number, number][],
  ],
};
const stop = (no: number, lng: number, lat: number) => ({ no, name: `第${no}点`, lng, lat });

test('stops keep their numbers and order, and the frame holds them all within the drawing', () => {
  const { points, line, frame } = drawRoute([area], [stop(1, 112.2, 28.3), stop(3, 113.8, 29.9), stop(4, 113, 29)]);
  expect(points.map((point) => point.no)).toEqual([1, 3, 4]);
  expect(line.split(' ')).toHaveLength(3);
  const [x, y, width, height] = frame;
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y + height).toBeLessThanOrEqual(1000);
  for (const point of points) {
    expect(point.x).toBeGreaterThan(x);
    expect(point.x).toBeLessThan(x + width);
    expect(point.y).toBeGreaterThan(y);
    expect(point.y).toBeLessThan(y + height);
  }
  // North is up.
  expect(points[1]!.y).toBeLessThan(points[0]!.y);
});

test('stops in one street are drawn near and apart, and a route of one stop has a frame', () => {
  const near = drawRoute([area], [stop(1, 113, 29), stop(2, 113.0001, 29)]);
  expect(near.frame[2]).toBe(300);
  const [a, b] = near.points;
  expect(Math.hypot(a!.x - b!.x, a!.y - b!.y)).toBeGreaterThanOrEqual(15);
  expect(drawRoute([area], [stop(1, 112, 28)]).frame[0]).toBe(0);
});
