import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { readings } from '../contract.ts';
import { AddForm } from './AddForm.tsx';
import { ReadingTabs } from './ReadingTabs.tsx';
import './readings.css';
import * as text from './text.ts';

/** `/readings`: the documents on the desk, newest first; one is added by pasting, choosing or dropping it. */
export function ReadingsPage() {
  const t = useText(text);
  const api = useClient(readings);
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const [isAdding, setAdding] = useState(false);
  const page = useQuery({
    queryKey: ['readings', 'documents', q],
    queryFn: ({ signal }) => api.documents(q ? { q } : {}, { signal }),
    placeholderData: keepPreviousData,
  });
  useLiveRefetch(['readings.*'], [['readings', 'documents']]);
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const { documents, canAdd } = page.data;
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <>
            <Input.Search
              aria-label={t.search}
              placeholder={t.search}
              allowClear
              onSearch={setQ}
              className="reading-search"
            />
            {canAdd && (
              <Button type="primary" onClick={() => setAdding(true)}>
                {t.add}
              </Button>
            )}
          </>
        }
      />
      <ReadingTabs />
      <div className="page-body reading-body">
        {documents.length === 0 ? (
          <Empty title={t.empty} hint={t.emptyHint} />
        ) : (
          <section className="card">
            <ScrollX label={t.title}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.columns.title}</th>
                    <th>{t.columns.date}</th>
                    <th className="num">{t.columns.length}</th>
                    <th className="num">{t.columns.decided}</th>
                    <th>{t.columns.added}</th>
                  </tr>
                </thead>
                <tbody>
                  {documents.map((document) => (
                    <tr key={document.id}>
                      <th scope="row">
                        <Link to={`/readings/${document.id}`}>{document.title}</Link>{' '}
                        {document.isWithdrawn && <small className="tag">{t.withdrawn}</small>}
                      </th>
                      <td className="nowrap">{document.documentDate ?? t.noDate}</td>
                      <td className="num">{count(document.length)}</td>
                      <td className="num">
                        {count(document.accepted)} / {count(document.rejected)}
                      </td>
                      <td className="nowrap">
                        {moment(document.addedAt)}　{document.addedByName}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
      {isAdding && <AddForm onClose={() => setAdding(false)} onAdded={(id) => navigate(`/readings/${id}`)} />}
    </>
  );
}
