import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { Slot } from '#core/web/Slot.tsx';
import { useCan } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { count, moment, month as monthName } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { editions } from '../contract.ts';
import { EditionGroups } from './EditionGroups.tsx';
import { EditionParts } from './EditionParts.tsx';
import { EditionProjects } from './EditionProjects.tsx';
import './editions.css';
import { Figures } from './Figures.tsx';
import * as text from './text.ts';

/** `/editions/2021-08/1`: one sealed edition as it was, and what it says otherwise than the one before. */
export function EditionPage() {
  const t = useText(text);
  const words = useWords();
  const can = useCan();
  const { period = '', version: versionText = '1' } = useParams();
  const version = Number(versionText);
  const api = useClient(editions);
  const page = useQuery({
    queryKey: ['editions', 'edition', period, version],
    queryFn: ({ signal }) => api.edition({ period, version }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const { head, body, newest, changes } = page.data;
  return (
    <>
      <PageHead
        title={monthName(period)}
        note={t.edition(version)}
        crumbs={
          <>
            <Link to="/editions">{t.title}</Link>
            {can('editions.prepare') && (
              <>
                {' · '}
                <Link to={`/editions/${period}`}>{t.prepare}</Link>
              </>
            )}
          </>
        }
        actions={can('editions.prepare') && <a href={urlOf(editions, 'text', { period, version })}>{t.original}</a>}
      >
        <span>
          {head.publishedAt ? t.publishedOn(moment(head.publishedAt), head.publishedByName ?? '') : t.unpublished}
        </span>
        <span>
          {t.hash} <code title={head.hash}>{head.hash.slice(0, 12)}</code>
        </span>
      </PageHead>
      <div className="page-body edition-body">
        {newest > version && (
          <p className="edition-due">
            ▲ <Link to={`/editions/${period}/${newest}`}>{t.older(newest)}</Link>
          </p>
        )}
        {head.note && (
          <p className="edition-note">
            <b>{t.noteIs}</b>　{head.note}
          </p>
        )}
        <section className="card">
          <Figures body={body} />
        </section>
        {changes.length > 0 && (
          <section className="card">
            <h2>
              {t.changes} <small className="muted">{t.changesSay(count(changes.length))}</small>
            </h2>
            <ScrollX label={t.changes}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.change.place}</th>
                    <th>{t.change.field}</th>
                    <th className="num">{t.change.old}</th>
                    <th className="num">{t.change.new}</th>
                  </tr>
                </thead>
                <tbody>
                  {changes.slice(0, 40).map((change, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a frozen list has no other order
                    <tr key={i}>
                      <th scope="row">{words(change.place)}</th>
                      <td>{words(change.field)}</td>
                      <td className="num">{change.old ? words(change.old) : t.none}</td>
                      <td className="num">{change.new ? words(change.new) : t.none}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
        <Slot name="editions.month.products" props={{ period, version }} />
        <EditionGroups body={body} />
        <EditionParts body={body} />
        <EditionProjects period={period} version={version} />
      </div>
    </>
  );
}
