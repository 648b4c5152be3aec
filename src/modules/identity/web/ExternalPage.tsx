import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useLocation } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useRenewSession } from '#core/web/session.tsx';
import { paths } from '#core/web/shell/paths.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import { Door } from './Door.tsx';
import * as text from './text.ts';

/** Where the issuer sends the browser back to. The answer counts once, so it is asked once and never again on its own. */
export function ExternalPage() {
  const t = useText(text).signIn;
  const api = useClient(identity);
  const renew = useRenewSession();
  const { search } = useLocation();
  const finish = useQuery({
    queryKey: ['identity', 'external', search],
    queryFn: async () => {
      await api.finishExternal({ query: search });
      return true;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const entered = useQuery({
    queryKey: ['identity', 'entered', search],
    enabled: finish.isSuccess,
    queryFn: async () => {
      await renew();
      return true;
    },
  });
  if (entered.isSuccess) return <Navigate to="/" replace />;
  return (
    <Door title={t.title}>
      {finish.isError ? (
        <>
          <ProblemView compact error={finish.error} />
          <Link to={paths.signIn}>{t.again}</Link>
        </>
      ) : (
        <p role="status">{t.externalWait}</p>
      )}
    </Door>
  );
}
