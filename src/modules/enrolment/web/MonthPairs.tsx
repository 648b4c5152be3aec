import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';
import type { Enrolment, MonthPair } from '../contract.ts';
import { gapCauseWords } from '../gap.ts';
import { ExplainForm } from './ExplainForm.tsx';
import { gapShare, signed, wanExact } from './show.ts';
import * as text from './text.ts';
import { ValueForm } from './ValueForm.tsx';

const shownAtFirst = 4;

/** 统计口径 beside 调度口径, newest month first, with the gap and what explains it. */
export function MonthPairs({ data }: { data: Enrolment }) {
  const t = useText(text);
  const [explaining, setExplaining] = useState<MonthPair | null>(null);
  const [isEntering, setEntering] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const newest = data.months.findLast((pair) => pair.source !== null);
  // Months after the newest list have one figure only because the other is not out yet.
  const months = data.months.filter((pair) => newest && pair.period <= newest.period).reverse();
  const canValue = data.allowed.includes('value');
  const hasOffice = newest !== undefined;
  if (!hasOffice && data.state !== 'enrolled' && !canValue) return null;
  return (
    <>
      <h3 className="en-h3">
        {t.section.months}
        <small className="muted">{hasOffice ? t.unitNote : t.section.monthsNone}</small>
        {canValue && (
          <button type="button" className="en-link" onClick={() => setEntering(true)}>
            {t.section.enterValue}
          </button>
        )}
      </h3>
      {hasOffice && (
        <div className="scroll-x">
          <table className="plain en-pairs">
            <thead>
              <tr>
                <th>{t.pair.period}</th>
                <th className="num">{t.pair.statistics}</th>
                <th className="num">{t.pair.dispatch}</th>
                <th className="num">{t.pair.gap}</th>
                <th className="num">{t.pair.share}</th>
                <th>{t.pair.explanation}</th>
              </tr>
            </thead>
            <tbody>
              {(isWhole ? months : months.slice(0, shownAtFirst)).map((pair) => (
                <tr key={pair.period}>
                  <th scope="row" title={pair.source ? `${pair.source.document} ${pair.source.issuedOn}` : undefined}>
                    {month(pair.period)}
                  </th>
                  <td className="num">{wanExact(pair.statisticsYuan)}</td>
                  <td className="num">{wanExact(pair.dispatchYuan)}</td>
                  <td className={`num ${pair.needsExplanation ? 'warn' : ''}`}>{signed(pair.gapYuan)}</td>
                  <td className="num">{gapShare(pair.gapYuan, pair.statisticsYuan)}</td>
                  <td>
                    <Explained
                      pair={pair}
                      canExplain={data.allowed.includes('explain')}
                      onExplain={() => setExplaining(pair)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {months.length > shownAtFirst && hasOffice && (
        <button type="button" className="en-link" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t.section.fold : t.section.allMonths(months.length)}
        </button>
      )}
      {newest?.source && (
        <p className="muted en-small">{t.section.newestSource(newest.source.document, newest.source.issuedOn)}</p>
      )}
      {explaining && <ExplainForm projectId={data.projectId} pair={explaining} onClose={() => setExplaining(null)} />}
      {isEntering && <ValueForm data={data} onClose={() => setEntering(false)} />}
    </>
  );
}

/** The explanation of a gap, or that one is wanted, with the button for who may give it. */
export function Explained({
  pair,
  canExplain,
  onExplain,
}: {
  pair: MonthPair;
  canExplain: boolean;
  onExplain: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  if (pair.gapYuan === null) return <span className="muted">{t.none}</span>;
  return (
    <>
      {pair.explanation ? (
        <span>
          {words(gapCauseWords[pair.explanation.cause])}
          <small className="muted"> {pair.explanation.text}</small>
        </span>
      ) : pair.needsExplanation ? (
        <span className="warn">{t.explain.needed}</span>
      ) : (
        <span className="muted">{t.none}</span>
      )}
      {canExplain && (pair.needsExplanation || pair.explanation) && (
        <>
          {' '}
          <button type="button" className="en-link" onClick={onExplain}>
            {pair.explanation ? t.explain.change : t.explain.button}
          </button>
        </>
      )}
    </>
  );
}
