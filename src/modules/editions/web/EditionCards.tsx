import { Button } from 'antd';
import { Link } from 'react-router';
import { urlOf } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { editions as contract, type EditionHead } from '../contract.ts';
import * as text from './text.ts';

/** The sealed editions of a month, newest first; each stays readable and can be worked out again. */
export function EditionCards({
  editions,
  period,
  mayReplay,
  onReplay,
}: {
  editions: readonly EditionHead[];
  period: string;
  mayReplay: boolean;
  onReplay: (version: number) => void;
}) {
  const t = useText(text);
  return (
    <section className="card">
      <h2>{t.editions}</h2>
      {editions.length === 0 && <p className="muted">{t.noEditions}</p>}
      <ul className="edition-cards">
        {editions.map((edition) => (
          <li key={edition.id}>
            <div className="head">
              <Link to={`/editions/${period}/${edition.version}`}>{t.edition(edition.version)}</Link>
              <small>
                {edition.publishedAt
                  ? t.publishedOn(moment(edition.publishedAt), edition.publishedByName ?? '')
                  : t.unpublished}
              </small>
            </div>
            <small>{t.sealedOn(moment(edition.sealedAt), edition.sealedByName)}</small>
            {edition.note && (
              <p>
                {t.noteIs}：{edition.note}
              </p>
            )}
            <div className="acts">
              <small>
                {t.hash} <code title={edition.hash}>{edition.hash.slice(0, 12)}</code>
              </small>
              <a href={urlOf(contract, 'text', { period, version: edition.version })}>{t.original}</a>
              {mayReplay && (
                <Button size="small" onClick={() => onReplay(edition.version)}>
                  {t.replay}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
