import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useLanguage, usePageTitle, useText } from '#core/web/text.ts';
import { wall } from '../contract.ts';
import { AttentionList } from './AttentionList.tsx';
import { CountyMap } from './CountyMap.tsx';
import { FilingStrip } from './FilingStrip.tsx';
import { Headline } from './Headline.tsx';
import { LightCounts } from './LightCounts.tsx';
import { Ranking } from './Ranking.tsx';
import * as text from './text.ts';
import { WallHead } from './WallHead.tsx';

/** Even without a hint the wall looks again: a minute-old figure on a wall is old. */
const lookAgainMs = 60_000;

/** The command screen: everything of one answer, drawn again whenever something was accepted anywhere. */
export function Wall() {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(wall);
  const cache = useQueryClient();
  usePageTitle(t.title);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const screen = useQuery({
    queryKey: ['wall', 'screen'],
    queryFn: ({ signal }) => api.screen({}, { signal }),
    refetchInterval: lookAgainMs,
    retry: (_count, error) => !(error instanceof ProblemError && (error.status === 401 || error.status === 403)),
    retryDelay: 3_000,
  });
  const boundary = useQuery({
    queryKey: ['wall', 'boundary'],
    queryFn: () => api.boundary({}),
    staleTime: Number.POSITIVE_INFINITY,
    retryDelay: 3_000,
  });
  const refresh = useCoalesced(() => void cache.invalidateQueries({ queryKey: ['wall', 'screen'] }));
  useLive(['filings.*', 'dispatch.*', 'projects.*'], refresh);

  if (screen.error instanceof ProblemError && screen.error.isSignedOut)
    return (
      <p className="wall-note">
        {t.signIn} <a href={`/sign-in?to=${encodeURIComponent('/wall')}`}>{t.signInLink}</a>
      </p>
    );
  if (screen.error instanceof ProblemError && screen.error.status === 403)
    return <p className="wall-note">{t.noRight}</p>;
  if (!screen.data) return <p className="wall-note">{screen.error ? t.failed : t.loading}</p>;
  const { data } = screen;
  return (
    <div className="wall">
      <WallHead screen={data} fetchedAt={screen.dataUpdatedAt} />
      <Headline summary={data.summary} />
      <main>
        <LightCounts counts={data.summary.total.lights} />
        <CountyMap boundary={boundary.data ?? null} points={data.points} summary={data.summary} />
        <AttentionList rows={data.attention} />
        <Ranking groups={data.summary.byCommand} clock={data.summary.clock} before={data.lastMonthRanks} />
      </main>
      <FilingStrip latest={data.latest} cycle={data.cycle} />
    </div>
  );
}

/** Many hints in a burst are one refetch: the first at once, the rest together a moment later. */
function useCoalesced(work: () => void, pauseMs = 400): () => void {
  const [state] = useState(() => ({ waiting: false, again: false }));
  return () => {
    if (state.waiting) {
      state.again = true;
      return;
    }
    work();
    state.waiting = true;
    setTimeout(() => {
      state.waiting = false;
      if (!state.again) return;
      state.again = false;
      work();
    }, pauseMs);
  };
}
