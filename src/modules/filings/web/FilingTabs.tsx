import { NavLink } from 'react-router';
import { Allowed } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import * as correction from './correction/text.ts';
import * as text from './cycle-text.ts';

/** The pages of the module, as far as the visitor may open them. */
export function FilingTabs() {
  const t = useText(text);
  const c = useText(correction);
  return (
    <nav className="tabs fc-tabs" aria-label={t.tabs.label}>
      <Allowed permission="filings.file">
        <NavLink to="/filings/mine">{t.tabs.mine}</NavLink>
      </Allowed>
      <Allowed permission="filings.review">
        <NavLink to="/filings/review">{t.tabs.review}</NavLink>
      </Allowed>
      <NavLink to="/filings/completeness">{t.tabs.completeness}</NavLink>
      <NavLink to="/filings/cycles">{t.tabs.cycles}</NavLink>
      <NavLink to="/filings/forms">{t.tabs.forms}</NavLink>
      <NavLink to="/filings/corrections">{c.title}</NavLink>
      <NavLink to="/filings/rules">{c.rules}</NavLink>
    </nav>
  );
}
