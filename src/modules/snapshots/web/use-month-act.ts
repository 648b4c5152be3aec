import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';

/** An act on a month: every page of snapshots and filings is asked anew, and the form closes. */
export function useMonthAct(act: () => Promise<unknown>, said: string, onClose: () => void) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await Promise.all([
        cache.invalidateQueries({ queryKey: ['snapshots'] }),
        cache.invalidateQueries({ queryKey: ['filings'] }),
      ]);
      message.success(said);
      onClose();
    },
  });
}
