import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { demonstration } from '../contract.ts';
import * as text from './text.ts';

const key = ['demonstration'];

/** The card after set-up: loads the demonstration, shows each step, then leads to the projects. */
export function LoadCard() {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(demonstration);
  const cache = useQueryClient();
  const status = useQuery({
    queryKey: key,
    queryFn: () => api.status(),
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' || state.data?.state === 'loading' ? 1_000 : false,
  });
  const load = useMutation({ mutationFn: () => api.load(), onSuccess: (loading) => cache.setQueryData(key, loading) });
  const loading = status.data;
  if (!loading) return null;
  const isBusy = loading.state === 'waiting' || loading.state === 'loading';
  if (!isBusy && !loading.isPossible && loading.state !== 'loaded' && loading.state !== 'failed') return null;
  return (
    <section className="card">
      <h2>{t.title}</h2>
      <p>{t.hint}</p>
      {!today.startsWith('2021') && loading.isPossible && <p className="warn">{t.otherYear}</p>}
      {load.error && <ProblemView error={load.error} />}
      {loading.state === 'failed' && <p role="alert">{loading.problem}</p>}
      {loading.state === 'loaded' ? (
        <Link to="/projects">{t.open}</Link>
      ) : isBusy ? (
        <p role="status">{loading.step ? t.steps[loading.step] : t.waiting}</p>
      ) : (
        <Button onClick={() => load.mutate()} loading={load.isPending} disabled={!loading.isPossible}>
          {t.act}
        </Button>
      )}
    </section>
  );
}
