import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function SupervisionTabs() {
  const t = useText(text).tabs;
  return (
    <nav className="tabs" aria-label={useText(text).title}>
      <NavLink to="/supervision" end>
        {t.due}
      </NavLink>
      <NavLink to="/supervision/sheets">{t.sheets}</NavLink>
      <NavLink to="/supervision/objections">{t.objections}</NavLink>
      <NavLink to="/supervision/frequency">{t.frequency}</NavLink>
      <NavLink to="/supervision/rules">{t.rules}</NavLink>
      <NavLink to="/supervision/limits">{t.limits}</NavLink>
    </nav>
  );
}
