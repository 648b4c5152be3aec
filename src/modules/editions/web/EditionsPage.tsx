import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, dash, moment, month } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { YearPage } from '#core/web/ui/YearPage.tsx';
import { editions, type MonthLine } from '../contract.ts';
import './editions.css';
import * as text from './text.ts';

const shapes: Record<MonthLine['state'], string> = { open: '○', trial: '◐', sealed: '■', published: '●', changed: '▲' };

/** `/editions`: the months of a year and how far each has come. Those who do not prepare see what is published. */
export function EditionsPage() {
  const t = useText(text);
  const can = useCan();
  const api = useClient(editions);
  return (
    <YearPage
      name="editions"
      title={t.title}
      verifyLabel={t.verify}
      live={['editions.*', 'filings.*']}
      read={(year, signal) => api.months({ year }, { signal })}
      {...(can('editions.prepare') && { verify: (signal: AbortSignal) => api.verify({}, { signal }) })}
      className="edition-body"
      checked={({ broken, count: all }) => (
        <p role="status" className={broken ? 'edition-bad' : 'edition-good'}>
          {broken ? t.broken(broken.period, broken.version) : t.whole(count(all))}
        </p>
      )}
    >
      {({ months, canPrepare }) =>
        months.length === 0 ? (
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
                  {[...months].reverse().map((row) => (
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
        )
      }
    </YearPage>
  );
}
