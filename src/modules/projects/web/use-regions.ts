import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { organization } from '#modules/organization/contract.ts';

const none: never[] = [];

/** The city's table of regions: to choose from, and to judge codes against. Empty until it is there. */
export function useRegions() {
  const api = useClient(organization);
  const regions = useQuery({
    queryKey: ['organization', 'regions'],
    queryFn: ({ signal }) => api.regions({}, { signal }),
    staleTime: 300_000,
  });
  return regions.data ?? none;
}
