import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useShortcut } from '#core/web/shortcuts.ts';
import { usePageTitle, useText, useWords } from '#core/web/text.ts';
import { count, month } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filings, type ReviewTab } from '../contract.ts';
import { periodName, shortPeriod } from '../period.ts';
import { CycleButtons } from './CycleButtons.tsx';
import * as cycleText from './cycle-text.ts';
import { FilingTabs } from './FilingTabs.tsx';
import { keys } from './keys.ts';
import { ReviewQueue } from './ReviewQueue.tsx';
import { ReviewSheet } from './ReviewSheet.tsx';
import { isReviewTab } from './review-tabs.ts';
import * as text from './text.ts';

/** `/filings/review`: the queue at the left, the filing beside last month and the plan, and the two things a reviewer may do. */
export function ReviewPage() {
  const t = useText(text);
  const c = useText(cycleText);
  const words = useWords();
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
  const cycle = review.data?.cycle ?? null;
  const here = review.data?.cycles.find((one) => one.period === cycle?.period);
  const others = review.data?.cycles.filter((one) => one.waiting + one.elsewhere > 0 || one === here) ?? [];
  const title = !cycle
    ? t.nav
    : cycle.kind === 'monthly'
      ? t.review.title(month(cycle.period))
      : c.review.title(words(periodName(cycle.period)));
  usePageTitle(title);

  /** After a decision: on to the next in the queue, without waiting for the list to come back. */
  const decided = () => {
    const next = lines[at + 1] ?? lines[at - 1];
    show(next?.id);
    void cache.invalidateQueries({ queryKey: keys.all });
  };
  const yes = tab === 'waiting' && lines.some((f) => f.allowed.includes('accept')) ? 'accept' : 'pass';
  const clean = tab === 'waiting' ? lines.filter((f) => f.hits.length === 0 && f.allowed.includes(yes)) : [];
  const acceptMany = useMutation({
    mutationFn: () => {
      const wanted = { filings: clean.slice(0, 500).map((f) => ({ id: f.id, seq: f.seq! })) };
      return yes === 'accept' ? call.acceptMany(wanted) : call.passMany(wanted);
    },
    onSuccess: ({ accepted }) => {
      message.success(c.review.passedMany(accepted.length));
      void cache.invalidateQueries({ queryKey: keys.all });
    },
  });

  if (review.error) return <ProblemView error={review.error} onRetry={() => void review.refetch()} />;
  const counts = cycle?.counts;
  return (
    <div className="fr">
      <FilingTabs />
      <header className="fr-head">
        <h1>{title}</h1>
        {counts && (
          <span className="prog">
            <progress max={counts.total || 1} value={counts.accepted + counts.frozen} aria-label={t.review.progress} />
            {t.review.counts(
              counts.accepted + counts.frozen,
              counts.total,
              counts.submitted,
              counts.returned,
              counts.opened + counts.draft + counts.checked,
            )}
          </span>
        )}
        <span className="right">
          <span className="fr-keys">
            {t.review.keyMark} <kbd>{t.review.keySpace}</kbd> {t.review.keyPrevious} <kbd>K</kbd> {t.review.keyNext}{' '}
            <kbd>J</kbd> {t.review.accept} <kbd>A</kbd> {t.review.return} <kbd>R</kbd>
          </span>
          {cycle?.kind !== 'weekly' && <CycleButtons cycle={cycle?.kind === 'monthly' ? cycle : null} />}
        </span>
      </header>
      {others.length > 1 && (
        <nav className="chips fr-cycles" aria-label={c.review.cycles}>
          {others.map((one) => (
            <button
              key={one.period}
              type="button"
              className={one.period === cycle?.period ? 'chip on' : 'chip'}
              aria-pressed={one.period === cycle?.period}
              onClick={() => setSearch({ period: one.period }, { replace: true })}
            >
              {words(shortPeriod(one.period))} {c.kinds[one.kind]} <b>{count(one.waiting)}</b>
            </button>
          ))}
        </nav>
      )}
      <div className="fr-three">
        <ReviewQueue
          lines={lines}
          counts={counts}
          here={here}
          tab={tab}
          current={line?.id}
          isPending={review.isPending}
          onTab={(next) => setSearch({ ...(period !== undefined && { period }), tab: next }, { replace: true })}
          onChoose={show}
        >
          {clean.length > 0 && (
            <Button size="small" loading={acceptMany.isPending} onClick={() => acceptMany.mutate()}>
              {c.review.passClean(clean.length)}
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
