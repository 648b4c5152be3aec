import { useText } from '#core/web/text.ts';
import type { MatterLight } from '../shapes.ts';
import * as text from './text.ts';

const shapes: Record<MatterLight, string> = {
  red: 'late',
  yellow: 'warn',
  blue: 'ahead',
  normal: 'normal',
  idle: 'idle',
  done: 'done',
};

/** The light of a matter by colour, shape and word. */
export function MatterMark({ light, lamp = false }: { light: MatterLight; lamp?: boolean }) {
  const t = useText(text);
  const mark = (
    <span className={light === 'done' ? 'mtg-ended' : 'light'} data-light={shapes[light]}>
      {t.matterLights[light]}
    </span>
  );
  return lamp ? (
    <span className="lamp" data-light={shapes[light]}>
      {mark}
    </span>
  ) : (
    mark
  );
}
