import { expect, test } from 'vitest';
import { wgs84Of } from './place.ts';

test('a WGS-84 point stays as it is', () => {
  expect(wgs84Of({ crs: 'WGS-84', x: 113.1289, y: 29.3571 })).toEqual({ lng: 113.1289, lat: 29.3571 });
});

test('the same place given by 高德 or 百度 comes out some hundred metres away from its raw numbers', () => {
  const amap = wgs84Of({ crs: 'GCJ-02', x: 113.1342, y: 29.3536 })!;
  expect(Math.abs(amap.lng - 113.1342)).toBeGreaterThan(0.004);
  expect(Math.abs(amap.lng - 113.1342)).toBeLessThan(0.007);
  const baidu = wgs84Of({ crs: 'BD-09', x: 113.1407, y: 29.3595 })!;
  expect(Math.abs(baidu.lng - amap.lng)).toBeLessThan(0.001);
});

test('exchanged longitude and latitude are noticed', () => {
  expect(wgs84Of({ crs: 'WGS-84', x: 29.3571, y: 113.1289 })).toBeUndefined();
});
