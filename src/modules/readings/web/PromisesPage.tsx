import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, dash, yiWithUnit } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type PromiseLine, readings } from '../contract.ts';
import { PromiseSteps, useDrift } from './PromiseSteps.tsx';
import { ReadingTabs } from './ReadingTabs.tsx';
import './readings.css';
import * as text from './text.ts';

const states = ['overdue', 'broken', 'open', 'kept'] as const;
const shapes: Record<PromiseLine['state'], string> = { overdue: '■', broken: '▲', open: '○', kept: '●' };

/** `/promises`: what was promised of each project, how far it drifted, and how each unit keeps its promises. */
export function PromisesPage() {
  const t = useText(text);
  const language = useLanguage();
  const drift = useDrift();
  const api = useClient(readings);
  const [state, setState] = useState<PromiseLine['state'] | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const page = useQuery({
    queryKey: ['readings', 'promises', state],
    queryFn: ({ signal }) => api.promises(state ? { state } : {}, { signal }),
    placeholderData: keepPreviousData,
  });
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const { lines, league } = page.data;
  const said = (line: PromiseLine, at: 0 | -1) => {
    const step = line.steps.filter((s) => s.kind !== 'kept').at(at) ?? line.steps.at(at)!;
    return step.by ?? (step.amountYuan === null ? dash : yiWithUnit(step.amountYuan, language));
  };
  return (
    <>
      <PageHead
        title={t.promisesTitle}
        actions={<Button href={urlOf(readings, 'promiseTable', { language })}>{t.export}</Button>}
      />
      <ReadingTabs />
      <div className="page-body reading-body">
        <p className="muted">{t.promisesHint}</p>
        <div className="chips">
          <button type="button" className={state === null ? 'chip on' : 'chip'} onClick={() => setState(null)}>
            {t.all}
          </button>
          {states.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={state === one}
              className={state === one ? 'chip on' : 'chip'}
              onClick={() => setState(one)}
            >
              {shapes[one]} {t.states[one]}
            </button>
          ))}
        </div>
        {lines.length === 0 ? (
          <Empty title={t.noPromises} hint={t.noPromisesHint} />
        ) : (
          <>
            <section className="card">
              <ScrollX label={t.promisesTitle}>
                <table className="plain promise-table">
                  <thead>
                    <tr>
                      <th>{t.promise.project}</th>
                      <th>{t.promise.unit}</th>
                      <th>{t.promise.what}</th>
                      <th>{t.promise.state}</th>
                      <th>{t.promise.first}</th>
                      <th>{t.promise.now}</th>
                      <th>{t.promise.drift}</th>
                      <th className="num">{t.promise.told}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {lines.map((line) => {
                      const key = `${line.projectId ?? line.projectName} ${line.what}`;
                      const isOpen = open === key;
                      return (
                        <Fragment key={key}>
                          <tr>
                            <th scope="row">
                              {line.projectId ? (
                                <Link to={`/projects/${line.projectId}`}>{line.projectName}</Link>
                              ) : (
                                <>
                                  {line.projectName} <small className="tag">{t.unregistered}</small>
                                </>
                              )}{' '}
                              {line.demo && <small className="tag">{t.demo}</small>}
                            </th>
                            <td>{line.unitName ?? dash}</td>
                            <td className="nowrap">{t.whats[line.what]}</td>
                            <td className={`nowrap promise-${line.state}`}>
                              {shapes[line.state]} {t.states[line.state]}
                            </td>
                            <td className="nowrap">{said(line, 0)}</td>
                            <td className="nowrap">{said(line, -1)}</td>
                            <td className="nowrap">{drift(line, line.fromFirst)}</td>
                            <td className="num">
                              <button
                                type="button"
                                className="link"
                                aria-expanded={isOpen}
                                aria-label={`${t.promise.told}：${line.projectName}`}
                                onClick={() => setOpen(isOpen ? null : key)}
                              >
                                {count(line.steps.length)}
                              </button>
                            </td>
                          </tr>
                          {isOpen && (
                            <tr>
                              <td colSpan={8}>
                                <PromiseSteps line={line} />
                              </td>
                            </tr>
                          )}
                        </Fragment>
                      );
                    })}
                  </tbody>
                </table>
              </ScrollX>
            </section>
            <section className="card">
              <h2>{t.league}</h2>
              <ScrollX label={t.league}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{t.leagueColumns.unit}</th>
                      {(['promises', 'kept', 'broken', 'overdue', 'open', 'moved', 'mean'] as const).map((column) => (
                        <th key={column} className="num">
                          {t.leagueColumns[column]}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {league.map((row) => (
                      <tr key={row.unitId ?? row.unitName ?? ''}>
                        <th scope="row">{row.unitName ?? t.noUnit}</th>
                        {(['promises', 'kept', 'broken', 'overdue', 'open', 'moved'] as const).map((column) => (
                          <td key={column} className="num">
                            {count(row[column])}
                          </td>
                        ))}
                        <td className="num">{row.meanDays === null ? dash : t.driftDays(row.meanDays)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            </section>
          </>
        )}
      </div>
    </>
  );
}
