import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type Client, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { lifecycle } from '../contract.ts';
import * as text from './text.ts';

export function useLife(id: string) {
  const api = useClient(lifecycle);
  useLiveRefetch(['lifecycle.*', 'projects.*'], [['lifecycle']]);
  return useQuery({
    queryKey: ['lifecycle', 'life', id],
    queryFn: ({ signal }) => api.life({ id }, { signal }),
    placeholderData: (before) => (before?.projectId === id ? before : undefined),
  });
}

/** A command of this module: says that it is saved, lets everything be read again, then does what follows. */
export function useCommand<I, O>(
  send: (api: Client<typeof lifecycle>, input: I) => Promise<O>,
  done?: (answer: O) => void,
) {
  const t = useText(text);
  const api = useClient(lifecycle);
  const cache = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (input: I) => send(api, input),
    onSuccess: (answer) => {
      void message.success(t.saved);
      void cache.invalidateQueries({ queryKey: ['lifecycle'] });
      void cache.invalidateQueries({ queryKey: ['projects'] });
      done?.(answer);
    },
  });
}
