import { useText, useWords } from '#core/web/text.ts';
import { type Cause, causes, type FilingField } from '../content.ts';
import type { Hit } from '../validation.ts';
import * as text from './text.ts';

const isCause = (text: string): text is Cause => causes.some((cause) => cause === text);

/** What the rules found, numbered like the cells; a 准强制 hit carries the box that lets it pass by name. */
export function HitList({
  hits,
  waived,
  onWaive,
  onGo,
}: {
  hits: readonly Hit[];
  waived: ReadonlySet<string>;
  onWaive: ((rule: string, isOn: boolean) => void) | null;
  onGo: (field: FilingField) => void;
}) {
  const t = useText(text);
  const words = useWords();
  /** A chosen cause is its own explanation and comes as its code. */
  const said = (explanation: string) => (isCause(explanation) ? t.causes[explanation] : explanation);
  return (
    <div>
      <h3>
        {t.review.hits}
        <small>{hits.length > 0 ? t.review.hitsHint : t.review.noHits}</small>
      </h3>
      {hits.map((hit, index) => (
        <div className={`fr-hit ${hit.severity}`} key={hit.rule}>
          <button type="button" onClick={() => onGo(hit.field)}>
            <em>
              {t.severities[hit.severity]} {index + 1}
            </em>
            <span>{words(hit.words)}</span>
          </button>
          <p>{hit.explanation === null ? t.severityNotes[hit.severity] : t.review.explained(said(hit.explanation))}</p>
          {hit.severity === 'approve' && onWaive && (
            <label>
              <input
                type="checkbox"
                checked={waived.has(hit.rule)}
                onChange={(event) => onWaive(hit.rule, event.target.checked)}
              />{' '}
              {t.review.waive}
            </label>
          )}
        </div>
      ))}
    </div>
  );
}
