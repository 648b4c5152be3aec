import type { Words } from '#core/shared/words.ts';

/** The course of a scheme in its year. Only 'draft' may be thrown away; from 'inForce' on changes are new versions with a reason. */
export const schemeStates = ['draft', 'inForce', 'assessing', 'computed', 'publicity', 'final'] as const;
export type SchemeState = (typeof schemeStates)[number];

export const stateWords: Record<SchemeState, Words> = {
  draft: { zh: '草案', en: 'Draft' },
  inForce: { zh: '已生效', en: 'In force' },
  assessing: { zh: '自评中', en: 'Self-assessment' },
  computed: { zh: '已计算', en: 'Computed' },
  publicity: { zh: '公示中', en: 'Publicity' },
  final: { zh: '已定', en: 'Final' },
};

export const acts = ['enforce', 'revise', 'openSelf', 'compute', 'publish', 'correct', 'finish'] as const;
export type Act = (typeof acts)[number];

/** From which states an act is possible, and where it leads. A correction during 公示 stays in 公示. */
export const course: Record<Act, { from: readonly SchemeState[]; to: SchemeState | null }> = {
  enforce: { from: ['draft'], to: 'inForce' },
  // A new version of the rules after a result was shown would change what people were promised.
  revise: { from: ['draft', 'inForce', 'assessing', 'computed'], to: null },
  openSelf: { from: ['inForce', 'assessing'], to: 'assessing' },
  compute: { from: ['inForce', 'assessing', 'computed'], to: 'computed' },
  publish: { from: ['computed'], to: 'publicity' },
  correct: { from: ['publicity'], to: 'publicity' },
  finish: { from: ['publicity'], to: 'final' },
};

export const objectionStates = ['filed', 'upheld', 'changed'] as const;
export type ObjectionState = (typeof objectionStates)[number];
