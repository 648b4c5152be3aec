import { expect, test } from 'vitest';
import { isRegionShape, regionDoubt, regionOfCode, regionShapeFault } from './gb-region.ts';

const regions = [
  { code: '430602', name: '岳阳楼区', editionYear: 2020 },
  { code: '430671', name: '屈原管理区', editionYear: 2020 },
  { code: '430600-JKQ', name: '岳阳经济技术开发区', editionYear: 2020 },
];

test.each(['430602', '430602001', '430602001002', '430600-JKQ', '４３０６０２'])(
  '%s has the shape of a code',
  (code) => {
    expect(isRegionShape(code)).toBe(true);
    expect(regionShapeFault(code)).toBeNull();
  },
);

test.each(['43060', '4306021', '岳阳楼区', '43060200100'])('%s is refused, with what to do', (code) => {
  expect(regionShapeFault(code)?.zh).toContain('请从区划表中选择');
});

test('a code of nine or twelve digits means the county it lies in', () => {
  expect(regionOfCode('430602001002', regions)?.name).toBe('岳阳楼区');
  expect(regionOfCode('430671000', regions)?.name).toBe('屈原管理区');
  expect(regionDoubt('430602001002', regions)).toBeNull();
});

test('a code that the city’s table does not hold is doubted with the year of the table', () => {
  expect(regionDoubt('430604', regions)?.zh).toContain('（2020 年版）中没有 430604');
  expect(regionDoubt('990604', regions)?.zh).toContain('“99”不是省级代码');
});

test('a city without a table doubts nothing but the province', () => {
  expect(regionDoubt('430604', [])).toBeNull();
});
