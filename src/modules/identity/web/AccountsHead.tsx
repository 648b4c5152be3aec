import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import * as text from './text.ts';

/** One title and two tabs over the pages of accounts and roles. */
export function AccountsHead({
  note,
  actions,
  tabTitle,
}: {
  note?: ReactNode;
  actions?: ReactNode;
  tabTitle?: string;
}) {
  const t = useText(text).accounts;
  return (
    <>
      <PageHead title={t.title} {...(tabTitle && { tabTitle })} note={note} actions={actions} />
      <nav className="tabs" aria-label={t.title}>
        <NavLink to="/accounts" end>
          {t.tabs.accounts}
        </NavLink>
        <NavLink to="/accounts/roles">{t.tabs.roles}</NavLink>
      </nav>
    </>
  );
}
