import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function DispatchTabs() {
  const t = useText(text);
  return (
    <nav className="tabs" aria-label={t.title}>
      <NavLink to="/dispatch" end>
        {t.tabTable}
      </NavLink>
      <NavLink to="/dispatch/rates">{t.tabRates}</NavLink>
      <NavLink to="/dispatch/rules">{t.tabRules}</NavLink>
    </nav>
  );
}
