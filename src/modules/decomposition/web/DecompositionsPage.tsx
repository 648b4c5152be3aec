import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { decomposition } from '../contract.ts';
import { NewDecomposition } from './NewDecomposition.tsx';
import * as text from './text.ts';
import { keys } from './use-decomposition.ts';
import './decomposition.css';

/** `/decompositions`: the documents that were or are being split into tasks. */
export function DecompositionsPage() {
  const t = useText(text);
  const call = useClient(decomposition);
  const [isNew, setNew] = useState(false);
  const found = useQuery({ queryKey: keys.list, queryFn: ({ signal }) => call.list({}, { signal }) });
  useLiveRefetch(['decomposition.*'], [keys.list]);
  const documents = found.data?.documents ?? [];
  const canCreate = found.data?.allowed.includes('create') ?? false;
  const create = canCreate && (
    <Button type="primary" onClick={() => setNew(true)}>
      {t.fresh}
    </Button>
  );
  return (
    <>
      <PageHead title={t.title} actions={create} />
      <div className="page-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && documents.length === 0 && <Empty title={t.empty} hint={t.emptyHint} />}
        {documents.length > 0 && (
          <section className="card">
            <ScrollX label={t.title}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.heads.title}</th>
                    <th>{t.heads.docOn}</th>
                    <th className="num">{t.heads.rows}</th>
                    <th>{t.heads.progress}</th>
                    <th className="num">{t.heads.issued}</th>
                    <th>{t.heads.by}</th>
                    <th>{t.heads.state}</th>
                  </tr>
                </thead>
                <tbody>
                  {documents.map(({ counts, ...document }) => (
                    <tr key={document.id}>
                      <td>
                        <Link to={`/decompositions/${document.id}`}>{document.title}</Link>{' '}
                        {document.demo && <span className="tag">{t.sample}</span>}
                        {document.sourceRef && (
                          <>
                            <br />
                            <small className="muted">{document.sourceRef}</small>
                          </>
                        )}
                      </td>
                      <td className="nowrap">{document.docOn}</td>
                      <td className="num">{counts.rows}</td>
                      <td className="nowrap">
                        {t.confirmedOf(counts.rows - counts.proposed, counts.rows)}
                        {counts.lackLead > 0 && (
                          <small className="dc-lack"> {t.counts.lackLead(counts.lackLead)}</small>
                        )}
                      </td>
                      <td className="num">{counts.issued || '—'}</td>
                      <td className="nowrap">
                        {document.madeByName}
                        <br />
                        <small className="muted">{document.unitName}</small>
                      </td>
                      <td className="nowrap">{t.states[document.state]}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
      {isNew && <NewDecomposition onClose={() => setNew(false)} />}
    </>
  );
}
