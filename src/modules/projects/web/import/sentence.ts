import type { Text } from '#core/shared/words.ts';
import type { Import } from '../../import-contract.ts';
import type { zh } from './text.ts';

type Counted = Pick<Import, 'counts' | 'newUnits' | 'answers'>;

export const newUnitCount = ({ newUnits, answers }: Counted): number =>
  answers.newUnits === 'text' ? 0 : new Set(newUnits.map((unit) => unit.name)).size;

/** 新增 612 行，变更 3 行，新建 41 个单位：what accepting does, or did. Empty when it would do nothing. */
export function doneSentence(found: Counted, t: Text<typeof zh>): string {
  const { counts } = found;
  const units = newUnitCount(found);
  return [
    counts.new > 0 && t.will.create(counts.new),
    counts.changed > 0 && t.will.change(counts.changed),
    units > 0 && t.will.units(units),
  ]
    .filter(Boolean)
    .join(t.will.comma);
}
