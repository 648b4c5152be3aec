import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { dash, moment, month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { useYear, YearPick } from '#core/web/ui/YearPage.tsx';
import { publications } from '../contract.ts';
import { products } from '../shapes.ts';
import { templateCodes } from '../template.ts';
import { BulletinFeed } from './BulletinFeed.tsx';
import { CreateForm } from './CreateForm.tsx';
import './publications.css';
import { StateMark } from './StateMark.tsx';
import * as text from './text.ts';

/** `/publications`: the bulletins of a year by month and kind, with their files. */
export function PublicationsPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(publications);
  const [params, setParams] = useSearchParams();
  const [isCreating, setCreating] = useState(false);
  const [isSubscribing, setSubscribing] = useState(false);
  const { year } = useYear();
  const template = templateCodes.find((code) => code === params.get('template'));
  const found = useQuery({
    queryKey: ['publications', 'list', year],
    queryFn: ({ signal }) => api.list({ year }, { signal }),
    refetchInterval: (query) => (query.state.data?.rows.some((row) => row.state === 'releasing') ? 4_000 : false),
  });
  useLiveRefetch(['publications.*', 'editions.*'], [['publications', 'list']]);
  const set = (key: string, value: string | undefined) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === undefined) next.delete(key);
        else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  const data = found.data;
  const rows = (data?.rows ?? []).filter((row) => template === undefined || row.template === template);
  return (
    <>
      <PageHead
        title={t.title}
        note={t.note}
        actions={
          <>
            <YearPick />
            <Button onClick={() => setSubscribing(true)}>{t.subscribe}</Button>
            {data?.allowed.includes('create') && (
              <>
                <Link to="/publications/templates">
                  <Button>{t.templates}</Button>
                </Link>
                <Button type="primary" onClick={() => setCreating(true)}>
                  {t.draftNew}
                </Button>
              </>
            )}
          </>
        }
      />
      <div className="page-body pub-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {data && (
          <div className="chips">
            {data.templates.map(({ code, name }) => (
              <button
                key={code}
                type="button"
                className={code === template ? 'chip on' : 'chip'}
                aria-pressed={code === template}
                onClick={() => set('template', code === template ? undefined : code)}
              >
                {words(name)} <b>{data.rows.filter((row) => row.template === code).length}</b>
              </button>
            ))}
          </div>
        )}
        {data && rows.length === 0 && (
          <Empty title={t.none} hint={data.allowed.includes('create') ? t.noneHint : t.noneRead} />
        )}
        {rows.length > 0 && (
          <section className="card">
            <ScrollX label={t.title}>
              <table className="plain pub-list-table">
                <thead>
                  <tr>
                    <th>{t.columns.period}</th>
                    <th>{t.columns.kind}</th>
                    <th>{t.columns.title}</th>
                    <th>{t.columns.state}</th>
                    <th>{t.columns.edition}</th>
                    <th>{t.columns.by}</th>
                    <th>{t.columns.files}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id} className={row.replacedById ? 'pub-old' : ''}>
                      <td className="nowrap">{month(row.period)}</td>
                      <td className="nowrap">{words(row.templateName)}</td>
                      <td className="pub-name">
                        <Link to={`/publications/${row.id}`}>{row.title}</Link>
                        {row.number && <small>{row.number}</small>}
                      </td>
                      <td>
                        <StateMark row={row} />
                      </td>
                      <td className="nowrap">
                        {t.edition(row.editionVersion)}
                        {row.newestEdition > row.editionVersion && !row.replacedById && (
                          <small className="pub-due">▲ {t.newer(row.newestEdition)}</small>
                        )}
                      </td>
                      <td className="nowrap">
                        {row.releasedAt ? (
                          <>
                            {moment(row.releasedAt)}
                            <small>{row.releasedByName}</small>
                          </>
                        ) : (
                          dash
                        )}
                      </td>
                      <td className="pub-downloads">
                        {row.state === 'released' ? (
                          <>
                            {products.map((product) => (
                              <a key={product} href={urlOf(publications, 'file', { id: row.id, product })}>
                                {t.products[product]}
                              </a>
                            ))}
                            <Link to={`/publications/${row.id}/phone`}>{t.phone}</Link>
                          </>
                        ) : (
                          dash
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
      {isCreating && data && <CreateForm page={data} onClose={() => setCreating(false)} />}
      {isSubscribing && <BulletinFeed onClose={() => setSubscribing(false)} />}
    </>
  );
}
