import { useWords } from '#core/web/text.ts';
import { type LampLight, lampWords } from '../lamp.ts';

/** The shapes and colours of the five lights with the words of this lamp: grey is “nothing needed”, not “not started”. */
export function FactorLamp({ light, count, lamp = false }: { light: LampLight; count?: number; lamp?: boolean }) {
  const words = useWords();
  const mark = (
    <span className="light" data-light={light}>
      {words(lampWords[light])}
      {count !== undefined && ` ${count}`}
    </span>
  );
  return lamp ? (
    <span className="lamp" data-light={light}>
      {mark}
    </span>
  ) : (
    mark
  );
}
