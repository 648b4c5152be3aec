import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, dash, moment, month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type Month, snapshots } from '../contract.ts';
import { shortHash } from '../head.ts';
import { ChainResult } from './ChainResult.tsx';
import { SnapshotTabs } from './SnapshotTabs.tsx';
import './snapshots.css';
import * as text from './text.ts';

/** `/snapshots`: the months of a year, which are frozen, by whom, under which hash, and whether the chain is whole. */
export function SnapshotsPage() {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(snapshots);
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const thisYear = Number(today.slice(0, 4));
  const year = Number(params.get('year') ?? thisYear);
  const months = useQuery({
    queryKey: ['snapshots', 'months', year],
    queryFn: ({ signal }) => api.months({ year }, { signal }),
  });
  const check = useQuery({
    queryKey: ['snapshots', 'verify'],
    queryFn: ({ signal }) => api.verify({}, { signal }),
    enabled: false,
  });
  useLiveRefetch(['snapshots.*', 'filings.*'], [['snapshots', 'months']]);
  if (months.error) return <ProblemView error={months.error} onRetry={() => void months.refetch()} />;
  if (!months.data) return <p className="page-wait">{t.loading}</p>;
  const rows = [...months.data.months].reverse();
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <>
            <Select
              aria-label={t.year}
              value={year}
              onChange={(value) => setParams(value === thisYear ? {} : { year: String(value) }, { replace: true })}
              options={Array.from({ length: 6 }, (_, i) => ({ value: thisYear - i, label: `${thisYear - i}` }))}
            />
            <Button loading={check.isFetching} onClick={() => void check.refetch()}>
              {t.verify}
            </Button>
          </>
        }
      />
      <SnapshotTabs />
      <div className="page-body snap-body">
        {check.error && <ProblemView error={check.error} compact />}
        {check.data && <ChainResult check={check.data} />}
        {rows.length === 0 ? (
          <Empty title={t.empty} hint={t.emptyHint} />
        ) : (
          <section className="card">
            <ScrollX label={t.title}>
              <table className="plain snap-months">
                <thead>
                  <tr>
                    <th>{t.columns.month}</th>
                    <th>{t.columns.state}</th>
                    <th className="num">{t.columns.filed}</th>
                    <th className="num">{t.columns.exempt}</th>
                    <th className="num">{t.columns.missing}</th>
                    <th>{t.columns.hash}</th>
                    <th>{t.columns.asOf}</th>
                    <th>{t.columns.by}</th>
                    <th>{t.columns.file}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.period}>
                      <th scope="row">
                        <Link to={`/snapshots/${row.period}`}>{month(row.period)}</Link>
                      </th>
                      <td>
                        <MonthState month={row} />
                      </td>
                      <td className="num">
                        {count(row.filed)} / {count(row.total)}
                      </td>
                      <td className="num">{count(row.exempt)}</td>
                      <td className={row.total > row.filed ? 'num snap-missing' : 'num'}>
                        {count(row.snapshot?.missingCount ?? row.total - row.filed)}
                      </td>
                      <td>
                        <code title={row.snapshot?.hash}>{row.snapshot ? shortHash(row.snapshot.hash) : dash}</code>
                      </td>
                      <td className="nowrap">{moment(row.snapshot?.asOf)}</td>
                      <td className="nowrap">{row.snapshot?.createdBy ?? dash}</td>
                      <td className="nowrap">
                        {row.snapshot && (
                          <a href={urlOf(snapshots, 'table', { id: row.snapshot.id, language })}>{t.columns.table}</a>
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

/** One word on how a month stands, with a mark that is legible without colour. */
export function MonthState({ month: { snapshot, changedSince, correcting } }: { month: Month }) {
  const t = useText(text);
  if (!snapshot) return <span className="muted">○ {t.open}</span>;
  return (
    <span className="snap-state">
      <span className="nowrap">■ {snapshot.kind === 'PUBLISHED' ? t.published : t.frozen}</span>
      {snapshot.version > 1 && <small>{t.restated(snapshot.version)}</small>}
      {changedSince > 0 && <small className="snap-due">▲ {t.changed(count(changedSince))}</small>}
      {correcting > 0 && <small>{t.correcting(count(correcting))}</small>}
    </span>
  );
}
