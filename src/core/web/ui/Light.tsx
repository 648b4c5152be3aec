import type { LightMark } from '../../shared/light-mark.ts';
import type { Words } from '../../shared/words.ts';
import { useWords } from '../text.ts';

export type LightValue = 'normal' | 'warn' | 'late' | 'idle' | 'ahead';

export const lights: Record<LightValue, { words: Words; shape: string }> = {
  late: { words: { zh: '滞后', en: 'Late' }, shape: '■' },
  warn: { words: { zh: '预警', en: 'Warning' }, shape: '▲' },
  normal: { words: { zh: '正常', en: 'Normal' }, shape: '●' },
  ahead: { words: { zh: '提前', en: 'Ahead' }, shape: '◆' },
  idle: { words: { zh: '未开工', en: 'Not started' }, shape: '○' },
};
/** From the one that needs attention first. */
export const lightOrder = Object.keys(lights) as LightValue[];

/**
 * A light is a colour, a shape and a word, never one of them alone. `count` follows the word; `lamp` gives the soft ground.
 * `mark` is the city's own level within that light (橙灯 within 预警), drawn instead where there is one.
 */
export function Light({
  value,
  mark,
  count,
  lamp = false,
}: {
  value: LightValue;
  mark?: LightMark | null | undefined;
  count?: number;
  lamp?: boolean;
}) {
  const words = useWords();
  const own = mark && { 'data-colour': mark.colour, 'data-shape': mark.shape };
  const light = (
    <span className="light" data-light={value} {...own}>
      {words(mark?.words ?? lights[value].words)}
      {count !== undefined && ` ${count}`}
    </span>
  );
  return lamp ? (
    <span className="lamp" data-light={value} data-colour={mark?.colour}>
      {light}
    </span>
  ) : (
    light
  );
}
