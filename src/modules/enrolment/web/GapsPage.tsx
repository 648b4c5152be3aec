import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Allowed } from '#core/web/session.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { DataGrid, type GridColumn } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { useLocalRows } from '#core/web/ui/rows.ts';
import { enrolment, type GapRow, type Gaps } from '../contract.ts';
import { gapCauseWords } from '../gap.ts';
import { EnrolmentTabs } from './EnrolmentTabs.tsx';
import './enrolment.css';
import { ExplainForm } from './ExplainForm.tsx';
import { keys } from './keys.ts';
import { gapShare, signed, wanExact } from './show.ts';
import * as text from './text.ts';

/** Both figures of a month for every enrolled project, the largest gap first, with totals of those that have both. */
export function GapsPage() {
  const t = useText(text);
  const language = useLanguage();
  const navigate = useNavigate();
  const api = useClient(enrolment);
  const [params, setParams] = useSearchParams();
  const [explaining, setExplaining] = useState<GapRow | null>(null);
  const asked = params.get('period');
  const isOnly = params.get('only') === '1';
  const found = useQuery({
    queryKey: keys.gaps(asked),
    queryFn: ({ signal }) => api.gaps({ ...(asked && { period: asked }) }, { signal }),
    placeholderData: (before) => before,
  });
  useLiveRefetch(['enrolment.*', 'filings.accepted'], [['enrolment', 'gaps']]);
  const data = found.data;
  const rows = useMemo(
    () => data?.rows.filter((row) => !isOnly || (row.needsExplanation && row.explanation === null)),
    [data, isOnly],
  );
  const source = useLocalRows(rows, { error: found.error, retry: () => void found.refetch() });
  const columns = useColumns(data, setExplaining);
  const set = (key: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(key);
        else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  const canPick = data !== undefined && data.period !== null;
  return (
    <>
      <PageHead
        title={t.title}
        note={canPick && t.unitNote}
        actions={
          <>
            {canPick && (
              <Select
                aria-label={t.pair.period}
                value={data.period!}
                popupMatchSelectWidth={false}
                options={data.periods.map((value) => ({ value, label: month(value, language) }))}
                onChange={(value) => set('period', value)}
              />
            )}
            <Allowed permission="enrolment.statistics">
              <Button onClick={() => void navigate('/enrolment/import')}>{t.importList}</Button>
            </Allowed>
            <Button
              href={urlOf(enrolment, 'exportOverview', { language, ...(data?.period && { period: data.period }) })}
              download
            >
              {t.export}
            </Button>
          </>
        }
      />
      <EnrolmentTabs />
      {found.error && !data && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {data && data.period === null && <Empty title={t.gaps.none} hint={t.gaps.noneHint} />}
      {canPick && (
        <>
          <div className="chips">
            <span>{t.gaps.both(count(data.both.projects))}</span>
            {data.onlyStatistics.projects > 0 && (
              <span>{t.gaps.onlyStatistics(count(data.onlyStatistics.projects))}</span>
            )}
            {data.onlyDispatch.projects > 0 && <span>{t.gaps.onlyDispatch(count(data.onlyDispatch.projects))}</span>}
            <button
              type="button"
              className={isOnly ? 'chip on' : 'chip'}
              aria-pressed={isOnly}
              disabled={data.unexplained === 0 && !isOnly}
              onClick={() => set('only', isOnly ? null : '1')}
            >
              {data.unexplained > 0 ? t.gaps.unexplained(data.unexplained) : t.gaps.allExplained}
            </button>
          </div>
          <div className="en-grid">
            <DataGrid
              id="enrolment.gaps"
              label={t.gaps.label}
              columns={columns}
              rowKey={(row) => row.projectId}
              rowName={(row) => row.name}
              source={source}
              onOpen={(row) => void navigate(`/projects/${row.projectId}#enrolment`)}
              totals={<span>{`${t.gaps.total}　${t.gaps.both(count(data.both.projects))}`}</span>}
              empty={<Empty title={t.gaps.allExplained} />}
            />
          </div>
        </>
      )}
      <p className="en-notice page">{t.notice}</p>
      {explaining && (
        <ExplainForm projectId={explaining.projectId} pair={explaining} onClose={() => setExplaining(null)} />
      )}
    </>
  );
}

function useColumns(data: Gaps | undefined, explain: (row: GapRow) => void): GridColumn<GapRow>[] {
  const t = useText(text);
  const p = t.pair;
  const words = useWords();
  const both = data?.both;
  const gap = both ? both.dispatchYuan - both.statisticsYuan : null;
  return [
    {
      key: 'name',
      title: t.open.project,
      width: 180,
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
    {
      key: 'statistics',
      title: p.statistics,
      unit: t.wan,
      width: 112,
      align: 'end',
      render: (row) => wanExact(row.statisticsYuan),
      total: both && wanExact(both.statisticsYuan),
    },
    {
      key: 'dispatch',
      title: p.dispatch,
      unit: t.wan,
      width: 112,
      align: 'end',
      render: (row) => wanExact(row.dispatchYuan),
      total: both && wanExact(both.dispatchYuan),
    },
    {
      key: 'gap',
      title: p.gap,
      unit: t.wan,
      width: 104,
      align: 'end',
      render: (row) => <span className={row.needsExplanation ? 'warn' : ''}>{signed(row.gapYuan)}</span>,
      total: signed(gap),
    },
    {
      key: 'share',
      title: p.share,
      width: 80,
      align: 'end',
      render: (row) => gapShare(row.gapYuan, row.statisticsYuan),
      total: both && gapShare(gap, both.statisticsYuan),
    },
    {
      key: 'explanation',
      title: p.explanation,
      width: 300,
      tip: (row) => row.explanation?.text,
      render: (row) => (
        <>
          {row.explanation ? (
            `${words(gapCauseWords[row.explanation.cause])}：${row.explanation.text}`
          ) : row.needsExplanation ? (
            row.allowed.includes('explain') ? (
              <button type="button" className="en-link warn" onClick={() => explain(row)}>
                {t.explain.needed}
              </button>
            ) : (
              <span className="warn">{t.explain.needed}</span>
            )
          ) : (
            <span className="muted">{t.none}</span>
          )}
        </>
      ),
    },
    { key: 'county', title: t.open.county, width: 96, render: (row) => row.countyName ?? t.none },
    {
      key: 'source',
      title: p.source,
      width: 200,
      tip: (row) => row.source?.document,
      render: (row) => (row.source ? `${row.source.issuedOn} ${row.source.document}` : t.none),
    },
  ];
}
