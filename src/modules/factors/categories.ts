import type { Words } from '#core/shared/words.ts';

/**
 * What a project needs from outside before and while it is built (要素): kinds as published by cities that keep such
 * ledgers. Amounts are whole numbers of the last decimal: 12.35 亩 with two decimals is 1235, 1 万元 with four is 10,000
 * (whole yuan). Nothing is ever stored as a fraction.
 */
export const categoryCodes = [
  'land', // 用地指标
  'clearance', // 征地拆迁
  'forest', // 林地
  'energy', // 能耗指标
  'water', // 用水
  'power', // 用电
  'gas', // 用气
  'labour', // 用工
  'funding', // 资金(融资)
  'environment', // 环境容量
  'aggregate', // 砂石
  'access', // 道路管网
] as const;
export type CategoryCode = (typeof categoryCodes)[number];

export interface Category {
  code: CategoryCode;
  name: Words;
  unit: Words;
  /** Decimals of an amount; fixed for ever, because stored amounts are counted in them. */
  decimals: 0 | 2 | 3 | 4;
  /** What the amount counts. */
  meaning: Words;
}

const c = (
  code: CategoryCode,
  [zh, en]: [string, string],
  unit: [string, string],
  decimals: Category['decimals'],
  meaning: [string, string],
): Category => ({
  code,
  name: { zh, en },
  unit: { zh: unit[0], en: unit[1] },
  decimals,
  meaning: { zh: meaning[0], en: meaning[1] },
});

/** In the order in which tables show them. */
export const categories: readonly Category[] = [
  c('land', ['用地指标', 'Land quota'], ['亩', 'mu'], 2, ['新增建设用地指标', 'quota for new building land']),
  c('clearance', ['征地拆迁', 'Clearance'], ['户', 'households'], 0, [
    '需拆迁户数与已腾空户数',
    'households to move and moved out',
  ]),
  c('forest', ['林地', 'Forest land'], ['公顷', 'ha'], 4, ['使用林地定额', 'forest land to be used']),
  c('energy', ['能耗指标', 'Energy quota'], ['吨标煤', 'tce'], 2, ['新增年综合能源消费量', 'yearly energy use added']),
  c('water', ['用水', 'Water'], ['立方米/日', 'm³/day'], 0, ['日供水能力', 'daily supply']),
  c('power', ['用电', 'Power'], ['千伏安', 'kVA'], 0, ['报装容量', 'connected load']),
  c('gas', ['用气', 'Gas'], ['立方米/日', 'm³/day'], 0, ['日供气能力', 'daily supply']),
  c('labour', ['用工', 'Labour'], ['人', 'people'], 0, ['高峰期用工', 'people at the peak']),
  c('funding', ['资金（融资）', 'Funding'], ['万元', 'CNY 10,000'], 4, ['需落实的融资', 'finance to be arranged']),
  c('environment', ['环境容量', 'Emission quota'], ['吨/年', 't/year'], 3, [
    '主要污染物排放总量指标',
    'yearly quota of main pollutants',
  ]),
  c('aggregate', ['砂石', 'Aggregate'], ['万吨', '10,000 t'], 2, ['砂石骨料', 'sand and gravel']),
  c('access', ['道路管网', 'Roads and mains'], ['米', 'm'], 0, ['红线外道路与管网', 'roads and mains up to the site']),
];

const byCode = new Map(categories.map((category) => [category.code, category]));
export const categoryOf = (code: CategoryCode): Category => byCode.get(code)!;
