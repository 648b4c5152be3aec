import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useCan } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import * as text from './text.ts';

/** The head that the three pages of the module share: one title, three tabs. */
export function OrganizationHead({
  tabTitle,
  note,
  actions,
}: {
  tabTitle?: string | undefined;
  note?: ReactNode;
  actions?: ReactNode;
}) {
  const t = useText(text);
  const can = useCan();
  return (
    <>
      <PageHead title={t.title} {...(tabTitle && { tabTitle })} note={note} actions={actions} />
      <nav className="tabs" aria-label={t.title}>
        <NavLink to="/organization/units">{t.tabs.units}</NavLink>
        {can('organization.read') && <NavLink to="/organization/persons">{t.tabs.people}</NavLink>}
        <NavLink to="/organization/regions">{t.tabs.regions}</NavLink>
      </nav>
    </>
  );
}
