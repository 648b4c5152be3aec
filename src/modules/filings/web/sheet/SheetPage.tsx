import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filings } from '../../contract.ts';
import type { SheetPreview } from '../../sheet-contract.ts';
import { keys } from '../keys.ts';
import { SheetDiff } from './SheetDiff.tsx';
import * as text from './text.ts';
import './sheet.css';

const maxBytes = 16 * 2 ** 20;

/** `/filings/sheet`: the month's form goes out as a spreadsheet and comes back; what would change is shown before it does. */
export function SheetPage() {
  const t = useText(text);
  const { today } = useSession();
  const [search] = useSearchParams();
  const period = search.get('period') ?? today.slice(0, 7);
  const call = useClient(filings);
  /** The same file twice is looked at twice: what it is compared with may have changed. */
  const [file, setFile] = useState<{ id: string; turn: number } | null>(null);
  const [done, setDone] = useState<{ saved: number; submitted: number } | null>(null);
  const download = useMutation({
    mutationFn: async () => {
      const file = await call.formSheet({ period });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `${t.title(month(period))}.xlsx`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
  const preview = useQuery({
    queryKey: [...keys.all, 'sheet', period, file],
    queryFn: ({ signal }) => call.previewSheet({ fileId: file!.id, period }, { signal }),
    enabled: file !== null,
    retry: false,
    gcTime: 0,
  });
  return (
    <>
      <PageHead title={t.title(month(period))} crumbs={<Link to={`/filings/mine?period=${period}`}>{t.mine}</Link>} />
      <div className="page-body fs">
        <div className="fs-steps">
          <section className="card">
            <h2>1　{t.steps.get}</h2>
            <p className="soft">{t.steps.getHint}</p>
            <Button onClick={() => download.mutate()} loading={download.isPending}>
              {download.isPending ? t.making : t.download}
            </Button>
            {download.error && <ProblemView error={download.error} compact />}
          </section>
          <section className="card">
            <h2>2　{t.steps.put}</h2>
            <FileDrop
              accept=".xlsx,.xls"
              maxBytes={maxBytes}
              hint={t.steps.putHint}
              onFile={({ id }) => {
                setDone(null);
                setFile((last) => ({ id, turn: (last?.turn ?? 0) + 1 }));
              }}
            />
          </section>
        </div>
        {done && (
          <p className="fs-done" role="status">
            <b>{t.done(done.saved, done.submitted)}</b> <span className="soft">{t.doneHint}</span>{' '}
            <Link to={`/filings/mine?period=${period}`}>{t.mine}</Link>
          </p>
        )}
        {preview.error && !done && <ProblemView error={preview.error} />}
        {preview.isFetching && (
          <p className="soft" role="status">
            {t.reading}
          </p>
        )}
        {preview.data && !preview.isFetching && !done && (
          <Acceptable
            key={preview.data.digest}
            preview={preview.data}
            fileId={file!.id}
            onDone={setDone}
            onStale={() => void preview.refetch()}
          />
        )}
      </div>
    </>
  );
}

function Acceptable({
  preview,
  fileId,
  onDone,
  onStale,
}: {
  preview: SheetPreview;
  fileId: string;
  onDone: (done: { saved: number; submitted: number }) => void;
  onStale: () => void;
}) {
  const t = useText(text);
  const call = useClient(filings);
  const cache = useQueryClient();
  const { period, digest, counts, submittable } = preview;
  const accept = useMutation({
    mutationFn: (as: 'draft' | 'submission') => call.acceptSheet({ fileId, period, digest, as }),
    onSuccess: (done) => {
      onDone(done);
      void cache.invalidateQueries({ queryKey: keys.lists });
      void cache.invalidateQueries({ queryKey: [...keys.all, 'of'] });
    },
    onError: onStale,
  });
  const drafts = preview.rows.filter((row) => row.status === 'changed' && !row.canSubmit).length;
  const changed = counts.changed ?? 0;
  return (
    <>
      <div className="fs-act">
        {submittable > 0 && (
          <Button type="primary" size="large" loading={accept.isPending} onClick={() => accept.mutate('submission')}>
            {drafts > 0 ? t.submitAnd(submittable, drafts) : t.submit(submittable)}
          </Button>
        )}
        {changed > 0 && (
          <Button size="large" disabled={accept.isPending} onClick={() => accept.mutate('draft')}>
            {t.draft(changed)}
          </Button>
        )}
        {submittable + changed === 0 && <span className="soft">{t.nothing}</span>}
        <span className="soft">
          {preview.fileName} · {t.unit(preview.unit, preview.unitCell)}
        </span>
      </div>
      {accept.error && <ProblemView error={accept.error} compact />}
      <SheetDiff preview={preview} />
    </>
  );
}
