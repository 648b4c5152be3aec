import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type Client, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { funding } from '../contract.ts';
import * as text from './text.ts';

export function useProjectFunding(id: string, year: number) {
  const api = useClient(funding);
  useLiveRefetch(['funding.*', 'filings.accepted', 'projects.planChanged'], [['funding']]);
  return useQuery({
    queryKey: ['funding', 'project', id, year],
    queryFn: ({ signal }) => api.project({ id, year }, { signal }),
    placeholderData: (before) => (before?.projectId === id ? before : undefined),
  });
}

/** A command of this module: says that it is saved, lets every figure be read again, then does what follows. */
export function useCommand<I, O>(
  send: (api: Client<typeof funding>, input: I) => Promise<O>,
  done?: (answer: O) => void,
) {
  const t = useText(text);
  const api = useClient(funding);
  const cache = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (input: I) => send(api, input),
    onSuccess: (answer) => {
      void message.success(t.saved);
      void cache.invalidateQueries({ queryKey: ['funding'] });
      void cache.invalidateQueries({ queryKey: ['projects'] });
      done?.(answer);
    },
  });
}
