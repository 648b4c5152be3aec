import { useWords } from '#core/web/text.ts';
import type { MatterLight as Value } from '../light.ts';
import { matterLightWords } from '../light-words.ts';
import './matter-light.css';

/** From the one that needs attention first. */
export const matterLightOrder = Object.keys(matterLightWords) as Value[];
/** Shapes of the product's lights: ■ ▲ ◆ ● ○, and ✓ for what is ended. */
export const lightShape: Record<Value, string> = {
  red: 'late',
  yellow: 'warn',
  blue: 'ahead',
  normal: 'normal',
  idle: 'idle',
  done: 'ended',
};

/**
 * The light of a matter: colour, shape and word together. `say` replaces the word where more is known (“逾期 47 天”, “作废”);
 * `lamp` gives the soft ground.
 */
export function MatterLight({ value, say, lamp = false }: { value: Value; say?: string | undefined; lamp?: boolean }) {
  const words = useWords();
  const light = (
    <span className="light" data-light={lightShape[value]}>
      {say ?? words(matterLightWords[value])}
    </span>
  );
  return lamp ? (
    <span className="lamp" data-light={lightShape[value]}>
      {light}
    </span>
  ) : (
    light
  );
}
