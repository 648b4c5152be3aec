import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { groupChecks } from '#modules/bulletins/contract.ts';
import type { Desk } from '../contract.ts';
import * as text from './text.ts';

const marks = {
  agrees: '✓',
  'last-digit': '≈',
  contradicts: '✗',
  'part-not-listed': '…',
  'cannot-judge': '？',
} as const;
type Span = { start: number; end: number };
type Check = Desk['checks'][number];

/**
 * What does not add up first, each with its arithmetic; choosing one shows its place in both texts. What cannot be judged is
 * told once for each thing that is missing, with all its places.
 */
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
  const { toLookAt, undecided, agreeing } = groupChecks(checks);
  const go = (check: Check) => onGo(check.spans[0]!, check.originals[0]!);
  const line = (check: Check, i: number) => (
    <li key={`${check.verdict} ${i}`} data-verdict={check.verdict}>
      <button type="button" onClick={() => go(check)}>
        <b>
          {marks[check.verdict]} {t.verdicts[check.verdict]}
        </b>
        <span>{words(check.says)}</span>
      </button>
    </li>
  );
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
        {toLookAt.map(line)}
        {!isOdd &&
          undecided.map(({ missing, checks: places }) => (
            <li key={missing.zh} data-verdict="cannot-judge">
              <p>
                <b>
                  {marks['cannot-judge']} {t.verdicts['cannot-judge']}
                </b>
                <span>{words(missing)}</span>
              </p>
              <ul className="check-places">
                {places.map((check, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two places may hold the same figure
                  <li key={i}>
                    <button type="button" onClick={() => go(check)}>
                      {check.published}
                      {check.unit}
                    </button>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        {!isOdd && agreeing.map(line)}
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
