import { useMutation, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { UploadedFile } from '#core/web/upload.ts';
import { projects } from '../../contract.ts';
import * as text from './text.ts';
import '../projects.css';
import './import.css';

const automatic = '';

/** Where a ledger comes in: drop the file, choose a template if need be; below, what was imported lately. */
export function ImportStart() {
  const t = useText(text);
  const api = useClient(projects);
  const navigate = useNavigate();
  const [templateId, setTemplateId] = useState(automatic);
  const templates = useQuery({
    queryKey: ['projects', 'import', 'templates'],
    queryFn: ({ signal }) => api.importTemplates({}, { signal }),
  });
  const recent = useQuery({
    queryKey: ['projects', 'import', 'recent'],
    queryFn: ({ signal }) => api.imports({}, { signal }),
  });
  const start = useMutation({
    mutationFn: (file: UploadedFile) =>
      api.startImport({ fileId: file.id, fileName: file.name, ...(templateId !== automatic && { templateId }) }),
    onSuccess: ({ id }) => void navigate(`/projects/import/${id}`),
  });
  return (
    <>
      <PageHead title={t.title} crumbs={<Link to="/projects">{t.projects}</Link>} />
      <div className="page-body import-start">
        <FileDrop accept=".xlsx,.xls,.csv" hint={t.drop} onFile={(file) => start.mutate(file)} />
        {(templates.data?.length ?? 0) > 0 && (
          <div className="import-template">
            <span>{t.template}</span>
            <Select
              aria-label={t.template}
              value={templateId}
              popupMatchSelectWidth={false}
              options={[
                { value: automatic, label: t.templateAuto },
                ...(templates.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={setTemplateId}
            />
            <small className="muted">{t.templateHint}</small>
          </div>
        )}
        {start.error && <ProblemView error={start.error} compact />}
        <section className="card">
          <h2>{t.recent}</h2>
          {recent.error && <ProblemView error={recent.error} compact onRetry={() => void recent.refetch()} />}
          {recent.data?.length === 0 && <p className="muted">{t.noRecent}</p>}
          {(recent.data?.length ?? 0) > 0 && (
            <table className="plain">
              <thead>
                <tr>
                  <th>{t.file}</th>
                  <th>{t.result}</th>
                  <th className="num">{t.statuses.new}</th>
                  <th className="num">{t.statuses.changed}</th>
                  <th className="num">{t.statuses.refused}</th>
                  <th>{t.by}</th>
                  <th>{t.at}</th>
                </tr>
              </thead>
              <tbody>
                {recent.data?.map((row) => (
                  <tr key={row.id}>
                    <td>
                      <Link to={`/projects/import/${row.id}`}>{row.fileName}</Link>
                    </td>
                    <td className="nowrap">{t.states[row.state]}</td>
                    <td className="num">{row.counts.new}</td>
                    <td className="num">{row.counts.changed}</td>
                    <td className="num">{row.counts.refused}</td>
                    <td className="nowrap">{row.actorName}</td>
                    <td className="nowrap num">{moment(row.createdAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      </div>
    </>
  );
}
