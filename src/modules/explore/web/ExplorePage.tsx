import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Segmented } from 'antd';
import { useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { explore } from '../contract.ts';
import { chartKinds } from '../shapes.ts';
import { CellDrawer } from './CellDrawer.tsx';
import './explore.css';
import { FieldPanel } from './FieldPanel.tsx';
import { PivotChart } from './PivotChart.tsx';
import { type Cell, PivotTable } from './PivotTable.tsx';
import { firstQuestion, useQuestion } from './question.ts';
import * as text from './text.ts';
import { SaveView, ViewList } from './Views.tsx';

/** Any measures by any dimensions, as a table and as pictures; a cell opens to what it is made of. */
export function ExplorePage() {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(explore);
  const { message } = App.useApp();
  const { pivot, chart, view, viewError, ask, draw, open } = useQuestion();
  const [cell, setCell] = useState<Cell | null>(null);
  const [isSaving, setSaving] = useState(false);
  const found = useQuery({
    queryKey: ['explore', 'table', pivot],
    queryFn: async ({ signal }) => ({ table: await api.table({ pivot: pivot! }, { signal }), pivot: pivot! }),
    enabled: pivot !== null,
    placeholderData: (before) => before,
    retry: false,
  });
  useLiveRefetch(
    ['filings.accepted', 'filings.corrected', 'projects.planChanged', 'projects.imported'],
    [['explore', 'table']],
  );
  // Heads and cells belong to the question they were asked with, also while a new one is on its way.
  const shown = found.error ? undefined : found.data;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      void message.success(t.copied);
    } catch {
      void message.info(t.copyByHand);
    }
  };
  const exports = (['xlsx', 'docx', 'pdf'] as const).map((format) => ({
    key: format,
    label: (
      <a
        href={urlOf(explore, 'export', {
          pivot: pivot ?? firstQuestion,
          format,
          title: view?.name ?? '',
          lang: language,
        })}
      >
        {{ xlsx: 'Excel', docx: 'Word', pdf: 'PDF' }[format]}
      </a>
    ),
  }));
  return (
    <>
      <PageHead
        title={view ? `${t.title} · ${view.name}` : t.title}
        tabTitle={t.title}
        note={shown && `${t.note(shown.table.from, shown.table.to)}${shown.table.hasDemo ? ` · ${t.sample}` : ''}`}
        actions={
          <>
            <Button onClick={() => void copy()}>{t.copyLink}</Button>
            <Dropdown menu={{ items: exports }} trigger={['click']} disabled={!shown}>
              <Button>{t.export}</Button>
            </Dropdown>
            <Button type="primary" disabled={!shown} onClick={() => setSaving(true)}>
              {t.save}
            </Button>
          </>
        }
      />
      <div className="page-body explore-body">
        <aside className="card explore-side">
          <ViewList current={view?.id} onOpen={open} />
          {pivot && (
            <details open={typeof matchMedia !== 'function' || !matchMedia('(max-width: 48rem)').matches}>
              <summary>{t.fields}</summary>
              <FieldPanel pivot={pivot} ask={ask} />
              <div className="explore-acts">
                <Button size="small" onClick={() => ask({ rows: pivot.columns, columns: pivot.rows.slice(0, 2) })}>
                  {t.swap}
                </Button>
                <Button size="small" onClick={() => open(null)}>
                  {t.reset}
                </Button>
              </div>
            </details>
          )}
        </aside>
        <div className="card explore-main" aria-busy={found.isFetching}>
          <div className="explore-kinds">
            <Segmented
              aria-label={t.chart}
              value={chart}
              options={chartKinds.map((value) => ({ value, label: t.charts[value] }))}
              onChange={draw}
            />
            <small className="muted">{t.narrow}</small>
          </div>
          {viewError && <ProblemView error={viewError} />}
          {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
          {shown && (
            <>
              {chart !== 'none' && chart !== 'heat' && (
                <PivotChart pivot={shown.pivot} table={shown.table} kind={chart} />
              )}
              <PivotTable pivot={shown.pivot} table={shown.table} isHeat={chart === 'heat'} onOpen={setCell} />
            </>
          )}
        </div>
      </div>
      {shown && cell && (
        <CellDrawer pivot={shown.pivot} table={shown.table} cell={cell} onClose={() => setCell(null)} />
      )}
      {isSaving && pivot && (
        <SaveView
          pivot={pivot}
          chart={chart}
          view={view}
          onClose={() => setSaving(false)}
          onSaved={(id) => {
            setSaving(false);
            open(id);
          }}
        />
      )}
    </>
  );
}
