import { useLanguage, useText } from '#core/web/text.ts';
import type { SchemeFault } from '../check.ts';
import { nameOf } from './show.ts';
import * as text from './text.ts';

export function Faults({ faults }: { faults: readonly SchemeFault[] }) {
  const t = useText(text);
  const language = useLanguage();
  if (faults.length === 0) return null;
  return (
    <div role="alert">
      <ul className="scores-faults" aria-label={t.faults}>
        {faults.map((fault) => (
          <li key={`${fault.item} ${fault.words.zh}`}>{nameOf(fault.words, language)}</li>
        ))}
      </ul>
    </div>
  );
}
