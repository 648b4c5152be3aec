import type { Words } from '#core/shared/words.ts';

/** 征地拆迁: households in 户, area in whole square metres. Signed are agreements, vacated is what was handed over. */
export interface Progress {
  planned: number;
  signed: number;
  vacated: number;
}
export interface Clearance {
  households: Progress;
  area: Progress;
}

export const measures = ['households', 'area'] as const;
export const stepsOfClearance = ['planned', 'signed', 'vacated'] as const;

const names: Record<(typeof measures)[number], Words> = {
  households: { zh: '户数', en: 'households' },
  area: { zh: '面积', en: 'area' },
};
const stepNames: Record<(typeof stepsOfClearance)[number], Words> = {
  planned: { zh: '应拆', en: 'planned' },
  signed: { zh: '已签约', en: 'signed' },
  vacated: { zh: '已腾空', en: 'vacated' },
};

export interface ClearanceFault {
  code: 'out_of_order' | 'figure_falls';
  field: string;
  words: Words;
}

/**
 * What is wrong with new figures: nobody signs before being planned nor leaves before signing, and no figure falls
 * unless it is said to be a correction (whose reason the caller asks for).
 */
export function clearanceFaults(before: Clearance | null, after: Clearance, isCorrection: boolean): ClearanceFault[] {
  const faults: ClearanceFault[] = [];
  for (const measure of measures) {
    const now = after[measure];
    for (const [less, more] of [
      ['signed', 'planned'],
      ['vacated', 'signed'],
    ] as const)
      if (now[less] > now[more])
        faults.push({
          code: 'out_of_order',
          field: `clearance.${measure}.${less}`,
          words: {
            zh: `${names[measure].zh}：${stepNames[less].zh} ${now[less]} 大于${stepNames[more].zh} ${now[more]}，请核对`,
            en: `${names[measure].en}: ${now[less]} ${stepNames[less].en} is more than ${now[more]} ${stepNames[more].en}. Check the figures`,
          },
        });
    const old = before?.[measure];
    if (!old || isCorrection) continue;
    for (const step of stepsOfClearance)
      if (now[step] < old[step])
        faults.push({
          code: 'figure_falls',
          field: `clearance.${measure}.${step}`,
          words: {
            zh: `${names[measure].zh}${stepNames[step].zh}由 ${old[step]} 减为 ${now[step]}。进度数只增不减，确属填错的请选择“更正”并写明原因`,
            en: `${stepNames[step].en} (${names[measure].en}) falls from ${old[step]} to ${now[step]}. These figures only grow; choose Correction and give the reason if the old one was wrong`,
          },
        });
  }
  return faults;
}
