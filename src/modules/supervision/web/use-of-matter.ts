import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { supervision } from '../contract.ts';

/** Supervision of one matter; both slots of its page ask once. */
export function useOfMatter(id: string) {
  const api = useClient(supervision);
  return useQuery({
    queryKey: ['supervision', 'matter', id],
    queryFn: ({ signal }) => api.ofMatter({ id }, { signal }),
  });
}
