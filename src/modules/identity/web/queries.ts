import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { identity } from '../contract.ts';

export const keys = {
  door: ['identity', 'door'] as const,
  sessions: ['identity', 'sessions'] as const,
  totp: ['identity', 'totp'] as const,
  accounts: ['identity', 'accounts'] as const,
  account: (id: string) => ['identity', 'accounts', id] as const,
  roles: ['identity', 'roles'] as const,
};

/** What a visitor may know before signing in: cities, single sign-on, whether the installation is set up. */
export function useDoor() {
  const api = useClient(identity);
  return useQuery({ queryKey: keys.door, queryFn: ({ signal }) => api.me({}, { signal }) });
}

export function useAccount(id: string) {
  const api = useClient(identity);
  return useQuery({ queryKey: keys.account(id), queryFn: ({ signal }) => api.account({ id }, { signal }) });
}

export function useRoles() {
  const api = useClient(identity);
  return useQuery({ queryKey: keys.roles, queryFn: ({ signal }) => api.roles({}, { signal }) });
}

/** After any change of accounts, grants or roles: what is shown of them is read again. */
export function useRefreshIdentity(): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['identity'] });
}
