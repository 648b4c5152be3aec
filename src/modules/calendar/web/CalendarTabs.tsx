import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function CalendarTabs() {
  const t = useText(text);
  return (
    <nav className="tabs" aria-label={t.title}>
      <NavLink to="/calendar" end>
        {t.tabYear}
      </NavLink>
      <NavLink to="/calendar/rules">{t.tabRules}</NavLink>
    </nav>
  );
}
