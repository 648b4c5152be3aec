import { z } from 'zod';
import { type LightMark, markColours, markShapes } from '#core/shared/light-mark.ts';
import type { Light } from './light-rule.ts';

/** A code of a level as rules name it: 'warn', 'orange', 'keyWatch'. */
export const levelCode = z.string().regex(/^[a-z][a-zA-Z0-9]{0,23}$/);

/**
 * A colour of a rule set. A city may have three or seven; each counts to one of the five lights, so that lists, maps and
 * totals go on adding up.
 */
export const level = z.object({
  code: levelCode,
  words: z.object({ zh: z.string().min(1).max(20), en: z.string().min(1).max(40) }),
  colour: z.enum(markColours),
  shape: z.enum(markShapes),
  /** The heavier one decides. 0 is calm. */
  severity: z.int().min(0).max(99),
  base: z.enum(['normal', 'warn', 'late', 'idle', 'ahead']),
});
export type Level = z.infer<typeof level>;

/** What a set has that declares no levels of its own: the three lights every rule knew before levels were data. */
export const defaultLevels: Level[] = [
  {
    code: 'normal',
    words: { zh: '正常', en: 'Normal' },
    colour: 'green',
    shape: 'circle',
    severity: 0,
    base: 'normal',
  },
  {
    code: 'warn',
    words: { zh: '预警', en: 'Warning' },
    colour: 'yellow',
    shape: 'triangle',
    severity: 40,
    base: 'warn',
  },
  { code: 'late', words: { zh: '滞后', en: 'Late' }, colour: 'red', shape: 'square', severity: 80, base: 'late' },
];

/** The level as it is kept beside a light and drawn. */
export interface LevelMark extends LightMark {
  code: string;
  base: Light;
}
export const markOf = ({ code, words, colour, shape, base }: Level): LevelMark => ({
  code,
  words,
  colour,
  shape,
  base,
});

const sameLook = (a: Level, b: Level): boolean =>
  a.colour === b.colour && a.shape === b.shape && a.base === b.base && a.words.zh === b.words.zh;
/** Looks as one of the five lights does anyway: nothing of its own has to be kept for lists. */
export const isPlain = (one: Level): boolean => defaultLevels.some((d) => d.code === one.code && sameLook(d, one));
