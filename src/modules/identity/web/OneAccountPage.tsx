import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import type { Account } from '../shapes.ts';
import { AccountActs } from './AccountActs.tsx';
import { AccountState } from './AccountState.tsx';
import { GrantSection } from './GrantSection.tsx';
import './identity.css';
import { useAccount, useRefreshIdentity } from './queries.ts';
import { SessionTable } from './SessionTable.tsx';
import * as text from './text.ts';

export function OneAccountPage() {
  const { id } = useParams();
  const account = useAccount(id!);
  if (account.isPending) return null;
  if (account.isError) return <ProblemView error={account.error} onRetry={() => void account.refetch()} />;
  return <Loaded account={account.data} />;
}

function Loaded({ account }: { account: Account }) {
  const t = useText(text);
  return (
    <>
      <PageHead
        title={account.username}
        note={account.personName}
        crumbs={<Link to="/accounts">{t.one.all}</Link>}
        mark={<AccountState account={account} />}
        actions={<AccountActs account={account} />}
      >
        <span>{account.posts.map((post) => `${post.unitName} ${post.title}`).join('；') || t.account.noUnits}</span>
        <Link to={`/organization/persons/${account.personId}`}>{t.one.personPage}</Link>
        {account.allowed.length === 0 && <span className="muted">{t.one.noActs}</span>}
      </PageHead>
      <div className="page-body identity-columns">
        <GrantSection account={account} />
        <Sessions account={account} />
        <External account={account} />
        <section className="card">
          <h2>{t.one.history}</h2>
          {account.events.length === 0 && <p className="muted">{t.one.noHistory}</p>}
          <table className="plain">
            <tbody>
              {account.events.map((event) => (
                <tr key={event.id}>
                  <td className="nowrap">{moment(event.at)}</td>
                  <td>{t.one.events[event.kind] ?? event.kind}</td>
                  <td>
                    <EventDetail data={event.data} />
                  </td>
                  <td className="nowrap">{event.byName}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  );
}

function EventDetail({ data }: { data: Record<string, unknown> }) {
  const { role, reason, subject, username } = data as {
    role?: { zh?: string };
    reason?: string;
    subject?: string;
    username?: string;
  };
  return <>{[role?.zh, reason, subject, username].filter((part) => typeof part === 'string').join(' ')}</>;
}

function Sessions({ account }: { account: Account }) {
  const t = useText(text).sessions;
  const api = useClient(identity);
  const refresh = useRefreshIdentity();
  const end = useMutation({
    mutationFn: (sessionId: string) => api.endAccountSession({ id: account.id, sessionId }),
    onSettled: refresh,
  });
  return (
    <section className="card">
      <h2>{t.title}</h2>
      {end.error && <ProblemView compact error={end.error} />}
      <SessionTable
        sessions={account.sessions}
        onEnd={account.allowed.length > 0 ? (id) => end.mutate(id) : undefined}
      />
    </section>
  );
}

function External({ account }: { account: Account }) {
  const t = useText(text).one;
  const api = useClient(identity);
  const { message } = App.useApp();
  const refresh = useRefreshIdentity();
  const unlink = useMutation({
    mutationFn: (loginId: string) => api.unlinkExternal({ id: account.id, loginId }),
    onSuccess: () => void message.success(t.done),
    onSettled: refresh,
  });
  if (account.externalLogins.length === 0) return null;
  return (
    <section className="card">
      <h2>{t.external}</h2>
      {unlink.error && <ProblemView compact error={unlink.error} />}
      <table className="plain">
        <tbody>
          {account.externalLogins.map((login) => (
            <tr key={login.id}>
              <td className="secret">{login.subject}</td>
              <td>{login.issuer}</td>
              <td className="nowrap">{moment(login.linkedAt)}</td>
              <td>
                {account.allowed.length > 0 && (
                  <button type="button" className="bar-button" onClick={() => unlink.mutate(login.id)}>
                    {t.unlink}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
