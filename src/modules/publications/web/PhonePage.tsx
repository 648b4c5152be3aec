import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';
import { Light, lightOrder } from '#core/web/ui/Light.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { publications } from '../contract.ts';
import { figureIn } from './figure-words.ts';
import './publications.css';
import * as text from './text.ts';

/** `/publications/:id/phone`: one screen for a leader, big numbers first, then what is red. */
export function PhonePage() {
  const all = useText(text);
  const t = all.phonePage;
  const words = useWords();
  const language = useLanguage();
  const { id = '' } = useParams();
  const api = useClient(publications);
  const found = useQuery({
    queryKey: ['publications', 'phone', id],
    queryFn: ({ signal }) => api.phone({ id }, { signal }),
  });
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  const data = found.data;
  if (!data) return <p className="page-wait">{all.loading}</p>;
  return (
    <>
      <PageHead
        title={month(data.period)}
        tabTitle={data.title}
        note={`${t.clock(data.clock)}　${t.asOf(data.day)}${data.state === 'draft' ? `　${t.draft}` : ''}`}
      />
      <div className="page-body pub-phone">
        <dl className="pub-figures">
          {data.figures.map((figure) => (
            <div key={figure.code} className={`is-${figure.tone}`}>
              <dt>{words(figure.words)}</dt>
              <dd>{figureIn(language, figure.text)}</dd>
            </div>
          ))}
        </dl>
        <p className="pub-lights">
          {lightOrder.map((light) => (
            <Light key={light} value={light} count={data.lights[light] ?? 0} lamp />
          ))}
        </p>
        <section className="card">
          <h2>{data.behind.length > 0 ? t.behind : t.noneBehind}</h2>
          {data.behind.length > 0 && (
            <ul className="pub-red">
              {data.behind.map((row) => (
                <li key={row.name}>
                  <span>{row.name}</span>
                  <b>{row.rate}</b>
                  <small>{figureIn(language, row.gap)}</small>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section className="card">
          <h2>{data.lateCount > 0 ? `■ ${t.late(data.lateCount)}` : t.noneLate}</h2>
          <ul className="pub-late">
            {data.late.map((row) => (
              <li key={row.id}>
                <b>{row.name}</b>
                <small>
                  {[row.county, figureIn(language, row.gap), row.problem]
                    .filter((each) => each !== '' && each !== '—')
                    .join('　')}
                </small>
              </li>
            ))}
          </ul>
          {data.overdue > 0 && <p>■ {t.overdue(data.overdue)}</p>}
        </section>
        {data.next.length > 0 && (
          <section className="card">
            <h2>{t.next}</h2>
            <ol className="pub-next" lang="zh-CN">
              {data.next.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          </section>
        )}
        <p className="soft">
          <Link to={`/publications/${id}`}>{t.full}</Link>
          {data.hasDemo && `　${t.demo}`}
        </p>
      </div>
    </>
  );
}
