import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { opendata } from '../contract.ts';
import { datasetCodes, datasets } from '../datasets.ts';
import './opendata.css';
import * as text from './text.ts';

/** Where everything leaves the platform: whole tables, and the open standard. */
export function OpenDataPage() {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const api = useClient(opendata);
  const overview = useQuery({
    queryKey: ['opendata', 'overview'],
    queryFn: ({ signal }) => api.overview({}, { signal }),
  });
  const [chosen, setYear] = useState<number | null>(null);
  const found = overview.data;
  const year = chosen ?? found?.years[0];
  return (
    <>
      <PageHead title={t.title} actions={<Button href="/public">{t.page.publicPage}</Button>}>
        {found && <span>{t.page.figures(count(found.publicProjects), count(found.allProjects))}</span>}
      </PageHead>
      <div className="page-body opendata-body">
        {overview.error && <ProblemView error={overview.error} onRetry={() => void overview.refetch()} />}
        <section className="card">
          <h2>
            {t.page.datasets} <small>{t.page.datasetsNote}</small>
          </h2>
          <ScrollX label={t.page.datasets}>
            <table className="plain datasets">
              <thead>
                <tr>
                  <th>{t.page.table}</th>
                  <th>{t.page.year}</th>
                  <th>CSV</th>
                  <th>Excel</th>
                </tr>
              </thead>
              <tbody>
                {datasetCodes.map((code) => {
                  const { byYear, words: name } = datasets[code];
                  const input = { code, language, ...(byYear && year !== undefined && { year }) };
                  return (
                    <tr key={code}>
                      <td>{words(name)}</td>
                      <td>
                        {byYear && found && year !== undefined && (
                          <Select
                            size="small"
                            aria-label={`${words(name)} ${t.page.year}`}
                            value={year}
                            options={found.years.map((value) => ({ value, label: value }))}
                            onChange={setYear}
                          />
                        )}
                      </td>
                      <td>
                        <a
                          href={urlOf(opendata, 'dataset', { ...input, format: 'csv' })}
                          aria-label={`${words(name)} CSV`}
                        >
                          CSV
                        </a>
                      </td>
                      <td>
                        <a
                          href={urlOf(opendata, 'dataset', { ...input, format: 'xlsx' })}
                          aria-label={`${words(name)} Excel`}
                        >
                          Excel
                        </a>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </ScrollX>
        </section>
        <section className="card">
          <h2>
            {t.page.oc4ids} <small>{t.page.oc4idsNote}</small>
          </h2>
          <p>
            <Button href={urlOf(opendata, 'oc4idsAll')}>{t.page.download}</Button>
          </p>
          {found && <Prefix prefix={found.prefix} />}
        </section>
      </div>
    </>
  );
}

function Prefix({ prefix }: { prefix: string | null }) {
  const t = useText(text);
  const can = useCan();
  const api = useClient(opendata);
  const cache = useQueryClient();
  const [value, setValue] = useState(prefix ?? '');
  const isGood = value === '' || /^oc4ids-[a-z0-9]{6}$/.test(value);
  const save = useMutation({
    mutationFn: () => api.setPrefix({ prefix: value === '' ? null : value }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['opendata', 'overview'] }),
  });
  return (
    <div className="prefix">
      <p>
        {t.page.prefix}：{prefix ?? t.page.prefixNone}
      </p>
      {can('opendata.publish') && (
        <p>
          <Input
            aria-label={t.page.prefix}
            value={value}
            placeholder={t.page.prefixHint}
            status={isGood ? '' : 'error'}
            onChange={(event) => setValue(event.target.value.trim())}
          />
          <Button disabled={!isGood || value === (prefix ?? '')} loading={save.isPending} onClick={() => save.mutate()}>
            {t.page.prefixSet}
          </Button>
        </p>
      )}
      {!isGood && <p className="late">{t.page.prefixBad}</p>}
      {save.error && <ProblemView compact error={save.error} />}
    </div>
  );
}
