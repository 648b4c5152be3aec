import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { Allowed } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import type { AccountRow } from '../shapes.ts';
import { AccountState } from './AccountState.tsx';
import { AccountsHead } from './AccountsHead.tsx';
import './identity.css';
import { NewAccount } from './NewAccount.tsx';
import { keys } from './queries.ts';
import * as text from './text.ts';

const perPage = 50;

export function AccountsPage() {
  const t = useText(text).accounts;
  const api = useClient(identity);
  const [typed, setTyped] = useState('');
  const [offset, setOffset] = useState(0);
  const [isCreating, setCreating] = useState(false);
  const search = useDeferredValue(typed);
  const page = useQuery({
    queryKey: [...keys.accounts, 'list', search, offset],
    queryFn: ({ signal }) => api.accounts({ text: search, offset }, { signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <AccountsHead
        note={page.data && t.total(page.data.total)}
        actions={
          <Allowed permission="identity.manage">
            <Button type="primary" onClick={() => setCreating(true)}>
              {t.create}
            </Button>
          </Allowed>
        }
      />
      <div className="chips">
        <Input.Search
          aria-label={t.search}
          placeholder={t.search}
          allowClear
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setOffset(0);
          }}
          style={{ width: '20rem' }}
        />
      </div>
      <div className="page-body">
        {page.isError && <ProblemView error={page.error} onRetry={() => void page.refetch()} />}
        {page.data?.total === 0 && <Empty title={t.empty} hint={t.emptyHint} />}
        {page.data && page.data.total > 0 && (
          <section className="card">
            <AccountTable accounts={page.data.accounts} />
            <Pager offset={offset} shown={page.data.accounts.length} total={page.data.total} onOffset={setOffset} />
          </section>
        )}
      </div>
      {isCreating && <NewAccount onClose={() => setCreating(false)} />}
    </>
  );
}

function AccountTable({ accounts }: { accounts: readonly AccountRow[] }) {
  const t = useText(text).accounts;
  const words = useWords();
  const { columns } = t;
  return (
    <table className="plain">
      <thead>
        <tr>
          {[columns.username, columns.name, columns.posts, columns.roles, columns.state, columns.seen].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <td>
              <Link to={`/accounts/${account.id}`}>{account.username}</Link>
            </td>
            <td className="nowrap">{account.personName}</td>
            <td>{account.posts.map((post) => `${post.unitName} ${post.title}`).join('；')}</td>
            <td>{account.roles.map(words).join('、')}</td>
            <td>
              <AccountState account={account} />
            </td>
            <td className="nowrap">{account.seenAt ? moment(account.seenAt) : t.never}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pager({
  offset,
  shown,
  total,
  onOffset,
}: {
  offset: number;
  shown: number;
  total: number;
  onOffset: (offset: number) => void;
}) {
  const t = useText(text).accounts;
  if (total <= perPage) return null;
  return (
    <nav className="pager" aria-label={t.title}>
      <Button size="small" disabled={offset === 0} onClick={() => onOffset(Math.max(0, offset - perPage))}>
        {t.prev}
      </Button>
      <span className="soft">{t.page(offset + 1, offset + shown, total)}</span>
      <Button size="small" disabled={offset + shown >= total} onClick={() => onOffset(offset + perPage)}>
        {t.next}
      </Button>
    </nav>
  );
}
