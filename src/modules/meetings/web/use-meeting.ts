import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useParams } from 'react-router';
import { type Client, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { meetings } from '../contract.ts';
import { keys, topics } from './keys.ts';

/** The meeting of the address, read again when anything about it changes. */
export function useMeeting() {
  const { id = '' } = useParams();
  const api = useClient(meetings);
  const found = useQuery({ queryKey: keys.one(id), queryFn: ({ signal }) => api.meeting({ id }, { signal }) });
  useLiveRefetch(topics, [keys.all]);
  return { id, api, ...found };
}

/** A command of the page: afterwards everything is read again, a refusal is said. */
export function useAct() {
  const api = useClient(meetings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const act = useMutation({
    mutationFn: (work: (api: Client<typeof meetings>) => Promise<unknown>) => work(api),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.all }),
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return {
    run: (work: (api: Client<typeof meetings>) => Promise<unknown>) => act.mutateAsync(work),
    isPending: act.isPending,
  };
}
