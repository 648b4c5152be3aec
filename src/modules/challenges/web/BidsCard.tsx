import { useText, useWords } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { ChallengeView } from '../shapes.ts';
import { takerWords } from '../words.ts';
import { FileLink } from './FileLink.tsx';
import * as text from './text.ts';

/** Who has bid, how they were judged, and what was objected in the publicity. */
export function BidsCard({ challenge: c }: { challenge: ChallengeView }) {
  const t = useText(text);
  const words = useWords();
  return (
    <section className="card">
      <h2>{t.bids}</h2>
      {c.publicityFrom && c.publicityUntil && <p className="muted">{t.publicity(c.publicityFrom, c.publicityUntil)}</p>}
      {c.areBidsSealed && c.bidCount !== null && <p>{t.sealed(c.bidCount, c.closeOn ?? '')}</p>}
      {!c.areBidsSealed && c.bids.length === 0 && <p className="muted">{t.noBids}</p>}
      {c.bids.length > 0 && (
        <ScrollX label={t.bids}>
          <table className="plain chl-bids">
            <thead>
              <tr>
                <th>{t.bidHeads.taker}</th>
                <th>{t.bidHeads.promise}</th>
                <th>{t.bidHeads.plan}</th>
                <th className="num">{t.bidHeads.score}</th>
                <th>{t.bidHeads.state}</th>
              </tr>
            </thead>
            <tbody>
              {c.bids.map((bid) => (
                <tr key={bid.id}>
                  <td>
                    {bid.takers.map((taker) => `${taker.name}（${words(takerWords[taker.kind])}）`).join(t.listSign)}
                    <br />
                    <small className="muted">
                      {bid.leadUnit.name} · {bid.submittedOn}
                    </small>
                  </td>
                  <td>{bid.promise}</td>
                  <td>
                    {bid.plan} <FileLink id={c.id} file={bid.file} />
                  </td>
                  <td className="num">{bid.score ?? '—'}</td>
                  <td>
                    {t.bidStates[bid.state]}
                    {bid.reason && (
                      <>
                        <br />
                        <small className="muted">{bid.reason}</small>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {c.objections.length > 0 && (
        <>
          <h3>{t.objections}</h3>
          <ul className="chl-list">
            {c.objections.map((one) => (
              <li key={one.id}>
                {one.text} <span className="tag">{t.objectionStates[one.state]}</span>
                <br />
                <small className="muted">
                  {one.filedOn} · {one.filedByName}
                  {one.answer && ` · ${one.decidedByName ?? ''} ${one.decidedOn ?? ''}：${one.answer}`}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
