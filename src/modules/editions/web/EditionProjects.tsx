import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count, dash, wan } from '#core/web/ui/format.ts';
import { Light, type LightValue, lightOrder } from '#core/web/ui/Light.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { editions } from '../contract.ts';
import * as text from './text.ts';

const pageSize = 50;

/** The projects of an edition as they were sealed, by light or those that turned; a unit sees its own. */
export function EditionProjects({ period, version }: { period: string; version: number }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(editions);
  const [filter, setFilter] = useState<LightValue | 'turned' | null>('turned');
  const [offset, setOffset] = useState(0);
  const page = useQuery({
    queryKey: ['editions', 'projects', period, version, filter, offset],
    queryFn: ({ signal }) =>
      api.projects(
        {
          period,
          version,
          offset,
          limit: pageSize,
          ...(filter === 'turned' ? { turned: 'true' } : filter === null ? {} : { light: filter }),
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
  const choose = (next: typeof filter) => {
    setFilter(next);
    setOffset(0);
  };
  const total = page.data?.total ?? 0;
  return (
    <section className="card">
      <h2>
        {t.projectsTitle} <small className="muted">{t.projectsSay(count(total))}</small>
      </h2>
      <div className="chips">
        <button
          type="button"
          className={filter === 'turned' ? 'chip on' : 'chip'}
          aria-pressed={filter === 'turned'}
          onClick={() => choose('turned')}
        >
          {t.turned}
        </button>
        {lightOrder.map((light) => (
          <button
            key={light}
            type="button"
            className={filter === light ? 'chip on' : 'chip'}
            aria-pressed={filter === light}
            onClick={() => choose(light)}
          >
            <Light value={light} />
          </button>
        ))}
        <button
          type="button"
          className={filter === null ? 'chip on' : 'chip'}
          aria-pressed={filter === null}
          onClick={() => choose(null)}
        >
          {t.all}
        </button>
      </div>
      {page.error && <ProblemView error={page.error} compact />}
      {page.data?.rows.length === 0 && <p className="muted">{filter === 'turned' ? t.noneTurned : t.nobody}</p>}
      {page.data && page.data.rows.length > 0 && (
        <>
          <ScrollX label={t.projectsTitle}>
            <table className="plain edition-projects">
              <thead>
                <tr>
                  <th>{t.project.name}</th>
                  <th>{t.project.county}</th>
                  <th>{t.project.lead}</th>
                  <th>{t.project.light}</th>
                  <th>{t.project.before}</th>
                  <th>{t.project.why}</th>
                  <th className="num">{t.project.plan}</th>
                  <th className="num">{t.project.done}</th>
                </tr>
              </thead>
              <tbody>
                {page.data.rows.map((row) => (
                  <tr key={row.id}>
                    <th scope="row">
                      <Link to={`/projects/${row.id}`}>{row.name}</Link>{' '}
                      {row.demo && <small className="tag">{t.demo}</small>}
                    </th>
                    <td>{row.county ?? dash}</td>
                    <td>{row.lead ?? dash}</td>
                    <td className="nowrap">
                      <Light value={row.light} />
                    </td>
                    <td className="nowrap">
                      {row.previousLight ? <Light value={row.previousLight as LightValue} /> : dash}
                    </td>
                    <td>{row.why ? words(row.why) : dash}</td>
                    <td className="num">{wan(row.planYuan)}</td>
                    <td className="num">{wan(row.doneYuan)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
          {total > pageSize && (
            <p className="edition-pages">
              <Button size="small" disabled={offset === 0} onClick={() => setOffset(offset - pageSize)}>
                {t.previousPage}
              </Button>
              <span>{t.pageOf(count(offset + 1), count(Math.min(total, offset + pageSize)), count(total))}</span>
              <Button size="small" disabled={offset + pageSize >= total} onClick={() => setOffset(offset + pageSize)}>
                {t.nextPage}
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}
