import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Allowed } from '#core/web/session.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { DataGrid, type GridColumn } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, rate, wan } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { useLocalRows } from '#core/web/ui/rows.ts';
import { enrolment, type Overview, type OverviewRow } from '../contract.ts';
import { stateWords } from '../flow.ts';
import { EnrolmentTabs } from './EnrolmentTabs.tsx';
import './enrolment.css';
import { keys } from './keys.ts';
import { marksOf } from './show.ts';
import * as text from './text.ts';

const groups = ['late', 'warn', 'normal', 'unknown'] as const;
type Group = (typeof groups)[number];
const groupOf = (row: OverviewRow): Group => row.lamp ?? 'unknown';

/** Who has begun and is not enrolled: red first, then yellow, each by days since the start. */
export function OpenPage() {
  const t = useText(text);
  const language = useLanguage();
  const navigate = useNavigate();
  const api = useClient(enrolment);
  const [params, setParams] = useSearchParams();
  const asked = groups.find((group) => group === params.get('lamp'));
  const found = useQuery({ queryKey: keys.overview, queryFn: ({ signal }) => api.overview({}, { signal }) });
  useLiveRefetch(['enrolment.*', 'projects.*', 'dispatch.*'], [keys.overview]);
  const data = found.data;
  const rows = useMemo(
    () =>
      data?.rows
        .filter((row) => asked === undefined || groupOf(row) === asked)
        .toSorted((a, b) => groups.indexOf(groupOf(a)) - groups.indexOf(groupOf(b))),
    [data, asked],
  );
  const source = useLocalRows(rows, { error: found.error, retry: () => void found.refetch() });
  const columns = useColumns();
  return (
    <>
      <PageHead
        title={t.title}
        note={data && t.asOf(data.asOf)}
        actions={
          <>
            <Allowed permission="enrolment.statistics">
              <Button onClick={() => void navigate('/enrolment/import')}>{t.importList}</Button>
            </Allowed>
            <Button href={urlOf(enrolment, 'exportOverview', { language })} download>
              {t.export}
            </Button>
          </>
        }
      />
      <EnrolmentTabs />
      {found.error && !data && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {data && <Figures data={data} />}
      {data && (
        <div className="chips">
          <button
            type="button"
            className={asked ? 'chip' : 'chip on'}
            aria-pressed={!asked}
            onClick={() => setParams({}, { replace: true })}
          >
            {t.all} <b>{data.rows.length}</b>
          </button>
          {groups
            .filter((group) => data.lamps[group] > 0)
            .map((group) => (
              <button
                key={group}
                type="button"
                className={asked === group ? 'chip on' : 'chip'}
                aria-pressed={asked === group}
                onClick={() => setParams({ lamp: group }, { replace: true })}
              >
                {group !== 'unknown' && <Light value={group} />} {t.lampWords[group]} <b>{data.lamps[group]}</b>
              </button>
            ))}
        </div>
      )}
      {data && (
        <div className="en-grid">
          <DataGrid
            id="enrolment.open"
            label={t.open.label}
            columns={columns}
            rowKey={(row) => row.projectId}
            rowName={(row) => row.name}
            source={source}
            onOpen={(row) => void navigate(`/projects/${row.projectId}#enrolment`)}
            empty={<Empty title={t.open.none} />}
          />
        </div>
      )}
      <p className="en-notice page">{t.notice}</p>
    </>
  );
}

function Figures({ data }: { data: Overview }) {
  const t = useText(text);
  const f = t.figures;
  const figure = (value: string, label: string, more?: string) => (
    <div className="en-figure">
      <b className="num">{value}</b>
      <span>{label}</span>
      {more && <small className="muted">{more}</small>}
    </div>
  );
  return (
    <div className="en-figures">
      {figure(
        rate(data.projects.enrolled, data.projects.due),
        `${f.rate}${t.comma}${f.projects(count(data.projects.enrolled), count(data.projects.due))}`,
        f.items(count(data.items.enrolled), count(data.items.due)),
      )}
      {figure(
        rate(data.large.enrolled, data.large.due),
        f.large,
        f.projects(count(data.large.enrolled), count(data.large.due)),
      )}
      {figure(count(data.rows.length), f.open)}
      {figure(count(data.states.submitted), f.submitted)}
      {figure(count(data.states.returned), f.returned)}
    </div>
  );
}

function useColumns(): GridColumn<OverviewRow>[] {
  const t = useText(text);
  const o = t.open;
  const words = useWords();
  return [
    {
      key: 'lamp',
      title: o.lamp,
      width: 76,
      render: (row) => (row.lamp ? <Light value={row.lamp} /> : <span className="muted">{t.none}</span>),
    },
    {
      key: 'days',
      title: o.days,
      width: 64,
      align: 'end',
      render: (row) => (row.days === null ? t.none : count(row.days)),
    },
    {
      key: 'name',
      title: o.project,
      width: 260,
      grow: true,
      always: true,
      tip: (row) => row.name,
      render: (row) => (
        <>
          <Link to={`/projects/${row.projectId}#enrolment`}>{row.name}</Link>
          {row.demo && <span className="sample">{t.sample}</span>}
        </>
      ),
    },
    { key: 'county', title: o.county, width: 96, render: (row) => row.countyName ?? t.none },
    { key: 'lead', title: o.lead, width: 150, render: (row) => row.leadName ?? t.none },
    { key: 'total', title: o.total, unit: t.wan, width: 100, align: 'end', render: (row) => wan(row.totalYuan) },
    { key: 'started', title: o.started, width: 96, render: (row) => row.startedOn ?? t.none },
    {
      key: 'state',
      title: o.state,
      width: 132,
      render: (row) => <span className={`en-state ${row.state}`}>{words(stateWords[row.state])}</span>,
    },
    {
      key: 'missing',
      title: o.missing,
      width: 96,
      render: (row) =>
        row.missing.length === 0 ? (
          <span className="muted">{o.complete}</span>
        ) : (
          marksOf(row.missing.map((kind) => ({ kind })))
        ),
    },
    {
      key: 'hits',
      title: o.hits,
      width: 76,
      align: 'end',
      render: (row) =>
        row.hits > 0 ? <span className="warn">{o.hitCount(row.hits)}</span> : <span className="muted">{t.none}</span>,
    },
  ];
}
