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

/** A light is a colour, a shape and a word, never one of them alone. `count` follows the word; `lamp` gives the soft ground. */
export function Light({ value, count, lamp = false }: { value: LightValue; count?: number; lamp?: boolean }) {
  const words = useWords();
  const light = (
    <span className="light" data-light={value}>
      {words(lights[value].words)}
      {count !== undefined && ` ${count}`}
    </span>
  );
  return lamp ? (
    <span className="lamp" data-light={value}>
      {light}
    </span>
  ) : (
    light
  );
}
