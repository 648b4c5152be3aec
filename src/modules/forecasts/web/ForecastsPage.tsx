import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { LineChart } from '#core/web/charts/LineChart.tsx';
import { useClient } from '#core/web/client.ts';
import { Slot } from '#core/web/Slot.tsx';
import { useCan } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, date, month, rate, yi } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { forecasts } from '../contract.ts';
import type { CityForecast } from '../shapes.ts';
import './forecasts.css';
import * as text from './text.ts';

const page = 50;
type Which = 'short' | 'doubtful' | 'late' | 'all';

/** The year's end of all projects within reach, those that will hardly reach their plan, and what past forecasts were worth. */
export function ForecastsPage() {
  const t = useText(text);
  const api = useClient(forecasts);
  const can = useCan();
  const { message } = App.useApp();
  const found = useQuery({ queryKey: ['forecasts', 'city'], queryFn: ({ signal }) => api.city({}, { signal }) });
  const compute = useMutation({
    mutationFn: () => api.compute({}),
    onSuccess: () => void message.success(t.computing),
  });
  const city = found.data?.city;
  return (
    <>
      <PageHead
        title={t.title}
        note={city && t.note(month(city.origin), count(city.projects))}
        actions={
          can('forecasts.compute') && (
            <Button loading={compute.isPending} onClick={() => compute.mutate()}>
              {t.compute}
            </Button>
          )
        }
      />
      <Slot name="dispatch.page.tabs" />
      <div className="page-body forecasts-body">
        <p className="soft">{t.caution}</p>
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {compute.error && <ProblemView error={compute.error} />}
        {found.data && !city && <Empty title={t.none} hint={t.noneHint} />}
        {city && <Fan city={city} />}
        {city && <ProjectTable />}
        {city && <Tests city={city} />}
      </div>
    </>
  );
}

function Fan({ city }: { city: CityForecast }) {
  const t = useText(text);
  const labels = Array.from({ length: 12 }, (_, i) => month(`${city.year}-${String(i + 1).padStart(2, '0')}`));
  const now = city.done.at(-1) ?? 0;
  const line = (key: 'p10' | 'p25' | 'p50' | 'p75' | 'p90') =>
    labels.map((_, i) => {
      if (i < city.done.length - 1) return null;
      if (i === city.done.length - 1) return now;
      return city.ahead[i - city.done.length]?.spread?.[key] ?? null;
    });
  const end = city.ahead.at(-1);
  return (
    <section className="card">
      <h2>{t.fan}</h2>
      {end?.spread ? (
        <p>
          <b className="forecast-big">{t.between(yi(end.spread.p10), yi(end.spread.p90))}</b>{' '}
          <span className="soft">
            {t.yearEnd} · {t.median(yi(end.spread.p50))} · {t.ofPlan(rate(end.spread.p50, city.planYuan))}
          </span>
        </p>
      ) : (
        <p className="muted">{t.few(count(end?.past ?? 0))}</p>
      )}
      <LineChart
        label={t.fan}
        labels={labels}
        series={[
          { key: 'plan', name: t.plan, kind: 'plan', values: city.plan },
          { key: 'done', name: t.done, kind: 'actual', values: labels.map((_, i) => city.done[i] ?? null) },
          { key: 'middle', name: t.middle, kind: 'clock', values: line('p50') },
        ]}
        bands={[
          { key: 'outer', name: t.outer, low: line('p10'), high: line('p90') },
          { key: 'inner', name: t.inner, low: line('p25'), high: line('p75') },
        ]}
        format={(value) => yi(value)}
        {...(end?.spread && { footer: <p className="soft">{t.bands}</p> })}
      />
    </section>
  );
}

function ProjectTable() {
  const t = useText(text);
  const api = useClient(forecasts);
  const [which, setWhich] = useState<Which>('short');
  const found = useInfiniteQuery({
    queryKey: ['forecasts', 'list', which],
    queryFn: ({ pageParam, signal }) => api.list({ which, offset: pageParam, limit: page }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * page < last.counts[which] ? pages.length * page : undefined),
    placeholderData: (before) => before,
  });
  const counts = found.data?.pages[0]?.counts;
  const rows = found.data?.pages.flatMap((one) => one.rows) ?? [];
  return (
    <section className="card">
      <h2>{t.which}</h2>
      {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {counts && (
        <>
          <div className="forecast-choices">
            <Segmented
              aria-label={t.which}
              value={which}
              options={(['short', 'doubtful', 'late', 'all'] as const).map((value) => ({
                value,
                label: t.whichOf[value](count(counts[value])),
              }))}
              onChange={setWhich}
            />
            {counts.untold > 0 && <small className="muted">{t.untoldNote(count(counts.untold))}</small>}
          </div>
          {rows.length === 0 ? (
            <p className="muted">{t.noRows}</p>
          ) : (
            <ScrollX label={t.which}>
              <table className="plain forecast-table">
                <thead>
                  <tr>
                    <th>{t.project}</th>
                    <th>{t.lead}</th>
                    <th className="num">{t.planned}</th>
                    <th className="num">{t.now}</th>
                    <th className="num">{t.interval}</th>
                    <th className="num">{t.gap}</th>
                    <th>{t.finishPlanned}</th>
                    <th>{t.finishInterval}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.projectId}>
                      <td>
                        <Link to={`/projects/${row.projectId}`}>{row.name}</Link>
                        {row.demo && <small className="muted"> {t.sample}</small>}
                      </td>
                      <td>{row.leadName}</td>
                      <td className="num">{yi(row.planYuan)}</td>
                      <td className="num">{yi(row.doneYuan)}</td>
                      <td className="num nowrap">
                        {row.money ? `${yi(row.money.spread.p10)} — ${yi(row.money.spread.p90)}` : t.untold}
                      </td>
                      <td className="num">{row.money ? yi(row.money.spread.p50 - row.planYuan) : '—'}</td>
                      <td className="nowrap">{date(row.finish?.planned)}</td>
                      <td className="nowrap">
                        {row.finish?.spread ? `${row.finish.spread.p10} — ${row.finish.spread.p90}` : '—'}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )}
          {found.hasNextPage && (
            <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t.more}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Tests({ city: { tests } }: { city: CityForecast }) {
  const t = useText(text);
  const sum = <T,>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
  const line = (rows: readonly { tested: number; inside: number }[]) => {
    const [n, inside] = [sum(rows, (r) => r.tested), sum(rows, (r) => r.inside)];
    return n > 0 ? t.hitOf(count(inside), count(n), rate(inside, n)) : t.noHit;
  };
  const table = (
    label: string,
    heads: readonly string[],
    rows: readonly { key: string; tested: number; inside: number; rest: readonly number[] }[],
  ) => (
    <ScrollX label={label}>
      <table className="plain">
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th key={head} className={i > 0 ? 'num' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, tested, inside, rest }) => (
            <tr key={key}>
              <td>{key}</td>
              <td className="num">{count(tested)}</td>
              <td className="num">{count(inside)}</td>
              <td className="num">{rate(inside, tested)}</td>
              {rest.map((n, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns of a table
                <td key={i} className="num">
                  {count(n)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
  const money = [t.month, t.tested, t.inside, t.rate, t.below, t.above, t.untold];
  const moneyRows = (months: CityForecast['tests']['total']['months']) =>
    months.map((m) => ({ key: month(m.origin), ...m, rest: [m.below, m.above, m.untold] }));
  return (
    <section className="card forecast-tests">
      <h2>{t.hit}</h2>
      <p className="soft">{t.hitNote}</p>
      <h3>
        {t.perProject} · {t.horizon(count(tests.projects.horizon))}
      </h3>
      <p>
        {line(tests.projects.months)} <small className="muted">{t.stretch(tests.projects.stretch.toFixed(2))}</small>
      </p>
      {tests.projects.months.length > 0 && table(t.perProject, money, moneyRows(tests.projects.months))}
      <h3>{t.whole}</h3>
      <p>{line(tests.total.months)}</p>
      {tests.total.months.length > 0 && table(t.whole, money, moneyRows(tests.total.months))}
      <h3>{t.finish}</h3>
      <p>{line(tests.finish)}</p>
      {tests.finish.length > 0 &&
        table(
          t.finish,
          [t.day, t.tested, t.inside, t.rate, t.early, t.late, t.open, t.untold],
          tests.finish.map((f) => ({ key: f.day, ...f, rest: [f.early, f.late, f.open, f.untold] })),
        )}
    </section>
  );
}
