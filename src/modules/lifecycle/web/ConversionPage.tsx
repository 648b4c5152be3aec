import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { OutputOf } from '#core/shared/contract.ts';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { drawerMask } from '#core/web/ui/FormDrawer.tsx';
import { count, rate, yiWithUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { lifecycle } from '../contract.ts';
import { stageWords } from '../gates.ts';
import { type FunnelStep, funnelSteps } from '../shapes.ts';
import { ReserveHead } from './ReserveHead.tsx';
import * as text from './text.ts';

interface Asked {
  list: 'conversion' | 'funnel';
  year: number;
  step: FunnelStep | 'entered' | 'withdrawn' | 'open';
  who: 'reached' | 'missing';
  title: string;
}

/** How many of those who entered or signed in a year came on, by name; and who should have begun and has not. */
export function ConversionPage() {
  const t = useText(text).conversion;
  const api = useClient(lifecycle);
  const [asked, setAsked] = useState<Asked | null>(null);
  useLiveRefetch(['lifecycle.*', 'projects.imported'], [['lifecycle']]);
  const page = useQuery({
    queryKey: ['lifecycle', 'cohorts'],
    queryFn: ({ signal }) => api.cohorts({}, { signal }),
  });
  const { data } = page;
  const figure = (both: { projects: number; items: number }, ask: Asked) => (
    <button type="button" className="link" disabled={both.projects === 0} onClick={() => setAsked(ask)}>
      {count(both.projects)}
      {both.items !== both.projects && <small>{t.items(count(both.items))}</small>}
    </button>
  );
  return (
    <>
      <ReserveHead tab={t.title} />
      <div className="page-body life-columns">
        {page.error && <ProblemView error={page.error} onRetry={() => void page.refetch()} />}
        {data && (
          <>
            <section className="card">
              <h2>
                {t.reserveTitle} <small>{t.reserveNote}</small>
              </h2>
              {data.conversion.length === 0 ? (
                <p className="muted">{t.noneYet}</p>
              ) : (
                <ScrollX label={t.reserveTitle}>
                  <table className="plain">
                    <thead>
                      <tr>
                        <th>{t.year}</th>
                        {(['entered', 'started', 'withdrawn', 'open', 'rate'] as const).map((head) => (
                          <th key={head} className="num">
                            {t[head]}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {data.conversion.map((row) => (
                        <tr key={row.year}>
                          <td>{row.year}</td>
                          {(['entered', 'started', 'withdrawn', 'open'] as const).map((step) => (
                            <td key={step} className="num">
                              {figure(row[step], {
                                list: 'conversion',
                                year: row.year,
                                step,
                                who: 'reached',
                                title: t.membersTitle(row.year, t[step]),
                              })}
                            </td>
                          ))}
                          <td className="num">
                            <b>{rate(row.started.projects, row.entered.projects)}</b>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </ScrollX>
              )}
            </section>
            <section className="card">
              <h2>
                {t.funnelTitle} <small>{t.funnelNote}</small>
              </h2>
              {data.funnel.length === 0 ? (
                <p className="muted">{t.noneYet}</p>
              ) : (
                <ScrollX label={t.funnelTitle}>
                  <table className="plain">
                    <thead>
                      <tr>
                        <th>{t.year}</th>
                        {funnelSteps.map((step) => (
                          <th key={step} className="num">
                            {t.steps[step]}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {data.funnel.map(({ year, steps }) => (
                        <tr key={year}>
                          <td>{year}</td>
                          {funnelSteps.map((step, i) => {
                            const before = i === 0 ? null : steps[funnelSteps[i - 1]!];
                            return (
                              <td key={step} className="num">
                                {figure(steps[step], {
                                  list: 'funnel',
                                  year,
                                  step,
                                  who: 'reached',
                                  title: t.membersTitle(year, t.steps[step]),
                                })}
                                {step === 'signed' ? (
                                  <small>{yiWithUnit(steps.signed.yuan)}</small>
                                ) : (
                                  <small>
                                    {t.rates[step]} {rate(steps[step].projects, before?.projects)}
                                    {before && before.projects > steps[step].projects && (
                                      <>
                                        {' · '}
                                        <button
                                          type="button"
                                          className="link"
                                          onClick={() =>
                                            setAsked({
                                              list: 'funnel',
                                              year,
                                              step,
                                              who: 'missing',
                                              title: t.missingTitle(year, t.steps[step]),
                                            })
                                          }
                                        >
                                          {t.members.missing}
                                        </button>
                                      </>
                                    )}
                                  </small>
                                )}
                              </td>
                            );
                          })}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </ScrollX>
              )}
              {data.undated > 0 && <p className="muted">{t.undated(data.undated)}</p>}
            </section>
            <section className="card">
              <h2>
                {t.overdueTitle} <small>{t.overdueNote(data.startLimitMonths)}</small>
                {data.overdueStarts.length > 0 && <span className="to muted">{t.more(data.overdueStarts.length)}</span>}
              </h2>
              <OverdueTable rows={data.overdueStarts} />
            </section>
          </>
        )}
      </div>
      {asked && <MembersDrawer asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function OverdueTable({ rows }: { rows: OutputOf<typeof lifecycle.endpoints.cohorts>['overdueStarts'] }) {
  const all = useText(text);
  const t = all.conversion;
  const [limit, setLimit] = useState(20);
  if (rows.length === 0) return <p className="muted">{t.none}</p>;
  return (
    <ScrollX label={t.overdueTitle}>
      <table className="plain">
        <thead>
          <tr>
            <th>{all.grid.name}</th>
            <th>{all.grid.county}</th>
            <th>{all.grid.lead}</th>
            <th className="num">{all.grid.total}</th>
            <th>{t.signedOn}</th>
            <th className="num">{t.over}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <tr key={row.projectId}>
              <td>
                <Link to={`/projects/${row.projectId}`}>{row.name}</Link>
              </td>
              <td>{row.countyName}</td>
              <td>{row.leadName}</td>
              <td className="num nowrap">{yiWithUnit(row.totalYuan)}</td>
              <td className="nowrap">{row.from}</td>
              <td className="num nowrap">{t.overDays(row.overDays)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > limit && (
        <button type="button" className="link" onClick={() => setLimit((n) => n + 100)}>
          {t.more(rows.length)}
        </button>
      )}
    </ScrollX>
  );
}
function MembersDrawer({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const all = useText(text);
  const t = all.conversion;
  const words = useWords();
  const api = useClient(lifecycle);
  const { list, year, step, who } = asked;
  const members = useQuery({
    queryKey: ['lifecycle', 'members', list, year, step, who],
    queryFn: ({ signal }) => api.cohortMembers({ list, year, step, who }, { signal }),
  });
  return (
    <Drawer open title={asked.title} size={640} onClose={onClose} styles={{ mask: drawerMask }}>
      {members.error && <ProblemView compact error={members.error} onRetry={() => void members.refetch()} />}
      {members.data?.length === 0 && <p className="muted">{t.listEmpty}</p>}
      {members.data && members.data.length > 0 && (
        <ScrollX label={asked.title}>
          <table className="plain">
            <thead>
              <tr>
                <th>{all.grid.name}</th>
                <th>{all.grid.stage}</th>
                <th>{t.from}</th>
                <th>{t.on}</th>
                <th className="num">{t.took}</th>
              </tr>
            </thead>
            <tbody>
              {members.data.map((row) => (
                <tr key={row.projectId}>
                  <td>
                    <Link to={`/projects/${row.projectId}`}>{row.name}</Link>
                  </td>
                  <td>{words(stageWords[row.stage])}</td>
                  <td className="nowrap">{row.from}</td>
                  <td className="nowrap">{who === 'reached' ? (row.on ?? '—') : '—'}</td>
                  <td className="num nowrap">
                    {row.days !== null && who === 'reached' ? all.gate.nDays(row.days) : '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </Drawer>
  );
}
