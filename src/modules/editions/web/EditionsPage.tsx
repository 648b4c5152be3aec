import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, dash, moment, month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { editions, type MonthLine } from '../contract.ts';
import './editions.css';
import * as text from './text.ts';

const shapes: Record<MonthLine['state'], string> = { open: '○', trial: '◐', sealed: '■', published: '●', changed: '▲' };

/** `/editions`: the months of a year and how far each has come. Those who do not prepare see what is published. */
export function EditionsPage() {
  const t = useText(text);
  const can = useCan();
  const api = useClient(editions);
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const thisYear = Number(today.slice(0, 4));
  const year = Number(params.get('year') ?? thisYear);
  const page = useQuery({
    queryKey: ['editions', 'months', year],
    queryFn: ({ signal }) => api.months({ year }, { signal }),
  });
  const check = useQuery({
    queryKey: ['editions', 'verify'],
    queryFn: ({ signal }) => api.verify({}, { signal }),
    enabled: false,
  });
  useLiveRefetch(['editions.*', 'filings.*'], [['editions', 'months']]);
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const { canPrepare } = page.data;
  const rows = [...page.data.months].reverse();
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
            {can('editions.prepare') && (
              <Button loading={check.isFetching} onClick={() => void check.refetch()}>
                {t.verify}
              </Button>
            )}
          </>
        }
      />
      <div className="page-body edition-body">
        {check.error && <ProblemView error={check.error} compact />}
        {check.data && (
          <p role="status" className={check.data.broken ? 'edition-bad' : 'edition-good'}>
            {check.data.broken
              ? t.broken(check.data.broken.period, check.data.broken.version)
              : t.whole(count(check.data.count))}
          </p>
        )}
        {rows.length === 0 ? (
          <Empty
            title={canPrepare ? t.empty : t.emptyPublished}
            hint={canPrepare ? t.emptyHint : t.emptyPublishedHint}
          />
        ) : (
          <section className="card">
            <ScrollX label={t.title}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.columns.month}</th>
                    <th>{t.columns.state}</th>
                    {canPrepare && <th className="num">{t.columns.filed}</th>}
                    <th className="num">{t.columns.editions}</th>
                    <th>{t.columns.published}</th>
                    <th>{t.columns.open}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.period}>
                      <th scope="row" className="nowrap">
                        <Link to={canPrepare ? `/editions/${row.period}` : `/editions/${row.period}/${row.newest}`}>
                          {month(row.period)}
                        </Link>
                      </th>
                      <td className={`nowrap edition-state-${row.state}`}>
                        {shapes[row.state]} {t.state[row.state]}
                      </td>
                      {canPrepare && (
                        <td className={row.filed < row.due ? 'num warn' : 'num'}>
                          {count(row.filed)} / {count(row.due)}
                        </td>
                      )}
                      <td className="num">{row.editions === 0 ? dash : count(row.editions)}</td>
                      <td className="nowrap">{moment(row.publishedAt)}</td>
                      <td className="nowrap">
                        {row.newest !== null && (
                          <Link to={`/editions/${row.period}/${row.newest}`}>{t.edition(row.newest)}</Link>
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
