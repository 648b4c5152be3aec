import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useShortcut } from '#core/web/shortcuts.ts';
import { usePageTitle, useText } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filings } from '../contract.ts';
import { CycleButtons } from './CycleButtons.tsx';
import { keys } from './keys.ts';
import { ReviewQueue } from './ReviewQueue.tsx';
import { ReviewSheet } from './ReviewSheet.tsx';
import { isReviewTab, type ReviewTab } from './review-tabs.ts';
import * as text from './text.ts';

/** `/filings/review`: the queue at the left, the filing beside last month and the plan, and the two things a reviewer may do. */
export function ReviewPage() {
  const t = useText(text);
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const period = search.get('period') ?? undefined;
  const wanted = search.get('tab');
  const tab: ReviewTab = isReviewTab(wanted) ? wanted : 'waiting';
  const review = useQuery({
    queryKey: keys.review(period, tab),
    queryFn: ({ signal }) => call.review({ tab, ...(period !== undefined && { period }) }, { signal }),
  });
  const lines = review.data?.filings ?? [];
  const chosen = search.get('id');
  /** Where the reader was: when the shown filing leaves the queue, the one after it takes its place. */
  const place = useRef(0);
  const found = lines.findIndex((f) => f.id === chosen);
  const at = found >= 0 ? found : Math.min(place.current, Math.max(0, lines.length - 1));
  const line = lines[at];
  useEffect(() => {
    place.current = at;
  }, [at]);

  const show = (id: string | undefined, more: Record<string, string> = {}) =>
    setSearch(
      {
        ...(period !== undefined && { period }),
        ...(tab !== 'waiting' && { tab }),
        ...more,
        ...(id !== undefined && { id }),
      },
      { replace: true },
    );
  const step = (by: number) => {
    const next = lines[Math.min(lines.length - 1, Math.max(0, at + by))];
    if (next) show(next.id);
  };
  useShortcut('J', t.review.keyNext, () => step(1));
  useShortcut('K', t.review.keyPrevious, () => step(-1));
  useLive(['filings.*'], () => void cache.invalidateQueries({ queryKey: keys.all }));
  const title = review.data?.cycle ? t.review.title(month(review.data.cycle.period)) : t.nav;
  usePageTitle(title);

  /** After a decision: on to the next in the queue, without waiting for the list to come back. */
  const decided = () => {
    const next = lines[at + 1] ?? lines[at - 1];
    show(next?.id);
    void cache.invalidateQueries({ queryKey: keys.all });
  };
  const clean = tab === 'waiting' ? lines.filter((f) => f.hits.length === 0 && f.allowed.includes('accept')) : [];
  const acceptMany = useMutation({
    mutationFn: () => call.acceptMany({ filings: clean.slice(0, 500).map((f) => ({ id: f.id, seq: f.seq! })) }),
    onSuccess: ({ accepted }) => {
      message.success(t.review.acceptedMany(accepted.length));
      void cache.invalidateQueries({ queryKey: keys.all });
    },
  });

  if (review.error) return <ProblemView error={review.error} onRetry={() => void review.refetch()} />;
  const counts = review.data?.cycle?.counts;
  return (
    <div className="fr">
      <header className="fr-head">
        <h1>{title}</h1>
        {counts && (
          <span className="prog">
            <progress max={counts.total || 1} value={counts.accepted} aria-label={t.review.progress} />
            {t.review.counts(
              counts.accepted,
              counts.total,
              counts.submitted,
              counts.returned,
              counts.opened + counts.draft,
            )}
          </span>
        )}
        <span className="right">
          <span className="fr-keys">
            {t.review.keyMark} <kbd>{t.review.keySpace}</kbd> {t.review.keyPrevious} <kbd>K</kbd> {t.review.keyNext}{' '}
            <kbd>J</kbd> {t.review.accept} <kbd>A</kbd> {t.review.return} <kbd>R</kbd>
          </span>
          <CycleButtons cycle={review.data?.cycle ?? null} />
        </span>
      </header>
      <div className="fr-three">
        <ReviewQueue
          lines={lines}
          counts={counts}
          tab={tab}
          current={line?.id}
          isPending={review.isPending}
          onTab={(next) => setSearch({ ...(period !== undefined && { period }), tab: next }, { replace: true })}
          onChoose={show}
        >
          {clean.length > 0 && (
            <Button size="small" loading={acceptMany.isPending} onClick={() => acceptMany.mutate()}>
              {t.review.acceptClean(clean.length)}
            </Button>
          )}
          {acceptMany.error && <ProblemView error={acceptMany.error} compact />}
        </ReviewQueue>
        {line ? (
          <ReviewSheet key={`${line.id} ${line.seq}`} id={line.id} at={at + 1} of={lines.length} onDecided={decided} />
        ) : (
          <p className="fr-none muted">{review.isPending ? t.loading : t.review.choose}</p>
        )}
      </div>
    </div>
  );
}
