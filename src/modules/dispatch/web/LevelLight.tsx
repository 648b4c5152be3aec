import { Light } from '#core/web/ui/Light.tsx';
import type { Level } from '../contract.ts';
import { markOfLevel } from './level.ts';

/** A level of a set by its code, as its colour, shape and word. Nothing for a code the set does not know. */
export function LevelLight({ levels, code }: { levels: readonly Level[]; code: string | null }) {
  const level = levels.find((l) => l.code === code);
  return level ? <Light value={level.base} mark={markOfLevel(level)} /> : null;
}
