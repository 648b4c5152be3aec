import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ledger, type Outcome } from '../contract.ts';
import * as text from './act-text.ts';
import { matterKeys, matterTopics } from './matter-keys.ts';

export function useMatter(id: string) {
  const call = useClient(ledger);
  useLiveRefetch(matterTopics, [matterKeys.one(id)]);
  return useQuery({
    queryKey: matterKeys.one(id),
    queryFn: ({ signal }) => call.matter({ id }, { signal }),
    // A page that does not exist for this person is not asked for again and again.
    retry: (count, error) => !(error instanceof ProblemError && error.status === 404) && count < 3,
  });
}

export type Saved = keyof typeof text.zh.saved;

/**
 * One act on a matter: sends it, says so, reads the matter again. When somebody was faster (409 moved) the matter is read
 * again too, so that the next try goes out from what stands now; what was typed stays.
 */
export function useAct<I>(
  id: string,
  send: (input: I) => Promise<unknown>,
  done: (input: I) => Saved,
  after?: () => void,
) {
  const t = useText(text);
  const { message } = App.useApp();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (_, input) => {
      void message.success(t.saved[done(input)]);
      void cache.invalidateQueries({ queryKey: matterKeys.all });
      after?.();
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.code === 'moved')
        void cache.invalidateQueries({ queryKey: matterKeys.one(id) });
    },
  });
}

/** Bulk commands answer with a list of refusals; for one matter a refusal is an error like any other. */
export function useOneOf() {
  const words = useWords();
  return async (asked: Promise<Outcome>): Promise<void> => {
    const refused = (await asked).refused[0];
    if (refused)
      throw new ProblemError(
        409,
        { code: 'refused', words: refused.reason, field: null, requestId: null },
        words(refused.reason),
      );
  };
}
