import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { OutputOf } from '#core/shared/contract.ts';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { organization } from '../contract.ts';
import * as text from './text.ts';

type Endpoints = (typeof organization)['endpoints'];
type Answer<K extends keyof Endpoints> = UseQueryResult<OutputOf<Endpoints[K]>>;

/** Everything read from this module stands under one key: any change may touch tree, page and people at once. */
const key = 'organization';

export function useTree(asOf: string | undefined, showRetired = false): Answer<'tree'> {
  const api = useClient(organization);
  return useQuery({
    queryKey: [key, 'tree', asOf ?? null, showRetired],
    queryFn: ({ signal }) => api.tree({ ...(asOf && { asOf }), ...(showRetired && { showRetired }) }, { signal }),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
}

export function useUnit(id: string, asOf: string | undefined): Answer<'unit'> {
  const api = useClient(organization);
  return useQuery({
    queryKey: [key, 'unit', id, asOf ?? null],
    queryFn: ({ signal }) => api.unit({ id, ...(asOf && { asOf }) }, { signal }),
  });
}

export function useUnitHistory(id: string): Answer<'unitHistory'> {
  const api = useClient(organization);
  return useQuery({ queryKey: [key, 'history', id], queryFn: ({ signal }) => api.unitHistory({ id }, { signal }) });
}

export function usePersons(find: string, showEnded: boolean): Answer<'persons'> {
  const api = useClient(organization);
  return useQuery({
    queryKey: [key, 'persons', find, showEnded],
    queryFn: ({ signal }) => api.persons({ text: find, ...(showEnded && { showEnded }) }, { signal }),
    placeholderData: (before) => before,
  });
}

export function usePerson(id: string): Answer<'person'> {
  const api = useClient(organization);
  return useQuery({ queryKey: [key, 'person', id], queryFn: ({ signal }) => api.person({ id }, { signal }) });
}

export function useRegions(showEnded = false): Answer<'regions'> {
  const api = useClient(organization);
  return useQuery({
    queryKey: [key, 'regions', showEnded],
    queryFn: ({ signal }) => api.regions(showEnded ? { showEnded } : {}, { signal }),
    staleTime: 60_000,
  });
}

/** A command of this module: on success says so and reads anew whatever is shown. */
export function useCommand<I, O>(send: (input: I) => Promise<O>, say?: (output: O) => string) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const t = useText(text);
  return useMutation({
    mutationFn: send,
    onSuccess: async (output) => {
      void message.success(say?.(output) ?? t.act.saved);
      await cache.invalidateQueries({ queryKey: [key] });
    },
  });
}

/** Somebody else's change shows without a reload. */
export function useLiveOrganization(): void {
  const cache = useQueryClient();
  useLive(['organization.*'], () => void cache.invalidateQueries({ queryKey: [key] }));
}
