import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import type { Desk } from '../contract.ts';
import * as text from './text.ts';

const marks = {
  agrees: '✓',
  'last-digit': '≈',
  contradicts: '✗',
  'part-not-listed': '…',
  'cannot-judge': '？',
} as const;
const order = ['contradicts', 'part-not-listed', 'last-digit', 'cannot-judge', 'agrees'] as const;
type Span = { start: number; end: number };

/** What does not add up first, each with its arithmetic; choosing one shows its place in both texts. */
export function CheckList({
  checks,
  unreadable,
  onGo,
}: {
  checks: Desk['checks'];
  unreadable: Desk['unreadable'];
  onGo: (span: Span, original: Span) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const [isOdd, setOdd] = useState(true);
  const bad = checks.filter((check) => check.verdict === 'contradicts').length;
  const shown = checks
    .filter((check) => !isOdd || (check.verdict !== 'agrees' && check.verdict !== 'cannot-judge'))
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return (
    <section className="card">
      <h2>
        {t.checks} <small className="muted">{t.checksSay(count(bad), count(checks.length))}</small>
      </h2>
      {checks.length === 0 ? (
        <p className="muted">{t.noChecks}</p>
      ) : (
        <label className="only-odd">
          <input type="checkbox" checked={isOdd} onChange={(event) => setOdd(event.target.checked)} /> {t.onlyOdd}
        </label>
      )}
      <ul className="check-list">
        {shown.map((check, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two checks may have the same place and words
          <li key={i} data-verdict={check.verdict}>
            <button type="button" onClick={() => onGo(check.spans[0]!, check.originals[0]!)}>
              <b>
                {marks[check.verdict]} {t.verdicts[check.verdict]}
              </b>
              <span>{words(check.says)}</span>
            </button>
          </li>
        ))}
        {unreadable.map((lost) => (
          <li key={`lost-${lost.span.start}`} data-verdict="unreadable">
            <button type="button" onClick={() => onGo(lost.span, lost.original)}>
              <b>！{t.unreadableTitle}</b>
              <span>
                {lost.text}　{words(lost.why)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
