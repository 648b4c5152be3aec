import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

export function EnrolmentTabs() {
  const t = useText(text);
  return (
    <nav className="tabs" aria-label={t.title}>
      <NavLink to="/enrolment" end>
        {t.tabOpen}
      </NavLink>
      <NavLink to="/enrolment/gaps">{t.tabGaps}</NavLink>
      <NavLink to="/enrolment/rules">{t.tabRules}</NavLink>
    </nav>
  );
}
