import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { identity } from '../contract.ts';
import { AccountState } from './AccountState.tsx';
import { keys } from './queries.ts';
import * as text from './text.ts';

/** On a person's page: which account is theirs. */
export function PersonAccount({ personId }: { personId: string }) {
  const t = useText(text).accounts;
  const words = useWords();
  const api = useClient(identity);
  const found = useQuery({
    queryKey: [...keys.accounts, 'of-person', personId],
    queryFn: ({ signal }) => api.accounts({ personId }, { signal }),
  });
  const account = found.data?.accounts[0];
  if (!found.data) return null;
  return (
    <section className="card">
      <h2>{t.openFor}</h2>
      {account ? (
        <p>
          <Link to={`/accounts/${account.id}`}>{account.username}</Link> {account.roles.map(words).join('、')}{' '}
          <AccountState account={account} />
        </p>
      ) : (
        <p className="muted">
          {t.noAccount} <Link to="/accounts">{t.title}</Link>
        </p>
      )}
    </section>
  );
}
