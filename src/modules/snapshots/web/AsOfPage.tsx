import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { month as monthName } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { snapshots } from '../contract.ts';
import { SnapshotTabs } from './SnapshotTabs.tsx';
import './snapshots.css';
import { TableView } from './TableView.tsx';
import * as text from './text.ts';

/** Beijing time as a browser's date-and-time box gives it, to an ISO moment. */
const momentOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString();

/** `/snapshots/as-of`: the dispatch table of a month as of any past moment, frozen or not. */
export function AsOfPage() {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(snapshots);
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const [period, setPeriod] = useState(params.get('period') ?? today.slice(0, 7));
  const [local, setLocal] = useState(params.get('at') ?? `${today}T00:00`);
  const asked = { period: params.get('period'), at: params.get('at') };
  const table = useQuery({
    queryKey: ['snapshots', 'as-of', asked.period, asked.at],
    queryFn: ({ signal }) => api.asOf({ period: asked.period!, moment: momentOf(asked.at!) }, { signal }),
    enabled: asked.period !== null && asked.at !== null,
  });
  const show = (event: FormEvent) => {
    event.preventDefault();
    setParams({ period, at: local }, { replace: true });
  };
  const file = (format: 'xlsx' | 'csv') =>
    urlOf(snapshots, 'asOfTable', { period: asked.period!, moment: momentOf(asked.at!), language, format });
  return (
    <>
      <PageHead
        title={t.asOf.title}
        note={asked.period ? monthName(asked.period) : undefined}
        actions={
          table.data && (
            <>
              <Button href={file('xlsx')}>{t.download}</Button>
              <Button href={file('csv')}>{t.downloadCsv}</Button>
            </>
          )
        }
      />
      <SnapshotTabs />
      <div className="page-body snap-body">
        <form className="card snap-asof" onSubmit={show}>
          <Field label={t.asOf.period}>
            {(id) => (
              <Input
                id={id}
                type="month"
                value={period}
                max={today.slice(0, 7)}
                onChange={(e) => setPeriod(e.target.value)}
              />
            )}
          </Field>
          <Field label={t.asOf.moment}>
            {(id) => <Input id={id} type="datetime-local" value={local} onChange={(e) => setLocal(e.target.value)} />}
          </Field>
          <Button type="primary" htmlType="submit" loading={table.isFetching} disabled={period === '' || local === ''}>
            {t.asOf.show}
          </Button>
          <p className="muted">{t.asOf.hint}</p>
        </form>
        {table.error && <ProblemView error={table.error} compact />}
        {table.data && (
          <section className="card">
            <TableView table={table.data} />
          </section>
        )}
      </div>
    </>
  );
}
