import { Link } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, dash, moment, month } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { YearPage } from '#core/web/ui/YearPage.tsx';
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
  return (
    <YearPage
      name="snapshots"
      title={t.title}
      verifyLabel={t.verify}
      live={['snapshots.*', 'filings.*']}
      read={(year, signal) => api.months({ year }, { signal })}
      verify={(signal) => api.verify({}, { signal })}
      tabs={<SnapshotTabs />}
      className="snap-body"
      checked={(check) => <ChainResult check={check} />}
    >
      {({ months }) =>
        months.length === 0 ? (
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
                  {[...months].reverse().map((row) => (
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
        )
      }
    </YearPage>
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
