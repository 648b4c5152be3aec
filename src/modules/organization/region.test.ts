import { expect, test } from 'vitest';
import { isRegionCodeOf, readRegionLines } from './region.ts';
import { yueyangRegions } from './yueyang-regions.ts';

test('Yueyang has nine counties with national codes', () => {
  const counties = yueyangRegions.filter((r) => r.kind === 'gb' && r.parentCode === '430600');
  expect(counties.map((r) => `${r.code} ${r.name}`)).toEqual([
    '430602 岳阳楼区',
    '430603 云溪区',
    '430611 君山区',
    '430621 岳阳县',
    '430623 华容县',
    '430624 湘阴县',
    '430626 平江县',
    '430681 汨罗市',
    '430682 临湘市',
  ]);
});

test('a development zone is never passed off as a county of the national list', () => {
  const zones = yueyangRegions.filter((r) => r.kind !== 'gb');
  expect(zones.map((r) => [r.name, r.kind])).toEqual([
    ['屈原管理区', 'statistics'],
    ['岳阳经济技术开发区', 'own'],
    ['南湖新区', 'own'],
    ['湖南城陵矶新港区', 'own'],
  ]);
});

test('each seed has a code of its kind, a known parent, an edition and a source', () => {
  const codes = new Set(yueyangRegions.map((r) => r.code));
  expect(codes.size).toBe(yueyangRegions.length);
  for (const region of yueyangRegions) {
    expect(isRegionCodeOf(region.kind, region.code), region.name).toBe(true);
    expect(region.parentCode === null || codes.has(region.parentCode), region.name).toBe(true);
    expect(region.editionYear).toBeGreaterThan(2000);
    expect(region.source).toBeTruthy();
  }
});

test('no two regions answer to one name', () => {
  const names = yueyangRegions.flatMap((r) => [...new Set([r.name, r.shortName ?? r.name, ...r.aliases])]);
  expect(new Set(names).size).toBe(names.length);
});

test('pasted lines become regions; the heading and blank lines are passed over', () => {
  const { regions, problems } = readRegionLines(
    '代码\t名称\n430300\t湘潭市\n\n430302，雨湖区\n430300-gxq 湘潭高新区 高新区',
    '430300',
    2020,
  );
  expect(problems).toEqual([]);
  expect(regions.map((r) => [r.code, r.name, r.shortName, r.kind, r.parentCode])).toEqual([
    ['430300', '湘潭市', null, 'gb', null],
    ['430302', '雨湖区', null, 'gb', '430300'],
    ['430300-GXQ', '湘潭高新区', '高新区', 'own', '430300'],
  ]);
});

test('a line that cannot be a region is returned with its number and the reason', () => {
  const { regions, problems } = readRegionLines('43030\t湘潭\n430302\n430304 岳塘区\n430304 岳塘区', '430300', 2020);
  expect(regions).toHaveLength(1);
  expect(problems.map((p) => [p.line, p.problem])).toEqual([
    [1, 'wrongCode'],
    [2, 'noName'],
    [4, 'twice'],
  ]);
});
