import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Pagination, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type AliasView, readings } from '../contract.ts';
import { ReadingTabs } from './ReadingTabs.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import './readings.css';
import * as text from './text.ts';

const atOnce = 100;

/** `/readings/names`: every name that was learnt from a document, whom it means, and who said so; one is taken off with a reason. */
export function AliasesPage() {
  const t = useText(text);
  const api = useClient(readings);
  const cache = useQueryClient();
  const [q, setQ] = useState('');
  const [state, setState] = useState<'counting' | 'ended'>('counting');
  const ended = state === 'ended';
  const [offset, setOffset] = useState(0);
  const [leaving, setLeaving] = useState<AliasView | null>(null);
  const page = useQuery({
    queryKey: ['readings', 'aliases', q, state, offset],
    queryFn: ({ signal }) => api.aliases({ ...(q && { q }), state, offset }, { signal }),
    placeholderData: keepPreviousData,
  });
  useLiveRefetch(['readings.*'], [['readings', 'aliases']]);
  const withdraw = useMutation({
    mutationFn: (reason: string) => api.withdrawAlias({ id: leaving!.id, reason }),
    onSuccess: async () => {
      setLeaving(null);
      await cache.invalidateQueries({ queryKey: ['readings'] });
    },
  });
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const { aliases, total } = page.data;
  return (
    <>
      <PageHead
        title={t.aliasesTitle}
        actions={
          <>
            <Segmented
              aria-label={t.view}
              value={state}
              onChange={(value) => {
                setState(value as typeof state);
                setOffset(0);
              }}
              options={[
                { value: 'counting', label: t.aliasCounts },
                { value: 'ended', label: t.withdrawn },
              ]}
            />
            <Input.Search
              aria-label={t.aliasSearch}
              placeholder={t.aliasSearch}
              allowClear
              className="reading-search"
              onSearch={(words) => {
                setQ(words);
                setOffset(0);
              }}
            />
          </>
        }
      >
        <span>{t.aliasesHint}</span>
      </PageHead>
      <ReadingTabs />
      <div className="page-body reading-body">
        {aliases.length === 0 ? (
          <Empty title={ended ? t.noEndedAliases : t.noAliases} hint={t.noAliasesHint} />
        ) : (
          <section className="card">
            <ScrollX label={t.aliasesTitle}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.fields.alias}</th>
                    <th>{t.fields.means}</th>
                    <th>{t.alias.from}</th>
                    <th>{t.alias.by}</th>
                    {ended ? <th>{t.alias.ended}</th> : <th aria-label={t.withdraw} />}
                  </tr>
                </thead>
                <tbody>
                  {aliases.map((one) => (
                    <tr key={one.id}>
                      <th scope="row">{one.alias}</th>
                      <td>
                        {one.kind === 'project' ? (
                          <Link to={`/projects/${one.registerId}`}>{one.registerName}</Link>
                        ) : (
                          one.registerName
                        )}{' '}
                        <small className="tag">{t.registers[one.kind]}</small>
                      </td>
                      <td>
                        <Link to={`/readings/${one.documentId}`}>{one.documentTitle}</Link>
                        {one.span && (
                          <small className="words">
                            {t.alias.place(String(one.span.start + 1), String(one.span.end))}　{one.text}
                          </small>
                        )}
                      </td>
                      <td className="nowrap">
                        {one.byName}
                        <small className="words">{moment(one.at)}</small>
                      </td>
                      {ended ? (
                        <td>
                          {one.ended?.reason}
                          <small className="words">
                            {one.ended?.byName}　{one.ended && moment(one.ended.at)}
                          </small>
                        </td>
                      ) : (
                        <td className="nowrap">
                          {one.allowed.includes('withdraw') && (
                            <Button
                              size="small"
                              danger
                              aria-label={t.alias.withdraw(one.alias)}
                              onClick={() => {
                                withdraw.reset();
                                setLeaving(one);
                              }}
                            >
                              {t.withdraw}
                            </Button>
                          )}
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
            {total > atOnce && (
              <Pagination
                simple
                current={offset / atOnce + 1}
                pageSize={atOnce}
                total={total}
                onChange={(number) => setOffset((number - 1) * atOnce)}
              />
            )}
          </section>
        )}
      </div>
      {leaving && (
        <ReasonForm
          title={t.alias.withdrawTitle}
          what={t.alias.withdrawWhat}
          saveWords={t.withdraw}
          above={
            <blockquote className="reading-quote">
              {leaving.alias} → {leaving.registerName}
            </blockquote>
          }
          error={withdraw.error}
          isPending={withdraw.isPending}
          onSave={(reason) => withdraw.mutate(reason)}
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  );
}
