import { NavLink } from 'react-router';
import { Slot } from '#core/web/Slot.tsx';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

/** Other modules add tabs through `dispatch.tabs`, and draw all of them on their own pages through `dispatch.page.tabs`. */
export function DispatchTabs() {
  const t = useText(text);
  return (
    <nav className="tabs" aria-label={t.title}>
      <NavLink to="/dispatch" end>
        {t.tabTable}
      </NavLink>
      <NavLink to="/dispatch/rates">{t.tabRates}</NavLink>
      <NavLink to="/dispatch/rules">{t.tabRules}</NavLink>
      <NavLink to="/dispatch/exemptions">{t.exemptions.title}</NavLink>
      <Slot name="dispatch.tabs" />
    </nav>
  );
}
