import { NavLink } from 'react-router';
import { useCan } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function NoticeTabs() {
  const t = useText(text);
  const can = useCan();
  if (!can('notices.manage')) return null;
  return (
    <nav className="tabs" aria-label={t.title}>
      <NavLink to="/inbox" end>
        {t.tabs.inbox}
      </NavLink>
      <NavLink to="/inbox/settings">{t.tabs.settings}</NavLink>
    </nav>
  );
}
