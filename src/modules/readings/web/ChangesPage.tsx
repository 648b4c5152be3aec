import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { dash, yiWithUnit } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { readings } from '../contract.ts';
import { ReadingTabs } from './ReadingTabs.tsx';
import './readings.css';
import * as text from './text.ts';

/** `/readings/changes`: facts from documents that wait for somebody else than who proposed them. */
export function ChangesPage() {
  const t = useText(text);
  const language = useLanguage();
  const can = useCan();
  const api = useClient(readings);
  const cache = useQueryClient();
  const page = useQuery({
    queryKey: ['readings', 'changes'],
    queryFn: ({ signal }) => api.changes({}, { signal }),
  });
  const settle = useMutation({
    mutationFn: (input: { id: string; decision: 'apply' | 'refuse' }) => api.settle(input),
    onSettled: () => cache.invalidateQueries({ queryKey: ['readings', 'changes'] }),
  });
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const show = (value: string | number | null) =>
    value === null ? dash : typeof value === 'number' ? yiWithUnit(value, language) : value;
  return (
    <>
      <PageHead title={t.changesTitle} />
      <ReadingTabs />
      <div className="page-body reading-body">
        {settle.error && <ProblemView error={settle.error} compact />}
        {page.data.length === 0 ? (
          <Empty title={t.noChanges} hint={t.noChangesHint} />
        ) : (
          <section className="card">
            <ScrollX label={t.changesTitle}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.change.project}</th>
                    <th>{t.change.field}</th>
                    <th>{t.change.old}</th>
                    <th>{t.change.new}</th>
                    <th>{t.change.from}</th>
                    <th>{t.change.by}</th>
                    <th aria-label={t.apply} />
                  </tr>
                </thead>
                <tbody>
                  {page.data.map((change) => (
                    <tr key={change.id}>
                      <th scope="row">
                        <Link to={`/projects/${change.projectId}`}>{change.projectName}</Link>
                      </th>
                      <td className="nowrap">{t.factFields[change.field]}</td>
                      <td className="nowrap">{show(change.oldValue)}</td>
                      <td className="nowrap">
                        <b>{show(change.newValue)}</b>
                      </td>
                      <td>
                        {can('readings.read') ? (
                          <Link to={`/readings/${change.documentId}`}>{change.documentTitle}</Link>
                        ) : (
                          change.documentTitle
                        )}
                        <small className="words">{change.text}</small>
                      </td>
                      <td className="nowrap">{change.proposedByName}</td>
                      <td className="nowrap">
                        {change.canSettle ? (
                          <span className="acts">
                            <Button
                              size="small"
                              type="primary"
                              disabled={settle.isPending}
                              onClick={() => settle.mutate({ id: change.id, decision: 'apply' })}
                            >
                              {t.apply}
                            </Button>
                            <Button
                              size="small"
                              disabled={settle.isPending}
                              onClick={() => settle.mutate({ id: change.id, decision: 'refuse' })}
                            >
                              {t.refuse}
                            </Button>
                          </span>
                        ) : (
                          <small className="muted">{t.ownProposal}</small>
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
    </>
  );
}
