import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { UploadedFile } from '#core/web/upload.ts';
import { type Boundary, wall } from '../contract.ts';
import * as text from './text.ts';
import './map-page.css';

const systems = ['WGS-84', 'GCJ-02', 'BD-09'] as const;
const key = ['wall', 'boundary'];

/** Where an administrator hangs up the city's official map. */
export function MapPage() {
  const t = useText(text).page;
  const api = useClient(wall);
  const boundary = useQuery({ queryKey: key, queryFn: ({ signal }) => api.boundary({}, { signal }) });
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <a href="/wall" target="_blank" rel="noreferrer">
            {t.open}
          </a>
        }
      >
        <span>{t.intro}</span>
      </PageHead>
      <div className="page-body wall-map">
        <section className="card">
          <h2>{t.now}</h2>
          {boundary.error && <ProblemView error={boundary.error} onRetry={() => void boundary.refetch()} compact />}
          {boundary.isSuccess && (boundary.data ? <InUse boundary={boundary.data} /> : <p>{t.none}</p>)}
        </section>
        <NewMap />
      </div>
    </>
  );
}

function InUse({ boundary }: { boundary: Boundary }) {
  const t = useText(text);
  const unknown = boundary.areas.filter((area) => area.unitId === null).map((area) => area.name);
  return (
    <>
      <p>
        {t.page.areas(boundary.areas.length)} · {boundary.source} ·{' '}
        {boundary.approvalNo ? t.approval(boundary.approvalNo) : t.standIn}
      </p>
      {unknown.length > 0 && <p className="warn">{t.page.unknown(unknown.join('、'))}</p>}
    </>
  );
}

function NewMap() {
  const t = useText(text).page;
  const api = useClient(wall);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [file, setFile] = useState<UploadedFile | null>(null);
  const [system, setSystem] = useState<(typeof systems)[number]>('WGS-84');
  const [source, setSource] = useState('');
  const [approvalNo, setApprovalNo] = useState('');
  const save = useMutation({
    mutationFn: (fileId: string) => api.setBoundary({ fileId, system, source, approvalNo: approvalNo.trim() || null }),
    onSuccess: (boundary) => {
      cache.setQueryData(key, boundary);
      message.success(t.saved);
      setFile(null);
    },
  });
  return (
    <section className="card">
      <FileDrop accept=".geojson,.json" hint={t.drop} onFile={setFile} />
      {file && (
        <p>
          {t.file}：{file.name}
        </p>
      )}
      <Field label={t.system}>
        {(id) => (
          <Select
            id={id}
            value={system}
            onChange={setSystem}
            options={systems.map((value) => ({ value, label: value }))}
          />
        )}
      </Field>
      <Field label={t.source}>
        {(id) => (
          <Input
            id={id}
            value={source}
            maxLength={200}
            placeholder={t.sourceHint}
            onChange={(event) => setSource(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.approvalNo}>
        {(id) => (
          <Input
            id={id}
            value={approvalNo}
            maxLength={60}
            placeholder={t.approvalHint}
            onChange={(event) => setApprovalNo(event.target.value)}
          />
        )}
      </Field>
      {save.error && <ProblemView error={save.error} compact />}
      <Button
        type="primary"
        disabled={!file || source.trim().length < 2}
        loading={save.isPending}
        onClick={() => file && save.mutate(file.id)}
      >
        {t.save}
      </Button>
    </section>
  );
}
