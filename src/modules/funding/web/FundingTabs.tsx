import { NavLink } from 'react-router';
import { Allowed } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function FundingTabs() {
  const t = useText(text);
  return (
    <nav className="tabs" aria-label={t.title}>
      <NavLink to="/funding" end>
        {t.tabs.projects}
      </NavLink>
      <NavLink to="/funding/bonds">{t.tabs.bonds}</NavLink>
      <Allowed permission="funding.configure">
        <NavLink to="/funding/sources">{t.tabs.sources}</NavLink>
      </Allowed>
    </nav>
  );
}
