import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { ledger } from '../contract.ts';
import type { Track } from '../kinds.ts';
import { type Dimension, dimensions, type StatisticsInput } from '../statistics-contract.ts';
import { listAddress } from './list-state.ts';
import * as text from './list-text.ts';
import { StatisticsTable } from './StatisticsTable.tsx';
import { TrackCounter } from './TrackCounter.tsx';
import './list.css';

/** ECharts comes with this page only, and after its figures. */
const TrendCharts = lazy(async () => ({ default: (await import('./TrendCharts.tsx')).TrendCharts }));

/** Counters of both tracks, tables by dimension, months, who is late and who waits for whom, as of any day. */
export function StatisticsPage() {
  const t = useText(text).stats;
  const { today } = useSession();
  const api = useClient(ledger);
  const [params, setParams] = useSearchParams();
  const on = dayIn(params.get('on')) ?? today;
  const raisedFrom = dayIn(params.get('from'));
  const by = dimensions.find((one) => one === params.get('by')) ?? 'unit';
  const isPast = on < today;
  const input: StatisticsInput = { ...(isPast && { on }), ...(raisedFrom && { raisedFrom }) };
  const change = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value === null || (name === 'on' && value >= today)) next.delete(name);
    else next.set(name, value);
    setParams(next, { replace: true });
  };
  const ask = <T,>(name: string, read: (signal: AbortSignal) => Promise<T>, rest: object = {}) => ({
    queryKey: ['ledger', name, input, rest],
    queryFn: ({ signal }: { signal: AbortSignal }) => read(signal),
  });
  const board = useQuery(ask('board', (signal) => api.board(input, { signal })));
  const rows = useQuery(ask('statistics', (signal) => api.statistics({ ...input, by }, { signal }), { by }));
  const trend = useQuery(ask('trend', (signal) => api.trend(input, { signal })));
  const blocking = useQuery(ask('blocking', (signal) => api.blocking(input, { signal })));
  useLiveRefetch(
    ['ledger.*'],
    [
      ['ledger', 'board'],
      ['ledger', 'statistics'],
    ],
  );
  const problem = board.error ?? rows.error;
  const span = raisedFrom ? { raisedOn: { from: raisedFrom } } : {};
  /** Figures of the past open nothing: the list shows how matters stand now. */
  const trackList = (track: Track) => (isPast ? null : { ...span, track: { values: [track] } });
  return (
    <>
      <PageHead
        title={t.title}
        crumbs={<Link to="/matters">{t.back}</Link>}
        note={isPast ? t.asOfPast(on) : undefined}
      />
      <div className="ml-page">
        <div className="ml-tools">
          <DayField label={t.asOf} value={on} to={today} onChange={(day) => change('on', day)} />
          <DayField label={t.raisedFrom} value={raisedFrom} to={on} onChange={(day) => change('from', day)} />
        </div>
        {problem ? <ProblemView error={problem} onRetry={() => void board.refetch()} /> : null}
        <div className="ml-two">
          <TrackCounter track="onSpot" counts={board.data?.onSpot} filters={trackList('onSpot')} />
          <TrackCounter track="assigned" counts={board.data?.assigned} filters={trackList('assigned')} />
        </div>
        <section className="card">
          <nav className="tabs" aria-label={t.title}>
            {dimensions.map((one: Dimension) => (
              <button
                key={one}
                type="button"
                aria-current={one === by ? 'page' : undefined}
                onClick={() => change('by', one)}
              >
                {t.by[one]}
              </button>
            ))}
          </nav>
          <StatisticsTable by={by} rows={rows.data} span={isPast ? null : span} />
          <p className="muted">{t.definitions}</p>
        </section>
        <section className="card">
          <h2 className="h">{t.trend}</h2>
          {trend.data && (
            <Suspense fallback={<p className="page-wait">…</p>}>
              <TrendCharts months={trend.data} />
            </Suspense>
          )}
        </section>
        <div className="ml-two">
          <section className="card">
            <h2 className="h">{t.overdueUnits}</h2>
            {board.data?.overdueUnits.length === 0 && <p className="muted">{t.noOverdue}</p>}
            {board.data && board.data.overdueUnits.length > 0 && (
              <ScrollX label={t.overdueUnits}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th scope="col">{t.unit}</th>
                      <th scope="col" className="num">
                        {t.overdue}
                      </th>
                      <th scope="col" className="num">
                        {t.open}
                      </th>
                      <th scope="col" className="num">
                        {t.worst}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {board.data.overdueUnits.slice(0, 15).map((unit) => (
                      <tr key={unit.unitId ?? ''}>
                        <th scope="row">{unit.unitName ?? t.noUnit}</th>
                        <td className="num">
                          {isPast ? (
                            unit.overdue
                          ) : (
                            <Link
                              to={listAddress({
                                unitId: unit.unitId,
                                unitName: unit.unitName,
                                filters: { ...span, light: { values: ['red'] } },
                              })}
                            >
                              {unit.overdue}
                            </Link>
                          )}
                        </td>
                        <td className="num">{unit.open}</td>
                        <td className="num">{unit.worstDays === null ? '—' : t.days(String(unit.worstDays))}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            )}
          </section>
          <section className="card">
            <h2 className="h">{t.blocking}</h2>
            <p className="muted">{blocking.data?.length === 0 ? t.noBlocking : t.blockingHint}</p>
            {blocking.data && blocking.data.length > 0 && (
              <ScrollX label={t.blocking}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th scope="col">{t.blocked}</th>
                      <th scope="col">{t.blocker}</th>
                      <th scope="col" className="num">
                        {t.matters}
                      </th>
                      <th scope="col" className="num">
                        {t.overdue}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {blocking.data.slice(0, 15).map((pair) => (
                      <tr key={`${pair.blockedUnitId} ${pair.blockerUnitId}`}>
                        <th scope="row">{pair.blockedUnitName ?? t.noUnit}</th>
                        <td>{pair.blockerUnitName ?? t.noUnit}</td>
                        <td className="num">{pair.matters}</td>
                        <td className="num">{pair.overdue}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            )}
          </section>
        </div>
        {board.data && board.data.inspections.length > 0 && (
          <section className="card">
            <h2 className="h">{t.inspections}</h2>
            <ScrollX label={t.inspections}>
              <table className="plain">
                <thead>
                  <tr>
                    <th scope="col">{t.inspections}</th>
                    {[t.objects, t.findings, t.groups, t.onSpot, t.assigned, t.closed].map((head) => (
                      <th key={head} scope="col" className="num">
                        {head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {board.data.inspections.map((one) => (
                    <tr key={one.inspection}>
                      <th scope="row">{one.inspection}</th>
                      {[one.objects, one.findings, one.groups, one.onSpot, one.assigned, one.closed].map((n, i) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places
                        <td key={i} className="num">
                          {n}
                        </td>
                      ))}
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

const dayIn = (value: string | null): string | null => (value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null);
