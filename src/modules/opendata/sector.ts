/** Sectors of OC4IDS (projectSector.csv) by division of GB/T 4754—2017; a subsector comes with its parent. */
const byDivision: Record<string, readonly string[]> = {
  '44': ['energy'],
  '45': ['energy'],
  '46': ['waterAndWaste'],
  '53': ['transport', 'transport.rail'],
  '54': ['transport', 'transport.road'],
  '55': ['transport', 'transport.water'],
  '56': ['transport', 'transport.air'],
  '63': ['communications'],
  '64': ['communications'],
  '65': ['communications'],
  '76': ['naturalResources', 'naturalResources.floodProtection'],
  '77': ['naturalResources'],
  '83': ['education'],
  '84': ['health'],
  '86': ['cultureSportsAndRecreation'],
  '87': ['cultureSportsAndRecreation'],
  '88': ['cultureSportsAndRecreation'],
  '89': ['cultureSportsAndRecreation'],
  '90': ['cultureSportsAndRecreation'],
  '91': ['governance'],
};
/** Classes that say more than their division: 7810 污水管网等市政设施, 7090 棚户区改造. */
const byClass: Record<string, readonly string[]> = { '7810': ['waterAndWaste'], '7090': ['socialHousing'] };

/** Sectors of an industry code of GB/T 4754 (with or without its letter). Empty when the standard's list has none for it. */
export function sectorsOf(industry: string | null): readonly string[] {
  const digits = /(\d{2,4})/.exec(industry ?? '')?.[1];
  if (!digits) return [];
  const found = byClass[digits] ?? byDivision[digits.slice(0, 2)];
  if (found) return found;
  // 06–43: mining and manufacturing. What is left (building, trade, services) says nothing about the asset.
  const division = Number(digits.slice(0, 2));
  return division >= 6 && division <= 43 ? ['economy'] : [];
}
