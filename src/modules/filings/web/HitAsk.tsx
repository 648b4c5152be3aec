import { useText, useWords } from '#core/web/text.ts';
import { type Cause, causes, type FilingContent } from '../content.ts';
import { causeKey, documentKey, isDocumentNumber, isExplanation, jumpCauses, jumpCauseWords } from '../explanation.ts';
import type { Hit } from '../validation.ts';
import * as text from './text.ts';

/** What a rule asks of the filer, in the place where the answer belongs: one cause, or some words, or a correction. */
export function HitAsk({
  hit,
  content,
  onChange,
}: {
  hit: Hit;
  content: FilingContent;
  onChange: (part: Partial<FilingContent>) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const explain = (said: string) => onChange({ explanations: { ...content.explanations, [hit.rule]: said } });
  const said = content.explanations[hit.rule] ?? '';
  const say = (key: string, value: string) => onChange({ explanations: { ...content.explanations, [key]: value } });
  const document = content.explanations[documentKey(hit.rule)] ?? '';
  if (hit.severity === 'block')
    return (
      <p className="ff-refusal" role="alert">
        {words(hit.words)}
      </p>
    );
  if (hit.severity === 'inform') return <p className="ff-remark">{words(hit.words)}</p>;
  const asksCause = hit.rule === 'belowPlan';
  const asksWords = !asksCause || content.cause === 'other';
  return (
    <div className="ff-ask">
      <p id={`ask-${hit.rule}`}>{words(hit.words)}</p>
      {asksCause && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would put its legend where the sentence already stands
        <div className="ff-pick" role="group" aria-labelledby={`ask-${hit.rule}`}>
          {causes.map((cause: Cause) => (
            <button
              key={cause}
              type="button"
              aria-pressed={content.cause === cause}
              onClick={() => onChange({ cause: content.cause === cause ? null : cause })}
            >
              {t.causes[cause]}
            </button>
          ))}
        </div>
      )}
      {hit.asks === 'document' && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would put its legend where the sentence already stands
        <div className="ff-pick" role="group" aria-labelledby={`ask-${hit.rule}`}>
          {jumpCauses.map((cause) => (
            <button
              key={cause}
              type="button"
              aria-pressed={content.explanations[causeKey(hit.rule)] === cause}
              onClick={() => say(causeKey(hit.rule), cause)}
            >
              {words(jumpCauseWords[cause])}
            </button>
          ))}
        </div>
      )}
      {asksWords && (
        <textarea
          aria-label={asksCause ? t.form.causeOther : t.form.explain}
          placeholder={asksCause ? t.form.causeOther : t.form.explain}
          rows={2}
          value={said}
          maxLength={1000}
          aria-invalid={said !== '' && !isExplanation(said)}
          onChange={(event) => explain(event.target.value)}
        />
      )}
      {hit.asks === 'document' && (
        <input
          aria-label={t.form.explainDocument}
          placeholder={t.form.explainDocument}
          value={document}
          maxLength={100}
          aria-invalid={document !== '' && !isDocumentNumber(document)}
          onChange={(event) => say(documentKey(hit.rule), event.target.value)}
        />
      )}
    </div>
  );
}
