import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count, rate } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { categoryOf } from '../categories.ts';
import { type Coverage, factors } from '../contract.ts';
import { lampLights, lampWords } from '../lamp.ts';
import { FactorHead } from './FactorHead.tsx';
import { keys, topics } from './keys.ts';
import { PoolList } from './PoolList.tsx';
import { amountOf } from './show.ts';
import * as text from './text.ts';

/** 要素保障 of the city: how much of what projects need is secured, and the pools it comes from. */
export function FactorsPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(factors);
  const found = useQuery({ queryKey: keys.coverage, queryFn: ({ signal }) => api.coverage({}, { signal }) });
  useLiveRefetch(topics, [keys.all]);
  const page = found.data;
  const land = page?.coverage.find((c) => c.category === 'land');
  const needing = page ? Object.values(page.lights).reduce((a, b) => a + b, 0) : 0;
  return (
    <>
      <FactorHead note={page && t.asOf(page.asOf)} />
      <div className="page-body factor-city">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {page && (
          <section className="card">
            <h2>
              {t.lamps} <small>{t.lampsNote(needing)}</small>
            </h2>
            <div className="factor-lamps">
              {lampLights.map((light) => (
                <Link key={light} to={`/factors/projects?light=${light}`}>
                  <b className="num">{count(page.lights[light])}</b>
                  <span className="light" data-light={light}>
                    {words(lampWords[light])}
                  </span>
                </Link>
              ))}
              {land && land.needing > 0 && (
                <Link to="/factors/projects?category=land">
                  <b className="num">{rate(land.secured, land.needing)}</b>
                  <span className="soft">
                    {t.landRate} {land.secured} / {land.needing}
                  </span>
                </Link>
              )}
            </div>
          </section>
        )}
        {page && <CoverageTable rows={page.coverage} />}
        {page?.allowed.includes('pools') && <PoolList canAllot={page.allowed.includes('allot')} />}
      </div>
    </>
  );
}

function CoverageTable({ rows }: { rows: readonly Coverage[] }) {
  const t = useText(text);
  const words = useWords();
  return (
    <section className="card">
      <h2>
        {t.coverage} <small>{t.coverageNote}</small>
      </h2>
      <ScrollX label={t.coverage}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.heads.category}</th>
              <th className="num">{t.heads.needing}</th>
              <th className="num">{t.heads.secured}</th>
              <th className="rate-cell">{t.heads.rate}</th>
              <th className="num">{t.heads.amountRate}</th>
              <th className="num">{t.heads.gap}</th>
              <th className="num">{t.heads.overdue}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.category}>
                <th scope="row" className="nowrap">
                  <Link to={`/factors/projects?category=${row.category}`}>{words(categoryOf(row.category).name)}</Link>
                </th>
                <td className="num">{count(row.needing)}</td>
                <td className="num">{count(row.secured)}</td>
                <td className="rate-cell">
                  {row.needing > 0 ? (
                    <RateBar done={row.secured} plan={row.needing} />
                  ) : (
                    <span className="muted">{t.noNeed}</span>
                  )}
                </td>
                <td className="num">{rate(row.supplied, row.demand)}</td>
                <td className="num nowrap">
                  {row.demand > row.supplied ? amountOf(row.category, row.demand - row.supplied, words) : '—'}
                </td>
                <td className="num">
                  {row.overdue > 0 ? (
                    <Link className="late" to={`/factors/projects?category=${row.category}&state=overdue`}>
                      {count(row.overdue)}
                    </Link>
                  ) : (
                    '0'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
