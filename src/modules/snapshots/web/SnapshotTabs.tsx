import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function SnapshotTabs() {
  const t = useText(text);
  return (
    <nav className="tabs" aria-label={t.title}>
      <NavLink to="/snapshots" end>
        {t.back}
      </NavLink>
      <NavLink to="/snapshots/as-of">{t.asOf.title}</NavLink>
    </nav>
  );
}
