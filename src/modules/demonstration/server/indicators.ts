import type { Scope } from '#core/server/scope.ts';
import { saveIndicator } from '#modules/indicators/server/public.ts';

/** One indicator of the city's own beside those that ship, so that it is seen how they build on each other. */
export const layOutIndicators = (scope: Scope): Promise<void> =>
  saveIndicator(
    scope,
    {
      code: 'mixed',
      name: { zh: '综合推进率_示例', en: 'Progress, combined (sample)' },
      formula: '开工率占全年 × 0.4 + 最小(投资完成率, 1) × 0.6',
      unit: 'percent',
      decimals: 2,
      direction: 'up',
      caliber: {
        zh: '开工率占四成，投资完成率占六成，投资完成率按 100% 封顶（示例）',
        en: 'start rate four tenths, investment completion six tenths and at most 100% (sample)',
      },
      basis: '示例，非任何城市的规定',
    },
    '装入示例城市',
  );
