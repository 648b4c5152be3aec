import type { Words } from '#core/shared/words.ts';

/** What makes projects alike. All of it was known at the time. */
export interface Traits {
  /** Already has investment this year. */
  begun: boolean;
  planKind: string | null;
  size: Size;
  board: string | null;
}

export const sizes = ['small', 'middle', 'large', 'huge', 'unknown'] as const;
export type Size = (typeof sizes)[number];
const yi = 100_000_000;
/** By total investment: below 1亿, 5亿, 20亿, and beyond. */
export const sizeOf = (totalYuan: number | null): Size =>
  totalYuan === null
    ? 'unknown'
    : totalYuan < yi
      ? 'small'
      : totalYuan < 5 * yi
        ? 'middle'
        : totalYuan < 20 * yi
          ? 'large'
          : 'huge';
export const sizeWords: Record<Size, Words> = {
  small: { zh: '1亿元以下', en: 'below CNY 100 mn' },
  middle: { zh: '1—5亿元', en: 'CNY 100–500 mn' },
  large: { zh: '5—20亿元', en: 'CNY 0.5–2 bn' },
  huge: { zh: '20亿元以上', en: 'CNY 2 bn and more' },
  unknown: { zh: '总投资未填', en: 'total not recorded' },
};

/** From the narrowest to the widest: the first with enough references is used, and it is named. */
export const ladder = [
  ['begun', 'planKind', 'size', 'board'],
  ['begun', 'planKind', 'size'],
  ['begun', 'planKind'],
  ['begun'],
] as const satisfies readonly (readonly (keyof Traits)[])[];
export type Step = 0 | 1 | 2 | 3;
export const steps = [0, 1, 2, 3] as const satisfies readonly Step[];

export const classKey = (traits: Traits, step: Step): string =>
  JSON.stringify([step, ...ladder[step].map((trait) => traits[trait])]);

/** The class in use: the step of the ladder with the values of the project's own traits on it. */
export interface ReferenceClass {
  step: Step;
  windows: number;
  projects: number;
}
