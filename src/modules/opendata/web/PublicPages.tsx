import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count, date, rate, yi, yiWithUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { opendata, type PublicProject } from '../contract.ts';
import { type PublicField, publicFieldWords } from '../public-fields.ts';
import './opendata.css';
import * as text from './text.ts';

/** Everything that is public, by name. No account is needed and none is known here. */
export function PublicListPage() {
  const t = useText(text);
  const api = useClient(opendata);
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const list = useInfiniteQuery({
    queryKey: ['opendata', 'public', q],
    queryFn: ({ pageParam, signal }) => api.publicList({ ...(q && { q }), offset: pageParam, limit: 50 }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((n, page) => n + page.projects.length, 0);
      return shown < last.total ? shown : undefined;
    },
    placeholderData: (before) => before,
  });
  const first = list.data?.pages[0];
  return (
    <main className="public-page">
      <header>
        <h1>{t.public.title}</h1>
        {first && (
          <p className="muted">{[t.public.by(first.headquarters), t.public.total(count(first.total))].join(t.comma)}</p>
        )}
      </header>
      <Input.Search
        aria-label={t.public.search}
        placeholder={t.public.search}
        defaultValue={q}
        allowClear
        onSearch={(value) => setParams(value ? { q: value } : {}, { replace: true })}
      />
      {list.error && <ProblemView error={list.error} onRetry={() => void list.refetch()} />}
      {first?.total === 0 && <p className="muted">{t.public.none}</p>}
      <ul className="public-list">
        {list.data?.pages.flatMap((page) =>
          page.projects.map((p) => (
            <li key={p.id}>
              <Link to={`/public/${p.id}`}>{p.name}</Link>
              {p.demo && <span className="sample">{t.sample}</span>}
              {p.region && <small className="muted">{p.region}</small>}
            </li>
          )),
        )}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.public.more}
        </Button>
      )}
    </main>
  );
}

/** One project as everybody may see it: only what was marked, nothing to click that needs an account. */
export function PublicProjectPage() {
  const t = useText(text);
  const { id = '' } = useParams();
  const api = useClient(opendata);
  const found = useQuery({
    queryKey: ['opendata', 'public', 'one', id],
    queryFn: ({ signal }) => api.publicProject({ id }, { signal }),
    retry: false,
  });
  return (
    <main className="public-page">
      <Link to="/public">{t.public.back}</Link>
      {found.error && <p>{t.public.missing}</p>}
      {found.data && <Body project={found.data} />}
    </main>
  );
}

function Body({ project: p }: { project: PublicProject }) {
  const t = useText(text);
  const words = useWords();
  const dates = (d: { planned: string | null; actual: string | null }) =>
    `${t.public.planned} ${date(d.planned)}${t.comma}${t.public.actual} ${d.actual ?? t.public.notYet}`;
  const rows: [PublicField, ReactNode][] = [
    ['stage', p.stage && (t.stages[p.stage] ?? p.stage)],
    ['code', p.code],
    ['board', p.board],
    ['tiers', p.tiers?.join(t.sep)],
    ['region', p.region],
    ['address', p.address],
    ['owner', p.owner],
    ['lead', p.lead],
    ['total', p.total != null && yiWithUnit(p.total)],
    ['plan', p.plan != null && `${t.public.year(p.year!)} ${yiWithUnit(p.plan)}`],
    ['done', p.done != null && [yiWithUnit(p.done), p.plan && rate(p.done, p.plan)].filter(Boolean).join(t.comma)],
    ['start', p.start && dates(p.start)],
    ['finish', p.finish && dates(p.finish)],
    ['content', p.content],
  ];
  return (
    <article>
      <header>
        <h1>
          {p.name} {p.demo && <span className="sample">{t.sample}</span>}
        </h1>
        <p className="muted">
          {[t.public.by(p.headquarters), t.public.asOf(p.asOf), p.demo && t.sampleNote].filter(Boolean).join(t.comma)}
        </p>
      </header>
      <dl className="public-facts">
        {rows
          .filter(([, value]) => value)
          .map(([field, value]) => (
            <div key={field}>
              <dt>{words(publicFieldWords[field])}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {p.milestones && p.milestones.length > 0 && (
        <section>
          <h2>{t.public.milestones}</h2>
          <table className="plain">
            <thead>
              <tr>
                <th>{t.public.milestones}</th>
                <th>{t.public.due}</th>
                <th>{t.public.reached}</th>
              </tr>
            </thead>
            <tbody>
              {p.milestones.map((m) => (
                <tr key={`${m.name} ${m.due}`}>
                  <td>{m.name}</td>
                  <td>{date(m.due)}</td>
                  <td>{m.actual ?? t.public.notYet}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {p.contracts && p.contracts.length > 0 && (
        <section>
          <h2>{t.public.contracts}</h2>
          <table className="plain">
            <thead>
              <tr>
                <th>{t.public.contracts}</th>
                <th>{t.public.supplier}</th>
                <th>{t.public.signed}</th>
                <th className="num">{t.public.amount}</th>
              </tr>
            </thead>
            <tbody>
              {p.contracts.map((c) => (
                <tr key={`${c.title} ${c.signedOn}`}>
                  <td>{c.title}</td>
                  <td>{c.supplier}</td>
                  <td>{date(c.signedOn)}</td>
                  <td className="num">{yi(c.yuan)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </article>
  );
}
