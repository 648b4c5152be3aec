import { NavLink } from 'react-router';
import { useCan } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function ReadingTabs() {
  const t = useText(text);
  const can = useCan();
  return (
    <nav className="tabs" aria-label={t.tabsLabel}>
      {can('readings.read') && (
        <NavLink to="/readings" end>
          {t.tabs.documents}
        </NavLink>
      )}
      {can('readings.read') && <NavLink to="/readings/names">{t.tabs.aliases}</NavLink>}
      {can('readings.settle') && <NavLink to="/readings/changes">{t.tabs.changes}</NavLink>}
      {can('readings.promises') && <NavLink to="/promises">{t.tabs.promises}</NavLink>}
    </nav>
  );
}
