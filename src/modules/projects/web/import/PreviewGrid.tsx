import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { DataGrid } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { useWindowedRows } from '#core/web/ui/rows.ts';
import { organization } from '#modules/organization/contract.ts';
import { projects } from '../../contract.ts';
import { type Import, type ImportRow, type RowStatus, rowStatuses } from '../../import-contract.ts';
import { previewColumns } from './preview-columns.tsx';
import * as text from './text.ts';

type Tab = 'all' | 'withIssue' | RowStatus;

/** Every row of the ledger with what would happen to it; rows come in windows, so 50,000 scroll like fifty. */
export function PreviewGrid({ found }: { found: Import }) {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(projects);
  const organizationApi = useClient(organization);
  const [tab, setTab] = useState<Tab>('all');
  const regions = useQuery({
    queryKey: ['organization', 'regions'],
    queryFn: ({ signal }) => organizationApi.regions({}, { signal }),
    staleTime: 300_000,
  });
  const columns = useMemo(() => {
    const names = new Map(regions.data?.map((region) => [region.code, region.name]));
    return previewColumns(found, { language, t, regionName: (code) => names.get(code) ?? code });
  }, [found, language, t, regions.data]);
  const wanted = tab === 'all' ? {} : tab === 'withIssue' ? { withIssue: 'true' } : { status: tab };
  const source = useWindowedRows<ImportRow>({
    queryKey: ['projects', 'import', found.id, 'rows', found.revision, tab],
    loadRange: (offset, limit, signal) => api.importRows({ id: found.id, ...wanted, offset, limit }, { signal }),
  });
  const all = rowStatuses.reduce((sum, status) => sum + found.counts[status], 0);
  const tabs: { id: Tab; label: string; count: number }[] = [
    { id: 'all', label: t.all, count: all },
    ...rowStatuses.map((status) => ({ id: status, label: t.statuses[status], count: found.counts[status] })),
    { id: 'withIssue', label: t.withIssue, count: found.counts.refused + found.warned },
  ];
  return (
    <section className="import-preview" aria-label={t.preview}>
      <div className="tabs">
        {tabs.map(({ id, label, count }) => (
          <button key={id} type="button" aria-current={tab === id ? 'page' : undefined} onClick={() => setTab(id)}>
            {label} <span className="n">{count}</span>
          </button>
        ))}
        <span className="legend muted">{t.moneyUnit}</span>
        {found.counts.refused > 0 && (
          <Button size="small" href={urlOf(projects, 'importRefused', { id: found.id, language })} download>
            {t.exportRefused}
          </Button>
        )}
      </div>
      <DataGrid<ImportRow>
        id="projects.import"
        label={t.preview}
        columns={columns}
        rowKey={(row) => String(row.row)}
        rowName={(row) => row.name}
        rowClass={(row) => `import-row ${row.status}`}
        source={source}
        empty={<Empty title={t.emptyPreview} />}
      />
    </section>
  );
}
