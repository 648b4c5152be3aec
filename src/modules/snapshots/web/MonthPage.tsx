import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, month as monthName } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { snapshots } from '../contract.ts';
import { shortHash } from '../head.ts';
import { FreezeForm } from './FreezeForm.tsx';
import { MissingList } from './MissingList.tsx';
import { PublishForm } from './PublishForm.tsx';
import { RestateForm } from './RestateForm.tsx';
import { RestatementList } from './RestatementList.tsx';
import { SnapshotCards } from './SnapshotCards.tsx';
import { MonthState } from './SnapshotsPage.tsx';
import './snapshots.css';
import { TableView } from './TableView.tsx';
import * as text from './text.ts';

/** `/snapshots/2021-08`: every snapshot of a month, who is missing, what was restated, and the table as it was frozen. */
export function MonthPage() {
  const t = useText(text);
  const language = useLanguage();
  const { period = '' } = useParams();
  const api = useClient(snapshots);
  const [form, setForm] = useState<'freeze' | 'restate' | 'publish' | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const page = useQuery({
    queryKey: ['snapshots', 'month', period],
    queryFn: ({ signal }) => api.month({ period }, { signal }),
  });
  const shown = chosen ?? page.data?.month.snapshot?.id ?? null;
  const table = useQuery({
    queryKey: ['snapshots', 'view', shown],
    queryFn: ({ signal }) => api.view({ id: shown! }, { signal }),
    enabled: shown !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useLiveRefetch(['snapshots.*', 'filings.*'], [['snapshots', 'month']]);
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const { month, snapshots: versions, restatements, unfiled } = page.data;
  const { snapshot } = month;
  const name = monthName(period);
  return (
    <>
      <PageHead
        title={name}
        crumbs={<Link to="/snapshots">{t.title}</Link>}
        mark={<MonthState month={month} />}
        actions={
          <>
            {shown !== null && (
              <>
                <Button href={urlOf(snapshots, 'table', { id: shown, language })}>{t.download}</Button>
                <Button href={urlOf(snapshots, 'table', { id: shown, language, format: 'csv' })}>
                  {t.downloadCsv}
                </Button>
              </>
            )}
            {month.allowed.includes('publish') && <Button onClick={() => setForm('publish')}>{t.month.publish}</Button>}
            {month.allowed.includes('restate') && (
              <Button type="primary" onClick={() => setForm('restate')}>
                {t.month.restate}
              </Button>
            )}
            {month.allowed.includes('freeze') && (
              <Button type="primary" onClick={() => setForm('freeze')}>
                {t.month.freeze}
              </Button>
            )}
          </>
        }
      >
        <span>
          {t.columns.filed} {count(month.filed)} / {count(month.total)}
        </span>
        {snapshot && (
          <span>
            {t.columns.hash} <code title={snapshot.hash}>{shortHash(snapshot.hash)}</code>
          </span>
        )}
      </PageHead>
      <div className="page-body snap-body">
        {!snapshot && <Empty title={t.month.notFrozen} hint={t.month.notFrozenHint} />}
        {versions.length > 0 && <SnapshotCards versions={versions} shown={shown} onShow={setChosen} />}
        {restatements.length > 0 && <RestatementList restatements={restatements} />}
        {table.error && <ProblemView error={table.error} compact />}
        {table.data && (
          <section className="card">
            <h2>{t.month.table}</h2>
            <TableView table={table.data} />
          </section>
        )}
        <MissingList snapshot={snapshot} unfiled={unfiled} />
      </div>
      {form === 'freeze' && <FreezeForm month={month} unfiled={unfiled} onClose={() => setForm(null)} />}
      {form === 'restate' && <RestateForm month={month} unfiled={unfiled} onClose={() => setForm(null)} />}
      {form === 'publish' && snapshot && <PublishForm period={period} id={snapshot.id} onClose={() => setForm(null)} />}
    </>
  );
}
