import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useCan } from '#core/web/session.tsx';
import { usePageTitle, useText, useWords } from '#core/web/text.ts';
import { moment, month } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filings } from '../contract.ts';
import { isFiled } from '../flow.ts';
import { periodName } from '../period.ts';
import { copiedAt } from './copies.ts';
import { RequestButton } from './correction/RequestButton.tsx';
import { DueNote } from './DueNote.tsx';
import { FilingAside } from './FilingAside.tsx';
import { FilingForm } from './FilingForm.tsx';
import { FilingSummary } from './FilingSummary.tsx';
import { keys } from './keys.ts';
import { LeftBehind } from './LeftBehind.tsx';
import * as offline from './offline-text.ts';
import { shortMoment } from './show.ts';
import * as text from './text.ts';
import { useFiling, useMine } from './use-mine.ts';

/** `/filings/:projectId/:period`: one project's month, for a thumb on a phone and for a keyboard on a desk. */
export function FilingPage() {
  const t = useText(text);
  const o = useText(offline);
  const words = useWords();
  const { projectId = '', period = '' } = useParams();
  const call = useClient(filings);
  const cache = useQueryClient();
  const key = keys.of(projectId, period);
  const found = useFiling(projectId, period);
  const canFile = useCan()('filings.file');
  // Who only reads has no list of months to file.
  const mine = useMine(period, found.data !== undefined && canFile);
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
  const named = filing && filing.kind !== 'monthly' ? words(periodName(period)) : month(period);
  const title = t.title(named);
  usePageTitle(filing && `${filing.projectName} · ${title}`);
  const kept = copiedAt(filing);
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
            {title} · <DueNote filing={filing} />
            {filing.kind === 'monthly' && <> · {t.unitNote}</>}
          </p>
          {kept && <p className="facts">{o.box.copyOf(shortMoment(moment(kept)))}</p>}
        </header>
        {filing.allowed.includes('submit') ? (
          <FilingForm key={filing.id} filing={filing} foot={nextLink} />
        ) : (
          <>
            <LeftBehind filing={filing} />
            {withdraw.error && <ProblemView error={withdraw.error} compact />}
            <FilingSummary
              filing={filing}
              isBusy={withdraw.isPending}
              onWithdraw={() => filing.seq !== null && withdraw.mutate({ id: filing.id, seq: filing.seq })}
            />
            <RequestButton filing={filing} />
            {nextLink && <p className="fp-next">{nextLink}</p>}
          </>
        )}
      </div>
      <FilingAside filing={filing} />
    </div>
  );
}
