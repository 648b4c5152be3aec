import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useCan } from '#core/web/session.tsx';
import { usePageTitle, useText } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Filing, filings } from '../contract.ts';
import { DueNote } from './DueNote.tsx';
import { FilingAside } from './FilingAside.tsx';
import { FilingForm } from './FilingForm.tsx';
import { FilingSummary } from './FilingSummary.tsx';
import { keys } from './keys.ts';
import * as text from './text.ts';

const isFiled = (state: Filing['state']): boolean =>
  state === 'submitted' || state === 'accepted' || state === 'exempt';

/** `/filings/:projectId/:period`: one project's month, for a thumb on a phone and for a keyboard on a desk. */
export function FilingPage() {
  const t = useText(text);
  const { projectId = '', period = '' } = useParams();
  const call = useClient(filings);
  const cache = useQueryClient();
  const key = keys.of(projectId, period);
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => call.find({ projectId, period }, { signal }) });
  const canFile = useCan()('filings.file');
  const mine = useQuery({
    queryKey: keys.mine(period),
    queryFn: ({ signal }) => call.mine({ period }, { signal }),
    // Who only reads has no list of months to file.
    enabled: found.data !== undefined && canFile,
    retry: false,
  });
  const withdraw = useMutation({
    mutationFn: ({ id, seq }: { id: string; seq: number }) => call.withdraw({ id, seq }),
    onSuccess: (filing) => {
      cache.setQueryData(key, filing);
      void cache.invalidateQueries({ queryKey: keys.lists });
    },
  });
  useLive(['filings.*'], (event) => {
    if (event.topic !== 'live.resumed' && event.projectId !== projectId) return;
    void cache.invalidateQueries({ queryKey: key });
    void cache.invalidateQueries({ queryKey: keys.lists });
  });
  const filing = found.data;
  usePageTitle(filing && `${filing.projectName} · ${t.title(month(period))}`);
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!filing) return <p className="page-wait">{t.loading}</p>;

  const all = mine.data?.filings.filter((f) => f.state !== 'exempt') ?? [];
  const at = all.findIndex((f) => f.projectId === projectId);
  const done = all.filter((f) => isFiled(f.state)).length;
  const next = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))].find((f) => !isFiled(f.state));
  const nextLink = next ? (
    <Link to={`/filings/${next.projectId}/${next.period}`}>{t.form.next(next.projectName)}</Link>
  ) : all.length > 0 && isFiled(filing.state) ? (
    t.form.allDone
  ) : null;

  return (
    <div className="fp-both">
      <div className="fp">
        <header className="fp-top">
          <p className="row">
            {canFile ? (
              <Link to={`/filings/mine?period=${period}`}>‹ {t.form.back(all.length)}</Link>
            ) : (
              <Link to={`/projects/${projectId}`}>‹ {filing.projectName}</Link>
            )}
            {at >= 0 && <span>{t.form.place(at + 1, done)}</span>}
          </p>
          <h1>
            {filing.projectName}
            {filing.light && <Light value={filing.light} lamp />}
            {filing.demo && <span className="sample">{t.demo}</span>}
          </h1>
          <p className="facts">
            {t.title(month(period))} · <DueNote filing={filing} /> · {t.unitNote}
          </p>
        </header>
        {filing.allowed.includes('submit') ? (
          <FilingForm key={filing.id} filing={filing} foot={nextLink} />
        ) : (
          <>
            {withdraw.error && <ProblemView error={withdraw.error} compact />}
            <FilingSummary
              filing={filing}
              isBusy={withdraw.isPending}
              onWithdraw={() => filing.seq !== null && withdraw.mutate({ id: filing.id, seq: filing.seq })}
            />
            {nextLink && <p className="fp-next">{nextLink}</p>}
          </>
        )}
      </div>
      <FilingAside filing={filing} />
    </div>
  );
}
